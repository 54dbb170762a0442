package page

import (
	"testing"

	"byway/internal/article"
	"byway/internal/view"

	"github.com/stretchr/testify/require"
)

func blockHTML(t *testing.T, b article.Block, o Options) string {
	t.Helper()
	n := newRenderer(ready(example()), o).block(b)
	if n == nil {
		return ""
	}
	return htmlOf(t, view.Group(n))
}

const contentAttrs = ` rel="noopener noreferrer nofollow ugc" referrerpolicy="no-referrer"`

func TestBlocks(t *testing.T) {
	link := linkRun("here", "https://a.example/")
	tests := []struct {
		name  string
		block article.Block
		want  string
	}{
		{"a paragraph", paragraph("A & B"), `<p>A &amp; B</p>`},
		{"an empty paragraph is nothing", paragraph("  "), ``},
		{"a paragraph in another language", article.Paragraph{Base: article.Base{InLanguage: "fa", Dir: article.RTL}, Content: text("پل")}, `<p lang="fa" dir="rtl">پل</p>`},
		{"marks nest in one order", article.Paragraph{Content: article.Inline{{Text: "x", Marks: article.Em | article.Strong}}}, `<p><strong><em>x</em></strong></p>`},
		{"every mark has its element", article.Paragraph{Content: article.Inline{{Text: "x", Marks: article.Code | article.Sub | article.Sup | article.Strike | article.Underline | article.Highlight}}},
			`<p><code><sub><sup><s><u><mark>x</mark></u></s></sup></sub></code></p>`},
		{"a line break", article.Paragraph{Content: article.Inline{{Text: "a", Break: true}, {Text: "b"}}}, `<p>a<br>b</p>`},
		{"a run of another direction is isolated", article.Paragraph{Content: article.Inline{{Text: "a "}, {Text: "SF-2", Dir: article.LTR}}}, `<p>a <bdi dir="ltr">SF-2</bdi></p>`},
		{"neighbouring runs with one address are one link", article.Paragraph{Content: article.Inline{{Text: "see "}, link, {Text: " now", Marks: article.Em, URL: link.URL}}},
			`<p>see <a href="https://a.example/"` + contentAttrs + ` dir="auto">here<em> now</em></a></p>`},
		{"a link that runs code is text", article.Paragraph{Content: article.Inline{linkRun("here", "java\nscript:alert(1)")}}, `<p>here</p>`},
		{"a heading stands under the headline", article.Heading{Level: 3, Content: text("H")}, `<h4>H</h4>`},
		{"a heading without a level is the widest", article.Heading{Content: text("H")}, `<h3>H</h3>`},
		{"an ordered list counts from its start", article.List{Ordered: true, Start: 3, Items: []article.ListItem{{Content: text("a")}}}, `<ol start="3"><li dir="auto">a</li></ol>`},
		{"a list in a list", article.List{Items: []article.ListItem{{Content: text("a"), List: &article.List{Items: []article.ListItem{{Content: text("b")}}}}}},
			`<ul><li dir="auto">a<ul><li dir="auto">b</li></ul></li></ul>`},
		{"a list of nothing is nothing", article.List{}, ``},
		{"an item that is only a link finds its direction from it", article.List{Items: []article.ListItem{{Content: article.Inline{link}}}},
			`<ul><li dir="auto"><a href="https://a.example/"` + contentAttrs + `>here</a></li></ul>`},
		{"a quote with its source", article.Quote{Body: []article.Block{paragraph("q")}, Citation: &article.NamedLink{Name: "A. W."}},
			`<blockquote dir="auto" class="quote"><p>q</p><footer><cite><bdi>A. W.</bdi></cite></footer></blockquote>`},
		{"a pull quote", article.Quote{Style: "pull", Body: []article.Block{paragraph("q")}}, `<blockquote dir="auto" class="quote pull"><p>q</p></blockquote>`},
		{"a quote in a language of its own", article.Quote{Base: article.Base{InLanguage: "ar", Dir: article.RTL}, Body: []article.Block{paragraph("q")}}, `<blockquote lang="ar" dir="rtl" class="quote"><p>q</p></blockquote>`},
		{"a table scrolls in its own box", article.Table{Caption: text("C"), Header: []article.Inline{text("a"), text("b")}, Rows: [][]article.Inline{{text("1")}}},
			`<div class="scroll" role="region" aria-label="C" tabindex="0"><table><caption dir="auto">C</caption><thead><tr><th scope="col" dir="auto">a</th><th scope="col" dir="auto">b</th></tr></thead><tbody><tr><td dir="auto">1</td></tr></tbody></table></div>`},
		{"a table of nothing is nothing", article.Table{Caption: text("C")}, ``},
		{"a correction says so", article.Note{Role: "correction", Content: text("41, not 14."), Date: day("2031-05-02T08:00:00Z")},
			`<aside class="note"><p class="label"><strong>Correction</strong> · <span><time datetime="2031-05-02T08:00:00Z">2 May 2031</time></span></p><p dir="auto">41, not 14.</p></aside>`},
		{"an aside has no label", article.Note{Role: "aside", Content: text("By the way.")}, `<aside class="note"><p dir="auto">By the way.</p></aside>`},
		{"an empty note is nothing", article.Note{Role: "correction"}, ``},
		{"a divider", article.Divider{}, `<hr>`},
		{"an unknown block shows what it gives instead", article.Unknown{Base: article.Base{Fallback: text("instead")}}, `<p>instead</p>`},
		{"an unknown block without that is nothing", article.Unknown{Type: "x"}, ``},
		{"HTML is never shown", article.HTML{HTML: "<b>x</b>"}, ``},
		{"an embed is a card with a link", article.Embed{URL: "https://v.example/1", Provider: "V", Name: "N", Description: "D"},
			`<div class="card"><div><p class="label"><bdi>V</bdi> · <bdi class="host" dir="ltr">v.example</bdi></p><p class="title"><a href="https://v.example/1"` + contentAttrs + `><bdi>N</bdi></a></p><p dir="auto">D</p></div></div>`},
		{"a host is named once", article.Embed{URL: "https://www.v.example/1", Provider: "v.example", Name: "N"},
			`<div class="card"><div><p class="label"><bdi class="host" dir="ltr">www.v.example</bdi></p><p class="title"><a href="https://www.v.example/1"` + contentAttrs + `><bdi>N</bdi></a></p></div></div>`},
		{"an embed without a name says where it leads", article.Embed{URL: "https://v.example/1"},
			`<div class="card"><div><p class="label"><bdi class="host" dir="ltr">v.example</bdi></p><p class="title"><a href="https://v.example/1"` + contentAttrs + `>Open at <bdi class="host" dir="ltr">v.example</bdi></a></p></div></div>`},
		{"an embed without a safe address shows what it gives instead", article.Embed{Base: article.Base{Fallback: text("gone")}, URL: "data:x"}, `<p>gone</p>`},
		{"a recording is a card with its length, credit and transcript", article.Media{Kind: "video", URL: "https://v.example/1", Duration: "PT1H2M3S", Caption: text("C"), CreditText: "K", Transcript: text("T")},
			`<div class="card"><div><p class="label"><span>Video</span> · <bdi>1:02:03</bdi> · <bdi class="host" dir="ltr">v.example</bdi></p><p class="title"><a href="https://v.example/1"` + contentAttrs + `>Watch at <bdi class="host" dir="ltr">v.example</bdi></a></p>` +
				`<p class="figcaption"><span part="caption" class="caption" dir="auto">C</span> <span part="credit" class="credit"><bdi>K</bdi></span></p><details class="transcript"><summary>Transcript</summary><p dir="auto">T</p></details></div></div>`},
		{"related articles in the text", article.RelatedList{Items: []article.Related{{Headline: "R", URL: "https://a.example/r"}, {Headline: "bad", URL: "x:y"}}},
			`<aside class="note"><p class="label">Related</p><ul class="links"><li><a href="https://a.example/r"` + contentAttrs + `><bdi lang="en">R</bdi></a></li></ul></aside>`},
		{"related articles without a safe address are nothing", article.RelatedList{Items: []article.Related{{Headline: "bad", URL: "x:y"}}}, ``},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, blockHTML(t, tt.block, options())) })
	}
}

func TestDurations(t *testing.T) {
	for iso, want := range map[string]string{
		"PT90S": "1:30", "PT1M30S": "1:30", "PT1H2M3S": "1:02:03", "PT2H": "2:00:00", "PT0S": "", "P1D": "", "PT1.5S": "", "PT-1S": "", "90": "", "": "", "PTM": "",
	} {
		require.Equal(t, want, duration(iso), iso)
	}
}
