package markup

import (
	"net/url"
	"path"
	"strings"
)

// lazySources are the attributes in which scripts keep the address of a picture until it is near (§4.3). Jetpack's come
// first: what it has in src is a crop.
var lazySources = []string{"data-large-file", "data-orig-file", "data-src", "data-lazy-src", "data-original", "data-lazy", "data-full-url"}

// source is the absolute address of a picture, or empty.
func source(base *url.URL, n *node) string {
	for _, name := range lazySources {
		if u := ResolveImage(base, n.attr(name)); u != "" && !isPlaceholder(u) {
			return u
		}
	}
	if u := ResolveImage(base, n.attr("src")); u != "" && !isPlaceholder(u) {
		return u
	}
	return widest(base, n)
}

// widest is the largest picture of the srcsets.
func widest(base *url.URL, n *node) string {
	best, width := "", -1.0
	for _, name := range []string{"data-srcset", "data-lazy-srcset", "srcset"} {
		for _, c := range parseSrcset(n.attr(name)) {
			u := ResolveImage(base, c.ref)
			if size := max(float64(c.width), c.density); u != "" && size > width && !isPlaceholder(u) {
				best, width = u, size
			}
		}
	}
	return best
}

var placeholders = set(`blank.gif spacer.gif pixel.gif clear.gif transparent.gif transparent.png lazy.gif loading.gif
	lazy_placeholder.gif placeholder.gif placeholder.png placeholder.svg 1x1.png 1x1.gif 1x1.trans.gif`)

func isPlaceholder(address string) bool {
	u, err := url.Parse(address)
	return err != nil || placeholders[strings.ToLower(path.Base(u.Path))]
}

// settleNoscript decides what becomes of each noscript: its picture takes the place of a neighbour that has none, is
// left out when the neighbour shows one already, and stands for itself when there is no neighbour.
func settleNoscript(n *node, base *url.URL) {
	var kept []*node
	for i, k := range n.kids {
		if k.tag != "noscript" {
			if k.tag != "" && !dropped[k.tag] {
				settleNoscript(k, base)
			}
			kept = append(kept, k)
			continue
		}
		imgs := k.find(isImage)
		if len(imgs) == 0 {
			continue
		}
		switch img, direct := neighbour(n.kids, i); {
		case img == nil:
			kept = append(kept, imgs...)
		case source(base, img) == "":
			img.attrs = append([]attribute{{"data-src", source(base, imgs[0])}}, img.attrs...)
			img.attrs = append(img.attrs, imgs[0].attrs...)
		case !direct && !IsSamePicture(source(base, img), source(base, imgs[0])):
			kept = append(kept, imgs...)
		}
	}
	n.kids = kept
}

func isImage(n *node) bool { return n.tag == "img" || n.tag == "amp-img" }

// neighbour is the picture next to a node (direct), or alone in the element next to it.
func neighbour(list []*node, i int) (img *node, direct bool) {
	for _, step := range []int{-1, 1} {
		k := i + step
		for k >= 0 && k < len(list) && (list[k].tag == "" && blank(list[k].text) || list[k].tag == "br") {
			k += step
		}
		if k < 0 || k >= len(list) {
			continue
		}
		if isImage(list[k]) {
			return list[k], true
		}
		if imgs := list[k].find(isImage); len(imgs) == 1 {
			return imgs[0], false
		}
	}
	return nil, false
}
