package decode

import "strings"

// fromPlain makes HTML of a text without markup, for package markup to part at blank lines. What looks like a tag is
// text. Entities turn up even in plain text (§4.2) and are decoded, but a bare "&" is left alone: to HTML the end of
// "?a=1&copy=2" would be a sign of copyright.
func fromPlain(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "&", "&amp;"), "<", "&lt;")
	for _, entity := range []string{"amp;", "quot;", "apos;", "lt;", "gt;", "nbsp;", "#"} {
		text = strings.ReplaceAll(text, "&amp;"+entity, "&"+entity)
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	return strings.ReplaceAll(text, "\n", "<br>")
}
