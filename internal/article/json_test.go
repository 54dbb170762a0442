package article_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/tree"
)

// schema is the one that we ship, with its formats checked too.
var schema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	return c.Compile("article.schema.json")
})

func requireValid(t *testing.T, doc []byte) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
	require.NoError(t, err)
	s, err := schema()
	require.NoError(t, err)
	require.NoError(t, s.Validate(v), "%s", doc)
}

func read(t *testing.T, src string) (article.Article, []string) {
	t.Helper()
	root, err := tree.Parse([]byte(src))
	require.NoError(t, err)
	a, warnings, err := article.Read(root)
	require.NoError(t, err)
	var lines []string
	for _, w := range warnings {
		lines = append(lines, w.String())
	}
	return a, lines
}

// with reads a minimal article with more members.
func with(t *testing.T, members string) (article.Article, []string) {
	t.Helper()
	return read(t, `{"version":"byway-article/1","id":"urn:x:1","headline":"H",`+members+`}`)
}

func TestTheExamplesOfTheFormatComeBackWhole(t *testing.T) {
	files, err := filepath.Glob("testdata/example-*.json")
	require.NoError(t, err)
	require.Len(t, files, 2)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			src, err := os.ReadFile(file)
			require.NoError(t, err)
			requireValid(t, src)
			a, warnings := read(t, string(src))
			for _, w := range warnings {
				require.Contains(t, w, "river-gauge", "the only thing in the examples to warn of")
			}
			for _, indent := range []string{"", "  "} {
				written := a.JSON(indent)
				requireValid(t, written)
				again, _ := read(t, string(written))
				require.Equal(t, a, again)
				require.Equal(t, string(written), string(again.JSON(indent)))
			}
			requireSubset(t, src, a.JSON(""))
		})
	}
}

// requireSubset checks that what was written has every word of the source that the model holds, and nothing else.
func requireSubset(t *testing.T, src, written []byte) {
	var all, kept any
	require.NoError(t, json.Unmarshal(src, &all))
	require.NoError(t, json.Unmarshal(written, &kept))
	lost := missing(all, kept, "")
	for _, place := range lost {
		require.True(t, strings.HasSuffix(place, "_courier") || strings.HasSuffix(place, ".station") || strings.HasSuffix(place, "image[0].type"), "%s was lost", place)
	}
	require.Empty(t, missing(kept, all, ""), "written, but not in the source")
}

func missing(from, in any, place string) []string {
	var out []string
	switch from := from.(type) {
	case map[string]any:
		other, _ := in.(map[string]any)
		for name, v := range from {
			if w, ok := other[name]; ok {
				out = append(out, missing(v, w, place+"."+name)...)
			} else {
				out = append(out, place+"."+name)
			}
		}
	case []any:
		other, _ := in.([]any)
		for i, v := range from {
			if i >= len(other) {
				return append(out, fmt.Sprintf("%s[%d]", place, i))
			}
			out = append(out, missing(v, other[i], fmt.Sprintf("%s[%d]", place, i))...)
		}
	default:
		if from != in {
			out = append(out, place)
		}
	}
	return out
}

