package markup

import (
	"path"
	"strings"

	"byway/internal/weburl"
)

// source is the absolute address of a picture, or empty. Scripts keep it in other attributes until it is near (§4.3).
// Jetpack's come first: what it has in src is a crop.
func (c *converter) source(n *node) string {
	u := c.firstImage(n, "data-large-file data-orig-file data-src data-lazy-src data-original data-lazy "+
		"data-full-url src")
	if u == "" {
		u = c.widest(n)
	}
	return u
}

// firstImage gives the first of these attributes, whose names are parted by spaces, that is the address of a picture or
// a recording, resolved.
func (c *converter) firstImage(n *node, attributes string) string {
	for _, name := range strings.Fields(attributes) {
		if u := ResolveImage(c.opt.Base, n.attr(name)); u != "" && !isPlaceholder(u) {
			return u
		}
	}
	return ""
}

// candidates are the pictures of the srcsets, resolved.
func (c *converter) candidates(n *node) []candidate {
	var list []candidate
	for _, name := range [...]string{"data-srcset", "data-lazy-srcset", "srcset"} {
		for _, cand := range parseSrcset(n.attr(name)) {
			if cand.ref = ResolveImage(c.opt.Base, cand.ref); cand.ref != "" && !isPlaceholder(cand.ref) {
				list = append(list, cand)
			}
		}
	}
	return list
}

// widest is the largest picture of the srcsets.
func (c *converter) widest(n *node) string {
	best, width := "", -1.0
	for _, cand := range c.candidates(n) {
		if size := max(float64(cand.width), cand.density); size > width {
			best, width = cand.ref, size
		}
	}
	return best
}

const placeholders names = " blank.gif spacer.gif pixel.gif clear.gif transparent.gif transparent.png lazy.gif loading.gif " +
	"lazy_placeholder.gif placeholder.gif placeholder.png placeholder.svg 1x1.png 1x1.gif 1x1.trans.gif "

func isPlaceholder(address string) bool {
	u, err := weburl.Parse(address)
	return err != nil || placeholders.has(strings.ToLower(path.Base(u.Path)))
}

// settle decides what becomes of each noscript: its picture takes the place of a neighbour that has none, is left out when
// the neighbour shows one already, and stands for itself when there is no neighbour. A form in which nothing can be filled
// in is what some systems put around a whole page.
func (c *converter) settle(n *node) {
	var kept nodes
	for i, k := range n.kids {
		if k.tag == "noscript" {
			kept = append(kept, c.unsettled(k.find(isImage), n.kids, i)...)
			kept = append(kept, unsettledFrames(k, n.kids, i)...)
			continue
		}
		if k.tag == "form" && len(k.find(isField)) == 0 {
			k.spare()
		}
		if k.traits&dropped == 0 {
			c.settle(k)
		}
		kept.add(k)
	}
	n.kids = kept
}

// unsettled gives those pictures of the noscript list[i] that stand for themselves.
func (c *converter) unsettled(imgs, list nodes, i int) nodes {
	img, direct := neighbour(list, i)
	if len(imgs) == 0 || img == nil {
		return imgs
	}
	switch have, more := c.source(img), c.source(imgs[0]); {
	case have == "":
		img.attrs = append([]attribute{{"data-src", more}}, append(img.attrs, imgs[0].attrs...)...)
		img.classify()
	case !direct && !IsSamePicture(have, more):
		return imgs
	}
	return nil
}

// unsettledFrames gives the frames of the noscript list[i], unless a script would load one beside it.
func unsettledFrames(noscript *node, list nodes, i int) nodes {
	for _, k := range list[max(0, i-2):min(len(list), i+3)] {
		if isIframe(k) || k != noscript && len(k.find(isIframe)) > 0 {
			return nil
		}
	}
	return noscript.find(isIframe)
}

func isIframe(n *node) bool { return n.tag == "iframe" }

// isField finds what somebody would fill in or press.
func isField(n *node) bool {
	return n.tag == "input" && n.attr("type") != "hidden" || names(" textarea select button ").has(n.tag)
}

func isImage(n *node) bool { return n.tag == "img" || n.tag == "amp-img" }

// neighbour is the picture next to a node (direct), or alone in the element next to it.
func neighbour(list nodes, i int) (img *node, direct bool) {
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
