package decode

import (
	"strconv"
	"strings"

	"byway/internal/tree"
)

// shape is a kind of document that turns up where an article was expected.
type shape struct {
	one, many string // what one is called, and a list of them
	marks     string // see hasMarks
}

const (
	notYet = ", which this version does not read yet"

	unpublished = "title status=draft | title status=auto-draft | title status=pending | title status=future | " +
		"title status=private | title status=trash"
	ghostDraft = "html slug status=draft | html slug status=scheduled | html slug status=sent"
	media      = "type=attachment | media_type source_url"
	ninjs      = "$standard~ninjs | standard/name~ninjs | uri versioncreated | uri versionCreated | uri body_html | uri bodies | uri headlines"
	ans        = "content_elements | result/content_elements | _id headlines/basic"
	guardian   = "webTitle webPublicationDate | webTitle fields"
	richText   = "type=doc content | root/children | nodeType | blocks time" // ProseMirror, Lexical, Contentful, Editor.js
)

// shapes are asked in this order. What names itself comes before what is known by its members only.
var shapes = []shape{
	{"a JSON Feed", "", "version~jsonfeed.org/version"},
	{"a breadcrumb in JSON-LD, without its article", "a breadcrumb in JSON-LD, without its article", "@type=BreadcrumbList"},
	{"JSON-LD that describes no article", "JSON-LD that describes no article", "@graph | @type | @context"},
	{"RSS in JSON", "", "rss/channel"},
	{"an oEmbed answer, which tells how to embed a page and has no article", "a list of oEmbed answers, which have no article",
		"version~1 type=rich html | version~1 type=video html | version~1 type=photo url | version~1 type=link provider_name"},
	{"a ninjs document that its agency has withheld or canceled", "ninjs documents that were withheld or canceled", "uri pubStatus !pubStatus~usable | uri pubstatus !pubstatus~usable"},
	{"a ninjs picture, without an article", "a list of ninjs pictures", "uri type=picture | uri type=graphic"},
	{"a ninjs recording, without an article", "a list of ninjs recordings", "uri type=audio | uri type=video"},
	{"a ninjs event or plan", "a list of ninjs events or plans", "uri type=event | uri type=planning | uri type=component"},
	{"a ninjs package, which has no text of its own", "a list of ninjs packages", "uri type=composite"},
	{"a ninjs document under embargo", "ninjs documents under embargo", ninjs},
	{"WordPress media", "a list of WordPress media", media},
	{"a WordPress category", "a list of WordPress categories", "taxonomy=category"},
	{"a WordPress tag or other term", "a list of WordPress tags or other terms", "taxonomy slug"},
	{"a WordPress comment", "a list of WordPress comments", "author_name post content"},
	{"a WordPress user", "a list of WordPress users", "avatar_urls slug"},
	{"the index of a WordPress site", "", "namespaces routes"},
	{"a Ghost post that is not published", "a list of Ghost posts that are not published", ghostDraft},
	{"a WordPress post that is not published", "a list of WordPress posts that are not published", unpublished},
	{"a WordPress post without its text, as _fields= gives it", "a list of WordPress posts without their text", "title/rendered"},
	{"a post in the WordPress.com dialect (rest/v1.1)", "", "ID site_ID"},
	{"posts in the WordPress.com dialect (rest/v1.1)", "", "posts found"},
	{"a raw row of a WordPress database", "raw rows of a WordPress database", "post_title"},
	{"an Arc ANS gallery, without a story", "a list of Arc ANS galleries", "type=gallery content_elements"},
	{"an Arc ANS picture, without a story", "a list of Arc ANS pictures", "type=image _id"},
	{"an Arc ANS recording, without a story", "a list of Arc ANS recordings", "type=video streams | type=audio streams | type=video headlines"},
	{"an Arc ANS collection that holds no story", "a list of Arc ANS collections", "type=collection | type=results | type=story-feed"},
	{"an Arc ANS story that is not published or under embargo", "Arc ANS stories that are not published or under embargo", ans},
	{"a picture, video or other page of the Guardian without a text", "pages of the Guardian without a text", guardian + " | response/content"},
	{"an answer of the Guardian that holds no article", "", "response/status"},
	{"a Ghost answer", "", "posts"},
	{"a Ghost post", "a list of Ghost posts", "mobiledoc | comment_id"},
	{"a Drupal JSON:API document" + notYet, "", "jsonapi"},
	{"an Apple News document" + notYet, "", "components layout"},
	{"a BBC document" + notYet, "", "data/article"},
	{"Portable Text, which has no headline", "Portable Text, which has no headline", "_type"},
	{"a rich-text tree without an article around it", "", richText},
}

