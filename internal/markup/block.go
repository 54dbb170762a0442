package markup

import (
	"strings"

	"byway/internal/article"
)

func (f *flow) heading(n *node, st style) {
	content, rest := f.contentOf(n, st)
	if len(content) > 0 {
		f.add(article.Heading{Base: f.baseOf(n), Level: int(n.tag[1] - '0'), Content: content})
	}
	f.add(rest...)
}

// term is the head of a part that the model has no block for: a summary, a term of a glossary. It is a bold paragraph.
func (f *flow) term(n *node, st style) {
	st.marks |= article.Strong
	content, rest := f.contentOf(n, st)
	if len(content) > 0 {
		f.add(article.Paragraph{Base: f.baseOf(n), Content: content})
	}
	f.add(rest...)
}

// quote makes a quote of a blockquote. Who said it stands in a cite or a footer at the end.
func (f *flow) quote(n *node, st style) {
	f.add(f.quoteOf(n, st)...)
}

func (f *flow) quoteOf(n *node, st style) []article.Block {
	cited := takeCitation(n)
	body := f.blocksOf(n, st)
	q := article.Quote{Base: f.baseOf(n), Body: body, Style: "block"}
	q.Citation = f.citation(cited, n.attr("cite"))
	if n.is("pullquote", "wp-block-pullquote", "has-pullquote", "is-style-pullquote") {
		q.Style = "pull"
	}
	switch {
	case len(body) > 0:
		return []article.Block{q}
	case q.Citation != nil:
		return []article.Block{article.Paragraph{Base: f.base(), Content: article.Inline{{Text: q.Citation.Name, URL: q.Citation.URL}}}}
	}
	return nil
}

func (f *flow) citation(cited *node, source string) *article.NamedLink {
	if cited == nil {
		return nil
	}
	name := strings.TrimSpace(strings.TrimLeft(cited.words(), "—–―-~ "))
	if name == "" {
		return nil
	}
	link := article.NamedLink{Name: name, URL: ResolveLink(f.c.opt.Base, source)}
	for _, a := range append(cited.find(isLink), cited) {
		if u := ResolveLink(f.c.opt.Base, a.attr("href")); u != "" {
			link.URL = u
			break
		}
	}
	return &link
}

func isLink(n *node) bool { return n.tag == "a" && n.has("href") }

// takeCitation takes the cite or footer from the end of a quote, also where it is alone in the last paragraph.
func takeCitation(n *node) *node {
	i := lastFull(n.kids)
	if i < 0 {
		return nil
	}
	last := n.kids[i]
	switch {
	case last.tag == "cite" || last.tag == "footer":
		n.kids = n.kids[:i]
		return last
	case last.tag == "p" || last.tag == "div" || last.tag == "blockquote":
		if k := lastFull(last.kids); k >= 0 && last.kids[k].tag == "cite" && !wordsBefore(last.kids[:k]) {
			n.kids = n.kids[:i]
			return last
		}
	}
	return nil
}

// lastFull is the index of the last node that shows something, or -1.
func lastFull(list []*node) int {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].tag != "br" && (list[i].tag != "" || !blank(list[i].text)) {
			return i
		}
	}
	return -1
}

// wordsBefore reports whether nodes hold more than the dash that announces a name.
func wordsBefore(list []*node) bool {
	for _, n := range list {
		if strings.Trim(n.words(), "—–―-~ ") != "" || n.tag == "img" {
			return true
		}
	}
	return false
}

// pre makes a paragraph that keeps its lines. It is code, but for verse.
func (f *flow) pre(n *node, st style) {
	f.flush()
	if !n.is("wp-block-verse") {
		st.marks |= article.Code
	}
	f.preformatted(n, st)
	if in := f.line.takeAll(); len(in) > 0 {
		f.add(article.Paragraph{Base: f.baseOf(n), Content: in})
	}
}

func (f *flow) preformatted(n *node, st style) {
	for i, k := range n.kids {
		switch {
		case k.tag == "" && i == 0:
			f.verbatim(strings.TrimPrefix(strings.TrimPrefix(k.text, "\r"), "\n"), st) // HTML §13.1.2.5
		case k.tag == "":
			f.verbatim(k.text, st)
		case k.tag == "br":
			f.newLine(st)
		case !leftOut(k):
			f.preformatted(k, f.c.enter(k, st))
		}
	}
}

func (f *flow) verbatim(s string, st style) {
	s = clean(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"))
	for i, part := range strings.Split(s, "\n") {
		if i > 0 {
			f.newLine(st)
		}
		f.line.put(part, st)
	}
}

// newLine ends a line, which may be empty.
func (f *flow) newLine(st style) {
	if len(f.line.runs) == 0 {
		return
	}
	if f.line.atStart() {
		f.line.put(" ", st)
	}
	f.line.runs[len(f.line.runs)-1].Break = true
}
