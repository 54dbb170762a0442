package view

import (
	"net/netip"
	"net/url"
	"strings"
)

// URL is an absolute address that is safe to link to or to load. The zero URL is none.
type URL struct{ s string }

func (u URL) String() string { return u.s }

// IsZero reports whether there is no address.
func (u URL) IsZero() bool { return u.s == "" }

const linkSchemes = " https http mailto tel "

// LinkURL checks an address to link to: https, http, mailto or tel. Any other is none: links never run code.
func LinkURL(s string) URL { return checked(s, linkSchemes) }

// ChannelURL checks an address of an alternate or a channel: that of a link, or ipfs, ipns, magnet or tg.
func ChannelURL(s string) URL { return checked(s, linkSchemes+"ipfs ipns magnet tg ") }

// ImageURL checks an address of a picture: https, blob (for bytes that were verified), or http on a loopback host.
// Any other http address is raised to https, since a page on https could not load it.
func ImageURL(s string) URL {
	u := checked(s, " https http blob ")
	if rest, insecure := strings.CutPrefix(u.s, "http:"); insecure && !loopback(u.s) {
		u.s = "https:" + rest
	}
	return u
}

func checked(s, schemes string) URL {
	u, err := url.Parse(trim(s))
	if err != nil || u.Scheme == "" || !strings.Contains(schemes, " "+u.Scheme+" ") {
		return URL{}
	}
	if strings.HasPrefix(u.Scheme, "http") && u.Host == "" {
		return URL{}
	}
	return URL{u.String()}
}

// trim does what the URL standard does before it parses: C0 controls and spaces at the ends, and tabs and newlines
// anywhere, are taken out. Without it "java\nscript:" would be another scheme here than in a browser.
func trim(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool { return r <= ' ' })
	for _, c := range "\t\n\r" {
		s = strings.ReplaceAll(s, string(c), "")
	}
	return strings.ReplaceAll(s, " ", "%20")
}

func loopback(s string) bool {
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || strings.HasSuffix(u.Hostname(), ".localhost") || err == nil && ip.IsLoopback()
}
