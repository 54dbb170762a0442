package decode_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
)

// entryOf is an item with every member that is read, and with members put over it.
func entryOf(over object) object {
	return put(object{
		"id": "urn:k:7", "url": "https://k.example/2031/ferry?utm_source=feed", "external_url": "https://port.example/notice",
		"title": "The ferry sails again", "summary": "After nine years.", "content_html": "<p>It left at nine.</p>", "content_text": "It left.",
		"image": "/up/ferry.jpg", "banner_image": "/up/banner.jpg", "language": "en-GB",
		"date_published": "2031-05-06T07:50:00+03:30", "date_modified": "2031-05-07T07:50:00Z", "tags": []any{"ferries", "the &amp; sign"},
		"authors":     []any{object{"name": "Mina Kouchak", "url": "mailto:mina@k.example", "avatar": "x.png"}},
		"attachments": []any{object{"url": "https://k.example/horn.mp3", "mime_type": "audio/mpeg", "title": "The horn", "duration_in_seconds": "75"}},
	}, over)
}

// decodeEntry reads a feed of one item.
func decodeEntry(t *testing.T, over object) (article.Article, []article.Warning) {
	t.Helper()
	return decodeObject(t, put(rich["jsonfeed"], object{"items": []any{entryOf(over)}}))
}

func TestAnItemOfAFeedIsReadWhole(t *testing.T) {
	a, warnings := decodeEntry(t, nil)
	require.Empty(t, warnings)
	require.Equal(t, "urn:k:7", a.ID)
	require.Equal(t, "https://k.example/2031/ferry", a.URL, "without what follows readers")
	require.Equal(t, "The ferry sails again", a.Headline)
	require.Equal(t, "After nine years.", a.Description.Text())
	require.Equal(t, []string{"ferries", "the & sign"}, a.Keywords)
	require.Equal(t, []article.Agent{{Name: "Mina Kouchak", URL: "mailto:mina@k.example"}}, a.Author)
	require.Equal(t, "2031-05-06T07:50:00+03:30", a.DatePublished.String())
	require.Equal(t, "2031-05-07T07:50:00Z", a.DateModified.String())
	require.Equal(t, "en-GB", a.InLanguage)
	require.Equal(t, []article.Image{{URL: "https://k.example/up/ferry.jpg"}}, a.Image)
	require.Equal(t, &article.NamedLink{Name: "port.example", URL: "https://port.example/notice"}, a.IsBasedOn)
	require.Equal(t, "The Quay", a.Publisher.Name)
	require.Equal(t, "https://k.example/", a.Publisher.URL)
	require.Equal(t, "https://k.example/icon.png", a.Publisher.Logo.URL)
	require.Len(t, a.Body, 2)
	require.Equal(t, article.Media{Kind: "audio", URL: "https://k.example/horn.mp3", Name: "The horn", Duration: "PT75S"}, a.Body[1])
	require.Nil(t, a.Sections, "tags are no sections")
	require.Nil(t, a.IsAccessibleForFree)
}

func TestTheSignOfAFeedIsItsOwn(t *testing.T) {
	a, _ := decodeEntry(t, object{"url": "https://z.example/a"})
	require.Equal(t, "https://k.example/icon.png", a.Publisher.Logo.URL, "not of the host on which the item is")
}

func TestWhatIsAJSONFeed(t *testing.T) {
	item := object{"id": 1, "title": "T", "content_text": "x"}
	for name, doc := range map[string]any{
		"1.0":                             object{"version": "https://jsonfeed.org/version/1", "items": []any{item}},
		"1.1":                             object{"version": "https://jsonfeed.org/version/1.1", "items": []any{item}},
		"1.1 at www":                      object{"version": "https://www.jsonfeed.org/version/1.1", "items": []any{item}},
		"a version that is only a number": object{"version": "1.1", "feed_url": "https://k.example/f", "items": []any{item}},
		"a list that PHP made an object":  object{"version": "https://jsonfeed.org/version/1.1", "items": object{"0": item, "7": item}},
		"an item alone":                   item,
		"a list of items without a feed":  []any{item},
		"an item alone with HTML":         object{"id": "x", "title": "T", "content_html": "x"},
	} {
		t.Run(name, func(t *testing.T) {
			requireLabel(t, []byte(asJSON(t, doc)), "jsonfeed")
			a, _ := decodeObject(t, doc)
			require.Equal(t, "T", a.Headline)
			require.Nil(t, a.Publisher, "the title of an item is not that of its feed")
		})
	}
}

