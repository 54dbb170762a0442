package web_test

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"byway/internal/blockade"

	"github.com/stretchr/testify/require"
)

// readerLine is what a reader has; atOnce is how many sessions with it this machine can bear beside each other: the
// slower the line, the less they compute.
type readerLine struct {
	name           string
	rtt            time.Duration
	bytesPerSecond int
	atOnce         int
}

var readerLines = []readerLine{
	{"fast", 30 * time.Millisecond, 2_000_000, 1},
	{"typical", 100 * time.Millisecond, 500_000, 3},
	{"slow", 300 * time.Millisecond, 62_500, 10},
}

// scenario is what is wrong with the first of the five addresses. The rest is healthy.
type scenario struct {
	name   string
	faults []blockade.Fault
	dies   bool // the address that delivered the first half of the articles is silent from then on
}

var scenarios = []scenario{
	{"healthy", nil, false},
	{"primary silent", []blockade.Fault{blockade.Silent}, false},
	{"three of five silent", []blockade.Fault{blockade.Silent, blockade.Silent, blockade.Silent}, false},
	{"winner dies half way", nil, true},
	{"primary throttled", []blockade.Fault{blockade.Throttled}, false},
	{"primary 16 KB", []blockade.Fault{blockade.SilenceAfter16K}, false},
}

func (s scenario) fault(address int) blockade.Fault {
	if address < len(s.faults) {
		return s.faults[address]
	}
	return blockade.Healthy
}

// engine is a way to read. What it needs with one healthy address alone, by the same means, is what it is measured by.
type engine struct {
	name, script string // script is its name in testdata/failover.js
	alone        string // the script that reads from one address alone
	sessions     int    // of each scenario, to even out what is left to chance
}

var engines = []engine{
	// It asks addresses of which nothing is known in a random order.
	{"Byway", "byway", "byway", 3},
	{"sequential, 10 s", "sequential", "sequential", 1},
	{"stagger, 250 ms", "stagger", "sequential", 1},
	{"race all", "race", "sequential", 1},
}

func (s scenario) broken() bool { return s.dies || len(s.faults) > 0 }

// BenchmarkFailover reads 20 articles in Chromium under six scenarios over three lines, with Byway and with three other
// ways to get round a block, and compares the times with those of someone who knew beforehand what would be blocked.
// It prints a table and the goals, and writes everything to dist/bench/failover.json. It takes about eight minutes; -bench
// Failover/fast takes the fast line alone.
func BenchmarkFailover(b *testing.B) {
	site := failoverSite(b)
	report := &failoverReport{Articles: articles, ArticleBytes: len(article(0)), Distances: distances}
	for _, line := range readerLines {
		b.Run(line.name, func(b *testing.B) {
			result := measure(b, line, site)
			report.Lines = append(report.Lines, result)
			for _, c := range result.Cells {
				if c.Engine == engines[0].name {
					b.Run(c.Scenario, c.metrics)
				}
			}
		})
	}
	report.Goals = report.goals()
	report.print(os.Stdout)
	report.save(b, filepath.Join(dist, "bench", "failover.json"))
}

// failoverSite serves the page of the sessions, and an article for WebAssembly to start with.
func failoverSite(b *testing.B) string {
	script, err := os.ReadFile("testdata/failover.js")
	require.NoError(b, err)
	site := serveSite(b, "", "<script>"+string(script)+"</script>")
	page := site.Config.Handler
	site.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/first.json" {
			page.ServeHTTP(w, r)
			return
		}
		fmt.Fprint(w, article(articles))
	})
	return site.URL
}

// trials are the sessions over one line: those of each scenario and engine, and, to compare with, each address alone by
// each of the scripts, in the order of the addresses.
type trials struct {
	of    map[[2]string][]*session
	alone map[string][]*session
	all   []*session
}

func plan(line readerLine, site string) *trials {
	t := &trials{of: make(map[[2]string][]*session), alone: make(map[string][]*session)}
	for i, sc := range scenarios { // the addresses alone in between, so that what disturbs one half disturbs the other
		for _, e := range engines {
			if i < len(distances) && len(t.alone[e.alone]) == i {
				alone := &session{line: line, scenario: scenarios[0], engine: engine{name: "alone", script: e.alone}, addresses: []int{i}, site: site}
				t.alone[e.alone] = append(t.alone[e.alone], alone)
				t.all = append(t.all, alone)
			}
			for range e.sessions {
				s := &session{line: line, scenario: sc, engine: e, addresses: []int{0, 1, 2, 3, 4}, site: site}
				t.of[[2]string{sc.name, e.name}] = append(t.of[[2]string{sc.name, e.name}], s)
				t.all = append(t.all, s)
			}
		}
	}
	return t
}

// measure runs all sessions over a line.
func measure(b *testing.B, line readerLine, site string) lineResult {
	t := plan(line, site)
	require.NoError(b, runAll(t.all, line.atOnce))
	result := lineResult{Name: line.name, RTT: line.rtt.Milliseconds(), BytesPerSecond: line.bytesPerSecond, AtOnce: line.atOnce, Alone: make(map[string][][]float64)}
	for script, sessions := range t.alone {
		for _, s := range sessions {
			result.Alone[script] = append(result.Alone[script], s.times())
		}
	}
	for _, sc := range scenarios {
		for _, e := range engines {
			result.Cells = append(result.Cells, newCell(t.of[[2]string{sc.name, e.name}], result.Alone[e.alone]))
		}
	}
	return result
}

// runAll runs sessions, as many at once as may be, those that only wait beside them.
func runAll(all []*session, atOnce int) error {
	tree := logbook()
	var (
		slots = make(chan bool, atOnce)
		group sync.WaitGroup
		mu    sync.Mutex
		errs  error
	)
	for _, s := range all {
		group.Go(func() {
			if !s.waits() {
				slots <- true
				defer func() { <-slots }()
			}
			if err := s.run(tree); err != nil {
				mu.Lock()
				defer mu.Unlock()
				errs = errors.Join(errs, err)
			}
		})
	}
	group.Wait()
	return errs
}
