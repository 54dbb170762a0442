package web_test

import (
	"bytes"
	"image"
	"image/png"
)

// picture is a small grey picture; the tests care for its arrival, not its looks.
var picture = func() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 120, 80))); err != nil {
		panic(err)
	}
	return b.Bytes()
}()
