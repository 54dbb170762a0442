package decode_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
)

// ghostOf is a post as the Content API of Ghost gives it, with members put over it.
func ghostOf(over object) object {
	return put(object{
		"id": "63f1", "uuid": "0c7e-11", "slug": "ferry", "url": "https://g.example/ferry/?ref=home", "canonical_url": nil,
		"title": "The ferry &amp; the quay", "html": `<p>It left at nine.</p><p>Nobody waved.</p>`, "visibility": "public", "access": true,
		"excerpt": "It left at nine. Nobody", "custom_excerpt": "After nine years.",
		"published_at": "2031-05-06T07:50:00.000+03:30", "updated_at": "2031-05-07T07:50:00.000+03:30",
		"feature_image": "https://g.example/content/images/ferry.jpg", "feature_image_alt": "A ferry",
		"feature_image_caption": `The ferry at <a href="https://g.example/quay/">the quay</a> (Reuters)`,
		"authors":               []any{object{"name": "Mina Kouchak", "url": "https://g.example/author/mina/"}},
		"primary_author":        object{"name": "Mina Kouchak", "url": "https://g.example/author/mina/"},
		"primary_tag":           object{"name": "Coast", "url": "https://g.example/tag/coast/", "visibility": "public"},
		"tags": []any{
			object{"name": "Coast", "url": "https://g.example/tag/coast/", "visibility": "public"}, object{"name": "Ships"},
			object{"name": "#newsletter"}, object{"name": "Desk", "visibility": "internal"},
		},
		"reading_time": 1, "featured": false, "comment_id": "63f1",
	}, over)
}

func decodeGhost(t *testing.T, over object) (article.Article, []article.Warning) {
	t.Helper()
	return decodeObject(t, object{"posts": []any{ghostOf(over)}, "meta": object{}})
}

func TestAPostOfGhostIsReadWhole(t *testing.T) {
	a, warnings := decodeGhost(t, nil)
	require.Empty(t, warnings)
	require.Equal(t, "0c7e-11", a.ID)
	require.Equal(t, "https://g.example/ferry/", a.URL)
	require.Equal(t, "The ferry & the quay", a.Headline)
	require.Equal(t, "After nine years.", a.Description.Text())
	require.Equal(t, []article.NamedLink{{Name: "Coast", URL: "https://g.example/tag/coast/"}}, a.Sections)
	require.Equal(t, []string{"Ships"}, a.Keywords, "without those for editors")
	require.Equal(t, []article.Agent{{Name: "Mina Kouchak", URL: "https://g.example/author/mina/"}}, a.Author)
	require.Equal(t, "2031-05-06T07:50:00+03:30", a.DatePublished.String())
	require.Equal(t, "2031-05-07T07:50:00+03:30", a.DateModified.String())
	lead := a.Image[0]
	require.Equal(t, "https://g.example/content/images/ferry.jpg", lead.URL)
	require.Equal(t, "A ferry", *lead.Alt)
	require.Equal(t, "The ferry at the quay", lead.Caption.Text())
	require.Equal(t, "https://g.example/quay/", lead.Caption[1].URL)
	require.Equal(t, "(Reuters)", lead.CreditText, "as it is written")
	require.Len(t, a.Body, 2)
	require.Nil(t, a.IsAccessibleForFree)
	require.Nil(t, a.Publisher, "the answer does not name one")
}

func TestWhatIsAPostOfGhost(t *testing.T) {
	for name, doc := range map[string]any{
		"an answer":                 object{"posts": []any{object{"title": "T", "html": "x"}}},
		"a post alone":              object{"title": "T", "html": "x", "slug": "t", "published_at": "2031-01-01 10:00:00"},
		"a list of posts":           []any{object{"title": "T", "html": "x", "slug": "t", "feature_image": "/a.jpg"}},
		"a row of an export":        object{"title": "T", "html": "x", "mobiledoc": "{}", "status": "published", "featured": "0", "page": "0"},
		"its successor, of Lexical": object{"title": "T", "lexical": "{}"},
	} {
		t.Run(name, func(t *testing.T) {
			requireLabel(t, []byte(asJSON(t, doc)), "ghost")
		})
	}
}

func TestAPostOfGhostForMembersSaysSo(t *testing.T) {
	for name, c := range map[string]struct {
		over object
		open bool
	}{
		"for all":                            {nil, true},
		"for members, and we are none":       {object{"visibility": "members", "access": false}, false},
		"as an export writes it":             {object{"visibility": "paid", "access": "0"}, false},
		"nobody says whether we are":         {object{"visibility": "tiers", "access": nil}, false},
		"for all, and that is all it says":   {object{"access": nil}, true},
		"only that we may not":               {object{"visibility": nil, "access": false}, false},
		"for members, and the text is whole": {object{"visibility": "members", "access": true}, true},
		"of a version that knew no members":  {object{"visibility": nil, "access": nil}, true},
	} {
		t.Run(name, func(t *testing.T) {
			a, warnings := decodeGhost(t, c.over)
			if c.open {
				require.Nil(t, a.IsAccessibleForFree)
				return
			}
			require.False(t, *a.IsAccessibleForFree)
			require.Equal(t, []article.Warning{{At: "access", What: "the text is for members: only what is open is shown"}}, warnings)
		})
	}
	a, _ := decodeGhost(t, object{"visibility": "paid", "access": false, "html": "", "custom_excerpt": nil})
	require.Empty(t, a.Body)
	require.Equal(t, "It left at nine. Nobody", a.Description.Text(), "the excerpt is all there is to read")
}

