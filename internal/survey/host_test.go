package survey

import (
	"bytes"
	"compress/gzip"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var noon = time.Date(2026, 8, 22, 12, 0, 0, 0, time.UTC)

// host is an address that serves a folder as its file _headers says, compressed where that helps.
type host struct {
	*httptest.Server
	folder string
	spoil  func(w http.ResponseWriter, r *http.Request, next http.Handler) // nil: nothing
	busy   atomic.Int64                                                    // requests under way
	most   atomic.Int64
	asked  atomic.Int64
}

var _ http.Handler = (*host)(nil)

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.asked.Add(1)
	now := h.busy.Add(1)
	defer h.busy.Add(-1)
	for most := h.most.Load(); now > most && !h.most.CompareAndSwap(most, now); most = h.most.Load() {
	}
	if h.spoil != nil {
		h.spoil(w, r, http.HandlerFunc(h.serve))
		return
	}
	h.serve(w, r)
}

func (h *host) serve(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	data, err := os.ReadFile(filepath.Join(h.folder, name))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	h.setHeaders(w.Header(), name)
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", typeFor(name, data))
	}
	if packs := path.Ext(name) == ".json" || strings.HasPrefix(name, ".byway/"); packs && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		gz := gzip.NewWriter(w)
		gz.Write(data)
		gz.Close()
		return
	}
	w.Write(data)
}

func typeFor(name string, data []byte) string {
	switch path.Ext(name) {
	case ".json":
		return "application/json"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".wasm":
		return "application/wasm"
	}
	return http.DetectContentType(data)
}

// setHeaders does as hosts do that read _headers.
func (h *host) setHeaders(to http.Header, name string) {
	rules, _ := os.ReadFile(filepath.Join(h.folder, "_headers"))
	fits := false
	for line := range strings.Lines(string(rules)) {
		line = strings.TrimSuffix(line, "\n")
		header, inRule := strings.CutPrefix(line, "  ")
		if !inRule {
			start, wild := strings.CutSuffix(line, "*")
			fits = "/"+name == line || wild && strings.HasPrefix("/"+name, start)
		} else if key, value, _ := strings.Cut(header, ": "); fits {
			to.Set(key, value)
		}
	}
}

// authority signs certificates.
type authority struct {
	t    testing.TB
	key  *ecdsa.PrivateKey
	cert *x509.Certificate
}

func newAuthority(t testing.TB) authority {
	a := authority{t: t}
	a.key, a.cert, _ = a.issue(nil, x509.Certificate{IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
		NotAfter: noon.AddDate(5, 0, 0)})
	return a
}

// issue makes a certificate. Without an issuer it signs itself.
func (a authority) issue(by *authority, c x509.Certificate) (*ecdsa.PrivateKey, *x509.Certificate, []byte) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(a.t, err)
	c.SerialNumber, c.NotBefore, c.Subject = big.NewInt(1), noon.AddDate(-1, 0, 0), pkix.Name{CommonName: "test"}
	parent, signer := &c, key
	if by != nil {
		parent, signer = by.cert, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, &c, parent, &key.PublicKey, signer)
	require.NoError(a.t, err)
	made, err := x509.ParseCertificate(der)
	require.NoError(a.t, err)
	return key, made, der
}

// certificate is one for a host of this machine, or for names that are not.
func (a authority) certificate(until time.Time, names ...string) tls.Certificate {
	c := x509.Certificate{NotAfter: until, DNSNames: names}
	if len(names) == 0 {
		c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	}
	key, _, der := a.issue(&a, c)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// client believes the authority, at noon.
func (a authority) client() *http.Client {
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, Time: func() time.Time { return noon }}}
	if t, ok := a.t.(*testing.T); ok {
		t.Cleanup(transport.CloseIdleConnections)
	}
	return &http.Client{Transport: transport}
}

// startHost serves a folder that may be empty still.
func startHost(t testing.TB, folder string, c tls.Certificate) *host {
	h := &host{folder: folder}
	h.Server = httptest.NewUnstartedServer(h)
	h.TLS = &tls.Config{Certificates: []tls.Certificate{c}}
	h.Config.ErrorLog = quiet
	h.StartTLS()
	t.Cleanup(h.Close)
	return h
}

// gzipped packs bytes.
func gzipped(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(data)
	w.Close()
	return b.Bytes()
}