func TestTheExampleIsReadIntoTheModel(t *testing.T) {
	src, err := os.ReadFile("testdata/example-article.json")
	require.NoError(t, err)
	a, _ := read(t, string(src))
	require.Equal(t, []article.NamedLink{
		{Name: "News", URL: "https://courier.example/news"},
		{Name: "Iraq", URL: "https://courier.example/news/iraq"},
		{Name: "Syria", URL: "https://courier.example/news/iraq/syria"},
	}, a.Sections)
	require.Equal(t, "© Office of the Presidency", a.Image[0].CreditText)
	require.Equal(t, article.Em, a.Image[0].Caption[1].Marks)
	require.Equal(t, &article.Point{X: 0.46, Y: 0.38}, a.Image[0].FocalPoint)
	require.Equal(t, 480, a.Image[0].Renditions[0].Width)
	require.Len(t, a.Body, 10)
	list := a.Body[3].(article.List)
	require.Equal(t, "one upstream", list.Items[2].List.Items[0].Content.Text())
	require.True(t, list.Items[2].List.Ordered)
	require.Equal(t, "wide", a.Body[4].(article.Figure).Layout)
	require.Equal(t, "Umm Salim, shopkeeper", a.Body[5].(article.Quote).Citation.Name)
	require.Empty(t, *a.Body[6].(article.Embed).Thumbnail.Alt)
	require.Equal(t, "River level at Sufan on 16 April: 2.1 metres.", a.Body[7].(article.Unknown).Fallback.Text())
	require.Equal(t, "2031-04-17T08:05:00Z", a.Body[9].(article.Note).Date.Time().UTC().Format(time.RFC3339))
	require.Equal(t, "Harbour Courier", *a.Publisher.Logo.Alt)
	require.True(t, *a.IsAccessibleForFree)
	require.Equal(t, "onion", a.Alternates[1].Type)
	require.False(t, a.Newer())
}

func TestWhatIsNoArticleIsRefused(t *testing.T) {
	for src, want := range map[string]error{
		`[]`: article.ErrNotNative, `"x"`: article.ErrNotNative, `null`: article.ErrNotNative, `{}`: article.ErrNotNative,
		`{"headline":"H"}`:                             article.ErrNotNative,
		`{"version":1,"headline":"H"}`:                 article.ErrNotNative,
		`{"version":"other/1","headline":"H"}`:         article.ErrNotNative,
		`{"version":"byway-article/1"}`:                article.ErrNoHeadline,
		`{"version":"byway-article/1","headline":""}`:  article.ErrNoHeadline,
		`{"version":"byway-article/1","headline":[]}`:  article.ErrNoHeadline,
		`{"version":"byway-article/9","headline":" "}`: article.ErrNoHeadline,
	} {
		root, err := tree.Parse([]byte(src))
		require.NoError(t, err)
		a, warnings, err := article.Read(root)
		require.ErrorIs(t, err, want, src)
		require.Equal(t, article.Article{}, a)
		require.Empty(t, warnings)
	}
}

func TestALaterVersionIsReadAsFarAsItIsUnderstood(t *testing.T) {
	for version, want := range map[string]struct {
		newer bool
		warns int
	}{
		"byway-article/1": {false, 0}, "byway-article/1.7": {false, 0}, "byway-article/0": {false, 0},
		"byway-article/2": {true, 1}, "byway-article/12.3": {true, 1},
		"byway-article/": {false, 1}, "byway-article/x": {false, 1}, "byway-article/2.x": {false, 1},
	} {
		a, warnings := read(t, `{"version":"`+version+`","id":"x","headline":"H","body":[{"type":"hologram","fallback":"words"}]}`)
		require.Equal(t, want.newer, a.Newer(), version)
		require.Len(t, warnings, want.warns+1, version)
		require.Equal(t, "words", a.Body[0].(article.Unknown).Fallback.Text())
		if want.warns > 0 {
			require.True(t, strings.HasPrefix(warnings[0], "version: "), warnings[0])
		}
		requireValid(t, a.JSON(""))
	}
}

