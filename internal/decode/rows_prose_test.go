package decode_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
)

// TestRowsOfDates is §4.5.
func TestRowsOfDates(t *testing.T) {
	var rows []row
	for _, c := range []struct{ name, written, machine string }{
		{"RFC 3339", "2031-04-17T06:30:00+03:00", "2031-04-17T06:30:00+03:00"},
		{"offset without colon", "2031-04-17T06:30:00+0100", "2031-04-17T06:30:00+01:00"},
		{"date only: not shifted by a time zone", "2031-04-17", "2031-04-17"},
		{"no zone: the date only", "2031-04-17T23:30:00", "2031-04-17"},
		{"2024-08-08T08:00Z", "2031-08-08T08:00Z", "2031-08-08T08:00:00Z"},
		{"2024-09-16T21:33+0100", "2031-09-16T21:33+0100", "2031-09-16T21:33:00+01:00"},
		{"2024-04-30 16:17:29 +02:00", "2031-04-30 16:17:29 +02:00", "2031-04-30T16:17:29+02:00"},
		{"2024-04-28 07:00:00Z", "2031-04-28 07:00:00Z", "2031-04-28T07:00:00Z"},
		{"2023-04-28 18:11:01.0", "2031-04-28 18:11:01.0", "2031-04-28"},
		{"Fri Apr 28 19:20:36 CEST 2023: CEST is not read as UTC", "Mon Apr 28 23:20:36 CEST 2031", "2031-04-28"},
		{"20180619T055000+0900 (Nikkei)", "20310619T055000+0900", "2031-06-19T05:50:00+09:00"},
		{"epoch milliseconds (BBC)", "1934179200000", "2031-04-17T08:00:00Z"},
		{"epoch seconds as string (Drupal 8 alpha)", "1934179200", "2031-04-17T08:00:00Z"},
		{"2016-08-11 13:21:19 (Ghost)", "2031-08-11 13:21:19", "2031-08-11"},
		{"empty string", "", ""},
		{"PHP zero date 0000-00-00", "0000-00-00 00:00:00", ""},
	} {
		r := row{name: c.name, src: mustJSON(ghostOf(object{"published_at": c.written, "updated_at": nil})), shows: []string{`datetime="` + c.machine + `"`}}
		if c.machine == "" {
			r.shows, r.hides = nil, []string{"<time"}
		}
		rows = append(rows, r)
	}
	changed := func(published, modified string) string {
		return mustJSON(ghostOf(object{"published_at": published, "updated_at": modified}))
	}
	requireRows(t, append(rows, []row{
		{name: "modified < published: hide \"updated\"", src: changed("2031-04-17T17:00:00Z", "2031-04-17T07:07:00Z"), shows: []string{"2031-04-17T17:00:00Z"}, hides: []string{"T07:07", "Updated"}},
		{name: "modified after published is shown", src: changed("2031-04-17T07:00:00Z", "2031-04-18T07:07:00Z"), shows: []string{"2031-04-18T07:07:00Z"}},
		{name: "future by > 1 day: show absolute date", src: changed("2931-04-17T07:00:00Z", ""), shows: []string{`datetime="2931-04-17T07:00:00Z"`, "17 April 2931"}},
		{name: "the JSON stays Gregorian", src: mustJSON(ghostOf(object{"published_at": "2031-04-17", "updated_at": nil, "locale": "fa"})), shows: []string{`datetime="2031-04-17"`}},
	}...))
}

