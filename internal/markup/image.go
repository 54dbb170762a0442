package markup

import (
	"fmt"
	"math"
	"net/url"
	"path"
	"strconv"
	"strings"

	"byway/internal/article"
)

const maxPixels = 10_000 // of a width or a height; more is a mistake or an attack on the layout

// picture adds a picture where it stands. In the middle of a sentence it follows the paragraph.
func (f *flow) picture(n *node, st style) {
	if isEmoji(n) {
		f.line.add(n.attr("alt"), st)
		return
	}
	img, ok := f.c.image(n)
	if !ok {
		return
	}
	fig := article.Figure{Base: f.base(), Image: img, Layout: layout(n)}
	if !IsSamePicture(st.url, img.URL) {
		fig.URL = st.url
	}
	if f.line.atStart() {
		f.add(fig)
		return
	}
	f.amid = append(f.amid, fig)
}

// pictureElement shows the img of a picture. Its sources help only where the img names none itself.
func (f *flow) pictureElement(n *node, st style) {
	var sources []*node
	for _, k := range n.kids {
		if k.tag == "source" {
			sources = append(sources, k)
		}
	}
	imgs := n.find(func(k *node) bool { return k.tag == "img" || k.tag == "amp-img" })
	for _, img := range imgs {
		for _, s := range sources {
			if source(f.c.opt.Base, img) == "" {
				img.attrs = append(img.attrs, attribute{"data-srcset", s.attr("srcset") + "," + s.attr("data-srcset")})
			}
		}
	}
	f.nodes(n.kids, f.c.enter(n, st))
}

// isEmoji reports whether a picture stands for characters, which are its alt text: emoji, smileys, formulas.
func isEmoji(n *node) bool {
	return n.is("emoji", "wp-smiley", "latex", "wp-emoji") || strings.Contains(n.attr("src"), "s.w.org/images/core/emoji/")
}

// image reads an img. It is not ok when there is nothing to see, or too much.
func (c *converter) image(n *node) (article.Image, bool) {
	width, height := pixels(n.attr("width")), pixels(n.attr("height"))
	if isPixel(n) || n.is("avatar") {
		return article.Image{}, false
	}
	src := source(c.opt.Base, n)
	switch {
	case src == "":
		c.warnSource(n)
		return article.Image{}, false
	case isTracker(src):
		return article.Image{}, false
	case c.images >= article.MaxImages:
		c.warnings.once("img", "more than 512 pictures: the rest was left out")
		return article.Image{}, false
	}
	c.images++
	img := article.Image{URL: src, Width: width, Height: height, Alt: altOf(n, src)}
	c.addRenditions(&img, n)
	if w, h, ok := originalSize(n); ok && src != ResolveImage(c.opt.Base, n.attr("src")) {
		img.Width, img.Height = w, h
	}
	return img, true
}

func (c *converter) warnSource(n *node) {
	src := n.attr("src")
	if kind, rest, isData := strings.Cut(src, ","); isData && strings.HasPrefix(strings.ToLower(kind), "data:") {
		c.warnings.add("img", fmt.Sprintf("picture inside the text (%.40q, %d bytes): left out", kind, len(rest)))
		return
	}
	c.warnings.add("img", fmt.Sprintf("picture without a usable address %.100q: left out", src))
}

// pixels reads a positive whole number; "100%" and "auto" are none (§4.3).
func pixels(s string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(s, "px"))
	if err != nil || n < 1 || n > maxPixels {
		return 0
	}
	return n
}

// isPixel reports whether a picture is too small to be seen: it counts readers.
func isPixel(n *node) bool {
	for _, name := range []string{"width", "height"} {
		if size, err := strconv.Atoi(strings.TrimSuffix(n.attr(name), "px")); err == nil && size <= 2 {
			return true
		}
	}
	return false
}

var trackers = []string{"feedsportal.com", "pixel.wp.com", "stats.wordpress.com", "b.scorecardresearch.com",
	"doubleclick.net", "google-analytics.com", "googletagmanager.com", "vg06.met.vgwort.de"}

func isTracker(address string) bool {
	u, err := url.Parse(address)
	return err == nil && hostIn(u.Hostname(), trackers...)
}

