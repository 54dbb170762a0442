package view

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
)

// URL is an absolute address that is safe to link to or to load. The zero URL is none.
type URL struct{ s string }

func (u URL) String() string { return u.s }

// ErrScheme says that an address has a scheme that may not be used in that place.
var ErrScheme = errors.New("scheme is not allowed")

// LinkURL checks an address to link to: https, http, mailto or tel. Links never run code.
func LinkURL(s string) (URL, error) { return checked(s, "https", "http", "mailto", "tel") }

// ChannelURL checks an address of an alternate or a channel: that of a link, or ipfs, ipns, magnet or tg.
func ChannelURL(s string) (URL, error) {
	return checked(s, "https", "http", "mailto", "tel", "ipfs", "ipns", "magnet", "tg")
}

// ImageURL checks an address of a picture: https, blob (for bytes that were verified), or http on a loopback host.
// Any other http address is raised to https, since a page on https could not load it.
func ImageURL(s string) (URL, error) {
	u, err := checked(s, "https", "http", "blob")
	if err == nil && strings.HasPrefix(u.s, "http:") && !loopback(u.s) {
		u.s = "https:" + strings.TrimPrefix(u.s, "http:")
	}
	return u, err
}

func checked(s string, schemes ...string) (URL, error) {
	u, err := url.Parse(trim(s))
	if err != nil {
		return URL{}, fmt.Errorf("address %q: %w", s, errors.Unwrap(err))
	}
	for _, scheme := range schemes {
		if u.Scheme != scheme {
			continue
		}
		if (scheme == "https" || scheme == "http") && u.Host == "" {
			return URL{}, fmt.Errorf("address %q: no host", s)
		}
		return URL{u.String()}, nil
	}
	return URL{}, fmt.Errorf("address %q: %w", s, ErrScheme)
}

// trim does what the URL standard does before it parses: C0 controls and spaces at the ends, and tabs and newlines
// anywhere, are taken out. Without it "java\nscript:" would be another scheme here than in a browser.
func trim(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return r <= ' ' })
	return strings.NewReplacer("\t", "", "\n", "", "\r", "", " ", "%20").Replace(s)
}

func loopback(s string) bool {
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || strings.HasSuffix(u.Hostname(), ".localhost") || err == nil && ip.IsLoopback()
}
