package demo

import (
	"io/fs"
	"mime"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"byway/web"
)

// partner is the site that embeds the articles, by what "byway embed" writes and under the policy that it gives, with what
// the worker needs besides.
func (d *Demo) partner(dist string, p *publisher) (http.Handler, error) {
	page, err := fs.ReadFile(web.Demo, "demo/index.html")
	if err != nil {
		return nil, err
	}
	english, err := p.embed(ferry)
	if err != nil {
		return nil, err
	}
	persian, err := p.embed(sky)
	if err != nil {
		return nil, err
	}
	policy := strings.Replace(english.Policy, "trusted-types 'none'", "trusted-types byway-sw", 1)
	page = []byte(strings.NewReplacer("{{ferry}}", english.HTML, "{{sky}}", persian.HTML, "{{policy}}", policy).Replace(string(page)))
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page) // the browser has left if this fails
	})
	for _, name := range []string{"demo.css", "panel.js"} {
		mux.HandleFunc("GET /"+name, func(w http.ResponseWriter, r *http.Request) {
			http.ServeFileFS(w, r, web.Demo, "demo/"+name)
		})
	}
	mux.Handle("GET /byway/", http.StripPrefix("/byway/", distribution(dist)))
	mux.Handle("GET /byway-sw.js", distribution(dist))
	mux.HandleFunc("GET /panel", d.showPanel)
	mux.HandleFunc("POST /panel", d.usePanel)
	// Any page that is open in the same browser could otherwise use the panel.
	return http.NewCrossOriginProtection().Handler(mux), nil
}

// distribution serves the built files as a good static host does: packed where the browser takes that, and those with a
// hash in their name for ever.
type distribution string

func (dist distribution) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := filepath.Join(string(dist), filepath.FromSlash(path.Clean("/"+r.URL.Path)))
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	if filepath.Ext(name) == ".wasm" {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	h.Set("Content-Type", mime.TypeByExtension(filepath.Ext(name)))
	h.Set("Vary", "Accept-Encoding")
	for _, packed := range []struct{ coding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !accepts(r, packed.coding) {
			continue
		}
		if _, err := os.Stat(name + packed.suffix); err == nil {
			h.Set("Content-Encoding", packed.coding)
			http.ServeFile(w, r, name+packed.suffix)
			return
		}
	}
	http.ServeFile(w, r, name)
}

// accepts reports whether a client takes a coding. No client that matters sends "br;q=0", so weights are not read.
func accepts(r *http.Request, coding string) bool {
	return slices.Contains(strings.FieldsFunc(r.Header.Get("Accept-Encoding"), func(c rune) bool {
		return c == ',' || c == ' ' || c == ';'
	}), coding)
}
