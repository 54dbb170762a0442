package publish

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/draw"
)

func toRGBA(from image.Image) *image.RGBA {
	to := image.NewRGBA(image.Rect(0, 0, from.Bounds().Dx(), from.Bounds().Dy()))
	draw.Draw(to, to.Bounds(), from, from.Bounds().Min, draw.Src)
	return to
}

// scale makes a picture narrower: each pixel is the mean of those it takes the place of, by their share in it.
func scale(from *image.RGBA, width int) *image.RGBA {
	if width >= from.Rect.Dx() {
		return from
	}
	height := max(1, (from.Rect.Dy()*width+from.Rect.Dx()/2)/from.Rect.Dx())
	return turned(narrowed(turned(narrowed(from, width)), height))
}

// narrowed scales each line.
func narrowed(from *image.RGBA, width int) *image.RGBA {
	own := from.Rect.Dx()
	to := image.NewRGBA(image.Rect(0, 0, width, from.Rect.Dy()))
	for y := range from.Rect.Dy() {
		in, out := from.Pix[y*from.Stride:], to.Pix[y*to.Stride:]
		for x := range width {
			mean(out[4*x:4*x+4], in, x*own, (x+1)*own, width)
		}
	}
	return to
}

// mean takes pixels of a line from one place to another, both in parts of a pixel of which there are so many to each.
func mean(out, line []byte, from, to, parts int) {
	var sum [4]int
	for at := from; at < to; {
		pixel := at / parts
		next := min(to, (pixel+1)*parts)
		for c := range sum {
			sum[c] += int(line[4*pixel+c]) * (next - at)
		}
		at = next
	}
	for c := range sum {
		out[c] = byte((sum[c] + (to-from)/2) / (to - from))
	}
}

// turned swaps lines and columns.
func turned(from *image.RGBA) *image.RGBA {
	width, height := from.Rect.Dx(), from.Rect.Dy()
	to := image.NewRGBA(image.Rect(0, 0, height, width))
	for y := range height {
		for x := range width {
			copy(to.Pix[x*to.Stride+4*y:][:4], from.Pix[y*from.Stride+4*x:])
		}
	}
	return to
}

// upright turns a picture as its orientation says: Exif 2.3 §4.6.4.
func upright(im *image.RGBA, orientation int) *image.RGBA {
	if orientation >= 5 {
		im = turned(im)
	}
	// What is left is to mirror each line, the order of the lines, or both.
	lines := orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7
	order := orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8
	if !lines && !order {
		return im
	}
	width, height := im.Rect.Dx(), im.Rect.Dy()
	to := image.NewRGBA(im.Rect)
	for y := range height {
		for x := range width {
			toX, toY := x, y
			if lines {
				toX = width - 1 - x
			}
			if order {
				toY = height - 1 - y
			}
			copy(to.Pix[toY*to.Stride+4*toX:][:4], im.Pix[y*im.Stride+4*x:])
		}
	}
	return to
}

// orientation reads how the camera was held from the Exif part of a JPEG, 1 where it does not say.
func orientation(data []byte) int {
	const tag, short = 0x112, 3
	tiff := exif(data)
	if len(tiff) < 14 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return 1
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == tag && order.Uint16(entries[2:]) == short {
			return int(order.Uint16(entries[8:]))
		}
		entries = entries[12:]
	}
	return 1
}

// exif finds the Exif part among the segments before the picture itself.
func exif(data []byte) []byte {
	for at := 2; at+4 <= len(data) && data[at] == 0xff && data[at+1] != 0xda; {
		end := at + 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if end > len(data) || end < at+4 {
			return nil
		}
		if body, found := bytes.CutPrefix(data[at+4:end], []byte("Exif\x00\x00")); found && data[at+1] == 0xe1 {
			return body
		}
		at = end
	}
	return nil
}
