package markup

import (
	"strconv"

	"byway/internal/article"
)

const maxSpan = 100 // columns that one cell may cover

// table makes a table of data. A table that is there for layout (one column, a table or pictures inside) is unwrapped:
// its cells follow each other (§4.3).
func (f *flow) table(n *node, st *style) {
	f.flush()
	p := &parts{}
	p.read(n.kids, false)
	if n.attr("role") == "presentation" || p.isLayout() {
		f.container(n.as("div"), st)
		return
	}
	g := &grid{f: f, st: st}
	t := &article.Table{Base: f.baseOf(n)}
	for _, caption := range p.captions {
		t.Caption = lines(t.Caption, g.content(caption))
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
	f.nodes(p.strays, st)
	if t.Rows != nil || t.Header != nil {
		f.add(t)
	}
	f.add(g.rest...)
}

// parts of a table element.
type parts struct {
	captions nodes
	rows     []*tableRow
	strays   nodes // what must not stand in a table; browsers show it before the table
}

type tableRow struct {
	cells    nodes
	isHeader bool
}

func (p *parts) read(list nodes, inHead bool) {
	for _, k := range list {
		switch {
		case k.traits&tableCaption != 0:
			p.captions.add(k)
		case k.traits&row != 0:
			p.rows = append(p.rows, p.row(k, inHead))
		case k.traits&rows != 0:
			p.read(k.kids, k.tag == "thead")
		case k.traits&cell != 0: // its row was never begun
			p.rows = append(p.rows, &tableRow{cells: nodes{k}})
		case k.tag != "colgroup" && k.tag != "col":
			p.stray(k)
		}
	}
}

func (p *parts) row(n *node, inHead bool) *tableRow {
	row := &tableRow{isHeader: true}
	for _, k := range n.kids {
		if k.traits&cell == 0 {
			p.stray(k)
			continue
		}
		row.cells.add(k)
		row.isHeader = row.isHeader && (inHead || k.tag == "th")
	}
	return row
}

func (p *parts) stray(n *node) {
	if n.tag != "" || !blank(n.text) {
		p.strays.add(n)
	}
}

func (p *parts) isLayout() bool {
	columns, heads, figures := 0, false, false
	for _, row := range p.rows {
		columns = max(columns, len(row.cells))
		for _, cell := range row.cells {
			if len(cell.find(isTable)) > 0 {
				return true
			}
			heads = heads || cell.tag == "th"
			figures = figures || len(cell.find(isFigure)) > 0
		}
	}
	return columns < 2 || figures && !heads
}

func isTable(n *node) bool { return n.tag == "table" }

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
	st    *style
	spans []int           // rows that the cell above still covers, by column
	rest  []article.Block // what cannot stand in a cell
}

func (g *grid) content(n *node) article.Inline {
	in, rest := g.f.contentOf(n, g.f.c.enter(n, g.st))
	g.rest = append(g.rest, rest...)
	return in
}

// row is nil when it shows nothing.
func (g *grid) row(r *tableRow) []article.Inline {
	var cells []article.Inline
	full := false
	for _, n := range r.cells {
		cells = g.covered(cells)
		in := g.content(n)
		full = full || len(in) > 0
		below := g.span(n, "rowspan") - 1
		for i := range g.span(n, "colspan") {
			if i > 0 && !g.invent() {
				break
			}
			if len(g.spans) == len(cells) {
				g.spans = append(g.spans, 0)
			}
			g.spans[len(cells)] = below
			cells = append(cells, in)
			in = nil
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
	for len(cells) < len(g.spans) && g.spans[len(cells)] > 0 && g.invent() {
		g.spans[len(cells)]--
		cells = append(cells, nil)
	}
	return cells
}

// invent reports whether there is room for one more cell that nobody sent.
func (g *grid) invent() bool {
	g.f.c.cells++
	if g.f.c.cells > maxNodes {
		g.f.c.warnings.once("table", "cells span more than 20,000 others: the rest are single cells")
		return false
	}
	return true
}

func (g *grid) span(n *node, name string) int {
	size, err := strconv.Atoi(n.attr(name))
	if err != nil || size < 1 {
		return 1
	}
	return min(size, maxSpan)
}
