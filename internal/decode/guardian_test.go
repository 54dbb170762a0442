package decode_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
)

// pageOf is an item as the Guardian's Content API gives it, with members put over it.
func pageOf(over object) object {
	return put(object{
		"id": "sea/2031/may/06/ferry", "type": "article", "sectionId": "sea", "sectionName": "Sea &amp; coast", "pillarName": "News",
		"webPublicationDate": "2031-05-06T07:50:00Z", "webTitle": "The ferry | Mina Kouchak",
		"webUrl": "https://www.theguardian.com/sea/2031/may/06/ferry", "apiUrl": "https://content.guardianapis.com/sea/2031/may/06/ferry",
		"fields": object{
			"headline": "The ferry &amp; the quay", "standfirst": `<p>After <em>nine</em> years.</p><ul><li><a href="/b">Read more</a></li></ul>`, "trailText": "Not this",
			"byline": "Mina Kouchak in Quay", "lastModified": "2031-05-07T07:50:00Z", "shortUrl": "https://gu.example/p/7", "publication": "theguardian.com",
			"body": `<p>It left at nine.</p><figure class="element element-image"><img src="http://media.example/b/1000.jpg" alt="Q" width="1000" height="600"><figcaption><span class="element-image__caption">The quay.</span> <span class="element-image__credit">Photograph: R. Lens/AP</span></figcaption></figure>`,
		},
		"tags": []any{
			object{"type": "keyword", "webTitle": "Ferries"}, object{"type": "tone", "webTitle": "News"},
			object{"type": "contributor", "webTitle": "Mina Kouchak", "webUrl": "https://www.theguardian.com/profile/mina"},
		},
		"elements": []any{object{"relation": "main", "type": "image", "assets": []any{
			asset("2000", "1200", object{"altText": "A ferry", "caption": "The ferry at <strong>the quay</strong>.", "credit": "Photograph: Q. Lens", "displayCredit": "true"}),
			asset("500", "300", nil), asset("5000", "3000", object{"isMaster": "true"}),
		}}},
	}, over)
}

func asset(width, height string, over object) object {
	return object{"type": "image", "mimeType": "image/jpeg", "file": "http://media.example/a/" + width + ".jpg", "typeData": put(object{"width": width, "height": height}, over)}
}

func decodePage(t *testing.T, over object) (article.Article, []article.Warning) {
	t.Helper()
	return decodeObject(t, object{"response": object{"status": "ok", "content": pageOf(over)}})
}

func TestAPageOfTheGuardianIsReadWhole(t *testing.T) {
	requireLabel(t, []byte(asJSON(t, object{"response": object{"content": pageOf(nil)}})), "guardian")
	a, warnings := decodePage(t, nil)
	require.Empty(t, warnings)
	require.Equal(t, "sea/2031/may/06/ferry", a.ID)
	require.Equal(t, "https://www.theguardian.com/sea/2031/may/06/ferry", a.URL)
	require.Equal(t, "The ferry & the quay", a.Headline)
	require.Equal(t, "After nine years.", a.Description.Text(), "without links to other articles")
	require.Equal(t, []article.NamedLink{{Name: "Sea & coast", URL: "https://www.theguardian.com/sea"}}, a.Sections)
	require.Equal(t, []article.Agent{{Name: "Mina Kouchak", URL: "https://www.theguardian.com/profile/mina"}}, a.Author)
	require.Equal(t, "Mina Kouchak in Quay", a.Byline)
	require.Equal(t, []string{"Ferries"}, a.Keywords)
	require.Equal(t, "en", a.InLanguage)
	require.Equal(t, "2031-05-06T07:50:00Z", a.DatePublished.String())
	require.Equal(t, "2031-05-07T07:50:00Z", a.DateModified.String())
	require.Equal(t, "The Guardian", a.Publisher.Name)
	require.Equal(t, []article.Alternate{{URL: "https://gu.example/p/7"}}, a.Alternates)
	alt := "A ferry"
	require.Equal(t, []article.Image{{
		URL: "https://media.example/a/2000.jpg", Width: 2000, Height: 1200, EncodingFormat: "image/jpeg", Alt: &alt, CreditText: "Photograph: Q. Lens",
		Caption:    article.Inline{{Text: "The ferry at "}, {Text: "the quay", Marks: article.Strong}, {Text: "."}},
		Renditions: []article.Rendition{{URL: "https://media.example/a/500.jpg", Width: 500, Height: 300, EncodingFormat: "image/jpeg"}},
	}}, a.Image)
	require.Equal(t, article.Paragraph{Content: article.Plain("It left at nine.")}, a.Body[0])
	figure := a.Body[1].(article.Figure).Image
	require.Equal(t, "The quay.", figure.Caption.Text())
	require.Equal(t, "Photograph: R. Lens/AP", figure.CreditText)
	require.Equal(t, "https://media.example/b/1000.jpg", figure.URL)
}

