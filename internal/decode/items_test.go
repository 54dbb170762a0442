package decode_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
)

// put is an object with members put over it.
func put(o, over object) object {
	o = maps.Clone(o)
	maps.Copy(o, over)
	return o
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return string(data)
}

// decodeObject reads a document that is known by its own address, and whose article survives being written.
func decodeObject(t *testing.T, doc any) (article.Article, []article.Warning) {
	t.Helper()
	o := decode.Options{Base: "https://known.example/api/doc.json"}
	requireComesBack(t, []byte(asJSON(t, doc)), o)
	return mustDecode(t, asJSON(t, doc), o)
}

func TestAnArticleOfAListIsChosen(t *testing.T) {
	feed := asJSON(t, object{"version": "https://jsonfeed.org/version/1.1", "items": []any{
		object{"id": 7, "title": "Seven", "content_text": "x"},
		nil,
		object{"id": "a%20b", "title": "Escaped", "content_text": "x"},
		object{"id": "tag:k.example,2031:رود", "url": "https://k.example/2031/رود?a=1#top", "title": "The river", "content_text": "x"},
	}})
	ghost := asJSON(t, object{"posts": []any{
		object{"id": "g0", "slug": "d", "title": "A draft", "html": "x", "status": "draft"},
		object{"id": "g1", "slug": "a", "title": "One", "html": "x", "url": "https://g.example/a/"},
		object{"id": "g2", "slug": "b", "title": "Two", "html": "x", "url": "https://g.example/b/"},
	}})
	com := asJSON(t, object{"found": 2, "posts": []any{
		object{"ID": 1, "site_ID": 9, "title": "One", "content": "x", "URL": "https://w.example/1"},
		object{"ID": 2, "site_ID": 9, "title": "Two", "content": "x", "URL": "https://w.example/2"},
	}})
	news := asJSON(t, []any{
		newsOf(object{"uri": "urn:p", "type": "picture"}),
		newsOf(object{"uri": "urn:1", "headlines": []any{object{"value": "One"}}}),
		newsOf(object{"uri": "urn:2", "headlines": []any{object{"value": "Two"}}}),
		newsOf(object{"uri": "urn:3", "pubStatus": "withheld"}),
	})
	arc := asJSON(t, object{"type": "collection", "_id": "c", "headlines": object{"basic": "A collection"}, "content_elements": []any{
		nil, object{"type": "video", "_id": "v", "headlines": object{"basic": "A video"}},
		storyOf(object{"_id": "S1", "headlines": object{"basic": "One"}}),
		storyOf(object{"_id": "S2", "canonical_url": "/2031/two/", "headlines": object{"basic": "Two"}}),
		storyOf(object{"_id": "S3", "revision": object{"published": false}}),
	}})
	search := asJSON(t, object{"response": object{"status": "ok", "results": []any{
		object{"id": "v", "type": "video", "webTitle": "A video", "webPublicationDate": "2031-05-06T07:50:00Z"},
		object{"id": "sea/1", "type": "article", "webTitle": "One", "webPublicationDate": "2031-05-06T07:50:00Z", "webUrl": "https://www.theguardian.com/sea/1"},
		object{"id": "sea/2", "type": "article", "webTitle": "Two", "webPublicationDate": "2031-05-06T07:50:00Z", "webUrl": "https://www.theguardian.com/sea/2"},
	}}})
	restPost := func(id int, slug, headline, status string) object {
		return object{"id": id, "slug": slug, "link": "https://w.example/" + slug + "/", "status": status, "title": object{"rendered": headline}, "content": object{"rendered": "<p>x</p>"}}
	}
	rest := asJSON(t, []any{restPost(1, "d", "A draft", "draft"), restPost(2, "one", "One", "publish"), restPost(3, "رود", "Two", "publish")})
	loose := asJSON(t, []any{object{"id": 1, "title": "One", "text": "x"}, object{"id": 2, "url": "https://p.example/2", "title": "Two", "text": "x"}})
	graph := asJSON(t, object{"@context": "https://schema.org", "@graph": []any{
		object{"@type": "NewsArticle", "@id": "https://n.example/1#article", "headline": "One", "url": "https://n.example/1"},
		object{"@type": "WebPage", "@id": "https://n.example/2"},
		object{"@type": "NewsArticle", "headline": "Two", "mainEntityOfPage": object{"@id": "https://n.example/2"}},
		object{"@type": "NewsArticle", "headline": "Two", "articleBody": long("Told again.")},
	}})
	scripts := asJSON(t, []any{object{"@type": "NewsArticle", "@id": "#a", "headline": "One"}, object{"@type": "Article", "@id": "#b", "headline": "Two"}})
	page := asJSON(t, []any{object{"@type": "NewsArticle", "@id": "https://n.example/1", "headline": "One"}, crumbList()})
	for name, c := range map[string]struct{ src, item, headline, refused string }{
		"the first post that is published": {rest, "", "One", ""},
		"a post by its number":             {rest, "3", "Two", ""},
		"a post by its address":            {rest, "https://w.example/one/", "One", ""},
		"a post by its slug":               {rest, "%D8%B1%D9%88%D8%AF", "Two", ""},
		"a post that is a draft is none":   {rest, "1", "", `has no article "1": name one by its id or its address, such as "2"`},
		"a post that there is not":         {rest, "99", "", `has no article "99"`},
		"the first in no format":           {loose, "", "One", ""},
		"in no format":                     {loose, "2", "Two", ""},
		"in no format by its address":      {loose, "https://p.example/2", "Two", ""},
		"in no format there is not":        {loose, "99", "", `has no article "99"`},
		"of a graph by its @id":            {graph, "https://n.example/1#article", "One", ""},
		"of a graph by its address":        {graph, "https://n.example/1", "One", ""},
		"of a graph by that of its page":   {graph, "https://n.example/2", "Two", ""},
		"a page of a graph is none":        {graph, "https://n.example/3", "", `such as "https://n.example/1#article"`},
		"of the scripts of a page":         {scripts, "#b", "Two", ""},
		"a part of the only one":           {page, "comments", "One", ""},
		"the first of a search":            {search, "", "One", ""},
		"of a search":                      {search, "sea/2", "Two", ""},
		"of a search by its address":       {search, "https://www.theguardian.com/sea/2", "Two", ""},
		"one without a text is none":       {search, "v", "", `has no article "v"`},
		"the first story of a collection":  {arc, "", "One", ""},
		"of a collection":                  {arc, "S2", "Two", ""},
		"of a collection by its address":   {arc, "/2031/two/", "Two", ""},
		"a revision is none":               {arc, "S3", "", `has no article "S3"`},
		"the first text of an agency":      {news, "", "One", ""},
		"of an agency":                     {news, "urn:2", "Two", ""},
		"what was withheld is none":        {news, "urn:3", "", `has no article "urn:3": name one by its id or its address, such as "urn:1"`},
		"nothing is asked for":             {feed, "", "Seven", ""},
		"an id that is a number":           {feed, "7", "Seven", ""},
		"an id":                            {feed, "tag:k.example,2031:رود", "The river", ""},
		"as the browser escapes it":        {feed, "tag:k.example,2031:%D8%B1%D9%88%D8%AF", "The river", ""},
		"an id that is escaped itself":     {feed, "a%20b", "Escaped", ""},
		"an address":                       {feed, "https://k.example/2031/%D8%B1%D9%88%D8%AF?a=1#top", "The river", ""},
		"no article, and no other instead": {feed, "8", "", `has no article "8": name one by its id or its address, such as "7", or nothing for the first`},
		"the first that is published":      {ghost, "", "One", ""},
		"of Ghost":                         {ghost, "https://g.example/b/", "Two", ""},
		"a draft is none":                  {ghost, "g0", "", `has no article "g0"`},
		"of WordPress.com":                 {com, "2", "Two", ""},
		"of WordPress.com by its address":  {com, "https://w.example/2", "Two", ""},
		"of a document that is one alone":  {`{"version":"byway-article/1","id":"x","headline":"H"}`, "top", "H", ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, warnings, err := decode.Decode([]byte(c.src), decode.Options{Item: c.item, Base: "https://known.example/doc.json"})
			if c.refused != "" {
				var e *decode.Error
				require.ErrorAs(t, err, &e)
				require.Equal(t, decode.NoItem, e.Kind)
				require.True(t, e.IsDocument())
				require.ErrorContains(t, err, c.refused)
				return
			}
			require.NoError(t, err)
			require.Equal(t, c.headline, a.Headline)
			if c.src == graph && c.headline == "Two" {
				require.NotEmpty(t, a.Body, "what is told twice is read where the text is")
			}
			isFirst := slices.ContainsFunc(warnings, func(w article.Warning) bool { return strings.Contains(w.What, "the first is shown") })
			require.Equal(t, c.item == "", isFirst, "%v", warnings)
		})
	}
}

