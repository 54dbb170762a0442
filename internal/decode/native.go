package decode

import (
	"byway/internal/article"
	"byway/internal/tree"
)

// decodeNative reads our own format. Without a headline the article is empty, which Decode notices.
func decodeNative(root tree.Node, _ Options) (article.Article, []article.Warning) {
	a, warnings, err := article.Read(root)
	if err != nil {
		return article.Article{}, nil
	}
	return a, warnings
}
