// Package weburl reads addresses of the web as browsers do: https://url.spec.whatwg.org/, as much of it as articles
// need. An address that is read in one way here and in another by the browser is a way around every check, so what a
// browser would repair by guessing ("https:host", `\\host`, a host with "%") is an error.
package weburl

import (
	"errors"
	"strconv"
	"strings"
)

// URL is an absolute address as a browser writes it. Schemes other than https and http are opaque: all that follows
// their colon is the Path.
type URL struct {
	Scheme   string // lower case
	User     string // "name" or "name:password", escaped
	Host     string // lower case, not empty for https and http; with its port unless that is the scheme's own
	Path     string // escaped; begins with "/" for https and http
	Query    string // escaped, with its "?"
	Fragment string // escaped, with its "#"
}

// Limits, in bytes. Relative references repeat the address that they are relative to, and an article may hold thousands.
const (
	maxAddress = 8000 // what every server should take: RFC 9110 §4.1
	maxHost    = 253  // RFC 1035 §2.3.4
)

var (
	errRelative = errors.New("not a full address")
	errHost     = errors.New("not an address: no host that can be")
	errLong     = errors.New("not an address: longer than 8,000 bytes")
	errPort     = errors.New("not an address: no port that can be")
)

// Parse reads an absolute address.
func Parse(s string) (*URL, error) { return (*URL)(nil).Resolve(s) }

// Resolve reads a reference: an absolute address, or one relative to u. Nothing is relative to nil or to an opaque
// address.
func (u *URL) Resolve(ref string) (*URL, error) {
	if len(ref) > maxAddress {
		return nil, errLong
	}
	scheme, rest := cutScheme(strip(ref))
	switch {
	case scheme == "":
		if u == nil || u.Host == "" {
			return nil, errRelative
		}
	case scheme != "https" && scheme != "http":
		return &URL{Scheme: scheme, Path: escape(rest, inOpaque)}, nil
	case !strings.HasPrefix(rest, "//"):
		return nil, errHost
	default:
		u = &URL{Scheme: scheme}
	}
	return u.relative(rest)
}

// relative reads a reference without its scheme.
func (u *URL) relative(ref string) (*URL, error) {
	v := *u
	ref, fragment := cutBefore(ref, '#')
	path, query := cutBefore(ref, '?')
	v.Fragment = escape(fragment, inFragment)
	if ref != "" {
		v.Query = escape(query, inQuery)
	}
	slashes := strings.HasPrefix(path, "//")
	path = strings.ReplaceAll(path, `\`, "/")
	switch {
	case slashes:
		authority, rest := cutBefore(path[2:], '/')
		if err := v.setAuthority(authority); err != nil {
			return nil, err
		}
		path = rest
	case strings.HasPrefix(path, "//"): // to a browser "/\host" is a host, to most programs a path
		return nil, errHost
	case path == "":
		path = u.Path
	case path[0] != '/':
		path = u.Path[:strings.LastIndexByte(u.Path, '/')+1] + path
	}
	v.Path = clean(escape(path, inPath))
	return &v, nil
}

// setAuthority reads what stands between "//" and the path.
func (u *URL) setAuthority(s string) error {
	at := strings.LastIndexByte(s, '@')
	u.User = escape(s[:max(at, 0)], inUser)
	host := lower(s[at+1:])
	port := ""
	if colon := strings.LastIndexByte(host, ':'); colon > strings.LastIndexByte(host, ']') {
		host, port = host[:colon], host[colon+1:]
	}
	if !isHost(host) {
		return errHost
	}
	if port != "" {
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil {
			return errPort
		}
		if n != 443 && u.Scheme == "https" || n != 80 && u.Scheme == "http" {
			host += ":" + strconv.Itoa(int(n))
		}
	}
	u.Host = host
	return nil
}

// isHost reports whether these are the characters of a host. What is not ASCII is left to the browser, which turns it
// into ASCII or refuses it.
func isHost(s string) bool {
	if len(s) > maxHost {
		return false
	}
	if inner, found := strings.CutPrefix(s, "["); found {
		inner, found = strings.CutSuffix(inner, "]")
		return found && strings.Count(inner, ":") > 1 && strings.Trim(inner, "0123456789abcdef:.") == ""
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 0x80 && !isLetter(c) && !isDigit(c) && strings.IndexByte("-._", c) < 0 {
			return false
		}
	}
	return s != "" && !strings.ContainsFunc(s, unseen)
}

// unseen reports whether a character is no letter of any host and changes how those around it are shown.
func unseen(r rune) bool {
	return r >= 0x80 && r < 0xa0 || r >= 0x200b && r <= 0x200f || r >= 0x2028 && r <= 0x202e || r >= 0x2060 && r <= 0x206f || r == 0xfeff || r == 0xfffd
}

// String is the address in full.
func (u *URL) String() string {
	s := u.Scheme + ":"
	if u.Host != "" {
		s += "//"
		if u.User != "" {
			s += u.User + "@"
		}
	}
	return s + u.Host + u.Path + u.Query + u.Fragment
}

// Hostname is the host without its port and without the brackets of IPv6.
func (u *URL) Hostname() string {
	host := u.Host
	if colon := strings.LastIndexByte(host, ':'); colon > strings.LastIndexByte(host, ']') {
		host = host[:colon]
	}
	return strings.Trim(host, "[]")
}

// IsLoopback reports whether the host is this device for certain: RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3.
func (u *URL) IsLoopback() bool {
	host := u.Hostname()
	if host == "localhost" || host == "::1" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	parts := strings.Split(host, ".")
	for _, p := range parts {
		if _, err := strconv.ParseUint(p, 10, 8); err != nil {
			return false
		}
	}
	return len(parts) == 4 && parts[0] == "127"
}
