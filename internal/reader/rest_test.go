package reader_test

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"byway/internal/mirror"
	"byway/internal/reader"

	"github.com/stretchr/testify/require"
)

// device is what a test says of the network and of the page.
type device struct {
	*desk
	offline atomic.Bool
}

func (d *device) signal(s reader.Signal) {
	switch s {
	case reader.WentOffline:
		d.offline.Store(true)
	case reader.CameOnline:
		d.offline.Store(false)
	}
	d.Signal(s)
	synctest.Wait()
}

// pass lets so much time pass and gives how often the first address was asked since the last time.
func (d *device) pass(t time.Duration) (asked int) {
	time.Sleep(t)
	synctest.Wait()
	for _, host := range d.net.takeAsked() {
		if host == "news.example" {
			asked++
		}
	}
	return asked
}

// rounds is how often an address is asked in a read that it does not answer.
const rounds = 2

func TestTryingAgain(t *testing.T) {
	for name, test := range map[string]func(*testing.T, *device){
		"without any reason, after 30 s, 60 s, and so on up to five minutes": func(t *testing.T, d *device) {
			for _, wait := range []time.Duration{30, 60, 120, 240, 300, 300} {
				require.Zero(t, d.pass(wait*time.Second-time.Second), "%d s", wait)
				require.Equal(t, rounds, d.pass(2100*time.Millisecond), "%d s", wait)
			}
		},
		"until it is there, and then no more": func(t *testing.T, d *device) {
			d.net.set("news.example", page)
			require.Equal(t, 1, d.pass(31*time.Second))
			require.Equal(t, reader.Ready, d.State().Phase)
			require.Zero(t, d.pass(time.Hour))
		},
		"while it goes on, what is wrong stays said": func(t *testing.T, d *device) {
			d.takeStates()
			require.Equal(t, rounds, d.pass(32*time.Second))
			states := d.takeStates()
			require.NotEmpty(t, states)
			for _, s := range states {
				require.Equal(t, reader.Blocked, s.Phase)
				require.NotNil(t, s.Problem)
			}
		},
		"not while nobody looks": func(t *testing.T, d *device) {
			d.signal(reader.BecameHidden)
			require.Zero(t, d.pass(time.Hour))
			d.net.set("news.example", page)
			d.signal(reader.BecameVisible)
			require.Equal(t, 1, d.pass(time.Second))
			require.Equal(t, reader.Ready, d.State().Phase)
		},
		"not while the device is offline, and soon after it is back": func(t *testing.T, d *device) {
			d.signal(reader.WentOffline)
			require.Zero(t, d.pass(time.Hour))
			d.net.set("news.example", page)
			d.signal(reader.CameOnline)
			require.Equal(t, 1, d.pass(time.Second))
			require.Equal(t, reader.Ready, d.State().Phase)
		},
		"less and less often, where the network comes and goes": func(t *testing.T, d *device) {
			asked := 0
			for range 120 {
				d.signal(reader.WentOffline)
				d.signal(reader.CameOnline)
				asked += d.pass(time.Second)
			}
			require.LessOrEqual(t, asked, 9*rounds)
			require.GreaterOrEqual(t, asked, 5)
		},
		"nor is there anything to try again when an article is shown": func(t *testing.T, d *device) {
			d.net.set("news.example", page)
			d.Reload()
			d.settle()
			d.net.takeAsked()
			d.signal(reader.WentOffline)
			d.signal(reader.CameOnline)
			d.signal(reader.BecameHidden)
			d.signal(reader.BecameVisible)
			require.Zero(t, d.pass(time.Hour))
			require.Equal(t, reader.Ready, d.State().Phase)
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := &device{desk: start(t, reader.Config{}, answers("!", "!", "!"), nil)}
				d.setOnline(func() bool { return !d.offline.Load() })
				d.settle()
				require.Equal(t, reader.Blocked, d.State().Phase)
				d.net.takeAsked()
				test(t, d)
			})
		})
	}
}

func TestWhatCannotBeShownIsNotAskedForAgainByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &device{desk: read(t, reader.Config{Src: src, Format: "newsml"}, answers(page, page, page), nil)}
		require.Equal(t, reader.Refused, d.State().Phase)
		d.net.takeAsked()
		require.Zero(t, d.pass(time.Hour))
	})
}

func TestGoingOfflineEndsWhatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &device{desk: start(t, reader.Config{}, answers("?", "?", "?"), nil)}
		d.setOnline(func() bool { return !d.offline.Load() })
		time.Sleep(time.Second)
		d.signal(reader.WentOffline)
		s := d.State()
		require.Equal(t, reader.Offline, s.Phase)
		require.Equal(t, reader.DeviceOffline, s.Problem.Kind)
		require.False(t, s.Busy)
		require.Equal(t, mirror.Offline, s.Addresses[0].Outcome)
		require.Equal(t, time.Second, s.Addresses[0].Took)
		require.Empty(t, d.memory.stored(), "nobody is blamed")

		d.net.set("m1.example.net", page)
		d.signal(reader.CameOnline)
		d.pass(2 * time.Second)
		require.Equal(t, reader.Ready, d.State().Phase)
		require.Equal(t, "m1.example.net", d.State().Source)
	})
}

func TestANoticeComesBeforeTheRoundsAreOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := start(t, reader.Config{}, answers("?", "?", "?"), nil)
		time.Sleep(12 * time.Second)
		s := d.State()
		require.Equal(t, reader.Blocked, s.Phase)
		require.Equal(t, reader.NoAddressAnswered, s.Problem.Kind)
		require.True(t, s.Busy, "it goes on")
		d.net.set("m2.example.org", page) // the second round finds it
		d.settle()
		time.Sleep(5 * time.Second)
		require.Equal(t, reader.Ready, d.State().Phase)
		require.Nil(t, d.State().Problem)
	})
}