func TestAPageOfTheGuardianWithoutFieldsIsNotPassedOffAsWhole(t *testing.T) {
	a, warnings := decodePage(t, object{"fields": nil})
	require.Equal(t, "The ferry", a.Headline, "the author is taken off the title")
	require.Empty(t, a.Body)
	require.Len(t, a.Image, 1)
	require.Equal(t, []article.Warning{{At: "fields.body", What: "there is no text: the rest is shown"}}, warnings)
	a, _ = decodePage(t, object{"fields": object{"trailText": "In <b>short</b>", "thumbnail": "https://media.example/500.jpg"}, "elements": nil, "tags": nil})
	require.Equal(t, "In short", a.Description.Text())
	require.Equal(t, "https://media.example/500.jpg", a.Image[0].URL)
	require.Equal(t, "The ferry | Mina Kouchak", a.Headline, "nobody says that this is an author")
}

func TestLeadOfThePageOfTheGuardian(t *testing.T) {
	fields := func(main string) object { return put(pageOf(nil)["fields"].(object), object{"main": main}) }
	a, _ := decodePage(t, object{"elements": nil, "fields": fields(`<figure class="element"><img src="//media.example/m.jpg"><figcaption>M <span class="element-image__credit">Z</span></figcaption></figure>`)})
	require.Equal(t, []article.Image{{URL: "https://media.example/m.jpg", Caption: article.Plain("M"), CreditText: "Z"}}, a.Image)
	require.Len(t, a.Body, 2)
	a, _ = decodePage(t, object{"elements": nil, "fields": fields(`<figure><iframe src="https://www.youtube.com/embed/x"></iframe></figure>`)})
	require.Empty(t, a.Image)
	require.IsType(t, article.Embed{}, a.Body[0], "one that is no picture begins the text")
	a, _ = decodePage(t, object{"elements": []any{object{"relation": "main", "type": "image", "assets": []any{asset("500", "300", object{"caption": "C (Photograph: Z)", "credit": "Z", "displayCredit": "false"})}}}})
	require.Empty(t, a.Image[0].CreditText, "not to be displayed")
}

