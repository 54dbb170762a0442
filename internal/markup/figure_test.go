package markup

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
)

const (
	pic  = "https://courier.example/a.jpg"
	pic2 = "https://courier.example/b.jpg"
)

func TestFigures(t *testing.T) {
	check(t, []conversion{
		{"of Gutenberg", `<figure class="wp-block-image alignwide size-large"><img src="/a.jpg" alt="A raft" width="1280" height="853" class="wp-image-1"/><figcaption class="wp-element-caption">The <em>raft</em>, <a href="/r">again</a>.</figcaption></figure>`,
			"figure wide: " + pic + ` 1280x853 alt="A raft" caption="The <em|raft>, (again)[https://courier.example/r]."`},
		{"of the classic editor", `<div id="attachment_1" style="width: 310px" class="wp-caption alignright"><a href="/page/"><img src="/a.jpg" width="300" height="187" alt="x y" /></a><p id="caption-1" class="wp-caption-text">Below</p></div>`,
			"figure end: " + pic + ` 300x187 alt="x y" caption="Below" link="https://courier.example/page/"`},
		{"alone in a paragraph and a link", `<p>a</p><p><a href="/a-1024x683.jpg"><img class="alignleft" src="/a.jpg"></a></p>`, "p: a\nfigure start: " + pic},
		{"in the middle of a sentence it follows", `<p>one <img src=/a.jpg> two</p>`, "p: one two\nfigure: " + pic},
		{"after a line break it parts the text", `<p>one<br><img src=/a.jpg><br>two</p>`, "p: one\nfigure: " + pic + "\np: two"},
		{"language and direction", `<figure lang=fa dir=rtl><img src=/a.jpg><figcaption dir=ltr>b</figcaption></figure>`, `figure@fa@rtl: ` + pic + ` caption="<@ltr|b>"`},
		{"text outside the caption is kept", `<figure><img src=/a.jpg><p>One.</p><figcaption>Two.</figcaption></figure>`, "figure: " + pic + ` caption="One.↵Two."`},
		{"without a picture it is unwrapped", `<figure>a<figcaption>b</figcaption></figure>`, "p: a\np: b"},
		{"with a picture that cannot be loaded its caption stays", `<figure><img src="data:image/png;base64,AAAA"><figcaption>b</figcaption></figure>`, "p: b"},
		{"code with a caption", `<figure><pre>x</pre><figcaption>b</figcaption></figure>`, "p@auto: <code|x>\np: b"},
		{"alt: the name of a file is none, the caption is not said twice, empty stays", `<img src="/IMG_0412.jpg" alt="IMG_0412"><img src=/b.jpg alt=""><img src=/c.jpg alt="DSC 1.JPG"><figure><img src=/a.jpg alt="The raft."><figcaption>The raft</figcaption></figure>`,
			"figure: https://courier.example/IMG_0412.jpg\nfigure: " + pic2 + ` alt=""` + "\nfigure: https://courier.example/c.jpg\nfigure: " + pic + ` alt="" caption="The raft"`},
		{"sizes that are no sizes", `<img src=/a.jpg width="100%" height=auto><img src=/b.jpg width=99999 height="20px">`, "figure: " + pic + "\nfigure: " + pic2 + " 0x20"},
		{"pixels that count readers go", `<img src=/a.jpg width=1 height=1><img src="https://pixel.wp.com/g.gif"><img class="avatar" src=/b.jpg>a`, "p: a"},
		{"emoji and formulas are their text", `<p>a <img class="wp-smiley" src=/s.png alt="🙂"> <img src="https://s.w.org/images/core/emoji/72x72/1f30a.png" alt="🌊"> <img class=latex src=/l.png alt="x^2"></p>`, "p: a 🙂 🌊 x^2"},
		{"addresses that are not of pictures go", `<img src="javascript:alert(1)"><img src="blob:https://x/1"><img src="file:///a.png"><img>a`, "p: a"},
	})
}

