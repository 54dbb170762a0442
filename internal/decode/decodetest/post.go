// Package decodetest has a WordPress post of any length, and what somebody would write by hand to show it: what decoding
// and rendering are compared with.
package decodetest

import (
	"fmt"
	"strings"

	"byway/internal/tree"
)

// ByHand is a JavaScript function that makes an element of a post's JSON.
const ByHand = `(json) => {
	const post = JSON.parse(json);
	const make = (name, inside = "", attributes = {}) => {
		const e = Object.assign(document.createElement(name), attributes);
		e.append(...[inside].flat());
		return e;
	};
	const html = (name, source) => Object.assign(document.createElement(name), { innerHTML: source });
	const [terms] = post._embedded["wp:term"], [lead] = post._embedded["wp:featuredmedia"], [author] = post._embedded.author;
	return make("article", [
		make("nav", terms.map((term) => make("a", term.name, { href: term.link }))),
		html("h1", post.title.rendered),
		html("div", post.excerpt.rendered),
		make("p", [author.name, make("time", new Date(post.date_gmt + "Z").toLocaleString(), { dateTime: post.date_gmt })]),
		make("figure", [make("img", "", { src: lead.source_url, alt: lead.alt_text, loading: "lazy" }), html("figcaption", lead.caption.rendered)]),
		html("div", post.content.rendered),
	]);
}`

// Post is a post with so many paragraphs, a heading before every tenth and a picture after it.
func Post(paragraphs int) []byte {
	var body strings.Builder
	for i := range paragraphs {
		if i%10 == 9 {
			fmt.Fprintf(&body, "<h2 class=\"wp-block-heading\">The lock at mile %d</h2>\n\n", i)
		}
		fmt.Fprintf(&body, "<p>At mile %d the <strong>ferry</strong> takes on water, hay &amp; two goats; the keeper writes down "+
			"each of them by its name, &#8220;as my mother did&#8221;, and reads the list aloud before the gate opens. Whoever wants to know "+
			"<a href=\"https://news.example/%d/river\">how the river fell</a> has to wait for <em>the next</em> boat, for nobody else "+
			"on this bank has kept a record of it since the mill was sold.</p>\n\n", i, i)
		if i%10 == 9 {
			fmt.Fprintf(&body, "<figure class=\"wp-block-image\"><img src=\"https://news.example/p/%d.jpg\" width=\"1200\" height=\"800\" alt=\"A gate\"/>"+
				"<figcaption class=\"wp-element-caption\">The gate at mile %d. Photo: Ana Sol</figcaption></figure>\n\n", i, i)
		}
	}
	var w tree.Writer
	w.String(body.String())
	return []byte(`{"id":7,"date":"2026-05-04T09:30:00","date_gmt":"2026-05-04T07:30:00","modified_gmt":"2026-05-04T07:30:00","slug":"ferry","status":"publish",
"type":"post","link":"https://news.example/2026/ferry","title":{"rendered":"The ferry &amp; the fifty miles"},"content":{"rendered":` + string(w.Bytes()) + `,"protected":false},
"excerpt":{"rendered":"<p>One boat, one river, one list.</p>\n","protected":false},"author":3,"featured_media":9,"categories":[4],
"_embedded":{"author":[{"id":3,"name":"Ana Sol","link":"https://news.example/author/ana"}],
"wp:featuredmedia":[{"id":9,"source_url":"https://news.example/p/ferry.jpg","alt_text":"A ferry","caption":{"rendered":"<p>The ferry.</p>"},
"media_type":"image","mime_type":"image/jpeg","media_details":{"width":1600,"height":900}}],
"wp:term":[[{"id":4,"name":"River","taxonomy":"category","link":"https://news.example/river","slug":"river"}],[]]}}`)
}
