package decode

import (
	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// Names under which many have a headline and a text.
const (
	plainHeadline = "headline title"
	plainText     = "body content html content_html text"
)

// isPlain knows a document of no format, with a headline and a text. What is known to be something else is not tried.
func isPlain(root tree.Node) bool {
	n, found := articleIn(root, "plain", "")
	return found && isPlainText(n) && known(root) == ""
}

func isPlainText(n tree.Node) bool {
	return pick(n, plainHeadline, tree.Node{}).Raw() != "" && pick(n, plainText, tree.Node{}).Raw() != ""
}

// decodePlain takes only what can be nothing else: who wrote it and when is not guessed.
func decodePlain(root tree.Node, o *Options, a *article.Article) []article.Warning {
	n := chosen(root, "plain", o)
	a.Headline = withoutTemplates(markup.Text(pick(n.Node, plainHeadline, tree.Node{}).Raw()))
	a.URL = pick(n.Node, "url link", tree.Node{}).Text()
	a.Body = textBlocks(pick(n.Node, plainText, tree.Node{}).Raw(), markupOptions(a, o))
	n.warn("", "in no format that is known: what is named like headline and text is taken for these")
	return n.warnings
}
