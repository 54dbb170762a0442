//go:build js && wasm

package main

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"byway/internal/page"
	"byway/internal/reader"
	"byway/internal/shelf"
)

// quiet is for all elements of the page, and for those that come.
var quiet atomic.Bool

// storageTimeout is how long a click waits for a storage that does not answer.
const storageTimeout = 2 * time.Second

// save keeps the article. To be asked for persistence is what some readers are asked about, so it comes with the click.
func (m *mount) save(r *reader.Reader) {
	if m.options.Saving == page.KeepBusy {
		return
	}
	m.options.Saving, m.options.Clearing = page.KeepBusy, page.ClearByClick
	m.background(func() {
		m.background(func() { persist(m.ctx) })
		err := r.Save(m.ctx)
		m.post(func() {
			m.options.Saving = page.KeepByClick
			if err != nil {
				m.options.Saving = page.KeepFailed
				m.emit("error", errorJSON("storage", err.Error()))
			}
		})
	})
}

// change does something to what is kept.
func (m *mount) change(do func() error) {
	m.background(func() {
		if err := do(); err != nil {
			m.emit("error", errorJSON("storage", err.Error()))
		}
	})
}

// open reads an article that is kept in the place of the page's own, from where its own page said that it is. What proves
// it is what this page pins; another publisher's speaks for itself.
func (m *mount) open(key string) {
	own, home := m.own(), m.home
	m.background(func() {
		ctx, stop := context.WithTimeout(m.ctx, storageTimeout)
		defer stop()
		record, err := library(0).Open(ctx, key)
		var c reader.Config
		if err == nil {
			c, err = reader.ConfigOf(record)
		}
		c, known := c.On(home)
		_, _, site := own.Witness(ctx)
		m.post(func() {
			if err != nil {
				m.emit("error", errorJSON("storage", err.Error()))
				return
			}
			m.close()
			c.Language, m.options.Away = m.home.Language, true
			m.read(c)
			m.options.Claimed, m.site = !known, site
		})
	})
}

// back returns to the page's own article.
func (m *mount) back() {
	if m.close(); m.options.Away {
		m.options.Away = false
		m.read(m.home)
	}
}

// forget removes all that is kept, here and by the page's own script, all at once, and says what came of it. Other tabs
// are told first: what they write until they have heard of it goes, too.
func (m *mount) forget(r *reader.Reader) {
	wait := forgetPages()
	err := errors.Join(r.Forget(m.ctx), wait(m.ctx))
	m.post(func() {
		m.options.Clearing = page.Cleared
		if err != nil {
			m.options.Clearing = page.ClearFailed
		}
	})
	if err != nil {
		m.emit("error", errorJSON("storage", err.Error()))
	}
}

// forgetPages has the page's script tell other tabs and begin to remove what it keeps, and gives what waits for that.
func forgetPages() (wait func(ctx context.Context) error) {
	promise, err := global("byway").Call("forget")
	return func(ctx context.Context) error {
		ctx, stop := context.WithTimeout(ctx, 3*storageTimeout) // its own waiting included
		defer stop()
		if err == nil {
			_, err = await(ctx, promise)
		}
		return err
	}
}

// library is the shelf of this browser, with a limit in bytes; 0: the usual one.
func library(limit int64) *shelf.Shelf {
	if limit == 0 {
		limit = shelf.Limit
	}
	return shelf.New(books{booksName}, limit)
}
