package decode_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
)

func TestListsBesideTheBodyAreCut(t *testing.T) {
	item := `{"name":"N","headline":"H","url":"https://x.example/a","width":10},`
	many := "[" + strings.Repeat(item, 5000) + `{"name":"N","headline":"H","url":"https://x.example/a","width":10}]`
	a, warnings, err := decode.Decode([]byte(`{"version":"byway-article/1","id":"x","headline":"H","sections":`+many+`,"author":`+many+`,"channels":`+many+
		`,"related":`+many+`,"image":[{"url":"https://x.example/a.jpg","renditions":`+many+`}]}`), decode.Options{})
	require.NoError(t, err)
	require.NotEmpty(t, warnings)
	for _, n := range []int{len(a.Sections), len(a.Author), len(a.Channels), len(a.Related), len(a.Image[0].Renditions)} {
		require.Equal(t, 64, n)
	}
}

func TestAnArticleWithoutAnIDHasThatOfItsAddress(t *testing.T) {
	for base, want := range map[string]string{
		"https://known.example/2031/a": "https://known.example/2031/a",
		"not an address":               "H",
		"javascript:alert(1)":          "H",
		"":                             "H",
	} {
		a, _ := mustDecode(t, `{"headline":"H","text":"x"}`, decode.Options{Base: base})
		require.Equal(t, want, a.ID, base)
	}
}

func TestAddressesAreAbsoluteOrGone(t *testing.T) {
	a, warnings := mustDecode(t, native(`
		"sections":[{"name":"S","url":"/s"},{"name":"T","url":"javascript:alert(1)"}],
		"author":[{"name":"A","url":"../a","sameAs":["//b.example/","data:text/html,x"],"image":{"url":"p.jpg","creator":[{"name":"C","image":{"url":"x.jpg"}}]}}],
		"publisher":{"name":"P","url":"/","logo":{"url":"http://img.example/l.png"}},
		"image":[{"url":" p q.jpg","renditions":[{"url":"javascript:1","width":1},{"url":"r.jpg","width":2}]},{"url":"data:image/png;base64,AA"}],
		"alternates":[{"url":"ipfs://cid/x"},{"url":"magnet:?xt=1"},{"url":"tg://resolve?domain=x"},{"url":"javascript:x"},{"url":"http://a.onion/x"},{"url":"http://a.onion/x","name":"again"}],
		"channels":[{"name":"C","url":"tg:x"},{"name":"D","url":"vbscript:x"}],
		"related":[{"headline":"R","url":"r"},{"headline":"Q","url":"javascript:x"}],
		"share":{"url":"/2031/a?utm_source=x&id=7#respond"},
		"body":[{"type":"paragraph","content":["a",{"text":"b","url":"java\nscript:alert(1)"},{"text":"c","url":"#d"}]}]`), decode.Options{Base: "https://known.example/base/"})
	require.Equal(t, []article.NamedLink{{Name: "S", URL: "https://n.example/s"}, {Name: "T"}}, a.Sections)
	require.Equal(t, "https://n.example/a", a.Author[0].URL)
	require.Equal(t, []string{"https://b.example/"}, a.Author[0].SameAs)
	require.Equal(t, "https://n.example/2031/p.jpg", a.Author[0].Image.URL)
	require.Empty(t, a.Author[0].Image.Creator, "a portrait's maker could have a portrait, without end")
	require.Equal(t, "https://img.example/l.png", a.Publisher.Logo.URL, "pictures are raised to https")
	require.Len(t, a.Image, 1, "data: is left out")
	require.Equal(t, "https://n.example/2031/p%20q.jpg", a.Image[0].URL)
	require.Equal(t, "https://n.example/2031/r.jpg", a.Image[0].Renditions[0].URL)
	var alternates []string
	for _, alternate := range a.Alternates {
		alternates = append(alternates, alternate.URL)
	}
	require.Equal(t, []string{"ipfs://cid/x", "magnet:?xt=1", "tg://resolve?domain=x", "http://a.onion/x"}, alternates)
	require.Len(t, a.Channels, 1)
	require.Len(t, a.Related, 1)
	require.Equal(t, "https://n.example/2031/a?id=7", a.Share.URL)
	require.Equal(t, article.Inline{{Text: "a"}, {Text: "b"}, {Text: "c", URL: "https://n.example/2031/a#d"}}, a.Body[0].(article.Paragraph).Content)
	places := map[string]bool{}
	for _, w := range warnings {
		places[w.At] = true
	}
	for _, place := range []string{"sections[1].url", "author[0].sameAs[1]", "image[0].renditions[0].url", "image[1].url", "alternates[3].url", "channels[1].url", "related[1].url", "body[0].content[1].url"} {
		require.True(t, places[place], "no warning at %s in %v", place, warnings)
	}
}

