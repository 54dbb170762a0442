package page

import (
	"strconv"
	"strings"

	"byway/internal/article"
	"byway/internal/reader"
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
	seen := r.see(im)
	text := joined(" · ", r.caption(im.Caption, creditOf(im)), r.unsigned(seen))
	id := ""
	if text != nil {
		r.captions++
		id = "byway-caption-" + strconv.Itoa(r.captions)
	}
	picture := r.picture(im, seen, at, href, id)
	if picture == nil && text == nil {
		return nil
	}
	if seen.status == reader.PictureFailed { // words alone stay in the column
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

// unsigned marks a picture that nobody signed, in an article that is signed.
func (r *renderer) unsigned(seen *sight) view.Node {
	if r.state.Proof != reader.Signed || seen.checked || seen.status == reader.PictureFailed {
		return nil
	}
	return r.own(words("span class=unsigned", r.words.Unsigned))
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

// picture is an image that leads to href, the place for one, a button that loads it, or its description alone. It is nil
// if there is nothing to show.
func (r *renderer) picture(im *article.Image, seen *sight, at *place, href, caption string) view.Node {
	switch seen.status {
	case reader.PictureFailed:
		return within("p class=alt dir=auto", altText(im))
	case reader.PictureNeedsTap:
		return r.pictureButton(im)
	case reader.PictureWaits:
		return contentLink(href, placeholder(im, seen.waiting))
	}
	tag := at.img
	if seen.checked {
		tag = atOnce // its bytes are there
	}
	var srcset view.Node
	if len(seen.ready) > 1 && !seen.checked {
		srcset = view.Group(view.Sizes(at.sizes), view.SrcSet(seen.ready))
	}
	return contentLink(href,
		view.El(tag, srcset, view.Width(im.Width), view.Height(heightOf(im)), describe(im, caption), view.Alt(altOf(im)), view.Src(seen.url)))
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

// box keeps the place of a picture: as wide as the column and 3:2, where its own size is not known.
func box(tag view.Tag, im *article.Image, more ...view.Node) view.Node {
	width, height := im.Width, heightOf(im)
	if height <= 0 {
		width, height = 3000, 2000
	}
	return view.El(tag, view.Width(width), view.Height(height), view.Group(more...))
}

// placeholder is the box of a picture that is asked for when somebody comes near.
func placeholder(im *article.Image, sizes []view.Source) view.Node {
	tag := view.Tag("canvas role=img")
	if altOf(im) == "" {
		tag = "canvas aria-hidden=true"
	}
	return box(tag, im, view.AriaLabel(altOf(im)), view.DataPictures(sizes))
}

// pictureButton loads a picture when it is pressed, and reserves its box until then.
func (r *renderer) pictureButton(im *article.Image) view.Node {
	var alt view.Node
	if text := altText(im); text != nil {
		alt = view.El("span class=alt", view.Lang(r.textLang), view.Dir("auto"), text)
	}
	return r.own(view.El("button type=button class=tap data-action=picture", view.Value(im.URL),
		box("canvas aria-hidden=true", im),
		view.El("span", words("span class=show", r.words.ShowPicture), view.Text(" "), alt)))
}
