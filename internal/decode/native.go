package decode

import (
	"byway/internal/article"
	"byway/internal/tree"
)

// decodeNative reads our own format. Without a headline the article is empty, which Decode notices.
func decodeNative(root tree.Node, _ *Options, a *article.Article) []article.Warning {
	read, warnings, err := article.Read(root)
	if err == nil {
		*a = read
	}
	return warnings
}
