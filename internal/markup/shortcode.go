package markup

import (
	"strings"
	"unicode/utf8"
)

// Shortcodes of WordPress that were left in the text, by a raw export or because their plug-in is gone (§4.3). The list
// is closed: brackets are ordinary in prose.

// paired shortcodes are only taken for such when their end follows; otherwise they are words in brackets.
var paired = set(`caption wp_caption embed`)

// builderPrefixes are of page builders, whose shortcodes are a layout around the text.
var builderPrefixes = []string{"vc_", "et_pb_", "fusion_", "nectar_"}

// maxShortcode is the length of the longest shortcode that is looked for, in bytes.
const maxShortcode = 4096

type shortcode struct {
	name    string
	attrs   []attribute
	closing bool
}

// closers counts the ends of paired shortcodes.
func closers(src string) map[string]int {
	n := map[string]int{}
	for name := range paired {
		n[name] = strings.Count(src, "[/"+name+"]")
	}
	return n
}

func (b *builder) textWithShortcodes(s string) {
	from := 0
	for i := 0; i < len(s); i++ {
		if s[i] != '[' {
			continue
		}
		sc, size := readShortcode(s[i:])
		if size == 0 || !b.knows(sc) {
			continue
		}
		b.add(&node{text: s[from:i]})
		i += size
		i += b.shortcode(sc, s[i:])
		from = i
		i--
	}
	b.add(&node{text: s[from:]})
}

// readShortcode reads the shortcode that s begins with. Its size is 0 when there is none.
func readShortcode(s string) (shortcode, int) {
	end := strings.IndexByte(s[:min(len(s), maxShortcode)], ']')
	if end < 0 {
		return shortcode{}, 0
	}
	inner, closing := strings.CutPrefix(s[1:end], "/")
	n := 0
	for n < len(inner) && (inner[n] == '_' || inner[n] >= 'a' && inner[n] <= 'z' || inner[n] >= '0' && inner[n] <= '9') {
		n++
	}
	if n == 0 || n < len(inner) && !strings.ContainsRune(" \n\t/", rune(inner[n])) {
		return shortcode{}, 0
	}
	return shortcode{name: inner[:n], attrs: shortcodeAttrs(inner[n:]), closing: closing}, end + 1
}

// Quotes of attributes, straight and as WordPress beautifies them.
const (
	doubleQuotes = "\"“”″«»"
	singleQuotes = "'‘’′"
)

func shortcodeAttrs(s string) []attribute {
	var list []attribute
	for len(list) < maxAttrs {
		name, rest, found := strings.Cut(s, "=")
		if !found {
			return list
		}
		names := strings.Fields(name)
		var value string
		value, s = shortcodeValue(rest)
		if len(names) > 0 {
			list = append(list, attribute{names[len(names)-1], value})
		}
	}
	return list
}

func shortcodeValue(s string) (value, rest string) {
	first, size := utf8.DecodeRuneInString(s)
	closing := " \n\t"
	switch {
	case strings.ContainsRune(doubleQuotes, first):
		closing, s = doubleQuotes, s[size:]
	case strings.ContainsRune(singleQuotes, first):
		closing, s = singleQuotes, s[size:]
	}
	end := strings.IndexAny(s, closing)
	if end < 0 {
		return s, ""
	}
	_, size = utf8.DecodeRuneInString(s[end:])
	return s[:end], s[end+size:]
}

// knows reports whether a shortcode is of the closed list.
func (b *builder) knows(sc shortcode) bool {
	switch n := (&node{attrs: sc.attrs}); {
	case paired[sc.name]:
		return b.shortcodes[sc.name] > 0
	case sc.name == "gallery" || sc.name == "playlist":
		return !sc.closing
	case sc.name == "video" || sc.name == "audio":
		return sc.closing || recordingOf(n) != ""
	}
	for _, prefix := range builderPrefixes {
		if strings.HasPrefix(sc.name, prefix) {
			return true
		}
	}
	return false
}

// shortcode does what a shortcode says. It returns how much of the text after it was used up.
func (b *builder) shortcode(sc shortcode, after string) int {
	if sc.closing {
		b.endShortcode(sc.name)
		return 0
	}
	given := &node{attrs: sc.attrs}
	switch sc.name {
	case "caption", "wp_caption":
		b.startCaption(given)
	case "embed":
		address, _, closed := strings.Cut(after, "[/embed]")
		if closed && !strings.ContainsAny(strings.TrimSpace(address), " \n") {
			b.shortcodes["embed"]--
			b.start(leaf("iframe", pageAttr, address), true)
			return len(address) + len("[/embed]")
		}
	case "video", "audio":
		b.start(leaf(sc.name, "src", recordingOf(given)), true)
	case "vc_video":
		b.start(leaf("iframe", pageAttr, given.attr("link")), true)
	case "et_pb_image":
		b.start(&node{tag: "img", attrs: sc.attrs}, true)
	case "vc_custom_heading":
		b.start(&node{tag: "h2"}, false)
		b.add(&node{text: given.attr("text")})
		b.end("h2")
	case "vc_raw_html", "vc_raw_js":
		code, rest, _ := strings.Cut(after, "[/"+sc.name+"]")
		if rest != "" || strings.HasSuffix(after, "[/"+sc.name+"]") {
			return len(code)
		}
	case "gallery", "playlist":
		b.warn.add("["+sc.name+"]", "what it lists is known to the publisher's site only: left out")
	}
	return 0
}

func (b *builder) startCaption(given *node) {
	b.start(leaf("figure", "class", given.attr("align")), false)
	if text := given.attr("caption"); text != "" {
		b.start(&node{tag: "figcaption"}, false)
		b.add(&node{text: text})
		b.end("figcaption")
	}
}

func (b *builder) endShortcode(name string) {
	if paired[name] {
		b.shortcodes[name]--
	}
	if name == "caption" || name == "wp_caption" {
		b.end("figure")
	}
}

// recordingOf is the address that a shortcode of a recording names.
func recordingOf(n *node) string {
	for _, name := range []string{"src", "mp4", "m4v", "webm", "mp3", "m4a", "ogg", "wav"} {
		if v := n.attr(name); v != "" {
			return v
		}
	}
	return ""
}

func leaf(tag, attr, value string) *node {
	return &node{tag: tag, attrs: []attribute{{attr, value}}}
}
