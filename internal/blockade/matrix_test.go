package blockade

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byway/internal/mirror"
)

// browser fetches as a page does: no redirects, and nothing that the other side does not let it read.
func browser(t *testing.T) mirror.Fetcher {
	c := client(t)
	return mirror.FetcherFunc(func(ctx context.Context, url string) (*mirror.Response, error) {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return nil, err
		}
		response, err := c.Do(request)
		if err != nil {
			return nil, err
		}
		if response.StatusCode/100 == 3 || response.Header.Get("Access-Control-Allow-Origin") != "*" {
			response.Body.Close()
			return nil, errors.New("failed to fetch")
		}
		return &mirror.Response{Status: response.StatusCode, Body: response.Body}, nil
	})
}

// hasty is the default policy with a tenth of its times.
func hasty() mirror.Policy {
	p := mirror.DefaultPolicy()
	for _, d := range []*time.Duration{&p.Patience, &p.MinPatience, &p.FlowTime, &p.Headers, &p.Silence, &p.Total} {
		*d /= 10
	}
	p.FlowBytes /= 10
	return p
}

// Each fault on the first address, and on the first three of four: the right document comes, and nothing else does.
func TestMirrorsGetRoundEveryFault(t *testing.T) {
	accept := func(_ int, files mirror.Files) error {
		if body, err := files.Document(); err != nil {
			return err
		} else if !bytes.Equal(body, document) {
			return mirror.ErrAltered
		}
		return nil
	}
	listener := mirror.Listener{Accept: accept, Trace: func(mirror.Attempt) {}, Tell: func() {}}
	for _, fault := range Faults() {
		for _, broken := range []int{1, 3} {
			var servers []*Server
			mirrors := ""
			for i := range 4 {
				s := startQuick(t)
				if i < broken {
					require.NoError(t, s.SetFault(fault))
				}
				servers = append(servers, s)
				mirrors += " " + s.URL()
			}
			set, ignored, err := mirror.NewSet(servers[0].URL()+"/a/river.json", "", mirrors)
			require.NoError(t, err)
			require.Empty(t, ignored)
			require.Equal(t, 4, set.Len())
			result, err := mirror.Get(t.Context(), browser(t), mirror.NewPlan(set, hasty(), mirror.Known{}, time.Now()), listener)
			require.NoError(t, err, "%s on %d of 4", fault, broken)
			if !delivers(fault) {
				require.GreaterOrEqual(t, result.Index, broken, "%s on %d of 4", fault, broken)
			}
			for i, s := range servers {
				require.LessOrEqual(t, len(s.Requests()), 1, "%s: requests at address %d", fault, i)
			}
		}
	}
}

// delivers reports whether the document comes through a fault all the same.
func delivers(f Fault) bool {
	switch f {
	case Healthy, Throttled, Slow, DropTenth, Stripped, FalseRoot:
		return true
	}
	return false
}
