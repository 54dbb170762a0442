package decode_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
)

const (
	newsHTML  = `<html><head><title>The ferry</title></head><body><h1>The ferry &amp; the quay</h1><p>It left at nine.</p><figure><img src="http://p.example/a-small.jpg" alt="A ferry"><figcaption>Short.</figcaption></figure><p>Nobody waved.</p></body></html>`
	newsPlain = "The ferry & the quay\n\nIt left at nine.\n\nNobody waved."
	newsNITF  = "<nitf><body><p>It left at nine, and this is by far the longest of all the forms of this text, which nobody should take for that. Nobody should, and so it goes on for a while, to be longer than the others in any case. And then some.</p></body></nitf>"
)

// newsOf is an item of an agency in ninjs 3, with members put over it.
func newsOf(over object) object {
	return put(object{
		"uri": "urn:agency:7", "type": "text", "language": "en-GB", "pubStatus": "usable",
		"standard":     object{"name": "ninjs", "version": "3.1"},
		"firstCreated": "2031-05-06T07:50:00+03:30", "versionCreated": "2031-05-07T07:50:00Z",
		"title": "FERRY-2", "slugline": "ferry", "by": "Mina Kouchak",
		"headlines":    []any{object{"role": "short", "value": "Ferry"}, object{"role": "main", "contentType": "text/html", "value": "The ferry &amp; <em>the</em> quay"}},
		"descriptions": []any{object{"role": "script", "value": "Not this."}, object{"role": "summary", "value": "After nine years."}},
		"bodies": []any{
			object{"contentType": "text/plain", "value": newsPlain},
			object{"contentType": "text/html", "value": newsHTML},
			object{"contentType": "application/xml", "value": newsNITF},
		},
		"people":          []any{object{"name": "Mina Kouchak", "rel": "author"}, object{"name": "Somebody", "rel": "about"}},
		"subjects":        []any{object{"name": "ferries"}},
		"copyrightHolder": "The Agency", "copyrightNotice": "© The Agency 2031",
		"associations": []any{
			object{
				"name": "a1", "uri": "urn:agency:p1", "type": "picture", "by": "Q. Lens/The Agency",
				"descriptions": []any{object{"value": "The ferry at the quay in the morning."}},
				"renditions": []any{
					object{"name": "hires", "href": "http://p.example/a-hires.jpg", "contentType": "image/jpeg", "width": 6000, "height": 4000},
					object{"name": "preview", "href": "http://p.example/a.jpg", "contentType": "image/jpeg", "width": "1200", "height": "800"},
					object{"name": "marked", "href": "http://p.example/a-marked.jpg", "contentType": "image/jpeg", "width": 1200, "height": 800},
					object{"name": "small", "href": "http://p.example/a-small.jpg", "contentType": "image/jpeg", "width": 300, "height": 200},
					object{"name": "sheet", "href": "http://p.example/a.pdf", "contentType": "application/pdf", "width": 900, "height": 600},
				},
			},
			object{
				"name": "v1", "uri": "urn:agency:v1", "type": "video", "by": "Q. Lens", "headlines": []any{object{"value": "The horn"}},
				"renditions": []any{
					object{"name": "v", "href": "https://p.example/v.mp4", "contentType": "video/mp4", "width": 640, "height": 360},
					object{"name": "still", "href": "https://p.example/v.jpg", "contentType": "image/jpeg"},
				},
			},
		},
	}, over)
}

// olderNews is an item as ninjs 2 writes it.
func olderNews() object {
	return object{
		"uri": "urn:agency:7", "type": "text", "language": "en-GB", "pubstatus": "usable", "by": "Mina Kouchak",
		"firstcreated": "2031-05-06T07:50:00+03:30", "versioncreated": "2031-05-07T07:50:00Z",
		"headlines":    []any{object{"role": "main", "value": "The ferry & the quay"}},
		"descriptions": []any{object{"role": "text", "value": "After nine years."}},
		"bodies":       []any{object{"contenttype": "text/plain", "value": newsPlain}, object{"contenttype": "text/html", "value": newsHTML}},
		"associations": []any{object{
			"name": "a1", "uri": "urn:agency:p1", "type": "picture", "by": "Q. Lens/The Agency",
			"descriptions": []any{object{"value": "The ferry at the quay in the morning."}},
			"renditions":   []any{object{"name": "preview", "href": "https://p.example/a.jpg", "contenttype": "image/jpeg", "width": 1200, "height": 800}, object{"href": "https://p.example/a-small.jpg", "width": 300, "height": 200}},
		}},
		"copyrightholder": "The Agency", "copyrightnotice": "© The Agency 2031",
	}
}

