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
		is := traitsOf(tag)
		switch {
		case kind == html.ErrorToken:
			return b.String() + held.String()
		case kind == html.TextToken && skipped != "":
			held.Write(z.Text())
		case kind == html.TextToken:
			b.Write(z.Text())
		case kind == html.StartTagToken && skipped == "" && is&dropped != 0 && is&void == 0:
			skipped = tag
		case kind == html.EndTagToken && tag == skipped:
			skipped = ""
			held.Reset()
		case tag == "br" || is&(closesP|containers) != 0:
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
		if names(" amp quot apos lt gt nbsp ").has(name) {
			return true
		}
		digits := "0123456789"
		number, isNumber := strings.CutPrefix(strings.ToLower(name), "#")
		if hex, isHex := strings.CutPrefix(number, "x"); isHex {
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
		for i, r := range run.Text {
			if at+i >= len(stray) || !stray[at+i] {
				b.WriteRune(r)
			}
		}
		at += len(run.Text)
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

// strayBidi tells, for each byte of the text up to the last of them, whether a control without a partner begins there.
func strayBidi(in article.Inline) []bool {
	b := &bidi{}
	at := 0
	for i := range in {
		for offset, r := range in[i].Text {
			b.read(at+offset, r)
		}
		at += len(in[i].Text)
	}
	b.close(0)
	return b.stray
}

// bidi matches the beginnings and ends of embeddings (or overrides) and isolates.
type bidi struct {
	open  []opened
	stray []bool
}

type opened struct {
	at      int // byte of the text
	isolate bool
}

func (b *bidi) read(at int, r rune) {
	switch r {
	case '\u202a', '\u202b', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068':
		if len(b.open) == maxEmbedding {
			b.drop(at)
			return
		}
		b.open = append(b.open, opened{at, r >= '\u2066'})
	case '\u202c', '\u2069':
		b.end(at, r == '\u2069')
	}
}

// end looks for its beginning. An isolate also ends the embeddings inside it, which makes them stray; an embedding
// does not end across the beginning of an isolate.
func (b *bidi) end(at int, isolate bool) {
	k := len(b.open) - 1
	for isolate && k >= 0 && !b.open[k].isolate {
		k--
	}
	if k < 0 || b.open[k].isolate != isolate {
		b.drop(at)
		return
	}
	b.close(k + 1)
	b.open = b.open[:k]
}

// close makes what is open from there on stray.
func (b *bidi) close(from int) {
	for _, o := range b.open[from:] {
		b.drop(o.at)
	}
	b.open = b.open[:from]
}

func (b *bidi) drop(at int) {
	for len(b.stray) <= at {
		b.stray = append(b.stray, false)
	}
	b.stray[at] = true
}
