package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const native = `{"version":"byway-article/1","id":"urn:example:1","headline":"A ferry & a goat","inLanguage":"en","url":"https://post.example/ferry",
"sections":[{"name":"Coast","url":"/coast"}],"body":[{"type":"paragraph","content":"It sails at nine."}]}`

// do runs the command as a shell would.
func do(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(args, strings.NewReader(stdin), &out, &errs)
	return code, out.String(), errs.String()
}

func TestCommandLine(t *testing.T) {
	for _, c := range []struct {
		name, stdin string
		args        []string
		code        int
		out, err    string // what they contain
	}{
		{"no command shows the help", "", nil, ok, "byway render", ""},
		{"an unknown command is named", "", []string{"sing"}, usage, "", `"sing"`},
		{"render writes what the element would show", native, []string{"render", "-"}, ok, "A ferry &amp; a goat</h2>", ""},
		{"render takes the level of the headline", native, []string{"render", "-heading-level", "4", "-"}, ok, "</h4>", ""},
		{"render takes the language of the interface", native, []string{"render", "-lang", "fa", "-"}, ok, `lang="fa"`, ""},
		{"render writes a whole page", native, []string{"render", "-page", "-"}, ok, "<!doctype html>", ""},
		{"convert writes the native format", native, []string{"convert", "-"}, ok, `"https://post.example/coast"`, ""},
		{"an argument is missing", "", []string{"render"}, usage, "", "1 wanted"},
		{"a flag is unknown", "", []string{"render", "-loud", "-"}, usage, "", "-loud"},
		{"a file is missing", "", []string{"render", "nowhere.json"}, failed, "", "nowhere.json"},
		{"a block page is refused with words", "<html>", []string{"render", "-"}, failed, "", "HTML"},
		{"nothing is refused with words", "", []string{"render", "-"}, failed, "", "empty"},
		{"a format that there is not is named", native, []string{"render", "-format", "newsml", "-"}, usage, "", `"newsml"`},
		{"a document that is too long is refused", strings.Repeat(" ", 3<<20), []string{"render", "-"}, failed, "", "2097152"},
		{"what was left out is said", strings.Replace(native, `"body":[`, `"body":[{"type":"figure"},`, 1), []string{"render", "-"}, ok, "It sails", "body[0]"},
		{"a script needs lines", "", []string{"serve", "-script", "-"}, failed, "", `-: script: no addresses: begin it`},
		{"a script that is wrong says where", "addresses 3\n0s 1 sulky", []string{"serve", "-script", "-"}, failed, "", `-: script: line 2: fault: "sulky"`},
		{"a script is missing", "", []string{"serve", "-script", "nowhere.txt"}, failed, "", "nowhere.txt: no such file or directory: give the path of a script"},
		{"a tree is missing", "addresses 1", []string{"serve", "-script", "-", "-tree", "nowhere"}, failed, "", "nowhere: no such file or directory: name a folder with -tree"},
		{"a tree is a file", "addresses 1", []string{"serve", "-script", "-", "-tree", "run.go"}, failed, "", "run.go: not a directory: name a folder"},
		{"serve says what is missing", "", []string{"serve", "-dist", "nowhere"}, failed, "", "make build"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := do(t, c.stdin, c.args...)
			require.Equal(t, c.code, code, errs)
			require.Contains(t, out, c.out)
			require.Contains(t, errs, c.err)
		})
	}
}

// The posts among the samples are shown with headline and text; the two lists are refused with words.
func TestRealWordPressDocuments(t *testing.T) {
	const folder = "../../../../shared/samples/wordpress"
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the folder of sample documents is not here: ", err)
	}
	for _, c := range []struct{ file, shows, refusal string }{
		{"embed_painhub_722.json", "Ultrasound-guided percutaneous cryoneurolysis", ""},
		{"embed_painhub_755.json", "Patient selection, indications, studies –", ""},
		{"golkar_posts.json", "Posko Caleg Golkar", ""},
		{"izquierda_es_4470.json", "La Educación en Finlandia", ""},
		{"izquierda_es_5523.json", "Sobre el argumentario de la patronal", ""},
		{"skyscraper_jetpack.json", "SECURITY LOG", ""},
		{"golkar_categories.json", "", "categories"},
		{"golkar_media.json", "", "media"},
	} {
		t.Run(c.file, func(t *testing.T) {
			code, out, errs := do(t, "", "render", filepath.Join(folder, c.file))
			if c.refusal != "" {
				require.Equal(t, failed, code)
				require.Contains(t, errs, c.refusal)
				require.Empty(t, out)
				return
			}
			require.Equal(t, ok, code, errs)
			require.Contains(t, out, c.shows)
		})
	}
}
