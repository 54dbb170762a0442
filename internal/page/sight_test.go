package page

import (
	"testing"

	"byway/internal/article"
	"byway/internal/reader"
	"byway/internal/view"

	"github.com/stretchr/testify/require"
)

const (
	bigPicture, smallPicture = "https://media.example/a.jpg", "https://media.example/a-480.jpg"
	blobAddress              = "blob:https://page.example/1"
)

// figureHTML is what is written of a picture in two sizes of which these things can be done.
func figureHTML(t *testing.T, s reader.State, o Options, sizes map[string]reader.Picture, change func(*article.Image)) string {
	t.Helper()
	im := picture("a.jpg", "C.", "K")
	im.Renditions = []article.Rendition{{URL: smallPicture, Width: 480, Height: 320}}
	if change != nil {
		change(&im)
	}
	s.Picture = func(file article.Rendition) reader.Picture { return sizes[file.URL] }
	return htmlOf(t, view.Group(newRenderer(s, o).block(article.Figure{Image: im})))
}

func waits(url string) reader.Picture {
	return reader.Picture{Status: reader.PictureWaits, URL: url, Checked: true}
}

func TestPicturesThatAreChecked(t *testing.T) {
	const (
		caption = `<figcaption id="byway-caption-1"><span part="caption" class="caption" dir="auto">C.</span> <span part="credit" class="credit"><bdi>K</bdi></span></figcaption></figure>`
		alt     = `<figure part="figure"><p class="alt" dir="auto">alt of a.jpg</p>` + caption
		box     = `<figure part="figure"><canvas role="img" width="1200" height="800" aria-label="alt of a.jpg" data-pictures="`
		button  = `<figure part="figure"><button type="button" class="tap" data-action="picture" value="https://media.example/a.jpg">`
		shown   = `<figure part="figure"><img decoding="async" referrerpolicy="no-referrer" width="1200" height="800" alt="alt of a.jpg" src="` + blobAddress + `">` + caption
	)
	here := reader.Picture{Status: reader.PictureReady, URL: blobAddress, Checked: true}
	lost := reader.Picture{Status: reader.PictureFailed, Checked: true}
	asks := reader.Picture{Status: reader.PictureNeedsTap, URL: bigPicture, Checked: true}
	unshown := reader.Picture{Status: reader.PictureUnshown, Checked: true}
	plain := reader.Picture{Status: reader.PictureReady, URL: bigPicture}
	tests := []struct {
		name       string
		images     Images
		tapped     bool
		big, small reader.Picture
		want       string
	}{
		{"wait in a box of their own size", ImagesAuto, false, waits(bigPicture), waits(smallPicture),
			box + smallPicture + " 480w, " + bigPicture + ` 1200w"></canvas>` + caption},
		{"are shown by what was checked, in the same box", ImagesAuto, false, waits(bigPicture), here, shown},
		{"wait in the other size where one failed", ImagesAuto, false, lost, waits(smallPicture), box + smallPicture + ` 480w"></canvas>` + caption},
		{"that failed in all sizes leave their words", ImagesAuto, false, lost, lost, alt},
		{"that the page does not show leave them at once", ImagesAuto, false, unshown, waits(smallPicture), alt},
		{"are not shown in a size that cannot be checked", ImagesAuto, false, plain, waits(smallPicture), box + smallPicture + ` 480w"></canvas>` + caption},
		{"are shown by what was checked where another size cannot be", ImagesAuto, false, plain, here, shown},
		{"need no tap where it would be for a size that cannot be checked", ImagesAuto, false,
			reader.Picture{Status: reader.PictureNeedsTap, URL: bigPicture}, waits(smallPicture), box + smallPicture + ` 480w"></canvas>` + caption},
		{"may have failed where one that cannot be checked did not", ImagesAuto, false, plain, lost, alt},
		{"wait for a tap", ImagesTap, false, waits(bigPicture), waits(smallPicture), button},
		{"wait in a box after the tap", ImagesTap, true, waits(bigPicture), lost, box + bigPicture + ` 1200w"></canvas>` + caption},
		{"wait for a tap where it would be a request to another host", ImagesAuto, false, asks, asks, button},
		{"are asked for there after the tap, in that size", ImagesAuto, true, asks, asks, box + bigPicture + ` 1200w"></canvas>` + caption},
		{"are not asked for without pictures", ImagesNone, false, waits(bigPicture), here, alt},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := options()
			o.Images, o.Tapped = tt.images, map[string]bool{bigPicture: tt.tapped}
			got := figureHTML(t, ready(example()), o, map[string]reader.Picture{bigPicture: tt.big, smallPicture: tt.small}, nil)
			if tt.want == button {
				require.Contains(t, got, button)
				require.NotContains(t, got, "data-pictures")
				return
			}
			require.Equal(t, tt.want, got)
		})
	}
}

