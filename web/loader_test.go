package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"byway/internal/blockade"

	"github.com/chromedp/cdproto/network"
	"github.com/stretchr/testify/require"
)

// The tests of this file take the WebAssembly away from byway.js and see where it finds it.

func TestTheWebAssemblyComesFromThePublisherWhenThePagesOwnFolderFails(t *testing.T) {
	type spoil struct {
		name  string
		spoil func(*keeper)
		late  bool // the publisher is asked when the patience is at its end, and not at once
	}
	var cases []spoil
	for _, f := range []blockade.Fault{
		blockade.NotFound, blockade.Unavailable, blockade.ResetAfter, blockade.Redirect, blockade.Cut, blockade.CutLength,
		blockade.Altered, blockade.Empty, blockade.TooLarge, blockade.GzipBomb, blockade.Another, blockade.Block200, blockade.Block403,
	} {
		cases = append(cases, spoil{string(f), func(k *keeper) { fault(t, k.Server, f) }, false})
	}
	for _, f := range []blockade.Fault{blockade.Silent, blockade.HeadersThenSilence, blockade.SilenceAfter16K, blockade.Trickle} {
		cases = append(cases, spoil{string(f), func(k *keeper) { fault(t, k.Server, f) }, true})
	}
	cases = append(cases, spoil{"a byte at a time", func(k *keeper) { k.files = dripping(1) }, true})
	for _, c := range []struct {
		name   string
		change func([]byte) []byte
	}{
		{"an early byte is another", flipFirst}, {"a byte in the middle is another", flipMiddle}, {"the last byte is another", flipLast},
		{"a byte too many", longer}, {"a byte too few", shorter},
	} {
		cases = append(cases, spoil{c.name, func(k *keeper) { k.files = instead(c.change) }, false})
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if c.late { // it waits, and that beside the others
				t.Parallel()
			}
			partner, m := startKept(t, 2)
			c.spoil(partner)
			p := openTab(t)
			traffic := p.watchTraffic()
			p.open(partner.URL())
			p.waitState("ready")
			require.NotEmpty(t, asked(m[0]))
			require.Empty(t, asked(m[1]), "the first address was enough")
			took := asked(m[0])[0].Sub(asked(partner.Server)[0])
			if c.late {
				require.InDelta(t, 2.5, took.Seconds(), 1)
			} else {
				require.Less(t, took, 1900*time.Millisecond)
			}
			traffic.requireNone()
		})
	}
}

// 5 KB a second are no silence, and would take a quarter of an hour.
func TestAFolderThatDripsHoldsNothingUp(t *testing.T) {
	t.Parallel()
	partner, m := startKept(t, 1)
	partner.files = dripping(500)
	p := openTab(t)
	p.open(partner.URL())
	p.waitState("ready")
	require.NotEmpty(t, asked(m[0]))
}

func TestTheAddressesAreAskedInTheirOrderUntilOneIsRight(t *testing.T) {
	partner, m := startKept(t, 4)
	fault(t, partner.Server, blockade.NotFound)
	fault(t, m[0], blockade.Block403NoCORS)
	fault(t, m[1], blockade.Altered)
	p := openTab(t)
	traffic := p.watchTraffic()
	p.open(partner.URL())
	p.waitState("ready")
	for _, s := range m[:3] {
		require.NotEmpty(t, asked(s))
	}
	require.Empty(t, asked(m[3]))
	traffic.requireNone()
}

func TestOfManySilentOnesTheOldestGiveWay(t *testing.T) {
	t.Parallel()
	partner, m := startKept(t, 4)
	fault(t, partner.Server, blockade.Silent)
	for _, s := range m[:3] {
		fault(t, s, blockade.HeadersThenSilence)
	}
	p := openTab(t)
	traffic := p.watchTraffic()
	p.open(partner.URL())
	p.waitState("ready")
	require.InDelta(t, 8, asked(m[3])[0].Sub(asked(partner.Server)[0]).Seconds(), 1.5)
	traffic.requireNone()
	require.LessOrEqual(t, traffic.abreast, 3+1, "one may still be ending when the next begins")
}