func TestLazy_pictures(t *testing.T) {
	data := "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
	check(t, []conversion{
		{"data-src", `<img src="` + data + `" data-src="/a.jpg">`, "figure: " + pic},
		{"data-lazy-src", `<img src="/blank.gif" data-lazy-src="/a.jpg">`, "figure: " + pic},
		{"data-original", `<img src="/b.jpg" data-original="/a.jpg">`, "figure: " + pic},
		{"only data-srcset", `<img src="` + data + `" data-srcset="/b.jpg 300w, /a.jpg 800w">`, "figure: " + pic + " 800x0 +" + pic2 + " 300x0"},
		{"noscript with the only address", `<img class="lazy" src="` + data + `"><noscript><img src="/a.jpg" width=800 height=600 alt="A b"></noscript>`, "figure: " + pic + ` 800x600 alt="A b"`},
		{"noscript is not shown twice", `<p><img data-src="/a.jpg"><noscript><img src="/a.jpg"></noscript></p>`, "figure: " + pic},
		{"nor when it comes first or beside a link", `<noscript><img src="/a.jpg"></noscript><img data-src="/a.jpg"><a href=/x><img data-src="/b.jpg"></a><noscript><a href=/x><img src="/b-300x200.jpg"></a></noscript>`,
			"figure: " + pic + "\nfigure: " + pic2 + ` link="https://courier.example/x"`},
		{"noscript by itself", `<figure><noscript><img src="/a.jpg"></noscript><figcaption>b</figcaption></figure>`, "figure: " + pic + ` caption="b"`},
		{"noscript beside another picture", `<div><img src="/b.jpg"></div><noscript><img src="/a.jpg"></noscript>`, "figure: " + pic2 + "\nfigure: " + pic},
		{"words of noscript go", `<noscript>Please enable JavaScript</noscript>a`, "p: a"},
		{"a video that noscript alone has", `<div class="rll-youtube-player" data-src="https://www.youtube.com/embed/a"></div><noscript><iframe src="https://www.youtube.com/embed/a"></iframe></noscript>`,
			`embed: YouTube https://www.youtube.com/watch?v=a frame="https://www.youtube.com/embed/a"`},
		{"a video is not shown twice", `<p><iframe data-src="https://youtu.be/a"></iframe> <noscript><iframe src="https://youtu.be/a"></iframe></noscript></p>`, "embed: YouTube https://www.youtube.com/watch?v=a"},
		{"picture with sources", `<picture><source srcset="/b.webp 800w" type="image/webp"><img src="/a.jpg"></picture>`, "figure: " + pic},
		{"picture whose img is empty", `<picture><source srcset="/b.webp 800w, /c.webp 400w"><img src="` + data + `" alt="A b"></picture>`, `figure: https://courier.example/b.webp 800x0 alt="A b" +https://courier.example/c.webp 400x0`},
		{"amp-img of a ratio", `<amp-img src="/a.jpg" width=3 height=2 layout=responsive></amp-img>`, "figure: " + pic},
		{"amp-img of a ratio in pixels", `<amp-img src="/a.jpg" width=300 height=200 layout=responsive></amp-img>`, "figure: " + pic + " 300x200"},
		{"amp-img that counts readers", `<amp-img src="/a.jpg" width=1 height=1 layout=fixed></amp-img><amp-img src="/a.jpg" width=1 height=1></amp-img>`, ""},
		{"amp-img with a fallback", `<amp-img src="/a.jpg" width=4 height=3><noscript><img src="/a.jpg"></noscript></amp-img>`, "figure: " + pic + " 4x3"},
	})
}

func TestRenditions(t *testing.T) {
	check(t, []conversion{
		{"the size of the picture is the one of srcset, its ratio of the attributes", `<img width="415" height="623" src="/a.jpg" srcset="/a.jpg 830w, /a-200x300.jpg 200w">`,
			"figure: " + pic + " 830x1246 +https://courier.example/a-200x300.jpg 200x300"},
		{"the ratio of a name", `<img src="/a.jpg" srcset="/a.jpg 700w, /a-300x168.jpg 300w">`, "figure: " + pic + " 700x392 +https://courier.example/a-300x168.jpg 300x168"},
		{"densities need a width", `<img src="/a.jpg" width=400 height=300 srcset="/a.jpg, /b.jpg 2x"><img src="/c.jpg" srcset="/d.jpg 2x">`,
			"figure: " + pic + " 400x300 +" + pic2 + " 800x0\nfigure: https://courier.example/c.jpg"},
		{"addresses that are not allowed are left out", `<img src=/a.jpg srcset="javascript:x 300w, data:image/png;base64,AA 400w">`, "figure: " + pic},
		{"Jetpack", `<img src="https://i0.wp.com/courier.example/a.jpg?w=300&h=200&crop=1" width=300 height=200 data-orig-file="/a.jpg" data-orig-size="2048,1024" data-large-file="/a.jpg?w=1024">`,
			"figure: " + pic + "?w=1024 1024x512"},
	})
}