// TestRowsOfLanguageAndDirection is §4.6.
func TestRowsOfLanguageAndDirection(t *testing.T) {
	native := func(members string) string {
		return `{"version":"byway-article/1","headline":"السد مفتوح","body":["الماء يجري."],` + members + `}`
	}
	is := func(language string, dir article.Dir) func(*testing.T, article.Article) {
		return func(t *testing.T, a article.Article) {
			require.Equal(t, language, a.InLanguage)
			require.Equal(t, dir, a.Dir)
		}
	}
	rows := []row{
		{name: "order: document dir", src: native(`"dir":"ltr","inLanguage":"ar"`), o: decode.Options{Language: "fa"}, check: is("ar", "ltr")},
		{name: "→ inLanguage", src: native(`"inLanguage":"en"`), o: decode.Options{Language: "fa"}, check: is("en", "ltr")},
		{name: "→ caller's attribute", src: native(`"_x":1`), o: decode.Options{Language: "fa"}, check: is("fa", "rtl")},
		{name: "→ letters of headline + first paragraphs", src: native(`"_x":1`), check: is("", "rtl")},
		{name: "a Latin name at the start of a headline turns nothing", src: titled("Linux والسد المفتوح على النهر"), check: is("", "rtl")},
		{name: "lang=\"ar\" and no dir at all", src: mustJSON(ld(object{"inLanguage": "ar", "headline": "السد مفتوح"})), shows: []string{`lang="ar" dir="rtl"`}},
		{name: "drop und, zxx, mul, empty", src: native(`"inLanguage":"und"`), hides: []string{`"und"`}},
		{name: "digits stay as written", src: titled("السد ١٢ و 12 و ۱۲"), shows: []string{"١٢ و 12 و ۱۲"}},
		{name: "dir=\"auto\" on every quote, caption, list item and link text", src: text(`<blockquote><p>שלום</p></blockquote><ul><li>سلام</li></ul><p>a <a href="/x">سلام</a></p><figure><img src="/a.jpg"><figcaption>سلام</figcaption></figure>`),
			shows: []string{`<blockquote dir="auto"`, `<li dir="auto">`, `dir="auto">سلام</a>`, `class="caption" dir="auto"`}},
		{name: "credit lines need <bdi>", src: mustJSON(ghostOf(object{"feature_image_caption": "A ferry © مكتب الرئاسة"})), shows: []string{"<bdi>© مكتب الرئاسة</bdi>"}},
		{name: "breadcrumb separators must be mirrored or neutral: they are no text", src: mustJSON([]any{ld(object{"headline": "السد مفتوح", "inLanguage": "ar"}), crumbList(crumbItem(1, "أخبار", "https://n.example/a"), crumbItem(2, "أنهار", "https://n.example/b"))}), shows: []string{"</li><li>"}, hides: []string{">›", "»", "→", " / "}},
	}
	for _, subtag := range strings.Fields("ar fa he iw ur ps ckb sd ug yi ji dv syr arc nqo ku-Arab pa-Arab az-Arab uz-Arab xx-Arab xx-Hebr xx-Thaa xx-Syrc xx-Nkoo xx-Adlm xx-Rohg") {
		rows = append(rows, row{name: "RTL scripts by language subtag; by script subtag first: " + subtag, src: strings.ReplaceAll(native(`"inLanguage":"`+subtag+`"`), "السد مفتوح", "12"), check: func(t *testing.T, a article.Article) {
			require.Equal(t, article.RTL, a.Dir)
		}})
	}
	// The reference has ku and az alone as LTR. Sorani is tagged so, too, and cannot be read like that: the text decides.
	for _, subtag := range strings.Fields("ku ku-IQ az uz") {
		rows = append(rows,
			row{name: "ku and az alone, in Arabic letters: " + subtag, src: native(`"inLanguage":"` + subtag + `"`), check: is(article.NormalLanguage(subtag), "rtl")},
			row{name: "ku and az alone, in Latin letters: " + subtag, src: strings.NewReplacer("السد مفتوح", "Bendav vekirî ye", "الماء يجري.", "Av diherike.").Replace(native(`"inLanguage":"` + subtag + `"`)), check: is(article.NormalLanguage(subtag), "ltr")},
			row{name: "ku and az alone, without a letter: " + subtag, src: strings.NewReplacer("السد مفتوح", "12", "الماء يجري.", "12").Replace(native(`"inLanguage":"` + subtag + `"`)), check: is(article.NormalLanguage(subtag), "ltr")})
	}
	rows = append(rows, row{name: "ku alone is believed of a text in Arabic letters", src: mustJSON(ld(object{"inLanguage": "ku", "headline": "هەواڵی نوێ لە هەولێر"})), check: is("ku", "rtl")})
	for _, subtag := range strings.Fields("ku-Latn az-Latn en zh-Hant ar-Latn") {
		rows = append(rows, row{name: "LTR by script or language: " + subtag, src: native(`"inLanguage":"` + subtag + `"`), check: func(t *testing.T, a article.Article) {
			require.Equal(t, article.LTR, a.Dir)
		}})
	}
	for written, want := range map[string]string{"he_IL": "he-IL", "fa_IR": "fa-IR", "iw": "he", "zh_CN": "zh-CN", "zh-hans": "zh-Hans", "zxx": "", "mul": "", "": ""} {
		rows = append(rows, row{name: "normalise " + written, src: strings.ReplaceAll(native(`"inLanguage":"`+written+`"`), "السد مفتوح", "12"), check: func(t *testing.T, a article.Article) {
			require.Equal(t, want, a.InLanguage)
		}})
	}
	requireRows(t, rows)
}

