package page

import (
	"byway/internal/reader"
	"byway/internal/view"
)

// keeps reports whether to offer what keeps articles. On a page that is written beforehand nobody listens to buttons.
func (r *renderer) keeps() bool {
	return r.shows(controlKeep) && (r.state.Article == nil || r.state.Source != "" || r.fromFile())
}

// fromFile reports whether the article that is shown is that of a file which somebody opened.
func (r *renderer) fromFile() bool {
	f := r.options.File
	return f != nil && f.Problem == "" && r.state.Article != nil && r.state.Source == ""
}

// keep is what keeps the article, in this browser or in a file. What is read from a file is kept there.
func (r *renderer) keep() view.Node {
	if !r.keeps() || r.fromFile() {
		return nil
	}
	w, o := r.words, &r.options
	action, label, done, failed := view.Tag("save"), w.Save, "", w.SaveFailed
	if r.state.Saved {
		action, label, done, failed = "unsave", w.Unsave, w.Saved, w.Saved
	}
	save, saved := button(action, "", label), [...]string{done, w.Saving, failed}[o.Saving]
	if o.Private {
		save, saved = nil, ""
	}
	filed := [...]string{"", w.Filing, w.FilingFailed}[o.Filing]
	return view.El("div part=keep class=keep",
		view.El("div class=buttons", save, button("carry", "", w.SaveFile)),
		view.El("p role=status", joined(" ", wordsOrNil(saved), wordsOrNil(filed))),
	)
}

// above is what stands over everything while the page's own article is not what is shown, or a file could not be. It
// comes after a click, and is said aloud as it comes.
func (r *renderer) above() view.Node {
	var why view.Node
	label := r.words.Close
	if r.options.Away {
		label = r.words.Back
	}
	switch f := r.options.File; {
	case f != nil && f.Problem != "":
		p := r.words.problem(reader.ProblemKind(f.Problem))
		why = view.El("p role=alert", words("strong", p.What), view.Text(" "+p.Advice))
	case !r.options.Away:
		return nil
	case r.fromFile():
		why = words("p", r.words.AwayFile)
	case r.state.Article != nil:
		why = words("p", r.words.AwayKept)
	}
	return view.El("div part=notice class=above", view.El("div", why, button("back", "", label)))
}

// unproven says what of a copy that was opened is not proven.
func (r *renderer) unproven() (all view.Node) {
	w, f, isSigned := r.words, r.options.File, r.state.Signature != nil
	if !r.fromFile() {
		f = &File{}
	}
	var believe, older, pictures view.Node
	switch {
	case r.fromFile() && !isSigned:
		believe = view.Text(w.FileUnsigned + " " + w.FileTrust)
	case f.Claimed:
		believe = view.Text(w.FileClaimed + " " + w.FileTrust)
	case r.isClaimed():
		believe = view.Text(w.FileClaimed)
	}
	if f.Older {
		older = view.Text(w.FileOlder)
	}
	if isSigned && f.Unsigned > 0 {
		pictures = phrase(w.FilePictures, view.Text(plain{w}.count(f.Unsigned)))
	}
	for _, sentence := range [...]view.Node{believe, older, pictures} {
		all = all.And(r.own(within("p part=notice class=limits", sentence)))
	}
	return all
}

// isClaimed reports whether what is shown names the key itself that it is signed with.
func (r *renderer) isClaimed() bool {
	if r.fromFile() {
		return r.options.File.Claimed
	}
	return r.options.Claimed && r.state.Signature != nil
}
