package decode_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
)

// object is a JSON object in a test.
type object = map[string]any

// post is a bare post with members put over it.
func post(t *testing.T, over object) string {
	t.Helper()
	doc := object{
		"id": 7, "type": "post", "status": "publish", "link": "https://w.example/2031/a/",
		"title":   object{"rendered": "Headline"},
		"content": object{"rendered": "<p>The body says this and that.</p>", "protected": false},
	}
	for name, v := range over {
		doc[name] = v
	}
	data, err := json.Marshal(doc)
	require.NoError(t, err)
	return string(data)
}

func decodePost(t *testing.T, over object) (article.Article, []article.Warning) {
	t.Helper()
	return mustDecode(t, post(t, over), decode.Options{Base: "https://known.example/wp-json/7"})
}

func yoast(nodes ...any) object {
	return object{"yoast_head_json": object{"schema": object{"@graph": nodes}}}
}

func TestARichPostIsReadWhole(t *testing.T) {
	a, warnings := mustDecode(t, string(file(t, "testdata/wordpress-fa.json")), decode.Options{Language: "en"})
	require.Equal(t, "پل چوبی سه\u200cراه سنگی پس از هفت سال باز شد", a.Headline, "the word joiner is part of the spelling")
	require.Equal(t, "fa-IR", a.InLanguage)
	require.Equal(t, article.RTL, a.Dir)
	require.Equal(t, "NewsArticle", a.Type)
	require.NotContains(t, a.URL, "utm_")
	require.Equal(t, []article.NamedLink{
		{Name: "خبر & گزارش", URL: "https://kenareh.example/category/khabar/"},
		{Name: "روستا", URL: "https://kenareh.example/category/khabar/rusta/"},
	}, a.Sections)
	require.Equal(t, "روستاییان هزینهٔ پل را خودشان دادند.", a.Description.Text(), "the excerpt is only the cut body")
	require.Equal(t, []article.Agent{{Name: "نرگس دادور", URL: "https://kenareh.example/author/narges/"}}, a.Author)
	require.Equal(t, "2031-05-06T07:50:00Z", a.DatePublished.String())
	require.Equal(t, []string{"رود"}, a.Keywords)
	require.Equal(t, "روزنامهٔ کناره", a.Publisher.Name)
	require.Equal(t, "https://kenareh.example/logo.png", a.Publisher.Logo.URL)
	require.Equal(t, []string{"telegram", "instagram", ""}, []string{a.Channels[0].Type, a.Channels[1].Type, a.Channels[2].Type})

	lead := a.Image[0]
	require.Equal(t, "https://kenareh.example/wp-content/uploads/2031/05/pol.jpg", lead.URL)
	require.Equal(t, "نرگس دادور / کناره", lead.CreditText)
	require.Equal(t, "پلی چوبی بر رودی پرآب", *lead.Alt)
	var widths []int
	for _, r := range lead.Renditions {
		widths = append(widths, r.Width)
	}
	require.Equal(t, []int{300, 768, 1024}, widths, "without the crop and the picture itself")

	var kinds []string
	for _, b := range a.Body {
		switch b := b.(type) {
		case article.Figure:
			kinds = append(kinds, "figure")
			require.Equal(t, "عکس: نرگس دادور", b.Image.CreditText)
			require.Contains(t, b.Image.URL, "najjar-600x400.jpg", "the placeholder is not the picture")
		case article.Gallery:
			kinds = append(kinds, "gallery")
			require.Len(t, b.Images, 2)
			require.Equal(t, "جشن بازگشایی", b.Caption.Text())
		case article.Paragraph:
			kinds = append(kinds, "paragraph")
			require.NotContains(t, b.Content.Text(), "location")
		case article.Heading:
			kinds = append(kinds, "heading")
		case article.List:
			kinds = append(kinds, "list")
		case article.Quote:
			kinds = append(kinds, "quote")
			require.Equal(t, "بانو گلنار، کشاورز", b.Citation.Name)
		case article.Embed:
			kinds = append(kinds, "embed")
		}
	}
	require.Equal(t, []string{"paragraph", "heading", "list", "figure", "quote", "gallery", "embed", "paragraph"}, kinds)
	require.Len(t, warnings, 1, "the link to a script: %v", warnings)
}

func TestAListOfPostsGivesTheFirst(t *testing.T) {
	one := post(t, nil)
	a, warnings := mustDecode(t, "["+one+"]", decode.Options{})
	require.Equal(t, "Headline", a.Headline)
	require.Empty(t, warnings)
	_, warnings = mustDecode(t, "["+one+","+post(t, object{"id": 8})+"]", decode.Options{})
	require.Len(t, warnings, 1)
	require.Contains(t, warnings[0].String(), "one of 2 articles: the first is shown")
}