// oldestNews is an item as ninjs 1 writes it: objects with names in the place of lists.
func oldestNews() object {
	return object{
		"uri": "urn:agency:7", "language": "en-GB", "pubstatus": "usable", "byline": "Mina Kouchak",
		"firstcreated": "2031-05-06T07:50:00+03:30", "versioncreated": "2031-05-07T07:50:00Z",
		"headline": "The ferry & the quay", "description_text": "After nine years.",
		"body_text": newsPlain, "body_xhtml": newsHTML, "body_nitf": newsNITF,
		"associations": object{"mainpic": object{
			"uri": "urn:agency:p1", "type": "picture", "byline": "Q. Lens/The Agency", "description_text": "The ferry at the quay in the morning.",
			"renditions": object{"high": object{"href": "https://p.example/a.jpg", "mimetype": "image/jpg", "width": 1200, "height": 800}, "low": object{"href": "https://p.example/a-small.jpg", "width": 300, "height": 200}},
		}},
		"copyrightholder": "The Agency", "copyrightnotice": "© The Agency 2031",
	}
}

func TestANewsItemIsReadWholeInEveryVersion(t *testing.T) {
	for name, doc := range map[string]object{"3": newsOf(nil), "2": olderNews(), "1": oldestNews()} {
		t.Run(name, func(t *testing.T) {
			requireLabel(t, []byte(asJSON(t, doc)), "ninjs")
			a, warnings := decodeObject(t, doc)
			require.Empty(t, warnings)
			require.Equal(t, "urn:agency:7", a.ID)
			require.Empty(t, a.URL, "a uri is no link")
			require.Equal(t, "The ferry & the quay", a.Headline)
			require.Equal(t, "After nine years.", a.Description.Text())
			require.Equal(t, "Mina Kouchak", a.Byline)
			require.Equal(t, "en-GB", a.InLanguage)
			require.Equal(t, "2031-05-06T07:50:00+03:30", a.DatePublished.String())
			require.Equal(t, "2031-05-07T07:50:00Z", a.DateModified.String())
			require.Equal(t, "The Agency", a.Publisher.Name)
			require.Equal(t, "© The Agency 2031", a.CopyrightNotice)
			require.Nil(t, a.Sections, "there are none")
			require.Len(t, a.Image, 1)
			lead := a.Image[0]
			require.Equal(t, "https://p.example/a.jpg", lead.URL, "what print needs is too heavy")
			require.Equal(t, 1200, lead.Width)
			require.Equal(t, "The ferry at the quay in the morning.", lead.Caption.Text())
			require.Equal(t, "Q. Lens/The Agency", lead.CreditText)
			require.Len(t, lead.Renditions, 1, "without the one with marks across it")
			require.Equal(t, "https://p.example/a-small.jpg", lead.Renditions[0].URL)
			require.Equal(t, article.Paragraph{Content: article.Plain("It left at nine.")}, a.Body[0], "the headline is not repeated")
			require.Equal(t, article.Paragraph{Content: article.Plain("Nobody waved.")}, a.Body[1], "nor is the lead picture")
		})
	}
}

func TestWhatBelongsToVersion3Only(t *testing.T) {
	a, _ := decodeObject(t, newsOf(nil))
	require.Equal(t, []article.Agent{{Name: "Mina Kouchak"}}, a.Author, "not those whom it is about")
	require.Equal(t, []string{"ferries"}, a.Keywords)
	require.Equal(t, "A ferry", *a.Image[0].Alt, "of the text, for ninjs has none")
	require.Equal(t, article.Media{Kind: "video", URL: "https://p.example/v.mp4", Name: "The horn", CreditText: "Q. Lens",
		Thumbnail: &article.Image{URL: "https://p.example/v.jpg", EncodingFormat: "image/jpeg"}}, a.Body[2])
}

