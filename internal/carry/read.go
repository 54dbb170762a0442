package carry

import (
	"bytes"
	"fmt"
	"strings"

	"byway/internal/article"
	"byway/internal/tree"
)

// The data of a file stand in its page where no browser runs or shows them (HTML §4.12.1, "data block"): a line of JSON,
// and a line each in base64 for evidence, list and article. The bytes of the pictures are nowhere but in the page.
const (
	blockBegin = `<script type="application/x-byway-article">`
	blockEnd   = `</script>`
	blockLines = 4
	maxBlock   = (article.MaxBytes+maxEvidence+maxList)/3*4 + 1<<20
)

var errCut = fmt.Errorf("what Byway put there is cut short or changed: %w", ErrAltered)

// kinds are the types of pictures: none of them runs anything.
const kinds = " image/jpeg image/png image/gif image/webp image/avif "

// read finds in a file what Write was given, and the version of what wrote it. Nothing of it is believed yet, and what
// stands elsewhere in the file is not looked at.
func read(data []byte) (f *File, by string, err error) {
	if len(data) > MaxBytes {
		return nil, "", fmt.Errorf("longer than %d bytes: %w", MaxBytes, ErrNone)
	}
	page, block, found := cutLast(data, blockBegin)
	if !found {
		return nil, "", ErrNone
	}
	block, _, whole := bytes.Cut(block, []byte(blockEnd))
	lines := strings.SplitN(string(block[:min(len(block), maxBlock)]), "\n", blockLines+1)
	if !whole || len(block) > maxBlock || len(lines) != blockLines {
		return nil, "", errCut
	}
	head, err := tree.Parse([]byte(lines[0]))
	if err != nil {
		return nil, "", errCut
	}
	f = &File{
		Language: head.Get("language").Raw(), Path: head.Get("path").Raw(), Pin: head.Get("pin").Raw(),
		Address: head.Get("address").Raw(), Item: head.Get("item").Raw(),
	}
	for i, to := range []*[]byte{&f.Evidence, &f.List, &f.Article} {
		var ok bool
		if *to, ok = decode64([]byte(lines[1+i])); !ok {
			return nil, "", errCut
		}
	}
	if len(f.Article) > article.MaxBytes || len(f.List) > maxList {
		return nil, "", errCut
	}
	f.Pictures, err = readPictures(page, head.Get("pictures").Items())
	return f, head.Get("version").Raw(), err
}

// cutLast cuts at the last place where a text stands.
func cutLast(data []byte, text string) (before, after []byte, found bool) {
	at := bytes.LastIndex(data, []byte(text))
	if at < 0 {
		return data, nil, false
	}
	return data[:at], data[at+len(text):], true
}

// readPictures finds the pictures in a page, in the order of their addresses. One that is shown twice is there twice.
func readPictures(page []byte, addresses []tree.Node) (all []Picture, err error) {
	if len(addresses) > MaxPictures {
		return nil, errCut
	}
	for _, address := range addresses {
		var found bool
		var source []byte
		if _, page, found = bytes.Cut(page, []byte(` src="data:`)); found {
			source, page, found = bytes.Cut(page, []byte(`"`))
		}
		kind, encoded, _ := bytes.Cut(source, []byte(";base64,"))
		body, ok := decode64(encoded)
		if !found || !ok {
			return nil, errCut
		}
		p := Picture{address.Raw(), string(kind), body}
		if pictureAt(all, p.URL) == nil {
			all = append(all, p)
		}
	}
	return all, nil
}

// pictureAt finds a picture by its address.
func pictureAt(all []Picture, url string) *Picture {
	for i := range all {
		if all[i].URL == url {
			return &all[i]
		}
	}
	return nil
}
