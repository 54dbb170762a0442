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

	"byway/internal/trust"
)

// withdrawal is of an article of usual, an hour later.
func (d *desk) withdrawal(article string) Withdrawal {
	d.Now = d.Now.Add(time.Hour)
	return Withdrawal{Site: d.Site, Keys: d.Keys[1:], Article: article, Now: d.Now}
}

func (d *desk) withdraw(w Withdrawal) Report {
	d.t.Helper()
	r, err := Withdraw(context.Background(), w)
	require.NoError(d.t, err)
	return r
}

// notice is what the feed says of an article, nil if nothing.
func (d *desk) notice(path string) *trust.Notice {
	d.t.Helper()
	s, err := stranger(d.t, d.Site, signerOf("news.example/root1", 1).Public())
	require.NoError(d.t, err)
	feed, _ := s.Feed()
	items := feed.Items
	if shard, found := feed.Shard(path); found {
		more, err := shard.Open([]byte(d.file(trust.BlobPath(shard.Blob, ""))))
		require.NoError(d.t, err)
		items = append(items, more...)
	}
	i, _ := items.Find(path)
	return i.Notice
}

func TestAWithdrawnArticleIsGoneAndItsNoticeStays(t *testing.T) {
	d := newDesk(t, usual())
	d.write("2026/08/river.json", strings.Replace(usual()["2026/08/river.json"], "in the night", "at noon", 1))
	d.write("pictures/boat.jpg", photo(500, 30))
	d.run()
	early := d.old("2026/08/river")
	d.write("2026/08/river.json", strings.Replace(usual()["2026/08/river.json"], `"image":[`, `"image":[{"url":"/pictures/boat.jpg"},`, 1))
	first := d.run()
	late, shared := d.old("2026/08/river"), verify(t, d.Site)["2026/08/tide"].Image[0].URL
	boat := verify(t, d.Site)["2026/08/river"].Image[0].URL

	w := d.withdrawal("a/2026/08/river.json")
	w.Reason = "  It was another\n river. "
	r := d.withdraw(w)
	require.Empty(t, r.Warnings)
	require.Greater(t, r.Feed, first.Feed)
	require.Equal(t, &trust.Notice{Kind: trust.Withdrawn, Text: "It was another river.", At: d.Now}, d.notice("2026/08/river"))
	require.Contains(t, d.file("feed.note"), `{"p":"2026/08/river","x":{"kind":"withdrawn",`)
	require.Contains(t, d.file("feed.note"), `"expires":"`+moment(d.Now.Add(d.Life))+`"`)
	for _, name := range []string{"a/2026/08/river.json", "2026/08/river.html", "b/" + early + ".json", "b/" + late + ".json",
		strings.TrimPrefix(boat, "https://news.example/"), "coast/index.html"} {
		require.Contains(t, r.Removed, name)
		require.NoFileExists(t, filepath.Join(d.Site, name))
	}
	require.FileExists(t, filepath.Join(d.Site, strings.TrimPrefix(shared, "https://news.example/")), "the tide shows it, too")
	for _, name := range []string{"index.html", "2026/08/index.html", "sitemap.xml", "feed.json"} {
		require.NotContains(t, d.file(name), "river.html", name)
		require.Contains(t, d.file(name), "tide", name)
	}
	require.Len(t, verify(t, d.Site), 2)
	for name, text := range snapshot(t, d.Site) {
		require.NotContains(t, text, "It rose at noon", name)
	}

	before := snapshot(t, d.Site)
	again := d.run()
	require.Equal(t, 2, again.Articles)
	require.Equal(t, []string{`2026/08/river.json: withdrawn on 2026-08-22, so it is not published: remove the file, or "byway withdraw -undo"`}, again.Warnings)
	require.Empty(t, again.Written)
	require.Empty(t, again.Removed)
	require.Equal(t, before, snapshot(t, d.Site))

	require.NoError(t, os.Remove(filepath.Join(d.Source, "2026/08/river.json")))
	require.NoError(t, os.Remove(ledgerPath(d.Site)))
	d.write("posts/8.json", story("A gull", ""))
	require.Empty(t, d.run().Warnings)
	require.Equal(t, "It was another river.", d.notice("2026/08/river").Text)
	d.Now = noon.Add(30 * 24 * time.Hour)
	d.run()
	require.NotNil(t, d.notice("2026/08/river"))
}

func TestAWithdrawalMayBeRepeatedAndUndone(t *testing.T) {
	d := newDesk(t, usual())
	d.run()
	d.withdraw(d.withdrawal("2026/08/river"))
	first := d.file("feed.note")

	r := d.withdraw(d.withdrawal("2026/08/river"))
	require.Equal(t, []string{"2026/08/river was withdrawn already, on 2026-08-22"}, r.Warnings)
	require.Empty(t, r.Written)
	w := d.withdrawal("2026/08/river")
	w.Reason = "A judge said so."
	require.Equal(t, []string{"feed.note"}, d.withdraw(w).Written)
	require.Equal(t, &trust.Notice{Kind: trust.Withdrawn, Text: "A judge said so.", At: noon.Add(time.Hour)}, d.notice("2026/08/river"))
	require.NotEqual(t, first, d.file("feed.note"))

	w = d.withdrawal("2026/08/river")
	w.Undo = true
	require.Equal(t, []string{"feed.note"}, d.withdraw(w).Written)
	require.Nil(t, d.notice("2026/08/river"))
	require.NoFileExists(t, filepath.Join(d.Site, "a/2026/08/river.json"))
	require.Empty(t, d.run().Warnings)
	require.Len(t, verify(t, d.Site), 3)
	require.FileExists(t, filepath.Join(d.Site, "coast/index.html"))
}