// What race.js does, and when, under a clock that jumps from one timer to the next.
func TestSilentSourcesAreGivenUpInTheEnd(t *testing.T) {
	s := httptest.NewServer(http.FileServer(http.Dir(".")))
	t.Cleanup(s.Close)
	p := openTab(t)
	p.open(s.URL + "/race.js")
	require.Equal(t, []string{
		"0s a is asked",
		"2s b is asked",
		"4s c is asked",
		"6s a is left",
		"6s d is asked",
		"22s b is left",
		"24s c is left",
		"26s d is left",
		"26s the end: b: silent; c: silent; d: silent",
	}, eval[[]string](p, `(async () => {
		const said = [], timers = new Map();
		let now = 0, over = false;
		window.setTimeout = (act, ms) => { const id = Symbol(); timers.set(id, { at: now + ms, act }); return id };
		window.clearTimeout = (id) => timers.delete(id);
		const say = (words) => said.push(now / 1000 + "s " + words);
		const load = (source, signal) => new Promise((_, reject) => {
			say(source + " is asked");
			signal.addEventListener("abort", () => { say(source + " is left"); reject(new Error("aborted")) });
		});
		async function* sources() { yield* "abcd" }
		const { race } = await import("/race.js");
		race(sources(), load, () => {}).catch((error) => { say("the end: " + error.message); over = true });
		while (!over) {
			for (let i = 0; i < 20; i++) await null; // until all that was promised is done
			const [id, next] = [...timers].sort((a, b) => a[1].at - b[1].at)[0] ?? [];
			if (!id) break;
			timers.delete(id);
			now = next.at;
			next.act();
		}
		return said;
	})()`))
}

func TestWhereNobodyHasTheWebAssemblyThatIsSaidAndTryingAgainHelps(t *testing.T) {
	partner, m := startKept(t, 2)
	partner.files = instead(flipMiddle)
	fault(t, m[0], blockade.Unavailable)
	fault(t, m[1], blockade.ResetAfter)
	p := openTab(t)
	traffic := p.watchTraffic()
	partner.before = `addEventListener("byway-error", e => window.problem = e.detail.message)`
	p.open(partner.URL())
	p.waitState("blocked")
	requireSaid(t, p)
	problem := eval[string](p, `problem`)
	for _, part := range []string{partner.URL() + "/byway/: ", m.base(0) + "/.byway/: status 503", m.base(1) + "/.byway/: "} {
		require.Contains(t, problem, part)
	}
	require.Empty(t, eval[[]any](p, `indexedDB.databases()`), "looking for a choice leaves nothing behind")

	partner.files = nil // but the wrong bytes may still be kept
	p.do(clickInside(`[part~=notice] button`))
	p.waitState("ready")
	traffic.requireNone()
}

func TestTheProgressIsThatOfTheFurthest(t *testing.T) {
	partner, m := startKept(t, 1)
	_, data := wasm(t)
	release := make(chan struct{})
	partner.files = func(name string) http.Handler {
		if !strings.Contains(name, ".wasm") {
			return nil
		}
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write(data[:len(data)/2])
			_ = http.NewResponseController(w).Flush()
			<-release
			_, _ = w.Write(data[len(data)/2:])
		})
	}
	fault(t, m[0], blockade.SilenceAfter16K)
	p := openTab(t)
	traffic := p.watchTraffic()
	p.open(partner.URL())
	p.wait(`performance.getEntriesByType("resource").some(e => e.name.includes("/.byway/"))`) // that it has no .br is known
	require.Greater(t, eval[float64](p, inside("progress")+`.value`), 0.4)
	close(release)
	p.waitState("ready")
	traffic.requireNone()
}

func TestTheAddressesLearnNothingOfTheReader(t *testing.T) {
	partner, m := startKept(t, 2)
	fault(t, partner.Server, blockade.NotFound)
	fault(t, m[0], blockade.Redirect)
	partner.before = `document.cookie = "theirs=1"`
	p := openTab(t)
	p.open(partner.URL())
	p.waitState("ready")
	for _, r := range m[0].Requests() {
		require.NotContains(t, r.Path, "blocked", "a redirect was followed")
	}
	name, _ := wasm(t)
	sent, ok := headers.Load("/.byway/" + name)
	require.True(t, ok)
	require.Empty(t, sent.(http.Header).Get("Cookie"))
	require.Empty(t, sent.(http.Header).Get("Referer"))
}

