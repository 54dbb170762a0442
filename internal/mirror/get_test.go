package mirror

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// good is the document that everybody wants.
const good = `{"headline":"The river"}`

// answer is how a host of a test behaves: the time to headers, the status, and the body, of durations to wait, strings
// and errors. Status 0 with an error is a request that fails, without one a request that hangs.
type answer struct {
	after  time.Duration
	status int
	body   []any
	err    error
}

var (
	healthy   = answer{after: 100 * time.Millisecond, status: 200, body: []any{good}}
	refused   = answer{after: 20 * time.Millisecond, err: errors.New("connection refused")}
	silent    = answer{after: time.Hour}
	blockPage = answer{after: 30 * time.Millisecond, status: 200, body: []any{"<!doctype html><p>This page is not for you."}}
)

// world is a Fetcher with one host for each letter.
type world struct {
	hosts map[string]answer
	mu    sync.Mutex
	asked []string
	open  atomic.Int32 // requests and bodies that were not ended
}

var _ Fetcher = (*world)(nil)

func (w *world) Fetch(ctx context.Context, url string) (*Response, error) {
	host := strings.TrimSuffix(strings.TrimPrefix(url, "https://"), "/doc.json")
	w.mu.Lock()
	w.asked = append(w.asked, host)
	w.mu.Unlock()
	a := w.hosts[host]
	w.open.Add(1)
	if err := sleep(ctx, a.after); err != nil || a.status == 0 {
		w.open.Add(-1)
		return nil, cmp.Or(err, a.err)
	}
	return &Response{Status: a.status, Body: &scripted{ctx, w, a.body}}, nil
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

type scripted struct {
	ctx   context.Context
	world *world
	steps []any
}

func (s *scripted) Read(p []byte) (int, error) {
	for len(s.steps) > 0 {
		step := s.steps[0]
		s.steps = s.steps[1:]
		switch step := step.(type) {
		case time.Duration:
			if err := sleep(s.ctx, step); err != nil {
				return 0, err
			}
		case error:
			return 0, step
		case string:
			n := copy(p, step)
			if rest := step[n:]; rest != "" {
				s.steps = append([]any{rest}, s.steps...)
			}
			return n, s.ctx.Err()
		}
	}
	return 0, cmp.Or(s.ctx.Err(), io.EOF)
}

func (s *scripted) Close() error {
	s.world.open.Add(-1)
	return nil
}

// acceptGood takes the document and nothing else.
func acceptGood(_ int, files Files) error {
	body, err := files.Document()
	switch {
	case err != nil:
		return err
	case bytes.Equal(body, []byte(good)):
		return nil
	case bytes.HasPrefix(body, []byte("altered")):
		return fmt.Errorf("hash: %w", ErrAltered)
	case bytes.HasPrefix(body, []byte("older")):
		return fmt.Errorf("modified: %w", ErrOlder)
	}
	return errors.New("not an article")
}

// ask is Get for one round, with nothing known.
func ask(ctx context.Context, f Fetcher, set Set, accept func(int, Files) error, trace func(Attempt)) (Result, error) {
	policy := DefaultPolicy()
	policy.Rounds = 1
	return Get(ctx, f, NewPlan(set, policy, Known{}, time.Now()), Listener{Accept: accept, Trace: trace, Tell: func() {}})
}

func after(d time.Duration, text string) []any { return []any{d, text} }

func TestGetEndsWithTheFirstRightBody(t *testing.T) {
	trickle := []any{}
	for range 600 {
		trickle = append(trickle, time.Second, "{")
	}
	for _, test := range []struct {
		name  string
		hosts map[string]answer
		from  string        // who delivers
		in    time.Duration // after how long
		asked string
	}{
		{"a healthy first address is the only one asked", map[string]answer{"a": healthy, "b": healthy}, "a", 100 * time.Millisecond, "a"},
		{"a refusal costs its own time only", map[string]answer{"a": refused, "b": healthy}, "b", 120 * time.Millisecond, "ab"},
		{"silence costs the patience", map[string]answer{"a": silent, "b": healthy}, "b", 900 * time.Millisecond, "ab"},
		{"three silent addresses do not hold up the fourth", map[string]answer{"a": silent, "b": silent, "c": silent, "d": healthy}, "d", 1852 * time.Millisecond, "abcd"},
		{"a block page with status 200 does not win", map[string]answer{"a": blockPage, "b": healthy}, "b", 130 * time.Millisecond, "ab"},
		{"headers and then nothing", map[string]answer{"a": {after: 100 * time.Millisecond, status: 200, body: []any{time.Hour}}, "b": healthy}, "b", 950 * time.Millisecond, "ab"},
		{"16 KB and then nothing", map[string]answer{"a": {status: 200, body: []any{strings.Repeat("x", 16<<10), time.Hour}}, "b": healthy}, "b", 850 * time.Millisecond, "ab"},
		{"a trickle", map[string]answer{"a": {status: 200, body: trickle}, "b": healthy}, "b", 850 * time.Millisecond, "ab"},
		{"cut before the end", map[string]answer{"a": {status: 200, body: []any{"{", io.ErrUnexpectedEOF}}, "b": healthy}, "b", 110 * time.Millisecond, "ab"},
		{"longer than the limit, without end", map[string]answer{"a": {status: 200, body: []any{strings.Repeat("x", 2<<20+1), time.Hour}}, "b": healthy}, "b", 110 * time.Millisecond, "ab"},
		{"an answer of another status is not read", map[string]answer{"a": {status: 451, body: []any{time.Hour, good}}, "b": healthy}, "b", 110 * time.Millisecond, "ab"},
		{"a slow address wins when the next ones are worse", map[string]answer{"a": {after: 2 * time.Second, status: 200, body: []any{good}}, "b": silent, "c": refused}, "a", 2 * time.Second, "abc"},
		{"the first whole body wins, not the first headers", map[string]answer{"a": {after: 850 * time.Millisecond, status: 200, body: after(time.Second, good)}, "b": healthy}, "b", 900 * time.Millisecond, "ab"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &world{hosts: test.hosts}
				set := lettered(t, strings.Split("abcd"[:len(test.hosts)], ""))
				begin := time.Now()
				result, err := ask(t.Context(), w, set, acceptGood, func(Attempt) {})
				require.NoError(t, err)
				require.Equal(t, test.in, time.Since(begin))
				require.Zero(t, w.open.Load(), "requests left behind")
				require.Equal(t, test.from, set.Address(result.Index).Host)
				require.Equal(t, test.from, result.Attempt.Host)
				require.Equal(t, Accepted, result.Attempt.Outcome)
				require.EqualValues(t, len(good), result.Attempt.Bytes)
				require.Equal(t, test.asked, strings.Join(w.asked, ""))
			})
		})
	}
}

