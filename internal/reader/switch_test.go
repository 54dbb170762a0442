package reader_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"byway/internal/mirror"
	"byway/internal/reader"

	"github.com/stretchr/testify/require"
)

func TestTheSwitch(t *testing.T) {
	for name, test := range map[string]func(*testing.T){
		"a chosen host is the only one that is asked": func(t *testing.T) {
			d := read(t, reader.Config{}, answers(page, page, page), nil)
			d.net.takeAsked()
			require.NoError(t, d.UseMirror("m2.example.org"))
			d.settle()
			require.Equal(t, []string{"m2.example.org"}, d.net.takeAsked())
			require.Equal(t, "m2.example.org", d.State().Source)
		},
		"a chosen host that fails is not replaced by another": func(t *testing.T) {
			d := read(t, reader.Config{}, answers(page, "!", page), nil)
			d.net.takeAsked()
			require.NoError(t, d.UseMirror("m1.example.net"))
			d.settle()
			require.Equal(t, []string{"m1.example.net", "m1.example.net"}, d.net.takeAsked(), "in each round")
			require.Equal(t, reader.Stale, d.State().Phase)
			require.Equal(t, reader.ChosenFailed, d.State().Problem.Kind)
			require.Equal(t, "The river", d.State().Article.Headline)
		},
		"the text stays while another copy is on its way": func(t *testing.T) {
			d := read(t, reader.Config{}, answers(page, newer, page), nil)
			d.takeStates()
			require.NoError(t, d.UseMirror("m1.example.net"))
			d.settle()
			states := d.takeStates()
			require.NotEmpty(t, states)
			for _, s := range states {
				require.NotNil(t, s.Article)
				require.Equal(t, reader.Ready, s.Phase)
			}
			require.Equal(t, "The river rises", d.State().Article.Headline)
		},
		"a choice holds for the next article of the publisher": func(t *testing.T) {
			d := read(t, reader.Config{}, answers(page, page, page), nil)
			require.NoError(t, d.UseMirror("m1.example.net"))
			d.settle()
			next := read(t, reader.Config{Src: "https://news.example/a/hill.json", Mirrors: mirrors}, answers(another, another, another), d.memory)
			require.Equal(t, []string{"m1.example.net"}, next.net.takeAsked())
			require.Equal(t, "m1.example.net", next.State().Choice)
		},
		"a choice made elsewhere on the page holds for the next reading": func(t *testing.T) {
			m := &memory{}
			one := read(t, reader.Config{}, answers(page, page, page), m)
			other := read(t, reader.Config{}, answers(page, page, page), m)
			require.NoError(t, one.UseMirror("m1.example.net"))
			one.settle()
			other.net.takeAsked()
			other.Reload()
			other.settle()
			require.Equal(t, []string{"m1.example.net"}, other.net.takeAsked())
		},
		"automatic, chosen before anything is read, undoes what is remembered": func(t *testing.T) {
			m := remembering("m1.example.net")
			n := answers(page, page, page)
			n.delay = time.Second // so that nothing is read before the choice
			d := start(t, reader.Config{}, n, m)
			require.NoError(t, d.UseMirror(""))
			d.settle()
			require.Equal(t, "news.example", d.State().Source)
		},
		"a choice says nothing about another publisher": func(t *testing.T) {
			d := read(t, reader.Config{}, answers(page, page, page), nil)
			require.NoError(t, d.UseMirror("m1.example.net"))
			d.settle()
			other := read(t, reader.Config{Src: "https://m2.example.org/a.json", Mirrors: "https://m1.example.net/"}, answers(another, another, another), d.memory)
			require.Empty(t, other.State().Choice)
		},
		"a choice made elsewhere holds also for a reader that chose before": func(t *testing.T) {
			m := &memory{}
			one := read(t, reader.Config{}, answers(page, page, page), m)
			other := read(t, reader.Config{}, answers(page, page, page), m)
			require.NoError(t, other.UseMirror("m2.example.org"))
			other.settle()
			require.NoError(t, one.UseMirror("m1.example.net"))
			one.settle()
			other.net.takeAsked()
			other.Reload()
			other.settle()
			require.Equal(t, []string{"m1.example.net"}, other.net.takeAsked())
		},
		"forgetting in one reader undoes the choice of the others": func(t *testing.T) {
			m := &memory{}
			one := read(t, reader.Config{}, answers(page, page, page), m)
			other := read(t, reader.Config{}, answers(page, page, page), m)
			require.NoError(t, other.UseMirror("m2.example.org"))
			other.settle()
			require.NoError(t, one.Forget(t.Context()))
			other.Reload()
			other.settle()
			require.Empty(t, other.State().Choice)
		},
		"a reader that is told of it adds nothing that was under way": func(t *testing.T) {
			d := start(t, reader.Config{}, answers("?", page, page), nil)
			time.Sleep(100 * time.Millisecond)
			d.Forgotten()
			d.settle()
			require.Equal(t, reader.Ready, d.State().Phase)
			require.NotContains(t, d.memory.stored(), "m1.example.net")
		},
		"a wrong copy from elsewhere does not lock out the address that is chosen": func(t *testing.T) {
			d := read(t, reader.Config{}, answers("!", another, "!"), nil)
			require.Equal(t, "The hill", d.State().Article.Headline)
			d.net.set("m2.example.org", page)
			require.NoError(t, d.UseMirror("m2.example.org"))
			d.settle()
			require.Equal(t, "The river", d.State().Article.Headline)
		},
		"nor the publisher's own": func(t *testing.T) {
			d := read(t, reader.Config{}, answers("!", strings.Replace(newer, "2031-04-18", "2049-04-18", 1), "!"), nil)
			d.net.set("m1.example.net", "!")
			d.net.set("news.example", page)
			d.Reload()
			d.settle()
			require.Equal(t, "The river", d.State().Article.Headline)
			require.Equal(t, "news.example", d.State().Source)
		},
		"of two choices the newer is kept, though the older is written later": func(t *testing.T) {
			d := read(t, reader.Config{}, answers(page, page, page), nil)
			d.memory.delay = time.Second
			go func() { _ = d.UseMirror("m1.example.net") }()
			synctest.Wait()
			require.NoError(t, d.UseMirror("m2.example.org"))
			time.Sleep(2 * time.Second)
			require.Contains(t, d.memory.stored(), `"choice":"https://m2.example.org/p/"`)
		},
		"a choice is undone in one step": func(t *testing.T) {
			d := read(t, reader.Config{}, answers(page, page, page), nil)
			require.NoError(t, d.UseMirror("m1.example.net"))
			d.settle()
			d.net.set("m1.example.net", "!")
			require.NoError(t, d.UseMirror(""))
			d.settle()
			require.Equal(t, "news.example", d.State().Source, "what delivered last was asked first, and is not the only one")
			next := read(t, reader.Config{}, answers(page, page, page), d.memory)
			require.Empty(t, next.State().Choice)
		},
		"forgetting removes the choice": func(t *testing.T) {
			d := read(t, reader.Config{}, answers(page, page, page), nil)
			require.NoError(t, d.UseMirror("m1.example.net"))
			d.settle()
			require.NoError(t, d.Forget(t.Context()))
			require.Empty(t, d.State().Choice)
			require.Empty(t, d.memory.stored())
		},
		"a host that is no address of the article cannot be chosen": func(t *testing.T) {
			d := read(t, reader.Config{}, answers(page, page, page), nil)
			require.ErrorContains(t, d.UseMirror("evil.example"), "evil.example")
			require.Empty(t, d.State().Choice)
		},
		"a remembered host that the page no longer lists is passed over": func(t *testing.T) {
			m := remembering("gone.example")
			d := read(t, reader.Config{}, answers(page, page, page), m)
			require.Empty(t, d.State().Choice)
			require.Equal(t, reader.Ready, d.State().Phase)
		},
		"a storage that fails costs the memory and nothing else": func(t *testing.T) {
			m := &memory{err: errors.New("full")}
			d := read(t, reader.Config{}, answers(page, page, page), m)
			require.NoError(t, d.UseMirror("m1.example.net"))
			d.settle()
			require.Equal(t, "m1.example.net", d.State().Source)
		},
		"a choice during a read ends that read": func(t *testing.T) {
			d := start(t, reader.Config{}, answers("?", "?", "?"), nil)
			synctest.Wait()
			d.net.set("m2.example.org", page)
			require.NoError(t, d.UseMirror("m2.example.org"))
			d.settle()
			require.Equal(t, "m2.example.org", d.State().Source)
			require.Equal(t, mirror.Aborted, d.Trace()[0].Outcome)
		},
	} {
		t.Run(name, func(t *testing.T) { synctest.Test(t, test) })
	}
}

