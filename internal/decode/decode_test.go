package decode_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
	"byway/internal/tree"
)

func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash(name))
	require.NoError(t, err)
	return data
}

func mustDecode(t testing.TB, src string, o decode.Options) (article.Article, []article.Warning) {
	t.Helper()
	a, warnings, err := decode.Decode([]byte(src), o)
	require.NoError(t, err)
	return a, warnings
}

func native(members string) string {
	return `{"version":"byway-article/1","id":"urn:x:1","url":"https://n.example/2031/a","headline":"H",` + members + `}`
}

func TestWhatIsNoArticleIsNamed(t *testing.T) {
	post := func(more string) string {
		return `{"title":{"rendered":"T"},"content":{"rendered":"<p>x</p>"},"link":"https://n.example/a"` + more + `}`
	}
	for name, c := range map[string]struct {
		src        string
		kind       decode.Kind
		isDocument bool
		says       string
	}{
		"nothing":                      {``, decode.Empty, false, "empty: try another address"},
		"a block page":                 {`<!doctype html><title>Blocked</title>`, decode.HTML, false, "not JSON but HTML, probably a block page"},
		"half an article":              {native(`"body":["x`)[:60], decode.NotJSON, false, "cut short: load it again or try another address"},
		"no JSON":                      {`Forbidden`, decode.NotJSON, false, `at byte 0: "F" begins no JSON value`},
		"a bomb":                       {strings.Repeat("[", 10_000), decode.NotJSON, false, "nested more than 64 deep"},
		"a number":                     {`7`, decode.NotArticle, true, "JSON but no article: a number"},
		"null":                         {`null`, decode.NotArticle, true, "JSON but no article: null"},
		"an empty list":                {`[]`, decode.NotArticle, true, "an empty list, so there is nothing at this address"},
		"an empty object":              {`{}`, decode.NotArticle, true, "an empty object"},
		"something else":               {`{"ok":true,"rows":[]}`, decode.NotArticle, true, `an object with "ok", "rows"`},
		"a native one without head":    {`{"version":"byway-article/1","body":["x"]}`, decode.NoHeadline, true, "this native document has no headline: give it one"},
		"a post without head":          {`{"title":{"rendered":"<b> </b>"},"content":{"rendered":"x"}}`, decode.NoHeadline, true, "this wordpress document has no headline"},
		"an error of WordPress":        {`{"code":"rest_post_invalid_id","message":"Invalid post ID.","data":{"status":404}}`, decode.NotArticle, true, "a WordPress error: \"rest_post_invalid_id\", status 404"},
		"media":                        {`[{"type":"attachment","title":{"rendered":"x"},"caption":{"rendered":""},"content":{"rendered":"x"},"source_url":"x"}]`, decode.NotArticle, true, "a list of WordPress media"},
		"categories":                   {`[{"id":1,"taxonomy":"category","slug":"x","name":"X"}]`, decode.NotArticle, true, "a list of WordPress categories"},
		"a tag":                        {`{"id":1,"taxonomy":"post_tag","slug":"x"}`, decode.NotArticle, true, "a WordPress tag or other term"},
		"users":                        {`[{"slug":"x","avatar_urls":{}}]`, decode.NotArticle, true, "a list of WordPress users"},
		"a draft":                      {post(`,"status":"draft"`), decode.NotArticle, true, "a WordPress post that is not published"},
		"a post of only some fields":   {`{"id":1,"slug":"x","title":{"rendered":"T"}}`, decode.NotArticle, true, "a WordPress post without its text"},
		"a bare post of WordPress.com": {`{"ID":1,"site_ID":2,"title":"T"}`, decode.NotArticle, true, "a post in the WordPress.com dialect (rest/v1.1)"},
		"a row of a database":          {`{"post_title":"T","post_content":"x"}`, decode.NotArticle, true, "a raw row of a WordPress database"},
		"an oEmbed video":              {`{"version":"1.0","type":"video","title":"T","provider_name":"P","html":"<iframe src=\"https://www.youtube.com/embed/x\"></iframe>"}`, decode.NotArticle, true, "this is an oEmbed answer, which tells how to embed a page and has no article: give"},
		"WordPress' oEmbed":            {`{"version":1.0,"type":"rich","title":"T","provider_name":"P","author_name":"A","width":600,"html":"<blockquote class=\"wp-embedded-content\">T</blockquote>"}`, decode.NotArticle, true, "an oEmbed answer"},
		"an oEmbed photo":              {`{"version":"1.0","type":"photo","title":"T","url":"https://n.example/a.jpg"}`, decode.NotArticle, true, "an oEmbed answer"},
		"an oEmbed link":               {`{"version":"1.0","type":"link","title":"T","provider_name":"P"}`, decode.NotArticle, true, "an oEmbed answer"},
		"several oEmbed answers":       {`[{"version":"1.0","type":"video","title":"T","html":"x"}]`, decode.NotArticle, true, "a list of oEmbed answers"},
		"a JSON Feed without a list":   {`{"version":"https://jsonfeed.org/version/1.1","title":"F"}`, decode.NotArticle, true, "this is a JSON Feed"},
		"a JSON Feed of nothing":       {`{"version":"https://jsonfeed.org/version/1.1","items":[]}`, decode.NoItem, true, "this jsonfeed document has no article that is published"},
		"JSON-LD of no article":        {`{"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"x"}]}`, decode.NotArticle, true, "JSON-LD that describes no article"},
		"JSON-LD without headline":     {`{"@type":"NewsArticle","articleBody":"x"}`, decode.NoHeadline, true, "this jsonld document has no headline"},
		"a breadcrumb":                 {`[{"@type":"BreadcrumbList","itemListElement":[]}]`, decode.NotArticle, true, "a breadcrumb in JSON-LD, without its article"},
		"RSS in JSON":                  {`{"rss":{"version":"2.0","channel":{"title":"x","item":[]}}}`, decode.NotArticle, true, "RSS in JSON"},
		"an error of Ghost":            {`{"errors":[{"message":"Post not found.","type":"NotFoundError"}]}`, decode.NotArticle, true, `an error in place of an article: "Post not found."`},
		"an error of the Guardian":     {`{"response":{"status":"error","message":"The requested resource could not be found."}}`, decode.NotArticle, true, `"The requested resource could not be found."`},
		"an error of RFC 9457":         {`{"type":"about:blank","title":"Not Found","status":404,"detail":"No such article"}`, decode.NotArticle, true, `"No such article"`},
		"an error in one member":       {`{"message":"Forbidden"}`, decode.NotArticle, true, `"Forbidden"`},
		"an error that looks plain":    {`{"status":403,"title":"Access denied","text":"Ask the administrator."}`, decode.NotArticle, true, `"Access denied"`},
		"a plain one not published":    {`{"status":"draft","title":"T","content":"x"}`, decode.NotArticle, true, "that is not published"},
		"ninjs without headline":       {`{"uri":"urn:x","headlines":[]}`, decode.NoHeadline, true, "this ninjs document has no headline"},
		"ANS without headline":         {`{"type":"story","headlines":{"basic":""},"content_elements":[]}`, decode.NoHeadline, true, "this ans document has no headline"},
		"a list of a Guardian answer":  {`[{"response":{"status":"ok"}}]`, decode.NotArticle, true, "a list that begins with an answer of the Guardian that holds no article"},
		"Ghost":                        {`{"posts":[]}`, decode.NotArticle, true, "a Ghost answer"},
		"a draft of Ghost":             {`{"title":"x","html":"x","slug":"x","status":"draft","published_at":"2031-01-01"}`, decode.NotArticle, true, "a Ghost post that is not published"},
		"Drupal":                       {`{"jsonapi":{"version":"1.0"},"data":{}}`, decode.NotArticle, true, "a Drupal JSON:API document"},
		"a text editor's tree":         {`{"type":"doc","content":[]}`, decode.NotArticle, true, "a rich-text tree without an article around it"},
		"a string three times encoded": {`"\"\\\"x\\\"\""`, decode.NotArticle, true, "JSON but no article: text"},
	} {
		t.Run(name, func(t *testing.T) {
			a, warnings, err := decode.Decode([]byte(c.src), decode.Options{})
			var e *decode.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, c.kind, e.Kind)
			require.Equal(t, c.isDocument, e.IsDocument())
			require.Contains(t, err.Error(), c.says)
			require.True(t, strings.HasPrefix(err.Error(), "article: "), err.Error())
			require.Equal(t, article.Article{}, a)
			require.Empty(t, warnings)
		})
	}
}

