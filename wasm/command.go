//go:build js && wasm

package main

import (
	"byway/internal/page"
	"byway/internal/reader"
)

// command does what the page or the reader asks of one element, after everything that was asked before. The answer is
// "" but for the trace.
func (m *mount) command(name, payload string) string {
	if name == "trace" {
		return m.trace()
	}
	m.post(func() {
		if r := m.reading(); r != nil {
			m.do(r, name, payload)
		}
	})
	return ""
}

func (m *mount) do(r *reader.Reader, name, payload string) {
	switch name {
	case "mirror":
		m.options.Clearing = page.ClearByClick
		m.background(func() { m.useMirror(r, payload) })
	case "reload":
		r.Reload()
	case "newer":
		r.ShowNewer()
	case "started":
		r.Started()
	case "save":
		m.save(r)
	case "unsave":
		m.change(func() error { return r.Unsave(m.ctx) })
	case "remove":
		m.change(func() error { return r.Remove(m.ctx, payload) })
	case "open":
		m.open(payload)
	case "search":
		m.options.Search = payload
	case "back":
		m.back()
	case "carry":
		m.carry(r)
	case "forget":
		m.background(func() { m.forget(r) })
	case "picture":
		m.tap(payload)
	case "picture-wanted":
		r.PictureWanted(payload)
	case "picture-failed":
		m.pictureFailed(r, payload)
	case "picture-stalled":
		r.PictureStalled(payload)
	case "share":
		m.share()
	case "shared":
		m.options.Sharing = sharing(payload)
	}
}

// trace is every attempt, as JSON.
func (m *mount) trace() string {
	if r := m.reading(); r != nil {
		return traceJSON(r.Trace())
	}
	return traceJSON(nil)
}

func (m *mount) useMirror(r *reader.Reader, host string) {
	if err := r.UseMirror(host); err != nil {
		m.emit("error", errorJSON("unknown-address", err.Error()))
	}
}

// tap loads one picture. The map that was rendered last stays as it was.
func (m *mount) tap(url string) {
	tapped := map[string]bool{url: true}
	for before := range m.options.Tapped {
		tapped[before] = true
	}
	m.options.Tapped = tapped
}

// share gives JavaScript what to share: the page says whether it may open the system's sheet, within the very click.
func (m *mount) share() {
	if s := m.shown(); s.Article != nil {
		m.emit("share", object("title", quoted(s.Article.Headline), "url", quoted(page.ShareAddress(*s))))
	}
}

// sharing names what the share button does, or has done.
func sharing(name string) page.Sharing {
	switch name {
	case "system":
		return page.ShareBySystem
	case "copied":
		return page.ShareCopied
	case "select":
		return page.ShareSelect
	}
	return page.ShareByCopy
}
