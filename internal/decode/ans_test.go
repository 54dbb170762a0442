package decode_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
)

func basic(text string) object { return object{"basic": text} }

func by(names ...string) object {
	var out []any
	for _, name := range names {
		out = append(out, object{"name": name, "type": "author"})
	}
	return object{"by": out}
}

// storyOf is a story of Arc, with members put over it.
func storyOf(over object) object {
	return put(object{
		"_id": "ARC7", "type": "story", "version": "0.10.11", "language": "en_GB", "website": "quay",
		"canonical_url": "/2031/ferry/?utm_source=x", "short_url": "https://q.example/7",
		"headlines": object{"basic": "The ferry &amp; the quay", "web": ""}, "subheadlines": basic("After nine years."),
		"description": basic("After nine years"), "label": object{"basic": object{"text": "Sea", "display": true}},
		"credits": object{"by": []any{object{"type": "reference"}, object{"name": "Mina Kouchak", "url": "/by/mina/"}}}, "copyright": "© The Quay",
		"display_date": "2031-05-06T07:50:00+03:30", "first_publish_date": "2031-05-05T07:50:00Z", "last_updated_date": "2031-05-06T04:20:59Z",
		"taxonomy": object{
			"primary_section": object{"_id": "/news/coast", "_website": "quay", "name": "Coast", "path": "/news/coast", "parent_id": "/news"},
			"sections": []any{
				object{"_id": "/news", "_website": "sister", "name": "Other news", "path": "/news"},
				object{"_id": "/news", "_website": "quay", "name": "News", "path": "/news"},
			},
			"tags": []any{object{"text": "ferries", "slug": "f"}},
		},
		"promo_items": object{"basic": object{
			"type": "image", "url": "https://i.example/a.jpg?auth=x", "width": 1200, "height": "800", "alt_text": "A ferry", "caption": "The ferry at the <b>quay</b>",
			"credits": object{"by": []any{object{"name": "Q. Lens"}}, "affiliation": []any{object{"name": "NPA"}, object{"name": "NPA"}}},
		}},
		"content_restrictions": object{"content_code": "free"}, "distributor": object{"category": "staff", "name": "The Quay"},
		"content_elements": []any{
			object{"type": "text", "content": `It left at <a href="/nine">nine</a>.`},
			object{"type": "header", "level": 4, "content": "Nobody waved"},
			object{"type": "image", "url": "https://i.example/b.jpg", "caption": "The quay", "vanity_credits": by("R. Lens"), "credits": by("Q. Lens")},
		},
	}, over)
}

// elements is the text of a story of these elements.
func elements(t *testing.T, list ...any) ([]article.Block, []article.Warning) {
	t.Helper()
	a, warnings := decodeObject(t, storyOf(object{"content_elements": list}))
	return a.Body, warnings
}

func TestAStoryOfArcIsReadWhole(t *testing.T) {
	requireLabel(t, []byte(asJSON(t, storyOf(nil))), "ans")
	a, warnings := decodeObject(t, storyOf(nil))
	require.Empty(t, warnings)
	require.Equal(t, "ARC7", a.ID)
	require.Equal(t, "https://known.example/2031/ferry/", a.URL)
	require.Equal(t, "The ferry & the quay", a.Headline)
	require.Equal(t, "After nine years.", a.AlternativeHeadline)
	require.Empty(t, a.Description, "it differs by a full stop only")
	require.Equal(t, "Sea", a.Kicker)
	require.Equal(t, "en-GB", a.InLanguage)
	require.Equal(t, []article.Agent{{Name: "Mina Kouchak", URL: "https://known.example/by/mina/"}}, a.Author)
	require.Equal(t, "2031-05-06T07:50:00+03:30", a.DatePublished.String(), "what readers see")
	require.True(t, a.DateModified.IsZero(), "a machine touched it")
	require.Equal(t, []article.NamedLink{{Name: "News", URL: "https://known.example/news"}, {Name: "Coast", URL: "https://known.example/news/coast"}}, a.Sections)
	alt := "A ferry"
	require.Equal(t, []article.Image{{URL: "https://i.example/a.jpg?auth=x", Width: 1200, Height: 800, Alt: &alt,
		Caption: article.Inline{{Text: "The ferry at the "}, {Text: "quay", Marks: article.Strong}}, CreditText: "Q. Lens/NPA"}}, a.Image)
	require.True(t, *a.IsAccessibleForFree)
	require.Equal(t, "The Quay", a.Publisher.Name)
	require.Equal(t, []article.Alternate{{URL: "https://q.example/7"}}, a.Alternates)
	require.Equal(t, []string{"ferries"}, a.Keywords)
	require.Equal(t, []article.Block{
		article.Paragraph{Content: article.Inline{{Text: "It left at "}, {Text: "nine", URL: "https://known.example/nine"}, {Text: "."}}},
		article.Heading{Level: 2, Content: article.Plain("Nobody waved")},
		article.Figure{Image: article.Image{URL: "https://i.example/b.jpg", Caption: article.Plain("The quay"), CreditText: "R. Lens"}},
	}, a.Body)
	a, _ = decodeObject(t, storyOf(object{"last_updated_date": "2031-05-06T04:21:00Z"}))
	require.False(t, a.DateModified.IsZero())
}

