package page

import (
	"strings"
	"unicode"

	"byway/internal/article"
	"byway/internal/view"
)

const (
	ownRel     = "noopener noreferrer"              // links that the publisher's own pages would have
	contentRel = "noopener noreferrer nofollow ugc" // links from the text: whoever wrote them, the embedder does not vouch
)

// flowing writes text for an element that has dir="auto". The direction of such an element is found from its text
// without the parts that have a dir of their own (HTML §3.2.6.4), so where only links hold letters they get none.
func flowing(in article.Inline) view.Node {
	if lettersOutsideLinks(in) {
		return linked(in, view.Dir("auto"))
	}
	return linked(in, nil)
}

func lettersOutsideLinks(in article.Inline) bool {
	for i := range in {
		if in[i].URL == "" && strings.ContainsFunc(in[i].Text, unicode.IsLetter) {
			return true
		}
	}
	return false
}

// linked makes one link of neighbouring runs with the same address.
func linked(in article.Inline, dir view.Node) (all view.Node) {
	for len(in) > 0 {
		n := 1
		for in[0].URL != "" && n < len(in) && in[n].URL == in[0].URL {
			n++
		}
		all = all.And(link(view.LinkURL(in[0].URL), runs(in[:n]), dir))
		in = in[n:]
	}
	return all
}

func runs(in article.Inline) (all view.Node) {
	for i := range in {
		all = all.And(run(&in[i]))
		if in[i].Break {
			all = all.And(view.El("br"))
		}
	}
	return all
}

func run(r *article.Run) view.Node {
	n := view.Text(r.Text)
	for i := len(article.Marks) - 1; i >= 0; i-- {
		if r.Marks&article.Marks[i].Mark != 0 {
			n = view.El(view.Tag(article.Marks[i].Name), n)
		}
	}
	if spoken := spoken(r.InLanguage, r.Dir); spoken != nil {
		return view.El("bdi", spoken, n)
	}
	return n
}

// spoken is the language and the direction of what has its own. An unknown language is left to the text around.
func spoken(lang string, dir article.Dir) view.Node {
	var known view.Node
	if lang != "" {
		known = view.Lang(lang)
	}
	return view.Group(known, view.Dir(string(dir)))
}

// link is a link from the text, with the direction dir where that is given. What has no safe address stays as it is.
func link(u view.URL, content, dir view.Node) view.Node {
	if u.IsZero() {
		return content
	}
	return view.El("a", view.Href(u), view.Rel(contentRel), view.NoReferrer(), dir, content)
}

// contentLink is a link from the text around a name, which isolates itself.
func contentLink(address string, name view.Node) view.Node {
	return link(view.LinkURL(address), name, nil)
}

// ownLink is a link to what the article says of itself: sections, authors, the original.
func ownLink(address string, content view.Node) view.Node {
	u := view.LinkURL(address)
	if u.IsZero() {
		return content
	}
	return view.El("a", view.Href(u), view.Rel(ownRel), content)
}

// inText is a name or a headline in the language of the article.
func (r *renderer) inText(s string) view.Node {
	return view.El("bdi", view.Lang(r.textLang), view.Text(s))
}

// name isolates a name, whose direction may be another than that of the words around it.
func name(s string) view.Node { return words("bdi", s) }

// host isolates the name of a host, which is left to right in every language.
func host(s string) view.Node { return words("bdi class=host dir=ltr", s) }

// words is an element around plain text.
func words(tag view.Tag, s string) view.Node { return view.El(tag, view.Text(s)) }

// within is an element around content, or nothing around nothing.
func within(tag view.Tag, content view.Node) view.Node {
	if content == nil {
		return nil
	}
	return view.El(tag, content)
}

// phrase puts a node in the place of a sentence that is marked {}.
func phrase(sentence string, n view.Node) view.Node {
	before, after, _ := strings.Cut(sentence, "{}")
	return view.Group(view.Text(before), n, view.Text(after))
}

// joined puts a separator between those nodes that are there; it is nil if none is.
func joined(separator string, nodes ...view.Node) (all view.Node) {
	for _, n := range nodes {
		if n != nil && all != nil {
			all = all.And(view.Text(separator))
		}
		all = all.And(n)
	}
	return all
}

// textOrNil is inline text, or nil where there is none, so that nothing is written around it.
func textOrNil(in article.Inline) view.Node {
	if blank(in.Text()) {
		return nil
	}
	return linked(in, view.Dir("auto"))
}

// flowingOrNil is the same for an element with dir="auto".
func flowingOrNil(in article.Inline) view.Node {
	if blank(in.Text()) {
		return nil
	}
	return flowing(in)
}

// wordsOrNil is the same for plain text.
func wordsOrNil(s string) view.Node {
	if blank(s) {
		return nil
	}
	return view.Text(s)
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// nameOrNil is an isolated name, where there is one.
func nameOrNil(s string) view.Node { return within("bdi", wordsOrNil(s)) }
