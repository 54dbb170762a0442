//go:build js && wasm

package main

import (
	"time"

	"byway/internal/mirror"
	"byway/internal/page"
	"byway/internal/reader"
	"byway/internal/tree"
)

// What crosses the edge is JSON in the shapes that web/engine.js describes.

// config is what the attributes of an element say.
type config struct {
	source  reader.Config
	options page.Options
}

func parseConfig(payload string) config {
	n, err := tree.Parse([]byte(payload))
	if err != nil {
		return config{}
	}
	text := func(name string) string { return n.Get(name).Text() }
	level, _ := n.Get("headingLevel").Int()
	c := config{
		source: reader.Config{
			Src:       text("src"),
			Base:      text("base"),
			Mirrors:   text("mirrors"),
			Key:       text("key"),
			Integrity: text("integrity"),
			Format:    text("format"),
			Language:  text("language"),
		},
		options: page.Options{
			Language:     text("language"),
			HeadingLevel: int(level),
			Images:       page.Images(text("images")),
			Sharing:      sharing(text("share")),
		},
	}
	if n.Get("controls").Exists() {
		c.options.Controls = map[string]bool{}
		for _, name := range n.Get("controls").List() {
			c.options.Controls[name.Text()] = true
		}
	}
	return c
}

func stateJSON(s reader.State) string {
	return object(func(w *tree.Writer) {
		field(w, "state", string(s.Phase))
		field(w, "source", s.Source)
		field(w, "proof", string(s.Proof))
		field(w, "choice", s.Choice)
		w.Key("busy")
		w.Bool(s.Busy)
		if s.Problem != nil {
			w.Key("problem")
			writeError(w, string(s.Problem.Kind), s.Problem.Detail)
		}
		w.Key("ignored")
		w.List(func() {
			for _, why := range s.Ignored {
				w.String(why)
			}
		})
		if s.Article != nil {
			w.Key("article")
			writeSummary(w, s)
		}
	})
}

func writeSummary(w *tree.Writer, s reader.State) {
	w.Object(func() {
		field(w, "headline", s.Article.Headline)
		field(w, "url", s.Article.URL)
		field(w, "language", s.Article.InLanguage)
		field(w, "source", s.Source)
		field(w, "proof", string(s.Proof))
	})
}

func traceJSON(attempts []mirror.Attempt) string {
	w := &tree.Writer{}
	w.List(func() {
		for _, a := range attempts {
			w.Object(func() { writeAttempt(w, a) })
		}
	})
	return string(w.Bytes())
}

func writeAttempt(w *tree.Writer, a mirror.Attempt) {
	field(w, "host", a.Host)
	field(w, "url", a.URL)
	field(w, "outcome", string(a.Outcome))
	w.Key("status")
	w.Int(a.Status)
	w.Key("bytes")
	w.Int(int(a.Bytes))
	moment(w, "start", a.Start)
	moment(w, "end", a.End)
	if a.Err != nil {
		field(w, "error", a.Err.Error())
	}
}

// moment writes milliseconds since 1970, and nothing for no moment.
func moment(w *tree.Writer, name string, t time.Time) {
	if !t.IsZero() {
		w.Key(name)
		w.Float(float64(t.UnixMicro()) / 1000)
	}
}

func errorJSON(kind, message string) string {
	w := &tree.Writer{}
	writeError(w, kind, message)
	return string(w.Bytes())
}

func writeError(w *tree.Writer, kind, message string) {
	w.Object(func() {
		field(w, "kind", kind)
		field(w, "message", message)
	})
}

func shareJSON(title, url string) string {
	return object(func(w *tree.Writer) {
		field(w, "title", title)
		field(w, "url", url)
	})
}

func object(members func(*tree.Writer)) string {
	w := &tree.Writer{}
	w.Object(func() { members(w) })
	return string(w.Bytes())
}

func field(w *tree.Writer, name, value string) {
	w.Key(name)
	w.String(value)
}
