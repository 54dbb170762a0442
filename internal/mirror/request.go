package mirror

import (
	"context"
	"fmt"
	"io"
)

// Statuses of HTTP that decide something. Package net/http has names for them, at 2 MB.
const (
	statusOK       = 200
	statusNotFound = 404
	statusGone     = 410
)

// chunk is how many bytes are read at once, at most.
const chunk = 32 << 10

// fetch gets one file in a goroutine of its own and tells of it until ctx ends.
func (r *race) fetch(ctx context.Context, q *request, file int, part Part) {
	end := event{request: q, file: file, ended: true}
	defer func() {
		end.fault = recover()
		r.tell(ctx, end)
	}()
	end.body, end.err = r.read(ctx, q.base+part.Path, part.Limit, event{request: q, file: file})
}

// read gives the body of an answer with status 200, up to a little beyond the limit, and none of any other.
func (r *race) read(ctx context.Context, url string, limit int64, so event) ([]byte, error) {
	response, err := r.fetcher.Fetch(ctx, url)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	so.status = response.Status
	r.tell(ctx, so)
	if response.Status != statusOK {
		return nil, nil
	}
	so.status = 0
	return r.readBody(ctx, response.Body, limit, so)
}

// readBody stops at the limit while the bytes come: of a body that unpacks to gigabytes no more than a chunk is lost.
func (r *race) readBody(ctx context.Context, from io.Reader, limit int64, so event) ([]byte, error) {
	var body []byte
	buffer := make([]byte, chunk)
	for {
		n, err := from.Read(buffer)
		body = append(body, buffer[:n]...)
		if n > 0 {
			so.bytes = n
			r.tell(ctx, so)
		}
		switch {
		case int64(len(body)) > limit || err == io.EOF:
			return body, nil
		case err != nil:
			return nil, fmt.Errorf("body: after %d bytes: %w", len(body), err)
		}
	}
}

func (r *race) tell(ctx context.Context, e event) {
	select {
	case r.events <- e:
	case <-ctx.Done():
	}
}
