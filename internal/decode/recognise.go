package decode

import (
	"fmt"
	"strings"

	"byway/internal/tree"
)

// shape is a kind of document that turns up where an article was expected.
type shape struct {
	one, many string // what one is called, and a list of them
	is        func(n tree.Node) bool
}

const notYet = ", which this version does not read yet"

// shapes are asked in this order. What names itself comes before what is known by its members only.
var shapes = []shape{
	{"a JSON Feed" + notYet, "", func(n tree.Node) bool { return strings.Contains(n.Get("version").Text(), "jsonfeed.org/version") }},
	{"JSON-LD" + notYet, "a list of JSON-LD" + notYet, hasAny("@graph", "@type", "@context")},
	{"a ninjs document" + notYet, "a list of ninjs documents" + notYet, isNinjs},
	{"WordPress media", "a list of WordPress media", isWordPressMedia},
	{"a WordPress category", "a list of WordPress categories", func(n tree.Node) bool { return n.Get("taxonomy").Text() == "category" }},
	{"a WordPress tag or other term", "a list of WordPress tags or other terms", hasAll("taxonomy", "slug")},
	{"a WordPress comment", "a list of WordPress comments", hasAll("author_name", "post", "content")},
	{"a WordPress user", "a list of WordPress users", hasAll("avatar_urls", "slug")},
	{"the index of a WordPress site", "", hasAll("namespaces", "routes")},
	{"a WordPress post that is not published", "a list of WordPress posts that are not published", isUnpublished},
	{"a WordPress post without its text, as _fields= gives it", "a list of WordPress posts without their text", hasTitleOnly},
	{"a post in the WordPress.com dialect (rest/v1.1)" + notYet, "", hasAll("ID", "site_ID")},
	{"posts in the WordPress.com dialect (rest/v1.1)" + notYet, "", hasAll("posts", "found")},
	{"a raw row of a WordPress database", "raw rows of a WordPress database", hasAll("post_title")},
	{"an Arc ANS document" + notYet, "a list of Arc ANS documents" + notYet, isANS},
	{"a Guardian answer" + notYet, "", func(n tree.Node) bool { return n.Get("response", "status").Exists() }},
	{"a Ghost answer" + notYet, "", hasAll("posts")},
	{"a Ghost post" + notYet, "a list of Ghost posts" + notYet, hasAny("mobiledoc", "comment_id")},
	{"a Drupal JSON:API document" + notYet, "", hasAll("jsonapi")},
	{"an Apple News document" + notYet, "", hasAll("components", "layout")},
	{"a BBC document" + notYet, "", func(n tree.Node) bool { return n.Get("data", "article").Exists() }},
	{"Portable Text, which has no headline", "Portable Text, which has no headline", hasAll("_type")},
	{"a rich-text tree without an article around it", "", isRichText},
}

// recognise says what a document is that is no article, as exactly as can be told from it.
func recognise(root tree.Node) string {
	if code := root.Get("code").Text(); code != "" && root.Get("message").Exists() {
		return fmt.Sprintf("a WordPress error: %s, status %s", code, orUnknown(root.Get("data", "status").Text()))
	}
	item, isList := root, root.Kind() == tree.Array
	if isList {
		if item = root.Get("0"); !item.Exists() {
			return "an empty list, so there is nothing at this address"
		}
	}
	for _, s := range shapes {
		switch {
		case !s.is(item):
		case !isList:
			return s.one
		case s.many == "":
			return "a list that begins with " + s.one
		default:
			return s.many
		}
	}
	return describe(root)
}

// describe gives what can be seen of a document that nobody knows.
func describe(root tree.Node) string {
	if root.Kind() != tree.Object {
		return "JSON but no article: " + root.Kind().String()
	}
	var names []string
	for _, m := range root.Members() {
		if len(names) == 8 {
			names = append(names, "…")
			break
		}
		names = append(names, fmt.Sprintf("%.40q", m.Name))
	}
	if names == nil {
		return "JSON but no article: an empty object"
	}
	return "JSON but no article in a known format: an object with " + strings.Join(names, ", ")
}

func orUnknown(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
}

func hasAll(names ...string) func(tree.Node) bool {
	return func(n tree.Node) bool {
		for _, name := range names {
			if !n.Get(name).Exists() {
				return false
			}
		}
		return true
	}
}

func hasAny(names ...string) func(tree.Node) bool {
	return func(n tree.Node) bool {
		for _, name := range names {
			if n.Get(name).Exists() {
				return true
			}
		}
		return false
	}
}

func isNinjs(n tree.Node) bool {
	named := n.Get("$standard").Text() + n.Get("standard", "name").Text()
	return strings.Contains(strings.ToLower(named), "ninjs") ||
		n.Get("uri").Exists() && hasAny("versioncreated", "versionCreated", "body_html", "bodies", "headlines")(n)
}

func isANS(n tree.Node) bool {
	return n.Get("content_elements").Exists() || n.Get("result", "content_elements").Exists() ||
		n.Get("_id").Exists() && n.Get("headlines", "basic").Exists()
}

func isWordPressMedia(n tree.Node) bool {
	return n.Get("type").Text() == "attachment" || hasAll("media_type", "source_url")(n)
}

func hasTitleOnly(n tree.Node) bool { return n.Get("title", "rendered").Exists() }

func isRichText(n tree.Node) bool {
	return n.Get("type").Text() == "doc" && n.Get("content").Exists() || // ProseMirror
		n.Get("root", "children").Exists() || // Lexical
		n.Get("nodeType").Exists() || // Contentful
		hasAll("blocks", "time")(n) // Editor.js
}
