package decode_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
)

// ld is the JSON-LD of a bare article with members put over it.
func ld(over object) object {
	n := object{
		"@context": "https://schema.org", "@type": "NewsArticle", "headline": "The weir at Ulmen is open again",
		"mainEntityOfPage": "https://n.example/2031/weir",
	}
	maps.Copy(n, over)
	return n
}

func written(t testing.TB, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	require.NoError(t, err)
	return string(data)
}

func decodeLD(t testing.TB, v any) (article.Article, []article.Warning) {
	t.Helper()
	return mustDecode(t, written(t, v), decode.Options{})
}

func crumbList(items ...any) object {
	return object{"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}
}

func crumbItem(position any, name string, item any) object {
	return object{"@type": "ListItem", "position": position, "name": name, "item": item}
}

var newsCrumb = crumbList(crumbItem(1, "News", "https://n.example/news"))

func TestTheArticleOfAPageIsFound(t *testing.T) {
	related := ld(object{"headline": "Another story", "mainEntityOfPage": "https://n.example/other"})
	for name, c := range map[string]struct {
		doc  any
		want string // of the sections
	}{
		"alone":                                 {ld(nil), ""},
		"in a @graph":                           {object{"@context": "https://schema.org", "@graph": []any{newsCrumb, ld(nil)}}, "News"},
		"in a list":                             {[]any{newsCrumb, ld(nil)}, "News"},
		"the scripts of a page as a list":       {[]any{[]any{object{"@type": "WPHeader"}, newsCrumb}, object{"@graph": []any{ld(nil)}}}, "News"},
		"under mainEntity":                      {object{"@type": "WebPage", "breadcrumb": newsCrumb, "mainEntity": ld(nil)}, "News"},
		"with its page in it":                   {ld(object{"mainEntityOfPage": object{"@type": "WebPage", "@id": "https://n.example/2031/weir", "breadcrumb": newsCrumb}}), "News"},
		"of two types":                          {ld(object{"@type": []any{"Product", "NewsArticle", "Article"}}), ""},
		"of a type with a prefix":               {ld(object{"@type": "schema:NewsArticle"}), ""},
		"of a type with an address":             {ld(object{"@type": "https://schema.org/NewsArticle"}), ""},
		"without a context":                     {ld(object{"@context": nil}), ""},
		"with a context as a list":              {ld(object{"@context": []any{"http://schema.org/", object{"@language": "en"}}}), ""},
		"not what it has as a part":             {object{"@type": "WebPage", "hasPart": related, "mentions": related, "isPartOf": related, "mainEntity": ld(nil)}, ""},
		"not one without headline":              {[]any{object{"@type": "Article", "@id": "#article"}, ld(nil)}, ""},
		"not what another list says":            {[]any{object{"@type": "ItemList", "itemListElement": []any{related}}, ld(nil)}, ""},
		"its section where no breadcrumb is":    {ld(object{"articleSection": "World"}), "World"},
		"its first section, several are no way": {ld(object{"articleSection": []any{"Uncategorized", "World", "Rivers"}}), "World"},
	} {
		t.Run(name, func(t *testing.T) {
			a, warnings := decodeLD(t, c.doc)
			require.Equal(t, "The weir at Ulmen is open again", a.Headline)
			require.Equal(t, "NewsArticle", a.Type[max(0, len(a.Type)-11):])
			require.Equal(t, "https://n.example/2031/weir", a.URL)
			var sections []string
			for _, s := range a.Sections {
				sections = append(sections, s.Name)
			}
			require.Equal(t, c.want, strings.Join(sections, " > "))
			require.Equal(t, []article.Warning{{At: "articleBody", What: "there is no text: the rest is shown"}}, warnings)
			require.True(t, requireComesBack(t, []byte(written(t, c.doc)), decode.Options{}))
		})
	}
	_, warnings := decodeLD(t, []any{ld(nil), related})
	require.Contains(t, warnings, article.Warning{What: "several articles: one is shown, name another by its id or its address"})
	a, _ := decodeLD(t, []any{ld(nil), ld(object{"articleBody": strings.Repeat("The story again, with its text. ", 20)})})
	require.Len(t, a.Body, 1, "what is told twice is read where the text is")
}

func TestReferencesByIDAreFollowed(t *testing.T) {
	page := object{"@context": "https://schema.org", "@graph": []any{
		ld(object{"@type": "Article", "mainEntityOfPage": object{"@id": "https://n.example/2031/weir"}, "author": object{"@id": "#ada", "name": "A. Lindh"},
			"publisher": object{"@id": "#org"}, "image": object{"@id": "#picture"}}),
		object{"@type": "WebPage", "@id": "https://n.example/2031/weir", "description": "After a year of work.", "primaryImageOfPage": object{"@id": "#picture"}, "breadcrumb": object{"@id": "#crumbs"}},
		object{"@type": "ImageObject", "@id": "#picture", "url": "https://n.example/weir.jpg", "width": 800, "height": 600, "caption": "The weir. (Jo Berg/Courier)"},
		object{"@type": "BreadcrumbList", "@id": "#crumbs", "itemListElement": []any{crumbItem(1, "Home", "https://n.example/"), crumbItem(2, "News", object{"@id": "#news"}), object{"position": 3, "name": "The weir at Ulmen…"}}},
		object{"@type": "CollectionPage", "@id": "#news", "url": "https://n.example/news"},
		object{"@type": "WebSite", "publisher": object{"@type": "Organization", "@id": "#org", "name": "The Courier", "url": []any{"https://n.example/"}, "logo": "https://n.example/logo.png", "sameAs": []any{"https://t.me/courier"}}},
		object{"@type": "Person", "@id": "#ada", "name": "Ada Lindh", "url": "https://n.example/ada"},
	}}
	a, _ := decodeLD(t, page)
	require.Equal(t, []article.Agent{{Name: "Ada Lindh", URL: "https://n.example/ada"}}, a.Author)
	require.Equal(t, "The Courier", a.Publisher.Name, "where it stands in another node")
	require.Equal(t, "https://n.example/logo.png", a.Publisher.Logo.URL)
	require.Equal(t, []article.Channel{{Name: "Telegram", URL: "https://t.me/courier", Type: "telegram"}}, a.Channels)
	require.Equal(t, "After a year of work.", a.Description.Text())
	require.Equal(t, "https://n.example/weir.jpg", a.Image[0].URL)
	require.Equal(t, "The weir.", a.Image[0].Caption.Text())
	require.Equal(t, "(Jo Berg/Courier)", a.Image[0].CreditText)
	require.Equal(t, "News", a.Sections[0].Name)
	require.Len(t, a.Sections, 1)

	a, _ = decodeLD(t, ld(object{"author": object{"@id": "#nobody"}, "image": object{"@id": "#nothing"}}))
	require.Nil(t, a.Author, "nobody is made up")
	require.Nil(t, a.Image)
	loop := ld(object{"@id": "#a", "author": object{"@id": "#a"}})
	requireComesBack(t, []byte(written(t, loop)), decode.Options{})
}

func TestValuesMayNameTheirLanguage(t *testing.T) {
	both := []any{object{"@value": "A bridge", "@language": "en"}, object{"@value": "پل روی رودخانه", "@language": "fa"}}
	doc := ld(object{"headline": both, "datePublished": object{"@type": "Date", "@value": "2031-04-17"}, "author": object{"name": object{"@value": "Sara"}}})
	a, _ := decodeLD(t, doc)
	require.Equal(t, "A bridge", a.Headline, "the first, where nobody asks")
	require.Equal(t, "en", a.InLanguage)
	require.Equal(t, "2031-04-17", a.DatePublished.Day())
	require.Equal(t, "Sara", a.Author[0].Name)
	a, _ = mustDecode(t, written(t, doc), decode.Options{Language: "fa-IR"})
	require.Equal(t, "پل روی رودخانه", a.Headline)
	require.Equal(t, "fa", a.InLanguage)
	require.Equal(t, article.RTL, a.Dir)
}

func TestLanguageOfLinkedData(t *testing.T) {
	persian := "پل تازه روی رودخانه باز شد"
	for name, c := range map[string]struct {
		over object
		want string
	}{
		"inLanguage":                          {object{"inLanguage": "de"}, "de"},
		"with an underscore":                  {object{"inLanguage": "he_IL", "headline": "הגשר נפתח"}, "he-IL"},
		"as an object":                        {object{"inLanguage": object{"@type": "Language", "name": "Persian", "alternateName": "fa"}, "headline": persian}, "fa"},
		"as a list":                           {object{"inLanguage": []any{"fr", "en"}}, "fr"},
		"und is none":                         {object{"inLanguage": "und"}, ""},
		"a setting that contradicts the text": {object{"inLanguage": "en-US", "headline": persian}, ""},
		"a foreign headline over text that agrees":  {object{"inLanguage": "fa", "headline": "iPad Air", "description": strings.Repeat(persian, 3)}, "fa"},
		"that of the page":                          {object{"mainEntityOfPage": object{"@type": "WebPage", "@id": "https://n.example/2031/weir", "inLanguage": "tr"}}, "tr"},
		"that of the context":                       {object{"@context": []any{"https://schema.org", object{"@language": "fr"}}}, "fr"},
		"none":                                      {nil, ""},
		"an empty text is none, and null is none":   {object{"inLanguage": "", "headline": "Ulmen"}, ""},
		"the name of a language in words is no tag": {object{"inLanguage": object{"name": "English"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodeLD(t, ld(c.over))
			require.Equal(t, c.want, a.InLanguage)
		})
	}
}

func TestPeopleOfLinkedData(t *testing.T) {
	for name, c := range map[string]struct {
		author any
		want   []article.Agent
	}{
		"an object":                           {object{"name": "Ada Lindh", "jobTitle": "Reporter", "url": "/ada"}, []article.Agent{{Name: "Ada Lindh", JobTitle: "Reporter", URL: "https://n.example/ada"}}},
		"a list":                              {[]any{object{"name": "A"}, object{"@type": "NewsMediaOrganization", "name": "B"}}, []article.Agent{{Name: "A"}, {Name: "B", Type: "Organization"}}},
		"a list in a list":                    {[]any{[]any{object{"name": "A"}}, "B"}, []article.Agent{{Name: "A"}, {Name: "B"}}},
		"a name alone":                        {"Ada Lindh", []article.Agent{{Name: "Ada Lindh"}}},
		"several names of one":                {object{"name": []any{"A", "B", "https://social.example/a"}, "url": "/a"}, []article.Agent{{Name: "A"}, {Name: "B"}}},
		"one name in two languages":           {object{"name": []any{object{"@value": "Ada", "@language": "en"}, object{"@value": "آدا", "@language": "fa"}}, "url": "/a"}, []article.Agent{{Name: "Ada", URL: "https://n.example/a"}}},
		"given and family name":               {object{"givenName": "Ada", "familyName": "Lindh"}, []article.Agent{{Name: "Ada Lindh"}}},
		"entities in plain fields":            {object{"name": "Fadel &amp; Co"}, []article.Agent{{Name: "Fadel & Co"}}},
		"the address of a profile is no name": {"https://social.example/ada", nil},
		"an empty name is nobody":             {object{"name": ""}, nil},
		"false is nobody":                     {false, nil},
		"null is nobody":                      {nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodeLD(t, ld(object{"author": c.author}))
			require.Equal(t, c.want, a.Author)
		})
	}
	a, _ := decodeLD(t, ld(object{"creator": "Ada", "publisher": []any{object{"name": "The Courier", "url": "/", "logo": object{"url": []any{"/logo.png"}, "width": "120px"}}}}))
	require.Equal(t, "Ada", a.Author[0].Name)
	require.Equal(t, "The Courier", a.Publisher.Name)
	require.Equal(t, "https://n.example/", a.Publisher.URL)
	require.Equal(t, 120, a.Publisher.Logo.Width)
	a, _ = decodeLD(t, ld(object{"publisher": "The Courier"}))
	require.Equal(t, "The Courier", a.Publisher.Name)
}

func TestPicturesOfLinkedData(t *testing.T) {
	object1 := func(url string, width any) object { return object{"@type": "ImageObject", "url": url, "width": width} }
	for name, c := range map[string]struct {
		image any
		url   string
		width int
	}{
		"an address":                              {"https://n.example/a.jpg", "https://n.example/a.jpg", 0},
		"an object":                               {object1("https://n.example/a.jpg", 800), "https://n.example/a.jpg", 800},
		"contentUrl":                              {object{"contentUrl": "https://n.example/a.jpg"}, "https://n.example/a.jpg", 0},
		"an address that is a list":               {object{"url": []any{"https://n.example/a.jpg", "https://n.example/b.jpg"}}, "https://n.example/a.jpg", 0},
		"of several crops the widest":             {[]any{object1("https://n.example/1x1.jpg", 900), object1("https://n.example/16x9.jpg", "1200"), object1("https://n.example/4x3.jpg", 1024)}, "https://n.example/16x9.jpg", 1200},
		"of several addresses the first":          {[]any{"https://n.example/16x9.jpg", "https://n.example/1x1.jpg"}, "https://n.example/16x9.jpg", 0},
		"a width with px":                         {object1("https://n.example/a.jpg", "1440px"), "https://n.example/a.jpg", 1440},
		"a width as a QuantitativeValue":          {object1("https://n.example/a.jpg", object{"@type": "QuantitativeValue", "value": 675.0}), "https://n.example/a.jpg", 675},
		"an empty width":                          {object1("https://n.example/a.jpg", ""), "https://n.example/a.jpg", 0},
		"protocol-relative":                       {"//img.example/a.jpg", "https://img.example/a.jpg", 0},
		"root-relative":                           {object1("/media/a.jpg", 1), "https://n.example/media/a.jpg", 1},
		"http is upgraded":                        {"http://img.example/a.jpg", "https://img.example/a.jpg", 0},
		"the query of a signed address stays":     {"https://img.example/a?auth=x&w=1", "https://img.example/a?auth=x&w=1", 0},
		"an empty text is none":                   {"", "", 0},
		"an empty list is none":                   {[]any{}, "", 0},
		"an empty object is none":                 {object{"url": ""}, "", 0},
		"a script is none":                        {"javascript:alert(1)", "", 0},
		"a bad one does not cost the others, not": {[]any{false, nil, 7.5, object1("https://n.example/a.jpg", 9)}, "https://n.example/a.jpg", 9},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodeLD(t, ld(object{"image": c.image}))
			if c.url == "" {
				require.Empty(t, a.Image)
				return
			}
			require.Len(t, a.Image, 1, "one lead picture, no gallery")
			require.Equal(t, c.url, a.Image[0].URL)
			require.Equal(t, c.width, a.Image[0].Width)
		})
	}
	a, _ := decodeLD(t, ld(object{"thumbnailUrl": []any{"https://n.example/t.jpg"}}))
	require.Equal(t, "https://n.example/t.jpg", a.Image[0].URL)
}