// hostIn reports whether a host is one of these or below one.
func hostIn(host string, list ...string) bool {
	host = strings.ToLower(host)
	for _, h := range list {
		if host == h || strings.HasSuffix(host, "."+h) {
			return true
		}
	}
	return false
}

// addRenditions reads the other sizes from srcset, and from names that end in -300x187 the sizes nobody wrote down.
func (c *converter) addRenditions(img *article.Image, n *node) {
	ratio := ratioOf(img.Width, img.Height)
	shown := img.Width
	var list []candidate
	for _, name := range []string{"data-srcset", "data-lazy-srcset", "srcset"} {
		list = append(list, parseSrcset(n.attr(name))...)
	}
	seen := map[string]bool{img.URL: true}
	for _, cand := range list {
		u := ResolveImage(c.opt.Base, cand.ref)
		if u == "" || isPlaceholder(u) {
			continue
		}
		if cand.width == 0 && shown > 0 && cand.density > 0 {
			cand.width = int(math.Round(float64(shown) * cand.density))
		}
		w, h := sizeInName(u)
		if ratio == 0 && w > 0 {
			ratio = ratioOf(w, h)
		}
		if u == img.URL && cand.width > 0 && cand.width <= maxPixels {
			img.Width = cand.width
		}
		if !seen[u] && cand.width > 0 && cand.width <= maxPixels {
			img.Renditions = append(img.Renditions, article.Rendition{URL: u, Width: cand.width, Height: h})
		}
		seen[u] = true
	}
	if w, h := sizeInName(img.URL); img.Width == 0 && w > 0 {
		img.Width, img.Height = w, h
		return
	}
	if ratio > 0 && img.Width > 0 {
		img.Height = min(max(int(math.Round(float64(img.Width)*ratio)), 1), maxPixels)
	}
}

func ratioOf(w, h int) float64 {
	if w == 0 || h == 0 {
		return 0
	}
	return float64(h) / float64(w)
}

// sizeInName reads the size that WordPress writes into the name of a file.
func sizeInName(address string) (w, h int) {
	name := strings.TrimSuffix(path.Base(strings.SplitN(address, "?", 2)[0]), path.Ext(address))
	name = strings.TrimSuffix(name, path.Ext(name))
	size := name[strings.LastIndexByte(name, '-')+1:]
	ws, hs, found := strings.Cut(size, "x")
	if !found || !isNumber(ws) || !isNumber(hs) || pixels(ws) == 0 || pixels(hs) == 0 {
		return 0, 0
	}
	return pixels(ws), pixels(hs)
}

// originalSize reads Jetpack's data-orig-size for data-large-file, which is at most 1024 pixels wide.
func originalSize(n *node) (w, h int, ok bool) {
	ws, hs, _ := strings.Cut(n.attr("data-orig-size"), ",")
	w, h = pixels(ws), pixels(hs)
	if w == 0 || h == 0 {
		return 0, 0, false
	}
	if n.has("data-large-file") && w > 1024 {
		h = max(int(math.Round(float64(h)*1024/float64(w))), 1)
		w = 1024
	}
	return w, h, true
}

// altOf is nil when nobody wrote one. The name of a file is not an alternative text (§4.3).
func altOf(n *node, src string) *string {
	if !n.has("alt") {
		return nil
	}
	alt := oneLine(n.attr("alt"))
	if alt != "" && isFileName(alt, src) {
		return nil
	}
	return &alt
}

func isFileName(alt, src string) bool {
	if strings.ContainsAny(alt, " \u00a0") {
		return pictureTypes[strings.ToLower(path.Ext(alt))]
	}
	a, _ := pictureName("/" + url.PathEscape(alt))
	b, _ := pictureName(src)
	return pictureTypes[strings.ToLower(path.Ext(alt))] || a == b && strings.ContainsAny(alt, "-_0123456789")
}

func layout(n *node) string {
	for _, class := range n.classes() {
		switch class {
		case "alignwide":
			return "wide"
		case "alignfull":
			return "full"
		case "alignleft":
			return "start"
		case "alignright":
			return "end"
		}
	}
	return ""
}
