package markup

import (
	"cmp"
	"strings"

	"byway/internal/article"
)

// heading makes a heading of h1 to h6. The head of a part that the model has no block for, a summary or a term of a
// glossary, is a bold paragraph.
func (f *flow) heading(n *node, st *style) {
	isHeading := n.traits&heading != 0
	if !isHeading {
		st = st.with(article.Strong)
	}
	content, rest := f.contentOf(n, st)
	switch {
	case len(content) == 0:
	case isHeading:
		f.add(&article.Heading{Base: f.baseOf(n), Level: int(n.tag[1] - '0'), Content: content})
	default:
		f.add(&article.Paragraph{Base: f.baseOf(n), Content: content})
	}
	f.add(rest...)
}

// quote makes a quote of a blockquote. Who said it stands in a cite or a footer at the end.
func (f *flow) quote(n *node, st *style) {
	f.flush()
	cited := takeCitation(n)
	q := &article.Quote{Base: f.baseOf(n), Body: f.blocksOf(n, st), Style: "block", Citation: f.citation(cited, n.attr("cite"))}
	if n.is(" pullquote wp-block-pullquote has-pullquote is-style-pullquote ") {
		q.Style = "pull"
	}
	switch {
	case len(q.Body) > 0:
		f.add(q)
	case q.Citation != nil:
		f.add(&article.Paragraph{Base: f.base, Content: linked(q.Citation)})
	}
}

// linked is the text of a name with its address.
func linked(l *article.NamedLink) article.Inline { return article.Inline{{Text: l.Name, URL: l.URL}} }

// dashes announce the name of who said something.
const dashes = "—–―-~ "

func (f *flow) citation(cited *node, source string) *article.NamedLink {
	if cited == nil {
		return nil
	}
	name := strings.TrimSpace(strings.TrimLeft(cited.words(), dashes))
	if name == "" {
		return nil
	}
	link := &article.NamedLink{Name: name, URL: ResolveLink(f.c.opt.Base, source)}
	for _, a := range append(cited.find(isLink), cited) {
		if u := ResolveLink(f.c.opt.Base, a.attr("href")); u != "" {
			link.URL = u
			break
		}
	}
	return link
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
func lastFull(list nodes) int {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].tag != "br" && (list[i].tag != "" || !blank(list[i].text)) {
			return i
		}
	}
	return -1
}

// wordsBefore reports whether nodes hold more than the dash that announces a name.
func wordsBefore(list nodes) bool {
	for _, n := range list {
		if strings.Trim(n.words(), dashes) != "" || n.tag == "img" {
			return true
		}
	}
	return false
}

// pre makes a paragraph that keeps its lines. It is code, but for verse.
func (f *flow) pre(n *node, st *style) {
	f.flush()
	base := f.baseOf(n)
	if !n.is(" wp-block-verse ") {
		st = st.with(article.Code)
		base.Dir = cmp.Or(base.Dir, article.AutoDir) // code in a Persian article is not in its language
	}
	f.preformatted(n, st)
	if in := f.line.takeAll(); len(in) > 0 {
		f.add(&article.Paragraph{Base: base, Content: in})
	}
}

func (f *flow) preformatted(n *node, st *style) {
	for i, k := range n.kids {
		switch {
		case k.tag == "" && i == 0:
			f.verbatim(strings.TrimPrefix(strings.TrimPrefix(k.text, "\r"), "\n"), st) // HTML §13.1.2.5
		case k.tag == "":
			f.verbatim(k.text, st)
		case k.tag == "br":
			f.newLine(st)
		case k.traits&leftOut == 0:
			f.preformatted(k, f.c.enter(k, st))
		}
	}
}

func (f *flow) verbatim(s string, st *style) {
	s = clean(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"))
	for i, part := range strings.Split(s, "\n") {
		if i > 0 {
			f.newLine(st)
		}
		f.line.put(part, st)
	}
}

// newLine ends a line, which may be empty.
func (f *flow) newLine(st *style) {
	if len(f.line.runs) == 0 {
		return
	}
	if f.line.atStart() {
		f.line.put(" ", st)
	}
	f.line.runs[len(f.line.runs)-1].Break = true
}
