package publish

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFoldersAreApartWhateverLinksLeadThere(t *testing.T) {
	d := newDesk(t, usual())
	site := d.Site
	require.NoError(t, os.MkdirAll(d.Source+"/inside/deep", 0o755))
	links := t.TempDir()
	link := func(to, name string) string {
		require.NoError(t, os.Symlink(to, filepath.Join(links, name)))
		return filepath.Join(links, name)
	}
	for _, d.Site = range []string{
		link(d.Source+"/inside", "site"), // a link into it
		links + "/site/of/later",         // behind a link, and not there yet
		link(d.Source, "same"),
		d.Source,
	} {
		require.Contains(t, d.refused(), "choose two folders side by side", d.Site)
	}
	require.NoDirExists(t, d.Source+"/inside/of")
	d.Source, d.Site = link(d.Source+"/inside/deep", "source"), d.Source
	require.Contains(t, d.refused(), "choose two folders side by side")
	d.Source, d.Site = d.Site, link(site, "apart")
	require.NoError(t, os.Mkdir(site, 0o755))
	d.run()
}

func TestNoPrivateKeyIsPublished(t *testing.T) {
	secret := signerOf("news.example/feed1", 2).Private() + "\n"
	for _, c := range []struct{ name, file, text string }{
		{"in the site", "site/keys/feed1.key", secret},
		{"in the source", "articles/2026/feed1.key", secret},
		{"under another name", "site/2026/old.txt", secret},
		{"in a folder with a dot", "articles/.git/key", secret},
		{"in the site's own folder", "site/b/feed1", secret},
		{"only named as one", "site/feed1.KEY", "altered"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, usual())
			d.run()
			name := filepath.Join(filepath.Dir(d.Site), c.file)
			require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
			require.NoError(t, os.WriteFile(name, []byte(c.text), 0o600))
			said := d.refused()
			require.Contains(t, said, name+": a private key, or named as one, in what is published: move it")
			require.NotContains(t, said, secret[:30])
		})
	}
}

func TestNoPrivateKeyIsPublishedByALink(t *testing.T) {
	keys := t.TempDir()
	require.NoError(t, writeKeys(keys, signerOf("news.example/feed1", 2)))
	for _, to := range []string{keys, keys + "/feed1.key"} {
		d := newDesk(t, usual())
		d.run()
		require.NoError(t, os.Symlink(to, d.Site+"/link"))
		require.Contains(t, d.refused(), d.Site+"/link")
		_, err := Withdraw(t.Context(), d.withdrawal("posts/7"))
		require.ErrorContains(t, err, d.Site+"/link")
	}
}

func TestNoKeyIsMadeInASite(t *testing.T) {
	d := newDesk(t, usual())
	d.run()
	link := filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.Symlink(d.Site, link))
	before := snapshot(t, filepath.Dir(d.Site))
	for _, folder := range []string{d.Site, d.Site + "/2026/keys", link, link + "/new/keys"} {
		for _, dry := range []bool{true, false} {
			_, err := Rotate(Rotation{Site: d.Site, Role: FeedRole, Keys: d.Keys, Folder: folder, DryRun: dry, Now: noon})
			require.ErrorContains(t, err, "choose a folder for keys elsewhere")
		}
		_, _, err := GenerateKeys(folder, "news.example")
		require.ErrorContains(t, err, "choose a folder for keys elsewhere")
	}
	require.Equal(t, before, snapshot(t, filepath.Dir(d.Site)))
}
