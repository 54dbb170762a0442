package markup

import (
	"strings"

	"byway/internal/article"
)

// recording makes a recording of a video or audio element. What stands inside is for browsers without them.
func (f *flow) recording(n *node) {
	m := &article.Media{Base: f.base, Kind: strings.TrimPrefix(n.tag, "amp-"), Name: oneLine(n.attr("title"))}
	m.URL = f.c.firstImage(n, "src")
	for _, k := range n.find(isSource) {
		if m.URL == "" {
			m.URL = f.c.firstImage(k, "src")
		}
	}
	if m.URL == "" {
		f.c.warnings.add(n.tag, "recording without a usable address: left out")
		return
	}
	if poster := f.c.firstImage(n, "poster"); poster != "" {
		m.Thumbnail = &article.Image{URL: poster, Width: pixels(n.attr("width")), Height: pixels(n.attr("height"))}
	}
	f.add(m)
}

func isSource(n *node) bool { return n.tag == "source" }
