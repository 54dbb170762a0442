package markup

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/weburl"
)

var articleBase = mustParse("https://courier.example/news/2031/bridge")

func mustParse(s string) *weburl.URL {
	u, err := weburl.Parse(s)
	if err != nil {
		panic(err)
	}
	return u
}

// conversion is one piece of HTML and the blocks it should become, in the notation of dump.
type conversion struct{ name, html, want string }

func check(t *testing.T, cases []conversion) {
	t.Helper()
	require.NotEmpty(t, cases)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			blocks, _ := Blocks(c.html, Options{Base: articleBase, Headline: "The bridge", Language: "en"})
			require.Equal(t, strings.Trim(c.want, "\n"), dump(blocks))
		})
	}
}

func TestText_blocks(t *testing.T) {
	check(t, []conversion{
		{"paragraphs follow each other", "<p>One</p>\n\n<p>Two</p>", "p: One\np: Two"},
		{"bare text in the root becomes a paragraph", "One <b>two</b><p>Three</p>four", "p: One <strong|two>\np: Three\np: four"},
		{"empty paragraphs and spacers are dropped", "<p>&nbsp;</p><div></div><p> \n</p><p>x</p><p>\u200c</p>", "p: x"},
		{"white space is collapsed across elements", "<p>  a\n <b> b </b> <i> c</i>  </p>", "p: a <strong|b ><em|c>"},
		{"no-break and ideographic spaces stay", "<p>Quoi\u00a0: oui</p><p>\u3000春が来た</p>", "p: Quoi\u00a0: oui\np: \u3000春が来た"},
		{"one br is a line break", "<p>a<br>b<br/></p>", "p: a↵b"},
		{"two br are a new paragraph", "<p>a<br><br>b <br> <br> c</p>", "p: a\np: b\np: c"},
		{"unknown elements are unwrapped", "<p>a <font color=red>b</font> <x-y>c</x-y></p>", "p: a b c"},
		{"a divider, and only one of two", "a<hr><hr>b", "p: a\ndivider\np: b"},
		{"details open", "<details><summary>More <i>here</i></summary><p>Text</p></details>", "p: <strong|More ><strong,em|here>\np: Text"},
		{"a glossary is bold terms and their texts", "<dl><dt>Raft</dt><dd>A flat boat.</dd><dt>Span</dt><dd>A part.</dd></dl>",
			"p: <strong|Raft>\np: A flat boat.\np: <strong|Span>\np: A part."},
		{"preformatted text keeps its lines", "<pre>\n  a &lt; b\n\n\tc</pre>", "p@auto: <code|  a < b>↵<code| >↵<code|\tc>"},
		{"verse is no code", `<pre class="wp-block-verse">Roses <em>are</em>
red</pre>`, "p: Roses <em|are>↵red"},
		{"language and direction of a block", `<p lang="fa_IR" dir="RTL">سلام</p><div lang=ar><p>مرحبا</p><h2 dir="rtl">x</h2></div><p lang="">y</p>`,
			"p@fa-IR@rtl: سلام\np@ar: مرحبا\nh2@ar@rtl: x\np: y"},
		{"styles, scripts and comments go", `<style>p{}</style><p onclick="x()">a<script>alert(1)</script><!-- wp:paragraph {"a":1} --></p>`, "p: a"},
		{"Word's conditional comments go", "<p><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--></p><p>a<o:p></o:p></p>", "p: a"},
		{"and when their dashes were beautified", "<!–[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]–><p>a</p>", "p: a"},
		{"forms, svg and templates go", "<form>f<input></form><svg><text>s</text><path/><path/></svg><template>t</template><select><option>o</select><p>a</p>", "p: a"},
		{"buttons of their own go, words of a sentence and questions above answers stay",
			`<button>Share</button><p>Call <button type=button>now</button>!</p><h3><button><span>When?</span><span class="wp-block-accordion-heading__toggle-icon" aria-hidden=true>+</span></button></h3><p>At six.</p><div><button aria-expanded=false>Where?</button></div>`,
			"p: Call now!\nh2: When?\np: At six.\np: Where?"},
		{"a form with nothing to fill in is the page's", `<form id=aspnetForm><input type=hidden name=s><p>a</p></form><form><p>b</p><select><option>c</select></form>`, "p: a"},
		{"formulas are what their author wrote, or their signs in a row", `<p><math alttext="{x^2}"><msup><mi>x</mi><mn>2</mn></msup></math>, <math><semantics><mrow><mi>y</mi></mrow><annotation encoding="application/x-tex">\frac y2</annotation></semantics></math>, <math><mi>z</mi><mo>=</mo><mn>2</mn></math>.</p>`,
			`p: {x^2}, \frac y2, z=2.`},
		{"a formula that its signs do not say goes", "<p>a<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math></p>", "p: a"},
		{"KaTeX is not said twice", `<p><span class=katex><span class=katex-mathml><math><semantics><mi>x</mi><annotation encoding="application/x-tex">x</annotation></semantics></math></span><span class=katex-html aria-hidden=true>x</span></span></p>`, "p: x"},
		{"hidden text goes", `<div style="display: none !important">spam</div><p hidden>spam</p><p hidden="until-found">ham</p>`, "p: ham"},
		{"share bars, related lists, newsletters and tables of contents go",
			`<p>a</p><div class="sharedaddy sd-sharing-enabled">s</div><div id="jp-relatedposts">r</div><div class="tnp x">n</div><div id="ez-toc-container">t</div><div class="wp-block-buttons">b</div><a class="more-link">m</a>`, "p: a"},
		{"a class that only sounds like one stays", `<div class="related-matters">a</div><div class="sharing">b</div>`, "p: a\np: b"},
	})
}

