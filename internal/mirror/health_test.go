package mirror

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var noon = time.Unix(1_900_000_000, 0)

// came is an attempt that ended at noon.
func came(host string, outcome Outcome) Attempt {
	a := Attempt{Host: host, Round: 1, Outcome: outcome, Start: noon.Add(-time.Second), End: noon}
	if outcome == Accepted {
		a.Status, a.Bytes, a.Headers = 200, 40_000, noon.Add(-800*time.Millisecond)
	}
	return a
}

func withStatus(a Attempt, status int) Attempt {
	a.Status = status
	return a
}

func inRound(a Attempt, round int) Attempt {
	a.Round = round
	return a
}

func TestWhatAnAddressIsBlamedFor(t *testing.T) {
	for _, c := range []struct {
		name     string
		attempts []Attempt
		cool     time.Duration // of a
		fails    int
	}{
		{"silence, while another delivered", []Attempt{came("a", Unanswered), came("b", Accepted)}, time.Minute, 1},
		{"a block page, while another delivered", []Attempt{came("a", Wrong), came("b", Accepted)}, time.Minute, 1},
		{"status 403, while another delivered", []Attempt{withStatus(came("a", Wrong), 403), came("b", Accepted)}, time.Minute, 1},
		{"an altered copy, for a day", []Attempt{came("a", Altered), came("b", Accepted)}, 24 * time.Hour, 1},
		{"nothing, when nothing delivered", []Attempt{came("a", Unanswered), came("b", Unanswered)}, 0, 0},
		{"not even an altered copy, when nothing delivered: the hash may be old", []Attempt{came("a", Altered), came("b", Altered)}, 0, 0},
		{"nothing in a round in which all failed, when one delivered in the next", []Attempt{came("a", Unanswered), came("b", Unanswered), inRound(came("b", Accepted), 2)}, 0, 0},
		{"nothing, when it was merely slower", []Attempt{came("a", Aborted), came("b", Accepted)}, 0, 0},
		{"nothing, when the device was offline", []Attempt{came("a", Offline), came("b", Accepted)}, 0, 0},
		{"not an article that it does not have yet", []Attempt{withStatus(came("a", Missing), 404), came("b", Accepted)}, 0, 0},
		{"not an old revision", []Attempt{came("a", Older), came("b", Accepted)}, 0, 0},
		{"not being overloaded", []Attempt{withStatus(came("a", Wrong), 503), came("b", Accepted)}, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var h Health
			h.Learn(c.attempts)
			if a := h.Host("a"); c.cool == 0 {
				require.True(t, a == nil || a.Cool.IsZero() && a.Fails == 0, "%+v", a)
			} else {
				require.Equal(t, noon.Add(c.cool), a.Cool)
				require.Equal(t, c.fails, a.Fails)
				require.Equal(t, c.attempts[0].Outcome, a.Outcome)
				require.Equal(t, time.Second, a.Took)
			}
		})
	}
}

func TestCoolingDoublesUpToAnHour(t *testing.T) {
	var h Health
	var minutes []float64
	for i := range 9 {
		a := came("a", Unanswered)
		a.End = noon.Add(time.Duration(i) * time.Hour)
		h.Learn([]Attempt{a, came("b", Accepted)})
		minutes = append(minutes, h.Host("a").Cool.Sub(a.End).Minutes())
	}
	require.Equal(t, []float64{1, 2, 4, 8, 16, 32, 60, 60, 60}, minutes)
}

func TestFailuresAreForgiven(t *testing.T) {
	for _, c := range []struct {
		after time.Duration
		fails int
	}{{0, 9}, {5 * time.Hour, 9}, {6 * time.Hour, 5}, {12 * time.Hour, 3}, {18 * time.Hour, 2}, {48 * time.Hour, 1}} {
		h := Health{Hosts: []*HostHealth{{Host: "a", Fails: 8, At: noon.Add(-c.after)}}}
		h.Learn([]Attempt{came("a", Unanswered), came("b", Accepted)})
		require.Equal(t, c.fails, h.Host("a").Fails, "after %s", c.after)
	}
}

func TestDeliveringClearsAnAddress(t *testing.T) {
	h := Health{Hosts: []*HostHealth{{Host: "a", Fails: 8, Cool: noon.Add(time.Hour), At: noon}}}
	h.Learn([]Attempt{came("a", Accepted)})
	require.Equal(t, HostHealth{Host: "a", Outcome: Accepted, At: noon, Took: time.Second, Headers: 200 * time.Millisecond, Rate: 50_000, Delivered: noon}, *h.Host("a"))
	require.Equal(t, "a", h.Winner)
	require.Equal(t, []time.Duration{200 * time.Millisecond}, h.Heads)
	require.True(t, h.Compared.IsZero(), "only one was asked")
}

