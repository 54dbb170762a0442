package publish

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"byway/internal/article"
	"byway/internal/decode"
	"byway/internal/trust"
)

// articles publishes every article of the source: those that changed anew, the others as they are. What is wrong with
// any is said of all.
func (p *publisher) articles(ctx context.Context) error {
	files := slices.DeleteFunc(p.files, p.isWithdrawn)
	p.report.Articles = len(files)
	var (
		next   = make(chan string)
		faults []error
		done   int
		all    sync.WaitGroup
	)
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for file := range next {
				e, err := p.article(file)
				p.mu.Lock()
				if err != nil {
					faults = append(faults, fmt.Errorf("%s: %w", file, err))
				} else {
					p.new.Articles[pathOf(file)] = e
				}
				done++
				if p.Progress != nil {
					p.Progress(done, len(files))
				}
				p.mu.Unlock()
			}
		})
	}
	for _, file := range files {
		if ctx.Err() == nil {
			next <- file
		}
	}
	close(next)
	all.Wait()
	return errors.Join(append(faults, ctx.Err())...)
}

// article publishes one article, if it is not as it was.
func (p *publisher) article(file string) (*entry, error) {
	old := p.old.Articles[pathOf(file)]
	if old != nil && p.from.unchanged(old.Inputs) && p.kept(old) {
		return old, nil
	}
	data, err := p.from.read(file, article.MaxBytes)
	if err == nil && data == nil {
		err = errors.New("gone, or no file: publish again")
	}
	if err != nil {
		return nil, err
	}
	w := &work{publisher: p, file: file, path: pathOf(file), made: &entry{Inputs: []input{{file, p.from.hash(file)}}}}
	err = w.publish(data)
	w.made.supersede(old)
	return w.made, err
}

// kept reports whether what was made of an article is still there, and takes over its pictures.
func (p *publisher) kept(e *entry) bool {
	for _, out := range e.Outputs {
		if !p.to.has(out.Name, out.Size) {
			return false
		}
	}
	for _, in := range e.Inputs[1:] {
		if pic, known := p.old.Pictures[in.Hash]; known {
			p.mu.Lock()
			p.new.Pictures[in.Hash] = pic
			p.mu.Unlock()
		}
	}
	return true
}

// work is one article that changed.
type work struct {
	*publisher
	file, path string
	made       *entry
}

func (w *work) publish(data []byte) error {
	a, warnings, err := decode.Decode(data, decode.Options{Base: w.base() + pageOf(w.path)})
	if err != nil {
		return err
	}
	for _, warning := range warnings {
		w.warn(warning.String())
	}
	if a.URL == "" {
		a.URL = w.base() + pageOf(w.path)
	}
	eachImage(&a, func(im *article.Image) {
		if fault := w.image(im, a.URL); err == nil {
			err = fault
		}
	})
	if err != nil {
		return err
	}
	w.summarise(&a)
	body := append([]byte(a.JSON("")), '\n')
	if len(body) > article.MaxBytes {
		return fmt.Errorf("%d bytes, and readers stop at %d: shorten it", len(body), article.MaxBytes)
	}
	blob := blobOf(body)
	w.made.Hash, w.made.Size = fmt.Sprintf("%x", blob.Hash), blob.Size
	html, err := w.html(&a)
	if err != nil {
		return err
	}
	return errors.Join(
		w.put(blobs, trust.BlobPath(blob, articleSuffix), body),
		w.put(pages, pageOf(w.path), html),
		w.put(aliases, trust.AliasPath(w.path), body))
}

// pageOf is where the page of an article lies.
func pageOf(path string) string { return path + ".html" }

func (w *work) warn(what string) { w.made.Warnings = append(w.made.Warnings, what) }

func (w *work) put(when phase, name string, data []byte) error {
	w.made.Outputs = append(w.made.Outputs, result{name, int64(len(data))})
	return w.to.put(when, name, data)
}

// image publishes a picture that lies in the source. Another one keeps its address, and readers cannot check it.
func (w *work) image(im *article.Image, articleURL string) error {
	for _, name := range local(w.file, articleURL, im.URL) {
		hash := w.from.hash(name)
		w.made.Inputs = append(w.made.Inputs, input{name, hash})
		if hash == "" {
			continue
		}
		pic, err := w.picture(name, hash)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for _, v := range pic {
			w.made.Outputs = append(w.made.Outputs, result{v.file(), v.Size})
		}
		describe(im, pic, w.base())
		return nil
	}
	w.warn(fmt.Sprintf("the picture %q is not in the folder, so readers cannot check it: put it there", im.URL))
	return nil
}

// picture is developed once, however many articles show it.
func (p *publisher) picture(name, hash string) (picture, error) {
	p.mu.Lock()
	once := p.pictures[hash]
	if once == nil {
		once = sync.OnceValues(func() (picture, error) { return p.develop(name, hash) })
		p.pictures[hash] = once
	}
	p.mu.Unlock()
	pic, err := once()
	if err == nil {
		p.mu.Lock()
		p.new.Pictures[hash] = pic
		p.mu.Unlock()
	}
	return pic, err
}

func (p *publisher) develop(name, hash string) (picture, error) {
	if pic := p.old.Pictures[hash]; len(pic) > 0 && p.there(pic) {
		return pic, nil
	}
	data, err := p.from.read(name, maxPicture)
	if err != nil {
		return nil, err
	}
	all, err := develop(data)
	var pic picture
	for _, v := range all {
		pic = append(pic, v.variant)
		err = errors.Join(err, p.to.put(blobs, v.file(), v.data))
	}
	return pic, err
}

func (p *publisher) there(pic picture) bool {
	for _, v := range pic {
		if !p.to.has(v.file(), v.Size) {
			return false
		}
	}
	return true
}

// summarise notes what lists say of the article.
func (w *work) summarise(a *article.Article) {
	e := w.made
	e.Title, e.URL, e.Language = a.Headline, a.URL, a.InLanguage
	e.Summary = shortened(a.Description.Text())
	if len(a.Image) > 0 {
		e.Picture = a.Image[0].URL
	}
	e.Published, e.Modified = utc(a.DatePublished), utc(a.DateModified)
	if e.Modified.Before(e.Published) {
		e.Modified = e.Published
	}
	for _, s := range a.Sections {
		if folder, ours := folderOf(w.base(), s.URL); ours {
			e.Sections = append(e.Sections, section{s.Name, folder})
		}
	}
	for _, b := range a.Body {
		if n, ok := b.(article.Note); ok && n.Role == "correction" && utc(n.Date).After(e.CorrectedAt) {
			e.CorrectedAt, e.Correction = utc(n.Date), shortened(n.Content.Text())
		}
	}
}

func utc(d article.Date) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return d.Time().UTC()
}

// shortened cuts a text at a word, for lists.
func shortened(s string) string {
	const most = 300 // bytes
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= most {
		return s
	}
	if end := strings.LastIndexByte(s[:most], ' '); end > 0 {
		return s[:end] + " …"
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
