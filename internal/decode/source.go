package decode

import (
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// source is an article that is being decoded, and what was wrong with it so far.
type source struct {
	tree.Node
	warnings []article.Warning
}

func (s *source) warn(at, what string) {
	s.warnings = append(s.warnings, article.Warning{At: at, What: what})
}

// textIn is a member as it is.
func textIn(n tree.Node, name string) string { return n.Get(name).Text() }

// wordsIn is a member that is one line to read, and that may hold tags and entities.
func wordsIn(n tree.Node, name string) string { return markup.Text(textIn(n, name)) }

// nameIn is the words of a text that is a name, of which no more bytes are read than any name has.
func nameIn(text string) string {
	const most = 1000
	return markup.Text(strings.ToValidUTF8(text[:min(len(text), most)], ""))
}

func (s *source) text(name string) string { return textIn(s.Node, name) }

func (s *source) words(name string) string { return wordsIn(s.Node, name) }

// headline is the words of a member that is one.
func (s *source) headline(name string) string { return withoutTemplates(s.words(name)) }

func (s *source) has(names string) string { return firstOf(s.Node, names) }

// firstOf is the name of the first of several members that has a text.
func firstOf(n tree.Node, names string) string {
	for _, name := range strings.Fields(names) {
		if textIn(n, name) != "" {
			return name
		}
	}
	return ""
}

func (s *source) date(name string) article.Date {
	d, ok := article.ParseDate(s.text(name))
	if !ok && s.text(name) != "" {
		s.warn(name, "is no date: left out")
	}
	return d
}

// dates are those of publishing and of the last change.
func (s *source) dates(a *article.Article, published, modified string) {
	a.DatePublished, a.DateModified = s.date(published), s.date(modified)
}

func keyword(a *article.Article, word string) { a.Keywords = append(a.Keywords, word) }

// html makes a body of a member that is HTML, and gives its words.
func (s *source) html(a *article.Article, name, html string) (text string) {
	if strings.TrimSpace(html) != "" {
		a.Body = []article.Block{article.HTML{HTML: html}}
	} else {
		s.lacksText(a, name)
	}
	return markup.Text(html)
}

// lacksText says that a document is without the text. Where that is not free, it was said already.
func (s *source) lacksText(a *article.Article, name string) {
	a.IsPartial = true
	if a.IsAccessibleForFree == nil {
		s.warn(name, "there is no text: the rest is shown")
	}
}

// closed says that the text is not for everybody.
func (s *source) closed(a *article.Article, name, why string) {
	no := false
	a.IsAccessibleForFree = &no
	s.warn(name, why+": only what is open is shown")
}

// values are the items of a list, or the members of an object that was written in its place.
func values(n tree.Node) []tree.Node {
	if n.Kind() != tree.Object {
		return n.List()
	}
	var out []tree.Node
	for _, m := range n.Members() {
		out = append(out, m.Node)
	}
	return out
}

// inline reads a text that may be HTML, such as a caption.
func inline(text string, o markup.Options) article.Inline {
	if hasTag(text, blockTags) || hasTag(text, inlineTags) {
		return markup.Inline(text, o)
	}
	return article.Plain(markup.Text(text))
}

// agents are those of the first of the places that names any.
func agents(places ...tree.Node) []article.Agent {
	for _, n := range places {
		if list := agentsIn(n); list != nil {
			return list
		}
	}
	return nil
}
