package page

import (
	"time"

	"byway/internal/article"
	"byway/internal/view"
)

// head is what stands above the text, down to where this copy comes from.
func (r *renderer) head(a *article.Article) view.Node {
	return view.El(view.Header, view.Class("head"),
		r.breadcrumbs(a.Sections),
		within(view.P, wordsOrNil(a.Kicker), view.Class("kicker")),
		view.El(r.heading(0), view.ShadowPart("headline"), view.Class("headline"), view.Text(a.Headline)),
		within(view.P, textOrNil(a.Description), view.ShadowPart("standfirst"), view.Class("standfirst")),
		r.byline(a),
		r.dates(a),
		r.origin(),
		r.limits(a),
		r.status(),
		r.tools(),
	)
}

func (r *renderer) breadcrumbs(sections []article.NamedLink) view.Node {
	if len(sections) == 0 || !r.shows(controlBreadcrumbs) {
		return nil
	}
	list := []view.Part{view.Lang(r.textLang), view.Dir(r.textDir)}
	for _, s := range sections {
		list = append(list, view.El(view.Li, ownLink(s.URL, name(s.Name))))
	}
	return r.own(view.Nav, view.ShadowPart("breadcrumbs"), view.Class("breadcrumbs"), view.Aria("label", r.words.Sections),
		view.El(view.Ol, list...))
}

// byline is the line as printed or, without one, the authors.
func (r *renderer) byline(a *article.Article) view.Node {
	content := within(view.Bdi, wordsOrNil(a.Byline))
	if content == nil {
		var authors []view.Node
		for _, who := range a.Author {
			authors = append(authors, author(who))
		}
		content = joined(wordsFor(a.InLanguage).ListSeparator, authors...)
	}
	return within(view.P, content, view.ShadowPart("byline"), view.Class("byline"))
}

func author(a article.Agent) view.Node {
	if wordsOrNil(a.Name) == nil {
		return nil
	}
	return joined(" ", ownLink(a.URL, name(a.Name)), within(view.Span, parenthesis(a.JobTitle), view.Class("job")))
}

func parenthesis(s string) view.Node {
	if wordsOrNil(s) == nil {
		return nil
	}
	return view.Group(view.Text("("), name(s), view.Text(")"))
}

// dates is the line of place and time.
func (r *renderer) dates(a *article.Article) view.Node {
	content := joined(" · ",
		within(view.Bdi, wordsOrNil(a.Dateline), langIfKnown(r.textLang), view.Class("dateline")),
		r.dated(r.words.Published, a.DatePublished),
		r.dated(r.words.Updated, updated(a)),
	)
	if content == nil {
		return nil
	}
	return r.own(view.P, view.Class("dates"), content)
}

// updated is the date of the last change, if that is one worth telling: many systems set it when they publish, and some
// set it before.
func updated(a *article.Article) article.Date {
	p, m := a.DatePublished, a.DateModified
	if m.IsZero() || p.IsZero() {
		return m
	}
	if m.Time.Sub(p.Time) <= time.Minute || p.DateOnly != m.DateOnly && sameDay(p, m) {
		return article.Date{}
	}
	return m
}

func sameDay(a, b article.Date) bool {
	return a.Time.UTC().Format(time.DateOnly) == b.Time.UTC().Format(time.DateOnly)
}

func (r *renderer) dated(sentence string, d article.Date) view.Node {
	if d.IsZero() {
		return nil
	}
	return phrase(sentence, r.date(d))
}

func (r *renderer) date(d article.Date) view.Node {
	if d.IsZero() {
		return nil
	}
	machine := d.Time.Format(time.RFC3339)
	if d.DateOnly {
		machine = d.Time.UTC().Format(time.DateOnly)
	}
	return view.El(view.Time, view.DateTime(machine), view.Text(r.options.Locale.Date(d)))
}

// limits says what this copy lacks, and where the rest is.
func (r *renderer) limits(a *article.Article) view.Node {
	var why string
	switch {
	case a.Newer():
		why = r.words.Newer
	case a.IsAccessibleForFree != nil && !*a.IsAccessibleForFree:
		why = r.words.NotFree
	case len(a.Body) == 0:
		why = r.words.NoText
	default:
		return nil
	}
	return r.own(view.P, view.ShadowPart("notice"), view.Class("limits"), joined(" ", view.Text(why), r.readOriginal(a)))
}

// readOriginal is a sentence with a link to the original, where that is known.
func (r *renderer) readOriginal(a *article.Article) view.Node {
	if _, err := view.LinkURL(a.URL); err != nil {
		return nil
	}
	return phrase(r.words.ReadOriginal, ownLink(a.URL, host(hostOf(a.URL))))
}
