// Package markup turns HTML that nobody vouches for into the blocks of an article.
//
// It is the boundary between outside markup and the page: what may pass is listed in this package and nowhere else
// (allow.go for elements, url.go for addresses). The output holds text, marks and addresses of allowed schemes, never
// HTML, so nothing of it is ever parsed again and differences between parsers cannot matter.
//
// Rules it follows are those of formats.md §4.2–4.7 and blocking-and-trust.md §4: style and behaviour are left out,
// what can be read stays whole and in order.
package markup

import (
	"byway/internal/article"
	"byway/internal/weburl"
)

// Options of one conversion.
type Options struct {
	Base     *weburl.URL // the article's canonical address, against which relative references are resolved; nil: relative references are dropped
	Headline string      // a first heading in the body that repeats it is left out
	Language string      // BCP 47 of the article, for labels of credits
}

// Blocks converts a body. Warnings name the element in At; the caller knows which member of the document held the HTML.
func Blocks(html string, o Options) ([]article.Block, []article.Warning) {
	c := &converter{opt: o}
	room := article.MaxBlocks
	blocks := c.limit(withoutHeadline(c.blocks(html), o.Headline), &room)
	return Ranked(blocks), c.warnings.list
}

// Ranked gives headings levels without gaps, from 2. It takes pointers to blocks, and returns the blocks.
func Ranked(blocks []article.Block) []article.Block {
	compressHeadings(blocks)
	return values(blocks)
}

// Inline converts a caption or a standfirst: what stands in blocks of its own is put on lines of its own, and pictures
// and recordings are left out.
func Inline(html string, o Options) article.Inline {
	c := &converter{opt: o}
	return fold(c.blocks(html))
}

// converter is one conversion: its options and what has been counted.
type converter struct {
	opt      Options
	warnings warnings
	images   int
	cells    int // that spans have made
}

func (c *converter) blocks(html string) []article.Block {
	root := parse(html, &c.warnings)
	c.settle(root)
	f := &flow{c: c}
	f.nodes(root.kids, &style{})
	return f.done()
}

// values puts the blocks as the model has them in the place of pointers, with which this package works.
func values(blocks []article.Block) []article.Block {
	for i, b := range blocks {
		switch v := b.(type) {
		case *article.Paragraph:
			b = *v
		case *article.Heading:
			b = *v
		case *article.Figure:
			b = *v
		case *article.Gallery:
			b = *v
		case *article.Quote:
			values(v.Body)
			b = *v
		case *article.List:
			b = *v
		case *article.Media:
			b = *v
		case *article.Embed:
			b = *v
		case *article.Table:
			b = *v
		case *article.Divider:
			b = *v
		}
		blocks[i] = b
	}
	return blocks
}

// limit cuts blocks, those in quotes included, when there is no more room.
func (c *converter) limit(blocks []article.Block, room *int) []article.Block {
	for i, b := range blocks {
		if *room == 0 {
			c.warnings.once("", "more than 4,000 blocks: the rest was cut")
			return blocks[:i]
		}
		*room--
		if q, ok := b.(*article.Quote); ok {
			if q.Body = c.limit(q.Body, room); len(q.Body) == 0 {
				return blocks[:i]
			}
		}
	}
	return blocks
}

// maxWarnings keeps a hostile document from filling the report.
const maxWarnings = 64

type warnings struct{ list []article.Warning }

func (w *warnings) add(at, what string) {
	if len(w.list) < maxWarnings {
		w.list = append(w.list, article.Warning{At: at, What: what})
	}
}

// once is for limits, which are exceeded by every further element.
func (w *warnings) once(at, what string) {
	for i := range w.list {
		if w.list[i].What == what {
			return
		}
	}
	w.add(at, what)
}