func TestCaptionsAndCreditsOfLinkedData(t *testing.T) {
	person := func(name string) object { return object{"@type": "Person", "name": name} }
	for name, c := range map[string]struct {
		members         object
		caption, credit string
	}{
		"separate fields":                       {object{"caption": "The weir", "creditText": "Jo Berg"}, "The weir", "Jo Berg"},
		"description where no caption is":       {object{"caption": "", "description": "The weir"}, "The weir", ""},
		"a name in words":                       {object{"name": "The weir by night"}, "The weir by night", ""},
		"the name of a file is none":            {object{"name": "IMG 0041.JPG"}, "", ""},
		"nor is one word":                       {object{"name": "weir-2"}, "", ""},
		"the headline is no caption":            {object{"caption": "The weir at Ulmen is open again!"}, "", ""},
		"who took it and who has the rights":    {object{"author": []any{person("Jo Berg")}, "copyrightHolder": []any{object{"name": "AGENCY"}}}, "", "Jo Berg / AGENCY"},
		"said once":                             {object{"creator": "AGENCY", "copyrightHolder": "AGENCY"}, "", "AGENCY"},
		"else from the caption where it's safe": {object{"caption": "The weir. © Jo Berg"}, "The weir.", "© Jo Berg"},
		"not from the middle of a caption":      {object{"caption": "The photo of Jo Berg shows a weir"}, "The photo of Jo Berg shows a weir", ""},
		"a caption is HTML":                     {object{"caption": "The <b>weir</b> &amp; the mill"}, "The weir & the mill", ""},
		"entities":                              {object{"caption": "Q&#8217;s &quot;weir&quot;"}, "Q’s \"weir\"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			c.members["url"] = "https://n.example/a.jpg"
			a, _ := decodeLD(t, ld(object{"image": c.members}))
			require.Equal(t, c.caption, a.Image[0].Caption.Text())
			require.Equal(t, c.credit, a.Image[0].CreditText)
		})
	}
}

