package page

import (
	"strings"
	"time"

	"byway/internal/article"
	"byway/internal/view"
)

// head is what stands above the text, down to where this copy comes from.
func (r *renderer) head(a *article.Article) view.Node {
	return view.El("header class=head",
		r.breadcrumbs(a.Sections),
		within("p class=kicker", r.kicker(a)),
		words(r.heading(0)+" part=headline class=headline", a.Headline),
		within("p part=standfirst class=standfirst", wordsOrNil(a.AlternativeHeadline)),
		within("p part=standfirst class=standfirst", textOrNil(a.Description)),
		within("p part=byline class=byline", byline(a)),
		r.dates(a),
		r.origin(),
		r.unproven(),
		r.limits(a),
		r.publisherSays(),
		r.status(),
		r.tools(),
	)
}

func (r *renderer) breadcrumbs(sections []article.NamedLink) view.Node {
	if len(sections) == 0 || !r.shows(controlBreadcrumbs) {
		return nil
	}
	var items view.Node
	for _, s := range sections {
		items = items.And(view.El("li", ownLink(s.URL, name(s.Name))))
	}
	return r.own(view.El("nav part=breadcrumbs class=breadcrumbs", view.AriaLabel(r.words.Sections),
		view.El("ol", view.Lang(r.textLang), view.Dir(r.textDir), items)))
}

// kicker is not said again where it is the name of the section above it.
func (r *renderer) kicker(a *article.Article) view.Node {
	if n := len(a.Sections); n > 0 && r.shows(controlBreadcrumbs) && strings.EqualFold(a.Sections[n-1].Name, a.Kicker) {
		return nil
	}
	return wordsOrNil(a.Kicker)
}

// byline is the line as printed or, without one, the authors.
func byline(a *article.Article) view.Node {
	if !blank(a.Byline) {
		return name(a.Byline)
	}
	var authors []view.Node
	for i := range a.Author {
		authors = append(authors, author(&a.Author[i]))
	}
	return joined(wordsFor(a.InLanguage).ListSeparator, authors...)
}

func author(a *article.Agent) view.Node {
	if blank(a.Name) {
		return nil
	}
	var job view.Node
	if !blank(a.JobTitle) {
		job = view.El("span class=job", phrase("({})", name(a.JobTitle)))
	}
	return joined(" ", ownLink(a.URL, name(a.Name)), job)
}

// dates is the line of place and time.
func (r *renderer) dates(a *article.Article) view.Node {
	place := within("bdi class=dateline", wordsOrNil(a.Dateline))
	content := joined(" · ",
		view.With(place, spoken(r.textLang, "")),
		r.dated(r.words.Published, a.DatePublished),
		r.dated(r.words.Updated, updated(a)),
	)
	if content == nil {
		return nil
	}
	return r.own(view.El("p class=dates", content))
}

// updated is the date of the last change, if that is one worth telling: many systems set it when they publish, and some
// set it before.
func updated(a *article.Article) article.Date {
	p, m := a.DatePublished, a.DateModified
	if m.IsZero() || p.IsZero() {
		return m
	}
	if m.Time().Sub(p.Time()) <= time.Minute || p.DateOnly != m.DateOnly && p.Day() == m.Day() {
		return article.Date{}
	}
	return m
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
	machine := d.Day()
	if !d.DateOnly {
		machine = d.String()
	}
	return moment(machine, r.options.Locale.Date(d))
}

// moment is a date for machines and for people.
func moment(machine, s string) view.Node {
	return view.El("time", view.DateTime(machine), view.Text(s))
}

// limits says what this copy lacks, and where the rest is.
func (r *renderer) limits(a *article.Article) view.Node {
	var why string
	switch {
	case a.Newer():
		why = r.words.Newer
	case a.IsAccessibleForFree != nil && !*a.IsAccessibleForFree:
		why = r.words.NotFree
	case len(a.Body) == 0, a.IsPartial && article.LastWords(a.Body) == "":
		why = r.words.NoText
	case a.IsPartial:
		why = r.words.Partial
	default:
		return nil
	}
	var original view.Node // a sentence with a link to it, where that is known
	if !view.LinkURL(a.URL).IsZero() {
		original = phrase(r.words.ReadOriginal, ownLink(a.URL, host(hostOf(a.URL))))
	}
	return r.own(view.El("p part=notice class=limits", joined(" ", view.Text(why), original)))
}
