package survey

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byway/internal/publish"
)

func TestAnAddressThatIsBehind(t *testing.T) {
	p := newPress(t)
	p.now = noon.Add(-2 * time.Hour)
	p.write("2026/river.json", story("The river fell", ""))
	p.publish()
	requireFaults(t, p, true, []string{`feed broken: feed\.note: behind: the newest is \d+, and this is \d+, 1 hour behind$`}, "Copy the site there again: everything else first, feed.note last.")

	p.now = noon.Add(-10 * time.Minute)
	p.write("2026/river.json", story("The river rose", ""))
	p.publish()
	requireFaults(t, p, false, []string{`feed warn: feed\.note: behind: the newest is \d+, and this is \d+, 2 hours behind$`}, "look again when everything is copied.")
}

// A publisher who publishes every half hour has a new feed whenever somebody looks. An address that was never brought
// up to date again is wrong all the same, and its feed ends as any other.
func TestAnAddressThatIsBehindForLong(t *testing.T) {
	for _, c := range []struct {
		name string
		days int
		want []string
	}{
		{"for two days", 2, []string{`feed broken: feed\.note: behind: .*, 2 days behind$`}},
		{"nearly until it ends", 12, []string{`feed broken: feed\.note: behind: `, `feed warn: expires in 1 day$`}},
		{"until after its end", 30, []string{`feed broken: expired on 2026-09-05`, `feed broken: feed\.note: behind: `}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPress(t)
			o := p.options()
			o.Now = noon.AddDate(0, 0, c.days)
			p.now = o.Now.Add(-10 * time.Minute)
			p.write("2026/river.json", story("The river rose", ""))
			p.publish()
			r, table := look(t, o)
			require.Empty(t, faults(r.Addresses[0]))
			require.False(t, r.OK)
			found := faults(r.Addresses[1])
			require.Len(t, found, len(c.want), table)
			for i, want := range c.want {
				require.Regexp(t, want, found[i])
			}
		})
	}
}

func TestTheRootOfAnAddressIsBehind(t *testing.T) {
	p := newPress(t)
	p.now = noon.Add(-2 * time.Hour)
	third := startHost(t, t.TempDir(), p.ca.certificate(noon.AddDate(0, 2, 0)))
	p.more = []string{third.URL + "/"}
	p.publish()
	require.NoError(t, os.CopyFS(third.folder, os.DirFS(p.first.folder)))
	r, table := look(t, p.options())
	require.Len(t, r.Addresses, 3, "the third one is known from the second root")
	require.Empty(t, faults(r.Addresses[0]))
	require.Empty(t, faults(r.Addresses[2]))
	found := faults(r.Addresses[1])
	require.Len(t, found, 2)
	require.Equal(t, "root broken: root/current.note: behind: the newest is 2, and this is 1", found[0])
	require.Contains(t, found[1], "feed broken: feed.note: behind: the newest is ")
	require.Contains(t, table, "3 addresses: 1 broken, 0 with a warning. The newest root is 2,")

	// From there all of them are found, too; but with -only none.
	o := p.options()
	o.Bases, o.Pin = []string{p.second.URL}, ""
	r, table = look(t, o)
	require.Len(t, r.Addresses, 3, "root 1 names the first address, where root 2 is")
	require.Contains(t, faults(r.Addresses[0])[0], "root broken")
	require.Empty(t, faults(r.Addresses[2]))
	require.Contains(t, table, "Not pinned: the first root")
	o.Bases, o.Only = []string{third.URL}, true
	r, _ = look(t, o)
	require.Len(t, r.Addresses, 1)
	require.True(t, r.OK)
}

func TestTheFeedNeedsARootThatWasNotCopied(t *testing.T) {
	p := newPress(t)
	p.now = noon.Add(-2 * time.Hour)
	p.more = []string{"https://m3.example.net/"}
	p.publish()
	feed, err := os.ReadFile(filepath.Join(p.first.folder, "feed.note"))
	require.NoError(t, err)
	writeFile(t, filepath.Join(p.second.folder, "feed.note"), string(feed))
	o := p.options()
	o.Bases, o.Only = []string{p.first.URL, p.second.URL}, true
	r, table := look(t, o)
	require.Contains(t, faults(r.Addresses[1]), "feed broken: feed.note: it needs roots that are not there or do not lead to it")
	require.Contains(t, table, "Copy the folder root/ of the site there: always before feed.note.")
}

// A page that pinned an earlier key goes from root to root.
func TestTheWayFromTheFirstRoot(t *testing.T) {
	p, other := newPress(t), newPress(t)
	p.more = []string{"https://m3.example.net/"}
	p.publish()
	p.more = nil
	p.publish()
	stranger, err := os.ReadFile(filepath.Join(other.first.folder, "root/1.note"))
	require.NoError(t, err)
	mine, err := os.ReadFile(filepath.Join(p.first.folder, "root/3.note"))
	require.NoError(t, err)
	text, _, _ := strings.Cut(string(mine), "\n\n")
	second := publish.Sign(strings.Replace(text, `"epoch":1`, `"epoch":2`, 1)+"\n", p.keys[0])
	for _, c := range []struct{ name, file, note, want string }{
		{"the second is altered", "root/2.note", string(stranger), `root broken: root/2\.note: it does not lead to the next root`},
		{"the first is a stranger's", "root/1.note", string(stranger), `root broken: root/2\.note: it does not lead to the next root`},
		{"there are two of the last", "root/3.note", string(second), `root broken: root/3\.note: not the same as root/current\.note`},
	} {
		t.Run(c.name, func(t *testing.T) {
			p.copy()
			writeFile(t, filepath.Join(p.second.folder, c.file), c.note)
			requireFaults(t, p, true, []string{c.want}, "")
		})
	}
}