func TestSectionsOfLinkedData(t *testing.T) {
	home := crumbItem(1, "Home", "https://n.example/")
	news := crumbItem(2, "News", "https://n.example/news")
	for name, c := range map[string]struct {
		doc  []any
		want string
	}{
		"home first, self last":                            {[]any{crumbList(home, news, crumbItem(3, "The weir at Ulmen is open again", "https://n.example/2031/weir"))}, "News"},
		"self by its address":                              {[]any{crumbList(home, news, crumbItem(3, "Weir", "http://n.example/2031/weir/?utm_source=x#top"))}, "News"},
		"self by a headline that is cut":                   {[]any{crumbList(home, news, crumbItem(3, "The weir at Ulmen is open ag…", "https://n.example/amp/weir"))}, "News"},
		"self without an address":                          {[]any{crumbList(home, news, object{"position": 3, "name": "Otherwise called"})}, "News"},
		"no addresses at all":                              {[]any{crumbList(object{"position": 1, "name": "News"}, object{"position": 2, "name": "Rivers"})}, "News > Rivers"},
		"home is relative":                                 {[]any{crumbList(crumbItem(1, "Home", "/"), crumbItem(2, "News", "/news"))}, "News"},
		"home is protocol-relative":                        {[]any{crumbList(crumbItem(1, "Home", "//n.example/"), news)}, "News"},
		"home is that of the publisher's language":         {[]any{crumbList(crumbItem(1, "Home", "https://n.example/fa/"), news), object{"@type": "Organization", "name": "C", "url": "https://n.example/fa"}}, "News"},
		"position from 0, as string, out of order":         {[]any{crumbList(crumbItem("2", "B", "https://n.example/b"), crumbItem(0, "Home", "https://n.example"), crumbItem(1, "A", "https://n.example/a"))}, "A > B"},
		"position missing":                                 {[]any{crumbList(object{"item": object{"@id": "https://n.example/a", "name": "A"}}, object{"item": object{"url": "https://n.example/b", "name": "B"}})}, "A > B"},
		"a list in the list":                               {[]any{crumbList([]any{home, news})}, "News"},
		"two BreadcrumbLists: the longer after trimming":   {[]any{crumbList(home, crumbItem(2, "Topics", "https://n.example/t")), crumbList(home, news, crumbItem(3, "Rivers", "https://n.example/news/r"))}, "News > Rivers"},
		"itemListElement: null":                            {[]any{object{"@type": "BreadcrumbList", "itemListElement": nil}}, ""},
		"a page whose breadcrumb is words":                 {[]any{object{"@type": "WebPage", "breadcrumb": "Homepage > Article"}}, ""},
		"names with entities":                              {[]any{crumbList(crumbItem(1, "Arts &amp; Letters", "https://n.example/arts"))}, "Arts & Letters"},
		"a name that is the headline's first word remains": {[]any{crumbList(crumbItem(1, "The weir", "https://n.example/weir"))}, "The weir"},
		"the default category is none":                     {[]any{crumbList(crumbItem(1, "غير مصنف", "https://n.example/x"))}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodeLD(t, append([]any{ld(nil)}, c.doc...))
			var names []string
			for _, s := range a.Sections {
				names = append(names, s.Name)
			}
			require.Equal(t, c.want, strings.Join(names, " > "))
		})
	}
}

