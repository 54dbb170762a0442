package markup

import (
	"fmt"
	"path"
	"strconv"
	"strings"

	"byway/internal/article"
	"byway/internal/weburl"
)

const maxPixels = 10_000 // of a width or a height; more is a mistake or an attack on the layout

// picture adds a picture where it stands. In the middle of a sentence it follows the paragraph.
func (f *flow) picture(n *node, st *style) {
	if isEmoji(n) {
		f.line.add(n.attr("alt"), st)
		return
	}
	fig := &article.Figure{Base: f.base, Layout: layout(n)}
	if !f.c.read(&fig.Image, n) {
		return
	}
	if !IsSamePicture(st.url, fig.Image.URL) {
		fig.URL = st.url
	}
	if f.line.atStart() {
		f.add(fig)
		return
	}
	f.amid = append(f.amid, fig)
}

// pictureElement shows the img of a picture. Its sources help only where the img names none itself.
func (f *flow) pictureElement(n *node, st *style) {
	if images := n.find(isImage); len(images) > 0 {
		f.c.lend(images[0], n.kids)
	}
	f.nodes(n.kids, f.c.enter(n, st))
}

// lend gives the sources of a picture to its img until that has an address.
func (c *converter) lend(img *node, list nodes) {
	for _, k := range list {
		if k.tag == "source" && len(img.attrs) < maxAttrs && c.source(img) == "" {
			img.attrs = append(img.attrs, attribute{"data-srcset", k.attr("srcset") + "," + k.attr("data-srcset")})
		}
	}
}

// isEmoji reports whether a picture stands for characters, which are its alt text: emoji, smileys, formulas.
func isEmoji(n *node) bool {
	return n.is(" emoji wp-smiley latex wp-emoji ") || strings.Contains(n.attr("src"), "s.w.org/images/core/emoji/")
}

// read reads an img. It reports false when there is nothing to see, or too much.
func (c *converter) read(img *article.Image, n *node) bool {
	if isPixel(n) || n.is(" avatar ") {
		return false
	}
	src := c.source(n)
	switch {
	case src == "":
		c.warnSource(n)
		return false
	case hostIn(hostOf(src), trackers):
		return false
	case c.images >= article.MaxImages:
		c.warnings.once("img", "more than 512 pictures: the rest was left out")
		return false
	}
	c.images++
	img.URL, img.Width, img.Height, img.Alt = src, pixels(n.attr("width")), pixels(n.attr("height")), altOf(n, src)
	if hasRatio(n) && img.Width < 100 { // no pixels: as such it would be shown tiny
		img.Width, img.Height = 0, 0
	}
	c.addRenditions(img, n)
	if src != c.firstImage(n, "src") {
		setOriginalSize(img, n)
	}
	return true
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
	return !hasRatio(n) && (tooSmall(n.attr("width")) || tooSmall(n.attr("height")))
}

// hasRatio reports whether an element of AMP has a layout in which its width and height are only a ratio.
func hasRatio(n *node) bool {
	layout := n.attr("layout")
	return strings.HasPrefix(n.tag, "amp-") && layout != "" && layout != "fixed"
}

func tooSmall(s string) bool {
	size, err := strconv.Atoi(strings.TrimSuffix(s, "px"))
	return err == nil && size <= 2
}

const trackers = "feedsportal.com pixel.wp.com stats.wordpress.com b.scorecardresearch.com doubleclick.net " +
	"google-analytics.com googletagmanager.com vg06.met.vgwort.de"

// hostIn reports whether a host is one of these or below one.
func hostIn(host, list string) bool {
	host = "." + strings.ToLower(host)
	for _, h := range strings.Fields(list) {
		if strings.HasSuffix(host, "."+h) {
			return true
		}
	}
	return false
}

// addRenditions reads the other sizes from srcset, and from names that end in -300x187 the sizes nobody wrote down.
func (c *converter) addRenditions(img *article.Image, n *node) {
	shown, ratioW, ratioH := img.Width, img.Width, img.Height
	seen := " " + img.URL + " " // addresses have no spaces
	for _, cand := range c.candidates(n) {
		if cand.width == 0 {
			cand.width = scaled(shown, cand.density, 1)
		}
		w, h := sizeInName(cand.ref)
		if ratioW == 0 || ratioH == 0 {
			ratioW, ratioH = w, h
		}
		fits := cand.width > 0 && cand.width <= maxPixels
		if fits && cand.ref == img.URL {
			img.Width = cand.width
		}
		if fits && !strings.Contains(seen, " "+cand.ref+" ") {
			img.Renditions = append(img.Renditions, article.Rendition{URL: cand.ref, Width: cand.width, Height: h})
		}
		seen += cand.ref + " "
	}
	if w, h := sizeInName(img.URL); img.Width == 0 && w > 0 {
		img.Width, img.Height = w, h
	} else if ratioW > 0 && ratioH > 0 && img.Width > 0 {
		img.Height = min(max(scaled(img.Width, float64(ratioH), ratioW), 1), maxPixels)
	}
}

// scaled is size × by ÷ of, to the nearest whole number.
func scaled(size int, by float64, of int) int { return int(float64(size)*by/float64(of) + 0.5) }

// sizeInName reads the size that WordPress writes into the name of a file. Both are 0 without one.
func sizeInName(address string) (w, h int) {
	address, _, _ = strings.Cut(address, "?")
	name := strings.TrimSuffix(address, path.Ext(address))
	name = strings.TrimSuffix(name, path.Ext(name)) // .jpg.webp
	return sizeOf(name[strings.LastIndexAny(name, "-/")+1:], "x")
}

// sizeOf reads a width and a height.
func sizeOf(s, between string) (w, h int) {
	ws, hs, _ := strings.Cut(s, between)
	if w, h = pixels(ws), pixels(hs); w == 0 || h == 0 {
		return 0, 0
	}
	return w, h
}

// setOriginalSize reads Jetpack's data-orig-size for data-large-file, which is at most 1024 pixels wide.
func setOriginalSize(img *article.Image, n *node) {
	w, h := sizeOf(n.attr("data-orig-size"), ",")
	if n.has("data-large-file") && w > 1024 {
		w, h = 1024, max(scaled(h, 1024, w), 1)
	}
	if w > 0 {
		img.Width, img.Height = w, h
	}
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
	if pictureTypes.has(strings.ToLower(path.Ext(alt))) {
		return true
	}
	a, _ := pictureName("/" + weburl.Escape(alt))
	b, _ := pictureName(src)
	return a == b && strings.ContainsAny(alt, "-_0123456789") && !strings.ContainsAny(alt, " \u00a0")
}

func layout(n *node) string {
	for _, l := range [...]struct {
		class  names
		layout string
	}{{" alignwide ", "wide"}, {" alignfull ", "full"}, {" alignleft ", "start"}, {" alignright ", "end"}} {
		if n.is(l.class) {
			return l.layout
		}
	}
	return ""
}
