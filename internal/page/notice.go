package page

import (
	"time"

	"byway/internal/article"
	"byway/internal/mirror"
	"byway/internal/reader"
	"byway/internal/view"
)

// notice is what stands where no article can be shown. A first look for the article is one line; when something failed
// before, the choice stays at hand, since the next address may hang as well. What is said aloud is there also when it is
// empty: a live region is announced when it changes, not when it appears.
func (r *renderer) notice() view.Node {
	var what, progress view.Node
	isLoading := r.state.Phase == reader.Loading
	if p := r.problem(); !isLoading {
		what = view.Group(words("p class=what", p.What), words("p class=advice", p.Advice), r.keptBelow())
	}
	switch {
	case isLoading:
		progress = words("p class=progress", r.words.Looking)
	case r.state.Busy:
		progress = words("p class=progress", r.words.StillTrying)
	}
	var choice view.Node
	if !isLoading || r.failedBefore() {
		first, then := within("div part=addresses", r.addressSwitch()), r.shelf()
		if r.state.Phase == reader.Offline {
			first, then = then, first
		}
		choice = view.Group(r.tools(), first, then, r.detail())
	}
	return view.El("div part=notice class=notice", view.El("div role=alert", what, r.reason()), view.El("div role=status", progress), choice)
}

// reason is what the publisher says of an article that it withdrew.
func (r *renderer) reason() view.Node {
	g := r.state.Signature
	if g == nil || g.Notice == nil {
		return nil
	}
	return view.Group(within("p class=advice dir=auto", wordsOrNil(g.Notice.Text)), view.El("p class=advice", r.signed(g)))
}

// publisherSays is what the publisher says of the article in its feed, and whether it can be the newest.
func (r *renderer) publisherSays() view.Node {
	g := r.state.Signature
	if g == nil {
		return nil
	}
	var said, since view.Node
	if n := g.Notice; n != nil {
		label := r.words.Notes.of(string(n.Kind)) // of a correction
		if label == "" {
			label = r.words.Withdrawn
		}
		said = r.own(view.El("p part=notice class=limits", joined(" · ", words("strong", label), r.date(article.DateOf(n.At)), within("bdi", wordsOrNil(n.Text)))))
	}
	if g.Expired {
		since = r.own(view.El("p part=notice class=limits", phrase(r.words.Unconfirmed, r.date(article.DateOf(g.Issued)))))
	}
	return joined("", said, since)
}

func (r *renderer) failedBefore() bool {
	for i := range r.state.Addresses {
		switch a := &r.state.Addresses[i]; a.Outcome {
		case "", mirror.Running, mirror.Accepted:
		default:
			if !a.LastTime {
				return true
			}
		}
	}
	return false
}

// problem says what happened and what to do.
func (r *renderer) problem() *ProblemWords {
	kind := reader.NoAddressAnswered
	if p := r.state.Problem; p != nil {
		kind = p.Kind
	}
	return r.words.problem(kind)
}

// detail is for those who maintain the page around; it is always in English.
func (r *renderer) detail() view.Node {
	if r.state.Problem == nil || r.state.Problem.Detail == "" {
		return nil
	}
	return view.El("details class=detail", words("summary", r.words.Detail), words("p lang=en dir=ltr", r.state.Problem.Detail))
}

// status is what goes on behind an article that is shown. It is there even when it is empty: a live region is announced
// when it changes, not when it appears.
func (r *renderer) status() view.Node {
	var onlyChosen, progress view.Node
	if r.state.Choice != "" {
		onlyChosen = view.El("p", phrase(r.words.OnlyChosen, host(r.state.Choice)))
	}
	switch {
	case r.state.Newer:
		progress = view.El("p", view.Text(r.words.NewerThere+" "), button("newer", "", r.words.ShowNewer))
	case r.state.Busy:
		progress = words("p class=progress", r.words.LookingAgain)
	case r.state.Phase == reader.Stale:
		progress = words("p", r.problem().What+" "+r.words.StillShown)
	}
	return r.own(view.El("div part=notice class=status role=status", onlyChosen, progress))
}

// tools are the buttons that act on the reading itself.
func (r *renderer) tools() view.Node {
	var automatic, again view.Node
	if r.state.Choice != "" && r.shows(controlAddresses) {
		automatic = button("mirror", "", r.words.BackToAutomatic)
	}
	withdrawn := r.state.Problem != nil && r.state.Problem.Kind == reader.WithdrawnArticle
	if !withdrawn && (r.state.Article == nil || r.state.Phase == reader.Stale) {
		again = button("reload", "", r.words.TryAgain)
	}
	return r.own(within("div part=tools class=tools", view.Group(automatic, again)))
}

// button is one that the element's script listens to, by the name of its action.
func button(action view.Tag, value, label string) view.Node {
	return view.El("button type=button data-action="+action, view.Value(value), view.Text(label))
}

func (r *renderer) ago(at time.Time) view.Node {
	if at.IsZero() {
		return nil
	}
	return moment(at.UTC().Format(time.RFC3339), r.options.Locale.Ago(at))
}
