package markup

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"byway/internal/article"
	"byway/internal/weburl"
)

// TestWords_survive compares the words that a browser would show with those of the blocks: all of them, in order. The
// source is read with the parser of x/net/html, so the two have nothing in common but the tokenizer.
func TestWords_survive(t *testing.T) {
	files, err := filepath.Glob("testdata/bodies/*.html")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			requireWords(t, string(data), articleBase)
		})
	}
}

func TestWords_survive_in_samples(t *testing.T) {
	for name, p := range samplePosts(t) {
		t.Run(name, func(t *testing.T) {
			base, err := weburl.Parse(p.Link)
			require.NoError(t, err)
			requireWords(t, p.Content.Rendered, base)
		})
	}
}

func requireWords(t *testing.T, source string, base *weburl.URL) {
	t.Helper()
	blocks, _ := Blocks(source, Options{Base: base, Language: "fa"})
	require.NotEmpty(t, blocks)
	var out strings.Builder
	eachInline(blocks, func(in article.Inline) { out.WriteString(in.Text() + "\n") })
	require.Equal(t, wordsOf(visible(t, source)), wordsOf(out.String()))
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '\u200c' && r != '\u200d'
	})
}

// shortcodeInSample is the one kind of shortcode that the samples hold.
var shortcodeInSample = regexp.MustCompile(`\[/?(vc|nectar)_[^\]]*\]`)

func visible(t *testing.T, source string) string {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(source), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	require.NoError(t, err)
	var b strings.Builder
	for _, n := range nodes {
		writeVisible(&b, n)
	}
	return shortcodeInSample.ReplaceAllString(b.String(), " ")
}

func writeVisible(b *strings.Builder, n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		b.WriteString(n.Data)
	case n.Type == html.ElementNode:
		switch n.Data {
		case "script", "style", "noscript", "iframe", "video", "audio":
			return
		case "span", "b", "strong", "i", "em", "a", "font", "sub", "sup", "code", "bdi", "bdo":
		default:
			b.WriteByte(' ')
			defer b.WriteByte(' ')
		}
		for k := n.FirstChild; k != nil; k = k.NextSibling {
			writeVisible(b, k)
		}
	}
}

// eachInline visits all texts of blocks in the order in which they are read.
func eachInline(blocks []article.Block, do func(article.Inline)) {
	image := func(img article.Image) {
		do(img.Caption)
		do(article.Plain(img.CreditText))
	}
	for _, b := range blocks {
		switch b := b.(type) {
		case article.Paragraph:
			do(b.Content)
		case article.Heading:
			do(b.Content)
		case article.Figure:
			image(b.Image)
		case article.Gallery:
			for _, img := range b.Images {
				image(img)
			}
			do(b.Caption)
		case article.Quote:
			eachInline(b.Body, do)
			if b.Citation != nil {
				do(article.Inline{{Text: b.Citation.Name, URL: b.Citation.URL}})
			}
		case article.List:
			eachItem(b, do)
		case article.Media:
			do(b.Caption)
			do(article.Plain(b.CreditText))
		case article.Embed:
			do(article.Plain(b.Description))
		case article.Table:
			do(b.Caption)
			for _, row := range append([][]article.Inline{b.Header}, b.Rows...) {
				for _, cell := range row {
					do(cell)
				}
			}
		}
	}
}

func eachItem(l article.List, do func(article.Inline)) {
	for _, item := range l.Items {
		do(item.Content)
		if item.List != nil {
			eachItem(*item.List, do)
		}
	}
}
