package decode_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
)

// comOf is a post as rest/v1.1 of WordPress.com gives it, with members put over it.
func comOf(over object) object {
	return put(object{
		"ID": 7, "site_ID": 9, "global_ID": 4711, "URL": "https://w.example/2031/ferry/", "status": "publish", "type": "post",
		"title": "The ferry &#8211; again", "content": "<p>It left at nine.</p>", "excerpt": "<p>After nine years.</p>\n",
		"date": "2031-05-06T07:50:00+03:30", "modified": "2031-05-07T07:50:00+03:30",
		"author":         object{"ID": 1, "name": "Mina Kouchak", "email": false, "URL": "", "profile_URL": "https://gravatar.example/mina"},
		"featured_image": "https://w.example/up/ferry.jpg?w=640",
		"post_thumbnail": object{"ID": 5, "URL": "https://w.example/up/ferry.jpg", "width": 640, "height": 400, "mime_type": "image/jpeg"},
		"attachments": object{
			"4": object{"ID": 4, "URL": "https://w.example/up/quay.jpg", "caption": "Not this"},
			"5": object{"ID": 5, "URL": "https://w.example/up/ferry.jpg", "caption": "The ferry", "alt": "A ferry", "width": "1600", "height": 1000, "exif": object{"credit": "M. Kouchak"}},
			"6": object{"ID": 6, "URL": "https://w.example/up/bridge.jpg", "caption": "Nor this"},
		},
		"categories": object{
			"Syria": object{"ID": 3, "name": "Syria &amp; beyond", "slug": "syria", "parent": 2},
			"News":  object{"ID": 1, "name": "News", "slug": "news", "parent": 0},
			"Iraq":  object{"ID": 2, "name": "Iraq", "slug": "iraq", "parent": 1},
		},
		"tags": object{"ferries": object{"ID": 20, "name": "ferries"}},
		"geo":  false,
	}, over)
}

func decodeCom(t *testing.T, over object) (article.Article, []article.Warning) {
	t.Helper()
	return decodeObject(t, comOf(over))
}

func TestAPostOfWordPressComIsReadWhole(t *testing.T) {
	a, warnings := decodeCom(t, nil)
	require.Empty(t, warnings)
	require.Equal(t, "https://w.example/2031/ferry/", a.ID)
	require.Equal(t, "https://w.example/2031/ferry/", a.URL)
	require.Equal(t, "The ferry – again", a.Headline)
	require.Equal(t, "After nine years.", a.Description.Text())
	require.Equal(t, []article.NamedLink{{Name: "News"}, {Name: "Iraq"}, {Name: "Syria & beyond"}}, a.Sections)
	require.Equal(t, []string{"ferries"}, a.Keywords)
	require.Equal(t, []article.Agent{{Name: "Mina Kouchak", URL: "https://gravatar.example/mina"}}, a.Author)
	require.Equal(t, "2031-05-06T07:50:00+03:30", a.DatePublished.String())
	require.Equal(t, "2031-05-07T07:50:00+03:30", a.DateModified.String())
	alt := "A ferry"
	require.Equal(t, []article.Image{{
		URL: "https://w.example/up/ferry.jpg?w=640", Width: 1600, Height: 1000, Alt: &alt, Caption: article.Plain("The ferry"), CreditText: "M. Kouchak",
	}}, a.Image)
	require.Len(t, a.Body, 1)
	requireLabel(t, []byte(asJSON(t, comOf(nil))), "wordpress")
}

func TestSectionsOfWordPressCom(t *testing.T) {
	category := func(id, parent any, name, slug string) object {
		return object{"ID": id, "name": name, "slug": slug, "parent": parent}
	}
	for name, c := range map[string]struct {
		categories any
		want       []article.NamedLink
	}{
		"a parent that the post does not name is not made up": {object{"Iraq": category(2, 1, "Iraq", "iraq")}, []article.NamedLink{{Name: "Iraq"}}},
		"of several the deepest":                              {object{"A": category(1, 0, "A", "a"), "B": category(2, 0, "B", "b"), "C": category(3, 2, "C", "c")}, []article.NamedLink{{Name: "B"}, {Name: "C"}}},
		"wherever that one stands":                            {object{"A": category(3, 2, "A", "a"), "B": category(2, 0, "B", "b"), "C": category(1, 0, "C", "c")}, []article.NamedLink{{Name: "B"}, {Name: "A"}}},
		"numbers may be strings":                              {object{"B": category("2", "0", "B", "b"), "C": category("3", "2", "C", "c")}, []article.NamedLink{{Name: "B"}, {Name: "C"}}},
		"uncategorized is no section, in any language":        {object{"غير مصنف": category(1, 0, "غير مصنف", "x")}, nil},
		"an empty object of PHP is a list":                    {[]any{}, nil},
		"a circle ends":                                       {object{"A": category(1, 1, "Uncategorized", "uncategorized")}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			a, _ := decodeCom(t, object{"categories": c.categories})
			require.Equal(t, c.want, a.Sections)
		})
	}
}

func TestNothingIsInventedOfWordPressCom(t *testing.T) {
	a, _ := decodeCom(t, object{"author": object{"ID": 1, "name": "", "login": "mk"}, "date": "", "modified": nil, "featured_image": "", "post_thumbnail": nil})
	require.Empty(t, a.Author)
	require.True(t, a.DatePublished.IsZero())
	require.Empty(t, a.Image)
	a, _ = decodeCom(t, object{"attachments": []any{}, "post_thumbnail": nil})
	require.Equal(t, []article.Image{{URL: "https://w.example/up/ferry.jpg?w=640"}}, a.Image)
}

func TestAPostOfWordPressComThatIsNotOpenSaysSo(t *testing.T) {
	a, warnings := decodeCom(t, object{"content": `<form class="post-password-form"><p>Enter your password:</p></form>`, "excerpt": "There is no excerpt because this is a protected post."})
	require.False(t, *a.IsAccessibleForFree)
	require.Empty(t, a.Body)
	require.Empty(t, a.Description)
	require.Equal(t, []article.Warning{{At: "content", What: "the text is behind a password: only what is open is shown"}}, warnings)
	a, warnings = decodeCom(t, object{"content": ""})
	require.Nil(t, a.IsAccessibleForFree)
	require.Equal(t, []article.Warning{{At: "content", What: "there is no text: the rest is shown"}}, warnings)
	for _, status := range []string{"draft", "private", "trash", "future"} {
		_, _, err := decode.Decode([]byte(asJSON(t, comOf(object{"status": status}))), decode.Options{})
		require.ErrorContains(t, err, "a WordPress post that is not published")
	}
}

func TestMediaOfWordPressComIsNoPost(t *testing.T) {
	_, _, err := decode.Decode([]byte(asJSON(t, comOf(object{"type": "attachment"}))), decode.Options{})
	require.ErrorContains(t, err, "WordPress media")
}

func TestAnExcerptThatWordPressComCutIsLeftOut(t *testing.T) {
	a, _ := decodeCom(t, object{"excerpt": `<p>It left at nin [&hellip;] <a class="more-link" href="x">Read on</a></p>`})
	require.Empty(t, a.Description)
}

func TestMembersAreToldApartByCase(t *testing.T) {
	a, _ := decodeCom(t, object{"url": "https://other.example/", "id": 8})
	require.Equal(t, "https://w.example/2031/ferry/", a.URL)
}
