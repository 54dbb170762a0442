package markup

import (
	"net/netip"
	"net/url"
	"path"
	"strings"
)

// ResolveLink makes the absolute address of a link: https, http, mailto or tel. It is empty for what is none, or when
// a relative reference has no base.
func ResolveLink(base *url.URL, ref string) string {
	u := resolve(base, ref)
	if u == nil {
		return ""
	}
	switch u.Scheme {
	case "mailto", "tel":
		if u.Opaque == "" {
			return ""
		}
		return u.String()
	case "https", "http":
		if u.Hostname() != "" {
			return u.String()
		}
	}
	return ""
}

// ResolveImage makes the absolute address of a picture or recording: https, or http on a loopback host. Any other http
// address is raised to https: a page on https could not load it (§4.4).
func ResolveImage(base *url.URL, ref string) string {
	u := resolve(base, ref)
	if u == nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	if u.Scheme == "http" && !loopback(u.Hostname()) {
		u.Scheme = "https"
		u.Host = strings.TrimSuffix(u.Host, ":80")
	}
	return u.String()
}

// escape takes out what the URL standard takes out of a reference and escapes what it escapes.
func escape(ref string) string {
	var b strings.Builder
	for i := 0; i < len(ref); i++ {
		switch c := ref[i]; c {
		case '\t', '\n', '\r':
		case ' ':
			b.WriteString("%20")
		case '"':
			b.WriteString("%22")
		case '<':
			b.WriteString("%3C")
		case '>':
			b.WriteString("%3E")
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// resolve reads a reference as the URL standard does before it parses: without C0 controls and spaces at the ends,
// without tabs and newlines anywhere; and it escapes what the standard escapes. Otherwise "java\nscript:" would have another scheme here than in a browser.
func resolve(base *url.URL, ref string) *url.URL {
	ref = strings.TrimFunc(ref, func(r rune) bool { return r <= ' ' || r == '\u00a0' || r == '\ufeff' })
	ref = escape(ref)
	if ref == "" || ref == "#" {
		return nil // a hook for scripts, not an address
	}
	if strings.HasPrefix(ref, "//") && (base == nil || !loopback(base.Hostname())) {
		ref = "https:" + ref
	}
	u, err := url.Parse(ref)
	if err != nil {
		return nil
	}
	if u.IsAbs() {
		return u
	}
	if base == nil || !base.IsAbs() {
		return nil
	}
	return base.ResolveReference(u)
}

func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || err == nil && ip.IsLoopback()
}

// IsSamePicture reports whether two addresses are of one picture in two sizes. They are compared by file name, without
// the marks of size that content systems add: -300x187, -scaled, _w1200, ?w= (§2). A name that says nothing, "image" or
// a number, is compared with its folder.
func IsSamePicture(a, b string) bool {
	if a == b {
		return a != ""
	}
	nameA, dirA := pictureName(a)
	nameB, dirB := pictureName(b)
	if nameA == "" || nameA != nameB {
		return false
	}
	return dirA == dirB || !vague(nameA)
}

func pictureName(address string) (name, dir string) {
	u, err := url.Parse(address)
	if err != nil {
		return "", ""
	}
	dir, name = path.Split(u.Path)
	ext := strings.ToLower(path.Ext(name))
	if !pictureTypes.has(ext) && ext != "" {
		return u.Path + "?" + u.RawQuery, "" // a program, which tells pictures by its query
	}
	name = strings.ToLower(strings.TrimSuffix(name, path.Ext(name)))
	for {
		shorter := withoutSize(name)
		if shorter == name || shorter == "" {
			return name, u.Host + dir
		}
		name = shorter
	}
}

const pictureTypes names = " .jpg .jpeg .jpe .png .gif .webp .avif .heic .bmp .svg .tif .tiff "

// withoutSize takes one mark of size or of editing from the end of a name.
func withoutSize(name string) string {
	for _, mark := range []string{"-scaled", "-rotated", "@2x", "@3x"} {
		if cut, found := strings.CutSuffix(name, mark); found {
			return cut
		}
	}
	i := strings.LastIndexAny(name, "-_")
	if i < 0 {
		return name
	}
	mark := name[i+1:]
	w, h, _ := strings.Cut(mark, "x")
	if isNumber(w) && isNumber(h) || len(mark) > 1 && mark[0] == 'w' && isNumber(mark[1:]) ||
		len(mark) > 10 && mark[0] == 'e' && isNumber(mark[1:]) { // WordPress, after editing: -e1555555555555
		return name[:i]
	}
	return name
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

const vagueNames names = " image img photo picture pic default original large medium small main master full thumb thumbnail hero lead cover "

func vague(name string) bool { return len(name) < 4 || isNumber(name) || vagueNames.has(name) }
