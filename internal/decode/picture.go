package decode

import "byway/internal/article"

// maxWidth is in pixels what the widest page shows sharply. What agencies give beyond it, for print, is many times as heavy.
const maxWidth = 2048

// ofSizes is a picture of which several sizes are given: the widest that a page needs, else the narrowest, and with it
// the ones below. Crops are left out, and of one width all but the first: the others have marks across them.
func ofSizes(sizes []article.Rendition) article.Image {
	sizes = sizes[:min(len(sizes), maxSorted)]
	for i := range sizes {
		for ; i > 0 && sizes[i].Width < sizes[i-1].Width; i-- {
			sizes[i], sizes[i-1] = sizes[i-1], sizes[i]
		}
	}
	var image article.Image
	for _, r := range sizes {
		if image.URL == "" || r.Width > image.Width && r.Width <= maxWidth {
			image.URL, image.Width, image.Height, image.EncodingFormat = r.URL, r.Width, r.Height, r.EncodingFormat
		}
	}
	width := 0
	for _, r := range sizes {
		if r.Width > width && r.Width < image.Width && sameRatio(&r, &image) {
			image.Renditions = append(image.Renditions, r)
			width = r.Width
		}
	}
	return image
}
