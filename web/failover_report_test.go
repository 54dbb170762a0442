package web_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"text/tabwriter"

	"github.com/stretchr/testify/require"
)

// failoverReport is what BenchmarkFailover found.
type failoverReport struct {
	Articles     int          `json:"articles"`
	ArticleBytes int          `json:"articleBytes"`
	Distances    []float64    `json:"distances"` // of each address, times the line's RTT
	Lines        []lineResult `json:"lines"`
	Goals        []goal       `json:"goals"`
}

// lineResult is what was found with one line. Alone is the time of each article from each address, by engine.
type lineResult struct {
	Name           string                 `json:"name"`
	RTT            int64                  `json:"rttMS"`
	BytesPerSecond int                    `json:"bytesPerSecond"`
	AtOnce         int                    `json:"sessionsAtOnce"`
	Alone          map[string][][]float64 `json:"aloneMS"`
	Cells          []cell                 `json:"cells"`
}

// cell is how one engine did in one scenario. Times and counts are means over the sessions.
type cell struct {
	Scenario   string  `json:"scenario"`
	Engine     string  `json:"engine"`
	OverOracle float64 `json:"overOracle"`
	OverFixed  float64 `json:"overBestFixed"`
	Worst      float64 `json:"overBestFixedWorst"` // of the sessions
	Requests   float64 `json:"requestsPerArticle"`
	Bytes      float64 `json:"bytesOverUseful"`
	Switch     float64 `json:"switchMS"` // what the first article after the death took longer than others
	Hosts      int     `json:"hostsPerArticle"`
	AllHosts   int     `json:"hostsPerSession"` // the most
	Measured   int     `json:"articlesMeasured"`
	Wrong      int     `json:"wrong"`
	Failed     int     `json:"failed"`
	Pending    int     `json:"pending"`
	Sessions   []trial `json:"sessions"`
}

// trial is one session as it went.
type trial struct {
	Died     int       `json:"died"`
	Readings []reading `json:"readings"`
}

func newCell(sessions []*session, alone [][]float64) cell {
	c := cell{Scenario: sessions[0].scenario.name, Engine: sessions[0].engine.name}
	var took, oracle, fixed, requests, bytes, useful float64
	for _, s := range sessions {
		spent := 0.0
		for _, r := range s.all() {
			spent += r.MS
			requests += float64(r.Requests)
			c.Hosts = max(c.Hosts, r.Hosts)
			c.Wrong += r.Wrong
			if r.Failed != "" {
				c.Failed++
			}
		}
		best := s.bestFixed(alone)
		took, oracle, fixed = took+spent, oracle+s.oracle(alone), fixed+best
		c.Worst = max(c.Worst, spent/best)
		bytes += float64(s.bytes)
		useful += float64(len(s.readings) * len(article(0)))
		c.AllHosts = max(c.AllHosts, s.hosts)
		c.Measured += len(s.readings)
		c.Pending += s.pending
		c.Switch += s.switchTime() / float64(len(sessions))
		c.Sessions = append(c.Sessions, trial{s.died, s.readings})
	}
	c.OverOracle, c.OverFixed, c.Bytes = took/oracle, took/fixed, bytes/useful
	c.Requests = requests / float64(articles*len(sessions))
	return c
}

// switchTime is how much longer the first article after the death of an address took than articles do in the median.
func (s *session) switchTime() float64 {
	if s.died < 0 {
		return 0
	}
	times := s.times()
	return times[articles/2] - slices.Sorted(slices.Values(times))[len(times)/2]
}

func (c cell) metrics(b *testing.B) {
	b.ReportMetric(c.OverOracle, "×oracle")
	b.ReportMetric(c.OverFixed, "×fixed")
	b.ReportMetric(c.Requests, "requests/article")
	b.ReportMetric(0, "ns/op")
}

// goal is a number that was promised.
type goal struct {
	What    string  `json:"what"`
	Line    string  `json:"line"`
	Most    float64 `json:"most"`
	Reached float64 `json:"reached"`
	Met     bool    `json:"met"`
}

