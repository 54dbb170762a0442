//go:build js && wasm

package main

import (
	"context"
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
	m.options.Saving, m.options.Cleared = page.KeepBusy, false
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

// open reads an article that is kept in the place of the page's own, by what its own page said of it.
func (m *mount) open(key string) {
	m.background(func() {
		ctx, stop := context.WithTimeout(m.ctx, storageTimeout)
		defer stop()
		record, err := library(0).Open(ctx, key)
		var c reader.Config
		if err == nil {
			c, err = reader.ConfigOf(record)
		}
		m.post(func() {
			if err != nil {
				m.emit("error", errorJSON("storage", err.Error()))
				return
			}
			m.close()
			c.Language, m.options.Away = m.home.Language, true
			m.read(c)
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

// forget removes all that is kept, here and by the page's own script, and says so. Other tabs are told first: what they
// write until they have heard of it goes, too.
func (m *mount) forget(r *reader.Reader) {
	err := forgetPages(m.ctx)
	if fault := r.Forget(m.ctx); fault != nil {
		err = fault
	}
	m.post(func() { m.options.Cleared = err == nil })
	if err != nil {
		m.emit("error", errorJSON("storage", err.Error()))
	}
}

// clearStorage removes what is kept by Go.
func clearStorage(ctx context.Context) {
	ctx, stop := context.WithTimeout(ctx, storageTimeout)
	defer stop()
	_ = storage{databaseName}.Forget(ctx)
	_ = library(0).Clear(ctx)
}

// forgetPages has the page's script remove what it keeps, and tell other tabs.
func forgetPages(ctx context.Context) error {
	ctx, stop := context.WithTimeout(ctx, 3*storageTimeout) // its own waiting included
	defer stop()
	promise, err := global("byway").Call("forget")
	if err == nil {
		_, err = await(ctx, promise)
	}
	return err
}

// library is the shelf of this browser, with a limit in bytes; 0: the usual one.
func library(limit int64) *shelf.Shelf {
	if limit == 0 {
		limit = shelf.Limit
	}
	return shelf.New(books{booksName}, limit)
}