func TestAWrongMemberCostsOnlyItself(t *testing.T) {
	for name, c := range map[string]struct {
		members string
		warn    string // "": none
	}{
		"a number written as text is read":            {`"image":[{"url":"u","width":"54"}]`, "image[0].width: is text, not a number: read as 54"},
		"a size that is no number is left out":        {`"image":[{"url":"u","width":"wide"}]`, "image[0].width: is text, not a whole number: left out"},
		"a size of 0 is left out":                     {`"image":[{"url":"u","width":0}]`, "image[0].width: is out of range: left out"},
		"one picture for a list is a list of one":     {`"image":{"url":"u"}`, "image: is an object, not a list: read as a list of one"},
		"an address alone is a picture":               {`"image":["u"]`, "image[0]: is text, not an object: read as the address of a picture"},
		"a picture without address is left out":       {`"image":[{"alt":"x"}]`, "image[0]: has no url: left out"},
		"a name alone is an author":                   {`"author":["A"]`, "author[0]: is text, not an object: read as the name"},
		"an author without name is left out":          {`"author":[{"url":"u"}]`, "author[0]: has no name: left out"},
		"a bad date is absent":                        {`"datePublished":"0000-00-00"`, `datePublished: "0000-00-00" is no date: left out`},
		"a number as text is read":                    {`"kicker":12`, "kicker: is a number, not text: read as text"},
		"an object for text is left out":              {`"kicker":{"x":1}`, "kicker: is an object, not text: left out"},
		"a language that is none is left out":         {`"inLanguage":"!!"`, `inLanguage: "!!" names no language: left out`},
		"an unknown direction is left out":            {`"dir":"up"`, `dir: "up" is not one of ltr, rtl, auto: left out`},
		"a body that is text is a paragraph":          {`"body":"text"`, "body: is text, not a list: read as a list of one"},
		"an unknown member is ignored":                {`"creditext":"x","_own":1`, ""},
		"an unknown mark is dropped":                  {`"description":[{"text":"x","marks":["blink"]}]`, ""},
		"null is nothing":                             {`"image":null,"body":null,"kicker":null,"share":null`, ""},
		"empty text is nothing":                       {`"kicker":"","datePublished":"","image":"","url":""`, ""},
		"a share that is text is left out":            {`"share":"x"`, "share: is text, not an object: left out"},
		"a truth that is none is left out":            {`"isAccessibleForFree":"perhaps"`, "isAccessibleForFree: is neither true nor false: left out"},
		"a translation without language is left out":  {`"workTranslation":[{"headline":"h","url":"u"}]`, "workTranslation[0]: has no inLanguage: left out"},
		"a rendition without width is left out":       {`"image":[{"url":"u","renditions":[{"url":"v"}]}]`, "image[0].renditions[0]: has no width: left out"},
		"a point outside the picture is left out":     {`"image":[{"url":"u","focalPoint":{"x":2,"y":0}}]`, "image[0].focalPoint: is no point between 0 and 1: left out"},
		"a hash of a wrong kind is left out":          {`"image":[{"url":"u","integrity":"md5-x"}]`, `image[0].integrity: "md5-x" is no sha256-, sha384- or sha512- hash: left out`},
		"a channel without name is left out":          {`"channels":[{"url":"u"}]`, "channels[0]: has no name: left out"},
		"a list inside text is dropped from the text": {`"description":["a",["b"]]`, "description[1]: is a list, not text: left out"},
	} {
		t.Run(name, func(t *testing.T) {
			a, warnings := with(t, c.members)
			require.Equal(t, "H", a.Headline)
			if c.warn == "" {
				require.Empty(t, warnings)
			} else {
				require.Contains(t, warnings, c.warn)
			}
			requireValid(t, a.JSON(""))
		})
	}
}

func TestWrongTypesEverywhereLeaveAnArticle(t *testing.T) {
	src, err := os.ReadFile("testdata/example-article.json")
	require.NoError(t, err)
	for _, wrong := range []any{nil, true, 7.5, "text", []any{}, []any{[]any{1.0}}, map[string]any{}, map[string]any{"x": nil}} {
		n := 0
		for more := true; more; n++ {
			var doc map[string]any
			require.NoError(t, json.Unmarshal(src, &doc))
			i := n
			more = spoil(doc, &i, wrong)
			doc["version"], doc["headline"] = article.Version, "H"
			spoilt, err := json.Marshal(doc)
			require.NoError(t, err)
			a, _ := read(t, string(spoilt))
			again, _ := read(t, string(a.JSON("")))
			require.Equal(t, a, again)
			if n%10 == 0 && a.ID != "" {
				requireValid(t, a.JSON(""))
			}
		}
		require.Greater(t, n, 100, "the example has more places than that")
	}
}