// Two machines that publish from the same start sign two feeds under one number.
func TestTwoFeedsOfOneVersion(t *testing.T) {
	p := newPress(t)
	p.sign(p.second, func(text string) string { return strings.Replace(text, "story3", "story33", 1) })
	r, table := look(t, p.options())
	require.Empty(t, faults(r.Addresses[0]))
	require.Contains(t, faults(r.Addresses[1]), "feed broken: feed.note: not the same as at another address under the same version")
	require.Contains(t, unwrapped(table), "or by a thief of the key")
	require.False(t, r.OK)
}

// sign changes the feed of an address with the publisher's own key.
func (p *press) sign(h *host, change func(string) string) {
	name := filepath.Join(h.folder, "feed.note")
	note, err := os.ReadFile(name)
	require.NoError(p.t, err)
	text, _, _ := strings.Cut(string(note), "\n\n")
	changed := change(text + "\n")
	require.NotEqual(p.t, text+"\n", changed)
	writeFile(p.t, name, string(publish.Sign(changed, p.keys[1])))
}

func TestNotesOfTheWrongTime(t *testing.T) {
	for _, c := range []struct {
		name   string
		now    time.Time
		broken bool
		want   string
	}{
		{"the feed ends soon", noon.AddDate(0, 0, 12), false, `^feed warn: expires in 1 day$`},
		{"the feed has ended", noon.AddDate(0, 0, 14), true, `^feed broken: expired on 2026-09-05: readers say "not confirmed since"$`},
		{"the feed is of the day after tomorrow", noon.AddDate(0, 0, -2), true, `^feed broken: feed\.note: dated in the future`},
		{"the root ends soon", noon.AddDate(1, 0, -20), true, `^root warn: expires in 20 days$`},
		{"the root has ended", noon.AddDate(2, 0, 0), true, `^root broken: expired on 2027-08-23`},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPress(t)
			o := p.options()
			o.Now = c.now
			r, _ := look(t, o)
			for _, a := range r.Addresses {
				require.Regexp(t, "(?m)"+c.want, strings.Join(faults(a), "\n"))
			}
			require.Equal(t, !c.broken, r.OK)
		})
	}
}

func TestAnotherPublisherAtOneAddress(t *testing.T) {
	p, other := newPress(t), newPress(t)
	p.second.folder = other.first.folder
	want := []string{`root broken: root/current\.note: not signed by the publisher: altered, somebody else's`, `feed broken: feed\.note: not signed by the publisher`}
	o := p.options()
	o.Bases, o.Only = []string{p.first.URL, p.second.URL}, true
	r, table := look(t, o)
	found := faults(r.Addresses[1])
	require.Empty(t, faults(r.Addresses[0]))
	require.Regexp(t, want[0], found[0])
	require.Regexp(t, want[1], found[1])
	require.NotContains(t, table, "Not pinned")

	o.Pin = ""
	r, table = look(t, o)
	require.Empty(t, faults(r.Addresses[0]))
	require.Regexp(t, `root broken: root/current\.note: not signed by whom the first root names`, faults(r.Addresses[1])[0])
	require.Contains(t, table, "Not pinned")

	o.Pin = other.keys[0].Public()
	r, _ = look(t, o)
	require.Regexp(t, want[0], faults(r.Addresses[0])[0])
	require.Empty(t, faults(r.Addresses[1]), "it is the right one by this key")
}

func TestNothingSignedAnywhere(t *testing.T) {
	p := newPress(t)
	for _, pin := range []string{"", p.keys[0].Public()} {
		o := p.options()
		o.Pin, o.Bases = pin, []string{startHost(t, t.TempDir(), p.ca.certificate(noon.AddDate(0, 2, 0))).URL}
		r, table := look(t, o)
		require.Equal(t, []string{"root broken: root/current.note: not there", "feed broken: feed.note: not there", "element warn: .byway/byway.js: not there, so readers depend on the host that has it"}, faults(r.Addresses[0]))
		require.Contains(t, table, "articles     skipped  no feed says which bytes are right")
		require.Contains(t, table, "Nothing signed was found.")
		require.False(t, r.OK)
	}
}

func TestARevisionThatWasNotCopiedYet(t *testing.T) {
	p := newPress(t)
	old, err := os.ReadFile(filepath.Join(p.first.folder, "a/2026/river.json"))
	require.NoError(t, err)
	p.write("2026/river.json", story("The river fell", ""))
	p.now = noon.Add(-2 * time.Hour)
	p.publish()
	p.copy()
	writeFile(t, filepath.Join(p.second.folder, "a/2026/river.json"), string(old))
	requireFaults(t, p, false, []string{`articles warn: a/2026/river\.json: another revision than the feed names: not synced yet`}, "Copy the site there again")
}

func TestAWithdrawnArticle(t *testing.T) {
	p := newPress(t)
	withdraw := regexp.MustCompile(`("p":"2026/river"),"h":"[0-9a-f]+","n":\d+`)
	p.sign(p.first, func(text string) string {
		return withdraw.ReplaceAllString(text, `$1,"x":{"kind":"withdrawn","at":"2026-08-22T09:00:00Z"}`)
	})
	p.copy()
	remove("a/2026/river.json")(t, p.first.folder)
	requireFaults(t, p, false, []string{`articles warn: a/2026/river\.json: withdrawn, and still there`}, "--delete")
}
