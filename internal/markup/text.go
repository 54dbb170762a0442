package markup

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"byway/internal/article"
)

// Text is the text of a field that may hold tags and entities: a headline, a name. Tags go before entities are decoded,
// so "&lt;b&gt;" stays as "<b>". Entities that were encoded twice are decoded once more, never a third time (§4.2).
func Text(field string) string {
	s := stripTags(strings.ToValidUTF8(field, "\ufffd"))
	if encodedAgain(s) {
		s = html.UnescapeString(s)
	}
	in := balanceBidi(article.Plain(oneLine(s)))
	return in.Text()
}

func stripTags(s string) string {
	var b, held strings.Builder // held is the text of a dropped element; it is given back when nobody closed that
	skipped := ""               // the dropped element we are in
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		kind := z.Next()
		name, _ := z.TagName()
		tag := string(name)
		switch {
		case kind == html.ErrorToken:
			return b.String() + held.String()
		case kind == html.TextToken && skipped != "":
			held.Write(z.Text())
		case kind == html.TextToken:
			b.Write(z.Text())
		case kind == html.StartTagToken && skipped == "" && dropped[tag] && !void[tag]:
			skipped = tag
		case kind == html.EndTagToken && tag == skipped:
			skipped = ""
			held.Reset()
		case tag == "br" || closesP[tag] || containers[tag]:
			b.WriteByte(' ')
		}
	}
}

// encodedAgain looks for the entities of §4.2: &(amp|quot|apos|lt|gt|nbsp|#\d+|#x[0-9a-f]+);
func encodedAgain(s string) bool {
	for _, after := range strings.Split(s, "&")[1:] {
		name, _, found := strings.Cut(after[:min(len(after), 12)], ";")
		if !found {
			continue
		}
		switch name {
		case "amp", "quot", "apos", "lt", "gt", "nbsp":
			return true
		}
		number, isNumber := strings.CutPrefix(name, "#")
		digits := "0123456789"
		if hex, isHex := strings.CutPrefix(strings.ToLower(number), "x"); isHex {
			number, digits = hex, "0123456789abcdef"
		}
		if isNumber && number != "" && strings.Trim(number, digits) == "" {
			return true
		}
	}
	return false
}

// oneLine cleans a text and puts it on one line.
func oneLine(s string) string { return strings.TrimSpace(collapse(clean(s))) }

// clean takes out what is not text: byte order marks, soft hyphens and control characters. The joiners U+200C and
// U+200D are letters in Persian and Indic scripts and stay (§4.2).
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\ufeff' || r == '\u00ad':
			return -1
		case r == '\t' || r == '\n' || r == '\f' || r == '\r':
			return r
		case r == '\u2028' || r == '\u2029' || r == '\u0085':
			return '\n'
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
}

// collapse makes one space of each stretch of ASCII white space. Other spaces mean something: U+00A0 before a colon in
// French, U+3000 at the start of a paragraph in Japanese.
func collapse(s string) string {
	var b strings.Builder
	space := false
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case ' ', '\t', '\n', '\f', '\r':
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteByte(s[i])
	}
	if space {
		b.WriteByte(' ')
	}
	return b.String()
}

// blank reports whether a text shows nothing.
func blank(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) }) < 0
}

// balanceBidi drops the directional embeddings, overrides and isolates that are opened and not closed, or closed and
// not opened: they would turn the text around them (UAX #9, §3.3.2; formats.md §4.2).
func balanceBidi(in article.Inline) article.Inline {
	stray := strayBidi(in)
	if len(stray) == 0 {
		return in
	}
	var out article.Inline
	at := 0
	for _, run := range in {
		var b strings.Builder
		for _, r := range run.Text {
			if !stray[at] {
				b.WriteRune(r)
			}
			at++
		}
		run.Text = b.String()
		if run.Text != "" {
			out = append(out, run)
		} else if run.Break && len(out) > 0 {
			out[len(out)-1].Break = true
		}
	}
	return out
}

// maxEmbedding is the deepest embedding that counts (UAX #9, BD2).
const maxEmbedding = 125

// strayBidi finds the controls without a partner. Characters are counted through all runs.
func strayBidi(in article.Inline) map[int]bool {
	b := bidi{stray: map[int]bool{}}
	at := 0
	for _, run := range in {
		for _, r := range run.Text {
			switch r {
			case '\u202a', '\u202b', '\u202d', '\u202e':
				b.start(at, false)
			case '\u2066', '\u2067', '\u2068':
				b.start(at, true)
			case '\u202c':
				b.end(at, false)
			case '\u2069':
				b.end(at, true)
			}
			at++
		}
	}
	b.close(0)
	return b.stray
}

// bidi matches the beginnings and ends of embeddings (or overrides) and isolates, by their places in the text.
type bidi struct {
	open []struct {
		at      int
		isolate bool
	}
	stray map[int]bool
}

func (b *bidi) start(at int, isolate bool) {
	if len(b.open) == maxEmbedding {
		b.stray[at] = true
		return
	}
	b.open = append(b.open, struct {
		at      int
		isolate bool
	}{at, isolate})
}

// end looks for its beginning. An isolate also ends the embeddings inside it, which makes them stray; an embedding
// does not end across the beginning of an isolate.
func (b *bidi) end(at int, isolate bool) {
	k := len(b.open) - 1
	for isolate && k >= 0 && !b.open[k].isolate {
		k--
	}
	if k < 0 || b.open[k].isolate != isolate {
		b.stray[at] = true
		return
	}
	b.close(k + 1)
	b.open = b.open[:k]
}

// close makes what is open from there on stray.
func (b *bidi) close(from int) {
	for _, o := range b.open[from:] {
		b.stray[o.at] = true
	}
	b.open = b.open[:from]
}