func TestNothingIsRelativeToALongAddress(t *testing.T) {
	for size, relative := range map[int]bool{2048: true, 2049: false, 1 << 20: false} {
		long := "https://n.example/" + strings.Repeat("d", size-len("https://n.example/")-1) + "/"
		a, _ := mustDecode(t, native(`"url":"`+long+`","body":["a",{"type":"paragraph","content":[{"text":"b","url":"c"}]}]`), decode.Options{Base: "https://known.example/"})
		want := "https://known.example/c"
		if relative {
			want = long + "c"
		}
		require.Equal(t, want, a.Body[1].(article.Paragraph).Content[0].URL)
	}
}

func TestTheCanonicalAddressLosesWhatFollowsReaders(t *testing.T) {
	for url, want := range map[string]string{
		"https://n.example/a":                                  "https://n.example/a",
		"https://n.example/a?utm_source=x&utm_medium=y":        "https://n.example/a",
		"https://n.example/a?z=1&fbclid=x&a=2":                 "https://n.example/a?z=1&a=2",
		"https://n.example/a?ref=x#respond":                    "https://n.example/a",
		"https://n.example/a#comment-12":                       "https://n.example/a",
		"https://n.example/a#!/deep":                           "https://n.example/a#!/deep",
		"https://n.example/a?auth=%2Bx%zz":                     "https://n.example/a?auth=%2Bx%zz",
		"/a?ref=x":                                             "https://known.example/a",
		"mailto:x@n.example":                                   "",
		"javascript:alert(1)":                                  "",
		"https://n.example/%D8%B1%D9%88%D8%AF/?utm_campaign=1": "https://n.example/%D8%B1%D9%88%D8%AF/",
	} {
		a, _ := mustDecode(t, `{"version":"byway-article/1","headline":"H","url":"`+url+`"}`, decode.Options{Base: "https://known.example/base/x"})
		require.Equal(t, want, a.URL, url)
	}
}

func TestWithoutCanonicalAddressTheKnownOneIsTheBase(t *testing.T) {
	const src = `{"version":"byway-article/1","headline":"H","image":[{"url":"p.jpg"}]}`
	a, _ := mustDecode(t, src, decode.Options{Base: "https://known.example/2031/a.json"})
	require.Equal(t, "https://known.example/2031/p.jpg", a.Image[0].URL)
	require.Equal(t, "https://known.example/2031/a.json", a.ID)
	require.Empty(t, a.URL, "an address is not invented")
	a, _ = mustDecode(t, src, decode.Options{})
	require.Empty(t, a.Image, "without any base a relative address leads nowhere")
	require.Equal(t, "H", a.ID)
}

func TestLanguageAndDirection(t *testing.T) {
	const persian, latin = "پلی بر رود", "A bridge over the river"
	for name, c := range map[string]struct {
		members, headline, hint string
		language                string
		dir                     article.Dir
	}{
		"the document's direction comes first":            {`"dir":"ltr","inLanguage":"fa"`, persian, "", "fa", "ltr"},
		"auto stays auto":                                 {`"dir":"auto"`, persian, "", "", "auto"},
		"then its language":                               {`"inLanguage":"fa_IR"`, latin, "en", "fa-IR", "rtl"},
		"then most of the text":                           {``, persian, "", "", "rtl"},
		"a foreign name at the start does not turn it":    {``, "NATO " + persian, "", "", "rtl"},
		"a language around it that fits is taken":         {``, persian, "fa", "fa", "rtl"},
		"a language around it that does not fit is not":   {``, persian, "en", "", "rtl"},
		"nor the other way round":                         {``, latin, "ar", "", "ltr"},
		"no letters, no hint":                             {``, "12:30", "", "", "ltr"},
		"no letters, and a hint":                          {``, "12:30", "he", "he", "rtl"},
		"a language that is none counts for nothing":      {`"inLanguage":"und"`, persian, "", "", "rtl"},
		"a script in the tag counts more than a language": {`"inLanguage":"az-Arab"`, latin, "", "az-Arab", "rtl"},
	} {
		t.Run(name, func(t *testing.T) {
			src := `{"version":"byway-article/1","headline":"` + c.headline + `"`
			if c.members != "" {
				src += "," + c.members
			}
			a, _ := mustDecode(t, src+"}", decode.Options{Language: c.hint})
			require.Equal(t, c.dir, a.Dir)
			require.Equal(t, c.language, a.InLanguage)
		})
	}
}

