package page

import (
	"slices"
	"time"

	"byway/internal/mirror"
	"byway/internal/reader"
	"byway/internal/view"
)

// notice is what stands where no article can be shown. A first look for the article is one line; when something failed
// before, the choice stays at hand, since the next address may hang as well.
func (r *renderer) notice() view.Node {
	words := view.El(view.Div, view.Role("alert"), r.problem())
	if r.state.Phase == reader.Loading {
		words = view.El(view.Div, view.Role("status"), view.El(view.P, view.Class("progress"), view.Text(r.words.Looking)))
		if !r.failedBefore() {
			return view.El(view.Div, view.ShadowPart("notice"), view.Class("notice"), words)
		}
	}
	return view.El(view.Div, view.ShadowPart("notice"), view.Class("notice"),
		words,
		r.tools(),
		r.openSwitch(),
		r.detail(),
	)
}

func (r *renderer) failedBefore() bool {
	return slices.ContainsFunc(r.state.Addresses, func(a reader.Address) bool {
		return a.Outcome != "" && a.Outcome != mirror.Running && a.Outcome != mirror.Accepted
	})
}

// problem says what happened and what to do.
func (r *renderer) problem() view.Node {
	w := r.problemWords()
	return view.Group(
		view.El(view.P, view.Class("what"), view.Text(w.What)),
		view.El(view.P, view.Class("advice"), view.Text(w.Advice)),
	)
}

func (r *renderer) problemWords() ProblemWords {
	kind := reader.NoAddressAnswered
	if p := r.state.Problem; p != nil {
		kind = p.Kind
	}
	return r.words.Problems[kind]
}

func (r *renderer) openSwitch() view.Node {
	if !r.hasSwitch() {
		return nil
	}
	return view.El(view.Div, view.ShadowPart("addresses"), r.addressSwitch())
}

// detail is for those who maintain the page around; it is always in English.
func (r *renderer) detail() view.Node {
	if r.state.Problem == nil || r.state.Problem.Detail == "" {
		return nil
	}
	return view.El(view.Details, view.Class("detail"),
		view.El(view.Summary, view.Text(r.words.Detail)),
		view.El(view.P, view.Lang("en"), view.Dir("ltr"), view.Text(r.state.Problem.Detail)))
}

// status is what goes on behind an article that is shown. It is there even when it is empty: a live region is announced
// when it changes, not when it appears.
func (r *renderer) status() view.Node {
	return r.own(view.Div, view.ShadowPart("notice"), view.Class("status"), view.Role("status"),
		r.onlyChosen(), r.progress(), r.stale())
}

func (r *renderer) onlyChosen() view.Node {
	if r.state.Choice == "" {
		return nil
	}
	return view.El(view.P, phrase(r.words.OnlyChosen, host(r.state.Choice)))
}

func (r *renderer) progress() view.Node {
	if !r.state.Busy {
		return nil
	}
	return view.El(view.P, view.Class("progress"), view.Text(r.words.LookingAgain))
}

func (r *renderer) stale() view.Node {
	if r.state.Phase != reader.Stale || r.state.Busy {
		return nil
	}
	return view.El(view.P, view.Text(r.problemWords().What+" "+r.words.StillShown))
}

// tools are the buttons that act on the reading itself.
func (r *renderer) tools() view.Node {
	var buttons []view.Part
	if r.state.Choice != "" && r.shows(controlAddresses) {
		buttons = append(buttons, button("mirror", "", r.words.BackToAutomatic))
	}
	if r.state.Article == nil || r.state.Phase == reader.Stale {
		buttons = append(buttons, button("reload", "", r.words.TryAgain))
	}
	if len(buttons) == 0 {
		return nil
	}
	return r.own(view.Div, append([]view.Part{view.ShadowPart("tools"), view.Class("tools")}, buttons...)...)
}

// button is one that the element's script listens to, by the name of its action.
func button(action, value, words string) view.Node {
	return view.El(view.Button, view.Type("button"), view.Data("action", action), view.Value(value), view.Text(words))
}

func (r *renderer) ago(at time.Time) view.Node {
	return view.El(view.Time, view.DateTime(at.UTC().Format(time.RFC3339)), view.Text(r.options.Locale.Ago(at)))
}
