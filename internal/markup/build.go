package markup

import "strings"

// builder puts elements and texts where they belong: HTML §13.2.6, the parts of it that bodies of articles need.
type builder struct {
	open       []element // the root first; the node of each is the last child of the node before it, or that node itself
	nodes      int
	shortcodes map[string]int // closing shortcodes still to come, by name
	warn       *warnings
}

// element is an open element. Past maxDepth it shares the node of the element that it stands in.
type element struct {
	tag string
	n   *node
}

func newBuilder(src string, w *warnings) *builder {
	return &builder{open: []element{{"", &node{tag: "root"}}}, shortcodes: closers(src), warn: w}
}

func (b *builder) root() *node { return b.open[0].n }
func (b *builder) top() *node  { return b.open[len(b.open)-1].n }
func (b *builder) room() bool  { return b.nodes < maxNodes }

var (
	void = set(`area base br col embed hr img input link meta param source track wbr amp-img amp-anim`)
	// special elements are not closed by the end of an inline element (§13.2.4.2).
	special = union(containers, set(`blockquote body button dir dt figure form frameset h1 h2 h3 h4 h5 h6 iframe listing
		menu noscript object ol pre select summary table template textarea ul video audio svg math`))
	// formatting elements may be closed in the wrong order (§13.2.6.4.7).
	formatting = set(`a b big code del em font i ins mark nobr s small strike strong sub sup tt u`)
	headings   = set(`h1 h2 h3 h4 h5 h6`)
	// closesP begin a block, so they end an open paragraph.
	closesP = union(headings, set(`address article aside blockquote center details dir div dl dd dt fieldset figcaption
		figure footer form header hgroup hr li listing main menu nav ol p pre search section summary table ul`))
	// scope is what the end of an element outside does not reach into.
	scope         = set(`table td th caption template object button`)
	listScope     = union(scope, set(`ul ol menu dir`))
	table         = set(`table`)
	ruby          = set(`ruby`)
	rows          = set(`tbody thead tfoot`)
	rowsOrCaption = union(rows, set(`caption`))
	tableParts    = union(rows, set(`td th tr caption`))
	cells         = set(`td th`)
	items         = set(`dt dd`)
	rubyTexts     = set(`rt rp`)
)

// honoursSlash reports whether "/>" ends an element at once. In HTML it does so in foreign content only. Markup that
// went through XML tools also writes <iframe …/>, and there the standard would swallow the rest of the article.
func (b *builder) honoursSlash(tag string) bool {
	switch tag {
	case "svg", "math", "iframe", "noscript", "video", "audio", "textarea", "title":
		return true
	}
	return strings.Contains(tag, ":") || b.within("svg", "math")
}

func (b *builder) within(tags ...string) bool {
	for _, e := range b.open {
		for _, tag := range tags {
			if e.tag == tag {
				return true
			}
		}
	}
	return false
}

// text adds a text, in which shortcodes are elements.
func (b *builder) text(s string) {
	if !strings.Contains(s, "[") || opaque[b.open[len(b.open)-1].tag] || b.within("pre", "code") {
		b.add(&node{text: s})
		return
	}
	b.textWithShortcodes(s)
}

func (b *builder) add(n *node) {
	if n.tag == "" && n.text == "" {
		return
	}
	b.nodes++
	b.top().kids = append(b.top().kids, n)
}

// start opens an element, or adds one that has no content.
func (b *builder) start(n *node, empty bool) {
	switch n.tag {
	case "html", "head", "body":
		return
	case "image":
		n.tag = "img"
	}
	b.implyEnds(n.tag)
	if empty || void[n.tag] {
		b.add(n)
		return
	}
	b.push(n)
}

func (b *builder) push(n *node) {
	e := element{n.tag, n}
	flat := len(b.open) > maxDepth && (!opaque[n.tag] || opaque[b.top().tag])
	if flat {
		b.warn.once(n.tag, "elements are nested more than 64 deep: flattened")
		b.nodes++ // so that a flood of tags ends
		e.n = b.top()
	} else {
		b.add(n)
	}
	if !flat || len(b.open) < maxOpen {
		b.open = append(b.open, e)
	}
}

// implyEnds closes what the start of an element closes although nobody wrote the end.
func (b *builder) implyEnds(tag string) {
	switch {
	case tag == "li":
		b.close(only("li"), notListItem)
	case items[tag]:
		b.close(in(items), notListItem)
	case cells[tag]:
		b.close(in(cells), table)
	case tag == "tr":
		b.close(only("tr"), table)
	case rows[tag]:
		b.close(in(rowsOrCaption), table)
	case rubyTexts[tag]:
		b.close(in(rubyTexts), ruby)
	case headings[tag] && headings[b.open[len(b.open)-1].tag]:
		b.open = b.open[:len(b.open)-1]
	case tag == "a":
		b.endFormatting("a")
	}
	if closesP[tag] {
		b.closeParagraph()
	}
}

// notListItem stops the search for the item that a new one ends: §13.2.6.4.7, 'A start tag whose tag name is "li"'.
var notListItem = func() map[string]bool {
	s := union(special)
	for _, tag := range []string{"address", "div", "p", "li", "dt", "dd"} {
		delete(s, tag)
	}
	return s
}()

func only(tag string) func(string) bool { return func(have string) bool { return have == tag } }

func in(s map[string]bool) func(string) bool { return func(have string) bool { return s[have] } }

// closeParagraph ends an open p. Formatting inside goes on in the block that ended it: <p><a href><figure>.
func (b *builder) closeParagraph() {
	i := b.index(only("p"), scope)
	if i < 0 {
		return
	}
	inside := b.open[i+1:]
	b.open = b.open[:i]
	b.reopen(inside)
}

// end closes an element, if one of that name can be closed here. An end that closes nothing counts as an element: each
// of them looks through all that is open.
func (b *builder) end(tag string) {
	open := len(b.open)
	b.endOf(tag)
	if len(b.open) >= open {
		b.nodes++
	}
}

func (b *builder) endOf(tag string) {
	switch {
	case tag == "br":
		b.start(&node{tag: "br"}, true)
	case headings[tag]:
		b.close(in(headings), scope)
	case formatting[tag]:
		b.endFormatting(tag)
	case tag == "table":
		b.close(only(tag), nil)
	case tableParts[tag]:
		b.close(only(tag), table)
	case tag == "li":
		b.close(only(tag), listScope)
	case special[tag] || dropped[tag]:
		b.close(only(tag), without(scope, tag))
	default:
		b.close(only(tag), special)
	}
}

func without(s map[string]bool, tag string) map[string]bool {
	if !s[tag] {
		return s
	}
	s = union(s)
	delete(s, tag)
	return s
}

// close ends the innermost of these elements with all that is open inside it.
func (b *builder) close(names func(string) bool, stops map[string]bool) {
	if i := b.index(names, stops); i >= 0 {
		b.open = b.open[:i]
	}
}

// index finds the innermost open element of these names, looking no further than the stops. It is -1 without one.
func (b *builder) index(names func(string) bool, stops map[string]bool) int {
	for i := len(b.open) - 1; i > 0; i-- {
		switch tag := b.open[i].tag; {
		case names(tag):
			return i
		case stops[tag]:
			return -1
		}
	}
	return -1
}
