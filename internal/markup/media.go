package markup

import (
	"strings"

	"byway/internal/article"
)

// recording makes a recording of a video or audio element. What stands inside is for browsers without them.
func (f *flow) recording(n *node) {
	m := article.Media{Base: f.base(), Kind: strings.TrimPrefix(n.tag, "amp-"), Name: oneLine(n.attr("title"))}
	for _, k := range append([]*node{n}, n.find(func(k *node) bool { return k.tag == "source" })...) {
		if m.URL == "" {
			m.URL = ResolveImage(f.c.opt.Base, k.attr("src"))
		}
	}
	if m.URL == "" {
		f.c.warnings.add(n.tag, "recording without a usable address: left out")
		return
	}
	if poster := ResolveImage(f.c.opt.Base, n.attr("poster")); poster != "" {
		m.Thumbnail = &article.Image{URL: poster, Width: pixels(n.attr("width")), Height: pixels(n.attr("height"))}
	}
	f.add(m)
}
