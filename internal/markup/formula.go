package markup

// formula shows a formula as its author wrote it, or its letters and signs where they say the same in a row: x = 2, but not
// a fraction or a power.
func (f *flow) formula(n *node, st *style) {
	text := oneLine(n.attr("alttext"))
	for _, k := range n.find(isAnnotation) {
		if text == "" && k.tag == "annotation" {
			text = k.words()
		}
	}
	if text == "" && len(n.find(isStacked)) == 0 {
		text = n.words()
	}
	if text == "" {
		f.c.warnings.once("math", "a formula without words: left out")
	}
	f.line.put(text, st)
}

func isAnnotation(n *node) bool { return names(" annotation annotation-xml ").has(n.tag) }

// isStacked finds what gets its meaning from where it stands.
func isStacked(n *node) bool {
	return isAnnotation(n) || names(" mfrac msup msub msubsup msqrt mroot munder mover munderover mtable mmultiscripts menclose ").has(n.tag)
}
