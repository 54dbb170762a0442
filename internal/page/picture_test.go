package page

import (
	"slices"
	"strings"
	"testing"

	"byway/internal/article"
	"byway/internal/reader"
	"byway/internal/view"

	"github.com/stretchr/testify/require"
)

const pictureAttrs = `decoding="async" referrerpolicy="no-referrer"`

func TestPictures(t *testing.T) {
	small := article.Rendition{URL: "https://m.example/a-480.jpg", Width: 480, Height: 320}
	sized := article.Image{URL: "https://m.example/a.jpg", Width: 1200, Height: 800, Alt: ptr("A")}
	with := func(change func(*article.Image)) article.Figure {
		im := sized
		change(&im)
		return article.Figure{Image: im}
	}
	tests := []struct {
		name   string
		figure article.Figure
		want   string
	}{
		{"a picture alone", article.Figure{Image: sized},
			`<figure part="figure"><img loading="lazy" ` + pictureAttrs + ` width="1200" height="800" alt="A" src="https://m.example/a.jpg"></figure>`},
		{"caption and credit belong to the figure", with(func(im *article.Image) { im.Caption, im.CreditText = text("C."), "© K" }),
			`<figure part="figure"><img loading="lazy" ` + pictureAttrs + ` width="1200" height="800" alt="A" src="https://m.example/a.jpg">` +
				`<figcaption id="byway-caption-1"><span part="caption" class="caption" dir="auto">C.</span> <span part="credit" class="credit"><bdi>© K</bdi></span></figcaption></figure>`},
		{"no alternative text is made up: the caption describes", with(func(im *article.Image) { im.Alt, im.Caption = nil, text("C.") }),
			`<figure part="figure"><img loading="lazy" ` + pictureAttrs + ` width="1200" height="800" aria-describedby="byway-caption-1" alt="" src="https://m.example/a.jpg">` +
				`<figcaption id="byway-caption-1"><span part="caption" class="caption" dir="auto">C.</span></figcaption></figure>`},
		{"a decorative picture is not described", with(func(im *article.Image) { im.Alt = ptr("") }),
			`<figure part="figure"><img loading="lazy" ` + pictureAttrs + ` width="1200" height="800" alt="" src="https://m.example/a.jpg"></figure>`},
		{"one side alone reserves no box", with(func(im *article.Image) { im.Width = 0 }),
			`<figure part="figure"><img loading="lazy" ` + pictureAttrs + ` alt="A" src="https://m.example/a.jpg"></figure>`},
		{"renditions of the same shape are candidates", with(func(im *article.Image) { im.Renditions = []article.Rendition{small} }),
			`<figure part="figure"><img loading="lazy" ` + pictureAttrs + ` sizes="(min-width: 40em) 38em, 100vw" srcset="https://m.example/a-480.jpg 480w, https://m.example/a.jpg 1200w" width="1200" height="800" alt="A" src="https://m.example/a.jpg"></figure>`},
		{"a crop is none", with(func(im *article.Image) {
			im.Renditions = []article.Rendition{{URL: small.URL, Width: 480, Height: 480}}
		}),
			`<figure part="figure"><img loading="lazy" ` + pictureAttrs + ` width="1200" height="800" alt="A" src="https://m.example/a.jpg"></figure>`},
		{"http is raised to https", with(func(im *article.Image) { im.URL = "http://m.example/a.jpg" }),
			`<figure part="figure"><img loading="lazy" ` + pictureAttrs + ` width="1200" height="800" alt="A" src="https://m.example/a.jpg"></figure>`},
		{"an unsafe address leaves the words", with(func(im *article.Image) { im.URL, im.CreditText = "javascript:alert(1)", "K" }),
			`<figure part="figure"><p class="alt" dir="auto">A</p><figcaption id="byway-caption-1"><span part="credit" class="credit"><bdi>K</bdi></span></figcaption></figure>`},
		{"a tall picture is marked", with(func(im *article.Image) { im.Height = 2000 }),
			`<figure part="figure" class="tall"><img loading="lazy" ` + pictureAttrs + ` width="1200" height="2000" alt="A" src="https://m.example/a.jpg"></figure>`},
		{"a click leads where the block says", article.Figure{Image: sized, URL: "https://a.example/", Layout: "start"},
			`<figure part="figure" class="start"><a href="https://a.example/"` + contentAttrs + `><img loading="lazy" ` + pictureAttrs + ` width="1200" height="800" alt="A" src="https://m.example/a.jpg"></a></figure>`},
		{"nothing to show is nothing", article.Figure{}, ``},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, blockHTML(t, tt.figure, options())) })
	}
}

