package main

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"byway/internal/decode"
)

const (
	feed = `{"version":"https://jsonfeed.org/version/1.1","title":"The Quay","items":[
{"id":"1","title":"A ferry","content_html":"<p>It <em>sails</em> <a href=\"/at\">at</a> nine.</p>"},
{"id":"2","url":"https://k.example/goat","title":"A goat","content_text":"It swims.","date_published":"2031-05-06"}]}`
	ghost = `{"posts":[{"id":"1","title":"A ferry","html":"<p>It sails.</p><figure><img src='/f.jpg'><figcaption>F © Q</figcaption></figure>","access":false}]}`
	com   = `{"ID":1,"site_ID":2,"URL":"https://w.example/a","title":"A &amp; B","content":"<ul><li>x<ul><li>y</ul></ul><table><tr><th>a<tr><td>b</table>"}`
	posts = `[{"title":{"rendered":"A ferry"},"content":{"rendered":"<blockquote><p>x</p><cite>y</cite></blockquote>"},"date_gmt":"2031-05-06T07:50:00"}]`
)

// schema is the one that is shipped, with its formats.
var schema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	return c.Compile("../../article/article.schema.json")
})

// requireSchema holds what convert wrote against the schema.
func requireSchema(t *testing.T, written string) {
	t.Helper()
	s, err := schema()
	require.NoError(t, err)
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(written))
	require.NoError(t, err)
	require.NoError(t, s.Validate(v), "%s", written)
}

func TestConvertWritesWhatTheSchemaAllows(t *testing.T) {
	for name, doc := range map[string]string{"native": native, "JSON Feed": feed, "Ghost": ghost, "WordPress.com": com, "WordPress": posts} {
		t.Run(name, func(t *testing.T) {
			for _, base := range []string{"", "https://known.example/a b/é?x=%zz"} {
				code, out, errs := do(t, doc, "convert", "--base", base, "-")
				require.Equal(t, ok, code, errs)
				requireSchema(t, out)
				code, again, errs := do(t, out, "convert", "--format", "native", "-")
				require.Equal(t, ok, code, errs)
				require.Equal(t, out, again, "what was written comes back")
			}
		})
	}
}

// TestEveryFormatIsConverted takes our own documents of every format, which begin with its name.
func TestEveryFormatIsConverted(t *testing.T) {
	files, err := filepath.Glob("../../decode/testdata/corpus/*.json")
	require.NoError(t, err)
	seen := map[string]bool{"native": true} // see the examples below
	for _, name := range append(files, "../../decode/testdata/wordpress-fa.json", "../../article/testdata/example-article.json", "../../article/testdata/example-article-ar.json") {
		t.Run(filepath.Base(name), func(t *testing.T) {
			format, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(name), ".json"), "-")
			for _, flags := range [][]string{nil, {"--base", "https://known.example/a b/é?x=%zz"}} {
				code, out, errs := do(t, "", append(append([]string{"convert"}, flags...), name)...)
				if strings.Contains(errs, "does not read yet") {
					t.Skipf("%s", errs)
				}
				require.Equal(t, ok, code, errs)
				requireSchema(t, out)
				code, again, errs := do(t, out, "convert", "--format", "native", "-")
				require.Equal(t, ok, code, errs)
				require.Equal(t, out, again, "what was written comes back")
			}
			code, html, errs := do(t, "", "render", name)
			require.Equal(t, ok, code, errs)
			require.Contains(t, html, "<article")
			seen[format] = true
		})
	}
	for _, format := range decode.Formats() {
		require.True(t, seen[format], "no document of our own is %s", format)
	}
}

func TestConvertAndRenderTakeTheSame(t *testing.T) {
	for _, c := range []struct {
		name, stdin string
		flags       []string
		code        int
		shows, err  string
	}{
		{"the first of a feed, and a warning", feed, nil, ok, "A ferry", "-: one of 2 articles: the first is shown"},
		{"another by its id", feed, []string{"--item", "2"}, ok, "A goat", ""},
		{"another by its address", feed, []string{"--item", "https://k.example/goat"}, ok, "A goat", ""},
		{"one that there is not", feed, []string{"--item", "3"}, failed, "", `-: article: this jsonfeed document has no article "3"`},
		{"a format that it is", feed, []string{"--format", "jsonfeed"}, ok, "A ferry", ""},
		{"a format that it is not", feed, []string{"--format", "ghost"}, failed, "", `not in the format "ghost", but an article in the format "jsonfeed": leave`},
		{"an article in another format", posts, []string{"--format", "ans"}, failed, "", `not in the format "ans", but an article in the format "wordpress": leave`},
		{"a format that there is not", feed, []string{"--format", "zzz"}, usage, "", `"zzz" for flag -format: no format that is read here: leave it out, or give one of native, wordpress, jsonfeed`},
		{"an address that is none", feed, []string{"--base", "not an address"}, usage, "", `"not an address" for flag -base: no address of the web`},
		{"an address that runs", feed, []string{"--base", "javascript:alert(1)"}, usage, "", "no address of the web"},
		{"an address for relative links", feed, []string{"--base", "https://known.example/x/"}, ok, "https://known.example/at", ""},
		{"links without one are dropped with a warning", feed, nil, ok, "A ferry", "a: link without a usable address"},
		{"a file cut short", feed[:100], nil, failed, "", "cut short"},
		{"a flag that there is not", feed, []string{"--loud"}, usage, "", "-loud"},
		{"help", feed, []string{"-h"}, ok, "", "jsonfeed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, command := range []string{"convert", "render"} {
				code, out, errs := do(t, c.stdin, append(append([]string{command}, c.flags...), "-")...)
				require.Equal(t, c.code, code, errs)
				require.Contains(t, out, c.shows)
				require.Contains(t, errs, c.err)
				if c.shows == "" {
					require.Empty(t, out, "nothing but an article goes to standard output")
				}
			}
		})
	}
}

// TestRealDocumentsAreConverted takes every sample: an article that the schema allows comes out, or nothing but words.
func TestRealDocumentsAreConverted(t *testing.T) {
	const folder = "../../../../shared/samples"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the folder of sample documents is not here: ", err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*", "*.json"))
	require.NoError(t, err)
	require.Greater(t, len(files), 30)
	for _, name := range files {
		code, out, errs := do(t, "", "convert", name)
		rendered, html, _ := do(t, "", "render", name)
		require.Equal(t, code, rendered, name)
		if code != ok {
			require.Equal(t, failed, code, name)
			require.Contains(t, errs, "byway convert: "+name+": article: ")
			require.Empty(t, out+html, name)
			continue
		}
		requireSchema(t, out)
	}
}

func TestExitCodesAreDocumented(t *testing.T) {
	_, help, _ := do(t, "", "help")
	readme, err := os.ReadFile("../../../README.md")
	require.NoError(t, err)
	for _, text := range []string{help, strings.ReplaceAll(string(readme), "\n", " ")} {
		for _, words := range []string{"0 done", "1 the input cannot be used or a server cannot start", "2 the command line is wrong"} {
			require.Contains(t, text, words)
		}
	}
}