func TestIdentityAndAddressOfAPost(t *testing.T) {
	for name, c := range map[string]struct {
		over    object
		id, url string
	}{
		"the link is both":                          {nil, "https://w.example/2031/a/", "https://w.example/2031/a/"},
		"Yoast's canonical address is the address":  {object{"yoast_head_json": object{"canonical": "https://w.example/b/?utm_source=x"}}, "https://w.example/2031/a/", "https://w.example/b/"},
		"a relative link is resolved":               {object{"link": "/2031/a/"}, "/2031/a/", "https://known.example/2031/a/"},
		"without a link the guid is only the id":    {object{"link": "", "guid": object{"rendered": "https://w.example/?p=7"}}, "https://w.example/?p=7", ""},
		"without both the known address identifies": {object{"link": false}, "https://known.example/wp-json/7", ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodePost(t, c.over)
			require.Equal(t, c.id, a.ID)
			require.Equal(t, c.url, a.URL)
		})
	}
}

func TestHeadlineOfAPost(t *testing.T) {
	for written, want := range map[string]string{
		"Patient &#8211; care":      "Patient – care",
		"A <em>fine</em> day":       "A fine day",
		"Fadel &#038; Co":           "Fadel & Co",
		"The &lt;b&gt; tag":         "The <b> tag",
		"AT&amp;amp;T":              "AT&T",
		" Two \n lines ":            "Two lines",
		"می&zwnj;رود":               "می\u200cرود",
		"<script>x</script>Visible": "Visible",
	} {
		a, _ := decodePost(t, object{"title": object{"rendered": written}})
		require.Equal(t, want, a.Headline, written)
	}
	a, _ := decodePost(t, object{"title": object{"rendered": ""}, "yoast_head_json": yoast(object{"@type": "Article", "headline": "From the graph"})["yoast_head_json"]})
	require.Equal(t, "From the graph", a.Headline)
}

func TestStandfirstOfAPost(t *testing.T) {
	excerpt := func(html string) object { return object{"excerpt": object{"rendered": html}} }
	with := func(o object, name string, v any) object { o[name] = v; return o }
	for name, c := range map[string]struct {
		over object
		want string
	}{
		"one written by hand is taken":           {excerpt("<p>By <b>hand</b>.</p>"), "By hand."},
		"one cut from the body is not":           {excerpt("<p>The body says [&hellip;]</p>"), ""},
		"nor one that is how the body begins":    {excerpt("<p>The body says this</p>"), ""},
		"nor one with a link to the rest":        {excerpt(`<p>The body says&#8230; <a class="more-link" href="x">Read on</a></p>`), ""},
		"Yoast's description comes after":        {with(excerpt("<p>The body says [&hellip;]</p>"), "yoast_head_json", object{"description": "From Yoast."}), "From Yoast."},
		"a field for it comes before Yoast's":    {object{"acf": object{"standfirst": "From a field."}, "yoast_head_json": object{"description": "From Yoast."}}, "From a field."},
		"acf may be the empty list of PHP":       {object{"acf": []any{}, "yoast_head_json": object{"og_description": "From Yoast."}}, "From Yoast."},
		"without a body a cut one is better":     {object{"content": object{"rendered": ""}, "excerpt": object{"rendered": "<p>All there is [&hellip;]</p>"}}, "All there is […]"},
		"Yoast's may be cut from the body, too":  {object{"yoast_head_json": object{"description": "The body says this"}}, ""},
		"an excerpt with only white space is no": {excerpt("\n"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodePost(t, c.over)
			require.Equal(t, c.want, a.Description.Text())
		})
	}
	a, _ := decodePost(t, object{"meta": object{"newspack_post_subtitle": "A second line"}})
	require.Equal(t, "A second line", a.AlternativeHeadline)
}

