package decode

import (
	"strings"

	"byway/internal/article"
	"byway/internal/tree"
	"byway/internal/weburl"
)

// isJSONLD knows JSON-LD with an article of schema.org in it: one node, a @graph, or a list of the scripts of a page.
func isJSONLD(root tree.Node) bool {
	var g graph
	g.collect(root)
	return g.article.Exists()
}

// linked is one page's JSON-LD that is being decoded.
type linked struct {
	graph
	options  *Options
	warnings []article.Warning
}

func (l *linked) warn(at, what string) {
	l.warnings = append(l.warnings, article.Warning{At: at, What: what})
}

// decodeJSONLD reads what search engines are told of an article. Most of it is without the text: then it is a card with
// headline, picture and standfirst, and the page says where the text is.
func decodeJSONLD(root tree.Node, o *Options, a *article.Article) []article.Warning {
	l := &linked{options: o}
	l.read(root)
	l.only(root, o.Item)
	if l.language = article.NormalLanguage(tagOf(l.article)); l.language == "" {
		l.language = article.NormalLanguage(o.Language)
	}
	n := l.article
	a.Type = l.articleType()
	a.URL = l.address()
	if a.ID = n.Get("@id").Text(); !strings.Contains(a.ID, ":") {
		a.ID = a.URL
	}
	a.Headline = withoutTemplates(l.say(n, "headline name"))
	a.Dateline = l.say(n, "dateline")
	a.CopyrightNotice = l.say(n, "copyrightNotice")
	a.License = first(n.Get("license")).Text()
	a.Keywords = l.keywords()
	a.Author = l.agents(pick(n, "author creator", tree.Node{}))
	a.DatePublished = l.date("datePublished")
	a.DateModified = l.date("dateModified")
	a.IsAccessibleForFree = l.accessible()
	l.words(a)
	if a.Sections = l.crumbs(a.URL, a.Headline); a.Sections == nil {
		a.Sections = l.sectionName()
	}
	l.publisher(a, "")
	l.copies(a)
	if lead := l.lead(markupOptions(a, o)); lead.URL != "" {
		a.Image = []article.Image{*lead}
	}
	return l.warnings
}

// storiesIn is what a page describes of articles, if they are several. One of them may be told more than once.
func storiesIn(root tree.Node) (stories []tree.Node, is func(tree.Node) bool) {
	var g graph
	g.collect(root)
	several := false
	for _, n := range g.nodes {
		if isA(n, articleTypes) && hasHeadline(n) {
			stories = append(stories, n)
			several = several || !isSameStory(n, g.article)
		}
	}
	if !several {
		return nil, nil
	}
	return stories, hasHeadline
}

// only goes to the article that is asked for, where it is told with its text, and warns where nobody said which.
func (l *linked) only(root tree.Node, item string) {
	switch stories, is := storiesIn(root); {
	case is == nil:
	case item == "":
		l.warn("", "several articles: one is shown, name another by its id or its address")
	default:
		l.article, _ = choice(stories, is, weburl.Unescape(item))
		for _, n := range stories {
			l.choose(n)
		}
	}
}

// address is the canonical one, which a page has in several places. Some have the front page there, or what was in the
// example that they were made from.
func (l *linked) address() string {
	n := l.article
	for _, place := range []tree.Node{n.Get("mainEntityOfPage"), n.Get("url"), l.page, n} {
		for _, n := range place.List() {
			ref, _, _ := strings.Cut(addressOf(n, "@id url"), "#")
			isWeb := strings.Contains(ref, "://") || strings.HasPrefix(ref, "/")
			if isWeb && ref != "https://google.com/article" && !l.isHome(ref) {
				return ref
			}
		}
	}
	return ""
}

func (l *linked) date(name string) article.Date {
	value, _ := l.value(l.article.Get(name))
	d, ok := article.ParseDate(value.Text())
	if !ok && value.Text() != "" {
		l.warn(name, "is no date: left out")
	}
	return d
}

// accessible is nil unless the article, or a part of it, says something about it.
func (l *linked) accessible() *bool {
	for _, n := range append([]tree.Node{l.article}, l.article.Get("hasPart").List()...) {
		if free, ok := n.Get("isAccessibleForFree").Bool(); ok && (!free || n == l.article) {
			return &free
		}
	}
	return nil
}

// words fills in what leads to the body, the body and, once their direction is known, the language.
func (l *linked) words(a *article.Article) {
	standfirst := l.say(l.article, "description abstract")
	if standfirst == "" {
		standfirst = l.say(l.page, "description")
	}
	a.InLanguage = l.inLanguage(a.Headline + standfirst)
	headline := letters(a.Headline)
	if letters(standfirst) == headline {
		standfirst = ""
	}
	second := l.say(l.article, "alternativeHeadline")
	if letters(second) != headline && letters(second) != letters(standfirst) {
		a.AlternativeHeadline = second
	}
	l.body(a, standfirst)
}

// copies are other addresses of the article. Accounts of the publisher are none.
func (l *linked) copies(a *article.Article) {
	for _, n := range l.article.Get("sameAs").List() {
		if c := channelAt(n.Text()); c.Name != "" && c.Type == "" {
			a.Alternates = append(a.Alternates, article.Alternate{URL: c.URL})
		}
	}
}
