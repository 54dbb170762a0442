package article

import (
	"strings"
	"unicode/utf8"

	"byway/internal/tree"
)

func readImage(f field) (Image, bool) {
	if f.doc.images >= MaxImages {
		f.warn("more than %d pictures: left out", MaxImages)
		return Image{}, false
	}
	if f.node.Kind() == tree.String && f.exists() {
		f.warn("is text, not an object: read as the address of a picture")
		f.doc.images++
		return Image{URL: f.node.Text()}, f.node.Text() != ""
	}
	if !f.addressed() {
		return Image{}, false
	}
	f.doc.images++
	return Image{
		URL:             f.get("url").text(),
		Width:           f.get("width").number(1),
		Height:          f.get("height").number(1),
		EncodingFormat:  f.get("encodingFormat").text(),
		Integrity:       readIntegrity(f.get("integrity")),
		Alt:             readAlt(f.get("alt")),
		Caption:         f.get("caption").inline(),
		CreditText:      f.get("creditText").text(),
		CopyrightNotice: f.get("copyrightNotice").text(),
		Creator:         each(f.get("creator"), readAgent),
		License:         f.get("license").text(),
		Renditions:      each(f.get("renditions"), readRendition),
		FocalPoint:      readPoint(f.get("focalPoint")),
		ThumbHash:       readThumbHash(f.get("thumbhash")),
	}, true
}

// readAlt tells an empty text, which says that the picture is decorative, from none.
func readAlt(f field) *string {
	if f.node.Kind() != tree.String {
		f.is(tree.String)
		return nil
	}
	alt := f.node.Text()
	return &alt
}

func readIntegrity(f field) string {
	hash := f.text()
	for _, kind := range []string{"sha256-", "sha384-", "sha512-"} {
		if strings.HasPrefix(hash, kind) {
			return hash
		}
	}
	if hash != "" {
		f.warn("%q is no sha256-, sha384- or sha512- hash: left out", hash)
	}
	return ""
}

func readRendition(f field) (Rendition, bool) {
	if !f.addressed() {
		return Rendition{}, false
	}
	r := Rendition{
		URL:            f.get("url").text(),
		Width:          f.get("width").number(1),
		Height:         f.get("height").number(1),
		EncodingFormat: f.get("encodingFormat").text(),
		ContentSize:    f.get("contentSize").number(0),
		Integrity:      readIntegrity(f.get("integrity")),
	}
	if r.Width == 0 {
		f.warn("has no width: left out")
	}
	return r, r.Width > 0
}

func readPoint(f field) *Point {
	if !f.is(tree.Object) {
		return nil
	}
	x, okX := f.node.Get("x").Float()
	y, okY := f.node.Get("y").Float()
	if !okX || !okY || x < 0 || x > 1 || y < 0 || y > 1 {
		f.warn("is no point between 0 and 1: left out")
		return nil
	}
	return &Point{x, y}
}

func readThumbHash(f field) string {
	hash := f.text()
	if utf8.RuneCountInString(hash) > 64 {
		f.warn("is longer than 64 characters: left out")
		return ""
	}
	return hash
}
