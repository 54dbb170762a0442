package page

import (
	"strconv"
	"strings"

	"byway/internal/article"
	"byway/internal/view"
)

// place is where a picture stands. It decides how wide it can become and whether it can wait.
type place struct {
	img   view.Tag
	sizes string
}

// loading stands before the addresses: some browsers act on src at once (HTML §4.8.4.2.2).
const (
	atOnce view.Tag = "img decoding=async referrerpolicy=no-referrer"
	lazily view.Tag = "img loading=lazy decoding=async referrerpolicy=no-referrer"
)

// The widths are those of byway.css. The em of a sizes attribute is the reader's own font size, as it is there.
var (
	atTop    = place{atOnce, "(min-width: 62em) 60em, 100vw"}
	inText   = place{lazily, "(min-width: 40em) 38em, 100vw"}
	wide     = place{lazily, "(min-width: 62em) 60em, 100vw"}
	aside    = place{lazily, "(min-width: 40em) 17em, 100vw"}
	inMosaic = place{lazily, "(min-width: 40em) 19em, 50vw"}
	inCard   = place{lazily, "(min-width: 40em) 12em, 40vw"}
)

// lead is the first picture. It is not lazy: it is nearly always in sight.
func (r *renderer) lead(a *article.Article) view.Node {
	if len(a.Image) == 0 {
		return nil
	}
	im := &a.Image[0]
	return view.With(r.figure(im, "", &atTop, nil), view.Class(figureClass("lead", im)))
}

// figure is a picture with its caption and credit, which stay when the picture does not come.
func (r *renderer) figure(im *article.Image, href string, at *place, class view.Node) view.Node {
	text := r.caption(im.Caption, creditOf(im))
	id := ""
	if text != nil {
		r.captions++
		id = "byway-caption-" + strconv.Itoa(r.captions)
	}
	picture := r.picture(im, at, href, id)
	if picture == nil && text == nil {
		return nil
	}
	if r.shownFrom(im).IsZero() { // words alone stay in the column
		class = nil
	}
	return view.El("figure part=figure", class, picture, view.With(within("figcaption", text), view.ID(id)))
}

// caption is caption and credit, each where it is there. The credit is printed as given: it often holds a sign of its own.
func (r *renderer) caption(caption article.Inline, credit string) view.Node {
	return joined(" ",
		within("span part=caption class=caption dir=auto", flowingOrNil(caption)),
		within("span part=credit class=credit", nameOrNil(credit)),
	)
}

