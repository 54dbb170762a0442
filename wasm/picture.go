//go:build js && wasm

package main

import (
	"strings"

	"byway/internal/reader"
)

// blobs are pictures that the browser holds and nobody can exchange, under addresses of this page's own.
type blobs struct{}

var _ reader.Blobs = blobs{}

// Make copies the bytes. The type is ours: what a browser would make of that of a server does not count.
func (blobs) Make(body []byte, kind string) (string, error) {
	array, err := arrayOf(body)
	do := calls{err}
	return text(do.call(global("byway"), "show", array, kind)), do.err
}

func (blobs) Release(url string) { _, _ = global("byway").Call("hide", url) }

// pictureFailed notes that a picture was not shown. Bytes that were checked fail only where the page does not allow them,
// or where the browser does not know their format: whoever runs the page is told, once.
func (m *mount) pictureFailed(r *reader.Reader, url string) {
	r.PictureFailed(url)
	if strings.HasPrefix(url, "blob:") && !m.warned {
		m.warned = true
		m.emit("error", errorJSON("picture", "a picture that was checked is not shown: add blob: to img-src in the Content-Security-Policy of the page, unless this browser does not know the format of the picture"))
	}
}
