package tree

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Writer writes one document. The members come in the order of the calls, so the same calls give the same bytes.
// Its zero value writes everything on one line.
type Writer struct {
	Indent string // one step; "": everything on one line

	out   []byte
	depth int
	open  bool // something was written already where we are
	named bool // a name was written, its value comes next
}

// Bytes is what was written.
func (w *Writer) Bytes() []byte { return w.out }

// Object writes an object. The function writes its members, each with Key and then a value.
func (w *Writer) Object(members func()) { w.nest('{', '}', members) }

// List writes a list. The function writes its items.
func (w *Writer) List(items func()) { w.nest('[', ']', items) }

// Key writes the name of the value that comes next.
func (w *Writer) Key(name string) {
	w.place()
	w.out = append(appendString(w.out, name), ':')
	if w.Indent != "" {
		w.out = append(w.out, ' ')
	}
	w.named = true
}

// String writes a string as encoding/json does, without that package's care for HTML.
func (w *Writer) String(s string) {
	w.place()
	w.out = appendString(w.out, s)
}

// Int writes a whole number.
func (w *Writer) Int(n int) {
	w.place()
	w.out = strconv.AppendInt(w.out, int64(n), 10)
}

// Float writes a number, which must be finite, with as few digits as give it back.
func (w *Writer) Float(f float64) {
	w.place()
	w.out = strconv.AppendFloat(w.out, f, 'g', -1, 64)
}

// Bool writes true or false.
func (w *Writer) Bool(b bool) {
	w.place()
	w.out = strconv.AppendBool(w.out, b)
}

func (w *Writer) nest(start, end byte, inside func()) {
	w.place()
	w.out = append(w.out, start)
	w.open = false
	w.depth++
	inside()
	w.depth--
	if w.open {
		w.newLine()
	}
	w.out = append(w.out, end)
	w.open = true
}

// place goes to where the next name or value stands.
func (w *Writer) place() {
	if w.named {
		w.named, w.open = false, true
		return
	}
	if w.open {
		w.out = append(w.out, ',')
	}
	if w.depth > 0 {
		w.newLine()
	}
	w.open = true
}

func (w *Writer) newLine() {
	if w.Indent == "" {
		return
	}
	w.out = append(w.out, '\n')
	for range w.depth {
		w.out = append(w.out, w.Indent...)
	}
}

// appendString escapes what JSON demands, and U+2028 and U+2029, which would end a line where JSON stands in a script.
func appendString(out []byte, s string) []byte {
	const hex = "0123456789abcdef"
	const means, names = "\"\\\b\f\n\r\t", `"\bfnrt`
	out = append(out, '"')
	for _, r := range s {
		switch i := strings.IndexRune(means, r); {
		case r == utf8.RuneError:
			out = append(out, "\uFFFD"...)
		case i >= 0:
			out = append(out, '\\', names[i])
		case r < ' ' || r == '\u2028' || r == '\u2029':
			out = append(out, '\\', 'u', hex[r>>12], hex[r>>8&15], hex[r>>4&15], hex[r&15])
		default:
			out = utf8.AppendRune(out, r)
		}
	}
	return append(out, '"')
}
