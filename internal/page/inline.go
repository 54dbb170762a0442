package page

import (
	"slices"
	"strings"
	"unicode"

	"byway/internal/article"
	"byway/internal/view"
)

const (
	ownRel     = "noopener noreferrer"              // links that the publisher's own pages would have
	contentRel = "noopener noreferrer nofollow ugc" // links from the text: whoever wrote them, the embedder does not vouch
	noReferrer = "no-referrer"
)

var markTags = map[article.Mark]view.Tag{
	article.Strong: view.Strong, article.Em: view.Em, article.Code: view.Code, article.Sub: view.Sub,
	article.Sup: view.Sup, article.Strike: view.S, article.Underline: view.U, article.Highlight: view.Mark,
}

// inline writes text with its marks and links.
func inline(in article.Inline) view.Node { return linked(in, view.Dir("auto")) }

// flowing writes text for an element that has dir="auto". The direction of such an element is found from its text
// without the parts that have a dir of their own (HTML §3.2.6.4), so where only links hold letters they get none.
func flowing(in article.Inline) view.Node {
	if lettersOutsideLinks(in) {
		return inline(in)
	}
	return linked(in, view.Attr{})
}

func lettersOutsideLinks(in article.Inline) bool {
	return slices.ContainsFunc(in, func(r article.Run) bool {
		return r.URL == "" && strings.ContainsFunc(r.Text, unicode.IsLetter)
	})
}

// linked makes one link of neighbouring runs with the same address.
func linked(in article.Inline, dir view.Attr) view.Node {
	var nodes []view.Node
	for len(in) > 0 {
		n := 1
		for in[0].URL != "" && n < len(in) && in[n].URL == in[0].URL {
			n++
		}
		nodes = append(nodes, contentLink(in[0].URL, runs(in[:n]), dir))
		in = in[n:]
	}
	return view.Group(nodes...)
}

func runs(in article.Inline) view.Node {
	var nodes []view.Node
	for _, r := range in {
		nodes = append(nodes, run(r))
		if r.Break {
			nodes = append(nodes, view.El(view.Br))
		}
	}
	return view.Group(nodes...)
}

func run(r article.Run) view.Node {
	n := view.Text(r.Text)
	for i := len(article.Marks) - 1; i >= 0; i-- {
		if mark := article.Marks[i].Mark; r.Marks&mark != 0 {
			n = view.El(markTags[mark], n)
		}
	}
	if r.InLanguage == "" && r.Dir == "" {
		return n
	}
	return view.El(view.Bdi, langIfKnown(r.InLanguage), view.Dir(string(r.Dir)), n)
}

// langIfKnown leaves an unknown language to the text around.
func langIfKnown(lang string) view.Attr {
	if lang == "" {
		return view.Attr{}
	}
	return view.Lang(lang)
}

// contentLink links from the text. What has no safe address stays as it is.
func contentLink(address string, content view.Node, dir view.Attr) view.Node {
	u, err := view.LinkURL(address)
	if err != nil {
		return content
	}
	return view.El(view.A, view.Href(u), view.Rel(contentRel), view.ReferrerPolicy(noReferrer), dir, content)
}

// namedLink links a name, which isolates itself.
func namedLink(address, text string) view.Node { return contentLink(address, name(text), view.Attr{}) }

// ownLink is a link to what the article says of itself: sections, authors, the original.
func ownLink(address string, content view.Node) view.Node {
	u, err := view.LinkURL(address)
	if err != nil {
		return content
	}
	return view.El(view.A, view.Href(u), view.Rel(ownRel), content)
}

// inText is a name or a headline in the language of the article.
func (r *renderer) inText(s string) view.Node {
	return view.El(view.Bdi, view.Lang(r.textLang), view.Text(s))
}

// name isolates a name, whose direction may be another than that of the words around it.
func name(s string) view.Node { return view.El(view.Bdi, view.Text(s)) }

// host isolates the name of a host, which is left to right in every language.
func host(s string) view.Node {
	return view.El(view.Bdi, view.Class("host"), view.Dir("ltr"), view.Text(s))
}

// phrase puts nodes in the places of a sentence that are marked {}.
func phrase(sentence string, nodes ...view.Node) view.Node {
	var all []view.Node
	for _, n := range nodes {
		before, after, _ := strings.Cut(sentence, "{}")
		all = append(all, view.Text(before), n)
		sentence = after
	}
	return view.Group(append(all, view.Text(sentence))...)
}

// joined puts a separator between those nodes that are there; it is nil if none is.
func joined(separator string, nodes ...view.Node) view.Node {
	var all []view.Node
	for _, n := range nodes {
		if n == nil {
			continue
		}
		if len(all) > 0 {
			all = append(all, view.Text(separator))
		}
		all = append(all, n)
	}
	if len(all) == 0 {
		return nil
	}
	return view.Group(all...)
}

// within is an element around content, or nothing around nothing.
func within(tag view.Tag, content view.Node, attrs ...view.Attr) view.Node {
	if content == nil {
		return nil
	}
	return view.El(tag, append(parts(attrs), content)...)
}

func parts(attrs []view.Attr) []view.Part {
	var list []view.Part
	for _, a := range attrs {
		list = append(list, a)
	}
	return list
}

// textOrNil is inline text, or nil where there is none, so that nothing is written around it.
func textOrNil(in article.Inline) view.Node { return ifText(in, inline) }

// flowingOrNil is the same for an element with dir="auto".
func flowingOrNil(in article.Inline) view.Node { return ifText(in, flowing) }

func ifText(in article.Inline, write func(article.Inline) view.Node) view.Node {
	if strings.TrimSpace(in.Text()) == "" {
		return nil
	}
	return write(in)
}

// wordsOrNil is the same for plain text.
func wordsOrNil(s string) view.Node {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	return view.Text(s)
}

// nameOrNil is an isolated name, where there is one.
func nameOrNil(s string) view.Node { return within(view.Bdi, wordsOrNil(s)) }

// orElse is n or, without it, another node.
func orElse(n, other view.Node) view.Node {
	if n == nil {
		return other
	}
	return n
}