// remembering is a memory with a choice that was made just now.
func remembering(choice string) *memory {
	return &memory{record: fmt.Appendf(nil, `{"publishers":[{"site":"https://news.example","at":%d,"choice":%q}]}`, time.Now().UnixMilli(), choice)}
}

func TestReadingAgain(t *testing.T) {
	for name, test := range map[string]func(*testing.T){
		"a newer revision replaces the copy at hand": func(t *testing.T) {
			d := read(t, reader.Config{}, answers(page, page, page), nil)
			d.net.set("news.example", newer)
			d.Reload()
			d.settle()
			require.Equal(t, "The river rises", d.State().Article.Headline)
		},
		"an older revision does not": func(t *testing.T) {
			d := read(t, reader.Config{}, answers(newer, page, "!"), nil)
			d.net.set("news.example", page)
			d.Reload()
			d.settle()
			require.Equal(t, reader.Stale, d.State().Phase)
			require.Equal(t, "The river rises", d.State().Article.Headline)
			require.Equal(t, mirror.Older, d.State().Addresses[0].Outcome)
		},
		"another article under the same address does not": func(t *testing.T) {
			d := read(t, reader.Config{}, answers(page, page, page), nil)
			d.net.set("news.example", another)
			d.Reload()
			d.settle()
			require.Equal(t, "The river", d.State().Article.Headline)
			require.Equal(t, "m1.example.net", d.State().Source)
			require.Equal(t, mirror.Wrong, d.State().Addresses[0].Outcome)
		},
		"a failure leaves the copy at hand, as stale": func(t *testing.T) {
			d := read(t, reader.Config{}, answers(page, "!", "!"), nil)
			d.net.set("news.example", "!")
			d.Reload()
			d.settle()
			require.Equal(t, reader.Stale, d.State().Phase)
			require.Equal(t, "The river", d.State().Article.Headline)
		},
		"after nothing answered, trying again finds what answers now": func(t *testing.T) {
			d := read(t, reader.Config{}, answers("!", "!", "!"), nil)
			require.Equal(t, reader.Blocked, d.State().Phase)
			d.net.set("m1.example.net", page)
			d.Reload()
			d.settle()
			require.Equal(t, reader.Ready, d.State().Phase)
			require.Nil(t, d.State().Problem)
		},
	} {
		t.Run(name, func(t *testing.T) { synctest.Test(t, test) })
	}
}

func TestWhatIsSaidOfEachAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := read(t, reader.Config{}, answers(block, "404", page), nil)
		rows := d.State().Addresses
		require.Len(t, rows, 3)
		require.Equal(t, mirror.Wrong, rows[0].Outcome)
		require.Equal(t, mirror.Missing, rows[1].Outcome)
		require.Equal(t, 404, rows[1].Status)
		require.Equal(t, mirror.Accepted, rows[2].Outcome)
		require.Equal(t, "https://m2.example.org/p/a/river.json", rows[2].URL)
		for _, row := range rows {
			require.False(t, row.At.IsZero())
		}
		require.Len(t, d.Trace(), 3)
		require.EqualValues(t, len(page), d.Trace()[2].Bytes)
	})
}

func TestAddressesThatCannotBeUsedAreNamed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := read(t, reader.Config{Src: src, Mirrors: "http://m1.example.net/ nonsense https://m2.example.org/p/"}, answers("!", page, page), nil)
		require.Equal(t, "m2.example.org", d.State().Source)
		require.Len(t, d.State().Ignored, 2)
		require.Contains(t, d.State().Ignored[0], "m1.example.net")
	})
}

func TestPicturesComeFromTheAddressThatServedTheArticle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := read(t, reader.Config{}, answers("!", "!", page), nil)
		require.Equal(t, "https://m2.example.org/p/i/raft.jpg", d.at("https://news.example/i/raft.jpg"))
		require.Equal(t, "https://media.example/raft.jpg", d.at("https://media.example/raft.jpg"))

		require.NoError(t, d.UseMirror("m1.example.net"))
		d.settle()
		require.Equal(t, "https://m1.example.net/i/raft.jpg", d.at("https://news.example/i/raft.jpg"), "the chosen one, even though it fails")
		require.Equal(t, "needs-tap", d.at("https://media.example/raft.jpg"), "it would be a request to another host")
	})
}

func TestEachAddressHasThePageForPeople(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := read(t, reader.Config{}, answers("!", "!", page), nil)
		require.Equal(t, "https://m2.example.org/p/river", d.State().Addresses[2].Page)
	})
}

func TestAFaultOfOursIsAState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := start(t, reader.Config{}, answers("!", "!", "!"), nil)
		d.setOnline(func() bool { panic("torn") })
		d.settle()
		require.Equal(t, reader.Refused, d.State().Phase)
		require.Equal(t, reader.Broken, d.State().Problem.Kind)
		require.Contains(t, d.State().Problem.Detail, "torn")
	})
}
