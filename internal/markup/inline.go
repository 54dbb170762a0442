package markup

import (
	"strings"

	"byway/internal/article"
)

// style is what applies to a text: the marks, the link and the language of the elements around it.
type style struct {
	marks article.Mark
	url   string
	lang  string
	dir   article.Dir
}

// with is the style with more marks.
func (st *style) with(marks article.Mark) *style {
	more := *st
	more.marks |= marks
	return &more
}

// enter is the style inside an inline element.
func (c *converter) enter(n *node, outside *style) *style {
	marks := markOf(n.tag)
	if n.styled(" font-weight:normal font-weight:400 font-style:normal ") {
		marks = 0 // text pasted from Google Docs stands in one <b style="font-weight:normal">
	}
	st := outside.with(marks)
	if n.tag == "a" {
		if u := ResolveLink(c.opt.Base, n.attr("href")); u != "" {
			st.url = u
		} else if n.attr("href") != "" {
			c.warnings.add("a", "link without a usable address: its text was kept")
		}
	}
	if lang := article.NormalLanguage(n.attr("lang")); lang != "" {
		st.lang = lang
	}
	if dir := direction(n); dir != "" {
		st.dir = dir
	}
	return st
}

// direction is that of an element itself. A bdi without one isolates text of unknown direction (HTML §4.5.24).
func direction(n *node) article.Dir {
	switch dir := article.Dir(strings.ToLower(n.attr("dir"))); {
	case dir == article.LTR || dir == article.RTL || dir == article.AutoDir:
		return dir
	case n.tag == "bdi":
		return article.AutoDir
	}
	return ""
}

// line collects the text of one block. White space is collapsed as CSS does it, across elements.
type line struct{ runs article.Inline }

func (l *line) add(text string, st *style) {
	text = collapse(clean(text))
	if l.atStart() || strings.HasSuffix(l.runs[len(l.runs)-1].Text, " ") {
		text = strings.TrimPrefix(text, " ")
	}
	l.put(text, st)
}

// put adds text as it is.
func (l *line) put(text string, st *style) {
	if text == "" {
		return
	}
	l.runs = append(l.runs, article.Run{Text: text, Marks: st.marks, URL: st.url, InLanguage: st.lang, Dir: st.dir})
}

// atStart reports whether nothing stands on the line yet.
func (l *line) atStart() bool { return len(l.runs) == 0 || l.runs[len(l.runs)-1].Break }

// lineBreak ends a line. It reports whether the line was empty already, so that this break makes a new paragraph.
func (l *line) lineBreak() (second bool) {
	l.trim()
	if len(l.runs) == 0 {
		return false
	}
	last := &l.runs[len(l.runs)-1]
	second = last.Break
	last.Break = true
	return second
}

// trim takes the space off the end.
func (l *line) trim() {
	for len(l.runs) > 0 && !l.atStart() {
		last := &l.runs[len(l.runs)-1]
		last.Text = strings.TrimRight(last.Text, " ")
		if last.Text != "" {
			return
		}
		l.runs = l.runs[:len(l.runs)-1]
	}
}

// take gives what was collected and starts anew. What shows nothing is nothing.
func (l *line) take() article.Inline {
	l.trim()
	return l.takeAll()
}

// takeAll is take without the trimming.
func (l *line) takeAll() article.Inline {
	in := merge(balanceBidi(l.runs))
	l.runs = nil
	if blank(in.Text()) {
		return nil
	}
	in[len(in)-1].Break = false
	return in
}

// merge makes one run of neighbours that differ in text only.
func merge(in article.Inline) article.Inline {
	var out article.Inline
	for i := 0; i < len(in); {
		var text strings.Builder
		run := in[i]
		for more := true; more && i < len(in); i++ {
			text.WriteString(in[i].Text)
			run.Break = in[i].Break
			more = i+1 < len(in) && !run.Break && alike(run, in[i+1])
		}
		run.Text = text.String()
		out = append(out, run)
	}
	return out
}

func alike(a, b article.Run) bool {
	return a.Marks == b.Marks && a.URL == b.URL && a.InLanguage == b.InLanguage && a.Dir == b.Dir
}

// lines joins two texts, a line each. It makes the second a part of the first.
func lines(a, b article.Inline) article.Inline {
	if len(a) > 0 && len(b) > 0 {
		a[len(a)-1].Break = true
	}
	return append(a, b...)
}
