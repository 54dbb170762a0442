package carry

import (
	"cmp"
	_ "embed"
	"fmt"
	"io"
	"strings"

	"byway/internal/article"
	"byway/internal/decode"
	"byway/internal/page"
	"byway/internal/reader"
	"byway/internal/tree"
	"byway/internal/trust"
	"byway/internal/view"
	"byway/internal/weburl"
)

// sheet is a style sheet of the file's own: that of the element is not the same in the browser and on the command line,
// and counts for a page around it.
//
//go:embed carry.css
var sheet string

// write writes the file. What it shows comes from what is signed, from the pictures, and from Language: from nothing else
// in the file.
func (f *File) write(is *statement, w io.Writer) (*paper, error) {
	o := decode.Options{Base: f.Address, Item: f.Item}
	if f.Evidence != nil {
		o.Base = "https://" + is.feed.Site + "/" + trust.AliasPath(f.Path)
	}
	a, warnings, err := decode.Decode(f.Article, o)
	if err != nil {
		return nil, err
	}
	p := &paper{file: f, statement: is, w: w, left: MaxBytes, article: a, warnings: warnings}
	for _, picture := range f.Pictures {
		picture.URL = view.ImageURL(picture.URL).String() // as the page asks for it
		p.held = append(p.held, held{Picture: picture})
	}
	p.document()
	return p, p.err
}

// paper is the file as it is written.
type paper struct {
	file      *File
	statement *statement
	w         io.Writer
	left      int // bytes that it may have more
	err       error
	article   article.Article
	warnings  []article.Warning

	open  []string // elements
	held  []held
	shown []*held // in the order of the page
}

var (
	_ view.Sink = (*paper)(nil)
	_ io.Writer = (*paper)(nil)
)

func (p *paper) document() {
	words := wordsFor(cmp.Or(p.file.Language, p.article.InLanguage))
	p.write(`<!doctype html>` + "\n" + `<html lang="` + words.language + `" dir="` + words.dir + `"><head><meta charset="utf-8">` +
		`<meta http-equiv="Content-Security-Policy" content="` + policy() + `">` +
		`<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">` +
		`<title>` + escape(p.article.Headline) + `</title><style>` + sheet + `</style></head><body>` + "\n")
	view.Walk(p.origin(words), p)
	view.Walk(p.view(words), p)
	p.write("\n" + blockBegin)
	p.block()
	p.write(blockEnd + "</body></html>\n")
}

// policy lets a browser load nothing and run nothing, whatever might come to stand in the page.
func policy() string {
	return "default-src 'none'; img-src data:; style-src '" + integrityOf([]byte(sheet)) + "'; base-uri 'none'; form-action 'none'"
}

// origin is the line of where the article comes from. It claims nothing that a forger could not write as well.
func (p *paper) origin(w *words) view.Node {
	host, proof := "", view.Text(w.unsigned)
	if p.file.Evidence != nil {
		host = p.statement.feed.Site
		date := page.Plain(w.language).Date(article.DateOf(p.statement.feed.Issued.UTC()))
		proof = view.Group(phrase(w.signed, view.Text(date)), view.Text(" · "+w.check))
	} else if u, err := weburl.Parse(p.file.Address); err == nil {
		host = u.Host
	}
	return view.El("p class=saved", phrase(w.from, view.El("bdi dir=ltr", view.Text(host))), view.Text(" · "), proof)
}

// phrase puts a node in the place of {}.
func phrase(sentence string, n view.Node) view.Node {
	before, after, _ := strings.Cut(sentence, "{}")
	return view.Group(view.Text(before), n, view.Text(after))
}

func (p *paper) view(w *words) view.Node {
	s := reader.State{Phase: reader.Ready, Article: &p.article, Proof: reader.None, Picture: p.picture}
	if p.file.Evidence != nil {
		s.Proof, s.Signature = reader.Signed, &reader.Signature{Notice: p.statement.item.Notice}
	}
	return page.Render(s, page.Options{
		Language: w.language, Locale: page.Plain(w.language), HeadingLevel: 1,
		Controls: map[string]bool{"alternates": true, "breadcrumbs": true, "channels": true, "related": true}, // no script is needed
	})
}

// block writes what Write was given. A "<" could end it.
func (p *paper) block() {
	f, w := p.file, &tree.Writer{}
	address := f.Address
	if f.Evidence != nil {
		address = ""
	}
	w.Object(func() {
		for _, m := range [...][2]string{{"version", version}, {"language", f.Language}, {"path", f.Path}, {"pin", f.Pin}, {"address", address}} {
			w.Key(m[0])
			w.String(m[1])
		}
		if f.Item != "" { // files of before have none
			w.Key("item")
			w.String(f.Item)
		}
		w.Key("pictures")
		w.List(func() {
			for _, h := range p.shown {
				w.String(h.URL)
			}
		})
	})
	p.write(strings.ReplaceAll(string(w.Bytes()), "<", `\u003c`))
	for _, data := range [][]byte{f.Evidence, f.List, f.Article} {
		p.write("\n")
		p.encode(data)
	}
}

func (p *paper) write(s string) { _, _ = io.WriteString(p, s) }

// Write writes until the first error, which p.err keeps. An article of a few bytes can show one large picture many times.
func (p *paper) Write(data []byte) (int, error) {
	if p.left -= len(data); p.left < 0 {
		p.fail(fmt.Errorf("longer than %d bytes: leave pictures out", MaxBytes))
	}
	if p.err != nil {
		return 0, p.err
	}
	n, err := p.w.Write(data)
	p.err = err
	return n, err
}

func (p *paper) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}

// encode writes bytes in base64, a part at a time: they can be many.
func (p *paper) encode(data []byte) {
	for len(data) > 0 {
		n := min(len(data), 3<<12)
		p.write(encode64(data[:n]))
		data = data[n:]
	}
}
