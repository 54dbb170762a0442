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

// Width is how wide each picture is, in pixels.
const Width = 960

// Names lists the pictures.
func Names() []string { return slices.Sorted(maps.Keys(scenes)) }

// JPEG paints a picture. It takes a fraction of a second: keep what it gives.
func JPEG(name string) ([]byte, error) { return inWidth(name, Width) }

func inWidth(name string, width int) ([]byte, error) {
	s, ok := scenes[name]
	if !ok {
		return nil, fmt.Errorf("picture: there is no %q", name)
	}
	c := newCanvas(width, int(float64(width)*s.h/s.w+0.5), s.w)
	s.paint(c)
	var out bytes.Buffer
	if err := jpeg.Encode(&out, c.image(), &jpeg.Options{Quality: 88}); err != nil {
		return nil, fmt.Errorf("picture: %s: %w", name, err)
	}
	return out.Bytes(), nil
}
