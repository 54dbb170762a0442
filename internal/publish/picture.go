package publish

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"image"
	_ "image/gif"
	"image/jpeg"
	"image/png"
	"net/http"

	"byway/internal/article"
)

// widths are those in which a picture is published, in pixels, for the columns that the style sheet knows at one and two
// pixels of the screen for each of its own. The widest is what the article names first.
var widths = []int{1600, 960, 480}

const (
	jpegQuality = 82
	maxPixels   = 100 << 20 // of a picture before it is made smaller; a small file can claim any number
	maxBlob     = 10 << 20  // bytes of a published picture: readers stop there
)

// picture is one file of the source in the sizes in which it is published, the widest first.
type picture []variant

// variant is a picture in one size.
type variant struct {
	Hash          string
	Size          int64
	Width, Height int // 0: unknown
	Type          string
}

func (v variant) file() string { return "b/" + v.Hash }

func (v variant) integrity() string {
	sum, _ := hex.DecodeString(v.Hash)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum)
}

// developed is a variant with its bytes.
type developed struct {
	variant
	data []byte
}

// develop makes the sizes of a picture. Photographs become JPEG, and what has transparent parts PNG; both lose what
// cameras write into them, which can be the place where a source lives. What the standard library cannot write, GIF,
// WebP and AVIF, stays as it is.
func develop(data []byte) ([]developed, error) {
	kind := typeOf(data)
	switch kind {
	case "image/jpeg", "image/png":
	case "image/gif", "image/webp", "image/avif":
		config, _, _ := image.DecodeConfig(bytes.NewReader(data)) // those of GIF; the others keep what the article says
		return inSize(nil, data, kind, config.Width, config.Height)
	default:
		return nil, fmt.Errorf("no JPEG, PNG, GIF, WebP or AVIF: readers could not check it")
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("cannot be read as a picture: %w", err)
	}
	if config.Width*config.Height > maxPixels {
		return nil, fmt.Errorf("%d × %d pixels: make it smaller", config.Width, config.Height)
	}
	decoded, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("cannot be read as a picture: %w", err)
	}
	return inSizes(upright(toRGBA(decoded), orientation(data)), kind)
}

// inSizes makes the widths that are no wider than the picture; one that is narrower than the widest keeps its own.
func inSizes(full *image.RGBA, from string) (all []developed, err error) {
	own := full.Bounds().Dx()
	for i, width := range widths {
		if i == 0 {
			width = min(width, own)
		} else if width >= own {
			continue
		}
		small := scale(full, width)
		data, kind, err := encode(small, from)
		if err != nil {
			return nil, err
		}
		if all, err = inSize(all, data, kind, width, small.Bounds().Dy()); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func inSize(all []developed, data []byte, kind string, width, height int) ([]developed, error) {
	if len(data) > maxBlob {
		return nil, fmt.Errorf("%d bytes as %s, and readers stop at %d: make it smaller", len(data), kind, maxBlob)
	}
	return append(all, developed{variant{hashOf(data), int64(len(data)), width, height, kind}, data}), nil
}

// encode writes JPEG, and PNG where parts are transparent or a PNG was a drawing, whose lines JPEG would blur.
func encode(im *image.RGBA, from string) (data []byte, kind string, err error) {
	var b bytes.Buffer
	if im.Opaque() && (from == "image/jpeg" || !isDrawing(im)) {
		err = jpeg.Encode(&b, im, &jpeg.Options{Quality: jpegQuality})
		return b.Bytes(), "image/jpeg", err
	}
	err = png.Encode(&b, im)
	return b.Bytes(), "image/png", err
}

// isDrawing reports whether most pixels are as their neighbour, which those of a photograph are not.
func isDrawing(im *image.RGBA) bool {
	same := 0
	for i := 4; i < len(im.Pix); i += 4 {
		if [4]byte(im.Pix[i:i+4]) == [4]byte(im.Pix[i-4:i]) {
			same++
		}
	}
	return same*2 > len(im.Pix)/4
}

// typeOf tells the type by the first bytes, whatever the name says.
func typeOf(data []byte) string {
	if len(data) > 12 && (string(data[4:12]) == "ftypavif" || string(data[4:12]) == "ftypavis") {
		return "image/avif"
	}
	return http.DetectContentType(data)
}

// describe writes into an image of an article where its variants lie and what their bytes are.
func describe(im *article.Image, p picture, base string) {
	im.Renditions = nil
	for i, v := range p {
		url := base + v.file()
		if i > 0 {
			im.Renditions = append(im.Renditions, article.Rendition{URL: url, Width: v.Width, Height: v.Height,
				EncodingFormat: v.Type, ContentSize: int(v.Size), Integrity: v.integrity()})
			continue
		}
		im.URL, im.EncodingFormat, im.ContentSize, im.Integrity = url, v.Type, int(v.Size), v.integrity()
		if v.Width > 0 {
			im.Width, im.Height = v.Width, v.Height
		}
	}
}
