package page

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"byway/internal/article"
	"byway/internal/view"
)

// place is where a picture stands. It decides how wide it can become and whether it can wait.
type place struct {
	sizes string
	lazy  bool
}

// The widths are those of byway.css. The em of a sizes attribute is the reader's own font size, as it is there.
var (
	atTop    = place{sizes: "(min-width: 62em) 60em, 100vw"}
	inText   = place{sizes: "(min-width: 40em) 38em, 100vw", lazy: true}
	wide     = place{sizes: "(min-width: 62em) 60em, 100vw", lazy: true}
	aside    = place{sizes: "(min-width: 40em) 17em, 100vw", lazy: true}
	inMosaic = place{sizes: "(min-width: 40em) 19em, 50vw", lazy: true}
	inCard   = place{sizes: "(min-width: 40em) 12em, 40vw", lazy: true}
)

// lead is the first picture. It is not lazy: it is nearly always in sight.
func (r *renderer) lead(a *article.Article) view.Node {
	if len(a.Image) == 0 {
		return nil
	}
	return r.figure(a.Image[0], "", atTop, view.Class(figureClass("lead", a.Image[0])), view.ShadowPart("figure"))
}

// figure is a picture with its caption and credit, which stay when the picture does not come.
func (r *renderer) figure(im article.Image, href string, at place, attrs ...view.Attr) view.Node {
	text := r.caption(im.Caption, creditOf(im))
	id := ""
	if text != nil {
		id = r.captionID()
	}
	picture := r.picture(im, at, id)
	if picture == nil && text == nil {
		return nil
	}
	if r.loads(im) && picture != nil {
		picture = pictureLink(href, picture)
	}
	return view.El(view.Figure, append(parts(attrs), picture, within(view.Figcaption, text, view.ID(id)))...)
}

func pictureLink(href string, picture view.Node) view.Node {
	u, err := view.LinkURL(href)
	if err != nil {
		return picture
	}
	return view.El(view.A, view.Href(u), view.Rel(contentRel), view.ReferrerPolicy(noReferrer), picture)
}

func (r *renderer) captionID() string {
	r.captions++
	return "byway-caption-" + strconv.Itoa(r.captions)
}

// caption is caption and credit, each where it is there. The credit is printed as given: it often holds a sign of its own.
func (r *renderer) caption(caption article.Inline, credit string) view.Node {
	return joined(" ",
		within(view.Span, flowingOrNil(caption), view.ShadowPart("caption"), view.Class("caption"), view.Dir("auto")),
		within(view.Span, within(view.Bdi, wordsOrNil(credit)), view.ShadowPart("credit"), view.Class("credit")),
	)
}

func creditOf(im article.Image) string {
	if im.CreditText != "" {
		return im.CreditText
	}
	var names []string
	for _, c := range im.Creator {
		names = append(names, c.Name)
	}
	if len(names) > 0 {
		return strings.Join(names, " / ")
	}
	return im.CopyrightNotice
}

// figureClass marks a tall picture, which would fill more than the screen at the full width of the column.
func figureClass(class string, im article.Image) string {
	if im.Width > 0 && im.Height*5 > im.Width*6 {
		return strings.TrimSpace(class + " tall")
	}
	return class
}

// picture is an image, a button that loads it, or its description alone. It is nil if there is nothing to show.
func (r *renderer) picture(im article.Image, at place, caption string) view.Node {
	u, err := view.ImageURL(r.pictureURL(im.URL))
	switch {
	case err != nil || r.options.Images == ImagesNone:
		return within(view.P, altText(im), view.Class("alt"), view.Dir("auto"))
	case !r.loads(im):
		return r.pictureButton(im)
	}
	loading := ""
	if at.lazy {
		loading = "lazy"
	}
	srcset := r.srcset(im)
	sizes := ""
	if srcset.Name() != "" {
		sizes = at.sizes
	}
	// loading, sizes and srcset stand before src: some browsers act on src at once (HTML §4.8.4.2.2).
	return view.El(view.Img, view.Loading(loading), view.Decoding("async"), view.ReferrerPolicy(noReferrer),
		view.Sizes(sizes), srcset, view.Width(im.Width), view.Height(heightOf(im)), describe(im, caption), view.Alt(altOf(im)),
		view.Src(u))
}