func TestAPublisherThatHasItHelpsAllElements(t *testing.T) {
	partner, without := startKept(t, 1)
	_, with := startKept(t, 1)
	fault(t, partner.Server, blockade.NotFound)
	fault(t, without[0], blockade.NotFound)
	partner.policy = strictCSP(without.all() + " " + with.all())
	partner.show(without.embed(`load="eager"`) + with.embed(`load="eager"`))
	p := openTab(t)
	p.open(partner.URL())
	p.wait(`[...document.querySelectorAll("byway-article")].every(e => e.dataset.state === "ready")`)
	require.NotEmpty(t, asked(with[0]))
}

func TestTheFolderOfTheScriptIsAskedOnce(t *testing.T) {
	partner, m := startKept(t, 2)
	partner.show(strings.ReplaceAll(m.embed(""), "<byway-article", `<script type="module" src="`+m.base(0)+`/.byway/byway.js"></script><byway-article`))
	partner.page = strings.Replace(partner.page, `<script type="module" src="/byway/byway.js"></script>`, "", 1)
	partner.policy = ""
	fault(t, m[0], blockade.NotFound)
	p := openTab(t)
	p.open(partner.URL())
	p.waitState("ready")
	require.Len(t, asked(m[0]), 1)
	require.NotEmpty(t, asked(m[1]))
}

func TestAddressesThatMayNotBeAskedAreNot(t *testing.T) {
	partner, m := startKept(t, 1)
	fault(t, partner.Server, blockade.NotFound)
	fault(t, m[0], blockade.NotFound)
	partner.policy = ""
	partner.show(fmt.Sprintf(`<byway-article src="%s/a/ferry.json" mirrors="http://plain.example nonsense javascript:x %s/?x"><a href="/x">The ferry</a></byway-article>`, m.base(0), m.base(0)))
	partner.before = `addEventListener("byway-error", e => window.problem = e.detail.message)`
	p := openTab(t)
	p.open(partner.URL())
	p.waitState("blocked")
	require.NotContains(t, eval[string](p, `problem`), "plain.example")
	require.Len(t, asked(m[0]), 1)
}

func TestAfterAChoiceByHandNoOtherAddressIsAsked(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		host   func(mirrors) string
		days   int
		others bool
	}{
		{"the chosen one alone", func(m mirrors) string { return m.host(1) }, 6, false},
		{"a choice that has lapsed", func(m mirrors) string { return m.host(1) }, 8, true},
		{"a choice that the page does not name any more", func(mirrors) string { return "gone.example" }, 0, true},
		{"the beginning of a host is another host", func(m mirrors) string { return m.host(1)[:len(m.host(1))-1] }, 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			partner, m := startKept(t, 3)
			fault(t, partner.Server, blockade.NotFound)
			p := openTab(t)
			choose(p, partner, m.base(0), c.host(m), c.days)
			p.open(partner.URL())
			p.waitState("ready")
			require.Equal(t, c.others, len(asked(m[0])) > 0)
			require.Equal(t, !c.others, len(asked(m[1])) > 0)
			require.Empty(t, asked(m[2]))
		})
	}
}

func TestAMemoryThatDoesNotAnswerHoldsNothingUpForLong(t *testing.T) {
	t.Parallel()
	for name, before := range map[string]string{
		"silent":  `IDBFactory.prototype.open = () => ({})`,
		"missing": `Object.defineProperty(window, "indexedDB", { value: undefined })`,
		"throws":  `Object.defineProperty(window, "indexedDB", { get() { throw new Error("not here") } })`,
	} {
		t.Run(name, func(t *testing.T) {
			partner, m := startKept(t, 1)
			fault(t, partner.Server, blockade.NotFound)
			partner.before = before
			p := openTab(t)
			p.open(partner.URL())
			p.waitState("ready")
			require.Less(t, asked(m[0])[0].Sub(asked(partner.Server)[0]), 2*time.Second)
		})
	}
}

