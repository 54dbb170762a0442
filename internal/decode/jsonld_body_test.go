package decode_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
)

// long is a text that cannot be taken for a teaser.
func long(words string) string { return strings.Repeat(words+" ", 1+600/len(words)) + "End." }

// shown are the texts of the blocks, with what they are where they are no paragraphs.
func shown(blocks []article.Block) []string {
	var out []string
	for _, b := range blocks {
		switch b := b.(type) {
		case article.Paragraph:
			out = append(out, b.Content.Text())
		case article.Heading:
			out = append(out, "heading: "+b.Content.Text())
		case article.Note:
			out = append(out, b.Date.String()+": "+b.Content.Text())
		case article.Figure:
			out = append(out, "figure: "+b.Image.URL)
		}
	}
	return out
}

func TestArticleBodyOfLinkedData(t *testing.T) {
	one, two := long("Water flows over the weir"), long("Boats wait below")
	for name, c := range map[string]struct {
		body any
		want []string
	}{
		"no breaks: one paragraph, sentences are not split": {one + " " + two, []string{one + " " + two}},
		"blank lines": {one + "\n\n" + two, []string{one, two}},
		"blank lines with spaces, and of Windows":       {"\r\n  " + one + "\r\n \t\r\n" + two + "\r\n", []string{one, two}},
		"newlines when lines are long":                  {one + "\n" + two, []string{one, two}},
		"long lines among blank ones":                   {one + "\n" + two + "\n\n" + one, []string{one, two, one}},
		"short lines mean nothing":                      {strings.Repeat("Water\nflows\n", 60), []string{strings.TrimSpace(strings.Repeat("Water flows ", 60))}},
		"wrapped lines between blank ones":              {strings.Repeat("Water flows over the weir as it has since the mill was built here.\n", 9) + "\nEnd.", []string{strings.TrimSpace(strings.Repeat("Water flows over the weir as it has since the mill was built here. ", 9)), "End."}},
		"HTML":                                          {"<p>" + one + "</p><h2>Below</h2><p>" + two + "</p>", []string{one, "heading: Below", two}},
		"br alone is HTML":                              {one + "<br><br>" + two, []string{one, two}},
		"marks alone are kept":                          {one + "\n\n<b>Boats</b> &amp; " + two, []string{one, "Boats & " + two}},
		"entities":                                      {one + " Q&#8217;s &quot;weir&quot; &amp; mill", []string{one + " Q’s \"weir\" & mill"}},
		"double-encoded is never decoded in the body":   {one + " AT&amp;amp;T", []string{one + " AT&amp;T"}},
		"what only looks like markup is text":           {one + " 1 < 2, <3, <ada@n.example> and ?a=1&copy=2", []string{one + " 1 < 2, <3, <ada@n.example> and ?a=1&copy=2"}},
		"a list of paragraphs":                          {[]any{one, two}, []string{one, two}},
		"a value in an object":                          {object{"@value": one, "@language": "en"}, []string{one}},
		"tabs and boiler-plate stay":                    {"Up Next\n\t\t\n\n\n" + one + "\n\n" + two, []string{"Up Next", one, two}},
		"ideographic space at paragraph start":          {"\u3000" + strings.Repeat("川が流れる。", 40), []string{"\u3000" + strings.Repeat("川が流れる。", 40)}},
		"ZWNJ":                                          {strings.Repeat("می\u200cرود ", 99) + "۱", []string{strings.Repeat("می\u200cرود ", 99) + "۱"}},
		"a script is dropped, the text around it stays": {"<p>" + one + "</p><script>location.replace('x')</script><p>" + two + "</p>", []string{one, two}},
	} {
		t.Run(name, func(t *testing.T) {
			a, warnings := decodeLD(t, ld(object{"articleBody": c.body}))
			require.Equal(t, c.want, shown(a.Body))
			require.Empty(t, warnings)
			require.True(t, requireComesBack(t, []byte(written(t, ld(object{"articleBody": c.body}))), decode.Options{}))
		})
	}
	a, _ := decodeLD(t, ld(object{"text": one}))
	require.Equal(t, []string{one}, shown(a.Body))
	a, _ = decodeLD(t, ld(object{"articleBody": one, "description": "Water flows over the weir"}))
	require.Empty(t, a.Description, "a standfirst that is how the text begins")
}

func TestATeaserIsNeverPassedOffAsTheArticle(t *testing.T) {
	const begin = "The weir is open again."
	for name, c := range map[string]struct {
		over   object
		teaser bool
		want   string // the standfirst
	}{
		"shorter than 500 characters":       {object{"articleBody": begin}, true, begin},
		"beside a standfirst":               {object{"articleBody": begin, "description": "After a year."}, true, "After a year.\n" + begin},
		"that it begins with":               {object{"articleBody": begin, "description": "The weir is"}, true, begin},
		"that begins with it":               {object{"articleBody": begin, "description": begin + " At last."}, true, begin + " At last."},
		"cut with a mark":                   {object{"articleBody": long("Water flows") + " […]"}, true, long("Water flows") + " […]"},
		"much shorter than is said":         {object{"articleBody": long("Water flows"), "wordCount": "6040"}, true, long("Water flows")},
		"as long as is said":                {object{"articleBody": begin, "wordCount": 5}, false, ""},
		"500 characters":                    {object{"articleBody": long("Water flows over the weir")}, false, ""},
		"Chinese says more in fewer":        {object{"articleBody": strings.Repeat("河水流过堤坝。", 30)}, false, ""},
		"a live blog is not told by length": {object{"articleBody": begin, "liveBlogUpdate": object{"articleBody": "x"}}, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, warnings := decodeLD(t, ld(c.over))
			require.Equal(t, c.teaser, a.Body == nil)
			require.Equal(t, c.want, a.Description.Text())
			if c.teaser {
				require.Equal(t, []article.Warning{{At: "articleBody", What: "only the beginning of the text: shown as the standfirst"}}, warnings)
			}
		})
	}
}

