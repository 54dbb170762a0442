package reader

import (
	"strings"

	"byway/internal/article"
)

// nameOf is the hash of a picture whose bytes can be checked, "" of any other.
func nameOf(file article.Rendition) string {
	name, err := parseIntegrity(file.Integrity)
	if err != nil || file.ContentSize <= 0 {
		return ""
	}
	return name
}

// pictureAt finds a picture, in one of its sizes, among those that a page shows of an article. It is zero where there is
// none, or no article.
func pictureAt(a *article.Article, url string) article.Rendition {
	if a == nil {
		return article.Rendition{}
	}
	var found article.Rendition
	eachPicture(a, func(im *article.Image) {
		for _, file := range sizesOf(im) {
			if pictureKey(file.URL) == pictureKey(url) {
				found = file
			}
		}
	})
	return found
}

// sizesOf are a picture as it is and in its other sizes.
func sizesOf(im *article.Image) []article.Rendition {
	return append([]article.Rendition{im.Whole()}, im.Renditions...)
}

// eachPicture tells of all pictures that a page shows of an article.
func eachPicture(a *article.Article, tell func(*article.Image)) {
	s := search{tell}
	s.images(a.Image)
	s.blocks(a.Body)
}

type search struct{ tell func(*article.Image) }

func (s *search) blocks(list []article.Block) {
	for _, b := range list {
		switch b := b.(type) {
		case article.Figure:
			s.image(&b.Image)
		case article.Gallery:
			s.images(b.Images)
		case article.Quote:
			s.blocks(b.Body)
		case article.Media:
			s.image(b.Thumbnail)
		case article.Embed:
			s.image(b.Thumbnail)
		}
	}
}

func (s *search) images(list []article.Image) {
	for i := range list {
		s.image(&list[i])
	}
}

func (s *search) image(im *article.Image) {
	if im != nil {
		s.tell(im)
	}
}

// pictureType tells by the first bytes of which of the types that every reader may be shown a picture is; "" of none. A
// browser would go by them, too, whatever an article says of them.
func pictureType(body []byte) string {
	begins := string(body[:min(len(body), 12)])
	switch {
	case strings.HasPrefix(begins, "\xff\xd8\xff"):
		return "image/jpeg"
	case strings.HasPrefix(begins, "\x89PNG"):
		return "image/png"
	case strings.HasPrefix(begins, "GIF8"):
		return "image/gif"
	case strings.HasSuffix(begins, "WEBP"):
		return "image/webp"
	case strings.HasSuffix(begins, "ftypavif"), strings.HasSuffix(begins, "ftypavis"):
		return "image/avif"
	}
	return ""
}