func TestGetClassesWhatFailed(t *testing.T) {
	body := func(s string) answer { return answer{status: 200, body: []any{s}} }
	for _, test := range []struct {
		name    string
		answer  answer
		outcome Outcome
		status  int
		bytes   int64
		says    string
		in      time.Duration
	}{
		{"refused", refused, Unanswered, 0, 0, "connection refused", 20 * time.Millisecond},
		{"silent", silent, Unanswered, 0, 0, "no headers within 10s", 10 * time.Second},
		{"headers, then silence", answer{status: 200, body: []any{time.Hour}}, Unanswered, 200, 0, "no byte for 10s", 10 * time.Second},
		{"a byte each nine seconds", answer{status: 200, body: []any{"x", 9 * time.Second, "x", 9 * time.Second, "x", 9 * time.Second, "x", time.Hour}}, Unanswered, 200, 4, "not complete within 30s", 30 * time.Second},
		{"cut", answer{status: 200, body: []any{"12345", io.ErrUnexpectedEOF}}, Unanswered, 200, 5, "body: after 5 bytes: unexpected EOF", 0},
		{"too long", body(strings.Repeat("x", 2<<20+1)), Wrong, 200, 2<<20 + 1, "body: longer than 2097152 bytes", 0},
		{"empty", body(""), Wrong, 200, 0, "not an article", 0},
		{"a block page", blockPage, Wrong, 200, 43, "not an article", 30 * time.Millisecond},
		{"altered", body("altered"), Altered, 200, 7, "hash: not the bytes that were vouched for", 0},
		{"older", body("older"), Older, 200, 5, "modified: older than the copy at hand", 0},
		{"not there", answer{status: 404, body: []any{good}}, Missing, 404, 0, "answered with status 404: not there", 0},
		{"gone", answer{status: 410, body: []any{good}}, Missing, 410, 0, "answered with status 410: not there", 0},
		{"forbidden", answer{status: 403, body: []any{good}}, Wrong, 403, 0, "answered with status 403", 0},
		{"overloaded", answer{status: 503, body: []any{good}}, Wrong, 503, 0, "answered with status 503", 0},
		{"a part", answer{status: 206, body: []any{good}}, Wrong, 206, 0, "answered with status 206", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &world{hosts: map[string]answer{"a": test.answer}}
				begin := time.Now()
				_, err := ask(t.Context(), w, lettered(t, []string{"a"}), acceptGood, func(Attempt) {})
				var failed *AllFailed
				require.ErrorAs(t, err, &failed)
				require.ErrorContains(t, err, "a: "+test.says)
				require.Zero(t, w.open.Load(), "requests left behind")
				require.Len(t, failed.Attempts, 1)
				a := failed.Attempts[0]
				require.EqualError(t, a.Err, test.says)
				require.Equal(t, test.status != 0, !a.Headers.IsZero())
				require.Equal(t, Attempt{
					Host: "a", URL: "https://a/doc.json", Round: 1, Start: begin, Headers: a.Headers, End: begin.Add(test.in),
					Outcome: test.outcome, Status: test.status, Bytes: test.bytes, Err: a.Err,
				}, a)
			})
		})
	}
}

func TestGetTakesABodyOfExactlyTheLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		body := strings.Repeat("x", 2<<20)
		w := &world{hosts: map[string]answer{"a": {status: 200, body: []any{body}}}}
		accept := func(_ int, files Files) error {
			got, err := files.Document()
			require.NoError(t, err)
			require.Equal(t, body, string(got))
			return nil
		}
		_, err := ask(t.Context(), w, lettered(t, []string{"a"}), accept, func(Attempt) {})
		require.NoError(t, err)
	})
}

func TestGetTracesEveryAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{hosts: map[string]answer{
			"a": silent, "b": silent, "c": silent, "d": {after: 300 * time.Millisecond, status: 451},
			"e": {after: 600 * time.Millisecond, status: 200, body: []any{good}},
		}}
		var lines []string
		begin := time.Now()
		trace := func(a Attempt) {
			if a.Host == "d" && a.End.IsZero() {
				synctest.Wait()
				require.EqualValues(t, 2, w.open.Load(), "the request that gave way must end at once")
			}
			lines = append(lines, fmt.Sprint(time.Since(begin), " ", a.Host, " ", a.Outcome, " ", a.Status, " ", a.Err))
		}
		_, err := ask(t.Context(), w, lettered(t, strings.Split("abcde", "")), acceptGood, trace)
		require.NoError(t, err)
		require.Equal(t, []string{
			"0s a running 0 <nil>",
			"800ms b running 0 <nil>",
			"1.36s c running 0 <nil>",
			"1.752s a unanswered 0 gave way to the next address: no answer yet, or too slow a one",
			"1.752s d running 0 <nil>",
			"2.052s d wrong 451 answered with status 451",
			"2.052s e running 0 <nil>",
			"2.652s e running 200 <nil>",
			"2.652s e accepted 200 <nil>",
			"2.652s b unanswered 0 no answer before another address had delivered",
			"2.652s c unanswered 0 no answer before another address had delivered",
		}, lines)
	})
}

func TestGetHearsNothingOfARequestThatGaveWay(t *testing.T) {
	for range 100 { // whether the word or the time to give way is seen first is left to chance
		synctest.Test(t, func(t *testing.T) {
			late := answer{after: 1752 * time.Millisecond, status: 200, body: []any{good}}
			w := &world{hosts: map[string]answer{"a": late, "b": silent, "c": silent, "d": healthy}}
			ended := make(map[string]bool)
			_, err := ask(t.Context(), w, lettered(t, strings.Split("abcd", "")), acceptGood, func(a Attempt) {
				require.False(t, ended[a.Host], "%s is told after its end", a.Host)
				ended[a.Host] = !a.End.IsZero()
			})
			require.NoError(t, err)
		})
	}
}

func TestGetEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{hosts: map[string]answer{"a": silent, "b": {status: 200, body: []any{"{", time.Hour}}}}
		ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
		defer stop()
		var ended []Attempt
		begin := time.Now()
		_, err := ask(ctx, w, lettered(t, []string{"a", "b"}), acceptGood, func(a Attempt) {
			if a.Outcome != Running {
				ended = append(ended, a)
			}
		})
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, 2*time.Second, time.Since(begin))
		require.Zero(t, w.open.Load(), "requests left behind")
		require.Len(t, ended, 2)
		for i, a := range ended {
			require.Equal(t, "ab"[i:i+1], a.Host)
			require.Equal(t, Aborted, a.Outcome)
			require.ErrorIs(t, a.Err, context.DeadlineExceeded)
			require.Equal(t, begin.Add(2*time.Second), a.End)
		}
	})
}

