package demo

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"

	"byway/internal/article"
	"byway/internal/decode"
	"byway/internal/page"
	"byway/internal/reader"
	"byway/web"
)

// publisher is the tree that every mirror serves: articles as JSON and as pages for people, pictures, and the element, for
// pages whose own host has lost it. Nothing in it but the element, which checks itself, may be cached, or a page would go
// on to show what a fault had made of it.
type publisher struct {
	element   http.Handler
	documents map[string][]byte // JSON by path
	pages     map[string][]byte // HTML by path
	integrity string            // of the native article's bytes, as the element's attribute takes it
	pictures  pictures
	ready     chan struct{} // closed once the tree is there
}

func newPublisher(element http.Handler) *publisher {
	return &publisher{element: http.StripPrefix("/.byway/", element), ready: make(chan struct{})}
}

// load reads the articles of the folder demo and writes these addresses into them, the primary first. Until then every
// request waits.
func (p *publisher) load(mirrors []string) error {
	p.documents, p.pages = map[string][]byte{}, map[string][]byte{}
	files, err := fs.Glob(web.Demo, "demo/*.json")
	if err != nil {
		return err
	}
	for _, file := range files {
		data, err := fs.ReadFile(web.Demo, file)
		if err == nil {
			err = p.add(file, []byte(placeholders(mirrors).Replace(string(data))))
		}
		if err != nil {
			return fmt.Errorf("web/%s: %w", file, err)
		}
	}
	if p.ready != nil {
		close(p.ready)
	}
	return nil
}

// add takes one article into the tree. Only the native one is pinned, to show both.
func (p *publisher) add(file string, data []byte) error {
	a, _, err := decode.Decode(data, decode.Options{})
	if err != nil {
		return err
	}
	where, native, err := place(file, data)
	if err != nil {
		return err
	}
	p.documents[where] = data
	if native {
		sum := sha256.Sum256(data)
		p.integrity = "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
	}
	return p.addPage(a)
}

// place is where the JSON of an article lies: as each kind of publisher has it.
func place(file string, data []byte) (where string, native bool, err error) {
	var post struct{ ID any }
	if err := json.Unmarshal(data, &post); err != nil {
		return "", false, err
	}
	if id, ok := post.ID.(float64); ok { // a native article's is a text
		return "/wp-json/wp/v2/posts/" + strconv.Itoa(int(id)), false, nil
	}
	return "/a/2031/" + path.Base(file), true, nil
}

// addPage writes the page for people, at the path of the canonical address. Its pictures are those of the address that
// serves it: the primary's would be missing where the primary is blocked.
func (p *publisher) addPage(a article.Article) error {
	u, err := url.Parse(a.URL)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	state := reader.State{Phase: reader.Ready, Article: &a}
	err = page.WriteDocument(&b, state, page.Options{Language: a.InLanguage, HeadingLevel: 1}, web.CSS)
	primary := u.Scheme + "://" + u.Host
	p.pages[u.Path] = bytes.ReplaceAll(b.Bytes(), []byte(primary+"/pictures/"), []byte("/pictures/"))
	return err
}

var _ http.Handler = (*publisher)(nil)

func (p *publisher) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	select {
	case <-p.ready:
	case <-r.Context().Done():
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if picture, ok := strings.CutPrefix(r.URL.Path, "/pictures/"); ok {
		p.pictures.serve(w, picture)
	} else if strings.HasPrefix(r.URL.Path, "/.byway/") {
		p.element.ServeHTTP(w, r)
	} else if document, ok := p.documents[r.URL.Path]; ok {
		send(w, "application/json", document)
	} else if page, ok := p.pages[r.URL.Path]; ok {
		send(w, "text/html; charset=utf-8", page)
	} else {
		http.Error(w, "This publisher of the demo has two articles and their pictures, and nothing here.", http.StatusNotFound)
	}
}

func send(w http.ResponseWriter, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(body) // the browser has left if this fails
}
