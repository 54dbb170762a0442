package view

import (
	"io"
	"strings"
)

// WriteHTML writes a tree as HTML. Parsed again, it gives the same tree.
func WriteHTML(w io.Writer, n Node) error {
	s := &htmlSink{w: w}
	Walk(n, s)
	return s.err
}

type htmlSink struct {
	w    io.Writer
	open []string
	err  error
}

var _ Sink = (*htmlSink)(nil)

func (s *htmlSink) Open(tag string, attrs []Attr) {
	s.write("<" + tag)
	for _, a := range attrs {
		s.write(" " + a.Name + `="` + EscapeQuoted(a.Value) + `"`)
	}
	s.write(">")
	s.open = append(s.open, tag)
}

func (s *htmlSink) Text(t string) { s.write(escape(t)) }

func (s *htmlSink) Close() {
	tag := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	if !void(tag) {
		s.write("</" + tag + ">")
	}
}

func (s *htmlSink) write(t string) {
	if s.err == nil {
		_, s.err = io.WriteString(s.w, t)
	}
}

// EscapeQuoted escapes a text so that it can stand between double quotes, or between tags.
func EscapeQuoted(s string) string { return strings.ReplaceAll(escape(s), `"`, "&quot;") }

// escape follows HTML §13.3, "escaping a string". A carriage return and a NUL do not survive parsing, so the first is
// written as a character reference and the second as U+FFFD. The replacer is made here and not once for all, since a
// program that only walks into a DOM would carry it too.
func escape(s string) string {
	if !strings.ContainsAny(s, "&<>\u00a0\r\x00") {
		return s
	}
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\u00a0", "&nbsp;", "\r", "&#13;", "\x00", "\ufffd").Replace(s)
}
