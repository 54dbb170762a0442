package decode_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
	"byway/internal/tree"
)

func mustJSON(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(data)
}

// TestRowsOfJSON is §4.1. What follows " // " is not of the row.
func TestRowsOfJSON(t *testing.T) { requireRows(t, rowsOfJSON()) }

func rowsOfJSON() []row {
	native := `{"version":"byway-article/1","headline":"The weir","body":["Water flows."]}`
	weir := []string{">The weir<"}
	ldWith := func(over object) string { return mustJSON(ld(over)) }
	width := func(want int) func(*testing.T, article.Article) {
		return func(t *testing.T, a article.Article) { require.Equal(t, want, a.Image[0].Width) }
	}
	free := func(want bool) func(*testing.T, article.Article) {
		return func(t *testing.T, a article.Article) { require.Equal(t, want, *a.IsAccessibleForFree) }
	}
	picture := func(width any) string { return ldWith(object{"image": object{"url": "/a.jpg", "width": width}}) }
	return []row{
		{name: "UTF-8 BOM", src: "\uFEFF" + native, shows: weir},
		{name: "UTF-16/32, windows-1256/1251, GBK bytes // UTF-16 by its mark", src: "\xFF\xFE" + inUnits(native, 2), shows: weir},
		{name: "UTF-16/32, windows-1256/1251, GBK bytes // UTF-32 by its mark", src: "\xFF\xFE\x00\x00" + inUnits(native, 4), shows: weir},
		{name: "UTF-16/32, windows-1256/1251, GBK bytes // no UTF-8, no mark: windows-1252",
			src:   strings.ReplaceAll(native, "flows", "fl\xf6sse \x96 \x80 \x93und\x94 \xfcber"),
			shows: []string{"flösse – € “und” über"}, warns: "not UTF-8: read as windows-1252"},
		{name: "invalid UTF-8 bytes, lone surrogates \\ud83d // a byte among good ones",
			src:   strings.ReplaceAll(native, "flows", "fließt über Ümläute \xff"),
			shows: []string{"fließt über Ümläute \uFFFD"}, warns: "1 character could not be read"},
		{name: "invalid UTF-8 bytes, lone surrogates \\ud83d // half pairs", src: strings.ReplaceAll(native, "flows", `a\ud83d b\ude00`),
			shows: []string{"a\uFFFD b\uFFFD"}, warns: "2 characters could not be read"},
		{name: "mojibake (UTF-8 read as cp1252 and saved): Ù‚Ø´Ø²Ù‡Ø°", src: titled("Ù‚Ø´Ø²Ù‡Ø°"), shows: []string{">قشزهذ<"}, warns: "saved in a wrong encoding"},
		{name: "mojibake (UTF-8 read as cp1252 and saved): Ù‚Ø´Ø²Ù‡Ø° // in HTML", src: text("<p class=\"a\">Ù‚Ø´Ø²Ù‡Ø° <b>Ù‚Ø´</b></p>"), shows: []string{"قشزهذ <strong>قش</strong>"}},
		{name: "mojibake (UTF-8 read as cp1252 and saved): Ù‚Ø´Ø²Ù‡Ø° // Cyrillic", src: titled("ÐœÐ¾Ñ\u0081Ñ‚ Ð¾Ñ‚ÐºÑ€Ñ‹Ð»Ð¸"), shows: []string{">Мост открыли<"}},
		{name: "mojibake (UTF-8 read as cp1252 and saved): Ù‚Ø´Ø²Ù‡Ø° // Latin is left", src: titled("CafÃ© am FluÃŸ"), shows: []string{">CafÃ© am FluÃŸ<"}},
		{name: "mojibake (UTF-8 read as cp1252 and saved): Ù‚Ø´Ø²Ù‡Ø° // one letter that does not fit, and all is left", src: titled("Ù‚Ø´Ø²Ù‡Ø° ж"), shows: []string{">Ù‚Ø´Ø²Ù‡Ø° ж<"}},
		{name: "mojibake (UTF-8 read as cp1252 and saved): Ù‚Ø´Ø²Ù‡Ø° // what is right stays", src: titled("Ünïcödé – قشزهذ"), shows: []string{">Ünïcödé – قشزهذ<"}},
		{name: "number where string (id: 12), string where number // a name", src: ldWith(object{"author": object{"name": 12}}), shows: []string{">12<"}},
		{name: "number where string (id: 12), string where number (\"54\") // text", src: picture("54"), check: width(54)},
		{name: "number where string (id: 12), string where number (\"54\"), 54.0", src: picture(json.RawMessage("54.0")), check: width(54)},
		{name: "number where string (id: 12), string where number (\"54\"), 54.0, \"\"", src: picture(""), check: width(0)},
		{name: "number where string (id: 12), string where number (\"54\"), 54.0, \"\", \"1440px\"", src: picture("1440px"), check: width(1440)},
		{name: "number where string (id: 12), string where number (\"54\"), 54.0, \"\", \"1440px\", {value:675.0}", src: picture(object{"value": json.RawMessage("675.0")}), check: width(675)},
		{name: "boolean as string \"true\", \"False\"; \"0\"/\"1\" // True", src: ldWith(object{"isAccessibleForFree": "true"}), check: free(true)},
		{name: "boolean as string \"true\", \"False\"; \"0\"/\"1\" // False", src: ldWith(object{"isAccessibleForFree": "False"}), check: free(false)},
		{name: "boolean as string \"true\", \"False\"; \"0\"/\"1\" // 0", src: ldWith(object{"isAccessibleForFree": "0"}), check: free(false)},
		{name: "boolean as string \"true\", \"False\"; \"0\"/\"1\" // 1", src: ldWith(object{"isAccessibleForFree": "1"}), check: free(true)},
		{name: "PHP: empty object is []; a list with a gap becomes an object", src: wpPost(object{
			"meta": []any{}, "acf": []any{}, "yoast_head_json": []any{}, "class_list": object{"0": "a", "7": "b"},
			"_embedded": object{"author": object{"0": object{"name": "Ada Lindh"}, "7": object{"name": "Jo Berg"}}},
		}), shows: []string{"Water flows.", "Ada Lindh", "Jo Berg"}},
		{name: "null vs missing vs \"\" vs false", src: mustJSON(comOf(object{"author": object{"name": false, "email": false}, "featured_image": "", "post_thumbnail": nil, "geo": false, "excerpt": " ", "date": nil, "modified": ""})),
			hides: []string{"null", "false", "<img", "<time", "byline", "standfirst"}},
		{name: "null vs missing vs \"\" vs false // except alt: \"\"", src: mustJSON(ghostOf(object{"feature_image_alt": ""})), shows: []string{`alt=""`}, hides: []string{"aria-describedby"}},
		{name: "scalar vs array vs object // a scalar", src: ldWith(object{"author": "Ada Lindh", "image": "/a.jpg", "articleSection": "Rivers"}), shows: []string{"Ada Lindh", "https://n.example/a.jpg", "Rivers"}},
		{name: "scalar vs array vs object // an array", src: ldWith(object{"author": []any{"Ada Lindh"}, "image": []any{"/a.jpg"}, "articleSection": []any{"Rivers"}}), shows: []string{"Ada Lindh", "https://n.example/a.jpg", "Rivers"}},
		{name: "scalar vs array vs object // an object, and nested arrays", src: ldWith(object{"author": []any{[]any{object{"name": "Ada Lindh"}}}, "image": object{"url": []any{"/a.jpg"}}, "mainEntityOfPage": []any{object{"@id": "https://n.example/2031/weir"}}}), shows: []string{"Ada Lindh", "https://n.example/a.jpg"}},
		{name: "duplicate or case-variant keys // the last wins", src: `{"version":"byway-article/1","headline":"Old","headline":"The weir"}`, shows: weir},
		{name: "duplicate or case-variant keys (id/ID)", src: mustJSON(comOf(object{"id": 8, "Title": "Not this", "TITLE": "Nor this"})), shows: []string{">The ferry – again<"}},
		{name: "trailing bytes, trailing comma // bytes", src: native + "x", says: "there is more after the end"},
		{name: "trailing bytes, trailing comma // a comma", src: `{"a":1,}`, says: "at byte 7: "},
		{name: "trailing bytes, trailing comma, NaN", src: `{"a":NaN}`, says: `at byte 5: "N" begins no JSON value`},
		{name: "trailing bytes, trailing comma, NaN, comments", src: `{"a":1 /* x */}`, says: "at byte 7: "},
		{name: "trailing bytes, trailing comma, NaN, comments, raw tabs or newlines in strings", src: strings.ReplaceAll(native, " ", "\t\n"), shows: []string{">The weir<", "Water\t\nflows."}},
		{name: "//<![CDATA[ … //]]> around JSON-LD", src: "//<![CDATA[\n" + ldWith(nil) + "\n//]]>", shows: []string{">The weir at Ulmen is open again<"}},
		{name: "JSON in a string // once", src: mustJSON(native), shows: weir},
		{name: "JSON in a string // twice", src: mustJSON(mustJSON(native)), shows: weir},
		{name: "JSON in a string // not a third time", src: mustJSON(mustJSON(mustJSON(native))), says: "JSON but no article: text"},
		{name: "depth bomb, 20 MB file // depth", src: strings.Repeat(`{"a":`, tree.MaxDepth+1), says: "nested more than 64 deep"},
		{name: "depth bomb, 20 MB file // size, up to what is fetched", src: text(strings.Repeat("<p>x", article.MaxBytes/4)), shows: []string{"<p>x</p>"}, check: func(t *testing.T, a article.Article) {
			require.LessOrEqual(t, len(a.Body), article.MaxBlocks)
		}},
		{name: "error body with status 200 // of WordPress", src: `{"code":"rest_no_route","message":"x","data":{"status":404}}`, says: "a WordPress error: \"rest_no_route\", status 404"},
		{name: "error body with status 200 ({code,message,data}), HTML block page or captive portal instead of JSON", src: "\n<html><body>Sign in</body></html>", says: "not JSON but HTML, probably a block page"},
	}
}

// inUnits writes ASCII in units of so many bytes, the low end first.
func inUnits(s string, size int) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteByte(s[i])
		b.WriteString(strings.Repeat("\x00", size-1))
	}
	return b.String()
}

func TestAnErrorPageIsNoArticleWhateverItIsCalled(t *testing.T) {
	for _, src := range []string{"<!DOCTYPE html>", " <html>", "\uFEFF<?xml version=\"1.0\"?><html/>", "<h1>451</h1>"} {
		_, _, err := decode.Decode([]byte(src), decode.Options{})
		var e *decode.Error
		require.ErrorAs(t, err, &e)
		require.Equal(t, decode.HTML, e.Kind)
		require.False(t, e.IsDocument(), "another address may have the article")
	}
}
