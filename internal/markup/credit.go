package markup

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"byway/internal/article"
)

// The credit of a picture is found by its element (§4.7 rule 2) or at the end of the caption (rule 3). It is printed as
// given, with its label, sign and brackets; caption and credit together hold all that was written.

const (
	creditNouns names = " credit credits copyright photographer author source agency byline attribution "
	// creditParts may follow: photo-credit-text.
	creditParts names = " text line name label info value wrapper container inner span link "
	creditProps names = " copyrightholder copyrightnotice credittext creator author contributor "
)

// isCreditElement reports whether class or itemprop call an element a credit.
func isCreditElement(n *node) bool {
	if creditProps.has(strings.ToLower(n.attr("itemprop"))) {
		return true
	}
	for _, class := range strings.Fields(n.attr("class")) {
		if isCreditClass(class) {
			return true
		}
	}
	return false
}

// isCreditClass takes photo-credit, media__copyright and photoCredit, but not has-credit or caption-with-source.
func isCreditClass(class string) bool {
	words := wordsOfClass(class)
	for len(words) > 1 && creditParts.has(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	if len(words) == 0 || !creditNouns.has(words[len(words)-1]) {
		return false
	}
	for _, w := range words {
		if names(" has with no without post entry ").has(w) {
			return false
		}
	}
	return true
}

// wordsOfClass parts photoCredit_line into photo, credit and line.
func wordsOfClass(class string) []string {
	var b strings.Builder
	for _, r := range class {
		switch {
		case !unicode.IsLetter(r):
			r = ' '
		case unicode.ToLower(r) != r:
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.Fields(b.String())
}

// maxCredit is the longest credit that is believed, in characters.
const maxCredit = 120

// takeCredits takes the credits out of a caption. A cite or small is one only at the end of a text: elsewhere it is the
// title of a work, or small print.
func takeCredits(n *node) nodes {
	var credits nodes
	n.take(&credits, isCreditElement, nil)
	i := lastFull(n.kids)
	if i < 0 || !wordsBefore(n.kids[:i]) {
		return credits
	}
	last := n.kids[i]
	if (last.tag == "cite" || last.tag == "small") && len([]rune(last.words())) <= maxCredit {
		n.kids = n.kids[:i] // what follows shows nothing
		credits.add(last)
	}
	return credits
}

func joinCredits(credits ...string) string {
	return strings.Join(slices.DeleteFunc(credits, func(c string) bool { return c == "" }), " / ")
}

// withLabel moves a label that announced a credit, "Photo:", from the end of the caption to the credit.
func withLabel(text article.Inline, credit, language string) (article.Inline, string) {
	s := text.Text()
	trimmed := strings.TrimRight(s, " \n\u00a0\u3000")
	if len(trimmed) > creditWindow {
		return trimSeparators(text), credit
	}
	if at := labelStart(trimmed, language); at >= 0 && strings.HasSuffix(trimmed, ":") && !strings.Contains(trimmed[at:len(trimmed)-1], ":") {
		return trimSeparators(cut(text, at)), oneLine(trimmed[at:]) + " " + credit
	}
	return trimSeparators(text), credit
}

// SplitCredit takes the credit from the end of a caption, in forms that leave no doubt (§4.7 rule 3): what begins with
// © or a label of the language, brackets that name an agency. Otherwise the caption stays whole. Only space and
// separators between the two are lost.
func SplitCredit(caption article.Inline, language string) (rest article.Inline, credit string) {
	text := caption.Text()
	at := creditStart(text, language)
	if at < 0 {
		return caption, ""
	}
	return trimSeparators(cut(caption, at)), oneLine(text[at:])
}

// creditWindow is how many bytes at the end of a text are searched: more than a credit can have.
const creditWindow = 8 * maxCredit

// creditStart is where the credit begins in a text, in bytes, or -1.
func creditStart(text, language string) int {
	skipped := 0
	if len(text) > creditWindow {
		skipped = len(text) - creditWindow
		for !utf8.RuneStart(text[skipped]) {
			skipped++
		}
	}
	if at := creditIn(text[skipped:], language); at >= 0 {
		return skipped + at
	}
	return -1
}

func creditIn(text, language string) int {
	for _, at := range [...]int{signStart(text), labelStart(text, language), bracketStart(text), equalsStart(text)} {
		if at >= 0 && plausible(text[at:]) {
			return at
		}
	}
	return -1
}

// plausible reports whether a text is short and not made of sentences.
func plausible(credit string) bool {
	if len([]rune(credit)) > maxCredit || blank(credit) {
		return false
	}
	letters := 0
	for i, r := range credit {
		switch {
		case (r == '.' || r == '!' || r == '?' || r == '؟') && letters > 3:
			if more := strings.TrimSpace(credit[i+len(string(r)):]); more != "" && strings.ContainsAny(credit[i:], " \n") && !strings.ContainsAny(more[:1], ")/|") {
				return false
			}
			letters = 0
		case unicode.IsLetter(r):
			letters++
		default:
			letters = 0
		}
	}
	return !strings.ContainsAny(credit, "。！？")
}

// signStart looks for © or (c) after a space or at the start.
func signStart(s string) int {
	for i, r := range s {
		isSign := r == '©' || strings.HasPrefix(s[i:], "(c) ") || strings.HasPrefix(s[i:], "(C) ")
		if !isSign || i > 0 && !strings.ContainsRune(" \n\u00a0([|/–—-,.;", lastRune(s[:i])) {
			continue
		}
		if r == '(' && !signOfCopyright(s, i) {
			continue
		}
		if at := i - 1; at >= 0 && s[at] == '(' && strings.HasSuffix(strings.TrimRight(s, ". "), ")") {
			return at
		}
		return i
	}
	return -1
}

// signOfCopyright tells "(c) Name" from the third of (a), (b), (c).
func signOfCopyright(s string, i int) bool {
	next := strings.TrimSpace(s[i+len("(c) "):])
	return !strings.Contains(strings.ToLower(s[:i]), "(b)") && next != "" && !isSmall(next)
}

// lastRune is a space when there is none.
func lastRune(s string) rune {
	if s == "" {
		return ' '
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// labelStart looks for a label such as "Photo:" at the start of the text, after the end of a sentence or in brackets
// that close the text.
func labelStart(s, language string) int {
	labels := labelsOf(language)
	for i, r := range s {
		if r != ':' && r != '：' {
			continue
		}
		for _, label := range labels {
			at := i - len(label)
			if at < 0 || strings.ToLower(s[at:i]) != label || isSmall(s[at:]) {
				continue
			}
			if start := labelBoundary(s, at); start >= 0 {
				return start
			}
		}
	}
	return -1
}

// labelBoundary is where the credit with a label at this place begins, or -1 when the label stands inside a sentence.
func labelBoundary(s string, at int) int {
	before := strings.TrimRight(s[:at], " \u00a0")
	last := lastRune(before)
	switch {
	case before == "":
		return at
	case strings.ContainsRune("([（【", last):
		if strings.HasSuffix(strings.TrimRight(s, ". "), closingOf(last)) {
			return len(before) - len(string(last))
		}
		return -1
	case strings.ContainsRune(".!?…)]|/–—·•\"”»\n、。！？）】؟،۔", last):
		return at
	}
	return -1
}

func closingOf(open rune) string {
	switch open {
	case '(':
		return ")"
	case '[':
		return "]"
	case '（':
		return "）"
	}
	return "】"
}

// bracketStart looks for brackets at the end that name an agency, or a person and a house: "(Jane Doe/Courier)".
func bracketStart(s string) int {
	s = strings.TrimRight(s, ". \n\u00a0")
	closing := closingOf('(')
	at := strings.LastIndex(s, "(")
	if strings.HasSuffix(s, closingOf('（')) {
		closing = closingOf('（')
		at = strings.LastIndex(s, "（")
	}
	inner, found := strings.CutSuffix(s, closing)
	if !found || at < 0 {
		return -1
	}
	inner = inner[at+len(closing):]
	if !strings.Contains(inner, closing) && (namesAgency(inner) || isNameAndHouse(inner)) {
		return at
	}
	return -1
}

// equalsStart looks for the form of Japanese newspapers: ＝ＡＰ.
func equalsStart(s string) int {
	at := strings.LastIndex(s, "＝")
	if at >= 0 && len([]rune(s[at:])) <= 20 && namesAgency(s[at+len("＝"):]) {
		return at
	}
	return -1
}

// namesAgency reports whether a text is an agency's name with no more than names and words of the trade around it.
// "The minister told Reuters" is none.
func namesAgency(s string) bool {
	words := strings.Fields(strings.Map(func(r rune) rune {
		if strings.ContainsRune("/,|–—-&:;", r) {
			return ' '
		}
		return r
	}, s))
	if len(words) == 0 || len(words) > 8 {
		return false
	}
	for _, w := range words {
		if isSmall(w) && !creditWords.has(w) {
			return false
		}
	}
	text := names(" " + strings.Join(words, " ") + " ")
	for _, name := range strings.Split(agencies, "|") {
		if text.has(name) || len(name) > 3 && text.has(strings.ToUpper(name)) {
			return isCapital(name) || len(words) <= 4 || len([]rune(name)) > 3 && name < "\u0080"
		}
	}
	return false
}

// isCapital reports whether a text begins with a capital letter; isSmall, with a small one. Scripts without case have
// neither. Case mappings tell it too, and weigh less than the tables of the two categories.
func isCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.ToLower(r) != r
}

func isSmall(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.ToUpper(r) != r
}

// isNameAndHouse takes "Jane Doe/Courier": capitalised words on both sides of one slash, two at least on one of them.
func isNameAndHouse(s string) bool {
	left, right, found := strings.Cut(s, "/")
	l, r := strings.Fields(left), strings.Fields(right)
	if !found || strings.Contains(right, "/") || len(l) == 0 || len(r) == 0 || len(l) > 3 || len(r) > 3 || len(l) < 2 {
		return false
	}
	for _, w := range append(l, r...) {
		if !isCapital(w) || strings.ContainsAny(w, "0123456789") {
			return false
		}
	}
	return true
}

// cut is the beginning of a text, of so many bytes of its Text.
func cut(in article.Inline, size int) article.Inline {
	var out article.Inline
	for _, run := range in {
		if size <= 0 {
			break
		}
		if len(run.Text) >= size {
			run.Text, run.Break = run.Text[:size], false
		}
		size -= len(run.Text)
		if run.Break {
			size--
		}
		out = append(out, run)
	}
	return out
}

const separators = " \n\u00a0|/–—·•-,:;"

// trimSeparators takes off what parted a caption from its credit.
func trimSeparators(in article.Inline) article.Inline {
	out := append(article.Inline{}, in...)
	for len(out) > 0 {
		last := &out[len(out)-1]
		last.Text, last.Break = strings.TrimRight(last.Text, separators), false
		if last.Text != "" {
			break
		}
		out = out[:len(out)-1]
	}
	for len(out) > 0 {
		out[0].Text = strings.TrimLeft(out[0].Text, separators)
		if out[0].Text != "" {
			return out
		}
		out = out[1:]
	}
	return nil
}
