package reader

import (
	"strings"
	"time"
)

// NoPicture is what State.PictureURL gives for a picture that failed at every address where it may be asked for.
const NoPicture = "about:invalid"

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

// PictureFailed says that a picture did not come from an address that State.PictureURL gave. It is asked for at the
// next one, and after the last at none. None of this says anything of an address where articles are concerned.
func (r *Reader) PictureFailed(url string) { r.lackPicture(url, failed) }

// PictureStalled says that an address that State.PictureURL gave keeps silent about a picture. It is asked for at the
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

// pictureURL says where the pictures of a copy from source are loaded: from the same host and, where they failed, from
// the next; or from the one that was chosen by hand and no other. So after a choice a picture that the publisher keeps
// elsewhere has no address.
func (r *Reader) pictureURL(source, choice string) func(url string) string {
	known := r.pictures
	if known.source != source {
		known = pictures{}
	}
	if choice != "" {
		source = choice
	}
	i, found := r.set.ByHost(source)
	if choice != "" || known.order == nil {
		known.order = []int{i}
	}
	return func(url string) string {
		if !found || choice != "" && !r.set.Holds(url) && known.lack(pictureKey(url)) != failed {
			return "" // that it is slow is no leave to ask for it: that was before the choice
		}
		return r.firstPicture(&known, url)
	}
}

// firstPicture is the first address of a picture that did not fail.
func (r *Reader) firstPicture(known *pictures, url string) string {
	first := NoPicture
	for _, i := range known.order {
		at := r.set.Rebase(url, i)
		why := known.lack(pictureKey(at))
		if why == 0 {
			return at
		}
		if why == silent && first == NoPicture {
			first = at
		}
	}
	return first
}

// pictureKey is an address as the attribute srcset has it.
func pictureKey(url string) string { return strings.ReplaceAll(url, ",", "%2C") }