func TestTextIsTidied(t *testing.T) {
	const zwnj = "\u200c"
	for name, c := range map[string]struct{ written, want string }{
		"white space is collapsed":              {`  a \n\t b\r `, "a b"},
		"letters of Persian stay":               {"می" + zwnj + "رود", "می" + zwnj + "رود"},
		"byte order marks and soft hyphens go":  {"a\uFEFFb\u00ADc", "abc"},
		"control characters go":                 {`a\u0000b\u0007`, "ab"},
		"closed isolates stay":                  {"a \u2068b\u2069 c", "a \u2068b\u2069 c"},
		"an override that is never closed goes": {"a \u202Eb", "a b"},
		"an end without a beginning goes":       {"a\u202C b\u2069", "a b"},
		"marks that cross are mended":           {"\u2067a\u202Bb\u2069c\u202C", "a\u202Bbc\u202C"},
		"tags are words in the native format":   {"a <b> &amp; c", "a <b> &amp; c"},
		"the ideographic space collapses too":   {"　川に橋", "川に橋"},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := mustDecode(t, `{"version":"byway-article/1","headline":"`+c.written+`"}`, decode.Options{})
			require.Equal(t, c.want, a.Headline)
		})
	}
}

func TestEmptyBlocksAreLeftOutAndWordsAreNot(t *testing.T) {
	for name, c := range map[string]struct {
		block string
		want  []article.Block
	}{
		"a blank paragraph":                       {`{"type":"paragraph","content":" \u00a0"}`, nil},
		"a quote of blank paragraphs":             {`{"type":"quote","body":[{"type":"paragraph","content":" "}]}`, nil},
		"a list of blank items":                   {`{"type":"list","items":[" "]}`, nil},
		"a table without rows":                    {`{"type":"table","rows":[]}`, nil},
		"HTML becomes blocks":                     {`{"type":"html","html":"<p>a</p><hr><script>x</script>"}`, []article.Block{article.Paragraph{Content: article.Plain("a")}, article.Divider{}}},
		"a figure whose picture cannot be used":   {`{"type":"figure","image":{"url":"data:x","caption":"c","creditText":"d"}}`, []article.Block{article.Paragraph{Content: article.Plain("c")}, article.Paragraph{Content: article.Plain("d")}}},
		"a gallery whose pictures cannot be used": {`{"type":"gallery","caption":"c","images":[{"url":"data:x"}]}`, []article.Block{article.Paragraph{Content: article.Plain("c")}}},
		"a video whose address cannot be used":    {`{"type":"video","url":"javascript:x","name":"n","caption":"c"}`, []article.Block{article.Paragraph{Content: article.Plain("n")}, article.Paragraph{Content: article.Plain("c")}}},
		"an embed whose address cannot be used":   {`{"type":"embed","url":"javascript:x","name":"n"}`, []article.Block{article.Paragraph{Content: article.Plain("n")}}},
		"an embed with only a player":             {`{"type":"embed","url":"javascript:x","embedUrl":"https://v.example/e"}`, []article.Block{article.Embed{URL: "https://v.example/e", EmbedURL: "https://v.example/e"}}},
		"an unknown block keeps its fallback":     {`{"type":"hologram","fallback":"f"}`, []article.Block{article.Unknown{Base: article.Base{Fallback: article.Plain("f")}, Type: "hologram"}}},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := mustDecode(t, native(`"body":[`+c.block+`]`), decode.Options{})
			require.Equal(t, c.want, a.Body)
		})
	}
}