func TestGetAsksNobodyWithAContextThatHasEnded(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	w := &world{hosts: map[string]answer{"a": healthy}}
	_, err := ask(ctx, w, lettered(t, []string{"a"}), acceptGood, func(Attempt) {})
	require.ErrorIs(t, err, context.Canceled)
	require.Empty(t, w.asked)
}

func TestGetWithoutAddresses(t *testing.T) {
	_, err := ask(t.Context(), new(world), Set{}, acceptGood, func(Attempt) {})
	var failed *AllFailed
	require.ErrorAs(t, err, &failed)
	require.Empty(t, failed.Attempts)
	require.EqualError(t, err, "no address delivered the document")
}

func TestGetPassesAPanicOfTheFetcherOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{hosts: map[string]answer{"a": silent}}
		f := FetcherFunc(func(ctx context.Context, url string) (*Response, error) {
			if strings.Contains(url, "b") {
				panic("a fault of the fetcher")
			}
			return w.Fetch(ctx, url)
		})
		require.PanicsWithValue(t, "a fault of the fetcher", func() {
			_, _ = ask(t.Context(), f, lettered(t, []string{"a", "z.b"}), acceptGood, func(Attempt) {})
		})
		require.Zero(t, w.open.Load(), "requests left behind")
	})
}

func TestGetLeavesNothingBehindWhenAcceptPanics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{hosts: map[string]answer{"a": silent, "b": healthy}}
		require.Panics(t, func() {
			_, _ = ask(t.Context(), w, lettered(t, []string{"a", "b"}), func(int, Files) error { panic("fault") }, func(Attempt) {})
		})
		require.Zero(t, w.open.Load(), "requests left behind")
	})
}

func TestGetTakesTheLimitsOfItsPolicy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		policy := DefaultPolicy()
		policy.MaxBytes = int64(len(good)) - 1
		w := &world{hosts: map[string]answer{"a": healthy}}
		plan := NewPlan(lettered(t, []string{"a"}), policy, Known{}, time.Now())
		_, err := Get(t.Context(), w, plan, Listener{Accept: acceptGood, Trace: func(Attempt) {}, Tell: func() {}})
		require.ErrorContains(t, err, "body: longer than 23 bytes")
	})
}

func TestGetAsksOnceMoreWhatDidNotAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{hosts: map[string]answer{"a": refused, "b": blockPage, "c": {after: 12 * time.Second, status: 200, body: []any{good}}}}
		var told time.Duration
		begin := time.Now()
		plan := NewPlan(lettered(t, strings.Split("abc", "")), DefaultPolicy(), Known{}, begin)
		result, err := Get(t.Context(), w, plan, Listener{Accept: acceptGood, Trace: func(Attempt) {}, Tell: func() { told = time.Since(begin) }})
		require.NoError(t, err)
		require.Equal(t, "abcac", strings.Join(w.asked, ""), "the block page would come again")
		require.Equal(t, "c", result.Attempt.Host)
		require.Equal(t, 2, result.Attempt.Round)
		require.Len(t, result.Attempts, 5)
		require.Equal(t, 10*time.Second, told)
	})
}

func TestAnAddressThatIsSlowToAnswerIsHeardThoughAllOthersAreSilent(t *testing.T) {
	for _, after := range []time.Duration{3300, 4500, 6000} {
		synctest.Test(t, func(t *testing.T) {
			w := &world{hosts: map[string]answer{"a": {after: after * time.Millisecond, status: 200, body: []any{good}}}}
			for _, host := range strings.Split("bcdefghij", "") {
				w.hosts[host] = silent
			}
			plan := NewPlan(lettered(t, strings.Split("abcdefghij", "")), DefaultPolicy(), Known{}, time.Now())
			begin := time.Now()
			result, err := Get(t.Context(), w, plan, Listener{Accept: acceptGood, Trace: func(Attempt) {}, Tell: func() {}})
			require.NoError(t, err)
			require.Equal(t, "a", result.Attempt.Host)
			require.Less(t, time.Since(begin), 30*time.Second)
		})
	}
}

func TestGetClassesWhatWasUnderWayWhenTheDeviceWentOffline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{hosts: map[string]answer{"a": refused, "b": silent}}
		ctx, stop := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { stop(fmt.Errorf("event: %w", ErrOffline)) })
		outcomes := map[string]Outcome{}
		_, err := ask(ctx, w, lettered(t, []string{"a", "b"}), acceptGood, func(a Attempt) { outcomes[a.Host] = a.Outcome })
		require.ErrorIs(t, err, ErrOffline)
		require.Equal(t, map[string]Outcome{"a": Unanswered, "b": Offline}, outcomes)
		require.Zero(t, w.open.Load(), "requests left behind")
	})
}
