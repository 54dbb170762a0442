package decode_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
)

// TestRowsOfHTML is §4.3.
func TestRowsOfHTML(t *testing.T) { requireRows(t, rowsOfHTML()) }

func rowsOfHTML() []row {
	const pixel = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
	kinds := func(want string) func(*testing.T, article.Article) {
		return func(t *testing.T, a article.Article) { require.Equal(t, want, kindsOf(a.Body)) }
	}
	picture := func(want string) func(*testing.T, article.Article) {
		return func(t *testing.T, a article.Article) {
			require.Equal(t, "figure", kindsOf(a.Body), "once")
			require.Equal(t, "https://n.example/"+want, a.Body[0].(article.Figure).Image.URL)
		}
	}
	alt := func(want any) func(*testing.T, article.Article) {
		return func(t *testing.T, a article.Article) {
			got := a.Body[0].(article.Figure).Image.Alt
			if want == nil {
				require.Nil(t, got)
				return
			}
			require.Equal(t, want, *got)
		}
	}
	const lazy = "lazy images: data-src, data-lazy-src, data-original, data-srcset, 1×1 data: placeholder in src, real image inside <noscript>"
	const galleries = "galleries: nested figure in figure, ul.blocks-gallery-grid, dl.gallery-item"
	img := func(name string) string { return `<img src="/` + name + `.jpg">` }
	return []row{
		{name: "malware <script> inside content.rendered", src: text(`<p>Water.</p><script>if(a&#038;&#038;b){location.replace(atob("aHR0cHM6Ly94"))}</script><p onclick="x()">Flows.</p><img src=x onerror=alert(1)>`),
			shows: []string{"<p>Water.</p><p>Flows.</p>"}, hides: []string{"<script", "location", "atob", "onclick", "onerror", "alert"}},
		{name: "shortcodes left in text: [caption …]", src: text(`[caption id="a" width="300"]<img src="/a.jpg"> The raft.[/caption]`), shows: []string{">The raft.<"}, hides: []string{"[caption", "[/"}, check: picture("a.jpg")},
		{name: "shortcodes left in text: [caption …], [gallery ids=…]", src: text(`<p>a</p>[gallery ids="1,2"]`), hides: []string{"[gallery"}, warns: "[gallery]"},
		{name: "shortcodes left in text: [caption …], [gallery ids=…], [embed]…[/embed]", src: text(`[embed]https://youtu.be/x1[/embed]`), shows: []string{"https://www.youtube.com/watch?v=x1"}, hides: []string{"[embed", "<iframe"}, check: kinds("embed")},
		{name: "shortcodes left in text: [caption …], [gallery ids=…], [embed]…[/embed], [vc_row], [/et_pb_text]", src: text(`[vc_row a="b"][et_pb_text]<p>a</p>[/et_pb_text][/vc_row]`), hides: []string{"[vc", "[et", "[/"}, check: kinds("paragraph")},
		{name: "shortcodes left in text: // brackets are ordinary in prose", src: text("<p>[los países centroamericanos] [bio] [sic]</p>"), shows: []string{"[los países centroamericanos] [bio] [sic]"}},
		{name: "Gutenberg comments <!-- wp:image {...} -->", src: text(`<!-- wp:image {"id":7} --><figure><img src="/a.jpg"></figure><!-- /wp:image -->`), hides: []string{"wp:", "<!--"}, check: picture("a.jpg")},
		{name: "Word conditional comments <!--[if gte mso 9]>", src: text(`<p><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->Water<o:p></o:p> <span style="mso-bidi:x">flows</span>.</p>`), shows: []string{"<p>Water flows.</p>"}, hides: []string{"mso", "Normal", "endif"}},
		{name: "classic caption: div.wp-caption + p.wp-caption-text", src: text(`<div class="wp-caption alignleft"><a href="/a.jpg"><img src="/a.jpg"></a><p class="wp-caption-text">The raft</p></div>`), shows: []string{"<figcaption", ">The raft<"}, check: picture("a.jpg")},
		{name: galleries + " // figures", src: text(`<figure class="wp-block-gallery"><figure>` + img("a") + `<figcaption>A</figcaption></figure><figure>` + img("b") + `</figure><figcaption>Both</figcaption></figure>`), shows: []string{">A<", ">Both<"}, check: kinds("gallery of 2")},
		{name: galleries + " // a list", src: text(`<figure class="wp-block-gallery"><ul class="blocks-gallery-grid"><li><figure>` + img("a") + `</figure></li><li><figure>` + img("b") + `</figure></li></ul></figure>`), check: kinds("gallery of 2")},
		{name: galleries + " // definitions", src: text(`<div class="gallery"><dl class="gallery-item"><dt>` + img("a") + `</dt><dd class="wp-caption-text">A</dd></dl><dl class="gallery-item"><dt>` + img("b") + `</dt></dl></div>`), shows: []string{">A<"}, check: kinds("gallery of 2")},
		{name: galleries + ", amp-carousel", src: text(`<amp-carousel><amp-img src="/a.jpg"></amp-img><amp-img src="/b.jpg"></amp-img></amp-carousel>`), check: kinds("gallery of 2")},
		{name: galleries + ", amp-carousel, Jetpack tiled with data-orig-file/data-large-file", src: text(`<div class="tiled-gallery"><div class="tiled-gallery-item"><img src="/a-c.jpg" data-orig-file="/a.jpg"></div><div class="tiled-gallery-item"><img data-large-file="/b.jpg"></div></div>`),
			shows: []string{"https://n.example/a.jpg", "https://n.example/b.jpg"}, check: kinds("gallery of 2")},
		{name: lazy + " // data-src", src: text(`<img src="` + pixel + `" data-src="/a.jpg">`), check: picture("a.jpg")},
		{name: lazy + " // data-lazy-src", src: text(`<img src="/blank.gif" data-lazy-src="/a.jpg">`), check: picture("a.jpg")},
		{name: lazy + " // data-original", src: text(`<img src="/small.jpg" data-original="/a.jpg">`), check: picture("a.jpg")},
		{name: lazy + " // data-srcset", src: text(`<img src="` + pixel + `" data-srcset="/s.jpg 300w, /a.jpg 900w">`), check: picture("a.jpg")},
		{name: lazy + " // noscript, and once only", src: text(`<img src="` + pixel + `"><noscript><img src="/a.jpg"></noscript>`), check: picture("a.jpg")},
		{name: lazy + " // noscript beside the same", src: text(`<img data-src="/a.jpg"><noscript><img src="/a.jpg"></noscript>`), check: picture("a.jpg")},
		// blocking-and-trust.md §4 allows no "data:" at all, so a small one goes as well: addresses are the boundary.
		{name: "huge data: images // any size", src: text(`<p>a</p><img src="` + pixel + `"><img src="data:image/png;base64,` + strings.Repeat("A", 300_000) + `">`), hides: []string{"data:image", "<img"}, warns: "picture inside the text"},
		{name: "srcset with commas in URLs (Cloudinary, Guardian), w/x mix, descending order", src: text(`<img src="/a.jpg" width="300" height="200" srcset="https://c.example/w_900,h_600/a.jpg 900w, https://c.example/w_200,h_133/a.jpg 200w, /b.jpg 2x">`),
			shows: []string{"https://c.example/w_900,h_600/a.jpg 900w", "https://c.example/w_200,h_133/a.jpg 200w"}, check: picture("a.jpg")},
		{name: "width/height wrong, percent, missing, or of the thumbnail", src: text(`<img src="/a.jpg" width="100%" height="-3"><img src="/b.jpg" width="auto" height="0"><img src="/c.jpg" width="99999" height="1e3">`), hides: []string{"width=", "height="}},
		{name: "width/height wrong, percent, missing, or of the thumbnail // the ratio is that of the renditions", src: text(`<img src="/a.jpg" srcset="/a.jpg 900w, /a-300x200.jpg 300w">`), shows: []string{`width="900" height="600"`}},
		{name: "tracking pixels 1×1, feedsportal, emoji <img class=\"wp-smiley\">, avatar", src: text(`<p>a <img class="wp-smiley" src="/s.png" alt="🙂"></p><img src="/p.gif" width="1" height="1"><img src="https://da.feedsportal.com/r.img"><img class="avatar" src="/ada.jpg">`), shows: []string{"<p>a 🙂</p>"}, hides: []string{"<img"}},
		{name: "alt empty // stays so", src: text(`<figure><img src="/a.jpg" alt=""><figcaption>The raft</figcaption></figure>`), check: alt("")},
		{name: "alt empty (golkar: alt_text:\"\" with a 100-word caption), alt = file name", src: text(`<img src="/a.jpg" alt="DSC_0041.JPG">`), check: alt(nil)},
		{name: "alt empty (golkar: alt_text:\"\" with a 100-word caption), alt = file name, alt = caption", src: text(`<figure><img src="/a.jpg" alt="The raft"><figcaption>The raft.</figcaption></figure>`), check: alt("")},
		{name: "caption is HTML (links, glossary pop-ups with escaped HTML in attributes)", src: text(`<figure><img src="/a.jpg"><figcaption>The <a class="glossaryLink" data-cmtooltip="&lt;div&gt;A &amp;amp; B&lt;/div&gt;" href="/raft">raft</a> &amp; <em>crew</em></figcaption></figure>`),
			shows: []string{`href="https://n.example/raft"`, ">raft</a> &amp; <em>crew</em>"}, hides: []string{"cmtooltip", "&lt;div"}},
		{name: "empty <p>&nbsp;</p>, <div></div> spacers, <br><br> as paragraphs, text directly in the root", src: text(`<p>&nbsp;</p><div></div>root<p>a<br><br>b</p><div> </div>`), shows: []string{"<p>root</p><p>a</p><p>b</p>"}, check: kinds("paragraph paragraph paragraph")},
		{name: "<center>, <font>, inline style=\"text-align:justify\", dir=\"rtl\" on <p>", src: text(`<center><p style="text-align:justify" dir="rtl" lang="fa"><font color="red">سلام</font></p></center><blockquote class="twitter-tweet"><p lang="ar" dir="rtl">مرحبا</p></blockquote>`),
			shows: []string{`<p lang="fa" dir="rtl">سلام</p>`, `<p lang="ar" dir="rtl">مرحبا</p>`}, hides: []string{"style", "<font", "<center"}},
		{name: "heading levels skip or start at 1, 4, 6", src: text("<h1>a</h1><h4>b</h4><h6>c</h6>"), shows: []string{"<h3>a</h3><h4>b</h4><h5>c</h5>"}},
		{name: "<h1> and byline repeated at the top of the body", src: text("<h1>THE WEIR AT ULMEN.</h1><p>By Ada Lindh</p><p>Water flows.</p>"), shows: []string{"<p>By Ada Lindh</p><p>Water flows.</p>"}, check: kinds("paragraph paragraph")},
		{name: "tables for layout, nested tables", src: text("<table><tr><td><p>a</p></td></tr><tr><td>b</td></tr></table><table><tr><td>c<table><tr><td>1<td>2</table></table>"), check: kinds("paragraph paragraph paragraph table")},
		{name: "iframes, <script async src=platform.twitter.com>, blockquote.twitter-tweet // a frame is a card", src: text(`<iframe src="https://www.youtube.com/embed/x1"></iframe>`), hides: []string{"<iframe"}, check: kinds("embed")},
		{name: "iframes, <script async src=platform.twitter.com>, blockquote.twitter-tweet // a tweet can be read", src: text(`<blockquote class="twitter-tweet"><p>Open!</p>— Ada <a href="https://twitter.com/ada/status/1">May 3</a></blockquote><script async src="https://platform.twitter.com/widgets.js"></script>`),
			shows: []string{"<p>Open!</p>"}, hides: []string{"platform.twitter", "<script"}, check: kinds("quote embed")},
		{name: "\"Read more\", share bars, newsletter forms, related lists in the body", src: text(`<p>a</p><a class="more-link" href="/x">Read more</a><div class="sharedaddy">Share</div><div class="mc4wp-form">Subscribe</div><div class="jp-relatedposts">Related</div><div class="wp-block-buttons">Buy</div><div id="ez-toc-container">Contents</div>`),
			hides: []string{"Read more", "Share<", "Subscribe", "Related", "Buy", "Contents"}, check: kinds("paragraph")},
		{name: "excerpt [&hellip;], <a class=\"more-link\">", src: wpPost(object{"excerpt": object{"rendered": `<p>Water flows [&hellip;] <a class="more-link" href="/x">Read more</a></p>`}}), hides: []string{"[…]", "Read more", "standfirst"}},
	}
}

// kindsOf names the blocks of a body.
func kindsOf(blocks []article.Block) string {
	var kinds []string
	for _, b := range blocks {
		switch b := b.(type) {
		case article.Paragraph:
			kinds = append(kinds, "paragraph")
		case article.Heading:
			kinds = append(kinds, "heading")
		case article.Figure:
			kinds = append(kinds, "figure")
		case article.Gallery:
			kinds = append(kinds, "gallery of "+string(rune('0'+len(b.Images))))
		case article.Quote:
			kinds = append(kinds, "quote")
		case article.Embed:
			kinds = append(kinds, "embed")
		case article.Table:
			kinds = append(kinds, "table")
		default:
			kinds = append(kinds, "other")
		}
	}
	return strings.Join(kinds, " ")
}
