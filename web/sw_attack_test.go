package web_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"byway/internal/blockade"

	"github.com/stretchr/testify/require"
)

// What attacks on the worker brought to light.

// A page may come from the browser's cache while a gateway answers 404 to all that is asked.
func TestAPageOutOfACacheDoesNotProveThatTheWorkerIsGone(t *testing.T) {
	t.Parallel()
	s := startShelter(t)
	s.answers["/page"] = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=3600")
		text("text/html", `<title>The page</title><byway-article src="/none.json"></byway-article>`)(w, r)
	}
	p := s.visit(t)
	p.open(s.URL() + "/page")
	p.open(s.URL() + "/theirs.js")
	before := len(s.Requests())
	require.NoError(t, s.SetFault(blockade.NotFound))
	p.open(s.URL() + "/page")
	require.Equal(t, "The page", eval[string](p, `document.title`), "it comes from the cache")
	paths := func() (all []string) {
		for _, r := range s.Requests()[before:] {
			all = append(all, r.Path)
		}
		return all
	}
	require.Eventually(t, func() bool { return slices.Contains(paths(), "/page") }, 5e9, 1e7, "it is asked for past the cache")
	require.Contains(t, paths(), "/byway-sw.js")
	p.tell(settle)
	require.Equal(t, 2, eval[int](p, here))
}

// Each version of a site may have a query or a folder of its own, and 5 MB in it.
func TestVersionsOfTheScriptDoNotPileUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, place string
		kept        int
	}{{"a query for each", "/byway/byway.js?v=%d", 1}, {"a folder for each", "/v%d/byway.js", 3}} {
		t.Run(c.name, func(t *testing.T) {
			s := startShelter(t)
			p := s.visit(t)
			name, _ := wasm(t)
			page := s.page
			for v := range 5 {
				for _, file := range []string{"byway.js", name} {
					s.answers[fmt.Sprintf("/v%d/%s", v, file)] = sent(file).ServeHTTP
				}
				script := fmt.Sprintf(c.place, v)
				s.page = strings.Replace(page, "/byway/byway.js", script, 1)
				for range 2 {
					p.open(s.URL())
					p.requireWhole("ready")
					p.tell(fmt.Sprintf(`{ byway: "keep", files: [location.origin + %q] }`, script))
				}
			}
			p.wait(fmt.Sprintf(`(%s).then(all => [/byway\.js/, /\.wasm$/].every(part => all.filter(path => part.test(path)).length === %d))`, kept, c.kept))
			s.close()
			p.open(s.URL())
			p.requireKept()
		})
	}
}

// A new version of the worker takes over the tabs that are open.
func TestAnUpdateOfTheWorkerDisturbsNoTab(t *testing.T) {
	t.Parallel()
	s := startShelter(t)
	a := s.visit(t)
	b := openTabIn(t, a.profile)
	b.open(s.URL())
	b.requireWhole("ready")
	worker, err := os.ReadFile(filepath.Join(dist, "byway-sw.js"))
	require.NoError(t, err)
	s.answers["/byway-sw.js"] = text("text/javascript", string(worker)+"// the next")
	a.do(evalVoid(`navigator.serviceWorker.addEventListener("controllerchange", () => window.changed = true)`))
	require.True(t, eval[bool](b, `navigator.serviceWorker.getRegistration().then(r => r.update()).then(() => true)`))
	a.wait(`window.changed`)
	for _, p := range []*tab{a, b} {
		require.Equal(t, "done", p.tell(settle))
		p.requireWhole("ready")
	}
	require.Equal(t, s.all(t), eval[[]string](a, kept))
	s.close()
	for _, p := range []*tab{a, b} {
		p.open(s.URL())
		p.requireKept()
	}
}
