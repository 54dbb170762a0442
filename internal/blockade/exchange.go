package blockade

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// exchange is one request and the answer to it.
type exchange struct {
	server *Server
	w      http.ResponseWriter
	r      *http.Request
}

// healthy lets the tree answer, for every page to read.
func (e *exchange) healthy() {
	e.allow()
	e.server.tree.ServeHTTP(e.w, e.r)
}

// allow lets every page read the answer and measure it.
func (e *exchange) allow() {
	e.w.Header().Set("Access-Control-Allow-Origin", "*")
	e.w.Header().Set("Timing-Allow-Origin", "*")
}

func (e *exchange) noCORS() {
	page := e.page()
	page.header.Del("Access-Control-Allow-Origin")
	page.writeTo(e.w)
}

func (e *exchange) reset() {
	if conn := e.hijack(); conn != nil {
		reset(conn)
	}
}

func (e *exchange) slow() {
	if e.sleep(e.server.pace.late) {
		e.healthy()
	}
}

// hang waits until the other side leaves or the server closes.
func (e *exchange) hang() { <-e.r.Context().Done() }

// sleep reports whether the other side is still there after d.
func (e *exchange) sleep(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-e.r.Context().Done():
		return false
	}
}

// silenceAfter sends n bytes of the body. If that is all of it, it arrives: the curtain that this stands for counts
// the bytes of a connection and does not know what is in them.
func silenceAfter(n int) func(*exchange) {
	return func(e *exchange) {
		page := e.page()
		page.writeHeader(e.w)
		e.write(page.body[:min(n, len(page.body))])
		if n < len(page.body) {
			e.hang()
		}
	}
}

// paced sends n bytes at each tick.
func paced(n int) func(*exchange) {
	return func(e *exchange) {
		page := e.page()
		page.writeHeader(e.w)
		e.write(nil)
		for rest := page.body; len(rest) > 0; rest = rest[min(n, len(rest)):] {
			if !e.sleep(e.server.pace.tick) {
				return
			}
			e.write(rest[:min(n, len(rest))])
		}
	}
}

// write sends bytes, and the headers before them, at once.
func (e *exchange) write(p []byte) {
	e.w.Write(p)
	http.NewResponseController(e.w).Flush()
}

const (
	readable   = true
	unreadable = false
)

const blockPageHTML = `<!doctype html>
<html lang="en"><title>Blocked</title>
<h1>This page is not available</h1>
<p>Access to the requested page has been restricted.</p>
</html>
`

// blockPage is what a censor sends in place of the article.
func blockPage(status int, mayRead bool) func(*exchange) {
	return func(e *exchange) {
		if mayRead {
			e.allow()
		}
		e.w.Header().Set("Content-Type", "text/html; charset=utf-8")
		e.w.WriteHeader(status)
		io.WriteString(e.w, blockPageHTML)
	}
}

// blockedPath is where Redirect leads.
const blockedPath = "/blocked.html"

func (e *exchange) redirect() {
	if e.r.URL.Path == blockedPath {
		blockPage(http.StatusOK, readable)(e)
		return
	}
	e.allow()
	http.Redirect(e.w, e.r, blockedPath, http.StatusFound)
}

func status(code int) func(*exchange) {
	return func(e *exchange) {
		e.allow()
		http.Error(e.w, http.StatusText(code), code)
	}
}

// cut leaves the end of the connection as the only sign of the end of the body (RFC 9112 §6.3, item 8): to the other
// side half is all.
func (e *exchange) cut() {
	page := e.page()
	page.header.Del("Content-Length")
	e.writeRaw(page, page.body[:len(page.body)/2])
}

func (e *exchange) cutLength() {
	page := e.page()
	page.header.Set("Content-Length", strconv.Itoa(len(page.body)/2))
	e.writeRaw(page, page.body)
}

