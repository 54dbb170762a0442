package publish

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"testing"

	"github.com/stretchr/testify/require"
)

func asPNG(im image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, im); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// flat is a picture of one colour.
func flat(width, height int, c color.Color) *image.RGBA {
	im := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range width * height {
		im.Set(i%width, i/width, c)
	}
	return im
}

func TestPicturesAreMadeInTheSizesThatPagesNeed(t *testing.T) {
	var asGIF bytes.Buffer
	require.NoError(t, gif.Encode(&asGIF, flat(30, 20, color.White), nil))
	avif := append([]byte("\x00\x00\x00\x1cftypavif"), make([]byte, 20)...)
	type size struct {
		width, height int
		kind          string
	}
	for _, c := range []struct {
		name string
		data []byte
		want []size
	}{
		{"a large photograph", []byte(photo(2000, 1000)), []size{{1600, 800, "image/jpeg"}, {960, 480, "image/jpeg"}, {480, 240, "image/jpeg"}}},
		{"a small photograph keeps its size", []byte(photo(300, 200)), []size{{300, 200, "image/jpeg"}}},
		{"one of a width that pages need", []byte(photo(960, 10)), []size{{960, 10, "image/jpeg"}, {480, 5, "image/jpeg"}}},
		{"a very flat one keeps a line", []byte(photo(4000, 1)), []size{{1600, 1, "image/jpeg"}, {960, 1, "image/jpeg"}, {480, 1, "image/jpeg"}}},
		{"a drawing stays PNG", asPNG(flat(500, 10, color.RGBA{9, 9, 9, 255})), []size{{500, 10, "image/png"}, {480, 10, "image/png"}}},
		{"what is transparent stays PNG", asPNG(flat(50, 10, color.RGBA{9, 9, 9, 20})), []size{{50, 10, "image/png"}}},
		{"GIF stays as it is", asGIF.Bytes(), []size{{30, 20, "image/gif"}}},
		{"AVIF stays as it is", avif, []size{{0, 0, "image/avif"}}},
		{"WebP stays as it is", []byte("RIFF\x00\x00\x00\x00WEBPVP8 "), []size{{0, 0, "image/webp"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			all, err := develop(c.data)
			require.NoError(t, err)
			var got []size
			for _, v := range all {
				got = append(got, size{v.Width, v.Height, v.Type})
				require.Equal(t, hashOf(v.data), v.Hash)
				require.Len(t, v.data, int(v.Size))
				if v.Width > 0 {
					config, _, err := image.DecodeConfig(bytes.NewReader(v.data))
					require.NoError(t, err)
					require.Equal(t, []int{v.Width, v.Height}, []int{config.Width, config.Height})
				}
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestWhatIsNoPictureIsRefused(t *testing.T) {
	huge := asPNG(flat(1, 1, color.White))
	binary.BigEndian.PutUint32(huge[16:], 1<<15)
	binary.BigEndian.PutUint32(huge[20:], 1<<15)
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	for name, c := range map[string]struct{ data, err string }{
		"SVG":             {"<svg xmlns='http://www.w3.org/2000/svg'/>", "no JPEG, PNG, GIF, WebP or AVIF"},
		"HTML":            {"<html>", "no JPEG"},
		"cut short":       {photo(300, 200)[:900], "cannot be read as a picture"},
		"a claim of size": {string(huge), "32768 × 32768 pixels"},
	} {
		_, err := develop([]byte(c.data))
		require.ErrorContains(t, err, c.err, name)
	}
}

func TestAPictureIsTurnedAsTheCameraWasHeldAndLosesWhatItWrote(t *testing.T) {
	for held, want := range map[uint16][2]int{1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1}} {
		data := withExif(photo40(), held)
		require.Equal(t, int(held), orientation(data))
		all, err := develop(data)
		require.NoError(t, err)
		out, _, err := image.Decode(bytes.NewReader(all[0].data))
		require.NoError(t, err)
		width, height := 40, 20
		if held >= 5 {
			width, height = height, width
		}
		require.Equal(t, image.Rect(0, 0, width, height), out.Bounds(), held)
		// The dark corner was at the top left of what the sensor saw.
		dark, _, _, _ := out.At(want[0]*(width-1), want[1]*(height-1)).RGBA()
		light, _, _, _ := out.At((1-want[0])*(width-1), (1-want[1])*(height-1)).RGBA()
		require.Less(t, dark, uint32(0x4000), held)
		require.Greater(t, light, uint32(0xc000), held)
		require.NotContains(t, string(all[0].data), "Exif")
	}
	for _, broken := range []string{"", "\xff\xd8\xff\xe1\xff\xff", "\xff\xd8\xff\xe1\x00\x0aExif\x00\x00II", "\xff\xd8\xff\xe1\x00\x00"} {
		require.Equal(t, 1, orientation([]byte(broken)))
	}
}

func TestScalingTakesTheMean(t *testing.T) {
	im := image.NewRGBA(image.Rect(0, 0, 4, 2))
	for i, v := range []byte{0, 100, 200, 100, 100, 200, 0, 100} {
		im.Set(i%4, i/4, color.RGBA{v, v, v, 255})
	}
	small := scale(im, 2)
	require.Equal(t, image.Rect(0, 0, 2, 1), small.Rect)
	require.Equal(t, []byte{100, 100, 100, 255, 100, 100, 100, 255}, small.Pix)
	three := scale(flat(7, 5, color.RGBA{77, 88, 99, 255}), 3)
	require.Equal(t, flat(3, 2, color.RGBA{77, 88, 99, 255}).Pix, three.Pix)
}

// photo40 is 40 by 20 pixels, light but for its top left quarter.
func photo40() []byte {
	im := flat(40, 20, color.White)
	for i := range 200 {
		im.Set(i%20, i/20, color.Black)
	}
	data, _, err := encode(im, "image/jpeg")
	if err != nil {
		panic(err)
	}
	return data
}

// withExif puts an Exif part with one entry behind the start of a JPEG.
func withExif(data []byte, held uint16) []byte {
	part := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	part = binary.BigEndian.AppendUint16(part, held)
	part = append(part, 0, 0, 0, 0, 0, 0)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(2+len(part)))...)
	return append(append(out, part...), data[2:]...)
}
