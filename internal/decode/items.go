package decode

import (
	"strconv"
	"strings"
	"time"

	"byway/internal/article"
	"byway/internal/tree"
	"byway/internal/weburl"
)

// lists are the members in which a document of a format may hold several articles, "" for a document that is a list
// itself, and what of such a list can be shown.
var lists = []struct {
	format, member string
	is             func(tree.Node) bool
}{
	{"jsonfeed", "items", isPublic},
	{"wordpress", "", isWordPressPost},
	{"wordpress", "posts", isPublic},
	{"ghost", "posts", isPublic},
	{"ninjs", "", isNewsText},
	{"guardian", "", isGuardianText},
	{"guardian", "response/results", isGuardianText},
	{"ans", "", isStory},
	{"ans", "content_elements", isStory},
	{"plain", "", isPlainText},
}

// listIn is what a document holds of articles in a list, if it is one.
func listIn(root tree.Node, format string) (items []tree.Node, is func(tree.Node) bool) {
	if format == "jsonld" {
		return storiesIn(root)
	}
	for _, l := range lists {
		list := root
		if l.member != "" {
			list = reach(root, l.member)
		} else if root.Kind() != tree.Array {
			continue
		}
		isBody := l.member == "content_elements" && isStoryAlone(root)
		if l.format == format && list.Exists() && !isBody {
			return list.List(), l.is
		}
	}
	return nil, nil
}

// articleIn is the article that is meant: of a list the one that is asked for, else its first; else the document itself.
// It is not found in a list that is empty or does not have it: another one in its place would be taken for it.
func articleIn(root tree.Node, format, item string) (n tree.Node, found bool) {
	if items, is := listIn(root, format); is != nil {
		return choice(items, is, weburl.Unescape(item))
	}
	return firstPost(root), true
}

// choice leaves out what cannot be shown, such as what the publisher has not published.
func choice(list []tree.Node, is func(tree.Node) bool, item string) (n tree.Node, found bool) {
	for _, n := range list {
		if is(n) && (item == "" || isCalled(n, item)) {
			return n, true
		}
	}
	return n, false
}

// isPublic goes by the states of WordPress and Ghost. What Ghost has "sent" went to subscribers only.
func isPublic(n tree.Node) bool {
	return !isOneOf(textIn(n, "status"), "auto-draft draft future pending private scheduled sent trash")
}

// Members by which articles of a list are told apart, numbers and names first.
const (
	itemIDs       = "id ID uuid uri _id @id"
	itemAddresses = " url URL canonical_url webUrl link mainEntityOfPage mainEntityOfPage/@id"
)

// isCalled compares without escapes: the browser writes more of them into the fragment of an address than others do.
func isCalled(n tree.Node, item string) bool {
	for _, name := range strings.Fields(itemIDs + itemAddresses + " slug") {
		if weburl.Unescape(reach(n, name).Text()) == item {
			return true
		}
	}
	return false
}

// noItem is the error of a list that does not have what is asked for.
func noItem(root tree.Node, format, item string) *Error {
	first, _ := articleIn(root, format, "")
	return &Error{Kind: NoItem, Format: format, Detail: item, Hint: pick(first, itemIDs+itemAddresses, first).Text()}
}

// chosen begins to decode the article that is meant.
func chosen(root tree.Node, format string, o *Options) *source {
	n, _ := articleIn(root, format, o.Item)
	s := &source{Node: n}
	if items, _ := listIn(root, format); len(items) > 1 && o.Item == "" {
		s.warn("", "one of "+strconv.Itoa(len(items))+" articles: the first is shown, name another by its id or its address")
	}
	return s
}

// isEmbargoed reports whether the first of the members that is there names a moment that is still to come. What cannot
// be read is no leave to publish.
func isEmbargoed(n tree.Node, members string) bool {
	until := textIn(n, firstOf(n, members))
	date, ok := article.ParseDate(until)
	return until != "" && (!ok || time.Now().Before(date.Time()))
}