// writeRaw writes headers and body as they are, right or wrong, and closes the connection.
func (e *exchange) writeRaw(p *page, body []byte) {
	conn := e.hijack()
	if conn == nil {
		return
	}
	defer conn.Close()
	var b bytes.Buffer
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\nConnection: close\r\n", p.status, http.StatusText(p.status))
	p.header.Write(&b)
	b.WriteString("\r\n")
	b.Write(body)
	conn.Write(b.Bytes())
}

func (e *exchange) altered() {
	page := e.page()
	page.body = alter(page.body)
	page.writeTo(e.w)
}

// older sends what the tree held on an earlier day, where the server was told.
func (e *exchange) older() {
	if earlier := e.server.earlierTree(); earlier != nil {
		e.allow()
		earlier.ServeHTTP(e.w, e.r)
		return
	}
	page := e.page()
	page.body = older(page.body)
	page.writeTo(e.w)
}

func (e *exchange) empty() {
	page := e.page()
	page.body = nil
	page.writeTo(e.w)
}

func (e *exchange) tooLarge() {
	page := e.page()
	page.body = append([]byte(strings.Repeat(" ", 3<<20)), page.body...)
	page.writeTo(e.w)
}

// endless sends what was asked for, and blanks behind it for as long as somebody reads.
func (e *exchange) endless() {
	page := e.page()
	page.header.Del("Content-Length")
	page.writeHeader(e.w)
	e.write(page.body)
	blanks := bytes.Repeat([]byte(" "), 64<<10)
	for e.r.Context().Err() == nil {
		if _, err := e.w.Write(blanks); err != nil {
			return
		}
	}
}

// note sends signed lists as an attacker makes them, and all else as it is.
func note(change func([]byte) []byte) func(*exchange) {
	return func(e *exchange) {
		page := e.page()
		if isNote(page.body) {
			page.body = change(page.body)
		}
		page.writeTo(e.w)
	}
}

// bomb is 64 MB of blanks, packed.
var bomb = sync.OnceValue(func() []byte {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	blanks := bytes.Repeat([]byte(" "), 1<<20)
	for range 64 {
		w.Write(blanks)
	}
	w.Close()
	return packed.Bytes()
})

func (e *exchange) gzipBomb() {
	page := e.page()
	page.header.Set("Content-Encoding", "gzip")
	page.body = bomb()
	page.writeTo(e.w)
}

// page is what the tree answers, before it is sent.
type page struct {
	status int
	header http.Header
	body   []byte
}

var _ http.ResponseWriter = (*page)(nil)

// page asks the tree for the whole of what was asked for.
func (e *exchange) page() *page { return e.ask(e.r.URL.Path) }

// ask asks the tree for the whole of a document, unpacked, with the headers of a healthy answer.
func (e *exchange) ask(path string) *page {
	e.allow()
	p := &page{status: http.StatusOK, header: e.w.Header().Clone()}
	r := e.r.Clone(e.r.Context())
	r.URL.Path, r.URL.RawPath = path, ""
	for _, name := range []string{"Accept-Encoding", "Range", "If-None-Match", "If-Modified-Since"} {
		r.Header.Del(name)
	}
	e.server.tree.ServeHTTP(p, r)
	p.header.Set("Content-Length", strconv.Itoa(len(p.body)))
	return p
}

func (p *page) Header() http.Header    { return p.header }
func (p *page) WriteHeader(status int) { p.status = status }

func (p *page) Write(b []byte) (int, error) {
	p.body = append(p.body, b...)
	return len(b), nil
}

// writeTo sends the page with the length that its body has now.
func (p *page) writeTo(w http.ResponseWriter) {
	p.header.Set("Content-Length", strconv.Itoa(len(p.body)))
	p.writeHeader(w)
	w.Write(p.body)
}

func (p *page) writeHeader(w http.ResponseWriter) {
	clear(w.Header())
	maps.Copy(w.Header(), p.header)
	w.WriteHeader(p.status)
}

// hijack takes the connection over from the HTTP server; nil if it is gone.
func (e *exchange) hijack() *guarded {
	conn, _, err := http.NewResponseController(e.w).Hijack()
	if err != nil {
		return nil
	}
	return conn.(*guarded)
}
