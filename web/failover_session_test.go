package web_test

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"byway/internal/blockade"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// session is a reader who reads the articles one after the other in one page, with a line, a profile and servers of
// their own.
type session struct {
	line      readerLine
	scenario  scenario
	engine    engine
	addresses []int  // which of the five the page knows
	site      string // address of the page

	readings []reading
	died     int // the address that died in it; -1: none
	hosts    int // asked at least once
	bytes    int64
	pending  int
}

// reading is how one article was read.
type reading struct {
	MS       float64 `json:"ms"`
	Host     string  `json:"host"`
	Wrong    int     `json:"wrong"`    // times that something else was shown
	Failed   string  `json:"failed"`   // why there is no article
	Requests int     `json:"requests"` // as the servers saw them
	Hosts    int     `json:"hosts"`    // that were asked
}

const articles = 20

// distances are those of the five addresses.
var distances = []float64{1, 1.1, 0.9, 1.2, 1}

// article is the text of one of the articles, about 60 KB.
func article(n int) string {
	var paragraphs []string
	for i := range 130 {
		text := strings.Repeat(fmt.Sprintf("In hour %d of day %d the water was flat. ", i, n), 11)
		paragraphs = append(paragraphs, fmt.Sprintf(`{"type":"paragraph","content":[%q]}`, text))
	}
	id := articleID(n)
	return fmt.Sprintf(`{"version":"byway-article/1","id":%q,"headline":%[1]q,"inLanguage":"en","url":"https://harbour.example/%d",
"body":[%s,{"type":"paragraph","content":["The end of %[1]s."]}]}`, id, n, strings.Join(paragraphs, ",\n"))
}

func articleID(n int) string   { return fmt.Sprintf("urn:example:log:%d", n) }
func articlePath(n int) string { return fmt.Sprintf("/a/%d.json", n) }

// logbook serves the articles.
func logbook() http.Handler {
	mux := http.NewServeMux()
	for n := range articles {
		text := article(n)
		mux.HandleFunc(articlePath(n), func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Length", fmt.Sprint(len(text)))
			fmt.Fprint(w, text)
		})
	}
	return mux
}

// run reads as many articles as there is need for.
func (s *session) run(tree http.Handler) error {
	line := &blockade.Line{RTT: s.line.rtt, BytesPerSecond: s.line.bytesPerSecond}
	servers, err := s.start(line, tree)
	defer func() {
		for _, server := range servers {
			server.Close()
		}
	}()
	if err != nil {
		return err
	}
	page, leave, err := openPage(s.site)
	if err != nil {
		return err
	}
	defer leave()
	if err := s.read(page, servers); err != nil {
		return fmt.Errorf("%s, %s, %s: %w", s.line.name, s.scenario.name, s.engine.name, err)
	}
	s.settle(line, servers)
	return nil
}

// start starts the addresses that the page knows.
func (s *session) start(line *blockade.Line, tree http.Handler) ([]*blockade.Server, error) {
	var servers []*blockade.Server
	for _, i := range s.addresses {
		server, err := blockade.Start("127.0.0.1:0", tree)
		if err != nil {
			return servers, err
		}
		servers = append(servers, server)
		server.SetLine(line, distances[i])
		if err := server.SetFault(s.scenario.fault(i)); err != nil {
			return servers, err
		}
	}
	return servers, nil
}

// read reads article after article. The address that dies is the one that the engine relies on, whichever that is.
func (s *session) read(page context.Context, servers []*blockade.Server) error {
	var bases []string
	for _, server := range servers {
		bases = append(bases, server.URL())
	}
	list := `["` + strings.Join(bases, `","`) + `"]`
	if err := call(page, nil, "begin(%q, %s, %d)", s.engine.script, list, s.line.rtt.Milliseconds()); err != nil {
		return err
	}
	s.died = -1
	for n := range s.measured() {
		if s.scenario.dies && n == articles/2 {
			if s.died = slices.Index(bases, "http://"+s.readings[n-1].Host); s.died < 0 {
				return fmt.Errorf("no address that could die delivered: %s", s.readings[n-1].Failed)
			}
			if err := servers[s.died].SetFault(blockade.Silent); err != nil {
				return err
			}
		}
		var r reading
		if err := call(page, &r, "read(%q, %q)", articlePath(n), articleID(n)); err != nil {
			return err
		}
		if r.Failed != "" && len(s.addresses) == 1 {
			return fmt.Errorf("there is nothing to compare with: %s", r.Failed)
		}
		s.readings = append(s.readings, r)
	}
	return nil
}

