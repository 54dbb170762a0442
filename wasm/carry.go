//go:build js && wasm

package main

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"byway/internal/article"
	"byway/internal/carry"
	"byway/internal/page"
	"byway/internal/reader"
	"byway/internal/trust"
)

// carry has the browser save the article as a file.
func (m *mount) carry(r *reader.Reader) {
	if m.options.Filing == page.KeepBusy {
		return
	}
	m.options.Filing = page.KeepBusy
	language := m.options.Language
	m.background(func() {
		err := saveFile(m.ctx, r, language)
		m.post(func() {
			m.options.Filing = page.KeepByClick
			if err != nil {
				m.options.Filing = page.KeepFailed
				m.emit("error", errorJSON("file", err.Error()))
			}
		})
	})
}

func saveFile(ctx context.Context, r *reader.Reader, language string) error {
	c, found := r.Copy(ctx)
	if !found {
		return errors.New("save as a file: there is no article")
	}
	f := carry.File{Article: c.Body, Address: c.Address, Path: c.Path, Item: c.Item, Evidence: c.Notes, List: c.List, Pin: c.Pin, Language: language}
	for _, p := range c.Pictures {
		f.Pictures = append(f.Pictures, carry.Picture(p))
	}
	data, err := f.Write()
	if err != nil {
		return err
	}
	array, err := arrayOf(data)
	do := calls{err}
	do.call(global("byway"), "save", array, fileName(c.Path+c.Address))
	return do.err
}

// fileName is that of the article at its publisher.
func fileName(path string) string {
	path, _, _ = strings.Cut(path, "?")
	name := strings.TrimSuffix(path[strings.LastIndexByte(path, '/')+1:], ".json")
	return cmp.Or(name, "article") + ".html"
}

// openFile shows an article out of a file, in the place of the page's own, or says why not.
func (m *mount) openFile(data []byte) {
	r := m.own()
	m.background(func() {
		anchor, seen, site := r.Witness(m.ctx)
		opened, err := openFile(data, carry.Witness{Anchor: anchor, Seen: seen, Now: time.Now()}, site)
		m.post(func() { m.exhibit(opened, err) })
	})
}

// own is the reader of the page's own article, or while another is open one that is set up as that was: what the other
// brings counts for nothing else.
func (m *mount) own() *reader.Reader {
	if m.source == m.home {
		return m.reading()
	}
	return reader.New(m.home, m.ports(), func(reader.State) {})
}

// openFile checks a file by what the page pins. One of another publisher speaks for itself; one that says it is of the
// page's own, and is not signed by it, is refused.
func openFile(data []byte, w carry.Witness, site string) (*carry.Opened, error) {
	o, err := carry.Open(data, w)
	if !errors.Is(err, trust.ErrBadSignature) {
		return o, err
	}
	other, fault := carry.Open(data, carry.Witness{Now: w.Now})
	switch {
	case fault != nil:
		return nil, fault
	case other.Signature == nil, other.Signature.Site == site:
		return nil, err
	}
	return other, nil
}

// exhibit shows what came of opening a file.
func (m *mount) exhibit(o *carry.Opened, err error) {
	m.close()
	if err != nil {
		m.options.Away, m.options.File = m.source != m.home, &page.File{Problem: fileProblem(err)}
		m.emit("error", errorJSON(string(m.options.File.Problem), err.Error()))
		return
	}
	s := reader.State{Phase: reader.Ready, Article: &o.Decoded, Warnings: o.Warnings, Proof: reader.None, Signature: o.Signature}
	if !o.Claimed {
		s.Proof = reader.Signed
	}
	shown := map[string]string{} // addresses of blobs by those of pictures
	for _, p := range o.Pictures {
		if url, err := (blobs{}).Make(p.Bytes, p.Type); err == nil {
			shown[p.URL] = url
		}
	}
	s.Picture = func(size article.Rendition) reader.Picture {
		if url := shown[size.URL]; url != "" {
			return reader.Picture{Status: reader.PictureReady, URL: url, Checked: size.Integrity != ""}
		}
		return reader.Picture{Status: reader.PictureFailed}
	}
	m.options.Away, m.options.File = true, &page.File{Claimed: o.Claimed, Older: o.Older, Unsigned: o.Unsigned}
	m.opened = &s
	m.release = func() {
		for _, url := range shown {
			blobs{}.Release(url)
		}
	}
}

func fileProblem(err error) page.FileProblem {
	switch {
	case errors.Is(err, carry.ErrNone):
		return page.FileNone
	case errors.Is(err, trust.ErrFuture):
		return page.FileUndatable
	case errors.Is(err, trust.ErrBadSignature):
		return page.FileForeign
	}
	return page.FileAltered
}

// close takes away what was opened from a file, and what was said of one.
func (m *mount) close() {
	m.release()
	m.opened, m.options.File, m.release = nil, nil, func() {}
	m.options.Away = m.source != m.home
}