func TestAddressesOfLinkedData(t *testing.T) {
	const weir = "https://n.example/2031/weir"
	for name, over := range map[string]object{
		"mainEntityOfPage as text":                {"mainEntityOfPage": weir, "url": "https://n.example/other"},
		"as an object":                            {"mainEntityOfPage": object{"@type": "WebPage", "@id": weir}},
		"as a list":                               {"mainEntityOfPage": []any{object{"@id": weir}}},
		"true is no address":                      {"mainEntityOfPage": true, "url": weir},
		"nor is it in words":                      {"mainEntityOfPage": "True", "url": []any{weir}},
		"nor is the front page":                   {"mainEntityOfPage": "https://n.example/", "url": weir},
		"nor is that of the example it came from": {"mainEntityOfPage": object{"@id": "https://google.com/article"}, "url": weir},
		"nor is a number":                         {"mainEntityOfPage": nil, "@id": "7715044", "url": weir},
		"@id without its fragment":                {"mainEntityOfPage": nil, "@id": weir + "#article"},
		"tracking is left out":                    {"mainEntityOfPage": weir + "?utm_source=x"},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodeLD(t, ld(over))
			require.Equal(t, weir, a.URL)
			require.True(t, strings.HasPrefix(a.ID, weir), a.ID)
		})
	}
	a, _ := decodeLD(t, ld(object{"sameAs": []any{"https://doi.example/10.1", "https://www.facebook.com/courier", "javascript:x"}}))
	require.Equal(t, []article.Alternate{{URL: "https://doi.example/10.1"}}, a.Alternates, "accounts are no copies")
	a, _ = mustDecode(t, written(t, ld(object{"mainEntityOfPage": nil, "image": "/a.jpg"})), decode.Options{Base: weir})
	require.Equal(t, "https://n.example/a.jpg", a.Image[0].URL)
}

