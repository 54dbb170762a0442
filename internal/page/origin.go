package page

import (
	"strconv"
	"time"

	"byway/internal/article"
	"byway/internal/mirror"
	"byway/internal/reader"
	"byway/internal/view"
)

// origin is the quiet line of where this copy comes from, how far it is proven and how old it is. It unfolds the switch.
func (r *renderer) origin() view.Node {
	s := &r.state
	if s.Source == "" && !r.fromFile() {
		return nil
	}
	line, more, addresses := r.whence(), r.words.More, r.addressSwitch()
	if addresses != nil {
		more = r.words.Change
	}
	choice := joined("", r.signature(s.Signature), addresses)
	if choice == nil {
		return r.own(view.El("p part=addresses class=origin", line))
	}
	unfold := view.El("span class=unfold", view.Text(" · "), words("span class=change", more))
	return r.own(view.El("details part=addresses class=origin", view.El("summary", line, unfold), choice))
}

// whence says where the copy comes from. Of one that is kept it always says how old it is.
func (r *renderer) whence() view.Node {
	s, w := &r.state, r.words
	isSigned, place, at, ago := s.Signature != nil, w.From, host(s.Source), r.ago(s.Fetched)
	switch {
	case r.fromFile():
		place, at, ago = w.FromFile, nil, nil
	case s.Source == reader.FromShelf && isSigned:
		place, at = w.KeptHere, nil
	case s.Source == reader.FromShelf:
		place, at = w.Kept, nil
	case isSigned:
		place, ago = w.FromThere, nil
	}
	first, then := phrase(place, at), words("span class=proof", w.Proof.of(string(s.Proof)))
	if isSigned {
		then = r.signed(s.Signature)
		if !r.fromFile() {
			first, then = then, first
		}
	}
	return joined(" · ", first, then, ago)
}

// signed says who signed a copy, or in whose name somebody did, and when.
func (r *renderer) signed(g *reader.Signature) view.Node {
	sentence := r.words.SignedBy
	if r.isClaimed() {
		sentence = r.words.SignedAs
	}
	return joined(" · ", view.El("span class=proof", phrase(sentence, host(g.Site))), r.date(article.DateOf(g.Issued)))
}

// signature is what that means, in one sentence, and the details behind another disclosure.
func (r *renderer) signature(g *reader.Signature) view.Node {
	if g == nil {
		return nil
	}
	var means view.Node
	if !r.isClaimed() {
		means = view.El("p", phrase(r.words.SignedMeans, host(g.Site)))
	}
	version := func(sentence string, n int64) view.Node {
		return phrase(sentence, view.Text(strconv.FormatInt(n, 10)))
	}
	return view.El("div class=signature",
		means,
		view.El("details class=detail", words("summary", r.words.Signature), view.El("dl",
			words("dt", r.words.SignatureKey), words("dd dir=ltr", g.Key),
			words("dt", r.words.ArticleHash), words("dd dir=ltr", g.Hash),
			view.El("dt", version(r.words.FeedVersion, g.Feed)), view.El("dd", r.date(article.DateOf(g.Issued))),
			view.El("dt", version(r.words.RootVersion, g.Root)),
		)))
}

// addressSwitch is the choice between the addresses, each with what happened there. It is nil where there is none.
func (r *renderer) addressSwitch() view.Node {
	if !r.shows(controlAddresses) || r.fromFile() || len(r.state.Addresses) == 0 {
		return nil
	}
	rows := view.Group(r.row("", view.Text(r.words.Automatic), view.Text(r.words.AutomaticHint)))
	for i := range r.state.Addresses {
		a := &r.state.Addresses[i]
		rows = rows.And(r.row(a.Host, host(a.Host), r.whatHappened(a)))
	}
	return view.El("fieldset class=switch", words("legend", r.words.Switch), rows)
}

func (r *renderer) row(value string, what, note view.Node) view.Node {
	return view.El("label class=row",
		view.El("input type=radio name=address", view.Value(value), view.DataAction("mirror"), view.Checked(r.state.Choice == value)),
		view.El("span class=address", what),
		view.Text(" "),
		view.El("span class=happened", note),
	)
}

// whatHappened tells of the newest attempt at an address, no more than is known.
func (r *renderer) whatHappened(a *reader.Address) view.Node {
	var took view.Node
	if a.Took >= 50*time.Millisecond { // less would be written as nothing
		took = name(r.options.Locale.Seconds(a.Took))
	}
	return joined(" · ", r.outcome(a), took, r.ago(a.At))
}

func (r *renderer) outcome(a *reader.Address) view.Node {
	switch {
	case a.Outcome == "":
		return view.Text(r.words.NotAsked)
	case a.Outcome == mirror.Unanswered && a.Status != 0:
		return view.Text(r.words.AnsweredHalf)
	}
	said := view.Text(r.words.Outcomes.of(string(a.Outcome)))
	if a.LastTime {
		return phrase(r.words.LastTime, said)
	}
	return said
}