func TestATextOfElementsAloneIsHTML(t *testing.T) {
	for _, html := range []string{`<iframe src="https://www.youtube.com/embed/x1"></iframe>`, "<pre>a</pre>", "<dl><dt>a<dd>b</dl>", "<center>a</center>"} {
		a, _ := decodeLD(t, ld(object{"articleBody": html, "wordCount": 1}))
		require.NotContains(t, strings.Join(shown(a.Body), " "), "<", html)
		require.NotEmpty(t, a.Body, html)
	}
}

func TestALiveBlogShowsItsReports(t *testing.T) {
	a, warnings := decodeLD(t, ld(object{"@type": "LiveBlogPosting", "articleBody": "Follow the opening.", "liveBlogUpdate": []any{
		object{"@type": "BlogPosting", "headline": "The gates &amp; all", "datePublished": "2031-04-17T09:30:00Z", "articleBody": "First.\n\nSecond.", "image": "/gates.jpg"},
		object{"@type": "BlogPosting", "datePublished": "2031-04-17T09:00:00Z", "articleBody": "<p>It begins.</p>"},
		object{"headline": "Without a time", "articleBody": object{"@value": "Third."}},
		object{"datePublished": "2031-04-17T08:00:00Z", "articleBody": "Fourth."},
		"no report", nil, object{},
	}}))
	require.Equal(t, "LiveBlogPosting", a.Type)
	require.Equal(t, []string{
		"Follow the opening.",
		"2031-04-17T09:30:00Z: The gates & all", "First.", "Second.", "figure: https://n.example/gates.jpg",
		"It begins.",
		"Without a time", "Third.",
		"2031-04-17T08:00:00Z: Fourth.",
	}, shown(a.Body))
	require.Empty(t, warnings)
}

func TestWhatIsReferredToTwiceIsShownOnce(t *testing.T) {
	a, _ := decodeLD(t, `{"@type":"LiveBlogPosting","headline":"H","author":[{"@id":"p"},{"@id":"p"},"Q"],
		"liveBlogUpdate":[{"image":{"@id":"i"},"articleBody":"a"},{"image":{"@id":"i"},"articleBody":"b"},{"@id":"r"},{"@id":"r"}],
		"mentions":[{"@id":"p","name":"P"},{"@id":"r","headline":"R","articleBody":"x"},{"@id":"i","url":"https://n.example/b.jpg"}]}`)
	require.Equal(t, []article.Agent{{Name: "P"}, {Name: "Q"}}, a.Author)
	require.Equal(t, []string{"a", "figure: https://n.example/b.jpg", "b", "R", "x"}, shown(a.Body))
}

func TestHostileLinkedDataTakesLittleTime(t *testing.T) {
	for name, src := range map[string]string{
		"lines":      `{"@type":"Article","headline":"H","articleBody":"` + strings.Repeat(`x\n`, 600_000) + `"}`,
		"long lines": `{"@type":"Article","headline":"H","articleBody":"` + strings.Repeat(strings.Repeat("x", 41)+`\n`, 300_000) + `"}`,
		"paragraphs": `{"@type":"Article","headline":"H","articleBody":["` + strings.Repeat(`x","`, 200_000) + `"]}`,
		"references": `{"@type":"Article","headline":"H","x":[{"@id":"a",` + strings.Repeat(`"b":0,`, 50_000) + `"c":0},` + strings.Repeat(`{"@id":"a","b":1},`, 40_000) + `0]}`,
		"crumbs":     `{"@type":"Article","headline":"H","breadcrumb":{"@type":"BreadcrumbList","itemListElement":[` + strings.Repeat(`{"name":"x","position":0},`, 40_000) + `0]}}`,
		"pictures":   `{"@type":"Article","headline":"H","image":[` + strings.Repeat(`{"url":"x","width":1},`, 40_000) + `0]}`,
		"reports":    `{"@type":"Article","headline":"H","liveBlogUpdate":[` + strings.Repeat(`{"articleBody":"x\n\nx"},`, 40_000) + `0]}`,
		"angles":     `{"@type":"Article","headline":"H","articleBody":"` + strings.Repeat(`<b `, 500_000) + `"}`,
		"ampersands": `{"@type":"Article","headline":"H","articleBody":"` + strings.Repeat(`&`, 1_500_000) + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			a, _, err := decode.Decode([]byte(src), decode.Options{})
			require.NoError(t, err)
			require.Equal(t, "H", a.Headline)
			require.Less(t, time.Since(start), 5*time.Second) // a tenth of it on a machine that is not busy
		})
	}
}

func TestAPlainDocumentIsReadWithAWarning(t *testing.T) {
	for _, src := range []string{
		`{"headline":"The &amp; weir","body":"<p>Water flows.</p>","link":"https://n.example/a"}`,
		`{"title":"The &amp; weir","content_html":"Water flows.","url":"https://n.example/a"}`,
		`[{"title":"The &amp; weir","text":"Water flows.","url":"https://n.example/a"}]`,
	} {
		a, warnings := mustDecode(t, src, decode.Options{})
		require.Equal(t, "The & weir", a.Headline)
		require.Equal(t, "https://n.example/a", a.URL)
		require.Equal(t, []string{"Water flows."}, shown(a.Body))
		require.Nil(t, a.Author)
		require.Equal(t, []article.Warning{{What: "in no format that is known: what is named like headline and text is taken for these"}}, warnings)
	}
}
