package decode

import (
	"strconv"
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// content fills in the text and what leads to it.
func (s *story) content(a *article.Article) {
	if note := s.words("editor_note"); note != "" {
		s.body = append(s.body, article.Note{Role: "editor", Content: inline(note, s.Options)})
	}
	before := len(s.body)
	s.blocks(s.Get("content_elements"))
	words := s.letters(before)
	if words == "" {
		s.lacksText(a, "content_elements")
	}
	if signed := s.words("sign_off"); signed != "" { // Reuters: who did what
		s.body = append(s.body, article.Paragraph{Content: article.Plain(signed)})
	}
	s.blocks(s.Get("corrections"))
	a.Body = markup.Ranked(s.body)
	headline := letters(a.Headline)
	if second := markup.Text(variant(s.Get("subheadlines"))); letters(second) != headline {
		a.AlternativeHeadline = second
	}
	standfirst := variant(s.Get("description"))
	if said := letters(markup.Text(standfirst)); said != letters(a.AlternativeHeadline) && said != headline && !strings.HasPrefix(words, said) {
		a.Description = inline(standfirst, s.Options)
	}
}

// letters are those with which the text begins.
func (s *story) letters(from int) string {
	const enough = 4096
	var words strings.Builder
	for _, b := range s.body[from:] {
		if h, ok := b.(article.HTML); ok && words.Len() < enough {
			words.WriteString(letters(markup.Text(h.HTML)))
		}
	}
	return words.String()
}

// blocks leaves out what is null: some have been seen among elements.
func (s *story) blocks(list tree.Node) {
	for _, n := range list.List() {
		s.block(n)
	}
}

func (s *story) add(b article.Block) { s.body = append(s.body, b) }

// block adds an element of the text. What has a form of its own in the model gets it, the others are HTML.
func (s *story) block(n tree.Node) {
	switch kind := textIn(n, "type"); kind {
	case "header":
		level, _ := n.Get("level").Int()
		s.add(&article.Heading{Level: int(max(1, min(level, 6))), Content: markup.Inline(n.Get("content").Raw(), s.Options)})
	case "image", "graphic":
		s.add(article.Figure{Image: *s.image(n)})
	case "gallery":
		gallery := article.Gallery{Caption: inline(variant(n.Get("headlines")), s.Options)}
		for _, item := range n.Get("content_elements").List() {
			gallery.Images = append(gallery.Images, *s.image(item))
		}
		s.add(gallery)
	case "video", "audio":
		s.add(s.recording(n, kind))
	case "correction":
		s.add(article.Note{Role: roleOf(textIn(n, "correction_type")), Content: inline(n.Get("text").Raw(), s.Options)})
	case "element_group", "content_zone":
		s.blocks(n.Get("content_elements"))
	case "interstitial_link", "link_list":
		s.links(n)
	case "divider":
		s.add(article.Divider{})
	default:
		if html := elementHTML(n); html != "" {
			s.add(article.HTML{HTML: html})
		} else if kind != "text" && kind != "paragraph" {
			s.warn("content_elements", "an element of type "+quoted(kind, 40)+", of which nothing can be shown: left out")
		}
	}
}

func roleOf(kind string) string {
	if kind == "clarification" {
		return kind
	}
	return "correction"
}

// links are ways to other articles, which may stand below a title.
func (s *story) links(n tree.Node) {
	if title := wordsIn(n, "title"); title != "" {
		s.add(article.Paragraph{Content: article.Inline{{Text: title, Marks: article.Strong}}})
	}
	var list article.RelatedList
	for _, item := range append(n.Get("items").List(), n) {
		if headline := wordsIn(item, "content"); textIn(item, "url") != "" {
			list.Items = append(list.Items, article.Related{Headline: headline, URL: textIn(item, "url")})
		} else if headline != "" {
			s.add(article.HTML{HTML: elementHTML(item)})
		}
	}
	s.add(list)
}

// elementHTML is the HTML of an element, "" where there is none. Texts are HTML as they are.
func elementHTML(n tree.Node) string {
	content := n.Get("content").Raw()
	switch kind := textIn(n, "type"); kind {
	case "quote", "blockquote":
		content += elementsHTML(n.Get("content_elements"), "", "")
		if cited := n.Get("citation").Get("content").Raw(); cited != "" {
			content += "<cite>" + cited + "</cite>"
		}
		if textIn(n, "subtype") == "pullquote" {
			return `<blockquote class="pullquote">` + content + "</blockquote>"
		}
		return "<blockquote>" + content + "</blockquote>"
	case "list":
		tag := "ul>"
		if textIn(n, "list_type") == "ordered" {
			tag = "ol>"
		}
		return "<" + tag + elementsHTML(n.Get("items"), "<li>", "</li>") + "</" + tag
	case "table":
		var rows strings.Builder
		rows.WriteString("<table><tr>" + elementsHTML(n.Get("header"), "<th>", "</th>") + "</tr>")
		for _, row := range n.Get("rows").Items() {
			rows.WriteString("<tr>" + elementsHTML(row, "<td>", "</td>") + "</tr>")
		}
		return rows.String() + "</table>"
	case "image":
		return `<figure><img src="` + attribute(printable(n)) + `" alt="` + attribute(textIn(n, "alt_text")) + `"><figcaption>` +
			textIn(n, "caption") + `<span class="credit">` + asHTML(creditOf(n)) + `</span></figcaption></figure>`
	case "code":
		return "<pre>" + asHTML(content) + "</pre>"
	case "oembed_response":
		return embedHTML(n.Get("raw_oembed"))
	case "numeric_rating":
		return "<p>" + asHTML(rating(n)) + "</p>"
	case "endorsement":
		return asHTML(textIn(n, "endorsement"))
	}
	if content == "" { // what Reuters has from other sites
		return embedHTML(n)
	}
	return content
}

// elementsHTML puts each element between two tags. One may be a text alone.
func elementsHTML(list tree.Node, before, after string) string {
	var b strings.Builder
	for _, n := range list.Items() {
		b.WriteString(before + n.Raw() + elementHTML(n) + after)
	}
	return b.String()
}

// embedHTML is what another site gives to be embedded (https://oembed.com), or a link to it.
func embedHTML(n tree.Node) string {
	address := textIn(n, firstOf(n, "url author_url"))
	if html := n.Get("html").Raw(); html != "" || address == "" {
		return html
	}
	title := textIn(n, firstOf(n, "title provider_name url"))
	return `<p><a href="` + attribute(address) + `">` + asHTML(title) + "</a></p>"
}

func attribute(text string) string { return strings.ReplaceAll(asHTML(text), `"`, "&quot;") }

func rating(n tree.Node) string {
	text := textIn(n, "numeric_rating")
	if most, ok := n.Get("max").Int(); ok && text != "" {
		text += "/" + strconv.Itoa(int(most))
	}
	return strings.TrimSpace(text + " " + textIn(n, "units"))
}