func TestBlocksOfTheGuardian(t *testing.T) {
	blocks := func(list ...any) object { return object{"fields": nil, "blocks": object{"body": list}} }
	element := func(kind string, data object) object {
		return object{"type": kind, kind + "TypeData": data}
	}
	a, _ := decodePage(t, blocks(object{"bodyHtml": "", "elements": []any{
		element("text", object{"html": "<p>One.</p>"}),
		put(element("image", object{"caption": "C", "alt": "", "credit": "Z", "displayCredit": true}), object{"assets": []any{object{"file": "https://media.example/1.jpg", "typeData": object{"width": 900, "height": 600}}}}),
		element("pullquote", object{"html": "Q", "attribution": "Who"}),
		element("richLink", object{"url": "https://www.theguardian.com/b", "linkText": "B"}),
		element("tweet", object{"html": `<blockquote class="twitter-tweet">T <a href="https://twitter.com/a/status/1">x</a></blockquote>`}),
		nil, object{"type": "x"},
	}}))
	plain := func(s string) article.Paragraph { return article.Paragraph{Content: article.Plain(s)} }
	require.Equal(t, plain("One."), a.Body[0])
	require.Equal(t, article.Figure{Image: article.Image{URL: "https://media.example/1.jpg", Width: 900, Height: 600, Alt: new(string), Caption: article.Plain("C"), CreditText: "Z"}}, a.Body[1])
	require.Equal(t, article.Quote{Style: "pull", Body: []article.Block{plain("Q")}, Citation: &article.NamedLink{Name: "Who"}}, a.Body[2])
	require.Equal(t, article.Embed{URL: "https://www.theguardian.com/b", Name: "B"}, a.Body[3])
	require.IsType(t, article.Quote{}, a.Body[4])
	require.IsType(t, article.Embed{}, a.Body[5])
	require.Len(t, a.Body, 6)

	live, _ := decodePage(t, put(blocks(
		object{"title": "It sails", "bodyHtml": "<p>At last.</p>", "firstPublishedDate": "2031-05-06T09:50:00Z"},
		object{"bodyHtml": "<p>Not yet.</p>", "firstPublishedDate": "2031-05-06T08:50:00Z"},
		object{"bodyHtml": "<p>A draft.</p>", "published": false},
	), object{"type": "liveblog"}))
	date, _ := article.ParseDate("2031-05-06T09:50:00Z")
	earlier, _ := article.ParseDate("2031-05-06T08:50:00Z")
	require.Equal(t, []article.Block{
		article.Note{Content: article.Inline{{Text: "It sails", Marks: article.Strong}}, Date: date}, plain("At last."),
		article.Note{Content: article.Plain("Not yet."), Date: earlier},
	}, live.Body)
}

func TestWhatIsAPageOfTheGuardian(t *testing.T) {
	content := func(over object) object { return object{"response": object{"status": "ok", "content": pageOf(over)}} }
	for name, c := range map[string]struct {
		doc  any
		says string // "": an article
	}{
		"alone":                {pageOf(nil), ""},
		"without a type":       {pageOf(object{"type": nil}), ""},
		"a list":               {[]any{pageOf(nil)}, ""},
		"a video with a text":  {content(object{"type": "video"}), ""},
		"a live blog":          {content(object{"type": "liveblog", "fields": nil}), ""},
		"a gallery":            {content(object{"type": "gallery", "fields": nil}), "a picture, video or other page of the Guardian without a text"},
		"a search for nothing": {object{"response": object{"status": "ok", "results": []any{}}}, "no article"},
		"sections":             {object{"response": object{"status": "ok", "results": []any{object{"id": "sea", "webTitle": "Sea", "webUrl": "x", "apiUrl": "x"}}}}, "no article"},
		"an error":             {object{"response": object{"status": "error", "message": "Unauthorized"}}, `"Unauthorized"`},
	} {
		t.Run(name, func(t *testing.T) {
			if c.says == "" {
				requireLabel(t, []byte(asJSON(t, c.doc)), "guardian")
				return
			}
			_, _, err := decode.Decode([]byte(asJSON(t, c.doc)), decode.Options{})
			require.ErrorContains(t, err, c.says)
		})
	}
}

// TestLongListsAreReadInTime would go on for minutes if the time grew with the square.
func TestLongListsAreReadInTime(t *testing.T) {
	a, _ := decodePage(t, object{"fields": object{"standfirst": "In short" + strings.Repeat("<ul></ul>", 200_000)}})
	require.Equal(t, "In short", a.Description.Text())
	var names []any
	for i := range 40_000 {
		names = append(names, object{"name": strconv.Itoa(i)})
	}
	_, _, err := decode.Decode([]byte(asJSON(t, storyOf(object{"promo_items": object{"basic": object{"type": "image", "url": "https://i.example/a.jpg", "credits": object{"by": names}}}}))), decode.Options{})
	require.NoError(t, err)
}
