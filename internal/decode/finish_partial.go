package decode

import (
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
)

// partial marks a text of which only the beginning is here, by the signs that systems put at its end. "…" alone is none:
// many authors end like that.
func (f *finisher) partial(a *article.Article, linksOn bool) {
	end := article.LastWords(a.Body)
	if !a.IsPartial && (linksOn || isCut(end)) {
		a.IsPartial = true
		f.warn("body", "ends with a sign that the text goes on elsewhere: shown as a part of it")
	}
}

// isCut knows the end that WordPress gives to the beginning of a text.
func isCut(text string) bool {
	return strings.HasSuffix(text, "[…]") || strings.HasSuffix(text, "[...]")
}

// linksOn reports whether a body that is still HTML ends in the link to the rest of the article that WordPress makes of
// <!--more-->. Package markup leaves it out.
func (f *finisher) linksOn(body []article.Block) bool {
	for i := len(body) - 1; i >= 0; i-- {
		if html, ok := body[i].(article.HTML); ok {
			return f.endsInMoreLink(html.HTML)
		}
	}
	return false
}

// endsInMoreLink asks for the address of the article, since other links of that class lead to others.
func (f *finisher) endsInMoreLink(html string) bool {
	class := strings.LastIndex(html, "more-link")
	if class < 0 {
		return false
	}
	start := max(0, strings.LastIndex(html[:class], "<a"))
	link, after, closed := strings.Cut(html[start:], "</a>")
	if !closed || !strings.Contains(link, "#more") && (f.Base == nil || !strings.Contains(link, `"`+f.Base.String()+`"`)) {
		return false
	}
	blocks, _ := markup.Blocks(after, f.Options)
	return article.LastWords(blocks) == ""
}
