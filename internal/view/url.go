package view

import (
	"strings"

	"byway/internal/weburl"
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
	u, err := weburl.Parse(s)
	if err != nil || !strings.Contains(schemes, " "+u.Scheme+" ") {
		return URL{}
	}
	return URL{u.String()}
}

func loopback(s string) bool {
	u, err := weburl.Parse(s)
	return err == nil && u.IsLoopback()
}
