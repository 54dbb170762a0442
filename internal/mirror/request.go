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

// fetch runs one request in a goroutine of its own and tells of it until ctx ends.
func (r *race) fetch(ctx context.Context, q *request) {
	end := event{request: q}
	defer func() {
		end.fault = recover()
		r.tell(ctx, end)
	}()
	end.body, end.outcome, end.err = r.read(ctx, q)
}

// read gives the whole body, or how it was missed.
func (r *race) read(ctx context.Context, q *request) ([]byte, Outcome, error) {
	response, err := r.fetcher.Fetch(ctx, q.URL)
	if err != nil {
		return nil, Unanswered, err
	}
	defer response.Body.Close()
	r.tell(ctx, event{request: q, status: response.Status})
	switch response.Status {
	case statusOK:
		return r.readBody(ctx, q, response.Body)
	case statusNotFound, statusGone:
		return nil, Missing, fmt.Errorf("answered with status %d", response.Status)
	}
	return nil, Wrong, fmt.Errorf("answered with status %d", response.Status)
}

// readBody stops at the limit while the bytes come: of a body that unpacks to gigabytes no more than a chunk is lost.
func (r *race) readBody(ctx context.Context, q *request, from io.Reader) ([]byte, Outcome, error) {
	var body []byte
	buffer := make([]byte, chunk)
	for {
		n, err := from.Read(buffer)
		body = append(body, buffer[:n]...)
		if n > 0 {
			r.tell(ctx, event{request: q, bytes: n})
		}
		switch {
		case int64(len(body)) > r.plan.policy.MaxBytes:
			return nil, Wrong, fmt.Errorf("body: longer than %d bytes", r.plan.policy.MaxBytes)
		case err == io.EOF:
			return body, Accepted, nil
		case err != nil:
			return nil, Unanswered, fmt.Errorf("body: after %d bytes: %w", len(body), err)
		}
	}
}

func (r *race) tell(ctx context.Context, e event) {
	select {
	case r.events <- e:
	case <-ctx.Done():
	}
}
