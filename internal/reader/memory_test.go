package reader_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"byway/internal/mirror"
	"byway/internal/reader"

	"github.com/stretchr/testify/require"
)

// next reads another article of the same publisher with the same memory, as a page does that is opened later.
func next(t *testing.T, n *network, m *memory) *desk {
	t.Helper()
	n.takeAsked()
	return read(t, reader.Config{Src: "https://news.example/a/hill.json", Mirrors: mirrors}, n, m)
}

func TestWhatIsRememberedFromArticleToArticle(t *testing.T) {
	for name, test := range map[string]func(*testing.T, *memory){
		"an address that was silent is not asked again while another works": func(t *testing.T, m *memory) {
			read(t, reader.Config{}, answers("?", page, page), m)
			n := answers("?", another, another)
			begin := time.Now()
			d := next(t, n, m)
			require.Equal(t, "m1.example.net", d.State().Source)
			require.Equal(t, []string{"m1.example.net"}, n.takeAsked())
			require.Less(t, time.Since(begin), 200*time.Millisecond)
		},
		"the address that delivered comes first, also when the first is back": func(t *testing.T, m *memory) {
			read(t, reader.Config{}, answers("!", "!", page), m)
			n := answers(another, another, another)
			require.Equal(t, "m2.example.org", next(t, n, m).State().Source)
			require.Equal(t, []string{"m2.example.org"}, n.takeAsked())
		},
		"each row says how its address did the last time": func(t *testing.T, m *memory) {
			begin := time.Now()
			read(t, reader.Config{}, answers("?", page, page), m)
			time.Sleep(time.Minute)
			rows := next(t, answers("?", another, another), m).State().Addresses
			require.Equal(t, mirror.Unanswered, rows[0].Outcome)
			require.True(t, rows[0].LastTime)
			require.Equal(t, begin.Add(800*time.Millisecond).Unix(), rows[0].At.Unix())
			require.Equal(t, 800*time.Millisecond, rows[0].Took)
			require.Equal(t, mirror.Accepted, rows[1].Outcome)
			require.False(t, rows[1].LastTime, "it was asked for this very article")
			require.Empty(t, rows[2].Outcome)
		},
		"after a minute the address that was silent is fit again, behind the one that works": func(t *testing.T, m *memory) {
			read(t, reader.Config{}, answers("?", page, page), m)
			time.Sleep(61 * time.Second)
			n := answers(another, "!", "!")
			require.Equal(t, "news.example", next(t, n, m).State().Source)
			require.Equal(t, []string{"m1.example.net", "news.example"}, n.takeAsked())
		},
		"when nothing answers no address is blamed": func(t *testing.T, m *memory) {
			read(t, reader.Config{}, answers("!", "!", "!"), m)
			n := answers(another, another, another)
			require.Equal(t, "news.example", next(t, n, m).State().Source)
			require.Equal(t, []string{"news.example"}, n.takeAsked())
		},
		"an address that does not have one article yet is asked for the next": func(t *testing.T, m *memory) {
			read(t, reader.Config{}, answers("404", page, page), m)
			n := answers(another, "!", another)
			require.Equal(t, "news.example", next(t, n, m).State().Source)
		},
		"an altered copy keeps its address last for a day": func(t *testing.T, m *memory) {
			read(t, reader.Config{}, answers(block, page, page), m)
			time.Sleep(30 * time.Hour) // neither the winner nor what failed once counts then
			require.Equal(t, "news.example", next(t, answers(another, another, another), m).State().Source)
		},
		"the record names no article": func(t *testing.T, m *memory) {
			read(t, reader.Config{}, answers("404", block, page), m)
			require.Contains(t, m.stored(), "m2.example.org")
			for _, trace := range []string{"river", "/a/", "urn:"} {
				require.NotContains(t, m.stored(), trace)
			}
		},
		"after seven days nothing is left of it": func(t *testing.T, m *memory) {
			d := read(t, reader.Config{}, answers("?", page, page), m)
			require.NoError(t, d.UseMirror("m1.example.net"))
			d.settle()
			time.Sleep(mirror.Keep + time.Second)
			n := answers(another, another, another)
			elsewhere := read(t, reader.Config{Src: "https://other.example/a.json"}, &network{answers: map[string]string{"other.example": another}}, m)
			require.Equal(t, reader.Ready, elsewhere.State().Phase)
			require.NotContains(t, m.stored(), "news.example", "a publisher that is not read any more goes too")
			d = next(t, n, m)
			require.Empty(t, d.State().Choice)
			require.Equal(t, "news.example", d.State().Source)
		},
		"what is used stays": func(t *testing.T, m *memory) {
			d := read(t, reader.Config{}, answers(page, page, page), m)
			require.NoError(t, d.UseMirror("m1.example.net"))
			d.settle()
			for range 4 {
				time.Sleep(mirror.Keep / 2)
				require.Equal(t, "m1.example.net", next(t, answers(another, another, another), m).State().Choice)
			}
		},
		"forgetting leaves nothing, and a read that was under way adds nothing": func(t *testing.T, m *memory) {
			d := start(t, reader.Config{}, answers("?", page, page), m)
			synctest.Wait()
			time.Sleep(100 * time.Millisecond)
			require.NoError(t, d.Forget(t.Context()))
			d.settle()
			require.Equal(t, reader.Ready, d.State().Phase)
			require.Empty(t, m.stored())
			d.Reload()
			d.settle()
			require.Empty(t, m.stored(), "nothing is kept from then on")
			require.NoError(t, d.UseMirror("m2.example.org"))
			d.settle()
			require.Contains(t, m.stored(), "m2.example.org", "until somebody wants it")
		},
		"two tabs learn from each other": func(t *testing.T, m *memory) {
			one := start(t, reader.Config{}, answers("?", page, page), m)
			synctest.Wait()
			two := start(t, reader.Config{}, answers(page, page, page), m)
			synctest.Wait()
			require.NoError(t, two.UseMirror("m2.example.org"))
			one.settle()
			two.settle()
			require.Equal(t, 1, strings.Count(m.stored(), `"site"`))
			require.Contains(t, m.stored(), `"choice":"https://m2.example.org/p/"`)
			require.Contains(t, m.stored(), `"outcome":"unanswered"`)
		},
		"what is no record is as good as none": func(t *testing.T, m *memory) {
			for _, record := range []string{"{", `[]`, `{"publishers":"x"}`, `{"publishers":[{"site":"https://news.example","at":"soon","hosts":[{"host":7,"cool":1e99}]}]}`} {
				m.record = []byte(record)
				require.Equal(t, reader.Ready, next(t, answers(another, another, another), m).State().Phase, record)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { test(t, &memory{}) })
		})
	}
}