func TestTheBoxOfAPictureThatWaits(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*article.Image)
		want   string
	}{
		{"is as wide as the column where no size is known", func(im *article.Image) { im.Width, im.Height = 0, 0 },
			`<canvas role="img" width="3000" height="2000" aria-label="alt of a.jpg" data-pictures="` + bigPicture + ` 1w"></canvas>`},
		{"is so too where the size is that of no picture", func(im *article.Image) { im.Height = 2_000_000_000 },
			`<canvas role="img" width="3000" height="2000" aria-label="alt of a.jpg" data-pictures="` + bigPicture + ` 1200w"></canvas>`},
		{"is silent where nobody wrote an alternative text", func(im *article.Image) { im.Alt = nil },
			`<canvas aria-hidden="true" width="1200" height="800" data-pictures="` + smallPicture + " 480w, " + bigPicture + ` 1200w"></canvas>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sizes := map[string]reader.Picture{bigPicture: waits(bigPicture), smallPicture: waits(smallPicture)}
			require.Contains(t, figureHTML(t, ready(example()), options(), sizes, tt.change), tt.want)
		})
	}
}

func TestAPictureThatNobodySignedIsMarked(t *testing.T) {
	const mark = `<span class="unsigned">picture not signed</span>`
	plain := reader.Picture{Status: reader.PictureReady, URL: bigPicture}
	asks := reader.Picture{Status: reader.PictureNeedsTap, URL: bigPicture}
	for _, tt := range []struct {
		name   string
		proof  reader.Proof
		big    reader.Picture
		marked bool
	}{
		{"in an article that is signed", reader.Signed, plain, true},
		{"where it waits for a tap", reader.Signed, asks, true},
		{"but not where it did not come", reader.Signed, reader.Picture{Status: reader.PictureFailed}, false},
		{"but not where it is checked", reader.Signed, waits(bigPicture), false},
		{"but not where nothing is signed", reader.Pinned, plain, false},
		{"but not where nothing is proven", reader.None, plain, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := ready(example())
			s.Proof = tt.proof
			sizes := map[string]reader.Picture{bigPicture: tt.big}
			got := figureHTML(t, s, options(), sizes, nil)
			if !tt.marked {
				require.NotContains(t, got, "unsigned")
				return
			}
			require.Contains(t, got, `<bdi>K</bdi></span> · `+mark+`</figcaption>`)
			bare := figureHTML(t, s, options(), sizes, func(im *article.Image) { im.Caption, im.CreditText = nil, "" })
			require.Contains(t, bare, `<figcaption id="byway-caption-1">`+mark+`</figcaption>`)
		})
	}
	t.Run("on a card, too", func(t *testing.T) {
		s := ready(example())
		s.Proof = reader.Signed
		thumbnail := picture("a.jpg", "", "")
		s.Picture = func(article.Rendition) reader.Picture { return plain }
		got := htmlOf(t, view.Group(newRenderer(s, options()).block(article.Embed{URL: "https://video.example/1", Thumbnail: &thumbnail})))
		require.Contains(t, got, mark+`</div>`)
	})
}