func TestAnErrorLeadsToItsCause(t *testing.T) {
	_, _, err := decode.Decode([]byte("<p>"), decode.Options{})
	require.ErrorIs(t, err, tree.ErrHTML)
	_, _, err = decode.Decode([]byte(`{"a":}`), decode.Options{})
	var syntax *tree.SyntaxError
	require.True(t, errors.As(err, &syntax))
	require.Equal(t, 5, syntax.Offset)
}

func TestAFormatCanBeAskedFor(t *testing.T) {
	_, _, err := decode.Decode([]byte(native(`"body":[]`)), decode.Options{Format: "native"})
	require.NoError(t, err)
	_, _, err = decode.Decode([]byte(native(`"body":[]`)), decode.Options{Format: "wordpress"})
	require.ErrorContains(t, err, `not in the format "wordpress", but`)
	_, _, err = decode.Decode([]byte(native(`"body":[]`)), decode.Options{Format: "gopher"})
	require.ErrorContains(t, err, `there is no format "gopher": leave the format out`)
}

func TestJSONInAStringIsOpened(t *testing.T) {
	a, _ := mustDecode(t, `"{\"version\":\"byway-article/1\",\"headline\":\"H\"}"`, decode.Options{})
	require.Equal(t, "H", a.Headline)
}

