package publish

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestWhatCannotBePublishedIsSaidAndTheSiteStaysAsItWas(t *testing.T) {
	for _, c := range []struct {
		name, file, text, err string
	}{
		{"no article", "2026/x.json", `{"name":"a package"}`, "2026/x.json: "},
		{"a name that needs escaping", "2026/the river.json", story("R", ""), "2026/the river.json: its path is part of addresses: rename it"},
		{"a folder of the site's own", "b/x.json", story("R", ""), `the site needs the name "b" itself`},
		{"a page of the site's own", "2026/index.json", story("R", ""), `the site needs the name "index" itself`},
		{"names that differ by case", "posts/7.JSON/../../2026/08/River.json", story("R", ""), "differs from 2026/08/River.json by the case of letters alone"},
		{"a picture that is none", "x.json", story("R", `"image":[{"url":"posts/7.json"}],`), "x.json: posts/7.json: no JPEG, PNG"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, usual())
			d.run()
			before := snapshot(t, d.Site)
			d.write(c.file, c.text)
			d.write("2026/08/tide.json", story("The tide fell", ""))
			require.Contains(t, d.refused(), c.err)
			require.NoDirExists(t, filepath.Join(d.Site, stagingFolder))
			require.Equal(t, before, snapshot(t, d.Site))
		})
	}
}

func TestFoldersAndKeysThatCannotBe(t *testing.T) {
	d := newDesk(t, usual())
	site := d.Site
	d.Site = d.Source + "/site"
	require.Contains(t, d.refused(), "choose two folders side by side")
	d.Site = site
	stranger := signerOf("news.example/feed1", 9)
	d.Keys = []Signer{stranger}
	require.Contains(t, d.refused(), "a root key and a feed key are needed")
	d.Keys = []Signer{signerOf("news.example/root1", 1), signerOf("other.example/feed1", 2)}
	require.Contains(t, d.refused(), "keys of news.example and of other.example")
	d.Keys = []Signer{signerOf("news.example/root1", 1), signerOf("news.example/feed1", 2)}
	d.run()
	d.Keys = []Signer{stranger}
	require.Contains(t, d.refused(), "give the key named news.example/feed1")
	d.Keys = []Signer{signerOf("news.example/feed1", 2)}
	d.Mirrors = []string{"https://m1.example.net/"}
	require.Contains(t, d.refused(), "give the root key, too")
	d.Mirrors = nil
	require.NoError(t, os.WriteFile(filepath.Join(d.Site, "feed.note"), []byte("altered"), 0o644))
	require.Contains(t, d.refused(), "put back the one that was published last")
}

// Nothing outside of the folder is published, whatever an article or a link in the folder says.
func TestNothingOutsideOfTheFolderIsRead(t *testing.T) {
	d := newDesk(t, map[string]string{"x.json": story("R", `"url":"https://news.example/2026/08/x","image":[{"url":"../../../secret.jpg"},{"url":"/link.jpg"},{"url":"https://cdn.example/y.jpg"}],`)})
	secret := filepath.Join(filepath.Dir(d.Source), "secret.jpg")
	require.NoError(t, os.WriteFile(secret, []byte(photo(30, 20)), 0o644))
	require.NoError(t, os.Symlink(secret, filepath.Join(d.Source, "link.jpg")))
	r := d.run()
	require.Len(t, r.Warnings, 3)
	require.Contains(t, r.Warnings[0], "x.json: the picture \"https://news.example/secret.jpg\" is not in the folder")
	for _, im := range verify(t, d.Site)["x"].Image {
		require.Empty(t, im.Integrity)
	}
	require.Empty(t, d.run().Warnings, "they were said")
	d.write("secret.jpg", photo(40, 20)) // now it is there
	require.Len(t, d.run().Warnings, 2)
	require.Equal(t, 40, verify(t, d.Site)["x"].Image[0].Width)
}

func TestTheRootFollowsTheAddresses(t *testing.T) {
	d := newDesk(t, usual())
	require.Equal(t, int64(1), d.run().Root)
	d.Mirrors = []string{"https://m1.example.net/"}
	r := d.run()
	require.Equal(t, int64(2), r.Root)
	require.Contains(t, d.file("feed.note"), `"root":2`)
	require.Contains(t, d.file("root/current.note"), `"mirrors":[{"base":"https://news.example/","prio":0},{"base":"https://m1.example.net/","prio":1}]`)
	d.Mirrors = nil
	require.Empty(t, d.run().Written)

	d.Keys = d.Keys[1:]
	d.Now = noon.Add(310 * 24 * time.Hour)
	r = d.run()
	require.Equal(t, int64(2), r.Root)
	require.Contains(t, r.Warnings, "root 2 ends on 2027-08-23: publish once with the root key, too, before that")
	d.Keys = []Signer{signerOf("news.example/root1", 1), d.Keys[0]}
	require.Equal(t, int64(3), d.run().Root)
}

func TestARunThatIsStoppedLeavesTheSite(t *testing.T) {
	d := newDesk(t, usual())
	d.run()
	before := snapshot(t, d.Site)
	d.write("posts/7.json", story("A gull", ""))
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err := Run(ctx, d.Options)
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, before, snapshot(t, d.Site))
}

// Older articles are in lists by how their paths begin; one edit changes one list.
func TestManyArticlesAreInLists(t *testing.T) {
	files := map[string]string{"2026/1.json": story("one", "")}
	for i := range 800 {
		files[fmt.Sprintf("2026/1%03d.json", i)] = story(fmt.Sprint("n", i), `"datePublished":"2026-08-20T10:00:00Z",`)
	}
	d := newDesk(t, files)
	d.run()
	require.Len(t, verify(t, d.Site), 801)
	require.Less(t, len(d.file("feed.note")), 40_000)
	require.Equal(t, 8, strings.Count(d.file("feed.note"), `"prefix"`)) // 2026/11 to 2026/17, and 2026/1 for itself

	d.write("2026/1777.json", story("edited", `"datePublished":"2026-08-20T10:00:00Z",`))
	r := d.run()
	lists := slices.DeleteFunc(r.Written, func(name string) bool { return !strings.HasPrefix(name, "b/") || strings.HasSuffix(name, ".json") })
	require.Len(t, lists, 1)
	require.Equal(t, "edited", verify(t, d.Site)["2026/1777"].Headline)
}
