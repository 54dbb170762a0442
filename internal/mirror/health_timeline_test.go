package mirror

import (
	"embed"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

//go:embed testdata/health/*.txt
var healthTimelines embed.FS

// A timeline of health has a line "mirrors a b c", and then a line for each event or question: when, which, what.
//
//	read HOST OUTCOME, ...  an article was read, and that became of the attempts; a number is a status
//	cool HOST TIME          so long HOST comes last from then on
//	order HOST ...          in this order the hosts are asked for the next article
//	again HOST ...          and in this one for the same
func TestHealthTimelines(t *testing.T) {
	eachTimeline(t, healthTimelines, "testdata/health/", runHealthTimeline)
}

func runHealthTimeline(t *testing.T, text string) {
	var known Known
	var set Set
	asked := 0
	for i, line := range strings.Split(text, "\n") {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0 || fields[0] == "#":
			continue
		case fields[0] == "mirrors":
			set = lettered(t, fields[1:])
			continue
		}
		require.GreaterOrEqual(t, len(fields), 3, "line %d: %q", i+1, line)
		now, rest := noon.Add(duration(t, fields[0])), strings.Join(fields[2:], " ")
		known.Health.Expire(now)
		switch fields[1] {
		case "read":
			known.Learn(attemptsOf(t, rest, now))
			continue
		case "cool":
			host := known.Health.Host(fields[2])
			require.Equal(t, duration(t, fields[3]), max(host.coolFrom(now), 0), "line %d: %s", i+1, line)
		case "order":
			require.Equal(t, rest, orderOf(&Known{Health: known.Health}, set, now), "line %d: %s", i+1, line)
		case "again":
			require.Equal(t, rest, orderOf(&known, set, now), "line %d: %s", i+1, line)
		default:
			t.Fatalf("line %d: %q is nothing that is known here", i+1, fields[1])
		}
		asked++
	}
	require.NotZero(t, asked)
}

// coolFrom is how long a host comes last from now on; nothing, for one of which nothing is known.
func (h *HostHealth) coolFrom(now time.Time) time.Duration {
	if h == nil {
		return 0
	}
	return h.Cool.Sub(now)
}

func orderOf(known *Known, set Set, now time.Time) string {
	var order []string
	for _, r := range known.order(set, DefaultPolicy(), now) {
		order = append(order, set.Address(r.address).Host)
	}
	return strings.Join(order, " ")
}

func attemptsOf(t *testing.T, text string, now time.Time) (all []Attempt) {
	for _, what := range strings.Split(text, ", ") {
		host, outcome, ok := strings.Cut(what, " ")
		require.True(t, ok, what)
		a := Attempt{Host: host, Round: 1, Outcome: Outcome(outcome), Start: now, Headers: now, End: now}
		if outcome == "503" {
			a.Outcome, a.Status = Wrong, 503
		}
		all = append(all, a)
	}
	return all
}