func TestFormatsAreNamedOnce(t *testing.T) {
	names := decode.Formats()
	require.Subset(t, names, []string{"native", "wordpress", "jsonfeed", "ghost", "ninjs", "ans", "guardian"})
	seen := map[string]bool{}
	for _, name := range names {
		require.False(t, seen[name], name)
		seen[name] = true
	}
}

// rich are documents with every member that is read.
var rich = map[string]object{
	"jsonfeed": {
		"version": "https://jsonfeed.org/version/1.1", "title": "The Quay", "home_page_url": "https://k.example/", "icon": "/icon.png", "language": "en",
		"authors": []any{object{"name": "Editors"}},
		"items":   []any{entryOf(nil)},
	},
	"ghost":     {"posts": []any{ghostOf(nil)}},
	"wordpress": comOf(nil),
	"ninjs":     newsOf(nil),
	"ans":       storyOf(nil),
	"guardian":  pageOf(nil),
}

// TestWrongTypesEverywhere spoils each member in turn: no article is lost for it, but for the few that it cannot do without.
func TestWrongTypesEverywhere(t *testing.T) {
	tried := 0
	for format, doc := range rich {
		spoil := func(of object, again func(object) object, needed string) {
			for name := range of {
				for _, wrong := range []any{nil, true, 7.5, "text", []any{}, []any{[]any{1.0}}, object{}, object{"0": nil}} {
					if name == needed {
						continue
					}
					tried++
					data := asJSON(t, again(put(of, object{name: wrong})))
					require.True(t, requireComesBack(t, []byte(data), decode.Options{Base: "https://known.example/a"}), "%s: %s: %v", format, name, wrong)
				}
			}
		}
		same := func(o object) object { return o }
		switch format {
		case "jsonfeed":
			spoil(doc, same, "items")
			spoil(entryOf(nil), func(o object) object { return put(doc, object{"items": []any{o}}) }, "")
		case "ghost":
			spoil(ghostOf(nil), func(o object) object { return object{"posts": []any{o}} }, "title")
		case "guardian":
			less := maps.Clone(doc)
			delete(less, "type")
			delete(less, "webPublicationDate")
			spoil(less, func(o object) object {
				return object{"response": object{"content": put(o, object{"type": "article", "webPublicationDate": "2031-05-06T07:50:00Z"})}}
			}, "webTitle")
			spoil(doc["fields"].(object), func(o object) object { return put(doc, object{"fields": o}) }, "")
			spoil(doc["elements"].([]any)[0].(object), func(o object) object { return put(doc, object{"elements": []any{o}}) }, "")
		case "ans":
			less := maps.Clone(doc)
			for _, name := range []string{"type", "headlines", "statusCode"} {
				delete(less, name)
			}
			spoil(less, func(o object) object { return put(o, object{"type": "story", "headlines": doc["headlines"]}) }, "")
			for _, element := range doc["content_elements"].([]any) {
				spoil(element.(object), func(o object) object { return put(doc, object{"content_elements": []any{o, nil, o}}) }, "")
			}
		case "ninjs":
			less := maps.Clone(doc)
			for _, name := range []string{"type", "pubStatus", "uri"} { // they say whether it may be shown
				delete(less, name)
			}
			spoil(less, func(o object) object { return put(o, object{"uri": "urn:agency:7"}) }, "headlines")
			picture := doc["associations"].([]any)[0].(object)
			spoil(picture, func(o object) object { return put(doc, object{"associations": []any{o}}) }, "")
		default:
			for _, needed := range []string{"title", "ID", "site_ID"} {
				require.Contains(t, doc, needed)
			}
			less := maps.Clone(doc)
			delete(less, "ID")
			delete(less, "site_ID")
			spoil(less, func(o object) object { return put(o, object{"ID": 7, "site_ID": 9}) }, "title")
		}
	}
	require.Greater(t, tried, 300)
}