func TestPicturesAfterATap(t *testing.T) {
	o := options()
	o.Images = ImagesTap
	figure := article.Figure{Image: picture("a.jpg", "C.", "K"), URL: "https://a.example/"}
	require.Equal(t, `<figure part="figure"><button type="button" class="tap" data-action="picture" value="https://media.example/a.jpg">`+
		`<canvas aria-hidden="true" width="1200" height="800"></canvas><span><span class="show">Show the picture</span> <span class="alt" lang="en" dir="auto">alt of a.jpg</span></span></button>`+
		`<figcaption id="byway-caption-1"><span part="caption" class="caption" dir="auto">C.</span> <span part="credit" class="credit"><bdi>K</bdi></span></figcaption></figure>`,
		blockHTML(t, figure, o))

	o.Tapped = map[string]bool{"https://media.example/a.jpg": true}
	require.Contains(t, blockHTML(t, figure, o), `<img `)
	require.NotContains(t, blockHTML(t, figure, o), `<button`)
}

func TestAPictureThatMayNotBeAskedForWaitsForATap(t *testing.T) {
	s := ready(example())
	s.Picture = from(func(url string) (string, reader.PictureStatus) {
		if strings.HasSuffix(url, "/weir-1200.jpg") {
			return url, reader.PictureNeedsTap
		}
		return url, reader.PictureReady
	})
	p := render(t, s, options())
	require.Len(t, p.all("button", "data-action=picture"), 1)
	require.Empty(t, p.all("img", "src=https://media.example/weir-1200.jpg"))
	require.NotEmpty(t, p.all("img"))
}

func TestASizeThatMayNotBeAskedForIsNoCandidate(t *testing.T) {
	s := ready(example())
	s.Picture = from(func(url string) (string, reader.PictureStatus) {
		if strings.Contains(url, "elsewhere") {
			return url, reader.PictureNeedsTap
		}
		return url, reader.PictureReady
	})
	a := *s.Article
	a.Image = []article.Image{picture("a.jpg", "C.", "K")}
	a.Image[0].Renditions = []article.Rendition{{URL: "https://elsewhere.example/a.jpg", Width: 2400}, {URL: "https://media.example/b.jpg", Width: 600}}
	s.Article = &a
	require.NotContains(t, htmlOf(t, Render(s, options())), "elsewhere.example")
}

// from is a State.Picture that goes by addresses alone.
func from(where func(url string) (string, reader.PictureStatus)) func(article.Rendition) reader.Picture {
	return func(file article.Rendition) reader.Picture {
		url, status := where(file.URL)
		return reader.Picture{Status: status, URL: url}
	}
}

// without gives where pictures are loaded from when some have failed everywhere.
func without(lost ...string) func(article.Rendition) reader.Picture {
	return from(func(url string) (string, reader.PictureStatus) {
		if slices.Contains(lost, url) {
			return "", reader.PictureFailed
		}
		return url, reader.PictureReady
	})
}

