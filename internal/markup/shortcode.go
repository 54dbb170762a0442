package markup

import (
	"strings"
	"unicode/utf8"
)

// Shortcodes of WordPress that were left in the text, by a raw export or because their plug-in is gone (§4.3). The list
// is closed: brackets are ordinary in prose.

// paired shortcodes are only taken for such when their end follows; otherwise they are words in brackets.
const paired names = " caption wp_caption embed "

// maxShortcode is the length of the longest shortcode that is looked for, in bytes.
const maxShortcode = 4096

// shortcode has its name for a tag.
type shortcode struct {
	node
	closing bool
}

// closers counts the ends of paired shortcodes.
func closers(src string) map[string]int {
	n := map[string]int{}
	for _, name := range strings.Fields(string(paired)) {
		n[name] = strings.Count(src, "[/"+name+"]")
	}
	return n
}

func (b *builder) textWithShortcodes(s string) {
	from := 0
	for i := 0; i < len(s) && b.nodes < maxNodes; i++ {
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

// readShortcode reads the shortcode that s begins with. Its size is 0 when there is none. None holds a bracket, so that
// no text is looked through twice.
func readShortcode(s string) (sc *shortcode, size int) {
	end := 1 + strings.IndexAny(s[1:min(len(s), maxShortcode)], "[]")
	if end == 0 || s[end] == '[' {
		return nil, 0
	}
	inner, closing := strings.CutPrefix(s[1:end], "/")
	rest := strings.TrimLeft(inner, "abcdefghijklmnopqrstuvwxyz0123456789_")
	if len(rest) == len(inner) || rest != "" && !strings.Contains(" \n\t/", rest[:1]) {
		return nil, 0
	}
	return &shortcode{node{tag: inner[:len(inner)-len(rest)], attrs: shortcodeAttrs(rest)}, closing}, end + 1
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
			break
		}
		var value string
		value, s = shortcodeValue(rest)
		if words := strings.Fields(name); len(words) > 0 {
			list = append(list, attribute{words[len(words)-1], value})
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

// knows reports whether a shortcode is of the closed list, or of a page builder, whose shortcodes are a layout around
// the text.
func (b *builder) knows(sc *shortcode) bool {
	switch name := sc.tag; name {
	case "caption", "wp_caption", "embed":
		return b.shortcodes[name] > 0
	case "gallery", "playlist":
		return !sc.closing
	case "video", "audio":
		return sc.closing || sc.recording() != ""
	default:
		return strings.HasPrefix(name, "vc_") || strings.HasPrefix(name, "et_pb_") || strings.HasPrefix(name, "fusion_") ||
			strings.HasPrefix(name, "nectar_")
	}
}

// shortcode does what a shortcode says. It returns how much of the text after it was used up.
func (b *builder) shortcode(sc *shortcode, after string) int {
	if sc.closing {
		b.endShortcode(sc.tag)
		return 0
	}
	switch sc.tag {
	case "caption", "wp_caption":
		b.start(leaf("figure", "class", sc.attr("align")), false)
		b.textIn("figcaption", sc.attr("caption"))
	case "embed":
		address, closed := enclosed(after, "[/embed]")
		if closed && !strings.ContainsAny(strings.TrimSpace(address), " \n") {
			b.shortcodes["embed"]--
			b.start(leaf("iframe", pageAttr, address), true)
			return len(address) + len("[/embed]")
		}
	case "video", "audio":
		b.start(leaf(sc.tag, "src", sc.recording()), true)
	case "vc_video":
		b.start(leaf("iframe", pageAttr, sc.attr("link")), true)
	case "et_pb_image":
		b.start(sc.as("img"), true)
	case "vc_custom_heading":
		b.textIn("h2", sc.attr("text"))
	case "vc_raw_html", "vc_raw_js":
		code, _ := enclosed(after, "[/"+sc.tag+"]") // in Base64
		return len(code)
	case "gallery", "playlist":
		b.warn.add("["+sc.tag+"]", "what it lists is known to the publisher's site only: left out")
	}
	return 0
}

// enclosed is the text before an end, if no other shortcode stands between.
func enclosed(after, end string) (text string, closed bool) {
	text, _, _ = strings.Cut(after, "[")
	if strings.HasPrefix(after[len(text):], end) {
		return text, true
	}
	return "", false
}

// textIn adds an element with a text.
func (b *builder) textIn(tag, text string) {
	if text == "" {
		return
	}
	b.start(element(tag), false)
	b.add(&node{text: text})
	b.end(tag)
}

func (b *builder) endShortcode(name string) {
	if paired.has(name) {
		b.shortcodes[name]--
	}
	if name == "caption" || name == "wp_caption" {
		b.end("figure")
	}
}

// recording is the address that a shortcode of a recording names.
func (sc *shortcode) recording() string {
	for _, name := range strings.Fields("src mp4 m4v webm mp3 m4a ogg wav") {
		if v := sc.attr(name); v != "" {
			return v
		}
	}
	return ""
}

func leaf(tag, attr, value string) *node { return element(tag, attribute{attr, value}) }
