package article

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"byway/internal/tree"
)

// image reads a picture that may be missing.
func (f *field) image(name string) *Image {
	f = f.get(name)
	p := &Image{}
	if !f.exists() || !readImage(f, p) {
		return nil
	}
	return p
}

func readImage(f *field, p *Image) bool {
	if f.doc.images >= MaxImages {
		f.warn("more than " + strconv.Itoa(MaxImages) + " pictures: left out")
		return false
	}
	if f.isText() {
		f.warn("is text, not an object: read as the address of a picture")
		f.doc.images++
		p.URL = f.node.Text()
		return p.URL != ""
	}
	if !f.addressed() {
		return false
	}
	f.doc.images++
	f.texts("url encodingFormat creditText copyrightNotice license thumbhash",
		&p.URL, &p.EncodingFormat, &p.CreditText, &p.CopyrightNotice, &p.License, &p.ThumbHash)
	p.Width = f.number("width", 1)
	p.Height = f.number("height", 1)
	p.ContentSize = f.number("contentSize", 0)
	p.Integrity = f.integrity()
	p.Alt = readAlt(f.get("alt"))
	p.Caption = f.inline("caption")
	f.list("creator", (*agents)(&p.Creator))
	f.list("renditions", (*renditions)(&p.Renditions))
	p.FocalPoint = readPoint(f.get("focalPoint"))
	if utf8.RuneCountInString(p.ThumbHash) > 64 {
		f.get("thumbhash").warn("is longer than 64 characters: left out")
		p.ThumbHash = ""
	}
	return true
}

// readAlt tells an empty text, which says that the picture is decorative, from none.
func readAlt(f *field) *string {
	if f.node.Kind() != tree.String {
		f.is(tree.String)
		return nil
	}
	alt := f.node.Text()
	return &alt
}

func (f *field) integrity() string {
	hash := f.text("integrity")
	kind, _, _ := strings.Cut(hash, "-")
	switch kind {
	case "sha256", "sha384", "sha512":
		if hash != kind {
			return hash
		}
	}
	if hash != "" {
		f.get("integrity").warn(strconv.Quote(hash) + " is no sha256-, sha384- or sha512- hash: left out")
	}
	return ""
}

func readRendition(f *field, r *Rendition) bool {
	if !f.addressed() {
		return false
	}
	f.texts("url encodingFormat", &r.URL, &r.EncodingFormat)
	r.Width = f.number("width", 1)
	r.Height = f.number("height", 1)
	r.ContentSize = f.number("contentSize", 0)
	r.Integrity = f.integrity()
	if r.Width == 0 {
		f.warn("has no width: left out")
	}
	return r.Width > 0
}

func readPoint(f *field) *Point {
	if !f.is(tree.Object) {
		return nil
	}
	x, okX := f.node.Get("x").Float()
	y, okY := f.node.Get("y").Float()
	if !okX || !okY || x < 0 || x > 1 || y < 0 || y > 1 {
		f.warn("is no point between 0 and 1: left out")
		return nil
	}
	return &Point{tenThousandths(x), tenThousandths(y)}
}

// tenThousandths rounds to what is finer than a pixel of any screen, and comes back the same when it was written.
func tenThousandths(x float64) float64 { return math.Floor(x*1e4+0.5) / 1e4 }