func TestExcerptsOfGhost(t *testing.T) {
	a, _ := decodeGhost(t, object{"custom_excerpt": nil})
	require.Empty(t, a.Description, "the other is cut from the text")
	a, _ = decodeGhost(t, object{"custom_excerpt": nil, "excerpt": "Somebody wrote this."})
	require.Equal(t, "Somebody wrote this.", a.Description.Text())
}

func TestAPostOfGhostWithoutTextIsNotPassedOffAsWhole(t *testing.T) {
	a, warnings := decodeGhost(t, object{"html": nil, "lexical": `{"root":{}}`})
	require.Empty(t, a.Body)
	require.Contains(t, warnings, article.Warning{At: "html", What: "there is no text: the rest is shown"})
}

func TestAddressesOfGhost(t *testing.T) {
	own := object{
		"url": "__GHOST_URL__/ferry/", "feature_image": "__GHOST_URL__/content/images/ferry.jpg",
		"primary_tag": object{"name": "Coast", "url": "https://g.example/404/"},
		"html":        `<p><a href="__GHOST_URL__/quay/">q</a></p><img src="__GHOST_URL__/content/images/a.jpg">`,
	}
	link := func(a article.Article) string { return a.Body[0].(article.Paragraph).Content[0].URL }
	a, _ := decodeGhost(t, own)
	require.Equal(t, "https://known.example/ferry/", a.URL, "__GHOST_URL__ is the site's own address")
	require.Equal(t, "https://known.example/content/images/ferry.jpg", a.Image[0].URL)
	require.Equal(t, "https://known.example/quay/", link(a))
	require.Equal(t, "https://known.example/content/images/a.jpg", a.Body[1].(article.Figure).Image.URL)
	require.Equal(t, []article.NamedLink{{Name: "Coast"}}, a.Sections, "/404/ is the page of none")

	a, _ = decodeGhost(t, put(own, object{"url": "https://g.example/ferry/", "canonical_url": "https://first.example/a?utm_source=g"}))
	require.Equal(t, "https://first.example/a", a.URL, "where it appeared first")
	require.Equal(t, "https://g.example/quay/", link(a))
	require.Equal(t, "https://g.example/content/images/ferry.jpg", a.Image[0].URL)
	a, _ = decodeGhost(t, object{"feature_image": "/content/images/ferry.jpg", "canonical_url": "https://first.example/a"})
	require.Equal(t, "https://g.example/content/images/ferry.jpg", a.Image[0].URL, "a picture is the site's own")
	a, _ = decodeGhost(t, object{"feature_image": "javascript:alert(1)"})
	require.Empty(t, a.Image)
}

func TestCaptionsAndCreditsOfGhost(t *testing.T) {
	for name, c := range map[string]struct {
		html, caption, credit string
	}{
		"an agency in brackets":              {"A ferry (AFP)", "A ferry", "(AFP)"},
		"a label":                            {"<span>A ferry. Photo: M. Kouchak</span>", "A ferry.", "Photo: M. Kouchak"},
		"a sign":                             {"A ferry © M. Kouchak", "A ferry", "© M. Kouchak"},
		"nothing safe is left whole":         {"A ferry seen by M. Kouchak", "A ferry seen by M. Kouchak", ""},
		"brackets without an agency, too":    {"A ferry (left)", "A ferry (left)", ""},
		"a script in it is not shown":        {"A ferry<script>alert(1)</script>", "A ferry", ""},
		"no caption, and no credit invented": {"", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodeGhost(t, object{"feature_image_caption": c.html})
			require.Equal(t, c.caption, a.Image[0].Caption.Text())
			require.Equal(t, c.credit, a.Image[0].CreditText)
		})
	}
	a, _ := decodeGhost(t, object{"feature_image_alt": ""})
	require.Empty(t, *a.Image[0].Alt, "decorative is not unknown")
	a, _ = decodeGhost(t, object{"feature_image_alt": nil})
	require.Nil(t, a.Image[0].Alt)
}

func TestHeadlinesOfGhost(t *testing.T) {
	for title, want := range map[string]string{
		"The ferry &#8211; again":           "The ferry – again",
		"Q &amp;amp; A":                     "Q & A",
		"<em>The</em> ferry<br>sails":       "The ferry sails",
		"About &lt;b&gt;":                   "About <b>",
		"پل سه\u200cراه":                    "پل سه\u200cراه",
		"The ferry {{edition}} sails":       "The ferry sails",
		`Hello {first_name, "there"}, sail`: "Hello , sail",
		"The set {1, 2}":                    "The set {1, 2}",
	} {
		a, _ := decodeGhost(t, object{"title": title})
		require.Equal(t, want, a.Headline)
	}
}

func TestDatesOfGhostWithoutAZoneAreDays(t *testing.T) {
	a, _ := decodeGhost(t, object{"published_at": "2031-05-06 13:21:19", "updated_at": "0000-00-00 00:00:00"})
	require.Equal(t, "2031-05-06T00:00:00-00:00", a.DatePublished.String())
	require.True(t, a.DateModified.IsZero())
}