func TestElementsOfAStory(t *testing.T) {
	text := func(s string) object { return object{"type": "text", "content": s} }
	plain := func(s string) article.Paragraph { return article.Paragraph{Content: article.Plain(s)} }
	for name, c := range map[string]struct {
		element any
		want    []article.Block
	}{
		"a text alone in a list of elements is none": {"x", nil},
		"null":          {nil, nil},
		"an empty text": {text(" "), nil},
		"a pull quote":  {object{"type": "quote", "subtype": "pullquote", "content_elements": []any{text("Q")}, "citation": text("Who")}, []article.Block{article.Quote{Style: "pull", Body: []article.Block{plain("Q")}, Citation: &article.NamedLink{Name: "Who"}}}},
		"an old quote":  {object{"type": "blockquote", "content": "Q"}, []article.Block{article.Quote{Style: "block", Body: []article.Block{plain("Q")}}}},
		"a list in a list": {object{"type": "list", "list_type": "ordered", "items": []any{text("a"), object{"type": "list", "items": []any{text("b")}}}},
			[]article.Block{article.List{Ordered: true, Items: []article.ListItem{{Content: article.Plain("a")}, {List: &article.List{Items: []article.ListItem{{Content: article.Plain("b")}}}}}}}},
		"a table": {object{"type": "table", "header": []any{text("A"), text("B")}, "rows": []any{[]any{text("1"), "2"}}},
			[]article.Block{article.Table{Header: []article.Inline{article.Plain("A"), article.Plain("B")}, Rows: [][]article.Inline{{article.Plain("1"), article.Plain("2")}}}}},
		"a correction":            {object{"type": "correction", "correction_type": "correction", "text": "It was ten."}, []article.Block{article.Note{Role: "correction", Content: article.Plain("It was ten.")}}},
		"a gallery":               {object{"type": "gallery", "headlines": basic("G"), "content_elements": []any{object{"type": "image", "url": "https://i.example/1.jpg"}, nil, object{"type": "image", "url": "https://i.example/2.jpg", "copyright": "© Z"}}}, []article.Block{article.Gallery{Caption: article.Plain("G"), Images: []article.Image{{URL: "https://i.example/1.jpg"}, {URL: "https://i.example/2.jpg", CopyrightNotice: "© Z", CreditText: "© Z"}}}}},
		"a video":                 {object{"type": "video", "headlines": basic("V"), "duration": 61500, "streams": []any{object{"stream_type": "ts", "url": "https://i.example/v.m3u8"}, object{"stream_type": "mp4", "url": "https://i.example/v.mp4", "width": 640}}}, []article.Block{article.Media{Kind: "video", Name: "V", URL: "https://i.example/v.mp4", Duration: "PT61S"}}},
		"a video with its player": {object{"type": "video", "embed_html": `<iframe src="https://www.youtube.com/embed/x"></iframe>`}, []article.Block{article.Embed{URL: "https://www.youtube.com/watch?v=x", EmbedURL: "https://www.youtube.com/embed/x", Provider: "YouTube"}}},
		"a group":                 {object{"type": "element_group", "content_elements": []any{text("a"), text("b")}}, []article.Block{plain("a"), plain("b")}},
		"a link":                  {object{"type": "interstitial_link", "url": "/2", "content": "Two"}, []article.Block{article.RelatedList{Items: []article.Related{{Headline: "Two", URL: "https://known.example/2"}}}}},
		"links with a title": {object{"type": "link_list", "title": "More", "items": []any{object{"type": "interstitial_link", "url": "/2", "content": "Two"}, text("x")}},
			[]article.Block{article.Paragraph{Content: article.Inline{{Text: "More", Marks: article.Strong}}}, plain("x"), article.RelatedList{Items: []article.Related{{Headline: "Two", URL: "https://known.example/2"}}}}},
		"a divider":                      {object{"type": "divider"}, []article.Block{article.Divider{}}},
		"code":                           {object{"type": "code", "content": "if a < b"}, []article.Block{article.Paragraph{Base: article.Base{Dir: article.AutoDir}, Content: article.Inline{{Text: "if a < b", Marks: article.Code}}}}},
		"a rating":                       {object{"type": "numeric_rating", "numeric_rating": 4.5, "max": 5, "units": "stars"}, []article.Block{plain("4.5/5 stars")}},
		"HTML that is never closed":      {object{"type": "raw_html", "content": "<div><b>x"}, []article.Block{article.Paragraph{Content: article.Inline{{Text: "x", Marks: article.Strong}}}}},
		"something of another site":      {object{"type": "oembed_response", "raw_oembed": object{"url": "https://v.example/7", "title": `A "V" & more`}}, []article.Block{article.Paragraph{Content: article.Inline{{Text: `A "V" & more`, URL: "https://v.example/7"}}}}},
		"an address that leaves its tag": {object{"type": "oembed_response", "raw_oembed": object{"url": `https://v.example/"><script>`, "title": "V"}}, []article.Block{article.Paragraph{Content: article.Inline{{Text: "V", URL: "https://v.example/%22%3E%3Cscript%3E"}}}}},
		"a picture in a quote": {object{"type": "quote", "content_elements": []any{object{"type": "image", "url": "https://i.example/q.jpg", "caption": "C", "credits": by("Z")}}},
			[]article.Block{article.Quote{Style: "block", Body: []article.Block{article.Figure{Image: article.Image{URL: "https://i.example/q.jpg", Alt: new(string), Caption: article.Plain("C"), CreditText: "Z"}}}}}},
	} {
		t.Run(name, func(t *testing.T) {
			body, _ := elements(t, text("Before."), c.element, text("After."))
			require.Equal(t, append(append([]article.Block{plain("Before.")}, c.want...), plain("After.")), body)
		})
	}
	for _, kind := range []string{"reference", "custom_embed", "something_new"} {
		_, warnings := elements(t, text("x"), object{"type": kind})
		require.Equal(t, []article.Warning{{At: "content_elements", What: `an element of type "` + kind + `", of which nothing can be shown: left out`}}, warnings)
	}
	body, _ := elements(t, object{"type": "something_new", "content": "Its words."})
	require.Equal(t, []article.Block{plain("Its words.")}, body)
}

