package page

import (
	"byway/internal/article"
	"byway/internal/reader"
	"byway/internal/view"
)

// sight is what is to be seen of a picture now.
type sight struct {
	status  reader.PictureStatus // never PictureUnshown
	url     view.URL             // of the size to show, where it is ready
	checked bool                 // it is shown only after its bytes were
	// Its sizes, each list by width: those that a browser may load, those that Go has to ask for, and those that it has.
	ready, waiting, here []view.Source
	unshown              bool // one of them came in vain, so the others would
}

// see looks at all sizes of a picture that have its proportions: others are crops. Where one of them can be checked, none
// that cannot is shown.
func (r *renderer) see(im *article.Image) *sight {
	tapped := r.options.Tapped[im.URL]
	s := &sight{status: reader.PictureFailed}
	whole := r.look(im.Whole(), tapped)
	s.add(whole, max(im.Width, 1))
	for i := range im.Renditions {
		if v := &im.Renditions[i]; drawable(v.EncodingFormat) && sameRatio(im, v) {
			s.add(r.look(*v, false), v.Width) // a tap on a picture asks for that one only
		}
	}
	all := s.ready
	if s.checked {
		all = s.here
	}
	if whole.Checked != s.checked {
		whole = reader.Picture{}
	}
	switch {
	case r.options.Images == ImagesNone || s.unshown:
	case whole.Status == reader.PictureNeedsTap:
		s.status = reader.PictureNeedsTap
	case len(all) > 0:
		s.status, s.url = reader.PictureReady, all[len(all)-1].URL
		if whole.Status == reader.PictureReady {
			s.url = view.ImageURL(whole.URL)
		}
	case s.checked && len(s.waiting) > 0:
		s.status = reader.PictureWaits
	}
	if s.status != reader.PictureFailed && r.options.Images == ImagesTap && !tapped {
		s.status = reader.PictureNeedsTap
	}
	return s
}

// add takes in one size.
func (s *sight) add(p reader.Picture, width int) {
	s.checked = s.checked || p.Checked
	list := &s.ready
	switch {
	case p.Status == reader.PictureWaits:
		list = &s.waiting
	case p.Status == reader.PictureUnshown:
		s.unshown = true
		return
	case p.Status != reader.PictureReady:
		return
	case p.Checked:
		list = &s.here
	}
	*list = byWidth(*list, view.Source{URL: view.ImageURL(p.URL), Width: width})
}

// look asks what can be done about a picture in one size. Without a reader it is loaded from its own address.
func (r *renderer) look(file article.Rendition, tapped bool) (p reader.Picture) {
	p = reader.Picture{Status: reader.PictureReady, URL: view.ImageURL(file.URL).String()}
	if file.URL = p.URL; file.URL == "" {
		p.Status = reader.PictureFailed
	} else if r.state.Picture != nil {
		p = r.state.Picture(file)
	}
	if p.Status == reader.PictureNeedsTap && tapped {
		p.Status = reader.PictureReady
		if p.Checked {
			p.Status = reader.PictureWaits
		}
	}
	return p
}

// byWidth puts a source in its place, unless there is one of its width.
func byWidth(list []view.Source, s view.Source) []view.Source {
	at := len(list)
	for at > 0 && list[at-1].Width > s.Width {
		at--
	}
	if s.URL.IsZero() || at > 0 && list[at-1].Width == s.Width {
		return list
	}
	list = append(list, s)
	copy(list[at+1:], list[at:])
	list[at] = s
	return list
}

func drawable(format string) bool {
	switch format {
	case "", "image/jpeg", "image/png", "image/webp", "image/gif":
		return true
	}
	return false
}

// sameRatio reports whether a rendition differs from its picture by no more than rounding does, 2 %.
func sameRatio(im *article.Image, v *article.Rendition) bool {
	if v.Width <= 0 || im.Width <= 0 {
		return false
	}
	if v.Height <= 0 || im.Height <= 0 {
		return true
	}
	expected := float64(v.Width) * float64(im.Height) / float64(im.Width)
	return max(expected, float64(v.Height))-min(expected, float64(v.Height)) <= max(1, 0.02*expected)
}
