package picture

import (
	"bytes"
	"image/jpeg"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEveryPictureIsPaintedInItsProportions(t *testing.T) {
	require.GreaterOrEqual(t, len(Names()), 9)
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			data, err := inWidth(name, 160)
			require.NoError(t, err)
			got, err := jpeg.DecodeConfig(bytes.NewReader(data))
			require.NoError(t, err)
			require.Equal(t, 160, got.Width)
			require.InDelta(t, 160*scenes[name].h/scenes[name].w, got.Height, 1)
			again, err := inWidth(name, 160)
			require.NoError(t, err)
			require.Equal(t, data, again, "the same every run")
		})
	}
}

func TestAPictureIsOfTheWidthThatIsSaid(t *testing.T) {
	data, err := JPEG("ferry")
	require.NoError(t, err)
	got, err := jpeg.DecodeConfig(bytes.NewReader(data))
	require.NoError(t, err)
	require.Equal(t, Width, got.Width)
}

func TestAPictureThatThereIsNotIsAnError(t *testing.T) {
	_, err := JPEG("volcano")
	require.ErrorContains(t, err, "volcano")
}

func TestEdgesAreSmooth(t *testing.T) {
	c := newCanvas(4, 4, 4)
	c.fill(rect(0.5, 0, 2, 4), flat(0xffffff))
	for x, want := range []float64{0.5, 1, 0.5, 0} {
		require.InDelta(t, want, c.pix[4+x].r, 1e-9, "pixel %d", x)
	}
	require.Zero(t, c.cover[4], "coverage is cleared for the next shape")
}

func TestShapesThatOverlapCoverOnce(t *testing.T) {
	c := newCanvas(4, 4, 4)
	c.fill(append(rect(0, 0, 3, 4), rect(1, 0, 3, 4)...), glaze(0xffffff, 0.5))
	for x := range 4 {
		require.InDelta(t, 0.5, c.pix[x].r, 1e-9, "pixel %d", x)
	}
}

func TestWhatLiesOutsideOfTheCanvasIsCutOff(t *testing.T) {
	c := newCanvas(4, 4, 4)
	c.fill(rect(-9, -9, 100, 11), flat(0xffffff))
	require.InDelta(t, 1, c.pix[0].r, 1e-9)
	require.InDelta(t, 1, c.pix[4+3].r, 1e-9)
	require.Zero(t, c.pix[2*4].r)
}
