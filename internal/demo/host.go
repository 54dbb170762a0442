package demo

import (
	"net/http"
	"os"
	"strings"
)

// host serves a folder as a static host does, at every address, and the element from the folder of the build. Nothing else
// may be cached, or a page would go on to show what a fault had made of it.
type host struct {
	element http.Handler
	files   http.Handler
	ready   chan struct{} // closed once the files are there; until then every request waits
}

func newHost(folder string, element http.Handler) *host {
	return &host{
		element: http.StripPrefix("/.byway/", element),
		files:   http.FileServerFS(os.DirFS(folder)),
		ready:   make(chan struct{}),
	}
}

var _ http.Handler = (*host)(nil)

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	select {
	case <-h.ready:
	case <-r.Context().Done():
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if strings.HasPrefix(r.URL.Path, "/.byway/") {
		h.element.ServeHTTP(w, r)
		return
	}
	h.files.ServeHTTP(w, r)
}