func TestHeadingsOfAStoryAreRanked(t *testing.T) {
	var list []any
	for _, level := range []any{4, 6, "1", 0, nil, 99, 4} {
		list = append(list, object{"type": "header", "level": level, "content": "x"})
	}
	body, _ := elements(t, list...)
	var got []int
	for _, b := range body {
		got = append(got, b.(article.Heading).Level)
	}
	require.Equal(t, []int{3, 4, 2, 2, 2, 4, 3}, got)
}

func TestSectionsOfAStory(t *testing.T) {
	section := func(id, name string, over object) object {
		return put(object{"_id": id, "_website": "quay", "name": name, "path": id}, over)
	}
	for name, c := range map[string]struct {
		over object
		want string
	}{
		"under its parent":                 {nil, "News > Coast"},
		"the way of its address":           {object{"primary_section": section("/a/b/c", "C", nil), "sections": []any{section("/a/b", "B", nil), section("/a", "A", nil)}}, "A > B > C"},
		"one of them has no name":          {object{"primary_section": section("/a/b/c", "C", nil), "sections": []any{section("/a", "A", nil)}}, "A > C"},
		"the parent's id":                  {object{"primary_section": section("c", "C", object{"parent": object{"default": "p"}}), "sections": []any{section("p", "P", nil)}}, "P > C"},
		"the home page is none":            {object{"primary_section": section("c", "C", object{"parent": object{"default": "/"}}), "sections": []any{section("/", "Home", nil)}}, "C"},
		"its own parent":                   {object{"primary_section": section("c", "C", object{"parent_id": "c"}), "sections": []any{}}, "C"},
		"only a list":                      {object{"primary_section": nil}, "News"},
		"an older version":                 {object{"primary_section": nil, "primary_site": object{"_id": "s", "name": "Site", "path": "/s"}}, "Site"},
		"whole parents, of Reuters":        {object{"primary_section": nil, "sections": nil, "section": object{"id": "/a/b/", "name": "B", "parent": object{"id": "/a/", "name": "A"}}}, "A > B"},
		"a reference that nobody resolved": {object{"primary_section": object{"type": "reference", "_id": "/x"}, "sections": []any{section("/a", "A", nil)}}, "A"},
		"none":                             {object{"primary_section": nil, "sections": nil}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodeObject(t, storyOf(object{"taxonomy": put(storyOf(nil)["taxonomy"].(object), c.over)}))
			require.Equal(t, c.want, way(a.Sections))
		})
	}
	a, _ := decodeObject(t, storyOf(object{"label": object{"basic": object{"text": "Coast"}}}))
	require.Empty(t, a.Kicker, "section names equal to the kicker")
	a, _ = decodeObject(t, storyOf(object{"label": object{"basic": object{"text": "Sea", "display": false}}}))
	require.Empty(t, a.Kicker)
	a, _ = decodeObject(t, storyOf(object{"websites": object{"quay": object{"website_section": object{"_id": "/news"}}}}))
	require.Equal(t, "News", way(a.Sections), "the same section id on two sister sites")
}

