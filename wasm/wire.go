//go:build js && wasm

package main

import (
	"strconv"
	"strings"
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
	limit   int64 // of the shelf, in bytes; 0: the usual one
}

// apply gives these options with what was done by hand before.
func (c *config) apply(before page.Options) page.Options {
	o := before
	o.Language, o.HeadingLevel, o.Images, o.Controls = c.options.Language, c.options.HeadingLevel, c.options.Images, c.options.Controls
	o.Sharing, o.Private = c.options.Sharing, c.options.Private
	return o
}

func parseConfig(payload string) config {
	n, err := tree.Parse([]byte(payload))
	if err != nil {
		return config{}
	}
	text := func(name string) string { return n.Get(name).Text() }
	level, _ := n.Get("headingLevel").Int()
	private, _ := n.Get("private").Bool()
	limit, _ := n.Get("shelfLimit").Float()
	c := config{
		limit: int64(limit * 1e6),
		source: reader.Config{
			Src:       text("src"),
			Base:      text("base"),
			Mirrors:   text("mirrors"),
			Key:       text("key"),
			Root:      text("root"),
			MinFeed:   text("minFeed"),
			Integrity: text("integrity"),
			Format:    text("format"),
			Language:  text("language"),
			Private:   private,
		},
		options: page.Options{
			Language:     text("language"),
			HeadingLevel: int(level),
			Images:       page.Images(text("images")),
			Sharing:      sharing(text("share")),
			Private:      private,
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

func stateJSON(s *reader.State) string {
	problem, summary := "", ""
	if s.Problem != nil {
		problem = errorJSON(string(s.Problem.Kind), s.Problem.Detail)
	}
	signature := ""
	if g := s.Signature; g != nil {
		signature = object("site", quoted(g.Site), "key", quoted(g.Key), "feed", strconv.Itoa(int(g.Feed)), "root", strconv.Itoa(int(g.Root)),
			"hash", quoted(g.Hash), "issued", moment(g.Issued), "expired", strconv.FormatBool(g.Expired))
	}
	source, proof := quoted(s.Source), quoted(string(s.Proof))
	if a := s.Article; a != nil {
		summary = object("headline", quoted(a.Headline), "url", quoted(a.URL), "language", quoted(a.InLanguage),
			"source", source, "proof", proof)
	}
	var ignored []string
	for _, why := range s.Ignored {
		ignored = append(ignored, quoted(why))
	}
	return object("state", quoted(string(s.Phase)), "source", source, "proof", proof, "choice", quoted(s.Choice),
		"busy", strconv.FormatBool(s.Busy), "newer", strconv.FormatBool(s.Newer), "signature", signature, "problem", problem, "ignored", list(ignored), "article", summary)
}

func traceJSON(attempts []mirror.Attempt) string {
	var all []string
	for i := range attempts {
		a, problem := &attempts[i], ""
		if a.Err != nil {
			problem = quoted(a.Err.Error())
		}
		all = append(all, object("host", quoted(a.Host), "url", quoted(a.URL), "outcome", quoted(string(a.Outcome)),
			"round", strconv.Itoa(a.Round),
			"status", strconv.Itoa(a.Status), "bytes", strconv.Itoa(int(a.Bytes)),
			"start", moment(a.Start), "headers", moment(a.Headers), "end", moment(a.End), "error", problem))
	}
	return list(all)
}

// moment is in milliseconds since 1970, and nothing for no moment.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return strconv.FormatFloat(float64(t.UnixMicro())/1000, 'f', -1, 64)
}

func errorJSON(kind, message string) string {
	return object("kind", quoted(kind), "message", quoted(message))
}

// object is one of names and values that are JSON already. A member without a value is left out.
func object(members ...string) string {
	var all []string
	for i := 0; i < len(members); i += 2 {
		if members[i+1] != "" {
			all = append(all, quoted(members[i])+":"+members[i+1])
		}
	}
	return "{" + strings.Join(all, ",") + "}"
}

// list is one of values that are JSON already.
func list(values []string) string { return "[" + strings.Join(values, ",") + "]" }

func quoted(s string) string {
	var w tree.Writer
	w.String(s)
	return string(w.Bytes())
}
