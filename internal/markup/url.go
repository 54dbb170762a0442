package markup

import (
	"path"
	"strings"

	"byway/internal/weburl"
)

// ResolveLink makes the absolute address of a link: https, http, mailto or tel. It is empty for what is none, or when
// a relative reference has no base.
func ResolveLink(base *weburl.URL, ref string) string {
	u := resolve(base, ref)
	if u == nil {
		return ""
	}
	switch u.Scheme {
	case "mailto", "tel":
		if u.Path == "" {
			return ""
		}
		return u.String()
	case "https", "http":
		return u.String()
	}
	return ""
}

// ResolveImage makes the absolute address of a picture or recording: https, or http on a loopback host. Any other http
// address is raised to https: a page on https could not load it (§4.4).
func ResolveImage(base *weburl.URL, ref string) string {
	u := resolve(base, ref)
	if u == nil || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	if u.Scheme == "http" && !u.IsLoopback() {
		u.Scheme = "https"
	}
	return u.String()
}

// resolve reads a reference. Spaces of the texts around it that are none in an address are taken off, and one without
// scheme is https wherever http could not be loaded.
func resolve(base *weburl.URL, ref string) *weburl.URL {
	ref = strings.TrimFunc(ref, func(r rune) bool { return r <= ' ' || r == '\u00a0' || r == '\ufeff' })
	if ref == "" || ref == "#" || isBareHost(ref) {
		return nil // a hook for scripts, or an address without its scheme, which as a path would lead nowhere
	}
	if strings.HasPrefix(ref, "//") && (base == nil || !base.IsLoopback()) {
		ref = "https:" + ref
	}
	u, err := base.Resolve(ref)
	if err != nil {
		return nil
	}
	return u
}

// isBareHost knows "images.cdn.example/a.jpg" and "www.site.example", which somebody took for addresses (§4.4).
func isBareHost(ref string) bool {
	host, _, hasPath := strings.Cut(strings.ToLower(ref), "/")
	labels := strings.Split(host, ".")
	top := labels[len(labels)-1]
	return len(labels) > 2 && (hasPath || labels[0] == "www") && len(top) > 1 &&
		strings.Trim(top, "abcdefghijklmnopqrstuvwxyz") == "" &&
		strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789.-") == ""
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

// nowhere makes a full address of one that is compared as it was written.
var nowhere = weburl.URL{Scheme: "https", Host: "nowhere", Path: "/"}

func pictureName(address string) (name, dir string) {
	u, err := nowhere.Resolve(address)
	if err != nil {
		return "", ""
	}
	dir, name = path.Split(weburl.Unescape(u.Path))
	ext := strings.ToLower(path.Ext(name))
	if !pictureTypes.has(ext) && ext != "" {
		return u.Path + u.Query, "" // a program, which tells pictures by its query
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