func TestParseSrcset_follows_HTML(t *testing.T) {
	for _, c := range []struct {
		name, srcset string
		want         []candidate
	}{
		{"widths", "a.jpg 300w, b.jpg 600w", []candidate{{"a.jpg", 300, 0}, {"b.jpg", 600, 0}}},
		{"commas inside addresses", "https://c.example/w_300,h_200/a.jpg 300w,https://c.example/w_600,h_400/a.jpg 600w",
			[]candidate{{"https://c.example/w_300,h_200/a.jpg", 300, 0}, {"https://c.example/w_600,h_400/a.jpg", 600, 0}}},
		{"a comma after an address ends it", "a.jpg, b.jpg 2x", []candidate{{"a.jpg", 0, 0}, {"b.jpg", 0, 2}}},
		{"height with width", "a.jpg 300w 200h", []candidate{{"a.jpg", 300, 0}}},
		{"wrong descriptors leave the candidate out", "a.jpg 0w, b.jpg -1x, c.jpg 1.5q, d.jpg 1.5x", []candidate{{"d.jpg", 0, 1.5}}},
		{"brackets", "a.jpg (x, y) 300w, b.jpg 2x", []candidate{{"b.jpg", 0, 2}}},
		{"nothing", " , ,", nil},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, parseSrcset(c.srcset)) })
	}
}

func TestGalleries(t *testing.T) {
	want := "gallery:\n  " + pic + ` caption="A"` + "\n  " + pic2 + ` caption="B"`
	named := strings.Replace(want, "gallery:", `gallery: caption="Both"`, 1)
	check(t, []conversion{
		{"figures in a figure", `<figure class="wp-block-gallery has-nested-images"><figure class="wp-block-image"><img src="/a.jpg"><figcaption>A</figcaption></figure><figure class="wp-block-image"><img src="/b.jpg"><figcaption>B</figcaption></figure><figcaption class="blocks-gallery-caption">Both</figcaption></figure>`, named},
		{"the older list", `<figure class="wp-block-gallery"><ul class="blocks-gallery-grid"><li class="blocks-gallery-item"><figure><img src="/a.jpg"><figcaption>A</figcaption></figure></li><li class="blocks-gallery-item"><figure><img src="/b.jpg"><figcaption>B</figcaption></figure></li></ul><figcaption>Both</figcaption></figure>`, named},
		{"the list alone", `<ul class="wp-block-gallery"><li><img src="/a.jpg"><figcaption>A</figcaption></li><li><img src="/b.jpg"><figcaption>B</figcaption></li></ul>`, want},
		{"the classic one", `<div id="gallery-1" class="gallery galleryid-7"><style>x</style><dl class="gallery-item"><dt class="gallery-icon landscape"><a href="/a/"><img src="/a.jpg"></a></dt><dd class="wp-caption-text gallery-caption">A</dd></dl><br style="clear:both"><dl class="gallery-item"><dt class="gallery-icon"><a href="/b/"><img src="/b.jpg"></a></dt><dd class="wp-caption-text gallery-caption">B</dd></dl></div>`, want},
		{"the classic one in HTML5", `<div class="gallery"><figure class="gallery-item"><div class="gallery-icon"><img src="/a.jpg"></div><figcaption class="wp-caption-text gallery-caption">A</figcaption></figure><figure class="gallery-item"><div class="gallery-icon"><img src="/b.jpg"></div><figcaption>B</figcaption></figure></div>`, want},
		{"Jetpack's tiles", `<div class="tiled-gallery type-rectangular"><div class="gallery-row"><div class="tiled-gallery-item"><a href="/x/"><img src="/a-crop.jpg?w=10" data-orig-file="/a.jpg"></a><div class="tiled-gallery-caption">A</div></div><div class="tiled-gallery-item"><img data-large-file="/b.jpg"><div class="tiled-gallery-caption">B</div></div></div></div>`, want},
		{"several pictures in one figure", `<figure><img src=/a.jpg><img src=/b.jpg><figcaption>Both</figcaption></figure>`, "gallery: caption=\"Both\"\n  " + pic + "\n  " + pic2},
		{"of one picture is a figure", `<figure class="wp-block-gallery"><figure><img src=/a.jpg><figcaption>A</figcaption></figure></figure>`, "figure: " + pic + ` caption="A"`},
		{"amp", `<amp-carousel><amp-img src=/a.jpg></amp-img><amp-img src=/b.jpg></amp-img></amp-carousel>`, "gallery:\n  " + pic + "\n  " + pic2},
	})
}

