package page

import (
	"cmp"
	"strings"

	"byway/internal/reader"
	"byway/internal/view"
)

// shelf is what is kept in this browser, to be opened, found and removed. It unfolds, and is open where it is the way on.
func (r *renderer) shelf() view.Node {
	if !r.keeps() {
		return nil
	}
	file := view.El("label class=file", view.Text(r.words.OpenFile), view.El("input type=file accept=.html,text/html data-action=file"))
	if r.options.Private {
		return view.El("div part=shelf class=shelf", file, words("p role=status", r.shelfSays(nil)))
	}
	var size view.Node
	if r.state.ShelfSize > 0 {
		size = phrase(r.words.Megabytes, view.Text(plain{r.words}.megabytes(r.state.ShelfSize)))
	}
	found := r.found()
	return view.El("details part=shelf class=shelf",
		view.IsOpen(r.state.Article == nil || r.options.Clearing != ClearByClick),
		view.El("summary", joined(" · ", words("span class=change", r.words.Shelf), size)),
		r.search(),
		words("p role=status", r.shelfSays(found)),
		within("ul class=kept", found),
		file,
		words("p class=happened", r.words.ClearMeans),
		button("forget", "", r.words.Clear),
	)
}

// shelfSays is what there is to say of the list. It is written even when it is empty: a live region is announced when it
// changes, not when it appears.
func (r *renderer) shelfSays(found view.Node) string {
	switch {
	case r.options.Clearing != ClearByClick:
		return [...]string{Cleared: r.words.Cleared, ClearFailed: r.words.ClearFailed}[r.options.Clearing]
	case r.options.Private || found != nil:
		return ""
	case len(r.state.Shelf) > 0:
		return r.words.NothingFound
	}
	return r.words.NothingKept
}

// search is a field for a list that is not seen at once.
func (r *renderer) search() view.Node {
	if len(r.state.Shelf) <= 5 && r.options.Search == "" {
		return nil
	}
	return view.El("label class=search", view.Text(r.words.Search), view.El("input type=search data-action=search", view.Value(r.options.Search)))
}

// found are the rows of what has the words of the search in its title or host.
func (r *renderer) found() (rows view.Node) {
	wanted := fold(strings.TrimSpace(r.options.Search))
	for i := range r.state.Shelf {
		if k := &r.state.Shelf[i]; strings.Contains(fold(k.Title+"\n"+k.Host), wanted) {
			rows = rows.And(r.keptRow(k))
		}
	}
	return rows
}

// fold makes alike what is the same to who searches. Yeh and kaf may be those of Arabic or of Persian, as a keyboard has
// them.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 'ي', 'ى':
			return 'ی'
		case 'ك':
			return 'ک'
		}
		return r
	}, strings.ToLower(s))
}

func (r *renderer) keptRow(k *reader.Kept) view.Node {
	title := cmp.Or(k.Title, k.Host)
	var saved view.Node
	if k.Saved {
		saved = view.Text(r.words.IsSaved)
	}
	return view.El("li",
		view.El("button type=button class=title data-action=open", view.Value(k.Key),
			view.El("bdi", view.Lang(k.Language), view.Text(title)), view.Text(" "),
			view.El("span class=happened", joined(" · ", host(k.Host), phrase(r.words.ReadAgo, r.ago(k.Read)), saved))),
		view.With(button("remove", k.Key, r.words.Remove), view.AriaLabel(r.words.Remove+": "+title)),
	)
}

// keptBelow says that there is something to read all the same.
func (r *renderer) keptBelow() view.Node {
	if !r.keeps() || r.options.Private || len(r.state.Shelf) == 0 {
		return nil
	}
	return words("p class=advice", r.words.KeptBelow)
}