func TestWhatCannotBeWithdrawnIsSaidAndTheSiteStaysAsItWas(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(d *desk, w *Withdrawal)
		err    string
	}{
		{"nothing is published", func(d *desk, w *Withdrawal) { w.Site += "x" }, `give the folder that "byway publish -o" wrote`},
		{"an article that there is not", func(d *desk, w *Withdrawal) { w.Article = "2026/08/rover" },
			`there is no article "2026/08/rover": did you mean 2026/08/river or 2026/08/tide or posts/7?`},
		{"one that was not withdrawn comes back", func(d *desk, w *Withdrawal) { w.Undo = true }, "there is nothing to undo"},
		{"the key of others", func(d *desk, w *Withdrawal) { w.Keys = []Signer{signerOf("news.example/feed1", 9)} }, "give the key named news.example/feed1"},
		{"a long reason", func(d *desk, w *Withdrawal) { w.Reason = strings.Repeat("x", 301) }, "301 bytes, and 300 is the most: shorten it"},
		{"the ledger was lost", func(d *desk, w *Withdrawal) { require.NoError(d.t, os.Remove(ledgerPath(d.Site))) }, "publish once, and then withdraw"},
		{"the ledger is of an earlier run", func(d *desk, w *Withdrawal) {
			old, err := os.ReadFile(ledgerPath(d.Site))
			require.NoError(d.t, err)
			d.write("posts/7.json", story("A gull", ""))
			d.run()
			require.NoError(d.t, os.WriteFile(ledgerPath(d.Site), old, 0o644))
		}, "publish once, and then withdraw"},
		{"the ledger is of another feed", func(d *desk, w *Withdrawal) {
			note := d.file("feed.note")
			d.write("posts/8.json", story("A gull", ""))
			d.run()
			require.NoError(d.t, os.WriteFile(filepath.Join(d.Site, "feed.note"), []byte(note), 0o644))
		}, "publish once, and then withdraw"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, usual())
			d.run()
			w := d.withdrawal("2026/08/river")
			c.change(d, &w)
			before := snapshot(t, filepath.Dir(d.Site))
			_, err := Withdraw(context.Background(), w)
			require.ErrorContains(t, err, c.err)
			require.Equal(t, before, snapshot(t, filepath.Dir(d.Site)))
			require.NoDirExists(t, d.Site+"x")
		})
	}
}

func TestADryWithdrawalSaysWhatItWouldDo(t *testing.T) {
	d := newDesk(t, usual())
	d.run()
	w := d.withdrawal("2026/08/river")
	w.DryRun = true
	before := snapshot(t, filepath.Dir(d.Site))
	would := d.withdraw(w)
	require.Equal(t, before, snapshot(t, filepath.Dir(d.Site)))
	w.DryRun = false
	did := d.withdraw(w)
	require.ElementsMatch(t, did.Written, would.Written)
	require.ElementsMatch(t, did.Removed, would.Removed)
	require.NotEmpty(t, would.Removed)
}

// Notices that are old are in a list beside the feed, and are kept all the same; without that list nothing is published,
// since what was withdrawn could come back.
func TestOldWithdrawalsAreInLists(t *testing.T) {
	files := map[string]string{"first.json": story("The first", `"datePublished":"2026-08-20T10:00:00Z",`)}
	d := newDesk(t, files)
	d.run()
	d.withdraw(d.withdrawal("first"))
	for i := range 120 {
		d.write(fmt.Sprintf("n%03d.json", i), story(fmt.Sprint("n", i), `"datePublished":"2026-08-25T10:00:00Z",`))
	}
	d.Now = noon.Add(4 * 24 * time.Hour)
	require.Len(t, d.run().Warnings, 1)
	require.NotContains(t, d.file("feed.note"), `"first"`)
	require.NotNil(t, d.notice("first"))
	d.withdraw(d.withdrawal("n001"))
	require.Contains(t, d.file("feed.note"), `"items":[{"p":"n001","x":`, "what is new comes first")
	d.write("n000.json", story("edited", `"datePublished":"2026-08-25T10:00:00Z",`))
	d.run()
	require.NotNil(t, d.notice("first"))
	require.Len(t, verify(t, d.Site), 119)

	lists, err := filepath.Glob(filepath.Join(d.Site, "b", strings.Repeat("?", 64)))
	require.NoError(t, err)
	for _, list := range lists {
		require.NoError(t, os.Remove(list))
	}
	require.Contains(t, d.refused(), "copy it back from one of your addresses")
}

// A withdrawal is killed before each of its steps in turn. Whenever that is, the site is one that a stranger can verify,
// and the same withdrawal, or publishing, takes away what is left.
func TestAKilledWithdrawalIsEndedByTheNext(t *testing.T) {
	for _, end := range []string{"withdraw", "publish"} {
		published := newDesk(t, usual())
		published.run()
		states := map[int]int{}
		for step := 0; ; step++ {
			d := published.copied(t)
			killed := killedAt(t, d, "withdraw", step)
			articles := len(verify(t, d.Site))
			states[articles]++
			d.Now = noon.Add(time.Hour)
			if end == "withdraw" {
				d.withdraw(d.withdrawal("2026/08/river"))
			} else {
				d.run()
			}
			left := slices.Collect(func(yield func(string) bool) {
				for name, text := range snapshot(t, d.Site) {
					if strings.Contains(text, "The river") && !yield(name) {
						return
					}
				}
			})
			if end == "withdraw" || articles == 2 {
				require.Empty(t, left, "step %d", step)
				require.NotNil(t, d.notice("2026/08/river"))
			}
			if !killed {
				break
			}
		}
		require.Greater(t, states[3], 4)
		require.Greater(t, states[2], 4)
	}
}