func TestMarks_and_links(t *testing.T) {
	check(t, []conversion{
		{"all marks", "<strong>a</strong><em>b</em><code>c</code><sub>d</sub><sup>e</sup><del>f</del><ins>g</ins><mark>h</mark>",
			"p: <strong|a><em|b><code|c><sub|d><sup|e><s|f><u|g><mark|h>"},
		{"their other names", "<b>a</b><i>b</i><kbd>c</kbd><s>f</s><u>g</u><cite>h</cite><samp>i</samp>",
			"p: <strong|a><em|b><code|c><s|f><u|g><em|h><code|i>"},
		{"equal runs are joined", "<p><b>a</b><b>b</b>c<span>d</span></p>", "p: <strong|ab>cd"},
		{"a bold that is not bold", `<b style="font-weight:normal"><p>a <b>b</b></p></b>`, "p: a <strong|b>"},
		{"quotation marks for q", "<p>He said <q>no</q>.</p>", "p: He said “no”."},
		{"ruby in brackets", "<p><ruby>橋<rp>(</rp><rt>はし</rt><rp>)</rp></ruby></p>", "p: 橋(はし)"},
		{"a link", `<p>See <a href="/r?a=1&amp;b=2">the <b>register</b></a>.</p>`,
			"p: See (the )[https://courier.example/r?a=1&b=2](<strong|register>)[https://courier.example/r?a=1&b=2]."},
		{"a lone address stays a link", `<p><a href="https://youtu.be/x1">https://youtu.be/x1</a></p>`, "p: (https://youtu.be/x1)[https://youtu.be/x1]"},
		{"mail and telephone", `<a href="mailto:a@b.example">m</a> <a href="tel:+1234">t</a>`, "p: (m)[mailto:a@b.example] (t)[tel:+1234]"},
		{"links that run code lose the address", `<a href="javascript:alert(1)">a</a> <a href=" java&#10;script:x">b</a> <a href="data:text/html,x">c</a> <a href="vbscript:x">d</a> <a href="#">e</a>`, "p: a b c d e"},
		{"a link around a block", `<a href="/x"><h2>Head</h2><p>Text</p></a>`, "h2: (Head)[https://courier.example/x]\np: (Text)[https://courier.example/x]"},
		{"language and direction of a run", `<p>a <span lang="he" dir="rtl">ב</span> <bdi>c</bdi> <bdo dir="ltr">d</bdo></p>`, "p: a <@he,@rtl|ב> <@auto|c> <@ltr|d>"},
		{"zero-width joiners are letters", "<p>روزنامه\u200cنگار\u200d</p>", "p: روزنامه\u200cنگار\u200d"},
		{"byte order marks and soft hyphens go", "<p>a\ufeffb\u00adc</p>", "p: abc"},
		{"balanced embeddings stay across runs, stray ones go", "<p>\u202ba <b>b\u202c</b> \u202ec \u2067d\u2069 e\u2069</p>", "p: \u202ba <strong|b\u202c> c \u2067d\u2069 e"},
	})
}