func TestLeadOfAStory(t *testing.T) {
	image := func(name string) object {
		return object{"type": "image", "url": "https://i.example/" + name + ".jpg"}
	}
	video := object{"type": "video", "headlines": basic("V"), "streams": []any{object{"url": "https://i.example/v.mp4"}}, "promo_items": object{"basic": image("still")}}
	for name, c := range map[string]struct {
		promo  object
		lead   string
		blocks int
	}{
		"lead art before the picture for lists": {object{"lead_art": image("art"), "basic": image("list")}, "https://i.example/art.jpg", 3},
		"a recording begins the text":           {object{"lead_art": video, "basic": image("list")}, "https://i.example/still.jpg", 4},
		"a picture of another story":            {object{"basic": put(image("x"), object{"type": "story"})}, "", 3},
		"for print, with a copy":                {object{"basic": object{"type": "image", "url": "https://i.example/a.TIFF", "resized_urls": object{"w": "https://i.example/resizer/a.jpg"}}}, "https://i.example/resizer/a.jpg", 3},
		"none":                                  {object{}, "", 3},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodeObject(t, storyOf(object{"promo_items": c.promo}))
			require.Len(t, a.Body, c.blocks)
			if c.lead == "" {
				require.Empty(t, a.Image)
				return
			}
			require.Equal(t, c.lead, a.Image[0].URL)
		})
	}
}

func TestAStoryForSubscribersSaysSo(t *testing.T) {
	a, warnings := decodeObject(t, storyOf(object{"content_restrictions": object{"content_code": "Premium"}, "content_elements": []any{}}))
	require.False(t, *a.IsAccessibleForFree)
	require.Equal(t, []article.Warning{{At: "content_restrictions", What: "the text is for subscribers: only what is open is shown"}}, warnings)
	for _, code := range []string{"", "metered", "something"} {
		a, warnings = decodeObject(t, storyOf(object{"content_restrictions": object{"content_code": code}}))
		require.Nil(t, a.IsAccessibleForFree, code)
		require.Empty(t, warnings)
	}
	_, warnings = decodeObject(t, storyOf(object{"content_restrictions": nil, "content_elements": []any{}}))
	require.Equal(t, []article.Warning{{At: "content_elements", What: "there is no text: the rest is shown"}}, warnings)
}