func TestWordsOfLinkedData(t *testing.T) {
	for name, c := range map[string]struct {
		over                        object
		headline, second, standfist string
	}{
		"entities in plain fields":             {object{"headline": "&quot;Weir&quot; &#8211; open", "description": "Q&amp;A"}, "\"Weir\" – open", "", "Q&A"},
		"double-encoded":                       {object{"headline": "AT&amp;amp;T"}, "AT&T", "", ""},
		"tags in headline":                     {object{"headline": "The <em>weir</em> &lt;b&gt;"}, "The weir <b>", "", ""},
		"a name where no headline is":          {object{"headline": nil, "name": "Weir"}, "Weir", "", ""},
		"a headline that is a number":          {object{"headline": 2031}, "2031", "", ""},
		"an abstract where no description is":  {object{"description": "", "abstract": "Short."}, "The weir at Ulmen is open again", "", "Short."},
		"a description that is the headline":   {object{"description": "The weir at Ulmen is open again."}, "The weir at Ulmen is open again", "", ""},
		"a second headline":                    {object{"alternativeHeadline": "After a year"}, "The weir at Ulmen is open again", "After a year", ""},
		"a second headline that says the same": {object{"alternativeHeadline": "After a year", "description": "After a year."}, "The weir at Ulmen is open again", "", "After a year."},
		"ZWNJ are letters":                     {object{"headline": "روزنامه\u200cنگار"}, "روزنامه\u200cنگار", "", ""},
		"long headlines are never cut":         {object{"headline": strings.Repeat("weir ", 60) + "end"}, strings.Repeat("weir ", 60) + "end", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodeLD(t, ld(c.over))
			require.Equal(t, c.headline, a.Headline)
			require.Equal(t, c.second, a.AlternativeHeadline)
			require.Equal(t, c.standfist, a.Description.Text())
		})
	}
	a, _ := decodeLD(t, ld(object{"keywords": "weir, river،Ulmen"}))
	require.Equal(t, []string{"weir", "river", "Ulmen"}, a.Keywords)
	a, _ = decodeLD(t, ld(object{"keywords": []any{"weir", object{"@type": "DefinedTerm", "name": "river"}}}))
	require.Equal(t, []string{"weir", "river"}, a.Keywords)
}