func TestTheLeadPictureIsShownOnce(t *testing.T) {
	figure := func(url, more string) string { return `{"type":"figure","image":{"url":"` + url + `"` + more + `}}` }
	const lead = `"image":[{"url":"https://i.example/bridge-scaled.jpg","alt":"","caption":"a caption"}],`
	a, _ := mustDecode(t, native(lead+`"body":["t",`+figure("https://i.example/bridge-300x200.jpg", `,"alt":"A bridge","caption":"a caption that is longer","creditText":"C","width":300,"height":200`)+`,`+figure("https://i.example/other-view.jpg", "")+`]`), decode.Options{})
	require.Len(t, a.Body, 2)
	require.Equal(t, "https://i.example/other-view.jpg", a.Body[1].(article.Figure).Image.URL)
	require.Equal(t, "A bridge", *a.Image[0].Alt)
	require.Equal(t, "a caption that is longer", a.Image[0].Caption.Text())
	require.Equal(t, "C", a.Image[0].CreditText)
	require.Equal(t, 300, a.Image[0].Width)

	a, _ = mustDecode(t, native(lead+`"body":[`+figure("https://i.example/other-view.jpg", "")+`,`+figure("https://i.example/bridge.jpg", "")+`]`), decode.Options{})
	require.Len(t, a.Body, 2, "only the first figure of the body can be the lead again")
}

func TestOfTwoCaptionsOfOnePictureNoWordIsLost(t *testing.T) {
	for name, c := range map[string]struct{ lead, body, caption, credit string }{
		"the longer says all":          {`"caption":"The weir"`, `"caption":"The weir, at dawn."`, "The weir, at dawn.", ""},
		"the lead's says all":          {`"caption":"The weir, at dawn."`, `"caption":"the weir"`, "The weir, at dawn.", ""},
		"each says something":          {`"caption":"The weir"`, `"caption":"Ulmen at dawn"`, "The weir\nUlmen at dawn", ""},
		"only one there is":            {`"alt":""`, `"caption":"Ulmen","creditText":"AP"`, "Ulmen", "AP"},
		"a credit with a label":        {`"creditText":"A. Lindh / Courier"`, `"creditText":"Photo: A. Lindh"`, "", "A. Lindh / Courier"},
		"a credit that says more":      {`"creditText":"A. Lindh"`, `"creditText":"Photo: A. Lindh / AP"`, "", "Photo: A. Lindh / AP"},
		"two credits, each of another": {`"creditText":"A. Lindh"`, `"creditText":"AFP"`, "", "A. Lindh / AFP"},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := mustDecode(t, native(`"image":[{"url":"/weir.jpg",`+c.lead+`}],"body":[{"type":"figure","image":{"url":"/weir-300x200.jpg",`+c.body+`}}]`), decode.Options{})
			require.Empty(t, a.Body)
			require.Equal(t, c.caption, a.Image[0].Caption.Text())
			require.Equal(t, c.credit, a.Image[0].CreditText)
		})
	}
}

func TestWhatIsNestedTooDeepIsLaidOutFlat(t *testing.T) {
	const deep = 28 // more than is kept, less than what markup itself flattens
	html := strings.Repeat("<blockquote><p>q</p>", deep) + strings.Repeat("</blockquote>", deep) +
		strings.Repeat("<ul><li>i", deep) + strings.Repeat("</li></ul>", deep)
	src := native(fmt.Sprintf(`"body":[{"type":"html","html":%q}]`, html))
	a, _ := mustDecode(t, src, decode.Options{})
	require.True(t, requireComesBack(t, []byte(src), decode.Options{}))
	written := string(a.JSON(""))
	require.Equal(t, 16, strings.Count(written, `"quote"`), "and no deeper")
	require.Equal(t, deep, strings.Count(written, `"q"`), "every word of the quotes is there")
	require.Equal(t, deep, strings.Count(written, `"i"`), "every word of the lists is there")
}

func TestLimitsHoldAfterHTMLBecameBlocks(t *testing.T) {
	src := native(fmt.Sprintf(`"body":["first",{"type":"html","html":%q}]`, strings.Repeat("<p>x</p>", article.MaxBlocks+10)))
	a, warnings := mustDecode(t, src, decode.Options{})
	require.Len(t, a.Body, article.MaxBlocks)
	require.NotEmpty(t, warnings)
}
