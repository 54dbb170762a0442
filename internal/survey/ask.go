package survey

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/andybalholm/brotli"
)

// origin is the page that asks, to the eyes of the host. RFC 6761 §6.4: there is no such site.
const origin = "https://a-page.invalid"

// maxSilences is after how many requests without a whole answer an address is left alone.
const maxSilences = 8

const adviceRedirect = "Serve the files at this very address, or publish with the one that it leads to: byway publish -base or -mirror."

// errTold is for what another check says: the connection, the certificate, a redirect, or that the run was stopped.
var errTold = errors.New("did not arrive")

// statusError is an answer without the file.
type statusError int

func (e statusError) Error() string {
	if e.missing() {
		return "not there"
	}
	return fmt.Sprintf("status %d (%s)", int(e), http.StatusText(int(e)))
}

func (e statusError) missing() bool { return e == http.StatusNotFound || e == http.StatusGone }

// clientOf makes a client that follows no redirect, as the element does not.
func clientOf(given *http.Client) *http.Client {
	c := http.Client{Transport: http.DefaultTransport.(*http.Transport).Clone()}
	if given != nil {
		c = *given
	}
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c.Jar = nil
	return &c
}

// get asks for a file and looks at how it came. The error is errTold, a statusError, or says what is wrong with the body.
func (v *visit) get(ctx context.Context, f file) ([]byte, error) {
	if !v.enter(ctx) {
		return nil, errTold
	}
	defer v.leave()
	ctx, stop := context.WithTimeout(ctx, v.Timeout)
	defer stop()
	began := time.Now()
	response, err := v.send(ctx, f.path)
	if err != nil {
		v.silence(ctx, f, err)
		return nil, errTold
	}
	defer response.Body.Close()
	v.answered(response, time.Since(began))
	if response.StatusCode != http.StatusOK {
		return nil, v.otherwise(f, response)
	}
	body, sent, err := read(response, f.most)
	if err != nil {
		return nil, v.unread(ctx, f, err)
	}
	v.inspect(f, response.Header, body, sent)
	return body, nil
}

// enter waits for a place at the host, and reports whether there is still something to ask for.
func (v *visit) enter(ctx context.Context) bool {
	select {
	case v.hosts[v.host] <- struct{}{}:
	case <-ctx.Done():
		return false
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if dead := v.quickest == 0 && v.silences > 1; dead || ctx.Err() != nil || v.silences >= maxSilences {
		v.leave()
		return false
	}
	return true
}

func (v *visit) leave() { <-v.hosts[v.host] }

func (v *visit) send(ctx context.Context, path string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, v.base+path, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Origin", origin)
	request.Header.Set("Accept-Encoding", "br, gzip")
	request.Header.Set("User-Agent", "byway check")
	return v.client.Do(request)
}

func (v *visit) answered(r *http.Response, after time.Duration) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.quickest == 0 || after < v.quickest {
		v.quickest = after
	}
	if r.TLS != nil {
		v.expires = r.TLS.PeerCertificates[0].NotAfter
	}
}

// otherwise tells of an answer without the file.
func (v *visit) otherwise(f file, r *http.Response) error {
	if r.StatusCode < 300 || r.StatusCode > 399 {
		return statusError(r.StatusCode)
	}
	v.find(finding{Redirects, Broken, fmt.Sprintf("redirected, and readers follow nowhere: %s", targetOf(r)), adviceRedirect}, f.path)
	return errTold
}

// targetOf is where a redirect leads without what differs from file to file: the origin, if that is another one.
func targetOf(r *http.Response) string {
	to, err := r.Location()
	switch {
	case err != nil:
		return "it does not say where"
	case to.Scheme != r.Request.URL.Scheme || to.Host != r.Request.URL.Host:
		return fmt.Sprintf("to %q", to.Scheme+"://"+to.Host)
	}
	return "to another place of the same host"
}

// unread tells of a body that could not be read to its end.
func (v *visit) unread(ctx context.Context, f file, err error) error {
	var coding *codingError
	if errors.Is(err, errTooLong) || errors.As(err, &coding) {
		return err
	}
	v.silence(ctx, f, err)
	return errTold
}

var errTooLong = errors.New("longer than it may be: readers stop before its end")

type codingError struct{ what string }

func (e *codingError) Error() string { return e.what }

// read gives the body without its content coding, and how many bytes were sent. It reads little more than most bytes,
// of what is sent and of what that unpacks to: a few kilobytes can unpack to gigabytes, or to nothing for ever.
func read(r *http.Response, most int64) (body []byte, sent int64, err error) {
	raw := &counter{from: io.LimitReader(r.Body, most+64<<10)}
	var from io.Reader = raw
	switch coding := r.Header.Get("Content-Encoding"); coding {
	case "", "identity":
	case "br":
		from = brotli.NewReader(raw)
	case "gzip":
		if from, err = gzip.NewReader(raw); err != nil {
			return nil, 0, raw.fault(err, coding)
		}
	default:
		return nil, 0, &codingError{fmt.Sprintf("compressed as %q, which nobody asked for", coding)}
	}
	body, err = io.ReadAll(io.LimitReader(from, most+1))
	switch {
	case err != nil:
		return nil, 0, raw.fault(err, r.Header.Get("Content-Encoding"))
	case int64(len(body)) > most:
		return nil, 0, errTooLong
	}
	return body, raw.n, nil
}

// counter counts what was sent, and keeps the fault of the connection apart from those of the compression.
type counter struct {
	from io.Reader
	n    int64
	err  error
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.n += int64(n)
	if err != nil && err != io.EOF {
		c.err = err
	}
	return n, err
}

func (c *counter) fault(err error, coding string) error {
	if c.err != nil || coding == "" || coding == "identity" {
		return err
	}
	return &codingError{fmt.Sprintf("does not unpack as the %s that it is said to be", coding)}
}
