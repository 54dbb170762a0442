package reader

import (
	"context"
	"errors"
	"slices"

	"byway/internal/article"
	"byway/internal/mirror"
	"byway/internal/shelf"
)

// pictureBytes gives a picture that can be checked: in one of its sizes from the shelf, or else as it is from an address.
// It goes onto the shelf then.
func (r *Reader) pictureBytes(ctx context.Context, im *article.Image) (body []byte, file article.Rendition) {
	if body, file = r.pictureOnShelf(ctx, sizesOf(im)); body != nil || nameOf(im.Whole()) == "" {
		return body, file
	}
	file = im.Whole()
	r.mu.Lock()
	known, plan := r.state.checks() && file.ContentSize <= maxPicture, r.picturePlan(file)
	r.mu.Unlock()
	if !known || !r.ports.Online() {
		return nil, file
	}
	body, _ = r.fetchPicture(ctx, file, plan)
	r.keepPicture(ctx, file, body)
	return body, file
}

// fetchPicture gives bytes that have the right hash, nil where none came, and what came of each address.
func (r *Reader) fetchPicture(ctx context.Context, file article.Rendition, plan *mirror.Plan) (body []byte, attempts []mirror.Attempt) {
	got, err := mirror.Get(ctx, r.ports.Fetcher, plan, mirror.Listener{
		Accept: func(_ int, files mirror.Files) error {
			came, err := files.Document()
			if err == nil {
				err = checkPicture(came, file)
			}
			if err == nil {
				body = came
			}
			return err
		},
		Trace: func(mirror.Attempt) {},
		Tell:  func() {},
	})
	var failed *mirror.AllFailed
	if errors.As(err, &failed) {
		return nil, failed.Attempts
	}
	return body, got.Attempts
}

// pictureOnShelf gives the first of these sizes that was kept and has the right bytes, nil where there is none.
func (r *Reader) pictureOnShelf(ctx context.Context, sizes []article.Rendition) (body []byte, file article.Rendition) {
	_ = r.onShelf(ctx, func(ctx context.Context, s *shelf.Shelf) (err error) {
		for _, size := range sizes {
			var record shelf.Record
			if name := nameOf(size); name != "" && body == nil {
				if record, err = s.Open(ctx, name); err == nil && checkPicture(record.Body, size) == nil {
					body, file = record.Body, size
				}
			}
		}
		return err
	})
	return body, file
}

// otherSizes are those of the same picture.
func (r *Reader) otherSizes(name string) (others []article.Rendition) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.gallery.article == nil {
		return nil
	}
	eachPicture(r.gallery.article, func(im *article.Image) {
		sizes := sizesOf(im)
		if slices.ContainsFunc(sizes, func(file article.Rendition) bool { return nameOf(file) == name }) {
			others = append(others, sizes...)
		}
	})
	return others
}

// keepPicture puts the bytes of a picture onto the shelf, beside the article: what no article there names would not stay.
func (r *Reader) keepPicture(ctx context.Context, file article.Rendition, body []byte) {
	if body == nil {
		return
	}
	ctx = context.WithoutCancel(ctx)
	r.awaitPlace(ctx)
	record := shelf.Record{Body: body}
	record.Key, record.Part = nameOf(file), true
	_ = r.onShelf(ctx, func(ctx context.Context, s *shelf.Shelf) error { return s.Keep(ctx, now(), record) })
}
