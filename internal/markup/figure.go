package markup

import (
	"strings"

	"byway/internal/article"
)

// frameClasses are of elements that are figures or galleries without being called so (§1.1, §4.3).
const frameClasses names = " wp-caption wp-block-gallery blocks-gallery-grid blocks-gallery-item gallery gallery-item " +
	"tiled-gallery tiled-gallery__item tiled-gallery-item wp-block-jetpack-tiled-gallery wp-block-jetpack-slideshow "

func isFrame(n *node) bool {
	return n.tag == "figure" || n.tag == "amp-carousel" || n.is(frameClasses)
}

// caption is what stands below a picture.
type caption struct {
	text   article.Inline
	credit string
}

func (c *caption) empty() bool { return len(c.text) == 0 && c.credit == "" }

// figure converts what the element holds and then joins it with its caption: a picture to a figure, several to a
// gallery, anything else to whatever takes a caption.
func (f *flow) figure(n *node, st *style) {
	f.flush()
	if n.is(" kg-bookmark-card ") && f.bookmark(n) {
		return
	}
	if n.is(" wp-block-embed ") {
		f.bareEmbed(n)
	}
	for i, k := range n.kids {
		if k.tag == "li" { // of a gallery
			n.kids[i] = k.as("figure")
		}
	}
	var taken nodes
	n.take(&taken, isCaption, isFrame)
	blocks := f.blocksOf(n, st)
	if isLoose(blocks) {
		f.add(loose(blocks, f.captionOf(taken, nil, st))...)
		return
	}
	s := sortOut(blocks)
	if len(s.images) == 0 {
		f.add(captioned(blocks, f.captionOf(taken, nil, st), n)...)
		return
	}
	f.add(f.framed(n, s, f.captionOf(taken, s.strays, st)))
	f.add(s.others...)
}

// isCaption finds the caption of a figure, and credits beside it.
func isCaption(n *node) bool {
	return n.tag == "figcaption" || n.is(" wp-caption-text gallery-caption ") ||
		n.tag != "" && n.tag != "figure" && isCreditElement(n) && len(n.find(isFigure)) == 0
}

// captionOf reads captions; strays are texts that stood in the figure outside any.
func (f *flow) captionOf(taken nodes, strays article.Inline, st *style) *caption {
	c := &caption{text: strays}
	var all []string
	for _, n := range taken {
		if isCreditElement(n) {
			all = append(all, n.words())
			continue
		}
		credits := takeCredits(n)
		in, _ := f.contentOf(n, f.c.enter(n, st))
		c.text = lines(c.text, in)
		for _, credit := range credits {
			all = append(all, credit.words())
		}
	}
	if c.credit = joinCredits(all...); c.credit == "" {
		c.text, c.credit = SplitCredit(c.text, f.c.opt.Language)
	} else {
		c.text, c.credit = withLabel(c.text, c.credit, f.c.opt.Language)
	}
	return c
}

// isLoose reports whether an element holds an article rather than a figure: nobody closed it, or it is only called so.
func isLoose(blocks []article.Block) bool {
	texts, pictures := 0, 0
	for _, b := range blocks {
		switch b.(type) {
		case *article.Heading, *article.List, *article.Divider:
			texts += 3
		case *article.Paragraph:
			texts++
		case *article.Figure, *article.Gallery:
			pictures++
		}
	}
	return pictures > 0 && texts > 2
}

// loose keeps the blocks in their order and gives the caption to the first picture without one.
func loose(blocks []article.Block, c *caption) []article.Block {
	for _, b := range blocks {
		if fig, ok := b.(*article.Figure); ok && len(fig.Image.Caption) == 0 {
			addCaption(&fig.Image, c)
			return blocks
		}
	}
	return withParagraph(blocks, c)
}

// withParagraph puts a caption below the blocks.
func withParagraph(blocks []article.Block, c *caption) []article.Block {
	if in := c.whole(); len(in) > 0 {
		blocks = append(blocks, &article.Paragraph{Content: in})
	}
	return blocks
}

// sorted are the pictures of a figure, the texts between them, and the rest.
type sorted struct {
	figure *article.Figure // the last
	images []article.Image // of all figures and galleries
	strays article.Inline
	others []article.Block
}

func sortOut(blocks []article.Block) *sorted {
	s := &sorted{}
	for _, b := range blocks {
		switch b := b.(type) {
		case *article.Figure:
			s.figure = b
			s.images = append(s.images, b.Image)
		case *article.Gallery:
			s.images = append(s.images, b.Images...)
			s.strays = lines(s.strays, b.Caption)
		case *article.Paragraph:
			s.strays = lines(s.strays, b.Content)
		default:
			s.others = append(s.others, b)
		}
	}
	return s
}

// framed is a figure or a gallery of pictures. One picture is of a figure: galleries have more.
func (f *flow) framed(n *node, s *sorted, c *caption) article.Block {
	if len(s.images) > 1 {
		return &article.Gallery{Base: f.baseOf(n), Images: s.images, Caption: c.whole()}
	}
	s.figure.Base = f.baseOf(n)
	addCaption(&s.figure.Image, c)
	if l := layout(n); l != "" {
		s.figure.Layout = l
	}
	return s.figure
}

// addCaption adds a caption to a picture, which may have one of its own from an inner figure. An alternative text
// that repeats the caption would be read out twice (§4.3).
func addCaption(img *article.Image, c *caption) {
	if c.empty() {
		return
	}
	img.Caption = lines(img.Caption, c.text)
	img.CreditText = joinCredits(img.CreditText, c.credit)
	if img.Alt != nil && same(*img.Alt, img.Caption.Text()) {
		img.Alt = new(string)
	}
}

// captioned gives a caption to a figure without pictures: a recording, an embed, a quote, a table. Below anything else
// it is a paragraph.
func captioned(blocks []article.Block, c *caption, n *node) []article.Block {
	for _, b := range blocks {
		switch b := b.(type) {
		case *article.Media:
			b.Caption, b.CreditText = lines(b.Caption, c.text), joinCredits(b.CreditText, c.credit)
			return blocks
		case *article.Embed:
			b.Description = oneLine(b.Description + " " + c.whole().Text())
			return blocks
		case *article.Table:
			b.Caption = lines(b.Caption, c.whole())
			return blocks
		case *article.Quote:
			if n.is(" wp-block-pullquote pullquote ") {
				b.Style = "pull"
			}
			if b.Citation == nil {
				b.Citation = c.citation()
				return blocks
			}
		}
	}
	return withParagraph(blocks, c)
}

// citation makes a caption the source of a quote.
func (c *caption) citation() *article.NamedLink {
	name := oneLine(strings.TrimLeft(c.whole().Text(), dashes))
	if name == "" {
		return nil
	}
	cited := &article.NamedLink{Name: name}
	for i := range c.text {
		if url := c.text[i].URL; url != "" {
			cited.URL = url
		}
	}
	return cited
}

// whole is a caption with its credit on a line of its own.
func (c *caption) whole() article.Inline { return lines(c.text, article.Plain(c.credit)) }