func TestThirtyTwoPublishersAreRemembered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &memory{}
		for i := range 40 {
			host := string(rune('a'+i%26)) + strings.Repeat("x", i/26) + ".example"
			read(t, reader.Config{Src: "https://" + host + "/a.json"}, &network{answers: map[string]string{host: another}}, m)
		}
		require.Equal(t, 32, strings.Count(m.stored(), `"site"`))
		require.NotContains(t, m.stored(), `"https://a.example"`, "the one that was read longest ago goes")
	})
}

// hung is a storage that never answers.
type hung struct{ asked int }

func (h *hung) Load(ctx context.Context, _ string) ([]byte, error) {
	h.asked++
	<-ctx.Done()
	return nil, ctx.Err()
}

func (h *hung) Update(ctx context.Context, _ string, _ func([]byte) []byte) error {
	h.asked++
	<-ctx.Done()
	return ctx.Err()
}
func (h *hung) Forget(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }

func TestAStorageThatHangsIsWaitedForOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		storage := &hung{}
		n := answers("?", page, page)
		d := &desk{net: n}
		d.Reader = reader.New(reader.Config{Src: src, Mirrors: mirrors}, reader.Ports{Fetcher: n, Memory: storage, Online: func() bool { return true }}, func(reader.State) {})
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); d.Run(ctx) }()
		t.Cleanup(func() { stop(); <-done })
		begin := time.Now()
		d.settle()
		require.Equal(t, reader.Ready, d.State().Phase)
		require.Less(t, time.Since(begin), 3*time.Second)
		for range 3 {
			begin = time.Now()
			n.takeAsked()
			d.Reload()
			d.settle()
			require.Less(t, time.Since(begin), 200*time.Millisecond)
			require.Equal(t, []string{"m1.example.net"}, n.takeAsked(), "what was learned here is known here")
		}
		require.Equal(t, 1, storage.asked)
	})
}