// measured is how many articles are read. An engine that remembers nothing waits as long for the third article after
// a fault began as for any later one, and would wait for minutes.
func (s *session) measured() int {
	switch {
	case !s.waits():
		return articles
	case s.scenario.dies:
		return articles/2 + 3
	}
	return 3
}

// waits reports whether the session is one long wait for addresses that do not deliver.
func (s *session) waits() bool {
	return s.engine.script == "sequential" && s.scenario.broken()
}

// settle gives what was aborted a moment to get to the servers, and counts.
func (s *session) settle(line *blockade.Line, servers []*blockade.Server) {
	for range 100 {
		if line.Traffic().Pending == 0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	traffic := line.Traffic()
	s.bytes, s.pending = traffic.Bytes, traffic.Pending
	for _, server := range servers {
		asked := make(map[string]int)
		for _, request := range server.Requests() {
			asked[request.Path]++
		}
		s.hosts += min(len(asked), 1)
		for n := range s.readings {
			count := asked[articlePath(n)]
			s.readings[n].Requests += count
			s.readings[n].Hosts += min(count, 1)
		}
	}
}

// times are those of the readings, in milliseconds.
func (s *session) times() []float64 {
	var times []float64
	for _, r := range s.readings {
		times = append(times, r.MS)
	}
	return times
}

// all are the readings, with the mean of the last two in place of those that were not measured.
func (s *session) all() []reading {
	all := slices.Clone(s.readings)
	if len(all) == articles {
		return all
	}
	last := all[len(all)-1]
	last.MS = (last.MS + all[len(all)-2].MS) / 2
	last.Wrong, last.Failed = 0, ""
	for len(all) < articles {
		all = append(all, last)
	}
	return all
}

// delivers reports whether an address delivers article n in this session, as fast as its distance allows.
func (s *session) delivers(address, n int) bool {
	return s.scenario.fault(address) == blockade.Healthy && (n < articles/2 || address != s.died)
}

// oracle is how long the articles take, each from the address that is the fastest for it, by what each needs alone.
func (s *session) oracle(alone [][]float64) float64 {
	total := 0.0
	for n := range articles {
		least := math.Inf(1)
		for address, times := range alone {
			if s.delivers(address, n) {
				least = min(least, times[n])
			}
		}
		total += least
	}
	return total
}

// bestFixed is how long they take from the address that would have been the best one for all.
func (s *session) bestFixed(alone [][]float64) float64 {
	least := math.Inf(1)
	for address, times := range alone {
		if s.delivers(address, articles-1) {
			least = min(least, sum(times))
		}
	}
	return least
}

func sum(values []float64) (total float64) {
	for _, v := range values {
		total += v
	}
	return total
}

// openPage opens the page in a profile of its own.
func openPage(address string) (page context.Context, leave func(), err error) {
	control := cdp.WithExecutor(browser, chromedp.FromContext(browser).Browser)
	profile, err := target.CreateBrowserContext().Do(control)
	if err != nil {
		return nil, nil, err
	}
	forget := func() { _ = target.DisposeBrowserContext(profile).Do(control) }
	id, err := target.CreateTarget("about:blank").WithBrowserContextID(profile).WithNewWindow(true).Do(control)
	if err != nil {
		forget()
		return nil, nil, err
	}
	page, closeTab := chromedp.NewContext(browser, chromedp.WithTargetID(id))
	page, cancel := context.WithTimeout(page, 10*time.Minute)
	leave = func() { cancel(); closeTab(); forget() }
	if err := chromedp.Run(page, chromedp.Navigate(address)); err != nil {
		leave()
		return nil, nil, err
	}
	return page, leave, nil
}

// call awaits a call of a function of the page.
func call(page context.Context, result any, format string, args ...any) error {
	await := func(e *runtime.EvaluateParams) *runtime.EvaluateParams { return e.WithAwaitPromise(true) }
	return chromedp.Run(page, chromedp.Evaluate(fmt.Sprintf(format, args...), result, await))
}
