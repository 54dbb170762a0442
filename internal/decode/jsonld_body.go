package decode

import (
	"strings"
	"unicode/utf8"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// body fills in the text, which may be HTML, and of a live blog its reports. What is only the beginning of the text is
// no body: it stands with the standfirst, so that nobody takes it for the article.
func (l *linked) body(a *article.Article, standfirst string) {
	raw := l.articleBody()
	text := markup.Text(raw)
	if l.isTeaser(text) {
		a.Description = opening(standfirst, text)
		a.IsPartial = true
		l.warn("articleBody", "only the beginning of the text: shown as the standfirst")
	} else {
		a.Body = textBlocks(raw, markupOptions(a, l.options))
		if !isGenerated(standfirst, text) {
			a.Description = article.Plain(standfirst)
		}
	}
	told := told{}
	for _, n := range l.article.Get("liveBlogUpdate").List() {
		if len(a.Body) > article.MaxBlocks {
			break
		}
		if n = l.follow(n); told.first(n) {
			a.Body = append(a.Body, l.report(n, told, markupOptions(a, l.options))...)
		}
	}
	if text == "" && a.Body == nil {
		a.IsPartial = true
		l.warn("articleBody", "there is no text: the rest is shown")
	}
}

// articleBody is one text. A list is one of paragraphs.
func (l *linked) articleBody() string {
	n := pick(l.article, "articleBody text", tree.Node{})
	value, _ := l.value(n)
	var b strings.Builder
	b.WriteString(value.Raw())
	for i, paragraph := range n.List() {
		if i > 0 {
			b.WriteString("\n\n" + paragraph.Raw())
		}
	}
	return b.String()
}

// isTeaser goes by how many words the article has where it says so, else by the length: texts of less than 500 letters
// were the beginnings of longer ones (§4.2). A letter of Chinese or Japanese says as much as three of others.
func (l *linked) isTeaser(text string) bool {
	const whole = 500
	words := len(strings.Fields(text))
	size := utf8.RuneCountInString(text)
	said, _ := l.article.Get("wordCount").Int()
	switch {
	case text == "" || l.article.Get("liveBlogUpdate").Exists():
		return false
	case isCut(text):
		return true
	case said > 0 && int64(words)*10 >= said*8:
		return false
	case said > int64(size): // not even if every letter were a word
		return true
	}
	for _, r := range text {
		if r >= '\u2E80' {
			size += 2
		}
	}
	return size < whole
}

// opening is the standfirst with the beginning of the text, but for what would be said twice.
func opening(standfirst, text string) article.Inline {
	switch a, b := letters(standfirst), letters(text); {
	case strings.HasPrefix(b, a):
		return article.Plain(text)
	case strings.HasPrefix(a, b):
		return article.Plain(standfirst)
	}
	return article.Inline{{Text: standfirst, Break: true}, {Text: text}}
}

// report is one of a live blog.
func (l *linked) report(n tree.Node, told told, o markup.Options) []article.Block {
	value, _ := l.value(pick(n, "articleBody text description", tree.Node{}))
	blocks := dated(textBlocks(value.Raw(), o), l.say(n, "headline name"), n.Get("datePublished").Text())
	if list := n.Get("image"); told.first(l.follow(first(list))) {
		if image := l.widest(list, o); image.URL != "" {
			blocks = append(blocks, article.Figure{Image: *image})
		}
	}
	return blocks
}

// dated puts the headline of a report, or its first paragraph, with its time into a note: a heading has no place for that.
func dated(blocks []article.Block, headline, date string) []article.Block {
	if headline != "" {
		blocks = append([]article.Block{article.Paragraph{Content: article.Inline{{Text: headline, Marks: article.Strong}}}}, blocks...)
	}
	if date, ok := article.ParseDate(date); ok && len(blocks) > 0 {
		if p, ok := blocks[0].(article.Paragraph); ok {
			blocks[0] = article.Note{Content: p.Content, Date: date}
		}
	}
	return blocks
}

// Elements by which a text is told to be HTML, and those that may stand in a text that has its paragraphs otherwise.
const (
	blockTags = "p br hr div h1 h2 h3 h4 h5 h6 ul ol li dl dt blockquote pre figure img iframe video audio table tr section " +
		"article aside details center"
	inlineTags = "a b i em strong span u s sub sup mark small code cite q font"
)

// textBlocks makes blocks of a text that may be HTML.
func textBlocks(text string, o markup.Options) []article.Block {
	if hasTag(text, blockTags) {
		return []article.Block{article.HTML{HTML: text}}
	}
	marked := hasTag(text, inlineTags)
	var out []article.Block
	for i, paragraph := range paragraphs(text) {
		if i > article.MaxBlocks { // the last one over makes finish warn
			break
		}
		if !marked {
			paragraph = asHTML(paragraph)
		}
		out = append(out, article.Paragraph{Content: markup.Inline(paragraph, o)})
	}
	return out
}

// hasTag reports whether one of the elements is opened in a text.
func hasTag(text, names string) bool {
	for _, after := range strings.Split(text, "<")[1:] {
		name := strings.ToLower(after[:min(len(after), 10)])
		if end := strings.IndexAny(name, " \t\n\r/>"); end > 0 && isOneOf(name[:end], names) && strings.Contains(after, ">") {
			return true
		}
	}
	return false
}

// asHTML lets entities be decoded, which turn up even in plain text (§4.2), but nothing else be read as markup: without
// ";" an "&copy" belongs to an address.
func asHTML(text string) string {
	parts := strings.Split(strings.ReplaceAll(text, "<", "&lt;"), "&")
	for i, part := range parts[1:] {
		name, _, closed := strings.Cut(part[:min(len(part), 12)], ";")
		if !closed || strings.ContainsAny(name, " =&") {
			parts[i+1] = "amp;" + part
		}
	}
	return strings.Join(parts, "&")
}

// paragraphs parts a text at blank lines, and at all its line ends where lines are so long that they must be paragraphs.
// Otherwise line ends mean nothing, and a text without them is one paragraph: sentences are not told apart (§4.2).
func paragraphs(text string) []string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	var groups [][]string // lines between blank ones
	lines, above40, above100 := 0, 0, 0
	gap := true
	for _, line := range strings.Split(text, "\n") {
		if line = strings.Trim(line, " \t\u00a0"); line == "" {
			gap = true
			continue
		}
		if gap {
			groups = append(groups, nil)
			gap = false
		}
		last := &groups[len(groups)-1]
		*last = append(*last, line)
		lines++
		switch size := utf8.RuneCountInString(line); {
		case size > 100:
			above100++
			fallthrough
		case size > 40:
			above40++
		}
	}
	// Where paragraphs are parted by blank lines, lines may be wrapped, at 80 letters or so.
	apart := 2*above100 > lines || len(groups) < 2 && 2*above40 > lines
	var out []string
	for _, lines := range groups {
		if !apart {
			lines = []string{strings.Join(lines, "\n")}
		}
		out = append(out, lines...)
	}
	return out
}