func TestDatesOfLinkedData(t *testing.T) {
	for written, want := range map[string]string{
		"2031-04-17T08:00:00+01:00":     "2031-04-17T08:00:00+01:00",
		"2031-04-17T08:00:00+0100":      "2031-04-17T08:00:00+01:00",
		"2031-04-17T08:00Z":             "2031-04-17T08:00:00Z",
		"2031-04-17T21:33+0100":         "2031-04-17T21:33:00+01:00",
		"2031-04-17 16:17:29 +02:00":    "2031-04-17T16:17:29+02:00",
		"2031-04-17 07:00:00Z":          "2031-04-17T07:00:00Z",
		"2031-04-17":                    "2031-04-17T00:00:00-00:00",
		"2031-04-17 18:11:01.0":         "2031-04-17T00:00:00-00:00",
		"Thu Apr 17 19:20:36 CEST 2031": "2031-04-17T00:00:00-00:00",
		"20310417T055000+0900":          "2031-04-17T05:50:00+09:00",
	} {
		a, warnings := decodeLD(t, ld(object{"datePublished": written}))
		require.Equal(t, want, a.DatePublished.String(), written)
		require.Len(t, warnings, 1)
	}
	for _, none := range []any{"", "soon", "0000-00-00", nil, []any{}} {
		a, _ := decodeLD(t, ld(object{"datePublished": none, "dateCreated": "2031-01-01"}))
		require.True(t, a.DatePublished.IsZero(), "%v: no date is invented", none)
	}
	_, warnings := decodeLD(t, ld(object{"dateModified": "soon"}))
	require.Contains(t, warnings, article.Warning{At: "dateModified", What: "is no date: left out"})
}