func TestSloppy_markup(t *testing.T) {
	check(t, []conversion{
		{"formatting that crosses formatting", "<p><b>one<i>two</b>three</i>four</p>", "p: <strong|one><strong,em|two><em|three>four"},
		{"formatting that crosses a block", "<b>one<p>two</b> three</p>", "p: <strong|one>\np: <strong|two> three"},
		{"formatting that crosses two blocks", "<b><div><p>two</b> three</p>four</div>", "p: <strong|two> three\np: four"},
		{"formatting that crosses a block and formatting", "<p><a href=/x>a<i>b<div>c</a>d</i>e</div>",
			"p: (a)[https://courier.example/x](<em|b>)[https://courier.example/x]\np: (<em|c>)[https://courier.example/x]<em|d>e"},
		{"a link goes on in the figure that ended its paragraph", `<p><a href="/x"><figure><img src=/a.jpg></figure></a></p>`,
			`figure: https://courier.example/a.jpg link="https://courier.example/x"`},
		{"an open bold ends with its paragraph", "<p><b>one</p><p>two</p>", "p: <strong|one>\np: two"},
		{"a link in a link ends it", "<a href=/1>one <a href=/2>two</a> three", "p: (one )[https://courier.example/1](two)[https://courier.example/2] three"},
		{"items, rows and cells without ends", "<ul><li>a<li>b<ul><li>c</ul><li>d</ul><table><tr><td>1<td>2<tr><td>3<td>4</table>",
			"ul:\n  - a\n  - b\n    ul:\n      - c\n  - d\ntable:\n  | 1 | 2\n  | 3 | 4"},
		{"ends without beginnings", "</div></b></p>a</li></td>", "p: a"},
		{"the end of a div does not leave its cell", "<div><table><tr><td>a</div>b<td>c</table>d</div>", "table:\n  | ab | c\np: d"},
		{"a frame written as XML does not swallow the text", `<iframe src="https://player.vimeo.com/video/7"/><p>a</p>`,
			"embed: Vimeo https://vimeo.com/7 frame=\"https://player.vimeo.com/video/7\"\np: a"},
		{"a figure that nobody closed keeps its order", "<figure><img src=/a.jpg><p>One.</p><h2>H</h2><p>Two.</p><p>Three.</p>",
			"figure: https://courier.example/a.jpg\np: One.\nh2: H\np: Two.\np: Three."},
		{"a tag cut short", "<p>one</p><p>two <a hre", "p: one\np: two"},
	})
}

func TestHeadings(t *testing.T) {
	check(t, []conversion{
		{"the widest is level 2", "<h4>a</h4><h5>b</h5><h4>c</h4>", "h2: a\nh3: b\nh2: c"},
		{"skipped levels are closed", "<h1>a</h1><h4>b</h4><h6>c</h6>", "h2: a\nh3: b\nh4: c"},
		{"six levels end at 6", "<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4><h5>e</h5><h6>f</h6>", "h2: a\nh3: b\nh4: c\nh5: d\nh6: e\nh6: f"},
		{"those in quotes count", "<blockquote><h5>a</h5></blockquote><h6>b</h6>", "quote block:\n  h2: a\nh3: b"},
		{"the headline repeated at the top goes", "<h1>THE BRIDGE.</h1><p>a</p><h2>b</h2>", "p: a\nh2: b"},
		{"also below a picture", "<img src=/a.jpg><h1>The bridge</h1><p>a</p>", "figure: https://courier.example/a.jpg\np: a"},
		{"not further down", "<p>a</p><h2>The bridge</h2>", "p: a\nh2: The bridge"},
		{"an empty one goes, its picture stays", "<h2> </h2><h3><img src=/a.jpg></h3>", "figure: https://courier.example/a.jpg"},
	})
}