func creditOf(im *article.Image) string {
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
func figureClass(class string, im *article.Image) string {
	if im.Width > 0 && im.Height*5 > im.Width*6 {
		return strings.TrimSpace(class + " tall")
	}
	return class
}

// picture is an image that leads to href, a button that loads it, or its description alone. It is nil if there is nothing
// to show.
func (r *renderer) picture(im *article.Image, at *place, href, caption string) view.Node {
	u := r.shownFrom(im)
	switch {
	case u.IsZero():
		return within("p class=alt dir=auto", altText(im))
	case !r.loads(im):
		return r.pictureButton(im)
	}
	var srcset view.Node
	if sources := r.sources(im); len(sources) > 1 {
		srcset = view.Group(view.Sizes(at.sizes), view.SrcSet(sources))
	}
	return contentLink(href,
		view.El(at.img, srcset, view.Width(im.Width), view.Height(heightOf(im)), describe(im, caption), view.Alt(altOf(im)), view.Src(u)))
}

// shownFrom is where a picture is loaded from, in another size where its own failed everywhere. It is none for one that
// is not shown.
func (r *renderer) shownFrom(im *article.Image) view.URL {
	if r.options.Images == ImagesNone {
		return view.URL{}
	}
	u := r.pictureURL(im.URL)
	if sources := r.sources(im); u.IsZero() && len(sources) > 0 {
		return sources[len(sources)-1].URL
	}
	return u
}

// loads reports whether a picture is loaded without a tap, or was tapped.
func (r *renderer) loads(im *article.Image) bool {
	if r.options.Images == ImagesTap || r.needsTap(im.URL) {
		return r.options.Tapped[im.URL]
	}
	return true
}

// needsTap reports whether a picture may be asked for only if the reader says so.
func (r *renderer) needsTap(address string) bool {
	return r.state.PictureURL != nil && r.state.PictureURL(view.ImageURL(address).String()) == ""
}

// pictureURL is where a picture is loaded from. One that needs a tap keeps its own address; one that failed everywhere
// has none.
func (r *renderer) pictureURL(address string) view.URL {
	u := view.ImageURL(address)
	if r.state.PictureURL == nil || r.needsTap(address) {
		return u
	}
	return view.ImageURL(r.state.PictureURL(u.String()))
}

// heightOf is the height, if the width is known too: one of the two alone reserves no box.
func heightOf(im *article.Image) int {
	if im.Width <= 0 || im.Height > maxRatio*im.Width || im.Width > maxRatio*im.Height {
		return 0
	}
	return im.Height
}

// maxRatio is how much longer one side of a picture may be than the other, for a box to be reserved by it: a wrong size
// could otherwise push everything else out of reach.
const maxRatio = 20

func altOf(im *article.Image) string {
	if im.Alt == nil {
		return ""
	}
	return *im.Alt
}

func altText(im *article.Image) view.Node { return wordsOrNil(altOf(im)) }

// describe points to the caption where nobody wrote an alternative text. None is made up.
func describe(im *article.Image, caption string) view.Node {
	if im.Alt != nil {
		return nil
	}
	return view.AriaDescribedBy(caption)
}

// pictureButton loads a picture when it is pressed, and reserves its box until then.
func (r *renderer) pictureButton(im *article.Image) view.Node {
	width, height := im.Width, heightOf(im)
	if width <= 0 || height <= 0 {
		width, height = 3, 2
	}
	var alt view.Node
	if text := altText(im); text != nil {
		alt = view.El("span class=alt", view.Lang(r.textLang), view.Dir("auto"), text)
	}
	return r.own(view.El("button type=button class=tap data-action=picture", view.Value(im.URL),
		view.El("canvas", view.Width(width), view.Height(height), view.AriaHidden()),
		view.El("span", words("span class=show", r.words.ShowPicture), view.Text(" "), alt)))
}

// sources lists the sizes of a picture that have its proportions: others are crops.
func (r *renderer) sources(im *article.Image) (list []view.Source) {
	if im.Width <= 0 {
		return nil
	}
	list = byWidth(list, r.source(im.URL, im.Width))
	for i := range im.Renditions {
		if v := &im.Renditions[i]; drawable(v.EncodingFormat) && sameRatio(im, v) {
			list = byWidth(list, r.source(v.URL, v.Width))
		}
	}
	return list
}

// source is one size of a picture. It is none if it needs a tap: a tap on a picture asks for that one only.
func (r *renderer) source(address string, width int) view.Source {
	if r.needsTap(address) {
		return view.Source{}
	}
	return view.Source{URL: r.pictureURL(address), Width: width}
}

// byWidth puts a source in its place, unless there is one of its width.
func byWidth(list []view.Source, s view.Source) []view.Source {
	at := len(list)
	for at > 0 && list[at-1].Width > s.Width {
		at--
	}
	if s.URL.IsZero() || at > 0 && list[at-1].Width == s.Width {
		return list
	}
	list = append(list, s)
	copy(list[at+1:], list[at:])
	list[at] = s
	return list
}

func drawable(format string) bool {
	switch format {
	case "", "image/jpeg", "image/png", "image/webp", "image/gif":
		return true
	}
	return false
}

// sameRatio reports whether a rendition differs from its picture by no more than rounding does, 2 %.
func sameRatio(im *article.Image, v *article.Rendition) bool {
	if v.Width <= 0 || im.Width <= 0 {
		return false
	}
	if v.Height <= 0 || im.Height <= 0 {
		return true
	}
	expected := float64(v.Width) * float64(im.Height) / float64(im.Width)
	return max(expected, float64(v.Height))-min(expected, float64(v.Height)) <= max(1, 0.02*expected)
}
