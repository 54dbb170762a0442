// Package picture paints the pictures of the demo: small landscapes in flat, layered colours, the same every run.
package picture

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"maps"
	"slices"
)

// scene is one picture: its proportions, in units, and what paints it.
type scene struct {
	w, h  float64
	paint func(*canvas)
}

var scenes = map[string]scene{
	"ferry":      {150, 100, ferry},
	"lighthouse": {160, 90, lighthouse},
	"market":     {120, 90, market},
	"hills":      {150, 100, hills},
	"boats":      {100, 100, boats},
	"pier":       {80, 100, pier},
	"village":    {150, 100, village},
	"blossom":    {120, 90, blossom},
	"dome":       {150, 100, dome},
}

// Widths are the sizes in which each picture is served, in pixels across.
var Widths = []int{480, 960, 1600}

// Names lists the pictures.
func Names() []string { return slices.Sorted(maps.Keys(scenes)) }

// Size is how many pixels a picture has, at one of Widths.
func Size(name string, width int) (w, h int, err error) {
	s, ok := scenes[name]
	if !ok || !slices.Contains(Widths, width) {
		return 0, 0, fmt.Errorf("picture: no %q of %d pixels", name, width)
	}
	return width, int(float64(width)*s.h/s.w + 0.5), nil
}

// JPEG paints a picture at one of Widths. It takes a fraction of a second: keep what it gives.
func JPEG(name string, width int) ([]byte, error) {
	w, h, err := Size(name, width)
	if err != nil {
		return nil, err
	}
	s := scenes[name]
	c := newCanvas(w, h, s.w)
	s.paint(c)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, c.image(), &jpeg.Options{Quality: 88}); err != nil {
		return nil, fmt.Errorf("picture: %s: %w", name, err)
	}
	return out.Bytes(), nil
}
