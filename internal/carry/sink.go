package carry

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"

	"byway/internal/article"
	"byway/internal/reader"
	"byway/internal/view"
)

// standIn begins the address by which a page shows a picture of the file: no view holds one with the bytes in it.
const standIn = "blob:byway/"

// held is a picture that is in the file.
type held struct {
	Picture
	hash    string // as an article has it; "" as long as nobody asked
	checked bool   // the article has it
}

// picture shows those sizes of a picture that are in the file.
func (p *paper) picture(size article.Rendition) reader.Picture {
	for i := range p.held {
		h := &p.held[i]
		if h.URL != size.URL {
			continue
		}
		if h.checked = strings.HasPrefix(size.Integrity, integrity); h.checked {
			if h.hash == "" {
				h.hash = integrityOf(h.Bytes)
			}
			if h.hash != size.Integrity {
				p.fail(fmt.Errorf("the picture %q: %w", h.URL, ErrAltered))
			}
		}
		return reader.Picture{Status: reader.PictureReady, URL: standIn + strconv.Itoa(i), Checked: h.checked}
	}
	return reader.Picture{Status: reader.PictureFailed}
}

// integrity begins the hash of a picture in an article.
const integrity = "sha256-"

func integrityOf(data []byte) string {
	sum := sha256.Sum256(data)
	return integrity + encode64(sum[:])
}

func (p *paper) Open(tag string, attrs []view.Attr) {
	p.write("<" + tag)
	for _, a := range attrs {
		switch {
		case tag == "img" && (a.Name == "srcset" || a.Name == "sizes"): // one size is in the file
		case tag == "img" && a.Name == "src":
			p.embed(strings.TrimPrefix(a.Value, standIn))
		default:
			p.write(" " + a.Name + `="` + escape(a.Value) + `"`)
		}
	}
	p.write(">")
	p.open = append(p.open, tag)
}

// embed writes a picture where the page shows it.
func (p *paper) embed(number string) {
	i, err := strconv.Atoi(number)
	if err != nil {
		p.fail(fmt.Errorf("picture: %w", err))
		return
	}
	h := &p.held[i]
	if !strings.Contains(kinds, " "+h.Type+" ") {
		p.fail(fmt.Errorf("the picture %q: %q is no type that a file may hold: leave it out", h.URL, h.Type))
	}
	p.shown = append(p.shown, h)
	p.write(` src="data:` + h.Type + ";base64,")
	p.encode(h.Bytes)
	p.write(`"`)
}

func (p *paper) Text(s string) { p.write(escape(s)) }

func (p *paper) Close() {
	tag := p.open[len(p.open)-1]
	p.open = p.open[:len(p.open)-1]
	if !strings.Contains(" br hr img input ", " "+tag+" ") { // HTML §13.1.2, "void elements"
		p.write("</" + tag + ">")
	}
}

// escape writes a text so that it can stand between tags and between double quotes (HTML §13.3), as package view does. Its
// way weighs 3 kB more.
func escape(s string) string {
	out := make([]byte, 0, len(s))
	for i := range len(s) {
		switch c := s[i]; c {
		case '&':
			out = append(out, "&amp;"...)
		case '<':
			out = append(out, "&lt;"...)
		case '>':
			out = append(out, "&gt;"...)
		case '"':
			out = append(out, "&quot;"...)
		case '\r': // no parser would give it back
			out = append(out, "&#13;"...)
		case 0:
			out = append(out, "\ufffd"...)
		default:
			out = append(out, c)
		}
	}
	return string(out)
}
