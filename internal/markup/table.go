package markup

import (
	"strconv"

	"byway/internal/article"
)

const maxSpan = 100 // columns that one cell may cover

// table makes a table of data. A table that is there for layout (one column, a table or pictures inside) is unwrapped:
// its cells follow each other (§4.3).
func (f *flow) table(n *node, st style) {
	f.flush()
	p := readTable(n)
	if p.isLayout() {
		f.container(n.as("div"), st)
		return
	}
	g := grid{f: f, st: st}
	t := article.Table{Base: f.baseOf(n)}
	for _, caption := range p.captions {
		in, rest := f.contentOf(caption, f.c.enter(caption, st))
		t.Caption = lines(t.Caption, in)
		g.rest = append(g.rest, rest...)
	}
	for _, row := range p.rows {
		cells := g.row(row)
		switch {
		case cells == nil:
		case t.Header == nil && t.Rows == nil && row.isHeader:
			t.Header = cells
		default:
			t.Rows = append(t.Rows, cells)
		}
	}
	f.nodes(p.stray, st)
	if t.Rows != nil || t.Header != nil {
		f.add(t)
	}
	f.add(g.rest...)
}

// as is a node of another name with the same content.
func (n *node) as(tag string) *node { return &node{tag: tag, attrs: n.attrs, kids: n.kids} }

// parts of a table element.
type parts struct {
	role     string
	captions []*node
	rows     []tableRow
	stray    []*node // what must not stand in a table; browsers show it before the table
}

type tableRow struct {
	cells    []*node
	isHeader bool
}

func readTable(n *node) parts {
	p := parts{role: n.attr("role")}
	p.read(n.kids, false)
	return p
}

func (p *parts) read(list []*node, inHead bool) {
	for _, k := range list {
		switch {
		case k.tag == "" && blank(k.text):
		case k.tag == "caption":
			p.captions = append(p.captions, k)
		case k.tag == "tr":
			p.rows = append(p.rows, p.row(k, inHead))
		case rows[k.tag]:
			p.read(k.kids, k.tag == "thead")
		case cells[k.tag]: // its row was never begun
			p.rows = append(p.rows, tableRow{cells: []*node{k}})
		case k.tag != "colgroup" && k.tag != "col":
			p.stray = append(p.stray, k)
		}
	}
}

func (p *parts) row(n *node, inHead bool) tableRow {
	row := tableRow{isHeader: true}
	for _, k := range n.kids {
		switch {
		case cells[k.tag]:
			row.cells = append(row.cells, k)
			row.isHeader = row.isHeader && (inHead || k.tag == "th")
		case k.tag != "" || !blank(k.text):
			p.stray = append(p.stray, k)
		}
	}
	return row
}

func (p *parts) isLayout() bool {
	columns, heads, figures := 0, false, false
	for _, row := range p.rows {
		columns = max(columns, len(row.cells))
		for _, cell := range row.cells {
			heads = heads || cell.tag == "th"
			if len(cell.find(func(n *node) bool { return n.tag == "table" })) > 0 {
				return true
			}
			figures = figures || len(cell.find(isFigure)) > 0
		}
	}
	return columns < 2 || p.role == "presentation" || figures && !heads
}

func isFigure(n *node) bool {
	switch n.tag {
	case "figure", "iframe", "video", "audio":
		return true
	case "img", "amp-img":
		return !isEmoji(n)
	}
	return false
}

// grid fills rows so that each cell stands in its column.
type grid struct {
	f     *flow
	st    style
	spans []int           // rows that the cell above still covers, by column
	rest  []article.Block // what cannot stand in a cell
}

// row is nil when it shows nothing.
func (g *grid) row(r tableRow) []article.Inline {
	var cells []article.Inline
	full := false
	for _, n := range r.cells {
		cells = g.covered(cells)
		in, rest := g.f.contentOf(n, g.f.c.enter(n, g.st))
		g.rest = append(g.rest, rest...)
		full = full || len(in) > 0
		columns, below := g.span(n, "colspan"), g.span(n, "rowspan")-1
		for i := range columns {
			for len(g.spans) <= len(cells) {
				g.spans = append(g.spans, 0)
			}
			g.spans[len(cells)] = below
			if i > 0 {
				in = nil
			}
			cells = append(cells, in)
		}
	}
	cells = g.covered(cells)
	if !full {
		return nil
	}
	return cells
}

// covered adds empty cells where a cell of a row above reaches down.
func (g *grid) covered(cells []article.Inline) []article.Inline {
	for len(cells) < len(g.spans) && g.spans[len(cells)] > 0 {
		g.spans[len(cells)]--
		cells = append(cells, nil)
	}
	return cells
}

// span is clamped, and 1 once the table has grown too large: a span makes cells that nobody sent.
func (g *grid) span(n *node, name string) int {
	size, err := strconv.Atoi(n.attr(name))
	if err != nil || size < 1 {
		return 1
	}
	size = min(size, maxSpan)
	g.f.c.cells += size
	if g.f.c.cells > maxNodes {
		g.f.c.warnings.once(n.tag, "cells span too much: taken as single cells")
		return 1
	}
	return size
}