func TestEmbeds(t *testing.T) {
	check(t, []conversion{
		{"YouTube", `<p><iframe title="Raft, by night" src="http://www.youtube.com/embed/_Jj-x?feature=oembed"></iframe></p>`,
			`embed: YouTube https://www.youtube.com/watch?v=_Jj-x frame="https://www.youtube.com/embed/_Jj-x?feature=oembed" name="Raft, by night"`},
		{"an embed block with a caption", `<figure class="wp-block-embed is-provider-vimeo"><div class="wp-block-embed__wrapper"><iframe src="https://player.vimeo.com/video/12"></iframe></div><figcaption>The raft</figcaption></figure>`,
			`embed: Vimeo https://vimeo.com/12 frame="https://player.vimeo.com/video/12" about="The raft"`},
		{"an embed block that is only an address", `<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">
https://x.com/courier/status/12
</div></figure>`, "embed: X https://x.com/courier/status/12"},
		{"lazy frames", `<iframe src="about:blank" data-src="https://open.spotify.com/embed/episode/1"></iframe>`, `embed: Spotify https://open.spotify.com/episode/1 frame="https://open.spotify.com/embed/episode/1"`},
		{"Facebook and SoundCloud name their pages", `<iframe src="https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fc%2Fvideos%2F1"></iframe><iframe src="https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/c/a"></iframe>`,
			"embed: Facebook https://www.facebook.com/c/videos/1 frame=\"https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fc%2Fvideos%2F1\"\nembed: SoundCloud https://soundcloud.com/c/a frame=\"https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/c/a\""},
		{"but not pages that run code", `<iframe src="https://www.facebook.com/plugins/post.php?href=javascript:alert(1)"></iframe>`,
			`embed: Facebook https://www.facebook.com/plugins/post.php?href=javascript:alert(1) frame="https://www.facebook.com/plugins/post.php?href=javascript:alert(1)"`},
		{"another host", `<iframe src="//www.maps.example/m?x=1"></iframe>`, `embed: maps.example https://www.maps.example/m?x=1 frame="https://www.maps.example/m?x=1"`},
		{"advertisements, pixels and frames without address", `<iframe src="https://ad.doubleclick.net/x"></iframe><iframe width=1 height=1 src="https://a.example/"></iframe><iframe src="javascript:alert(1)"></iframe><iframe srcdoc="<p>x"></iframe>`, ""},
		{"objects and what stands inside them", `<object data="/r.pdf" aria-label=x title="The report"><p>Read the <a href="/r.pdf">report</a></p></object><object width=4><param name=movie value=x><embed src="https://www.youtube.com/v/abc"></object><object type="application/x-shockwave-flash" data="https://www.youtube.com/v/d">Get Flash</object>`,
			`embed: courier.example https://courier.example/r.pdf frame="https://courier.example/r.pdf" name="The report"` + "\np: Read the (report)[https://courier.example/r.pdf]\n" +
				"embed: YouTube https://www.youtube.com/watch?v=abc\nembed: YouTube https://www.youtube.com/watch?v=d"},
		{"WordPress's file is its link", `<div class="wp-block-file"><object class="wp-block-file__embed" data="/r.pdf" type="application/pdf"></object><a href="/r.pdf">Report</a><a href="/r.pdf" class="wp-block-file__button" download>Download</a></div>`, "p: (Report)[https://courier.example/r.pdf]"},
		{"Ghost's bookmarks", `<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://o.example/p/"><div class="kg-bookmark-content"><div class="kg-bookmark-title">Their post</div><div class="kg-bookmark-description">What they say.</div><div class="kg-bookmark-metadata"><img class="kg-bookmark-icon" src="/i.png"><span class="kg-bookmark-author">Their</span><span class="kg-bookmark-publisher">Lina</span></div></div><div class="kg-bookmark-thumbnail"><img src="/t.jpg"></div></a><figcaption>Worth it</figcaption></figure>`,
			`embed: o.example https://o.example/p/ name="Their post" about="What they say. Worth it"`},
		{"a tweet stays readable", `<blockquote class="twitter-tweet" data-dnt="true"><p lang="fa" dir="rtl">سلام <a href="https://t.co/1">t.co/1</a></p>&mdash; Lina (@lina) <a href="https://twitter.com/lina/status/1?ref_src=x">May 3, 2031</a></blockquote><script async src="https://platform.twitter.com/widgets.js"></script>`,
			"quote block:\n  p@fa@rtl: سلام (t.co/1)[https://t.co/1]\n  p: — Lina (@lina) (May 3, 2031)[https://twitter.com/lina/status/1?ref_src=x]\nembed: X https://twitter.com/lina/status/1?ref_src=x"},
		{"Instagram and TikTok", `<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/abc/?utm_source=ig_embed"><svg></svg><a href="https://www.instagram.com/p/abc/">A post</a></blockquote><blockquote class="tiktok-embed" cite="https://www.tiktok.com/@l/video/1">b</blockquote>`,
			"quote block:\n  p: (A post)[https://www.instagram.com/p/abc/]\nembed: Instagram https://www.instagram.com/p/abc/\nquote block:\n  p: b\nembed: TikTok https://www.tiktok.com/@l/video/1"},
		{"Telegram's script", `<script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="courier/12" data-width="100%"></script>`, "embed: Telegram https://t.me/courier/12"},
		{"a Facebook post", `<div class="fb-post" data-href="https://www.facebook.com/c/posts/1"></div>`, "embed: Facebook https://www.facebook.com/c/posts/1"},
		{"another WordPress site", `<blockquote class="wp-embedded-content"><a href="https://o.example/p/">Their post</a></blockquote><iframe class="wp-embedded-content" src="https://o.example/p/embed/"></iframe>`,
			"quote block:\n  p: (Their post)[https://o.example/p/]\nembed: o.example https://o.example/p/"},
		{"recordings", `<figure class="wp-block-video"><video poster="/p.jpg" width=640 height=360 controls><source src="/v.webm" type="video/webm"><source src="/v.mp4">Old browser</video><figcaption>The raft. © Lina</figcaption></figure><audio src="http://courier.example/a.mp3"></audio><video></video>`,
			`video: https://courier.example/v.webm caption="The raft." credit="© Lina" poster=(https://courier.example/p.jpg 640x360)` + "\naudio: https://courier.example/a.mp3"},
	})
}