func TestSectionsOfAPost(t *testing.T) {
	crumb := func(position any, name string, item any) object {
		return object{"@type": "ListItem", "position": position, "name": name, "item": item}
	}
	list := func(items ...any) object {
		return yoast(object{"@type": "WebSite", "url": "https://w.example/fa/"}, object{"@type": "BreadcrumbList", "itemListElement": items})
	}
	term := func(name, slug, link string) object {
		return object{"taxonomy": "category", "name": name, "slug": slug, "link": "https://w.example/category/" + link}
	}
	terms := func(list ...any) object {
		return object{"_embedded": object{"wp:term": []any{list, []any{object{"taxonomy": "post_tag", "name": "Tag"}}}}}
	}
	for name, c := range map[string]struct {
		over object
		want []string // name, address
	}{
		"crumbs lose the home page and the article":  {list(crumb(1, "Home", "https://w.example/"), crumb(2, "News", "https://w.example/news"), crumb(3, "Headline", nil)), []string{"News", "https://w.example/news"}},
		"the home page may be that of a language":    {list(crumb(1, "Home", "https://w.example/fa"), crumb(2, "News", "https://w.example/news")), []string{"News", "https://w.example/news"}},
		"crumbs are sorted by position":              {list(crumb("2", "B", "https://w.example/a/b"), crumb(0, "A", "https://w.example/a")), []string{"A", "https://w.example/a", "B", "https://w.example/a/b"}},
		"an item may be an object":                   {list(object{"position": 1, "item": object{"@id": "https://w.example/n", "name": "N &amp; M"}}), []string{"N & M", "https://w.example/n"}},
		"the article may have its address":           {list(crumb(1, "N", "https://w.example/n"), crumb(2, "Otherwise called", "https://w.example/2031/a/")), []string{"N", "https://w.example/n"}},
		"a section may begin the headline":           {list(crumb(1, "Head", "https://w.example/head")), []string{"Head", "https://w.example/head"}},
		"no list in the list is no matter":           {yoast(object{"@type": "BreadcrumbList", "itemListElement": nil}), nil},
		"the deepest category with those above it":   {terms(term("Syria", "syria", "news/iraq/syria/"), term("Sport", "sport", "sport/"), term("News", "news", "news/"), term("Iraq", "iraq", "news/iraq/")), []string{"News", "https://w.example/category/news/", "Iraq", "https://w.example/category/news/iraq/", "Syria", "https://w.example/category/news/iraq/syria/"}},
		"parents that are not named are not made up": {terms(term("Syria", "syria", "news/iraq/syria/")), []string{"Syria", "https://w.example/category/news/iraq/syria/"}},
		"a name that begins alike is no parent":      {terms(term("New", "new", "new/"), term("Newsroom", "newsroom", "newsroom/paper/")), []string{"Newsroom", "https://w.example/category/newsroom/paper/"}},
		"no section is no section":                   {terms(term("Uncategorized", "uncategorized", "uncategorized/")), nil},
		"nor is it in Arabic":                        {terms(term("غير مصنف", "x", "x/")), nil},
		"nor in Persian":                             {terms(term("دسته\u200cبندی نشده", "x", "x/")), nil},
		"a name without an address is the last way":  {yoast(object{"@type": "Article", "articleSection": []any{"Uncategorised", "News"}}), []string{"News", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodePost(t, c.over)
			var got []string
			for _, s := range a.Sections {
				got = append(got, s.Name, s.URL)
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestAuthorsOfAPost(t *testing.T) {
	refused := object{"code": "rest_user_cannot_view", "message": "Sorry", "data": object{"status": 401}}
	for name, c := range map[string]struct {
		over object
		want []article.Agent
	}{
		"the embedded one":                     {object{"_embedded": object{"author": []any{object{"name": "A", "link": "https://w.example/a"}}}}, []article.Agent{{Name: "A", URL: "https://w.example/a"}}},
		"an error in its place is nobody":      {object{"_embedded": object{"author": []any{refused}}}, nil},
		"then Yoast's":                         {object{"_embedded": object{"author": []any{refused}}, "yoast_head_json": object{"author": "Y &amp; Z"}}, []article.Agent{{Name: "Y & Z"}}},
		"then the graph's, by its reference":   {yoast(object{"@type": "Article", "author": object{"name": "P", "@id": "#p"}}, object{"@type": "Person", "@id": "#p", "name": "P", "url": "https://w.example/p"}), []article.Agent{{Name: "P", URL: "https://w.example/p"}}},
		"several by their names alone":         {object{"coauthors": []any{"A &amp; C", "B", 7, "8", ""}, "_embedded": object{"author": []any{object{"name": "A"}}}}, []article.Agent{{Name: "A & C"}, {Name: "B"}}},
		"several come from a plug-in":          {object{"coauthors": []any{object{"display_name": "A"}, object{"display_name": "B"}}, "_embedded": object{"author": []any{object{"name": "A"}}}}, []article.Agent{{Name: "A"}, {Name: "B"}}},
		"a name that is a number is a name":    {object{"_embedded": object{"author": object{"name": 12}}}, []article.Agent{{Name: "12"}}},
		"a list that PHP wrote as an object":   {object{"_embedded": object{"author": object{"0": object{"name": "A"}, "2": object{"name": "B"}}}}, []article.Agent{{Name: "A"}, {Name: "B"}}},
		"nobody is nobody, and nobody is made": {nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodePost(t, c.over)
			require.Equal(t, c.want, a.Author)
		})
	}
}

func TestDatesOfAPost(t *testing.T) {
	for name, c := range map[string]struct {
		over object
		want string
	}{
		"UTC, which WordPress does not say":    {object{"date_gmt": "2031-05-06T07:50:00", "date": "2031-05-06T11:20:00"}, "2031-05-06T07:50:00Z"},
		"UTC, which another program says":      {object{"date_gmt": "2031-05-06T07:50:00Z", "date": "2031-05-06T11:20:00"}, "2031-05-06T07:50:00Z"},
		"UTC, as an offset":                    {object{"date_gmt": "2031-05-06T07:50:00+00:00", "date": "2031-05-06T11:20:00"}, "2031-05-06T07:50:00Z"},
		"then Yoast's":                         {object{"date_gmt": "0000-00-00T00:00:00", "yoast_head_json": object{"article_published_time": "2031-05-06T07:50:00+00:00"}}, "2031-05-06T07:50:00Z"},
		"then only the day of the local time":  {object{"date": "2031-05-06T23:20:00"}, "2031-05-06T00:00:00-00:00"},
		"a date of another kind is not a date": {object{"date_gmt": []any{"x"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodePost(t, c.over)
			if c.want == "" {
				require.True(t, a.DatePublished.IsZero())
				return
			}
			require.Equal(t, c.want, a.DatePublished.String())
		})
	}
	_, warnings := decodePost(t, object{"date": "soon"})
	require.Contains(t, warnings, article.Warning{At: "date_gmt", What: "is no date: left out"})
}

func TestLanguageOfAPost(t *testing.T) {
	persian := object{"rendered": "پلی بر رود"}
	for name, c := range map[string]struct {
		over object
		want string
	}{
		"Yoast's locale":                           {object{"yoast_head_json": object{"og_locale": "es_ES"}}, "es-ES"},
		"a plug-in for languages comes before":     {object{"lang": "fa", "title": persian, "yoast_head_json": object{"og_locale": "en_US"}}, "fa"},
		"a setting that was never changed is none": {object{"title": persian, "yoast_head_json": object{"og_locale": "en_US"}}, ""},
		"the graph's":                              {yoast(object{"@type": "WebPage", "inLanguage": "tr"}), "tr"},
		"none":                                     {nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodePost(t, c.over)
			require.Equal(t, c.want, a.InLanguage)
		})
	}
}

func TestLeadPictureOfAPost(t *testing.T) {
	media := func(over object) object {
		m := object{"source_url": "https://w.example/up/bridge.jpg", "media_type": "image"}
		for name, v := range over {
			m[name] = v
		}
		return object{"featured_media": 5, "_embedded": object{"wp:featuredmedia": []any{m}}}
	}
	size := func(name string, w, h any) object {
		return object{"source_url": "https://w.example/up/" + name, "width": w, "height": h, "mime_type": "image/jpeg"}
	}
	lead := func(t *testing.T, over object) *article.Image {
		a, _ := decodePost(t, over)
		if a.Image == nil {
			return nil
		}
		require.Len(t, a.Image, 1)
		return &a.Image[0]
	}
	t.Run("sizes are read in any form, and crops left out", func(t *testing.T) {
		i := lead(t, media(object{"media_details": object{"width": "1600", "height": 1067.0, "sizes": object{
			"large": size("bridge-1024x683.jpg", 1024, "683"), "thumbnail": size("bridge-150x150.jpg", 150, 150),
			"medium": size("bridge-300x200.jpg", 300, 200), "again": size("bridge-300x200.jpg", 300, 200), "broken": size("b.jpg", "x", nil),
		}}}))
		require.Equal(t, 1600, i.Width)
		require.Len(t, i.Renditions, 2)
		require.Equal(t, 300, i.Renditions[0].Width)
		require.Equal(t, 1024, i.Renditions[1].Width)
	})
	t.Run("details may be an empty object or the empty list of PHP", func(t *testing.T) {
		require.Zero(t, lead(t, media(object{"media_details": object{}})).Width)
		require.Zero(t, lead(t, media(object{"media_details": []any{}})).Width)
	})
	t.Run("the credit comes from the file", func(t *testing.T) {
		i := lead(t, media(object{"caption": object{"rendered": "<p>A bridge</p>\n"}, "media_details": object{"image_meta": object{"credit": "N. Dadvar", "copyright": "© W"}}}))
		require.Equal(t, "N. Dadvar", i.CreditText)
		require.Equal(t, "© W", i.CopyrightNotice)
		require.Equal(t, "A bridge", i.Caption.Text())
	})
	t.Run("else from the caption, where that is safe", func(t *testing.T) {
		i := lead(t, media(object{"caption": object{"rendered": "<p>A bridge © N. Dadvar</p>"}}))
		require.Equal(t, "© N. Dadvar", i.CreditText)
		require.Equal(t, "A bridge", i.Caption.Text())
	})
	t.Run("else from the rights", func(t *testing.T) {
		require.Equal(t, "© W", lead(t, media(object{"media_details": object{"image_meta": object{"copyright": "© W"}}})).CreditText)
	})
	t.Run("a file name is no description", func(t *testing.T) {
		require.Nil(t, lead(t, media(object{"alt_text": "DSC_0041.JPG"})).Alt)
		require.Equal(t, "A bridge", *lead(t, media(object{"alt_text": "A bridge"})).Alt)
		require.Empty(t, *lead(t, media(object{"alt_text": ""})).Alt)
		require.Nil(t, lead(t, media(nil)).Alt)
		require.Empty(t, *lead(t, media(object{"alt_text": "A bridge", "caption": object{"rendered": "<p>A bridge</p>"}})).Alt)
	})
	t.Run("an error, a video or nothing is no picture", func(t *testing.T) {
		require.Nil(t, lead(t, object{"_embedded": object{"wp:featuredmedia": []any{object{"code": "rest_forbidden", "message": "x"}}}}))
		require.Nil(t, lead(t, media(object{"media_type": "file"})))
		require.Nil(t, lead(t, object{"jetpack_featured_media_url": ""}))
	})
	t.Run("Jetpack's address comes next, and Yoast's adds to it", func(t *testing.T) {
		over := yoast(object{"@type": "WebPage", "primaryImageOfPage": object{"@id": "#i"}},
			object{"@type": "ImageObject", "@id": "#i", "contentUrl": []any{"https://w.example/up/bridge.jpg"}, "width": 800, "height": object{"value": 600.0}, "caption": "A bridge"})
		over["jetpack_featured_media_url"] = "https://w.example/up/bridge-scaled.jpg"
		i := lead(t, over)
		require.Equal(t, "https://w.example/up/bridge-scaled.jpg", i.URL)
		require.Equal(t, 800, i.Width)
		require.Equal(t, 600, i.Height)
		require.Equal(t, "A bridge", i.Caption.Text())
	})
	t.Run("Yoast's picture counts unless the post says that it has none", func(t *testing.T) {
		head := object{"og_image": []any{object{"url": "https://w.example/up/og.jpg", "width": 1200, "height": 630, "type": "image/jpeg"}}}
		require.Equal(t, 1200, lead(t, object{"yoast_head_json": head, "featured_media": 5}).Width)
		require.Nil(t, lead(t, object{"yoast_head_json": head, "featured_media": 0}))
	})
}

func TestAPostThatIsNotOpenSaysSo(t *testing.T) {
	a, warnings := decodePost(t, object{"content": object{"rendered": "", "protected": true}})
	require.False(t, *a.IsAccessibleForFree)
	require.Equal(t, []article.Warning{{At: "content.protected", What: "the text is behind a password: only what is open is shown"}}, warnings)
	a, _ = decodePost(t, object{"meta": object{"_jetpack_memberships_contains_paywalled_content": true}})
	require.False(t, *a.IsAccessibleForFree)
	a, _ = decodePost(t, yoast(object{"@type": "Article", "isAccessibleForFree": "False"}))
	require.False(t, *a.IsAccessibleForFree)
	a, _ = decodePost(t, nil)
	require.Nil(t, a.IsAccessibleForFree)
}

func TestAPostWithWrongTypesEverywhereIsStillShown(t *testing.T) {
	var whole object
	require.NoError(t, json.Unmarshal(file(t, "testdata/wordpress-fa.json"), &whole))
	tried := 0
	for _, wrong := range []any{nil, true, 7.5, "text", []any{}, []any{[]any{1.0}}, object{}, object{"0": nil}} {
		for name := range whole {
			if name == "title" || name == "content" || name == "status" || name == "type" {
				continue
			}
			tried++
			spoilt := object{}
			for n, v := range whole {
				spoilt[n] = v
			}
			spoilt[name] = wrong
			data, err := json.Marshal(spoilt)
			require.NoError(t, err)
			require.True(t, requireComesBack(t, data, decode.Options{}), "%s: %v", name, wrong)
		}
	}
	require.Greater(t, tried, 100)
}
