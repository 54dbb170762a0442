package decode_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"byway/internal/decode"
)

// textsOf are the members, by format, that hold what a reader should see. "*" is any member or item, "**" any number of
// them. A member with "=" is no HTML: what looks like a tag in it are words.
var textsOf = map[string]string{
	"native": "=headline =kicker =alternativeHeadline =byline =dateline =description.**.text =author.*.name =sections.*.name =publisher.name " +
		"=image.0.caption.**.text =image.0.creditText =body.**.text =body.**.caption =body.**.creditText =body.**.citation.name =body.**.content",
	"wordpress": "title.rendered excerpt.rendered content.rendered _embedded.author.*.name _embedded.wp:featuredmedia.*.caption.rendered " +
		"_embedded.wp:featuredmedia.*.media_details.image_meta.credit title excerpt content author.name",
	"jsonfeed": "=title =summary content_html authors.*.name author.name =attachments.*.title",
	"ghost":    "title custom_excerpt html feature_image_caption authors.*.name primary_author.name",
	"jsonld":   "headline alternativeHeadline description articleBody author.name author.*.name =author image.**.caption image.**.creditText liveBlogUpdate.*.headline liveBlogUpdate.*.articleBody publisher.name",
	"plain":    "title body content html content_html text",
	"ninjs":    "headline headlines.0.value description_text descriptions.0.value body_xhtml body_html body_html5 by byline",
	"ans": "headlines.basic subheadlines.basic description.basic content_elements.**.content content_elements.**.caption content_elements.**.text " +
		"promo_items.basic.caption credits.by.*.name",
	"guardian": "fields.headline fields.standfirst fields.body fields.main fields.byline",
}

// What is dropped on purpose. Nothing else may be missing.
const (
	droppedTags    = " script style noscript iframe video audio form svg math template select button object title " // run, load, submit or draw
	droppedClasses = " sharedaddy jp-relatedposts more-link wp-block-buttons ez-toc-container mc4wp-form "          // share bars, related lists, buttons, forms
)

// droppedWords are shortcodes of page builders, addresses that become cards, and templates that nobody filled in.
var droppedWords = regexp.MustCompile(`\[embed\].*?\[/embed\]|\[/?(vc|nectar|et_pb|caption|gallery)[^\]]*\]|\{\{[^}]*\}\}`)

// isCut reports whether a text ends in the middle, as those do that were made of the beginning of another. They are
// shown where there is no other.
func isCut(text string) bool {
	return strings.HasSuffix(text, "…") || strings.HasSuffix(text, "[…]") || strings.HasSuffix(text, "[...]")
}

func TestWordsOfEveryFormatSurvive(t *testing.T) {
	files, err := filepath.Glob("testdata/corpus/*.json")
	require.NoError(t, err)
	files = append(files, "testdata/wordpress-fa.json", "../article/testdata/example-article.json", "../article/testdata/example-article-ar.json")
	require.Greater(t, len(files), 12)
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			format, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(name), ".json"), "-")
			if strings.Contains("ninjs ans guardian", format) && !slices.Contains(decode.Formats(), format) {
				t.Skipf("%s is not read yet", format)
			}
			is, n := requireWordsOf(t, file(t, name))
			require.True(t, is)
			require.Positive(t, n, "no words were compared")
		})
	}
}

func TestWordsOfTheSamplesSurvive(t *testing.T) {
	const folder = "../../../shared/samples"
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("%s is not there: %v", folder, err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*", "*.json"))
	require.NoError(t, err)
	articles, words := 0, 0
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			if is, n := requireWordsOf(t, file(t, name)); is {
				require.Positive(t, n)
				articles++
				words += n
			}
		})
	}
	require.Greater(t, articles, 15)
	require.Greater(t, words, 10_000)
}

// requireWordsOf compares the words of each text of a document with those that are shown. It reports whether the
// document is an article, and how many words were compared.
func requireWordsOf(t *testing.T, data []byte) (isArticle bool, compared int) {
	t.Helper()
	a, _, err := decode.Decode(data, decode.Options{Base: "https://known.example/a"})
	if err != nil {
		return false, 0
	}
	shown := map[string]int{}
	visible := wordsOf(visibleText(t, rendered(t, a)))
	for _, w := range visible {
		shown[w]++
	}
	all := onlyLetters(strings.Join(visible, ""))
	format := formatOf(t, data)
	root := articleNode(format, valueOf(t, data))
	for _, path := range strings.Fields(textsOf[format]) {
		path, isPlain := strings.CutPrefix(path, "=")
		for _, text := range stringsAt(root, strings.Split(path, ".")) {
			if !isPlain {
				text = visibleText(t, text)
			}
			text = strings.TrimSpace(text)
			if isCut(text) && len(a.Body) > 0 || strings.Contains(all, onlyLetters(text)) {
				compared += len(wordsOf(text))
				continue // an excerpt of WordPress lacks digits, and the spaces that were line breaks
			}
			words := wordsOf(droppedWords.ReplaceAllString(text, " "))
			if last, _ := utf8.DecodeLastRuneInString(text); strings.HasPrefix(path, "description") && unicode.IsLetter(last) {
				words = words[:len(words)-1] // of an agency, which cuts at a number of letters
			}
			requireWithin(t, path, words, shown)
			compared += len(words)
		}
	}
	return true, compared
}

func onlyLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, s)
}

// requireWithin looks for as many of each word of one text as it has. Texts that say the same twice are shown once.
func requireWithin(t *testing.T, path string, words []string, shown map[string]int) {
	t.Helper()
	count := map[string]int{}
	for _, w := range words {
		count[w]++
	}
	var lost []string
	for w, n := range count {
		if shown[w] < n {
			lost = append(lost, w)
		}
	}
	slices.Sort(lost)
	require.Empty(t, lost, "words of %s are not shown", path)
}

// formatOf is the only format that takes a document for its own; the last of them takes what no other does.
func formatOf(t *testing.T, data []byte) string {
	t.Helper()
	for _, name := range decode.Formats() {
		if _, _, err := decode.Decode(data, decode.Options{Format: name}); err == nil {
			return name
		}
	}
	require.Fail(t, "no format")
	return ""
}

func valueOf(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	begin, end := strings.IndexAny(string(data), "[{\""), strings.LastIndexAny(string(data), "]}\"")
	if strings.HasPrefix(strings.TrimSpace(string(data)), "//<![CDATA[") {
		begin = strings.Index(string(data), "{")
		end = strings.LastIndex(string(data), "}")
	}
	require.NoError(t, json.Unmarshal(data[begin:end+1], &v))
	return v
}

// articleNode is the first article of a document.
func articleNode(format string, v any) any {
	if format == "jsonld" {
		return linkedArticle(v)
	}
	if list, ok := v.([]any); ok {
		return articleNode(format, list[0])
	}
	o, ok := v.(object)
	if !ok {
		return v
	}
	for _, name := range []string{"items", "posts", "response", "result", "content"} {
		switch inner := o[name].(type) {
		case []any:
			if len(inner) > 0 && name != "content" {
				return articleNode(format, inner[0])
			}
		case object:
			if name == "response" || name == "result" || format == "guardian" {
				return articleNode(format, inner)
			}
		}
	}
	return v
}

// linkedArticle is the first node of JSON-LD that is an article with a headline, and its picture where that stands apart.
func linkedArticle(v any) any {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			if n := linkedArticle(item); n != nil {
				return n
			}
		}
	case object:
		kind := mustJSON(v["@type"])
		if (strings.Contains(kind, "Article") || strings.Contains(kind, "Posting")) && v["headline"] != nil {
			return v
		}
		for _, name := range []string{"@graph", "mainEntity"} {
			if n := linkedArticle(v[name]); n != nil {
				return n
			}
		}
	}
	return nil
}

// stringsAt are the texts at the end of a path.
func stringsAt(v any, path []string) (out []string) {
	if len(path) == 0 {
		if s, ok := v.(string); ok {
			out = append(out, s)
		}
		return out
	}
	name := path[0]
	if name == "**" {
		out = append(out, stringsAt(v, path[1:])...)
	}
	for _, k := range slices.Sorted(maps.Keys(membersOf(v))) {
		m := membersOf(v)[k]
		switch name {
		case "**":
			out = append(out, stringsAt(m, path)...)
		case "*", k:
			out = append(out, stringsAt(m, path[1:])...)
		}
	}
	return out
}

func membersOf(v any) object {
	switch v := v.(type) {
	case object:
		return v
	case []any:
		o := object{}
		for i, item := range v {
			o[string(rune('0'+i))] = item
		}
		return o
	}
	return nil
}

// visibleText is what a browser would show of HTML, by the parser of x/net/html, without what is dropped on purpose.
func visibleText(t *testing.T, source string) string {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(source), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	require.NoError(t, err)
	var b strings.Builder
	for _, n := range nodes {
		writeVisible(&b, n)
	}
	return b.String()
}

func writeVisible(b *strings.Builder, n *html.Node) {
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
	}
	if n.Type != html.ElementNode || strings.Contains(droppedTags, " "+n.Data+" ") {
		return
	}
	for _, a := range n.Attr {
		for _, class := range strings.Fields(a.Val) {
			if (a.Key == "class" || a.Key == "id") && strings.Contains(droppedClasses, " "+class+" ") {
				return
			}
		}
	}
	gap := " "
	if strings.Contains(" span b strong i em a font sub sup code bdi bdo u s mark abbr q ruby rt rp ", " "+n.Data+" ") {
		gap = ""
	}
	b.WriteString(gap)
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		writeVisible(b, k)
	}
	b.WriteString(gap)
}

// wordsOf parts a text into words: letters, digits and what belongs to them.
func wordsOf(s string) []string {
	s = strings.ReplaceAll(s, "\u00AD", "")
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '\u200c' && r != '\u200d'
	})
}