// TestDecodedArticlesComeBack decodes, writes and decodes again.
func TestDecodedArticlesComeBack(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	require.NoError(t, err)
	examples, err := filepath.Glob("../article/testdata/*.json")
	require.NoError(t, err)
	files = append(files, examples...)
	require.Len(t, files, 3)
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) { requireComesBack(t, file(t, name), decode.Options{}) })
	}
}

// requireComesBack reports whether data is an article, and if so, that it survives being written.
func requireComesBack(t testing.TB, data []byte, o decode.Options) bool {
	a, _, err := decode.Decode(data, o)
	if err != nil {
		require.Equal(t, article.Article{}, a, "an error comes with an article")
		return false
	}
	written := a.JSON("")
	again, _, err := decode.Decode(written, o)
	require.NoError(t, err, "%s", written)
	require.Equal(t, string(written), string(again.JSON("")))
	return true
}

func FuzzDecode(f *testing.F) {
	// It holds what must be true of any bytes: an error comes alone; an article is the same after it was written in
	// our own format and read again; it holds addresses of allowed schemes only, as many blocks and pictures as an article
	// may have, no more letters than the document gave reason for, in no more time; and what is shown of it runs nothing.
	files, err := filepath.Glob("testdata/corpus/*.json")
	require.NoError(f, err)
	require.NotEmpty(f, files)
	for _, name := range append(files, "testdata/wordpress-fa.json", "../article/testdata/example-article.json", "../article/testdata/example-article-ar.json") {
		f.Add(file(f, name), "https://base.example/x/y", "fa")
	}
	for _, seed := range []string{
		native(`"body":[{"type":"html","html":"<p>a<blockquote>b<ul><li>c"},{"type":"quote","body":[{"type":"list","items":[{"content":"x","list":{"items":["y"]}}]}]}]`),
		native(`"inLanguage":"x_Y","image":[{"url":"//a/ b","alt":"\u202ex"}],"share":{"url":"?ref=1#respond"},"datePublished":"2031-01-01T00:00+24:59"`),
		`[{"title":{"rendered":"T &amp;amp; U"},"content":{"rendered":"<img src=a.jpg>"},"link":"a","jetpack_featured_media_url":"a-300x200.jpg"}]`,
	} {
		f.Add([]byte(seed), "https://base.example/x/y", "en")
	}
	for _, seed := range []string{
		`[{"@type":"BreadcrumbList","itemListElement":[{"name":"N","item":{"@id":"/n"}}]},{"@graph":[{"@type":["Article"],"@id":"#a","headline":{"@value":"H","@language":"fa"},"author":["A",{"@id":"#p"}],"image":[{"url":["a.jpg"],"width":"9px","caption":"C © D"}],"articleBody":"a\n\nb <b>c</b>"},{"@id":"#p","name":"P"}]}]`,
		`{"@type":"LiveBlogPosting","headline":"H","liveBlogUpdate":[{"headline":"U","datePublished":"2031-04-17","articleBody":"<p>x"}],"hasPart":{"isAccessibleForFree":"False"}}`,
		`f({"title":"T","text":"&amp; <i"});`,
	} {
		f.Add([]byte(seed), "https://base.example/x/y", "en")
	}
	f.Add([]byte(`{"title":{"rendered":"T"},"content":{"rendered":""},"link":"a"}`), "https://base\xf0.exampl</x/y\x00", "x_Y")
	for _, seed := range []string{
		"\xFF\xFE{\x00}\x00", "\x00\x00\xFE\xFF\x00\x00\x00[", "{\"title\":\"\xe9\xff\",\"text\":\"\x93x\x94\"}",
		`{"title":"Ù‚Ø´Ø²Ù‡Ø°","text":"[:en]a[:fa]ب[:]<!--:en-->c<!--:-->{{x}}"}`, `//<![CDATA[{"@type":"Article","headline":"H"}//]]>`,
	} {
		f.Add([]byte(seed), "", "fa")
	}
	f.Fuzz(func(t *testing.T, data []byte, base, language string) {
		o := decode.Options{Base: base, Language: language}
		start := time.Now()
		a, _, err := decode.Decode(data, o)
		took := time.Since(start)
		if requireComesBack(t, data, o); err != nil {
			return
		}
		require.Less(t, took, 5*time.Second+time.Duration(len(data))*10*time.Microsecond, "%d bytes", len(data))
		requireBounded(t, a, len(data)+len(base)+len(language))
		requireHarmless(t, rendered(t, a))
	})
}