func TestAPostWithoutATitleIsKnownByItsFirstWords(t *testing.T) {
	long := strings.Repeat("word ", 40)
	for name, c := range map[string]struct {
		over object
		want string
	}{
		"of HTML":                          {object{"content_html": "<p>A short <em>post</em>.</p>"}, "A short post."},
		"of text":                          {object{"content_html": nil, "content_text": "A short post.\n"}, "A short post."},
		"cut between words":                {object{"content_html": long}, strings.TrimSpace(strings.Repeat("word ", 16)) + "…"},
		"cut in a script without spaces":   {object{"content_html": strings.Repeat("川", 100)}, strings.Repeat("川", 80) + "…"},
		"of the summary, where no text is": {object{"content_html": "", "content_text": nil}, "After nine years."},
		"a template that nobody filled in": {object{"title": "{{ page.title }}"}, "It left at nine."},
	} {
		t.Run(name, func(t *testing.T) {
			a, warnings := decodeEntry(t, put(object{"title": nil}, c.over))
			require.Equal(t, c.want, a.Headline)
			require.Contains(t, warnings, article.Warning{At: "title", What: "is missing: the first words stand for it"})
			require.NotEmpty(t, a.Body, "the text stays whole")
		})
	}
	_, _, err := decode.Decode([]byte(`{"id":"x","content_html":""}`), decode.Options{})
	require.ErrorContains(t, err, "no headline", "an id is no headline")
}

func TestAuthorsOfAFeed(t *testing.T) {
	name := func(n string) object { return object{"name": n} }
	for words, c := range map[string]struct {
		feed, item object
		want       string
	}{
		"of the item, 1.1":          {object{"authors": []any{name("F")}}, object{"authors": []any{name("A"), name("B")}, "author": name("C")}, "A B"},
		"of the item, 1.0":          {object{"authors": []any{name("F")}}, object{"author": name("C")}, "C"},
		"of the feed, 1.1":          {object{"authors": []any{name("F")}, "author": name("G")}, nil, "F"},
		"of the feed, 1.0":          {object{"author": name("G")}, nil, "G"},
		"a list of nobody":          {object{"author": name("G")}, object{"authors": []any{}}, "G"},
		"an address is no name":     {nil, object{"author": object{"url": "https://k.example/me"}}, ""},
		"a string is no author":     {nil, object{"author": "somebody"}, ""},
		"nobody, and nobody's made": {nil, nil, ""},
	} {
		t.Run(words, func(t *testing.T) {
			item := put(object{"id": "x", "title": "T", "content_text": "x"}, c.item)
			a, _ := decodeObject(t, put(object{"version": "https://jsonfeed.org/version/1.1", "items": []any{item}}, c.feed))
			var names []string
			for _, agent := range a.Author {
				names = append(names, agent.Name)
			}
			require.Equal(t, c.want, strings.Join(names, " "))
		})
	}
}