func TestWhatIsAStoryOfArc(t *testing.T) {
	soon := time.Now().Add(time.Hour).Format(time.RFC3339)
	embargo := func(over object) object { return storyOf(object{"content_restrictions": object{"embargo": over}}) }
	for name, c := range map[string]struct {
		doc  any
		says string // "": a story
	}{
		"without type and version":  {object{"_id": "x", "headlines": basic("H")}, ""},
		"in an envelope":            {object{"statusCode": 200, "result": object{"type": "story", "title": "H", "content_elements": []any{object{"type": "paragraph", "content": "x"}}}}, ""},
		"a list":                    {[]any{storyOf(nil)}, ""},
		"an embargo that is over":   {embargo(object{"active": true, "end_time": "2021-01-01T00:00:00Z"}), ""},
		"an embargo that is lifted": {embargo(object{"active": false, "end_time": soon}), ""},
		"an embargo":                {embargo(object{"active": true, "end_time": soon}), "an Arc ANS story that is not published or under embargo"},
		"an embargo without end":    {embargo(object{"active": "true"}), "under embargo"},
		"a draft":                   {storyOf(object{"revision": object{"published": false}}), "not published"},
		"a gallery":                 {storyOf(object{"type": "gallery"}), "an Arc ANS gallery"},
		"a picture":                 {object{"type": "image", "_id": "x", "url": "x"}, "an Arc ANS picture"},
		"a video":                   {object{"type": "video", "_id": "x", "headlines": basic("V"), "streams": []any{}}, "an Arc ANS recording"},
		"a collection of nothing":   {object{"type": "collection", "_id": "x", "content_elements": []any{object{"type": "reference"}}}, "an Arc ANS collection that holds no story"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.says == "" {
				requireLabel(t, []byte(asJSON(t, c.doc)), "ans")
				return
			}
			_, _, err := decode.Decode([]byte(asJSON(t, c.doc)), decode.Options{})
			require.ErrorContains(t, err, c.says)
		})
	}
}

func TestTheDialectOfReuters(t *testing.T) {
	a, warnings := decodeObject(t, object{"statusCode": 200, "message": "Success", "_id": "hash", "result": object{
		"id": "R7", "type": "story", "title": "The ferry", "canonical_url": "/world/ferry/", "authors": []any{object{"name": "M. K.", "topic_url": "/authors/mk/"}},
		"published_time": "2031-05-06T07:50:00Z", "updated_time": "2031-05-06T09:50:00Z", "dateline": []any{"QUAY, May 6"}, "sign_off": "Reporting by M. K.",
		"source":           object{"name": "Package", "original_name": "The Agency"},
		"promo_items":      object{"images": []any{object{"url": "https://i.example/a.jpg", "authors": "REUTERS/Q. Lens", "renditions": object{"original": object{"480w": "https://i.example/480.jpg", "x": "https://i.example/x.jpg"}}}}},
		"content_elements": []any{object{"type": "paragraph", "content": "It left."}, object{"type": "social_media", "html": `<blockquote class="twitter-tweet"><p>Bye</p><a href="https://twitter.com/q/status/7">May 6</a></blockquote>`}},
	}})
	require.Empty(t, warnings)
	require.Equal(t, "R7", a.ID)
	require.Equal(t, []article.Agent{{Name: "M. K.", URL: "https://known.example/authors/mk/"}}, a.Author)
	require.Equal(t, "QUAY, May 6", a.Dateline)
	require.Equal(t, "The Agency", a.Publisher.Name)
	require.Equal(t, "2031-05-06T09:50:00Z", a.DateModified.String())
	require.Equal(t, "REUTERS/Q. Lens", a.Image[0].CreditText)
	require.Equal(t, []article.Rendition{{URL: "https://i.example/480.jpg", Width: 480}}, a.Image[0].Renditions)
	require.Len(t, a.Body, 4)
	require.IsType(t, article.Quote{}, a.Body[1])
	require.IsType(t, article.Embed{}, a.Body[2])
	require.Equal(t, article.Paragraph{Content: article.Plain("Reporting by M. K.")}, a.Body[3])
}
