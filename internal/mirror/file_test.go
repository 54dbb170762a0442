package mirror

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAnAddressIsAskedForSeveralFiles(t *testing.T) {
	note := func(after time.Duration, text string) answer {
		return answer{after: after, status: 200, body: []any{text}}
	}
	gone := answer{status: 404}
	for _, c := range []struct {
		name     string
		hosts    map[string]answer
		winner   string
		took     time.Duration
		outcomes string // of all attempts
	}{
		{"at once: the slower one decides when the attempt ends",
			map[string]answer{"a": healthy, "a/feed": note(300*time.Millisecond, "right")}, "a", 300 * time.Millisecond, "accepted"},
		{"what is wanted then comes from the same address",
			map[string]answer{"a": healthy, "a/feed": note(0, "more"), "a/root": note(200*time.Millisecond, "right")}, "a", 300 * time.Millisecond, "accepted"},
		{"one that is not there is for Accept to judge",
			map[string]answer{"a": healthy, "a/feed": gone, "b": healthy, "b/feed": note(0, "right")}, "b", 200 * time.Millisecond, "missing accepted"},
		{"one that does not answer ends the attempt",
			map[string]answer{"a": healthy, "a/feed": refused, "b": healthy, "b/feed": note(0, "right")}, "b", 120 * time.Millisecond, "unanswered accepted"},
		{"one that is silent is as a silent address",
			map[string]answer{"a": healthy, "a/feed": silent, "b": healthy, "b/feed": note(0, "right")}, "b", 950 * time.Millisecond, "unanswered accepted"},
		{"one that is cut ends the attempt",
			map[string]answer{"a": healthy, "a/feed": {status: 200, body: []any{"r", io.ErrUnexpectedEOF}}, "b": healthy, "b/feed": note(0, "right")}, "b", 110 * time.Millisecond, "unanswered accepted"},
		{"one that is too long is not read",
			map[string]answer{"a": healthy, "a/feed": {status: 200, body: []any{"right" + strings.Repeat("x", 99), time.Hour}}, "b": healthy, "b/feed": note(0, "right")}, "b", 200 * time.Millisecond, "wrong accepted"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := &world{hosts: c.hosts}
				begin := time.Now()
				result, err := Get(t.Context(), w, NewPlan(lettered(t, []string{"a", "b"}), DefaultPolicy(), Known{}, begin), Listener{
					Beside: []Part{{Path: "feed", Limit: 20}},
					Accept: acceptWithFeed,
					Trace:  func(Attempt) {},
				})
				require.NoError(t, err)
				require.Equal(t, c.winner, result.Attempt.Host)
				require.Equal(t, c.took, time.Since(begin))
				var outcomes []string
				for _, a := range result.Attempts {
					outcomes = append(outcomes, string(a.Outcome))
				}
				require.Equal(t, c.outcomes, strings.Join(outcomes, " "))
				require.Zero(t, w.open.Load(), "requests that go on")
			})
		})
	}
}

// acceptWithFeed takes a document beside which the feed says that it is right, or that the root will.
func acceptWithFeed(_ int, files Files) error {
	if _, err := files.Document(); err != nil {
		return err
	}
	last := files[len(files)-1]
	body, err := last.Body()
	switch {
	case err != nil:
		return err
	case string(body) == "more":
		return &More{[]Part{{Path: "root", Limit: 20}}}
	case string(body) == "right":
		return nil
	}
	return errors.New("wrong")
}

func TestTheBytesOfAllFilesCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{hosts: map[string]answer{"a": healthy, "a/feed": {after: time.Second, status: 200, body: []any{"right"}}}}
		result, err := Get(t.Context(), w, NewPlan(lettered(t, []string{"a"}), DefaultPolicy(), Known{}, time.Now()), Listener{
			Beside: []Part{{Path: "feed", Limit: 20}}, Accept: acceptWithFeed, Trace: func(Attempt) {},
		})
		require.NoError(t, err)
		require.Equal(t, int64(len(good)+len("right")), result.Attempt.Bytes)
		require.Equal(t, 100*time.Millisecond, result.Attempt.Headers.Sub(result.Attempt.Start), "the first headers are those of the attempt")
		require.Equal(t, 200, result.Attempt.Status)
		require.ElementsMatch(t, []string{"a", "a/feed"}, w.asked)
	})
}

func TestFilesAreFoundByTheirPath(t *testing.T) {
	files := Files{{Part: Part{Path: "a", Limit: 2}, status: 200, body: []byte("ok")}, {Part: Part{Path: "b"}, status: 410}}
	f, asked := files.Find("a")
	require.True(t, asked)
	body, err := f.Body()
	require.NoError(t, err)
	require.Equal(t, "ok", string(body))
	f, asked = files.Find("b")
	require.True(t, asked)
	_, err = f.Body()
	require.ErrorIs(t, err, ErrMissing)
	_, asked = files.Find("c")
	require.False(t, asked)
}
