package decode

import (
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// isNinjs knows a text in IPTC ninjs 1, 2 or 3 (https://iptc.org/standards/ninjs/), or a list of such. Members of
// version 3 are in camel case, those of 2 in lower case, and those of 1 have some other names and are objects where
// lists would be expected.
func isNinjs(root tree.Node) bool {
	_, found := articleIn(root, "ninjs", "")
	return found && (root.Kind() == tree.Array || isNewsText(root))
}

// isNewsText leaves out what is no text, and what the agency has not published, or has taken back.
func isNewsText(n tree.Node) bool {
	kind := textIn(n, "type")
	hasText := kind == "" || kind == "text" || kind == "composite" && len(phrases(n, "bodies", "body")) > 0
	status := strings.ToLower(textIn(n, firstOf(n, "pubStatus pubstatus")))
	return hasMarks(n, ninjs) && hasText && (status == "" || status == "usable") && !isEmbargoed(n, "embargoedUntil embargoed")
}

// newsItem is one item of an agency that is being decoded.
type newsItem struct {
	*source
	markup.Options
}

func decodeNinjs(root tree.Node, o *Options, a *article.Article) []article.Warning {
	n := &newsItem{source: chosen(root, "ninjs", o)}
	a.ID = n.text("uri") // for machines: it leads nowhere
	a.Headline = markup.Text(phraseOf(n.Node, "headlines", "headline", "main").text)
	a.InLanguage = article.NormalLanguage(n.text("language"))
	a.Byline = n.words(n.has("by byline"))
	a.CopyrightNotice = n.words(n.has("copyrightNotice copyrightnotice"))
	n.dates(a, n.has("firstCreated firstcreated versionCreated versioncreated"), n.has("versionCreated versioncreated"))
	n.people(a)
	n.Options = markupOptions(a, o)
	words := n.body(a)
	// A description may be the beginning of the text, which stands below a headline and other lines there.
	standfirst := inline(phraseOf(n.Node, "descriptions", "description", "text summary").text, n.Options)
	if !strings.Contains(letters(words), letters(standfirst.Text())) {
		a.Description = standfirst
	}
	n.associated(a)
	return n.warnings
}

// people are those of whom it is said that they wrote it, and who answers for it.
func (n *newsItem) people(a *article.Article) {
	for _, place := range []string{"people", "person"} {
		for _, person := range n.Get(place).List() {
			if isOneOf(textIn(person, "rel"), "author creator") {
				a.Author = append(a.Author, article.Agent{Name: wordsIn(person, "name")})
			}
		}
	}
	for _, subject := range append(n.Get("subjects").List(), n.Get("subject").List()...) {
		keyword(a, wordsIn(subject, "name"))
	}
	holder := n.words(n.has("copyrightHolder copyrightholder"))
	if sources := pick(n.Node, "infoSources infosources infosource", tree.Node{}); holder == "" {
		holder = wordsIn(first(sources), "name")
	}
	if holder != "" {
		a.Publisher = &article.Publisher{Agent: article.Agent{Type: "Organization", Name: holder}}
	}
}

// phrase is a text that comes in several forms.
type phrase struct{ role, kind, text string }

// phrases are the forms of a text. Since version 2 they are a list. In version 1 they are members, of which the name may
// go on with the form: body_text, body_xhtml.
func phrases(n tree.Node, list, member string) []phrase {
	var out []phrase
	add := func(role, kind, text string) {
		// Other XML, such as NITF, is the same text for other programs.
		isXML := strings.Contains(kind, "xml") && !strings.Contains(kind, "xhtml") || kind == "nitf"
		if !isXML && strings.TrimSpace(text) != "" {
			out = append(out, phrase{role, kind, text})
		}
	}
	for _, p := range n.Get(list).List() {
		add(textIn(p, "role"), textIn(p, firstOf(p, "contentType contenttype")), pick(p, "value", p).Raw())
	}
	for _, m := range n.Members() {
		if role, found := strings.CutPrefix(m.Name, member); found && (role == "" || role[0] == '_') {
			role = strings.TrimPrefix(role, "_")
			add(role, role, m.Node.Raw())
		}
	}
	return out
}

// phraseOf is the first form with one of the roles, else the first.
func phraseOf(n tree.Node, list, member, roles string) phrase {
	all := append(phrases(n, list, member), phrase{})
	for _, p := range all {
		if isOneOf(p.role, roles) {
			return p
		}
	}
	return all[0]
}

// isHTML goes by the type, which the standard does not ask for.
func (p *phrase) isHTML() bool {
	return strings.Contains(p.kind, "html") || !strings.Contains(p.kind, "text") && hasTag(p.text, blockTags)
}

// rank prefers HTML with pictures, then any HTML.
func (p *phrase) rank() int {
	switch {
	case !p.isHTML():
		return 0
	case hasTag(p.text, "figure"):
		return 2
	}
	return 1
}

// body takes the best form of the text, of several the longest, and gives its words.
func (n *newsItem) body(a *article.Article) string {
	var best phrase
	for _, p := range phrases(n.Node, "bodies", "body") {
		if more := p.rank() - best.rank(); more > 0 || more == 0 && len(p.text) > len(best.text) {
			best = p
		}
	}
	if isOneOf(strings.ToLower(n.text(n.has("representationType representationtype"))), "partial incomplete") {
		a.IsPartial = true
		n.warn("representationType", "is not complete: what is there is shown")
	}
	if !best.isHTML() && best.text != "" {
		if a.Body = textBlocks(best.text, n.Options); repeats(a.Body, a.Headline) {
			a.Body = a.Body[1:]
		}
		return markup.Text(best.text)
	}
	// The agency TT has its style sheet part the section from the source.
	text := strings.ReplaceAll(best.text, `</span><span class="source">`, `</span> <span class="source">`)
	words := n.html(a, "bodies", text)
	blocks, warnings := markup.Blocks(text, n.Options)
	for _, w := range warnings {
		n.warn("bodies", w.String())
	}
	a.Body = blocks
	return words
}

// repeats reports whether a text begins with the headline.
func repeats(body []article.Block, headline string) bool {
	p, ok := body[0].(article.Paragraph)
	return ok && letters(p.Content.Text()) == letters(headline)
}