// spoil puts a wrong value in the place with number n, counted in order of names, and reports whether there is one.
func spoil(v any, n *int, wrong any) bool {
	switch v := v.(type) {
	case map[string]any:
		names := make([]string, 0, len(v))
		for name := range v {
			names = append(names, name)
		}
		for _, name := range sorted(names) {
			if *n--; *n < 0 {
				v[name] = wrong
				return true
			}
			if spoil(v[name], n, wrong) {
				return true
			}
		}
	case []any:
		for i := range v {
			if *n--; *n < 0 {
				v[i] = wrong
				return true
			}
			if spoil(v[i], n, wrong) {
				return true
			}
		}
	}
	return false
}

func TestABrokenBlockIsLeftOutUnlessItsWordsCanBeSaved(t *testing.T) {
	for name, c := range map[string]struct {
		block string
		want  article.Block
	}{
		"text alone is a paragraph":                    {`"words"`, article.Paragraph{Content: article.Plain("words")}},
		"a number is nothing":                          {`7`, nil},
		"a block without type keeps its words":         {`{"content":"words"}`, article.Paragraph{Content: article.Plain("words")}},
		"a figure without picture keeps its caption":   {`{"type":"figure","image":{"caption":"words"}}`, article.Paragraph{Content: article.Plain("words")}},
		"a figure without anything is nothing":         {`{"type":"figure"}`, nil},
		"a gallery without pictures keeps its caption": {`{"type":"gallery","images":[],"caption":"words"}`, article.Paragraph{Content: article.Plain("words")}},
		"a quote without text is nothing":              {`{"type":"quote","body":[]}`, nil},
		"a quote of plain text is a quote":             {`{"type":"quote","body":"words"}`, article.Quote{Body: []article.Block{article.Paragraph{Content: article.Plain("words")}}}},
		"a video without address keeps its name":       {`{"type":"video","name":"words"}`, article.Paragraph{Content: article.Plain("words")}},
		"a fallback comes before other words":          {`{"type":"embed","fallback":"words","name":"x"}`, article.Paragraph{Content: article.Plain("words")}},
		"a heading without level has the highest":      {`{"type":"heading","content":"words"}`, article.Heading{Level: 2, Content: article.Plain("words")}},
		"a heading of level 9 has the lowest":          {`{"type":"heading","level":9,"content":"words"}`, article.Heading{Level: 6, Content: article.Plain("words")}},
		"a list item that is a run is text":            {`{"type":"list","items":[{"text":"words","marks":["em"]}]}`, article.List{Items: []article.ListItem{{Content: article.Inline{{Text: "words", Marks: article.Em}}}}}},
		"a table with an odd row keeps it":             {`{"type":"table","rows":[["a",null],"b"]}`, article.Table{Rows: [][]article.Inline{{article.Plain("a"), nil}, {article.Plain("b")}}}},
		"a line break stays with its run":              {`{"type":"paragraph","content":[{"text":"words","br":true},"more"]}`, article.Paragraph{Content: article.Inline{{Text: "words", Break: true}, {Text: "more"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			a, warnings := with(t, `"body":[`+c.block+`]`)
			if c.want == nil {
				require.Empty(t, a.Body)
				require.NotEmpty(t, warnings)
				return
			}
			require.Equal(t, []article.Block{c.want}, a.Body)
			requireValid(t, a.JSON(""))
		})
	}
}

func TestEveryBlockComesBack(t *testing.T) {
	base := article.Base{ID: "b1", InLanguage: "fa-IR", Dir: article.RTL, Fallback: article.Plain("fb")}
	words := article.Inline{{Text: "a ", Marks: article.Strong | article.Highlight}, {Text: "b", URL: "https://x.example/", InLanguage: "en", Dir: article.LTR, Break: true}, {Text: "c"}}
	alt := ""
	day, ok := article.ParseDate("2031-04-17")
	require.True(t, ok)
	moment, ok := article.ParseDate("2031-04-17T06:30:00.25+03:00")
	require.True(t, ok)
	image := article.Image{
		URL: "https://x.example/p.jpg", Width: 3, Height: 2, EncodingFormat: "image/jpeg", ContentSize: 7, Integrity: "sha256-x", Alt: &alt, Caption: words,
		CreditText: "c", CopyrightNotice: "n", Creator: []article.Agent{{Type: "Organization", Name: "o"}}, License: "https://x.example/l",
		Renditions: []article.Rendition{{URL: "https://x.example/s.jpg", Width: 1, Height: 1, EncodingFormat: "f", ContentSize: 9, Integrity: "sha512-x"}},
		FocalPoint: &article.Point{X: 0, Y: 1}, ThumbHash: "t",
	}
	related := article.Related{Headline: "h", URL: "https://x.example/r", Image: &image, DatePublished: day}
	list := article.List{Ordered: true, Start: -3, Items: []article.ListItem{{Content: article.Plain("i")}}}
	yes := true
	want := article.Article{
		Version: article.Version, ID: "i", Type: "Report", InLanguage: "fa", Dir: article.RTL, URL: "https://x.example/a", Headline: "h",
		Description: words, Author: []article.Agent{{Type: "Person", Name: "n", URL: "u", JobTitle: "j", Image: &image, SameAs: []string{"s"}}},
		DatePublished: day, DateModified: moment, Image: []article.Image{image}, License: "l", IsBasedOn: &article.NamedLink{Name: "b"},
		IsAccessibleForFree: &yes, IsPartial: true, About: []article.NamedLink{{Name: "a", URL: "u"}}, Related: []article.Related{related},
		WorkTranslation: []article.Related{{Headline: "h", URL: "u", InLanguage: "ar"}},
		Body: []article.Block{
			article.Paragraph{Base: base, Content: words},
			article.Heading{Base: base, Level: 3, Content: words},
			article.Figure{Base: base, Image: image, URL: "https://x.example/f", Layout: "end"},
			article.Gallery{Base: base, Images: []article.Image{image}, Caption: words},
			article.Quote{Base: base, Body: []article.Block{article.Paragraph{Content: words}, list}, Citation: &article.NamedLink{Name: "n", URL: "u"}, Style: "pull"},
			article.List{Base: base, Items: []article.ListItem{{Content: words, List: &list}, {Content: article.Inline{{Text: "r", Marks: article.Em}}}}},
			article.Media{Base: base, Kind: "audio", URL: "u", Name: "n", Thumbnail: &image, Caption: words, CreditText: "c", Duration: "PT1M", Transcript: words, Renditions: image.Renditions},
			article.Embed{Base: base, URL: "u", EmbedURL: "e", Provider: "p", Name: "n", Description: "d", Thumbnail: &image},
			article.Table{Base: base, Caption: words, Header: []article.Inline{words, nil}, Rows: [][]article.Inline{{words, article.Plain("x")}, nil}},
			article.Note{Base: base, Role: "editor", Content: words, Date: day},
			article.RelatedList{Base: base, Items: []article.Related{related}},
			article.Divider{Base: base},
			article.HTML{Base: base, HTML: "<p>x</p>"},
			article.Unknown{Base: base, Type: "hologram"},
		},
	}
	written := want.JSON(" ")
	requireValid(t, written)
	got, warnings := read(t, string(written))
	require.Len(t, warnings, 1, "the unknown block")
	require.Equal(t, want, got)
}

func TestWhatGoesBeyondTheLimitsIsCut(t *testing.T) {
	many := func(n int, item string) string { return "[" + strings.Repeat(item+",", n-1) + item + "]" }
	a, warnings := with(t, `"body":`+many(article.MaxBlocks+5, `{"type":"divider"}`))
	require.Len(t, a.Body, article.MaxBlocks)
	require.Equal(t, []string{"body: more than 4000 blocks in all: the rest is left out"}, warnings)

	a, warnings = with(t, `"image":`+many(article.MaxImages+5, `{"url":"u"}`))
	require.Len(t, a.Image, article.MaxImages)
	require.Len(t, warnings, 5)

	a, warnings = with(t, `"alternates":`+many(article.MaxAlternates+5, `{"url":"https://x.example/"}`))
	require.Len(t, a.Alternates, article.MaxAlternates)
	require.Len(t, warnings, 1)
}

func sorted(names []string) []string {
	slices.Sort(names)
	return names
}