// TestRowsOfCaptionsAndCredits is §4.7.
func TestRowsOfCaptionsAndCredits(t *testing.T) {
	const fields, element, tail = "(1) separate field: ", "(2) element by class: ", "(3) from the text only in safe forms: "
	for _, c := range []struct{ name, language, html, caption, credit string }{
		{element + "credit", "en", `The raft. <span class="credit">Jo Berg</span>`, "The raft.", "Jo Berg"},
		{element + "copyright", "en", `The raft. <span class="copyright">© Jo</span>`, "The raft.", "© Jo"},
		{element + "photographer", "en", `The raft. <span class="photographer">Jo</span>`, "The raft.", "Jo"},
		{element + "author", "en", `The raft. <span class="author">Jo</span>`, "The raft.", "Jo"},
		{element + "source", "en", `The raft. <span class="source">Jo</span>`, "The raft.", "Jo"},
		{element + "agency", "en", `The raft. <span class="agency">Jo</span>`, "The raft.", "Jo"},
		{element + "byline", "en", `The raft. <span class="byline">Jo</span>`, "The raft.", "Jo"},
		{element + "<cite>", "en", `The raft. <cite>Jo Berg</cite>`, "The raft.", "Jo Berg"},
		{element + "<small>", "en", `The raft. <small>Jo Berg</small>`, "The raft.", "Jo Berg"},
		{element + "itemprop", "en", `The raft. <span itemprop="creditText">Jo</span>`, "The raft.", "Jo"},
		{tail + "tail beginning with ©", "en", "The raft. © Jo Berg", "The raft.", "© Jo Berg"},
		{tail + "tail beginning with (c)", "en", "The raft (c) Jo Berg", "The raft", "(c) Jo Berg"},
		{tail + "a known label in the publisher's language: Photo:", "en", "The raft. Photo: Jo Berg", "The raft.", "Photo: Jo Berg"},
		{tail + "a known label in the publisher's language: Picture:", "en", "The raft. Picture: Jo Berg", "The raft.", "Picture: Jo Berg"},
		{tail + "a known label in the publisher's language: Foto:", "de", "Das Floß. Foto: dpa", "Das Floß.", "Foto: dpa"},
		{tail + "a known label in the publisher's language: Quelle:", "de", "Das Floß. Quelle: dpa", "Das Floß.", "Quelle: dpa"},
		{tail + "a known label in the publisher's language: Фото:", "ru", "Плот. Фото: ТАСС", "Плот.", "Фото: ТАСС"},
		{tail + "a known label in the publisher's language: (Image: …)", "en", "The raft (Image: Jo Berg)", "The raft", "(Image: Jo Berg)"},
		{tail + "a closing parenthesis that holds a known agency: Reuters", "en", "The raft (Reuters)", "The raft", "(Reuters)"},
		{tail + "a closing parenthesis that holds a known agency: Xinhua", "en", "The raft (Xinhua)", "The raft", "(Xinhua)"},
		{tail + "a name/agency slash", "en", "The raft (Jane Doe/AFP)", "The raft", "(Jane Doe/AFP)"},
		{"＝ＡＰ (Yomiuri) is a credit too", "ja", "夜明けのいかだ＝ＡＰ", "夜明けのいかだ", "＝ＡＰ"},
		{"(4) else leave the caption whole", "en", "The raft that Jo Berg saw", "The raft that Jo Berg saw", ""},
		{"never guess in the middle of a caption: a label", "en", "A photo: it shows his son on the raft", "A photo: it shows his son on the raft", ""},
		{"never guess in the middle of a caption: an agency", "en", "The raft (Reuters) at dawn", "The raft (Reuters) at dawn", ""},
		{"never guess in the middle of a caption: brackets", "en", "The raft (left) and Jo (right)", "The raft (left) and Jo (right)", ""},
		{"an empty caption is none", "en", " ", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := wpPost(object{"content": object{"rendered": `<figure><img src="/a.jpg"><figcaption>` + c.html + `</figcaption></figure>`}, "lang": c.language})
			a, _ := mustDecode(t, src, decode.Options{})
			image := a.Body[0].(article.Figure).Image
			require.Equal(t, c.caption, image.Caption.Text())
			require.Equal(t, c.credit, image.CreditText)
			html := rendered(t, a)
			require.Contains(t, html, c.caption)
			require.Contains(t, html, c.credit)
		})
	}
	requireRows(t, []row{
		{name: fields + "it wins over the caption", src: mustJSON(ld(object{"image": object{"url": "/a.jpg", "caption": "The raft (Reuters)", "creditText": "Jo Berg"}})), shows: []string{">The raft (Reuters)<", "<bdi>Jo Berg</bdi>"}},
		{name: fields + "of the file", src: wpPost(object{"_embedded": object{"wp:featuredmedia": []any{object{"source_url": "/a.jpg", "caption": object{"rendered": "The raft"}, "media_details": object{"image_meta": object{"credit": "Jo Berg"}}}}}}), shows: []string{">The raft<", "<bdi>Jo Berg</bdi>"}},
		{name: "caption + credit must contain every character of the original", src: text(`<figure><img src="/a.jpg"><figcaption>Left <b>(a)</b>: The raft, again — Photo: <span class="credit">J. Berg/AP</span></figcaption></figure>`), check: func(t *testing.T, a article.Article) {
			image := a.Body[0].(article.Figure).Image
			require.Equal(t, wordsOf("Left (a): The raft, again Photo: J. Berg/AP"), wordsOf(image.Caption.Text()+" "+image.CreditText))
		}},
	})
}