func TestTheBestFormOfATextIsTaken(t *testing.T) {
	form := func(kind, value string) any { return object{"contentType": kind, "value": value} }
	for name, c := range map[string]struct {
		bodies any
		want   []string
	}{
		"HTML before plain text":           {[]any{form("text/plain", "Plain, and longer than the other."), form("text/html", "<p>Marked.</p>")}, []string{"Marked."}},
		"HTML with pictures before longer": {[]any{form("text/html", "<p>Long, but without any picture at all.</p>"), form("text/html", `<p>x</p><figure><img src="//p.example/b.jpg"></figure>`)}, []string{"x", "figure"}},
		"of two the longer":                {[]any{form("text/html", "<p>Short.</p>"), form("application/xhtml+xml", "<p>Much longer.</p>")}, []string{"Much longer."}},
		"other XML is left out":            {[]any{form("application/xml", newsNITF), form("text/plain", "Plain.")}, []string{"Plain."}},
		"plain text by its lines":          {[]any{form("text/plain", "The ferry & the quay\n\nIt left.\n\n1 < 2 &c. 3")}, []string{"It left.", "1 < 2 &c. 3"}},
		"without a type, HTML":             {[]any{object{"value": "<p>One.</p><p>Two.</p>"}}, []string{"One.", "Two."}},
		"without a type, plain":            {[]any{object{"value": "One.\n\nTwo."}}, []string{"One.", "Two."}},
		"a list of texts":                  {[]any{"One."}, []string{"One."}},
		"an object in place of the list":   {form("text/plain", "One."), []string{"One."}},
		"a section and its source":         {[]any{form("text/html", `<div><span>Coast</span><span class="source">TA</span></div><p>x</p>`)}, []string{"Coast TA", "x"}},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodeObject(t, newsOf(object{"bodies": c.bodies, "associations": nil}))
			var got []string
			for _, b := range a.Body {
				if p, ok := b.(article.Paragraph); ok {
					got = append(got, p.Content.Text())
				} else {
					got = append(got, "figure")
				}
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestANewsItemWithoutTextIsNotPassedOffAsWhole(t *testing.T) {
	for name, bodies := range map[string]any{"none": nil, "an empty list": []any{}, "blank": []any{object{"value": " "}}, "only XML": []any{object{"contentType": "application/xml", "value": newsNITF}}} {
		t.Run(name, func(t *testing.T) {
			a, warnings := decodeObject(t, newsOf(object{"bodies": bodies}))
			require.Equal(t, "After nine years.", a.Description.Text())
			require.Len(t, a.Image, 1, "the picture leads")
			require.Len(t, a.Body, 1, "the recording")
			require.Contains(t, warnings, article.Warning{At: "bodies", What: "there is no text: the rest is shown"})
		})
	}
	_, warnings := decodeObject(t, newsOf(object{"representationType": "partial"}))
	require.Equal(t, []article.Warning{{At: "representationType", What: "is not complete: what is there is shown"}}, warnings)
}

func TestADescriptionThatIsCutFromTheTextIsNoStandfirst(t *testing.T) {
	a, _ := decodeObject(t, newsOf(object{"descriptions": []any{object{"role": "text", "value": "It left at ni"}}}))
	require.Empty(t, a.Description)
}

func TestPicturesOfANewsItem(t *testing.T) {
	picture := func(name string, over object) object {
		return put(object{"name": name, "uri": "urn:" + name, "type": "picture", "renditions": []any{object{"href": "https://p.example/" + name + ".jpg", "width": 900, "height": 600}}}, over)
	}
	html := func(s string) []any { return []any{object{"contentType": "text/html", "value": s}} }
	a, _ := decodeObject(t, newsOf(object{
		"bodies":       html(`<p>x</p><figure><img src="https://p.example/b.jpg"></figure><p>y</p><figure><img src="https://p.example/other.jpg"></figure>`),
		"associations": []any{picture("b", object{"by": "B"}), picture("c", nil), picture("d", nil), picture("c", object{"renditions": nil})},
	}))
	require.Equal(t, "https://p.example/c.jpg", a.Image[0].URL, "the first that the text does not show")
	require.Equal(t, "B", a.Body[1].(article.Figure).Image.CreditText)
	require.Equal(t, "https://p.example/d.jpg", a.Body[4].(article.Figure).Image.URL, "the others follow")
	require.Len(t, a.Body, 5)

	a, _ = decodeObject(t, newsOf(object{
		"bodies":       html(`<figure><img src="https://p.example/other.jpg"></figure><p>x</p><figure><img src="https://p.example/b.jpg"></figure>`),
		"associations": []any{picture("b", nil)},
	}))
	require.Empty(t, a.Image, "it would be shown twice")

	for name, c := range map[string]struct {
		over            object
		caption, credit string
	}{
		"who took it":                   {object{"by": "Q. Lens", "copyrightHolder": "TA", "descriptions": "A ferry (Reuters)"}, "A ferry (Reuters)", "Q. Lens"},
		"of the caption":                {object{"copyrightHolder": "TA", "descriptions": "A ferry (Reuters)"}, "A ferry", "(Reuters)"},
		"the notice":                    {object{"copyrightHolder": "TA", "copyrightNotice": "© TA", "descriptions": "A ferry"}, "A ferry", "© TA"},
		"the holder":                    {object{"copyrightHolder": "TA", "copyrightNotice": ""}, "", "TA"},
		"nobody, and nobody's invented": {object{"headlines": []any{object{"value": "A ferry"}}}, "", ""},
		"HTML":                          {object{"descriptions": []any{object{"contentType": "text/html", "value": "<p>A <em>ferry</em></p>"}}}, "A ferry", ""},
		"what looks like HTML":          {object{"descriptions": []any{object{"value": "A < ferry &amp; a quay"}}}, "A < ferry & a quay", ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodeObject(t, newsOf(object{"associations": []any{picture("c", c.over)}}))
			require.Equal(t, c.caption, a.Image[0].Caption.Text())
			require.Equal(t, c.credit, a.Image[0].CreditText)
		})
	}
}

func TestNewsItemsThatAreNoArticleAreNamed(t *testing.T) {
	for name, c := range map[string]struct {
		doc  any
		says string
	}{
		"an embargo, as usable in capitals": {newsOf(object{"pubStatus": "Usable", "embargoedUntil": "9998-01-01T00:00:00Z"}), "a ninjs document under embargo"},
		"withheld":                          {newsOf(object{"pubStatus": "withheld"}), "a ninjs document that its agency has withheld or canceled"},
		"canceled":                          {put(olderNews(), object{"pubstatus": "canceled"}), "withheld or canceled"},
		"embargoed":                         {newsOf(object{"embargoed": time.Now().Add(time.Hour).Format(time.RFC3339)}), "a ninjs document under embargo"},
		"embargoed, who knows until when":   {newsOf(object{"embargoedUntil": "tomorrow"}), "under embargo"},
		"a picture":                         {newsOf(object{"type": "picture"}), "a ninjs picture"},
		"pictures":                          {[]any{newsOf(object{"type": "picture"})}, "a list of ninjs pictures"},
		"a video":                           {newsOf(object{"type": "video"}), "a ninjs recording"},
		"an event":                          {newsOf(object{"type": "event"}), "a ninjs event or plan"},
		"a package":                         {newsOf(object{"type": "composite", "bodies": nil}), "a ninjs package, which has no text of its own"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := decode.Decode([]byte(asJSON(t, c.doc)), decode.Options{})
			require.ErrorContains(t, err, c.says)
			require.False(t, strings.Contains(err.Error(), "does not read"))
		})
	}
	for name, doc := range map[string]object{
		"usable, in a capital":         newsOf(object{"pubStatus": "Usable"}),
		"an embargo that is over":      newsOf(object{"embargoed": "2021-05-06T07:50:00Z"}),
		"a package with a text":        newsOf(object{"type": "composite"}),
		"no longer of interest":        newsOf(object{"expires": "2021-05-06T07:50:00Z"}),
		"a name that is no uri":        newsOf(object{"uri": "ferry-example"}),
		"a standard without a version": {"$standard": "http://iptc.org/std/ninjs/1.3", "uri": "x", "headline": "H", "body_text": "x"},
	} {
		t.Run(name, func(t *testing.T) { requireLabel(t, []byte(asJSON(t, doc)), "ninjs") })
	}
	_, _, err := decode.Decode([]byte(asJSON(t, newsOf(object{"headlines": nil}))), decode.Options{})
	require.ErrorContains(t, err, "this ninjs document has no headline", "its title is for editors")
}