func TestLists_and_quotes(t *testing.T) {
	check(t, []conversion{
		{"nested lists", "<ol start=3><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ol>", "ol 3:\n  - a\n    ul:\n      - b\n      - c\n  - d"},
		{"a list between two items belongs to the first", "<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>", "ul:\n  - a\n    ul:\n      - b\n  - c"},
		{"paragraphs of an item are lines", "<ul><li><p>a</p><p>b</p></li></ul>", "ul:\n  - a↵b"},
		{"text after the inner list is an item of its own", "<ul><li>a<ul><li>b</li></ul>c</li></ul>", "ul:\n  - a\n    ul:\n      - b\n  - c"},
		{"a picture parts the list, which goes on counting", "<ol><li>a</li><li>b<img src=/a.jpg></li><li>c</li></ol>",
			"ol:\n  - a\n  - b\nfigure: https://courier.example/a.jpg\nol 3:\n  - c"},
		{"empty items and lists go", "<ul><li> </li></ul><ul></ul>", ""},
		{"a quote with its speaker", "<blockquote class=wp-block-quote><p>My <b>words</b></p><cite>— Umm Salim, <a href=/s>shop</a></cite></blockquote>",
			`quote block: by="Umm Salim, shop" at="https://courier.example/s"` + "\n  p: My <strong|words>"},
		{"a speaker alone in the last paragraph", "<blockquote><p>a</p><p>– <cite>B</cite></p></blockquote>", "quote block: by=\"B\"\n  p: a"},
		{"a cite inside the text is a title", "<blockquote><p>In <cite>B</cite> we read</p></blockquote>", "quote block:\n  p: In <em|B> we read"},
		{"the cite attribute", `<blockquote cite="/src"><p>a</p><footer>B</footer></blockquote>`, `quote block: by="B" at="https://courier.example/src"` + "\n  p: a"},
		{"a pull quote", "<figure class=wp-block-pullquote><blockquote><p>a</p><cite>B</cite></blockquote></figure>", "quote pull: by=\"B\"\n  p: a"},
		{"a quote in a figure", "<figure><blockquote>a</blockquote><figcaption>— B</figcaption></figure>", "quote block: by=\"B\"\n  p: a"},
		{"a quote in a quote", "<blockquote>a<blockquote>b</blockquote></blockquote>", "quote block:\n  p: a\n  quote block:\n    p: b"},
	})
}

func TestTables(t *testing.T) {
	check(t, []conversion{
		{"header and caption", "<table><caption>Water</caption><thead><tr><th>Day</th><th>m</th></tr></thead><tbody><tr><td>1</td><td><b>2</b></td></tr></tbody></table>",
			"table: caption=\"Water\"\n  # Day | m\n  | 1 | <strong|2>"},
		{"a first row of th is the header", "<table><tr><th>a<th>b<tr><th>c<td>d</table>", "table:\n  # a | b\n  | c | d"},
		{"spans keep columns", "<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d</table>", "table:\n  | a | b | \n  |  | c | d"},
		{"the caption of a figure", "<figure class=wp-block-table><table><tr><td>a<td>b</table><figcaption>C</figcaption></figure>", "table: caption=\"C\"\n  | a | b"},
		{"one column is unwrapped", "<table><tr><td><p>a</p></td></tr><tr><td>b</td></tr></table>", "p: a\np: b"},
		{"a table around a table is unwrapped", "<table><tr><td>a<table><tr><td>1<td>2</table><td>b</table>", "p: a\ntable:\n  | 1 | 2\np: b"},
		{"pictures side by side are unwrapped", "<table><tr><td><img src=/a.jpg><td><img src=/b.jpg></table>", "figure: https://courier.example/a.jpg\nfigure: https://courier.example/b.jpg"},
		{"pictures of data follow it", "<table><tr><th>a<th>b<tr><td>c<img src=/a.jpg><td>d</table>", "table:\n  # a | b\n  | c | d\nfigure: https://courier.example/a.jpg"},
		{"lines and lists in a cell", "<table><tr><td>a<br>b<td><ul><li>c<li>d</ul></table>", "table:\n  | a↵b | c↵d"},
		{"text astray comes before", "<table>lost<tr>also<td>a<td>b</table>", "p: lostalso\ntable:\n  | a | b"},
	})
}

