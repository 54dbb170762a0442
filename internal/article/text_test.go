package article_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
)

func TestTheLastWordsAreThoseOfTheText(t *testing.T) {
	words := article.Plain
	picture := article.Figure{Image: article.Image{URL: "https://x.example/p.jpg", Caption: words("A weir")}}
	for name, c := range map[string]struct {
		body []article.Block
		want string
	}{
		"none":                    {nil, ""},
		"pictures and recordings": {[]article.Block{picture, article.Media{Name: "A film"}, article.Embed{Name: "A card"}, article.Gallery{Caption: words("All")}}, ""},
		"what the editors say":    {[]article.Block{article.Note{Role: "editor", Content: words("Updated.")}, article.Note{Role: "correction", Content: words("Not nine.")}}, ""},
		"a paragraph":             {[]article.Block{article.Paragraph{Content: words("Water flows. ")}, article.Paragraph{Content: words(" ")}, picture, article.Divider{}}, "Water flows."},
		"a heading":               {[]article.Block{article.Heading{Content: words("The weir")}}, "The weir"},
		"a report of a live blog": {[]article.Block{article.Note{Content: words("It opens.")}}, "It opens."},
		"a quote":                 {[]article.Block{article.Quote{Body: []article.Block{article.Paragraph{Content: words("It opens.")}}}}, "It opens."},
		"a list":                  {[]article.Block{article.List{Items: []article.ListItem{{Content: words("a")}, {Content: words("b")}}}}, "b"},
		"a table":                 {[]article.Block{article.Table{Header: []article.Inline{words("h")}}}, ""},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, article.LastWords(c.body)) })
	}
}