// TestRowsOfSections is §4.8.
func TestRowsOfSections(t *testing.T) {
	home, news := crumbItem(1, "Home", "https://n.example/"), crumbItem(2, "News", "https://n.example/news")
	page := func(lists ...any) string { return mustJSON(append([]any{ld(nil)}, lists...)) }
	way := func(want string) func(*testing.T, article.Article) {
		return func(t *testing.T, a article.Article) { require.Equal(t, want, way(a.Sections)) }
	}
	term := func(id int, name, slug, path string) object {
		return object{"id": id, "taxonomy": "category", "name": name, "slug": slug, "link": "https://n.example/category/" + path}
	}
	terms := func(list ...any) string {
		return wpPost(object{"_embedded": object{"wp:term": []any{list}}})
	}
	rows := []row{
		{name: "home first, self last", src: page(crumbList(home, news, crumbItem(3, "The weir at Ulmen is open again", "https://n.example/2031/weir"))), check: way("News")},
		{name: "position from 0", src: page(crumbList(crumbItem(1, "Rivers", "https://n.example/r"), crumbItem(0, "News", "https://n.example/n"))), check: way("News > Rivers")},
		{name: "as string", src: page(crumbList(crumbItem("10", "Rivers", "https://n.example/r"), crumbItem("9", "News", "https://n.example/n"))), check: way("News > Rivers")},
		{name: "or missing", src: page(crumbList(object{"name": "News", "item": "https://n.example/n"}, object{"name": "Rivers", "item": "https://n.example/r"})), check: way("News > Rivers")},
		{name: "items out of order", src: page(crumbList(crumbItem(3, "Rivers", "https://n.example/r"), home, news)), check: way("News > Rivers")},
		{name: "two BreadcrumbLists on a page", src: page(crumbList(home, crumbItem(2, "Topics", "https://n.example/t")), crumbList(home, news, crumbItem(3, "Rivers", "https://n.example/r"))), check: way("News > Rivers")},
		{name: "itemListElement: null", src: page(object{"@type": "BreadcrumbList", "itemListElement": nil}), check: way("")},
		{name: "names with entities", src: page(crumbList(home, crumbItem(2, "Arts &amp; Letters", "https://n.example/a"))), shows: []string{">Arts &amp; Letters<"}},
		{name: "several categories of one WordPress post", src: terms(term(9, "Sport", "sport", "sport/"), term(8, "Iraq", "iraq", "news/iraq/"), term(7, "News", "news", "news/")), check: way("News > Iraq")},
		{name: "section names equal to the kicker", src: `{"version":"byway-article/1","headline":"H","kicker":"Rivers","sections":[{"name":"News"},{"name":"RIVERS"}]}`, shows: []string{">RIVERS<"}, hides: []string{"kicker", ">Rivers<"}},
	}
	for _, name := range []string{"Uncategorized", "Non classé", "Uncategorised", "غير مصنف", "بدون دسته", "ללא קטגוריה", "未分类"} {
		rows = append(rows, row{name: name, src: terms(term(3, name, "x", "x/")), hides: []string{name, "breadcrumbs"}})
	}
	rows = append(rows,
		row{name: "id 1 when known", src: terms(term(1, "Allerlei", "allerlei", "allerlei/")), check: way("Allerlei")}, // a site may have given it a meaning
		row{name: "or slug uncategorized", src: terms(term(3, "Divers", "uncategorized", "x/")), hides: []string{"Divers", "breadcrumbs"}},
	)
	requireRows(t, rows)
}