func TestAPictureThatFailedEverywhere(t *testing.T) {
	const big, small = "https://media.example/a.jpg", "https://media.example/a-480.jpg"
	sized := picture("a.jpg", "C.", "© K")
	sized.Renditions = []article.Rendition{{URL: small, Width: 480, Height: 320}}
	insecure := sized
	insecure.URL = "http://media.example/a.jpg"
	const words = `<figcaption id="byway-caption-1"><span part="caption" class="caption" dir="auto">C.</span> <span part="credit" class="credit"><bdi>© K</bdi></span></figcaption></figure>`
	const alt = `<figure part="figure"><p class="alt" dir="auto">alt of a.jpg</p>` + words
	image := func(src string) string {
		return `<figure part="figure"><img loading="lazy" ` + pictureAttrs + ` width="1200" height="800" alt="alt of a.jpg" src="` + src + `">` + words
	}
	tests := []struct {
		name   string
		images Images
		figure article.Figure
		lost   []string
		want   string
	}{
		{"leaves its words", ImagesAuto, article.Figure{Image: sized}, []string{big, small}, alt},
		{"leaves them where it was loaded after a tap", ImagesTap, article.Figure{Image: sized}, []string{big, small}, alt},
		{"leads nowhere", ImagesAuto, article.Figure{Image: sized, URL: "https://a.example/"}, []string{big, small}, alt},
		{"does not reach out of the column", ImagesAuto, article.Figure{Image: sized, Layout: "wide"}, []string{big, small}, alt},
		{"is known by the address that it was asked for at", ImagesAuto, article.Figure{Image: insecure}, []string{big, small}, alt},
		{"is shown in another size, if that one came", ImagesAuto, article.Figure{Image: sized}, []string{big}, image(small)},
		{"in one size only is shown in the others", ImagesAuto, article.Figure{Image: sized}, []string{small}, image(big)},
		{"without words is nothing", ImagesAuto, article.Figure{Image: article.Image{URL: big}}, []string{big}, ``},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := options()
			o.Images, o.Tapped = tt.images, map[string]bool{big: true}
			s := ready(example())
			s.Picture = without(tt.lost...)
			require.Equal(t, tt.want, htmlOf(t, view.Group(newRenderer(s, o).block(tt.figure))))
		})
	}
}

func TestASizeThatNoPictureHasReservesNoBox(t *testing.T) {
	im := picture("a.jpg", "", "")
	im.Width, im.Height = 1, 2_000_000_000
	require.NotContains(t, blockHTML(t, article.Figure{Image: im}, options()), "height=")
}

func TestWithoutPicturesNothingIsLoaded(t *testing.T) {
	for _, images := range []Images{ImagesTap, ImagesNone} {
		o := options()
		o.Images = images
		p := render(t, ready(example()), o)
		require.Empty(t, p.all("img"), images)
		require.Contains(t, p.text, "The weir below the mill, at low water.")
		require.Contains(t, p.text, "© Ada Orchard")
		require.Contains(t, p.text, "alt of weir-1200.jpg")
	}
}

func TestPicturesComeFromTheAddressThatServedTheArticle(t *testing.T) {
	s := ready(example())
	s.Picture = from(func(url string) (string, reader.PictureStatus) {
		return strings.Replace(url, "media.example", "m1.example.net", 1), reader.PictureReady
	})
	p := render(t, s, options())
	images := p.all("img")
	require.NotEmpty(t, images)
	for _, im := range images {
		for _, name := range []string{"src", "srcset"} {
			value, _ := attrOf(im, name)
			require.NotContains(t, value, "media.example")
		}
	}
}

func TestOnlyTheLeadIsLoadedAtOnce(t *testing.T) {
	p := render(t, ready(example()), options())
	for _, im := range p.all("img") {
		src, _ := attrOf(im, "src")
		_, lazy := attrOf(im, "loading")
		require.Equal(t, src != "https://media.example/weir-1200.jpg", lazy, src)
	}
	lead := parsed{t, p.one("figure", "class=lead"), ""}
	srcset, _ := attrOf(lead.one("img"), "srcset")
	require.Equal(t, "https://media.example/weir-480.webp 480w, https://media.example/weir-1200.jpg 1200w", srcset)
}

func TestTheCreditOfAPicture(t *testing.T) {
	tests := []struct {
		name  string
		image article.Image
		want  string
	}{
		{"is printed as given", article.Image{CreditText: "© K", CopyrightNotice: "no"}, "© K"},
		{"is its creators", article.Image{Creator: []article.Agent{{Name: "A"}, {Name: "B"}}, CopyrightNotice: "no"}, "A / B"},
		{"is its copyright", article.Image{CopyrightNotice: "© A"}, "© A"},
		{"is nothing", article.Image{}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, creditOf(&tt.image)) })
	}
}
