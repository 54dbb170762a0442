package publish

import (
	"context"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The environment of a run that kills itself: where it works, and before which step it dies.
const (
	killSource = "BYWAY_KILL_SOURCE"
	killSite   = "BYWAY_KILL_SITE"
	killStep   = "BYWAY_KILL_STEP"
	killWhat   = "BYWAY_KILL_WHAT"
)

// TestMain is also the program that is killed.
func TestMain(m *testing.M) {
	if os.Getenv(killSite) != "" {
		runUntilKilled()
		return
	}
	os.Exit(m.Run())
}

func runUntilKilled() {
	last, err := strconv.Atoi(os.Getenv(killStep))
	if err != nil {
		panic(err)
	}
	d := &desk{Options: Options{Source: os.Getenv(killSource), Site: os.Getenv(killSite), Life: 14 * 24 * time.Hour, Now: noon.Add(time.Hour),
		Mirrors: []string{"https://m2.example.net/"}, Keys: []Signer{signerOf("news.example/root1", 1), signerOf("news.example/feed1", 2)}}}
	steps := make(chan int, 1)
	steps <- 0
	d.step = func() { // of several goroutines
		n := <-steps
		if n == last {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
		steps <- n + 1
	}
	if err := d.do(os.Getenv(killWhat)); err != nil {
		panic(err)
	}
}

// do publishes, or does what is named.
func (d *desk) do(what string) (err error) {
	keys := filepath.Join(filepath.Dir(d.Site), "keys")
	switch what {
	case "publish":
		_, err = Run(context.Background(), d.Options)
	case "withdraw":
		_, err = Withdraw(context.Background(), Withdrawal{Site: d.Site, Keys: d.Keys, Article: "2026/08/river", Now: d.Now, step: d.step})
	default:
		_, role, _ := strings.Cut(what, " ")
		_, err = Rotate(Rotation{Site: d.Site, Role: Role(role), Keys: d.Keys, Folder: keys, Now: d.Now, step: d.step})
	}
	return err
}

// A run is killed before each of its steps in turn. Whenever that is, the site is one that a stranger can verify, with
// the old articles or with the new ones, and the next run finishes what was begun.
func TestAKilledRunLeavesTheOldSiteWhole(t *testing.T) {
	published := newDesk(t, usual())
	published.run()
	before := verifiedHeadlines(t, published)
	kills, states := 0, map[string]int{}
	for step := 0; ; step++ {
		d := published.copied(t)
		d.write("2026/08/river.json", story("The river fell", `"image":[{"url":"/pictures/river.jpg"}],`))
		d.write("2026/08/gull.json", story("A gull", ""))
		d.write("pictures/river.jpg", photo(700, 50))
		require.NoError(t, os.Remove(d.Source+"/posts/7.json"))
		killed := killedAt(t, d, "publish", step)
		now := verifiedHeadlines(t, d)
		if slices.Equal(now, before) {
			states["old"]++
		} else {
			require.Equal(t, []string{"A gull", "The river fell", "The tide"}, now, "step %d", step)
			states["new"]++
		}
		d.Mirrors = []string{"https://m2.example.net/"}
		d.Now = noon.Add(2 * time.Hour)
		d.run()
		require.Equal(t, []string{"A gull", "The river fell", "The tide"}, verifiedHeadlines(t, d))
		require.NoDirExists(t, d.Site+"/"+stagingFolder)
		require.NoFileExists(t, d.Site+"/posts/7.html")
		if !killed {
			break
		}
		kills++
	}
	require.Greater(t, kills, 30)
	require.Greater(t, states["old"], 30)
	require.Greater(t, states["new"], 1)
}

// copied is a desk with the same files in folders of its own.
func (d *desk) copied(t *testing.T) *desk {
	other := newDesk(t, nil)
	other.New = d.New
	require.NoError(t, os.CopyFS(filepath.Dir(other.Site), os.DirFS(filepath.Dir(d.Site))))
	return other
}

// killedAt runs a process that kills itself before a step, and reports whether it came so far.
func killedAt(t *testing.T, d *desk, what string, step int) bool {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), killSource+"="+d.Source, killSite+"="+d.Site, killStep+"="+strconv.Itoa(step), killWhat+"="+what)
	out, err := c.CombinedOutput()
	if err == nil {
		return false
	}
	status, ok := c.ProcessState.Sys().(syscall.WaitStatus)
	require.True(t, ok && status.Signaled() && status.Signal() == syscall.SIGKILL, "%v\n%s", err, out)
	return true
}

func verifiedHeadlines(t *testing.T, d *desk) []string {
	t.Helper()
	var all []string
	for _, a := range maps.All(verify(t, d.Site)) {
		all = append(all, a.Headline)
	}
	slices.Sort(all)
	return all
}