func (r *failoverReport) goals() []goal {
	var all []goal
	add := func(what, line string, most, reached float64) {
		all = append(all, goal{what, line, most, reached, reached <= most})
	}
	for _, line := range r.Lines {
		wrong, hosts := 0, 0
		for _, c := range line.Cells {
			if c.Engine != engines[0].name {
				continue
			}
			switch c.Scenario {
			case "healthy":
				add("requests per article, healthy", line.Name, 1.15, c.Requests)
			case "primary silent":
				add("time ÷ best fixed, primary silent", line.Name, 1.35, c.OverFixed)
			case "three of five silent":
				add("time ÷ best fixed, three of five silent", line.Name, 1.6, c.OverFixed)
			}
			hosts = max(hosts, c.Hosts)
			wrong += c.Wrong + c.Failed + c.Pending
		}
		add("hosts asked for one article, always", line.Name, 3, float64(hosts))
		add("wrong, failed and left pending, in all", line.Name, 0, float64(wrong))
	}
	return all
}

const legend = `
Time ÷ oracle: against the sum of each article's time from the address that was the fastest for it. Time ÷ best fixed:
against the address that was the best one for all articles, in hindsight. Both by what each healthy address alone needs,
measured in the same run by the same means: for Byway by the element with this address as its only one, for the others
by a fetch of this address. Broken addresses count for neither: one that is throttled is never the faster one here.
Bytes are all that the servers sent, headers included. Switch: what the first article after the death took longer than
the median. Hosts: the most for one article / in one session. Where an engine would wait for minutes, only as many
articles were measured as the column says, and the mean of the last two stands for the rest. Connections are HTTP/1.1:
to abort a request costs its connection, and a new one costs three round trips more. The page tells its own round trip,
which Byway takes its first patience from, as a page that came by https over the same line does. Where addresses alone
differ by more than a fifth, the machine was busy with something else.
`

func (r *failoverReport) print(out io.Writer) {
	fmt.Fprintf(out, "\n%d articles of %d KB, five addresses at %v × the line's RTT\n%s", r.Articles, r.ArticleBytes/1000, r.Distances, legend)
	for _, line := range r.Lines {
		line.print(out)
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "\nGoals of Byway\tline\tat most\treached\t")
	for _, g := range r.Goals {
		fmt.Fprintf(table, "%s\t%s\t%.2f\t%.2f\t%s\n", g.What, g.Line, g.Most, g.Reached, verdict(g.Met))
	}
	table.Flush()
}

func verdict(met bool) string {
	if met {
		return "met"
	}
	return "MISSED"
}

func (l lineResult) print(out io.Writer) {
	fmt.Fprintf(out, "\nThe %s line: RTT %d ms, %.1f Mbit/s; %d at once, and those that wait\n", l.Name, l.RTT, float64(l.BytesPerSecond)*8/1e6, l.AtOnce)
	for _, script := range slices.Sorted(maps.Keys(l.Alone)) {
		least, most := l.span(script)
		fmt.Fprintf(out, "Alone, an address needs %.1f to %.1f s for all (%s)\n", least/1000, most/1000, script)
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "scenario\tengine\t÷ oracle\t÷ best fixed\t(worst)\trequests/article\tbytes ÷ useful\tswitch ms\thosts\tmeasured\twrong\tfailed\tpending")
	for _, c := range l.Cells {
		fmt.Fprintf(table, "%s\t%s\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%.0f\t%d / %d\t%d\t%d\t%d\t%d\n", c.Scenario, c.Engine, c.OverOracle, c.OverFixed, c.Worst,
			c.Requests, c.Bytes, c.Switch, c.Hosts, c.AllHosts, c.Measured, c.Wrong, c.Failed, c.Pending)
	}
	table.Flush()
}

// span is how long the fastest and the slowest address alone took for all articles. By their distances it is less than
// a fifth; more says that the machine had other work to do, and that the numbers are worth less.
func (l lineResult) span(script string) (least, most float64) {
	least = math.Inf(1)
	for _, times := range l.Alone[script] {
		least, most = min(least, sum(times)), max(most, sum(times))
	}
	return least, most
}

func (r *failoverReport) save(b *testing.B, file string) {
	text, err := json.MarshalIndent(r, "", "\t")
	require.NoError(b, err)
	require.NoError(b, os.MkdirAll(filepath.Dir(file), 0o755))
	require.NoError(b, os.WriteFile(file, append(text, '\n'), 0o644))
}
