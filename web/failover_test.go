package web_test

import (
	"strings"
	"testing"

	"byway/internal/blockade"

	"github.com/stretchr/testify/require"
)

// aloneTimes are invented times of 20 articles from five addresses: the second is the best for all, the others are
// better for one article each.
func aloneTimes() [][]float64 {
	alone := make([][]float64, 5)
	for address := range alone {
		for n := range articles {
			ms := 100.0
			switch {
			case address == 1:
				ms = 90
			case n == address:
				ms = 50
			}
			alone[address] = append(alone[address], ms)
		}
	}
	return alone
}

func sessionOf(sc scenario, died int, times ...float64) *session {
	s := &session{scenario: sc, engine: engines[0], died: died, hosts: 2}
	for _, ms := range times {
		s.readings = append(s.readings, reading{MS: ms, Requests: 2, Hosts: 2})
	}
	s.bytes = int64(len(times) * len(article(0)) * 3 / 2)
	return s
}

func same(n int, ms float64) (times []float64) {
	for range n {
		times = append(times, ms)
	}
	return times
}

func TestFailoverRatios(t *testing.T) {
	silent := func(n int) scenario {
		return scenario{faults: []blockade.Fault{blockade.Silent, blockade.Silent, blockade.Silent}[:n]}
	}
	for _, c := range []struct {
		name          string
		session       *session
		oracle, fixed float64
	}{
		{"every address delivers", sessionOf(scenario{}, -1, same(20, 90)...), 16*90 + 4*50, 20 * 90},
		{"the first does not", sessionOf(silent(1), -1, same(20, 90)...), 17*90 + 3*50, 20 * 90},
		{"three do not", sessionOf(silent(3), -1, same(20, 90)...), 18*100 + 2*50, 19*100 + 50},
		{"the best one dies half way", sessionOf(scenario{dies: true}, 1, same(20, 90)...), 6*90 + 4*50 + 10*100, 19*100 + 50},
	} {
		t.Run(c.name, func(t *testing.T) {
			alone := aloneTimes()
			require.InDelta(t, c.oracle, c.session.oracle(alone), 1e-6)
			require.InDelta(t, c.fixed, c.session.bestFixed(alone), 1e-6)
			cell := newCell([]*session{c.session, c.session}, alone)
			require.InDelta(t, 1800/c.oracle, cell.OverOracle, 1e-6)
			require.InDelta(t, 1800/c.fixed, cell.OverFixed, 1e-6)
			require.InDelta(t, 2, cell.Requests, 1e-6)
			require.InDelta(t, 1.5, cell.Bytes, 1e-3)
		})
	}
}

func TestFailoverSessionsThatWereNotReadToTheEnd(t *testing.T) {
	s := sessionOf(scenario{faults: []blockade.Fault{blockade.Silent}}, -1, 400, 90, 110)
	require.Len(t, s.all(), articles)
	cell := newCell([]*session{s}, aloneTimes())
	require.InDelta(t, (400.0+90+110+17*100)/1800, cell.OverFixed, 1e-6)
	require.Equal(t, 3, cell.Measured)
	require.InDelta(t, 2, cell.Requests, 1e-6)
}

func TestFailoverSwitchTime(t *testing.T) {
	times := same(20, 100)
	times[10], times[11] = 900, 1200
	require.InDelta(t, 800, sessionOf(scenario{dies: true}, 2, times...).switchTime(), 1e-6)
	require.Zero(t, sessionOf(scenario{}, -1, times...).switchTime())
}

func TestFailoverGoals(t *testing.T) {
	report := failoverReport{Lines: []lineResult{{Name: "fast", Cells: []cell{
		{Scenario: "healthy", Engine: "Byway", Requests: 1.15, Hosts: 3},
		{Scenario: "healthy", Engine: "race all", Requests: 5, Hosts: 5, Wrong: 1},
		{Scenario: "primary silent", Engine: "Byway", OverFixed: 1.36, Hosts: 4},
		{Scenario: "three of five silent", Engine: "Byway", OverFixed: 1.6, Wrong: 1},
	}}}}
	report.Goals = report.goals()
	var met []bool
	for _, g := range report.Goals {
		met = append(met, g.Met)
	}
	require.Equal(t, []bool{true, false, true, false, false}, met)
	var out strings.Builder
	report.print(&out)
	require.Regexp(t, `primary silent +fast +1\.35 +1\.36 +MISSED`, out.String())
	require.Regexp(t, `healthy +fast +1\.15 +1\.15 +met`, out.String())
}

func TestFailoverArticles(t *testing.T) {
	require.InDelta(t, 60_000, len(article(0)), 3000)
	require.NotEqual(t, article(0), article(1))
}