// loads reports whether a picture is loaded without a tap, or was tapped.
func (r *renderer) loads(im article.Image) bool {
	switch {
	case r.options.Images == ImagesNone:
		return false
	case r.options.Images == ImagesTap, r.state.PictureURL != nil && r.state.PictureURL(im.URL) == "":
		return r.options.Tapped[im.URL]
	}
	return true
}

// pictureURL is where a picture is loaded from. One that is asked for only after a tap keeps its own address.
func (r *renderer) pictureURL(address string) string {
	if r.state.PictureURL == nil {
		return address
	}
	if moved := r.state.PictureURL(address); moved != "" {
		return moved
	}
	return address
}

// heightOf is the height, if the width is known too: one of the two alone reserves no box.
func heightOf(im article.Image) int {
	if im.Width <= 0 {
		return 0
	}
	return im.Height
}

func altOf(im article.Image) string {
	if im.Alt == nil {
		return ""
	}
	return *im.Alt
}

func altText(im article.Image) view.Node { return wordsOrNil(altOf(im)) }

// describe points to the caption where nobody wrote an alternative text. None is made up.
func describe(im article.Image, caption string) view.Attr {
	if im.Alt != nil {
		return view.Attr{}
	}
	return view.Aria("describedby", caption)
}

// pictureButton loads a picture when it is pressed, and reserves its box until then.
func (r *renderer) pictureButton(im article.Image) view.Node {
	width, height := im.Width, heightOf(im)
	if width <= 0 || height <= 0 {
		width, height = 3, 2
	}
	return r.own(view.Button, view.Type("button"), view.Class("tap"), view.Data("action", "picture"), view.Value(im.URL),
		view.El(view.Canvas, view.Width(width), view.Height(height), view.Aria("hidden", "true")),
		view.El(view.Span,
			view.El(view.Span, view.Class("show"), view.Text(r.words.ShowPicture)),
			view.Text(" "),
			within(view.Span, altText(im), view.Class("alt"), view.Lang(r.textLang), view.Dir("auto"))))
}

// srcset lists the sizes of a picture that have its proportions: others are crops.
func (r *renderer) srcset(im article.Image) view.Attr {
	sources := []view.Source{r.source(im.URL, im.Width)}
	for _, v := range im.Renditions {
		if drawable(v.EncodingFormat) && sameRatio(im, v) {
			sources = append(sources, r.source(v.URL, v.Width))
		}
	}
	if len(sources) == 1 || im.Width <= 0 {
		return view.Attr{}
	}
	slices.SortStableFunc(sources, func(a, b view.Source) int { return a.Width - b.Width })
	return view.SrcSet(slices.CompactFunc(sources, func(a, b view.Source) bool { return a.Width == b.Width }))
}

func (r *renderer) source(address string, width int) view.Source {
	u, err := view.ImageURL(r.pictureURL(address))
	if err != nil {
		return view.Source{}
	}
	return view.Source{URL: u, Width: width}
}

func drawable(format string) bool {
	switch format {
	case "", "image/jpeg", "image/png", "image/webp", "image/gif":
		return true
	}
	return false
}

// sameRatio reports whether a rendition differs from its picture by no more than rounding does, 2 %.
func sameRatio(im article.Image, v article.Rendition) bool {
	if v.Width <= 0 || im.Width <= 0 {
		return false
	}
	if v.Height <= 0 || im.Height <= 0 {
		return true
	}
	expected := float64(v.Width) * float64(im.Height) / float64(im.Width)
	return math.Abs(expected-float64(v.Height)) <= math.Max(1, 0.02*expected)
}