func TestCredits_in_figures(t *testing.T) {
	figure := func(caption string) string {
		return `<figure><img src="/a.jpg">` + caption + `</figure>`
	}
	for _, c := range []struct{ name, html, caption, credit string }{
		{"by class", `<figcaption>The raft. <span class="photo-credit">Photo: Lina / AP</span></figcaption>`, "The raft.", "Photo: Lina / AP"},
		{"by class, first", `<figcaption><span class="media__copyright">© AP</span> | The raft</figcaption>`, "The raft", "© AP"},
		{"by class in camel case", `<figcaption>The raft<span class="imageCredit">AP</span></figcaption>`, "The raft", "AP"},
		{"by class, beside the caption", `<figcaption>The raft</figcaption><div class="image-source">AP</div>`, "The raft", "AP"},
		{"the whole caption", `<figcaption class="wp-caption-text credit">AP</figcaption>`, "", "AP"},
		{"its label is outside", `<figcaption>The raft. Photo: <span class="author">Lina</span></figcaption>`, "The raft.", "Photo: Lina"},
		{"two of them", `<figcaption>The raft <span class=author>Lina</span><span class=agency>AP</span></figcaption>`, "The raft", "Lina / AP"},
		{"itemprop", `<figcaption>The raft <span itemprop="copyrightHolder">AP</span></figcaption>`, "The raft", "AP"},
		{"small at the end", `<figcaption>The raft <small>Lina Haddad</small></figcaption>`, "The raft", "Lina Haddad"},
		{"cite at the end", `<figcaption>The raft <cite>Lina Haddad</cite></figcaption>`, "The raft", "Lina Haddad"},
		{"cite inside is a title", `<figcaption>From <cite>The Raft</cite>, a film</figcaption>`, "From <em|The Raft>, a film", ""},
		{"small print is no credit by itself", `<figcaption><small>The raft at dawn</small></figcaption>`, "The raft at dawn", ""},
		{"a class that only mentions it", `<figcaption class="caption has-credit">The raft</figcaption>`, "The raft", ""},
		{"from the text", `<figcaption>The <b>raft</b>. (Reuters)</figcaption>`, "The <strong|raft>.", "(Reuters)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			blocks, _ := Blocks(figure(c.html), Options{Base: articleBase, Language: "en"})
			require.Len(t, blocks, 1)
			img := blocks[0].(article.Figure).Image
			require.Equal(t, c.caption, dumpInline(img.Caption))
			require.Equal(t, c.credit, img.CreditText)
		})
	}
}
