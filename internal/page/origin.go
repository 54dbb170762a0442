package page

import (
	"byway/internal/mirror"
	"byway/internal/reader"
	"byway/internal/view"
)

// origin is the quiet line of where this copy comes from, how far it is proven and how old it is. It unfolds the switch.
func (r *renderer) origin() view.Node {
	s := r.state
	if s.Source == "" {
		return nil
	}
	line := []view.Node{
		phrase(r.words.From, host(s.Source)),
		view.El(view.Span, view.Class("proof"), view.Text(r.words.Proof[s.Proof])),
	}
	if !s.Fetched.IsZero() {
		line = append(line, r.ago(s.Fetched))
	}
	if !r.hasSwitch() {
		return r.own(view.P, view.ShadowPart("addresses"), view.Class("origin"), joined(" · ", line...))
	}
	unfold := view.El(view.Span, view.Class("unfold"),
		view.Text(" · "), view.El(view.Span, view.Class("change"), view.Text(r.words.Change)))
	return r.own(view.Details, view.ShadowPart("addresses"), view.Class("origin"),
		view.El(view.Summary, joined(" · ", line...), unfold), r.addressSwitch())
}

func (r *renderer) hasSwitch() bool { return r.shows(controlAddresses) && len(r.state.Addresses) > 0 }

// addressSwitch is the choice between the addresses, each with what happened there.
func (r *renderer) addressSwitch() view.Node {
	rows := []view.Part{
		view.Class("switch"),
		view.El(view.Legend, view.Text(r.words.Switch)),
		r.row("", view.Text(r.words.Automatic), view.Text(r.words.AutomaticHint)),
	}
	for _, a := range r.state.Addresses {
		rows = append(rows, r.row(a.Host, host(a.Host), r.whatHappened(a)))
	}
	return view.El(view.Fieldset, rows...)
}

func (r *renderer) row(value string, what, note view.Node) view.Node {
	return view.El(view.Label, view.Class("row"),
		view.El(view.Input, view.Type("radio"), view.InputName("address"), view.Value(value),
			view.Data("action", "mirror"), view.Checked(r.state.Choice == value)),
		view.El(view.Span, view.Class("address"), what),
		view.Text(" "),
		view.El(view.Span, view.Class("happened"), note),
	)
}

// whatHappened tells of the newest attempt at an address, no more than is known.
func (r *renderer) whatHappened(a reader.Address) view.Node {
	facts := []view.Node{view.Text(r.outcome(a))}
	if a.Took > 0 {
		facts = append(facts, name(r.options.Locale.Seconds(a.Took)))
	}
	if !a.At.IsZero() {
		facts = append(facts, r.ago(a.At))
	}
	return joined(" · ", facts...)
}

func (r *renderer) outcome(a reader.Address) string {
	switch {
	case a.Outcome == "":
		return r.words.NotAsked
	case a.Outcome == mirror.Unanswered && a.Status != 0:
		return r.words.AnsweredHalf
	}
	return r.words.Outcomes[a.Outcome]
}
