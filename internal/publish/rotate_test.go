package publish

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byway/internal/trust"
)

// rotation has the keys of the desk in a folder, and an hour later.
func (d *desk) rotation(role Role) Rotation {
	folder := filepath.Join(filepath.Dir(d.Site), "keys")
	if _, err := os.Stat(folder); err != nil {
		require.NoError(d.t, writeKeys(folder, d.Keys...))
	}
	keys, err := ReadKeys(folder)
	require.NoError(d.t, err)
	d.Now = d.Now.Add(time.Hour)
	return Rotation{Site: d.Site, Role: role, Keys: keys, Folder: folder, Now: d.Now}
}

func (d *desk) rotate(role Role) Rotated {
	done, err := Rotate(d.rotation(role))
	require.NoError(d.t, err)
	return done
}

func TestAFeedKeyIsReplaced(t *testing.T) {
	d := newDesk(t, usual())
	d.run()
	pin := d.Keys[0].Public()
	fooled, err := stranger(t, d.Site, pin)
	require.NoError(t, err)
	root, _ := fooled.Root()
	forged := Sign(feedText(trust.Feed{Version: 1 << 52, Issued: noon, Expires: noon.Add(time.Hour)}, root, nil, nil), d.Keys[1])
	_, err = fooled.AcceptFeed(forged, noon)
	require.NoError(t, err)
	before, _ := fooled.Feed()

	r := d.rotation(FeedRole)
	done, err := Rotate(r)
	require.NoError(t, err)
	file := filepath.Join(r.Folder, "feed2.key")
	require.Equal(t, Rotated{Made: []string{file}, Replaced: []string{"news.example/feed1"}, Pin: pin, Root: 2, Feed: d.Now.Unix(),
		Written: []string{"_headers", "root/2.note", "feed.note", "root/current.note"}}, done)
	info, err := os.Stat(file)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode())
	require.Contains(t, d.file("root/2.note"), `"version":2,"epoch":2,`)
	require.Contains(t, d.file("root/2.note"), fmt.Sprintf(`"min_feed":%d`, noon.Unix()))
	require.Contains(t, d.file("_headers"), "/root/2.note\n")
	require.Len(t, verify(t, d.Site), 3)

	// Who was fooled comes back, and is not fooled again.
	require.NoError(t, fooled.AcceptRoot([]byte(d.file("root/2.note"))))
	after, err := fooled.AcceptFeed([]byte(d.file("feed.note")), d.Now)
	require.NoError(t, err)
	require.Less(t, after.Version, before.Version)
	_, err = fooled.AcceptFeed(forged, noon)
	require.ErrorIs(t, err, trust.ErrRollback)

	require.Contains(t, d.refused(), "give the key named news.example/feed2")
	d.Keys, err = ReadKeys(r.Folder)
	require.NoError(t, err)
	require.Empty(t, d.run().Written)
}

func TestARootKeyIsReplacedAndOldPinsGoOnWorking(t *testing.T) {
	d := newDesk(t, usual())
	pins := []string{d.run().Pin}
	for _, made := range []string{"root2.key", "root3.key", "root4.key"} {
		r := d.rotation(RootRole)
		done, err := Rotate(r)
		require.NoError(t, err)
		require.Equal(t, []string{filepath.Join(r.Folder, made)}, done.Made)
		old := strings.TrimPrefix(done.Replaced[0], "news.example/") + ".key"
		require.NoError(t, os.Remove(filepath.Join(r.Folder, old)), "it is needed no more")
		require.NotContains(t, pins, done.Pin)
		pins = append(pins, done.Pin)
		for _, pin := range pins {
			s, err := stranger(t, d.Site, pin)
			require.NoError(t, err)
			feed, _ := s.Feed()
			require.Equal(t, done.Feed, feed.Version)
			require.Equal(t, done.Root, feed.Root, "or readers would not hear of the new root")
			require.Len(t, feed.Items, 3)
		}
	}
	require.Contains(t, d.file("root/current.note"), `"version":4,"epoch":1,`)
	require.NotContains(t, d.file("root/current.note"), "min_feed")
	_, err := stranger(t, d.Site, signerOf("news.example/root1", 7).Public())
	require.Error(t, err)

	d.Element = t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(d.Element, "byway.js"), nil, 0o644))
	d.Keys = d.rotation(RootRole).Keys
	require.Equal(t, pins[3], d.run().Pin)
	require.Contains(t, d.file("posts/7.html"), `key="`+pins[3]+`"`)
}

// The root key alone is given, as from a stick; what lies where the new key will is found.
func TestAKeyThatAKilledRotationLeftIsUsed(t *testing.T) {
	d := newDesk(t, usual())
	d.run()
	r := d.rotation(FeedRole)
	left := signerOf("news.example/feed2", 5)
	require.NoError(t, writeKeys(r.Folder, left))
	r.Keys = d.Keys[:1]
	done, err := Rotate(r)
	require.NoError(t, err)
	require.Equal(t, []string{filepath.Join(r.Folder, "feed2.key")}, done.Made)
	require.Contains(t, d.file("root/2.note"), `"feed_keys":["`+left.Public()+`"]`)
	require.NoFileExists(t, filepath.Join(r.Folder, "feed3.key"))
}