func TestAveragesMove(t *testing.T) {
	h := Health{Hosts: []*HostHealth{{Host: "a", Headers: 100 * time.Millisecond, Rate: 10_000, At: noon}}}
	h.Learn([]Attempt{came("a", Accepted)})
	require.Equal(t, 130*time.Millisecond, h.Host("a").Headers)
	require.InDelta(t, 22_000, h.Host("a").Rate, 1)
}

func TestWhatIsAComparison(t *testing.T) {
	answered, late := came("b", Aborted), came("b", Aborted)
	answered.Headers = noon
	answered.Start, late.Start = noon.Add(-time.Second/2), noon.Add(-time.Second/2)
	for _, c := range []struct {
		name     string
		attempts []Attempt
		compared bool
	}{
		{"only one was asked", []Attempt{came("a", Accepted)}, false},
		{"the other answered, and was slower", []Attempt{came("a", Accepted), answered}, true},
		{"the other failed", []Attempt{came("a", Accepted), came("b", Unanswered)}, true},
		{"the other was asked later and ended before it could answer", []Attempt{came("a", Accepted), late}, false},
		{"the other was asked at the same time", []Attempt{came("a", Accepted), came("b", Aborted)}, true},
		{"none delivered", []Attempt{came("a", Unanswered), came("b", Unanswered)}, false},
	} {
		var h Health
		h.Learn(c.attempts)
		require.Equal(t, c.compared, !h.Compared.IsZero(), c.name)
	}
}

func TestABodyThatCameWithItsHeadersIsNotInfinitelyFast(t *testing.T) {
	var h Health
	a := came("a", Accepted)
	a.Headers = a.End
	h.Learn([]Attempt{a})
	require.InDelta(t, 4_000_000, h.Host("a").Rate, 1)
}

func TestAShortBodySaysNothingOfTheLine(t *testing.T) {
	var h Health
	a := came("a", Accepted)
	a.Bytes = 9_999
	h.Learn([]Attempt{a})
	require.Zero(t, h.Host("a").Rate)
	require.Equal(t, "a", h.Winner)
}

func TestWhatIsKnownIsBounded(t *testing.T) {
	var h Health
	for i := range 200 {
		a := came(fmt.Sprint("host-", i), Accepted)
		a.End = noon.Add(time.Duration(i) * time.Second)
		h.Learn([]Attempt{a})
	}
	require.Len(t, h.Hosts, 64)
	require.Len(t, h.Heads, 20)
	require.NotNil(t, h.Host("host-199"))
	require.Nil(t, h.Host("host-1"), "the oldest go")
}

func TestARecordThatIsTooLongIsCut(t *testing.T) {
	h := Health{Heads: make([]time.Duration, 100_000), Winner: "a", Hosts: []*HostHealth{{Host: "a", At: noon}}}
	h.Expire(noon)
	require.Len(t, h.Heads, 20)
}

func TestWhatIsKnownExpires(t *testing.T) {
	h := Health{Winner: "a", Heads: []time.Duration{time.Second}, Hosts: []*HostHealth{
		{Host: "a", At: noon.Add(-Keep - time.Second)}, {Host: "b", At: noon.Add(-Keep + time.Second)},
	}}
	h.Expire(noon)
	require.Len(t, h.Hosts, 1)
	require.Equal(t, "b", h.Hosts[0].Host)
	require.Empty(t, h.Winner)
	require.Empty(t, h.Heads)
}

// Every browser has its own order among addresses of which nothing is known, and keeps it.
func TestUnknownAddressesAreShuffled(t *testing.T) {
	first := map[string]int{}
	for seed := uint32(1); seed <= 400; seed++ {
		known := Known{Health: Health{Seed: seed * 2654435761}}
		order := asked(known, "abcde")
		require.Equal(t, order, asked(known, "abcde"))
		require.Equal(t, "a", order[:1], "the publisher's own comes first all the same")
		first[order[1:2]]++
	}
	for _, host := range strings.Split("bcde", "") {
		require.Greater(t, first[host], 40, "%v", first)
	}
	require.Equal(t, "abcde", asked(Known{}, "abcde"), "without a seed, in the order of the list")
}

// asked is the order in which a plan asks hosts of one letter each.
func asked(known Known, letters string) (order string) {
	set, _, _ := NewSet("https://"+letters[:1]+"/doc.json", "", "https://"+strings.Join(strings.Split(letters[1:], ""), "/ https://")+"/")
	for _, r := range known.order(set, DefaultPolicy(), noon) {
		order += set.Address(r.address).Host
	}
	return order
}

func TestTryingAgainTakesLongerAndLonger(t *testing.T) {
	rows := 0
	for _, line := range strings.Split(retryTable, "\n") {
		if fields := strings.Fields(line); len(fields) == 3 {
			n, err := strconv.Atoi(fields[0])
			require.NoError(t, err)
			require.Equal(t, duration(t, fields[1]), Retry(n, false), "%s", line)
			require.Equal(t, duration(t, fields[2]), Retry(n, true), "%s", line)
			rows++
		}
	}
	require.Equal(t, 7, rows)
}

//go:embed testdata/retry/retry.txt
var retryTable string
