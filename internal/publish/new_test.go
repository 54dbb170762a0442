package publish

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byway/internal/trust"
)

// A publisher whose folder and ledger are gone publishes as before. Readers have the roots of before, and would refuse
// another first one; and it would take back the keys that were replaced.
func TestASiteThatWasLostIsNotBegunAnew(t *testing.T) {
	d := newDesk(t, usual())
	d.run()
	r := d.rotation(FeedRole)
	_, err := Rotate(r)
	require.NoError(t, err)
	reader, err := stranger(t, d.Site, d.Keys[0].Public())
	require.NoError(t, err)
	saved := t.TempDir()
	require.NoError(t, os.CopyFS(saved, os.DirFS(d.Site)))
	require.NoError(t, os.RemoveAll(d.Site))
	require.NoError(t, os.Remove(ledgerPath(d.Site)))
	d.Keys, err = ReadKeys(r.Folder)
	require.NoError(t, err)
	d.Now = noon.Add(24 * time.Hour)

	require.Contains(t, d.refused(), d.Site+" has no root: for a new site say -new; if it was published before, copy root/ and feed.note back from one of your addresses first")
	d.New = true
	require.Contains(t, d.refused(), "keys news.example/feed1 and news.example/feed2: a new site begins with one root key and one feed key")
	require.NoDirExists(t, d.Site)

	require.NoError(t, os.CopyFS(d.Site+"/root", os.DirFS(saved+"/root")))
	require.NoError(t, os.Remove(d.Site+"/root/1.note"))
	require.NoError(t, os.Remove(d.Site+"/root/current.note"))
	require.Contains(t, d.refused(), "root/2.note is there and no root/current.note: copy all of root/")
	require.NoError(t, os.RemoveAll(d.Site))
	require.NoError(t, os.CopyFS(d.Site+"/root", os.DirFS(saved+"/root")))
	note, err := os.ReadFile(filepath.Join(saved, "feed.note"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(d.Site+"/feed.note", note, 0o644))
	require.Contains(t, d.refused(), "has a root already: leave -new out")
	d.New = false
	require.Equal(t, int64(2), d.run().Root)
	_, err = reader.AcceptFeed([]byte(d.file(trust.FeedPath)), d.Now)
	require.NoError(t, err)
}

func TestAKeyThatIsGivenTwiceIsOne(t *testing.T) {
	d := newDesk(t, usual())
	d.Keys = append(d.Keys, d.Keys...)
	require.Equal(t, int64(1), d.run().Root)
}

func TestAFeedOfTheFuture(t *testing.T) {
	for _, c := range []struct {
		name  string
		ahead time.Duration
		err   string
	}{
		{"that readers took", 20 * time.Hour, "publish again after that time"},
		{"that no reader took", 3 * 366 * 24 * time.Hour, "copy the one before back from an address that has it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, usual())
			d.run()
			before := d.file("feed.note")
			d.write("posts/7.json", story("A gull", ""))
			d.Now = noon.Add(c.ahead)
			d.run()
			d.Now = noon.Add(time.Hour)
			said := d.refused()
			require.Contains(t, said, "feed.note: the last feed is dated "+moment(noon.Add(c.ahead))+", which is in the future: was the clock of the computer wrong?")
			require.Contains(t, said, c.err)
			_, err := Rotate(Rotation{Site: d.Site, Role: FeedRole, Keys: d.Keys, Folder: t.TempDir(), Now: d.Now})
			require.ErrorContains(t, err, c.err)

			require.NoError(t, os.WriteFile(d.Site+"/feed.note", []byte(before), 0o644))
			d.run()
			require.Len(t, verify(t, d.Site), 3)
		})
	}
}
