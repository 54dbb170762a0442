package reader

import (
	"strings"
	"time"

	"byway/internal/article"
	"byway/internal/mirror"
)

// Picture is what a page can do about one size of a picture.
type Picture struct {
	Status PictureStatus
	// URL is where to load it from, after the tap that it needs; of one that waits, what Reader.PictureWanted knows it by.
	URL string
	// Checked says that it is shown only after its bytes were checked: no browser may load it from its own address.
	Checked bool
}

// PictureStatus says whether a picture can be shown.
type PictureStatus string

const (
	PictureReady    PictureStatus = "ready"
	PictureWaits    PictureStatus = "waits"     // until somebody comes near
	PictureNeedsTap PictureStatus = "needs-tap" // whoever reads has to say that it may be asked for
	PictureFailed   PictureStatus = "failed"    // everywhere where it may be asked for
	PictureUnshown  PictureStatus = "unshown"   // it came, and the page around does not let it be shown, or the browser cannot
)

// pictures is what is known of the pictures of one copy. States hold it, so entries are only added to its lists.
type pictures struct {
	source string // host that delivered the copy
	order  []int  // of the addresses, as they are asked for a picture
	lacks  []lack // a list, for a map would weigh 5 kB
}

// lack is one address from which a picture did not come.
type lack struct {
	url string
	why reason
}

// reason is why a picture did not come; 0 if it may.
type reason int

const (
	silent reason = 1 + iota // nothing came for a while, but still may
	failed
)

// maxLacks bounds what is remembered of pictures. What fails beyond that stays as the browser shows it: to forget what
// failed first would be to ask for it again, without end.
const maxLacks = 500

// PictureFailed says that a picture did not come from an address that State.Picture gave. It is asked for at the
// next one, and after the last at none. None of this says anything of an address where articles are concerned.
func (r *Reader) PictureFailed(url string) { r.lackPicture(url, failed) }

// PictureStalled says that an address that State.Picture gave keeps silent about a picture. It is asked for at the
// next one, but never given up for that: where none is left, the first that was silent is waited for, since the line
// may just be slow.
func (r *Reader) PictureStalled(url string) { r.lackPicture(url, silent) }

func (r *Reader) lackPicture(url string, why reason) {
	r.update(func(s *State) {
		if r.pictures.source != s.Source {
			r.pictures = pictures{source: s.Source, order: r.pictureOrder(s.Source)}
		}
		r.pictures.note(pictureKey(url), why)
	})
}

// note adds what is not known yet, or not as bad.
func (p *pictures) note(url string, why reason) {
	if why > p.lack(url) && len(p.lacks) < maxLacks {
		p.lacks = append(p.lacks, lack{url, why})
	}
}

// lack is the worst that is known of the address of a picture.
func (p *pictures) lack(url string) (worst reason) {
	for i := range p.lacks {
		if p.lacks[i].url == url {
			worst = max(worst, p.lacks[i].why)
		}
	}
	return worst
}

// clear has every picture asked for again where the article came from.
func (p *pictures) clear() { *p = pictures{} }

// pictureOrder is the source, then the others as they are listed, and last those that failed lately.
func (r *Reader) pictureOrder(source string) (order []int) {
	var cold []int
	for i := range r.set.Len() {
		host := r.set.Address(i).Host
		health := r.known.Health.Host(host)
		switch {
		case host == source:
			order = append([]int{i}, order...)
		case health != nil && health.Cool.After(time.Now()):
			cold = append(cold, i)
		default:
			order = append(order, i)
		}
	}
	return append(order, cold...)
}

// pictureOf says what a page can do about the pictures of a state.
//
// They are loaded from the host that served the article and, where they failed there, from the next; or from the one that
// was chosen by hand and no other. So after a choice a picture that the publisher keeps elsewhere waits for a tap, and so
// does one that nobody signed, in a signed article, where the article came from a mirror, or the picture would.
func (r *Reader) pictureOf(s *State) func(article.Rendition) Picture {
	known, set := r.pictures, r.set
	if known.source != s.Source {
		known = pictures{}
	}
	source := s.Source
	if s.Choice != "" {
		source = s.Choice
	}
	i, found := set.ByHost(source)
	if s.Source == FromShelf && s.Choice == "" {
		i, found = 0, true
	}
	if s.Choice != "" || known.order == nil {
		known.order = []int{i}
	}
	return func(file article.Rendition) Picture {
		tap := !found || s.Choice != "" && !set.Holds(file.URL)
		if name := nameOf(file); name != "" && s.checks() {
			p := r.checkedStatus(file, name, &known)
			if tap && p.Status == PictureWaits {
				p.Status = PictureNeedsTap
			}
			return p
		}
		p := Picture{PictureReady, known.first(set, file.URL), false}
		foreign := s.Source != set.Address(0).Host || p.URL != set.Rebase(file.URL, 0)
		switch {
		case p.URL == "":
			p.Status = PictureFailed
		case tap || s.Proof == Signed && foreign:
			p.Status = PictureNeedsTap
		}
		return p
	}
}

// checkedStatus is what can be done now about a picture whose bytes are checked.
func (r *Reader) checkedStatus(file article.Rendition, name string, known *pictures) Picture {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.checkedPicture(name)
	switch {
	case r.ports.Blobs == nil, file.ContentSize > maxPicture, c != nil && c.done && c.url == "":
		return Picture{PictureFailed, "", true}
	case c == nil || !c.done:
		return Picture{PictureWaits, file.URL, true}
	case known.lack(c.url) == failed:
		return Picture{PictureUnshown, "", true}
	}
	return Picture{PictureReady, c.url, true}
}

// first is the first address of a picture that did not fail, "" if all did.
func (p *pictures) first(set mirror.Set, url string) string {
	first := ""
	for _, i := range p.order {
		at := set.Rebase(url, i)
		why := p.lack(pictureKey(at))
		if why == 0 {
			return at
		}
		if why == silent && first == "" {
			first = at
		}
	}
	return first
}

// pictureKey is an address as the attribute srcset has it.
func pictureKey(url string) string { return strings.ReplaceAll(url, ",", "%2C") }