// hasMarks reports whether a document has one of several sets of marks, which stand between " | ". A mark is a member
// that must be there, after "!" one that must not. After "=" stands the text that it must be, after "~" what its text
// must hold in any case.
func hasMarks(n tree.Node, marks string) bool {
	for _, set := range strings.Split(marks, " | ") {
		all := true
		for _, mark := range strings.Fields(set) {
			all = all && hasMark(n, mark)
		}
		if all {
			return true
		}
	}
	return false
}

func hasMark(n tree.Node, mark string) bool {
	if mark[0] == '!' {
		return !hasMark(n, mark[1:])
	}
	mark, part, _ := strings.Cut(mark, "~")
	path, text, isText := strings.Cut(mark, "=")
	n = reach(n, path)
	if isText {
		return n.Text() == text
	}
	return n.Exists() && strings.Contains(strings.ToLower(n.Text()), part)
}

// reach goes to a member of members.
func reach(n tree.Node, path string) tree.Node {
	for _, name := range strings.Split(path, "/") {
		n = n.Get(name)
	}
	return n
}

// recognise says what a document is that is no article, as exactly as can be told from it.
func recognise(root tree.Node) string {
	if known := known(root); known != "" {
		return known
	}
	return describe(root)
}

// known is "" for a document of which nobody knows what it is.
func known(root tree.Node) string {
	if code := root.Get("code").Text(); code != "" && root.Get("message").Exists() {
		status := "unknown"
		if n, said := root.Get("data").Get("status").Int(); said {
			status = strconv.FormatInt(n, 10)
		}
		return "a WordPress error: " + quoted(code, 80) + ", status " + status
	}
	if message := errorIn(root); message != "" {
		return "an error in place of an article: " + quoted(message, 80)
	}
	item, isList := root, root.Kind() == tree.Array
	if isList {
		if item = root.Get("0"); !item.Exists() {
			return "an empty list, so there is nothing at this address"
		}
	}
	for _, s := range shapes {
		switch {
		case !hasMarks(item, s.marks):
		case !isList:
			return s.one
		case s.many == "":
			return "a list that begins with " + s.one
		default:
			return s.many
		}
	}
	return ""
}

// errorIn is the message of a server that has no article, or did not give it, in the forms of Ghost and JSON:API,
// of the Guardian, of RFC 9457 and of what most servers are written with.
func errorIn(root tree.Node) string {
	places := []tree.Node{root.Get("errors").Get("0"), root.Get("error")}
	if root.Get("response").Get("status").Text() == "error" {
		places = append(places, root.Get("response"))
	}
	if status, _ := root.Get("status").Int(); status >= 400 || len(root.Members()) == 1 {
		places = append(places, root)
	}
	for _, n := range places {
		if text := firstText(n, n.Get("message"), n.Get("detail"), n.Get("title")); text != "" && n.Kind() != tree.Number {
			return text
		}
	}
	return ""
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
		names = append(names, quoted(m.Name, 40))
	}
	if names == nil {
		return "JSON but no article: an empty object"
	}
	return "JSON but no article in a known format: an object with " + strings.Join(names, ", ")
}