func TestInline_captions(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"plain", "a <em>b</em>", "a <em|b>"},
		{"blocks become lines", "<p>a</p><div>b<br>c</div>", "a↵b↵c"},
		{"direction of a paragraph is kept on its runs", "<p dir=rtl lang=ar>ا</p>", "<@ar,@rtl|ا>"},
		{"lists and tables are lines", "<ul><li>a</li><li>b</li></ul><table><tr><td>c<td>d</table>", "a↵b↵c d"},
		{"pictures are left out", "a <img src=/x.jpg alt=y>", "a"},
		{"entities are decoded once", "R&amp;amp;D", "R&amp;D"},
		{"nothing", "<p>&nbsp;</p>", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, dumpInline(Inline(c.html, Options{Base: articleBase})))
		})
	}
}

func TestWithoutBase_relative_references_are_dropped(t *testing.T) {
	blocks, warnings := Blocks(`<p><a href="/a">a</a> <a href="//b.example/">b</a></p><img src="c.jpg">`, Options{})
	require.Equal(t, "p: a (b)[https://b.example/]", dump(blocks))
	require.Len(t, warnings, 2)
}

func TestLimits(t *testing.T) {
	for _, c := range []struct {
		name, html, warning string
		most                int
	}{
		{"100,000 nested elements", strings.Repeat("<div>", 100_000) + "deep", "nested more than 64 deep", 1},
		{"nested formatting", strings.Repeat("<p><b><i><a href=x>x", 20_000), "more than 20,000 elements", article.MaxBlocks},
		{"formatting for the adoption agency", strings.Repeat("<b><p><i>", 5_000) + strings.Repeat("</b></i>", 100_000), "", article.MaxBlocks},
		{"formatting to open again", strings.Repeat("<b a=1><i b=1>", 400) + strings.Repeat("<p>x", 100_000), "more than 20,000 elements", article.MaxBlocks},
		{"paragraphs", strings.Repeat("<p>x</p>", 9_000), "more than 4,000 blocks", article.MaxBlocks},
		{"pictures", strings.Repeat("<img src=https://p.example/a.jpg>", 600), "more than 512 pictures", article.MaxImages},
		{"bytes", strings.Repeat("word ", article.MaxBytes/5+10), "longer than 2 MiB", 1},
		{"spans", "<table>" + strings.Repeat("<tr>"+strings.Repeat("<td colspan=100 rowspan=100>x", 20), 100) + "</table>", "cells span more than 20,000 others", 1},
		{"closing tags", strings.Repeat("<i>", 300) + strings.Repeat("</u>", 400_000), "nested more", article.MaxBlocks},
		{"shortcodes that never end", strings.Repeat("[vc_row ", 200_000), "", 1},
		{"sources and pictures", "<picture>" + strings.Repeat("<source srcset=x>", 9_000) + strings.Repeat("<img>", 9_000), "", 1},
		{"shortcodes in shortcodes", strings.Repeat(strings.Repeat("[video ", 1_000)+"x=y]", 280), "", 1},
		{"a builder's code that never ends", strings.Repeat("[vc_raw_html]", 150_000), "", 1},
		{"embeds that end far away", strings.Repeat("[embed] a ", 190_000) + "[/embed]", "", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			blocks, warnings := Blocks(c.html, Options{Base: articleBase})
			require.LessOrEqual(t, len(blocks), c.most)
			require.LessOrEqual(t, len(warnings), maxWarnings)
			if c.warning != "" {
				require.Contains(t, said(warnings), c.warning)
			}
		})
	}
}

func TestSpansMakeNoTableThatNobodySent(t *testing.T) {
	rows := strings.Repeat("<tr><td>x<td>y</tr>", 1_000)
	blocks, _ := Blocks("<table><tr>"+strings.Repeat("<td colspan=100 rowspan=100>x", 50)+"</tr>"+rows+"</table>", Options{})
	cells, table := 0, blocks[0].(article.Table)
	for _, row := range table.Rows {
		cells += len(row)
	}
	require.Len(t, table.Rows, 1_001)
	require.LessOrEqual(t, cells, maxNodes+2_050, "20,000 and those that were sent")
}

