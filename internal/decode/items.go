package decode

import (
	"strconv"

	"byway/internal/tree"
	"byway/internal/weburl"
)

// lists are the members in which a document of a format may hold several articles.
var lists = []struct{ format, member string }{
	{"jsonfeed", "items"},
	{"wordpress", "posts"},
	{"ghost", "posts"},
}

// articleIn is the article that is meant: of a list the one that is asked for, else its first; else the document itself.
// It is not found in a list that is empty or does not have it: another one in its place would be taken for it.
func articleIn(root tree.Node, format, item string) (n tree.Node, found bool) {
	for _, l := range lists {
		if list := root.Get(l.member); l.format == format && list.Exists() {
			return choice(list.List(), weburl.Unescape(item))
		}
	}
	return firstPost(root), true
}

// choice leaves out what the publisher has not published.
func choice(list []tree.Node, item string) (n tree.Node, found bool) {
	for _, n := range list {
		if isPublic(n) && (item == "" || isCalled(n, item)) {
			return n, true
		}
	}
	return n, false
}

// isPublic goes by the states of WordPress and Ghost. What Ghost has "sent" went to subscribers only.
func isPublic(n tree.Node) bool {
	return !isOneOf(textIn(n, "status"), "auto-draft draft future pending private scheduled sent trash")
}

// isCalled compares without escapes: the browser writes more of them into the fragment of an address than others do.
func isCalled(n tree.Node, item string) bool {
	for _, name := range []string{"id", "ID", "uuid", "url", "URL"} {
		if weburl.Unescape(textIn(n, name)) == item {
			return true
		}
	}
	return false
}

// noItem is the error of a list that does not have what is asked for.
func noItem(root tree.Node, format, item string) *Error {
	first, _ := articleIn(root, format, "")
	return &Error{Kind: NoItem, Format: format, Detail: item, Hint: firstText(first.Get("id"), first.Get("ID"))}
}

// chosen begins to decode the article that is meant.
func chosen(root tree.Node, format string, o *Options) *source {
	n, _ := articleIn(root, format, o.Item)
	s := &source{Node: n}
	for _, l := range lists {
		if several := len(root.Get(l.member).List()); l.format == format && several > 1 && o.Item == "" {
			s.warn("", "one of "+strconv.Itoa(several)+" articles: the first is shown, name another by its id or its address")
		}
	}
	return s
}