// A root of several keys has as many afterwards, whichever of them was stolen.
func TestAllRootKeysAreReplacedTogether(t *testing.T) {
	d := newDesk(t, usual())
	d.run()
	d.Keys = append(d.Keys, signerOf("news.example/root2", 3))
	p, err := open(d.Options)
	require.NoError(t, err)
	more, err := trust.ParseKey(d.Keys[2].Public())
	require.NoError(t, err)
	next := p.root
	next.RootKeys = append(next.RootKeys, more)
	require.NoError(t, p.nextRoot(next))
	require.NoError(t, p.signAgain())
	require.NoError(t, p.to.commit())

	done := d.rotate(RootRole)
	require.Len(t, done.Made, 2)
	require.ElementsMatch(t, []string{"news.example/root1", "news.example/root2"}, done.Replaced)
	require.Regexp(t, `"root_keys":\["news.example/root3\+.*","news.example/root4\+.*"\]`, d.file("root/3.note"))
}

func TestWhatCannotBeRotatedIsSaidAndNothingIsWritten(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(d *desk, r *Rotation)
		err    string
	}{
		{"nothing is published", func(d *desk, r *Rotation) { r.Site += "x" }, `give the folder that "byway publish -o" wrote`},
		{"the root key is not here", func(d *desk, r *Rotation) {
			require.NoError(d.t, os.Remove(r.Folder+"/root1.key"))
			r.Keys = r.Keys[:1]
		}, "give the root key, too"},
		{"a new root, and no feed key is here", func(d *desk, r *Rotation) {
			require.NoError(d.t, os.Remove(r.Folder+"/feed1.key"))
			r.Keys, r.Role = r.Keys[1:], RootRole
		}, "give the key named news.example/feed1"},
		{"the new key's file is taken", func(d *desk, r *Rotation) {
			require.NoError(d.t, os.WriteFile(r.Folder+"/feed2.key", []byte(signerOf("other.example/feed1", 4).Private()), 0o600))
		}, "feed2.key: there is a key already"},
		{"the feed is altered", func(d *desk, r *Rotation) {
			require.NoError(d.t, os.WriteFile(d.Site+"/feed.note", []byte(strings.Replace(d.file("feed.note"), "2026", "2027", 1)), 0o600))
		}, "put back the one that was published last"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, usual())
			d.run()
			r := d.rotation(FeedRole)
			c.change(d, &r)
			before := snapshot(t, filepath.Dir(d.Site))
			_, err := Rotate(r)
			require.ErrorContains(t, err, c.err)
			require.Equal(t, before, snapshot(t, filepath.Dir(d.Site)))
			require.NoDirExists(t, d.Site+"x")
		})
	}
}

func TestADryRotationWritesNothing(t *testing.T) {
	d := newDesk(t, usual())
	d.run()
	r := d.rotation(FeedRole)
	r.DryRun = true
	before := snapshot(t, filepath.Dir(d.Site))
	done, err := Rotate(r)
	require.NoError(t, err)
	require.Equal(t, []string{filepath.Join(r.Folder, "feed2.key")}, done.Made)
	require.Equal(t, []string{"_headers", "root/2.note", "feed.note", "root/current.note"}, done.Written)
	require.Equal(t, before, snapshot(t, filepath.Dir(d.Site)))
}

// A rotation is killed before each of its steps in turn. Whenever that is, a stranger who pins the first key can read the
// site, and the same rotation, or publishing, ends what was begun with one new key.
func TestAKilledRotationIsEndedByTheNext(t *testing.T) {
	for _, role := range []Role{FeedRole, RootRole} {
		for _, end := range []string{"rotate", "publish"} {
			t.Run(string(role)+" "+end, func(t *testing.T) {
				published := newDesk(t, map[string]string{"river.json": story("The river", "")})
				published.run()
				published.rotation(role)
				published.Now = noon
				for step := 0; ; step++ {
					d := published.copied(t)
					killed := killedAt(t, d, "rotate "+string(role), step)
					_, err := stranger(t, d.Site, signerOf("news.example/root1", 1).Public())
					require.NoError(t, err, "step %d", step)
					d.Now = noon.Add(time.Hour)
					begun := d.endRotation(t, role, end)
					_, err = stranger(t, d.Site, signerOf("news.example/root1", 1).Public())
					require.NoError(t, err)
					keys, err := filepath.Glob(filepath.Dir(d.Site) + "/keys/" + string(role) + "*.key")
					require.NoError(t, err)
					if !killed {
						require.Greater(t, step, 4)
						break
					}
					require.LessOrEqual(t, len(keys), 2, "step %d", step)
					if begun {
						require.Contains(t, d.file("root/current.note"), fmt.Sprintf(`"news.example/%s2+`, role))
						require.Contains(t, d.file("feed.note"), `"root":2`)
					}
				}
			})
		}
	}
}

// endRotation reports whether the keys are replaced now: publishing does not begin a rotation.
func (d *desk) endRotation(t *testing.T, role Role, by string) bool {
	t.Helper()
	if by == "rotate" {
		d.rotate(role)
		return true
	}
	var err error
	d.Keys, err = ReadKeys(filepath.Dir(d.Site) + "/keys")
	require.NoError(t, err)
	d.Mirrors = nil
	return d.run().Root == 2
}