func said(warnings []article.Warning) string {
	var all []string
	for _, w := range warnings {
		all = append(all, w.String())
	}
	return strings.Join(all, "\n")
}

func TestDeep_text_survives_in_order(t *testing.T) {
	html := strings.Repeat("<div>a ", 300) + "<script>evil()</script><svg><g><text>evil</text></svg>b" + strings.Repeat("</div>", 300) + "<p>c</p>"
	blocks, _ := Blocks(html, Options{})
	var text []string
	eachInline(blocks, func(in article.Inline) { text = append(text, strings.Fields(in.Text())...) })
	require.Equal(t, strings.Repeat("a ", 300)+"b c", strings.Join(text, " "))
}

func TestLimits_count_what_is_shown(t *testing.T) {
	table := "<table>" + strings.Repeat("<tr><td>a<td>b", 3_000) + "</table><p>end</p>"
	blocks, warnings := Blocks(table, Options{})
	require.Empty(t, warnings)
	require.Len(t, blocks, 2)
	require.Len(t, blocks[0].(article.Table).Rows, 3_000)

	quotes, _ := Blocks(strings.Repeat("<blockquote><p>a</p><p>b</p></blockquote>", 2_000), Options{})
	require.Equal(t, article.MaxBlocks/3, len(quotes), "a quote counts with what it holds")
}

func TestWarnings_say_what_was_left_out(t *testing.T) {
	_, warnings := Blocks(`<img src="data:image/png;base64,AAAA"><a href="javascript:x">a</a><form>f<input></form><p hidden>h</p><iframe src="javascript:x"></iframe><video></video>[gallery ids="1"]`, Options{})
	require.Equal(t, strings.TrimSpace(`
[gallery]: what it lists is known to the publisher's site only: left out
img: picture inside the text ("data:image/png;base64", 4 bytes): left out
a: link without a usable address: its text was kept
form: forms do not work here: left out
p: hidden text: left out
iframe: frame without a usable address: left out
video: recording without a usable address: left out`), said(warnings))
}

func TestShortcodes(t *testing.T) {
	check(t, []conversion{
		{"a caption", `[caption id="attachment_1" align="alignleft" width="300"]<a href="/a.jpg"><img src="/a-300x200.jpg" width="300" height="200" alt="A raft"></a> The raft at dawn. Photo: Lina Haddad[/caption]<p>Text</p>`,
			"figure start: https://courier.example/a-300x200.jpg 300x200 alt=\"A raft\" caption=\"The raft at dawn.\" credit=\"Photo: Lina Haddad\"\np: Text"},
		{"an embed", "<p>[embed]https://www.youtube.com/watch?v=abc[/embed]</p>", "embed: YouTube https://www.youtube.com/watch?v=abc"},
		{"a gallery is dropped", `<p>a</p><p>[gallery ids="1,2"]</p>`, "p: a"},
		{"page builders are unwrapped", "[vc_row type=”in_container” x=”1″][vc_column]<p>a</p>[/vc_column][/vc_row][et_pb_text]b[/et_pb_text]", "p: a\np: b"},
		{"a builder's video", "[vc_video link=”https://youtu.be/x1″ css=””]", "embed: YouTube https://www.youtube.com/watch?v=x1"},
		{"a builder's heading", "[vc_custom_heading text=”Don’t stop” size=”2″]", "h2: Don’t stop"},
		{"a builder's code", "a[vc_raw_html]JTNDc2NyaXB0[/vc_raw_html]b", "p: ab"},
		{"recordings", `[video mp4="/v.mp4"][/video][audio src="/a.mp3"]`, "video: https://courier.example/v.mp4\naudio: https://courier.example/a.mp3"},
		{"brackets in prose stay", "<p>[bio] [los países] [VIDEO] [video] [caption] [embed] [1] [sic]</p>", "p: [bio] [los países] [VIDEO] [video] [caption] [embed] [1] [sic]"},
		{"scripts hold none", `[caption id="1"]<img src=/a.jpg><script>"[/caption]"; code()</script> b[/caption]`, `figure: https://courier.example/a.jpg caption="b"`},
		{"code stays", "<code>[gallery]</code>", "p: <code|[gallery]>"},
	})
}
