package markup

import (
	"strings"

	"byway/internal/article"
)

// frameClasses are of elements that are figures or galleries without being called so (§1.1, §4.3).
var frameClasses = []string{"wp-caption", "wp-block-gallery", "blocks-gallery-grid", "blocks-gallery-item", "gallery",
	"gallery-item", "tiled-gallery", "tiled-gallery__item", "tiled-gallery-item", "wp-block-jetpack-tiled-gallery",
	"wp-block-jetpack-slideshow"}

func isFrame(n *node) bool {
	return n.tag == "figure" || n.tag == "amp-carousel" || n.is(frameClasses...)
}

// caption is what stands below a picture.
type caption struct {
	text   article.Inline
	credit string
}

func (c caption) empty() bool { return len(c.text) == 0 && c.credit == "" }

// figure converts what the element holds and then joins it with its caption: a picture to a figure, several to a
// gallery, anything else to whatever takes a caption.
func (f *flow) figure(n *node, st style) {
	f.flush()
	if n.is("wp-block-embed") {
		f.bareEmbed(n)
	}
	for i, k := range n.kids {
		if k.tag == "li" { // of a gallery
			n.kids[i] = k.as("figure")
		}
	}
	taken := n.take(isCaption, isFrame)
	blocks := f.blocksOf(n, st)
	if isLoose(blocks) {
		f.add(loose(blocks, f.captionOf(taken, nil, st))...)
		return
	}
	pictures, strays, others := sortOut(blocks)
	if len(pictures) == 0 {
		f.add(captioned(blocks, f.captionOf(taken, nil, st), n)...)
		return
	}
	f.add(f.framed(n, pictures, f.captionOf(taken, strays, st)))
	f.add(others...)
}

// isCaption finds the caption of a figure, and credits beside it.
func isCaption(n *node) bool {
	return n.tag == "figcaption" || n.is("wp-caption-text", "gallery-caption") ||
		n.tag != "" && n.tag != "figure" && isCreditElement(n) && len(n.find(isFigure)) == 0
}

// captionOf reads captions; strays are texts that stood in the figure outside any.
func (f *flow) captionOf(taken []*node, strays []article.Inline, st style) caption {
	c := caption{text: lines(strays...)}
	for _, n := range taken {
		var credits []string
		if isCreditElement(n) {
			c.credit = joinCredits(c.credit, n.words())
			continue
		}
		for _, credit := range takeCredits(n) {
			credits = append(credits, credit.words())
		}
		in, _ := f.contentOf(n, f.c.enter(n, st))
		c.text = lines(c.text, in)
		c.credit = joinCredits(c.credit, credits...)
	}
	if c.credit == "" {
		c.text, c.credit = SplitCredit(c.text, f.c.opt.Language)
		return c
	}
	c.text, c.credit = withLabel(c.text, c.credit, f.c.opt.Language)
	return c
}

// isLoose reports whether an element holds an article rather than a figure: nobody closed it, or it is only called so.
func isLoose(blocks []article.Block) bool {
	texts, pictures := 0, 0
	for _, b := range blocks {
		switch b.(type) {
		case article.Heading, article.List, article.Divider:
			texts += 3
		case article.Paragraph:
			texts++
		case article.Figure, article.Gallery:
			pictures++
		}
	}
	return pictures > 0 && texts > 2
}

// loose keeps the blocks in their order and gives the caption to the first picture without one.
func loose(blocks []article.Block, c caption) []article.Block {
	if c.empty() {
		return blocks
	}
	for i, b := range blocks {
		if fig, ok := b.(article.Figure); ok && len(fig.Image.Caption) == 0 {
			fig.Image = captionedImage(fig.Image, c)
			blocks[i] = fig
			return blocks
		}
	}
	return append(blocks, paragraphOf(c))
}

// sortOut parts the pictures of a figure, the texts between them, and the rest.
func sortOut(blocks []article.Block) (pictures []article.Figure, strays []article.Inline, others []article.Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case article.Figure:
			pictures = append(pictures, b)
		case article.Gallery:
			for _, img := range b.Images {
				pictures = append(pictures, article.Figure{Image: img})
			}
			if len(b.Caption) > 0 {
				strays = append(strays, b.Caption)
			}
		case article.Paragraph:
			strays = append(strays, b.Content)
		default:
			others = append(others, b)
		}
	}
	return pictures, strays, others
}

// framed is a figure or a gallery of pictures.
func (f *flow) framed(n *node, pictures []article.Figure, c caption) article.Block {
	if len(pictures) > 1 {
		return article.Gallery{Base: f.baseOf(n), Images: images(pictures), Caption: lines(c.text, article.Plain(c.credit))}
	}
	fig := pictures[0]
	fig.Base = f.baseOf(n)
	fig.Image = captionedImage(fig.Image, c)
	if l := layout(n); l != "" {
		fig.Layout = l
	}
	return fig
}

func images(pictures []article.Figure) []article.Image {
	var list []article.Image
	for _, p := range pictures {
		list = append(list, p.Image)
	}
	return list
}

// captionedImage adds a caption to a picture, which may have one of its own from an inner figure. An alternative text
// that repeats the caption would be read out twice (§4.3).
func captionedImage(img article.Image, c caption) article.Image {
	img.Caption = lines(img.Caption, c.text)
	img.CreditText = joinCredits(img.CreditText, c.credit)
	if img.Alt != nil && same(*img.Alt, img.Caption.Text()) {
		empty := ""
		img.Alt = &empty
	}
	return img
}

// captioned gives a caption to a figure without pictures: a recording, an embed, a quote, a table. Below anything else
// it is a paragraph.
func captioned(blocks []article.Block, c caption, n *node) []article.Block {
	for i, b := range blocks {
		switch b := b.(type) {
		case article.Media:
			b.Caption, b.CreditText = lines(b.Caption, c.text), joinCredits(b.CreditText, c.credit)
			blocks[i] = b
			return blocks
		case article.Embed:
			b.Description = oneLine(b.Description + " " + paragraphOf(c).Content.Text())
			blocks[i] = b
			return blocks
		case article.Table:
			b.Caption = lines(b.Caption, c.text, article.Plain(c.credit))
			blocks[i] = b
			return blocks
		case article.Quote:
			if n.is("wp-block-pullquote", "pullquote") {
				b.Style = "pull"
			}
			cited := b.Citation != nil
			blocks[i] = captionedQuote(b, c)
			if !cited {
				return blocks
			}
		}
	}
	if c.empty() {
		return blocks
	}
	return append(blocks, paragraphOf(c))
}

// captionedQuote makes a caption the source of a quote that names none.
func captionedQuote(q article.Quote, c caption) article.Quote {
	name := oneLine(strings.TrimLeft(paragraphOf(c).Content.Text(), "—–―- "))
	if q.Citation != nil || name == "" {
		return q
	}
	q.Citation = &article.NamedLink{Name: name}
	for _, run := range c.text {
		if run.URL != "" {
			q.Citation.URL = run.URL
		}
	}
	return q
}

func paragraphOf(c caption) article.Paragraph {
	return article.Paragraph{Content: lines(c.text, article.Plain(c.credit))}
}