func TestLeadPictureOfAnItem(t *testing.T) {
	for name, c := range map[string]struct {
		over object
		want string
	}{
		"image before banner":                    {nil, "https://k.example/up/ferry.jpg"},
		"banner":                                 {object{"image": nil}, "https://k.example/up/banner.jpg"},
		"the sign of the feed is no picture":     {object{"image": "/icon.png"}, "https://k.example/up/banner.jpg"},
		"none":                                   {object{"image": "", "banner_image": false}, ""},
		"protocol-relative":                      {object{"image": "//cdn.example/f.jpg"}, "https://cdn.example/f.jpg"},
		"http is raised":                         {object{"image": "http://cdn.example/f.jpg"}, "https://cdn.example/f.jpg"},
		"a path below the page":                  {object{"image": "f.jpg"}, "https://k.example/2031/f.jpg"},
		"a signed address keeps its query":       {object{"image": "https://cdn.example/f.jpg?auth=%2B&ref=1"}, "https://cdn.example/f.jpg?auth=%2B&ref=1"},
		"a script is none, and no other is lost": {object{"image": "javascript:alert(1)"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodeEntry(t, c.over)
			got := ""
			for _, image := range a.Image {
				got = image.URL
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestRelativeAddressesOfAnItem(t *testing.T) {
	link := `<p><a href="/next">n</a> <a href="more">m</a> <a href="//o.example/">o</a></p>`
	for name, c := range map[string]struct {
		over object
		url  string
		want []string
	}{
		"against the item's page, not the feed's":    {nil, "https://k.example/2031/ferry", []string{"https://k.example/next", "https://k.example/2031/more", "https://o.example/"}},
		"whose address may itself be relative":       {object{"url": "/2031/x/y"}, "https://k.example/2031/x/y", []string{"https://k.example/next", "https://k.example/2031/x/more", "https://o.example/"}},
		"or be missing":                              {object{"url": nil}, "", []string{"https://known.example/next", "https://known.example/api/more", "https://o.example/"}},
		"or be on another host than the feed":        {object{"url": " https://z.example/a/b "}, "https://z.example/a/b", []string{"https://z.example/next", "https://z.example/a/more", "https://o.example/"}},
		"what is about something else leads nowhere": {object{"url": nil, "external_url": "https://port.example/p/"}, "", []string{"https://known.example/next", "https://known.example/api/more", "https://o.example/"}},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodeEntry(t, put(object{"content_html": link}, c.over))
			require.Equal(t, c.url, a.URL)
			var got []string
			for _, run := range a.Body[0].(article.Paragraph).Content {
				if run.URL != "" {
					got = append(got, run.URL)
				}
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestTextOfAnItemWithoutHTML(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"blank lines part paragraphs":             {"One.\nStill one.\n\nTwo.\r\n \r\nThree.\rStill three.", []string{"One.\nStill one.", "Two.", "Three.\nStill three."}},
		"entities in plain text are decoded":      {"&quot;Yes&#8217;&quot; &amp; no", []string{"\"Yes’\" & no"}},
		"what looks like a tag is text":           {"use <b> & <script>alert(1)</script>", []string{"use <b> & <script>alert(1)</script>"}},
		"the end of an address is no entity":      {"https://x.example/?a=1&copy=2&reg=3&lt", []string{"https://x.example/?a=1&copy=2&reg=3&lt"}},
		"an ideographic space begins a paragraph": {"\u3000川は広い。\n\n\u3000橋はない。", []string{"\u3000川は広い。", "\u3000橋はない。"}},
		"joiners and marks of direction are text": {"روزنامه\u200cنگار \u2067Linux\u2069", []string{"روزنامه\u200cنگار \u2067Linux\u2069"}},
		"no text": {" \n ", nil},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodeEntry(t, object{"content_html": "", "content_text": c.text, "attachments": nil})
			var got []string
			for _, b := range a.Body {
				got = append(got, b.(article.Paragraph).Content.Text())
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestAnItemWithoutTextIsNotPassedOffAsWhole(t *testing.T) {
	a, warnings := decodeEntry(t, object{"content_html": nil, "content_text": nil, "attachments": nil})
	require.Empty(t, a.Body)
	require.Equal(t, "After nine years.", a.Description.Text())
	require.Contains(t, warnings, article.Warning{At: "content_html", What: "there is no text: the rest is shown"})
	require.Nil(t, a.IsAccessibleForFree, "nobody said that it costs anything")
}

func TestASummaryThatOnlyBeginsTheTextIsLeftOut(t *testing.T) {
	a, _ := decodeEntry(t, object{"summary": "It left at"})
	require.Empty(t, a.Description)
	a, _ = decodeEntry(t, object{"summary": "Nine years it lay &lt;still&gt; […]"})
	require.Empty(t, a.Description)
}

func TestAttachmentsOfAnItem(t *testing.T) {
	file := func(members object) object {
		return object{"attachments": []any{put(object{"url": "/f/a", "title": "T &amp; U"}, members)}}
	}
	for name, c := range map[string]struct {
		over object
		want article.Block
	}{
		"audio":                   {file(object{"mime_type": "audio/ogg"}), article.Media{Kind: "audio", URL: "https://k.example/f/a", Name: "T & U"}},
		"video, and a wrong time": {file(object{"mime_type": "video/mp4", "duration_in_seconds": "x"}), article.Media{Kind: "video", URL: "https://k.example/f/a", Name: "T & U"}},
		"a picture":               {file(object{"mime_type": "image/png"}), article.Figure{Image: article.Image{URL: "https://k.example/f/a", Caption: article.Plain("T & U")}}},
		"anything else":           {file(object{"mime_type": "application/zip"}), article.Embed{URL: "https://k.example/f/a", Name: "T & U"}},
		"one that names no type":  {file(nil), article.Embed{URL: "https://k.example/f/a", Name: "T & U"}},
		"one without an address":  {file(object{"url": nil}), nil},
		"one that is in the text": {put(file(object{"mime_type": "audio/ogg"}), object{"content_html": `<p>x</p><audio src="/f/a"></audio>`}), article.Media{Kind: "audio", URL: "https://k.example/f/a"}},
		"one object, not a list":  {object{"attachments": object{"url": "/f/a", "mime_type": "audio/ogg"}}, article.Media{Kind: "audio", URL: "https://k.example/f/a"}},
		"an address of a script":  {file(object{"url": "javascript:alert(1)"}), article.Paragraph{Content: article.Plain("T & U")}},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodeEntry(t, c.over)
			if c.want == nil {
				require.Len(t, a.Body, 1)
				return
			}
			require.Len(t, a.Body, 2)
			require.Equal(t, c.want, a.Body[1])
		})
	}
}

func TestDatesOfAnItem(t *testing.T) {
	for written, want := range map[any]string{
		"2031-05-06T07:50:00+03:30": "2031-05-06T07:50:00+03:30",
		"2031-05-06T07:50:00+0330":  "2031-05-06T07:50:00+03:30",
		"2031-05-06T07:50":          "2031-05-06T00:00:00-00:00", // without a zone: a day
		"2031-05-06":                "2031-05-06T00:00:00-00:00",
		1935820200000:               "2031-05-06T07:50:00Z",
		"":                          "",
		"soon":                      "",
	} {
		a, warnings := decodeEntry(t, object{"date_published": written})
		if want == "" {
			require.True(t, a.DatePublished.IsZero(), "%v", written)
			require.Equal(t, written != "", len(warnings) > 0)
			continue
		}
		require.Equal(t, want, a.DatePublished.String(), "%v", written)
	}
}

func TestLanguageAndDirectionOfAnItem(t *testing.T) {
	persian := object{"title": "پلی بر رود", "content_html": "<p>پل باز شد.</p>"}
	for name, c := range map[string]struct {
		feed     any
		over     object
		language string
		dir      article.Dir
	}{
		"of the item":                           {"fr", object{"language": "he_IL"}, "he-IL", article.RTL},
		"of the feed":                           {"fr", object{"language": nil}, "fr", article.LTR},
		"of the feed, which is the text's":      {"fa", put(persian, object{"language": "und"}), "fa", article.RTL},
		"the feed's other pages are in another": {"en", put(persian, object{"language": nil}), "", article.RTL},
		"nobody says":                           {nil, object{"language": nil}, "", article.LTR},
		"Latin names in the text turn nothing":  {nil, put(persian, object{"language": nil, "title": "Linux و پل رودخانه"}), "", article.RTL},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodeObject(t, put(rich["jsonfeed"], object{"language": c.feed, "items": []any{entryOf(c.over)}}))
			require.Equal(t, c.language, a.InLanguage)
			require.Equal(t, c.dir, a.Dir)
		})
	}
}
