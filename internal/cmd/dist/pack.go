package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"

	"github.com/andybalholm/brotli"
)

// packer compresses as hard as its format can: it is done once, and sent often.
type packer struct {
	suffix string
	open   func(io.Writer) (io.WriteCloser, error)
}

var packers = []packer{
	{".br", func(w io.Writer) (io.WriteCloser, error) {
		// The window of 16 MB that brotli allows finds what lies far apart in the WebAssembly.
		return brotli.NewWriterOptions(w, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: 24}), nil
	}},
	{".gz", func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriterLevel(w, gzip.BestCompression) }},
}

// write compresses a file beside it. Brotli takes seconds for the WebAssembly, so where the file is unchanged and its
// compressed form is there, that one stays: both were put in place whole, the compressed one last.
func (p packer) write(path string, data []byte, unchanged bool) error {
	if _, err := os.Stat(path + p.suffix); err == nil && unchanged {
		return nil
	}
	packed, err := p.pack(data)
	if err != nil {
		return fmt.Errorf("%s%s: %w", path, p.suffix, err)
	}
	_, err = replace(path+p.suffix, packed)
	return err
}

func (p packer) pack(data []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := p.open(&b)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