// TestRowsOfWhatADecoderMustNeverDo is §4.9.
func TestRowsOfWhatADecoderMustNeverDo(t *testing.T) {
	const teaser = "show a paywall teaser as a complete article: "
	const limits = `class="limits"`
	const none = "The text is not part of this copy."
	newsPicture := func(name string) object {
		return object{"type": "picture", "renditions": []any{object{"href": "https://n.example/" + name + ".jpg", "contentType": "image/jpeg", "width": 900, "height": 600}}}
	}
	const part, paid, jetpack = "Only a part of the text", "keeps part of this article for subscribers", "_jetpack_newsletter_access"
	feed := func(over object) string {
		return mustJSON(object{"version": "https://jsonfeed.org/version/1.1", "items": []any{put(object{"id": "1", "url": "https://n.example/a", "title": "T", "content_html": "<p>x</p>"}, over)}})
	}
	bare := []string{"<time", "byline", "credit", "breadcrumbs"}
	rows := []row{
		{name: "fail the whole article for one bad member", src: wpPost(object{"excerpt": 7, "link": []any{}, "_embedded": "x", "date_gmt": object{}, "yoast_head_json": 1, "featured_media": "?", "meta": false}), shows: []string{">The weir at Ulmen<", "Water flows."}},
		{name: "invent a credit, a date or an author: WordPress", src: wpPost(object{"content": object{"rendered": `<img src="/a.jpg"><p>Water flows.</p>`}}), shows: []string{"<img"}, hides: bare},
		{name: "invent a credit, a date or an author: linked data", src: mustJSON(ld(object{"image": "/a.jpg", "publisher": object{"name": "P"}, "dateCreated": "2031-01-01"})), shows: []string{"<img"}, hides: bare},
		{name: "invent a credit, a date or an author: JSON Feed", src: feed(object{"image": "/a.jpg"}), shows: []string{"<img"}, hides: bare},
		{name: "invent a credit, a date or an author: Ghost", src: mustJSON(object{"posts": []any{object{"title": "T", "html": "<p>x</p>", "feature_image": "/a.jpg"}}}), shows: []string{"<img"}, hides: bare},
		{name: "invent a credit, a date or an author: WordPress.com", src: mustJSON(object{"ID": 1, "site_ID": 2, "title": "T", "content": "<p>x</p>", "featured_image": "/a.jpg", "author": object{"login": "ada"}}), shows: []string{"<img"}, hides: append(bare, "ada")},
		{name: "invent a credit, a date or an author: nothing known", src: `{"title":"T","text":"x","author":"A","date":"2031-01-01"}`, shows: []string{">T<"}, hides: bare},
		{name: teaser + "content.protected", src: wpPost(object{"content": object{"rendered": "", "protected": true}}), shows: []string{limits, `href="https://n.example/2031/weir/"`}},
		{name: teaser + "access:false", src: mustJSON(ghostOf(object{"visibility": "paid", "access": false})), shows: []string{limits, `href="https://g.example/ferry/"`, "It left at nine."}},
		{name: teaser + "isAccessibleForFree:false", src: mustJSON(ld(object{"isAccessibleForFree": false, "articleBody": long("Water flows")})), shows: []string{limits, `href="https://n.example/2031/weir"`}},
		{name: teaser + "no text at all", src: mustJSON(ld(object{"description": "After a year."})), shows: []string{limits, "After a year.", `href="https://n.example/2031/weir"`}},
		{name: teaser + "WordPress, cut", src: text("<p>Water flows [&hellip;]</p>"), shows: []string{part, `href="https://n.example/2031/weir/"`, "Water flows […]"}, warns: "the text goes on elsewhere"},
		{name: teaser + "WordPress, cut before a picture", src: text(`<p>Water flows [...]</p><figure><img src="/a.jpg"><figcaption>The weir</figcaption></figure>`), shows: []string{part}},
		{name: teaser + "WordPress, a link to the rest", src: text(`<p>Water flows&#8230; <a href="https://n.example/2031/weir/#more-7" class="more-link">Read on <span>“The weir”</span></a></p><div class="sharedaddy">Share</div>`), shows: []string{part}},
		{name: teaser + "WordPress, a link to the article", src: text(`<p>Water flows <a class="more-link" href="https://n.example/2031/weir/">Read on</a></p>`), shows: []string{part}},
		{name: teaser + "WordPress.com", src: mustJSON(comOf(object{"URL": "https://n.example/a", "content": `<p>It left <a class="more-link" href="https://n.example/a#more">Read on</a></p>`})), shows: []string{part}},
		{name: teaser + "Ghost", src: mustJSON(object{"posts": []any{ghostOf(object{"html": "<p>It left [&hellip;]</p>"})}}), shows: []string{part}},
		{name: teaser + "JSON Feed", src: feed(object{"content_html": "<p>It left [&hellip;]</p>"}), shows: []string{part}},
		{name: teaser + "JSON Feed, plain", src: feed(object{"content_html": nil, "content_text": "It left […]"}), shows: []string{part}},
		{name: teaser + "linked data, long", src: mustJSON(ld(object{"articleBody": long("Water flows") + "\n\nAnd then […]"})), shows: []string{limits, "And then […]</p>"}},
		{name: teaser + "partial", src: mustJSON(newsOf(object{"representationType": "partial"})), shows: []string{part}},
		{name: teaser + "incomplete", src: mustJSON(newsOf(object{"representationType": "Incomplete"})), shows: []string{part}},
		{name: teaser + "the native format says so", src: `{"version":"byway-article/1","headline":"H","isPartial":true,"body":[{"type":"paragraph","content":"x"}]}`, shows: []string{part}},
		{name: teaser + "where it costs something, that is said instead", src: wpPost(object{"content": object{"rendered": "<p>Water flows [&hellip;]</p>"}, "meta": object{jetpack: "subscribers"}}), shows: []string{paid}, hides: []string{part}},
		{name: teaser + "Jetpack, paid", src: wpPost(object{"meta": object{jetpack: "paid_subscribers"}}), shows: []string{paid}},
		{name: teaser + "Jetpack, paid in part", src: wpPost(object{"meta": object{"_jetpack_memberships_contains_paid_content": true}}), shows: []string{paid}},
		{name: teaser + "Jetpack, everybody", src: wpPost(object{"meta": object{jetpack: "everybody"}}), hides: []string{limits}},
		{name: teaser + "Jetpack, not said", src: wpPost(object{"meta": object{jetpack: ""}}), hides: []string{limits}},
		{name: teaser + "dots are style", src: text("<p>" + long("Water flows") + "&#8230;</p>"), hides: []string{limits}},
		{name: teaser + "what was left out inside is no end", src: text("<p>She said: “Water […]” and left.</p>"), hides: []string{limits}},
		{name: teaser + "a link to more of something else", src: text(`<p>Water flows.</p><a class="more-link" href="/2031/raft/">Read on</a>`), hides: []string{limits}},
		{name: teaser + "a link to more, with the text below", src: text(`<p>Water <a class="more-link" href="/2031/weir/#more-7">Read on</a></p><p>flows.</p>`), hides: []string{limits}},
		{name: teaser + "no text but a video: ANS", src: mustJSON(storyOf(object{"content_elements": nil, "sign_off": nil, "editor_note": nil, "promo_items": object{"basic": object{"type": "video", "headlines": object{"basic": "A clip"}, "streams": []any{object{"url": "https://n.example/v.mp4"}}}}})), shows: []string{none}},
		{name: teaser + "no text but a note: ANS", src: mustJSON(storyOf(object{"content_elements": nil, "sign_off": nil, "editor_note": "Updated."})), shows: []string{none, "Updated."}},
		{name: teaser + "no text but pictures: ninjs", src: mustJSON(newsOf(object{"bodies": nil, "associations": []any{newsPicture("one"), newsPicture("two")}})), shows: []string{none, "/two.jpg"}},
		{name: teaser + "no text but a recording: JSON Feed", src: feed(object{"content_html": nil, "summary": "S", "attachments": []any{object{"url": "https://n.example/a.mp3", "mime_type": "audio/mpeg"}}}), shows: []string{none, "a.mp3"}},
		{name: teaser + "no text but a video: Guardian", src: mustJSON(pageOf(object{"fields": object{"headline": "H", "main": `<figure><video src="https://n.example/v.mp4"></video></figure>`}, "blocks": nil, "elements": nil})), shows: []string{none, "v.mp4"}},
		{name: teaser + "a picture can be the whole of it", src: text(`<figure><img src="/a.jpg"></figure>`), hides: []string{limits}},
		{name: teaser + "what is whole says nothing", src: wpPost(nil), hides: []string{limits}},
	}
	for _, status := range []string{"draft", "pending", "future", "private", "trash", "auto-draft"} {
		rows = append(rows, row{name: "show an embargoed, withheld or canceled item: WordPress " + status, src: wpPost(object{"status": status}), says: "not published"})
	}
	for _, status := range []string{"draft", "scheduled", "sent"} {
		rows = append(rows, row{name: "show an embargoed, withheld or canceled item: Ghost " + status, src: mustJSON(object{"posts": []any{ghostOf(object{"status": status})}}), says: "article"})
	}
	requireRows(t, rows)
}