// An http page has no crypto.subtle; on loopback only a script can take it away.
const httpPage = `Object.defineProperty(crypto, "subtle", { value: undefined })`

func TestTheHashIsCheckedOnHTTPPagesToo(t *testing.T) {
	t.Parallel()
	for name, files := range map[string]func(string) http.Handler{
		"right":                     nil,
		"the last byte is another":  instead(flipLast),
		"nothing there":             instead(func([]byte) []byte { return nil }),
		"packed under another name": func(name string) http.Handler { return sent(name + ".br") },
	} {
		t.Run(name, func(t *testing.T) {
			partner, m := startKept(t, 2)
			partner.before = httpPage
			if files != nil {
				partner.files = func(name string) http.Handler {
					if !strings.Contains(name, ".wasm") {
						return nil
					}
					return files(name)
				}
			}
			fault(t, m[0], blockade.Altered)
			p := openTab(t)
			p.open(partner.URL())
			p.waitState("ready")
			if files == nil {
				require.Empty(t, asked(m[0]))
			} else {
				require.Len(t, asked(m[0]), 1)
				require.Len(t, asked(m[1]), 1)
			}
		})
	}
}

func TestAHostThatCannotCompressSendsWhatIsPacked(t *testing.T) {
	t.Parallel()
	name, data := wasm(t)
	packed, err := os.Stat(filepath.Join(dist, name+".br"))
	require.NoError(t, err)
	brotli, whole := knowsBrotli(int(packed.Size())), len(data)
	noBr, nothing := map[string]bool{".br": true}, map[string]bool{".br": true, ".gz": true}
	for _, c := range []struct {
		name, before string
		host         *packing
		asked        string
		most         int
	}{
		{"brotli", brotli, &packing{}, ".wasm .br", whole / 4},
		{"brotli, and says so", brotli, &packing{coded: true}, ".wasm .br", whole / 4},
		{"gzip, to a browser that does not know brotli", knowsNoBrotli, &packing{}, ".wasm .gz", whole / 3},
		{"gzip, where brotli is missing", brotli, &packing{missing: noBr}, ".wasm .br .gz", whole / 3},
		{"gzip, and says so", brotli, &packing{coded: true, missing: noBr}, ".wasm .br .gz", whole / 3},
		{"gzip, where the front page stands for what is missing", brotli, &packing{html: true, missing: noBr}, ".wasm .br .gz", whole / 3},
		{"the whole file, where nothing is packed", brotli, &packing{missing: nothing}, ".wasm .br .gz .wasm", whole + whole/10},
		{"the whole file, to a browser that unpacks nothing", `delete window.DecompressionStream`, &packing{patient: true}, ".wasm", whole},
		{"the whole file, on an http page", httpPage, &packing{patient: true}, ".wasm", whole},
	} {
		t.Run(c.name, func(t *testing.T) {
			partner, m := startKept(t, 1)
			partner.before = c.before
			partner.files = c.host.file
			partner.rest = func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(data) } // for knowsBrotli
			p := openTab(t)
			traffic := p.watchTraffic()
			p.open(partner.URL())
			p.waitState("ready")
			traffic.requireNone()
			endings, sent := c.host.seen()
			require.Equal(t, c.asked, endings)
			require.LessOrEqual(t, sent, c.most)
			require.Empty(t, asked(m[0]))
		})
	}
}

func TestTheDemoDoesWithoutThePartnersCopy(t *testing.T) {
	d := startDemo(t)
	p := openTab(t)
	p.do(network.Enable(), network.SetBlockedURLs().WithURLPatterns([]*network.BlockPattern{{URLPattern: d.URL + "/byway/*.wasm*", Block: true}}))
	p.open(d.URL)
	p.wait(element + `.dataset.state === "ready"`)
	require.Contains(t, eval[[]string](p, `performance.getEntriesByType("resource").filter(e => e.name.includes(".wasm")).map(e => new URL(e.name).origin)`), d.Mirrors[1])
}
