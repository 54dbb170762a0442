package decode_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
)

// TestRowsOfText is §4.2.
func TestRowsOfText(t *testing.T) { requireRows(t, rowsOfText()) }

func rowsOfText() []row {
	bodyLD := func(text string) string { return mustJSON(ld(object{"articleBody": text})) }
	count := func(paragraphs int) func(*testing.T, article.Article) {
		return func(t *testing.T, a article.Article) { require.Len(t, a.Body, paragraphs) }
	}
	item := func(over object) string {
		return mustJSON(object{"version": "https://jsonfeed.org/version/1.1", "items": []any{put(object{"id": "1", "title": "The weir"}, over)}})
	}
	headline := func(want string) func(*testing.T, article.Article) {
		return func(t *testing.T, a article.Article) { require.Equal(t, want, a.Headline) }
	}
	bilingual := wpPost(object{
		"title":   object{"rendered": "[:en]The weir[:ar]السد مفتوح[:]"},
		"content": object{"rendered": "<!--:en--><p>Water flows.</p><!--:--><!--:ar--><p>الماء يجري.</p><!--:-->"},
	})
	water := long("Water flows over the weir")
	return []row{
		{name: "entities in plain fields: &#8211;, &quot;", src: mustJSON(ld(object{"headline": "&quot;Weir&quot; &#8211; open", "description": "Q &amp; A", "author": "Fadel &amp; Co"})),
			shows: []string{"\"Weir\" – open", "Q &amp; A<", "Fadel &amp; Co<"}, hides: []string{"&amp;amp;", "8211"}},
		{name: "double-encoded AT&amp;amp;T, &amp;#8217;", src: titled("AT&amp;amp;T&amp;#8217;s"), check: headline("AT&T’s")},
		{name: "double-encoded AT&amp;amp;T, &amp;#8217; // never a third time", src: titled("AT&amp;amp;amp;T"), check: headline("AT&amp;T")},
		{name: "double-encoded AT&amp;amp;T, &amp;#8217; // never in the body", src: text("<p>AT&amp;amp;T</p>"), shows: []string{"<p>AT&amp;amp;T</p>"}},
		{name: "tags in headline (<em>, <br>, <span>), &lt;b&gt; meant literally", src: titled("The <em>new</em><br>weir <span class=x>again</span> and &lt;b&gt;"), check: headline("The new weir again and <b>")},
		{name: "markupType: plain_text that contains &quot;", src: item(object{"content_text": "&quot;Open&quot; &amp; free"}), shows: []string{"<p>\"Open\" &amp; free</p>"}},
		{name: "non-breaking and zero-width characters // ZWNJ and ZWJ are letters", src: wpPost(object{"title": object{"rendered": "روزنامه\u200cنگار می\u200dخواند"}, "content": object{"rendered": "<p>می\u200cرود &zwnj; نیم\u200cروز</p>"}}),
			shows: []string{"روزنامه\u200cنگار می\u200dخواند", "می\u200cرود \u200c نیم\u200cروز"}},
		{name: "non-breaking and zero-width characters // byte order marks and soft hyphens go", src: wpPost(object{"title": object{"rendered": "The w\u00ADeir\uFEFF"}, "content": object{"rendered": "<p>Wa&shy;ter\uFEFF</p>"}}), shows: []string{">The weir<", "<p>Water</p>"}},
		{name: "non-breaking and zero-width characters // marks, and isolates that are closed, stay", src: wpPost(object{"title": object{"rendered": "السد \u2067Linux\u2069 \u200fو\u200e"}, "content": object{"rendered": "<p>a \u2068b\u2069 c\u200f</p>"}}), shows: []string{"السد \u2067Linux\u2069 \u200fو\u200e", "a \u2068b\u2069 c\u200f"}},
		{name: "non-breaking and zero-width characters // embeddings that are not closed go", src: wpPost(object{"title": object{"rendered": "The \u202Eweir"}, "content": object{"rendered": "<p>a \u202Bb</p>"}}), shows: []string{">The weir<", "<p>a b</p>"}},
		{name: "non-breaking and zero-width characters // no-break spaces stay", src: wpPost(object{"title": object{"rendered": "Crue&nbsp;: 10\u00a0morts"}, "content": object{"rendered": "<p>Crue\u00a0: 3</p>"}}), shows: []string{">Crue&nbsp;: 10&nbsp;morts<", "<p>Crue&nbsp;: 3</p>"}},
		{name: "Unicode normalisation", src: wpPost(object{"title": object{"rendered": "U\u0308ber ﻻ e\u0301"}, "content": object{"rendered": "<p>ﷲ U\u0308</p>"}}), shows: []string{"U\u0308ber ﻻ e\u0301", "ﷲ U\u0308"}},
		{name: "\\r\\n, \\r at end of alt text", src: mustJSON(ghostOf(object{"feature_image_alt": "A ferry\r\nat sea\r", "title": "The\r\nferry\r"})), shows: []string{`alt="A ferry at sea"`, ">The ferry<"}},
		{name: "ideographic space U+3000 at paragraph start, ruby in brackets", src: wpPost(object{"title": object{"rendered": "速報\u3000橋が開通"}, "content": object{"rendered": "<p>\u3000春が来た。川越（かわごえ）の<ruby>橋<rt>はし</rt></ruby></p>"}}),
			shows: []string{">速報\u3000橋が開通<", "<p>\u3000春が来た。川越（かわごえ）の橋(はし)</p>"}},
		{name: "articleBody: no breaks", src: bodyLD(water + " " + water), check: count(1)},
		{name: "articleBody: no breaks (59/70), \\n", src: bodyLD(water + "\n" + water), check: count(2)},
		{name: "articleBody: no breaks (59/70), \\n, \\n\\n", src: bodyLD(water + "\n\n" + water), check: count(2)},
		{name: "articleBody: no breaks (59/70), \\n, \\n\\n, HTML", src: bodyLD("<p>" + water + "</p><script>alert(1)</script>"), check: count(1), hides: []string{"alert"}},
		{name: "articleBody: no breaks (59/70), \\n, \\n\\n, HTML, boiler-plate, byline", src: bodyLD("Up Next\n\nBy Ada Lindh\n\n" + water), shows: []string{"Up Next", "By Ada Lindh"}},
		{name: "articleBody: // shorter than 500 characters: a teaser", src: bodyLD("Water flows."), shows: []string{"Water flows.", "class=\"limits\""}, check: count(0)},
		{name: "bilingual plug-in markers [:en]…[:ar]…[:], <!--:en--> // the widget's language", src: bilingual, o: decode.Options{Language: "ar-EG"},
			shows: []string{">السد مفتوح<", "<p>الماء يجري.</p>"}, hides: []string{"[:", "The weir", "Water"}},
		{name: "bilingual plug-in markers [:en]…[:ar]…[:], <!--:en--> // else the first", src: bilingual, o: decode.Options{Language: "fr"}, shows: []string{">The weir<", "<p>Water flows.</p>"}, hides: []string{"[:", "السد", "الماء"}},
		{name: "bilingual plug-in markers [:en]…[:ar]…[:], <!--:en--> // where one is empty", src: titled("[:en]The weir[:ar][:]"), o: decode.Options{Language: "ar"}, shows: []string{">The weir<"}},
		{name: "bilingual plug-in markers [:en]…[:ar]…[:], <!--:en--> // what is for all stays", src: titled("A [:en]weir[:ar]سد[:] B"), shows: []string{">A weir B<"}},
		{name: "bilingual plug-in markers [:en]…[:ar]…[:], <!--:en--> // one mark of prose is none", src: text("<p>Write [:en] before a text in English.</p>"), shows: []string{"Write [:en] before"}},
		{name: "bilingual plug-in markers [:en]…[:ar]…[:], <!--:en--> // never closed", src: titled("[:en]The weir[:ar]السد"), o: decode.Options{Language: "ar"}, shows: []string{">السد<"}},
		{name: "bilingual plug-in markers [:en]…[:ar]…[:], <!--:en--> // brackets of prose are none", src: titled("The [:] and [:-)] of [en]"), shows: []string{">The [:] and [:-)] of [en]<"}},
		{name: "AMP/JS templates {{title}}, {first_name, \"there\"} // of WordPress", src: wpPost(object{"title": object{"rendered": "The weir {{title}} again"}, "content": object{"rendered": "<p>Hello {first_name, \"there\"} {{title}}</p>"}}),
			shows: []string{">The weir again<", "Hello {first_name, \"there\"} {{title}}"}},
		{name: "AMP/JS templates {{title}}, {first_name, \"there\"} // of linked data", src: mustJSON(ld(object{"headline": "Hello {first_name, \"there\"} at the weir"})), check: headline("Hello at the weir")},
		{name: "AMP/JS templates {{title}}, {first_name, \"there\"} // of nothing known", src: `{"title":"The {{x}} weir","text":"x"}`, check: headline("The weir")},
		{name: "AMP/JS templates {{title}}, {first_name, \"there\"} // of Ghost", src: mustJSON(ghostOf(object{"title": "The {{x}} weir {{y}}"})), check: headline("The weir")},
	}
}

func TestAWholeTextIsNeverPartedAtSentences(t *testing.T) {
	sentences := strings.Repeat("It rained. Nobody came. ", 60)
	a, _ := mustDecode(t, mustJSON(ld(object{"articleBody": sentences})), decode.Options{})
	require.Len(t, a.Body, 1)
}