func TestLinkedDataSaysWhetherItIsFree(t *testing.T) {
	for name, c := range map[string]struct {
		over object
		want any
	}{
		"a boolean":                 {object{"isAccessibleForFree": false}, false},
		"boolean as string":         {object{"isAccessibleForFree": "False"}, false},
		"true as string":            {object{"isAccessibleForFree": "true"}, true},
		"an address":                {object{"isAccessibleForFree": "http://schema.org/True"}, true},
		"a part that is not":        {object{"hasPart": []any{object{"isAccessibleForFree": "False", "cssSelector": ".x"}}}, false},
		"a part that is says none":  {object{"hasPart": object{"isAccessibleForFree": true}}, nil},
		"nothing":                   {nil, nil},
		"what is no truth is none":  {object{"isAccessibleForFree": "perhaps"}, nil},
		"a part's word where mixed": {object{"isAccessibleForFree": "perhaps", "hasPart": object{"isAccessibleForFree": 0}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodeLD(t, ld(c.over))
			if c.want == nil {
				require.Nil(t, a.IsAccessibleForFree)
				return
			}
			require.Equal(t, c.want, *a.IsAccessibleForFree)
		})
	}
}

func TestLinkedDataWithWrongTypesEverywhereIsStillShown(t *testing.T) {
	whole := ld(object{
		"@id": "#a", "description": "D", "alternativeHeadline": "S", "author": object{"name": "A"}, "publisher": object{"name": "P", "logo": object{"url": "/l.png"}, "sameAs": []any{"https://t.me/x"}},
		"image": object{"url": "/a.jpg", "caption": "C"}, "datePublished": "2031-04-17", "dateModified": "2031-04-18", "keywords": "a,b", "inLanguage": "en",
		"articleBody": "text", "articleSection": "News", "isAccessibleForFree": true, "hasPart": nil, "sameAs": "https://x.example/", "wordCount": 3,
		"liveBlogUpdate": object{"headline": "U", "articleBody": "x"}, "license": "https://l.example/", "breadcrumb": newsCrumb, "mainEntity": nil, "name": "N", "text": "x", "thumbnailUrl": "x",
	})
	tried := 0
	for _, wrong := range []any{nil, true, 7.5, "text", []any{}, []any{[]any{1.0}}, object{}, object{"0": nil}, object{"@value": object{}}, object{"@id": "#a"}} {
		for name := range whole {
			if name == "@type" || name == "headline" {
				continue
			}
			tried++
			spoilt := maps.Clone(whole)
			spoilt[name] = wrong
			require.True(t, requireComesBack(t, []byte(written(t, spoilt)), decode.Options{}), "%s: %v", name, wrong)
		}
	}
	require.Greater(t, tried, 200)
}
