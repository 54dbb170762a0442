package survey

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byway/internal/trust"
)

// many is a press with articles that no longer fit into the feed, and lie in lists of older ones.
func many(t *testing.T) *press {
	p := newPress(t)
	for i := range 150 {
		p.write(fmt.Sprintf("%c/%d.json", 'c'+i%20, i), story(fmt.Sprintf("Archive %d", i), ""))
	}
	p.publish()
	p.copy()
	return p
}

func TestASampleAndAll(t *testing.T) {
	p := many(t)
	r, table := look(t, p.options())
	require.True(t, r.OK, table)
	require.Equal(t, 2, strings.Count(table, "\n  articles     ok       a sample of 15\n"))
	some := p.second.asked.Load()
	require.Less(t, some, int64(50), "an address is asked for little")

	o := p.options()
	o.All = true
	r, table = look(t, o)
	require.True(t, r.OK, table)
	require.Equal(t, 2, strings.Count(table, "\n  articles     ok       all 163\n"))
	require.Equal(t, 2, strings.Count(table, "\n  pictures     ok       all 2 of these articles\n"))

	// One older article is gone: a sample may miss it, and all articles do not.
	remove("a/v/19.json")(t, p.second.folder)
	r, _ = look(t, o)
	require.Equal(t, []string{"articles broken: a/v/19.json: not there"}, faults(r.Addresses[1]))
}

func TestAListOfOlderArticlesIsAltered(t *testing.T) {
	p := many(t)
	for _, name := range matches(t, p.second.folder, "b/*[0-9a-f]") {
		writeFile(t, name, "[]")
	}
	r, table := look(t, p.options())
	require.Regexp(t, `articles broken: b/[0-9a-f]+ and 4 more files: a list of older articles is altered or cut`, strings.Join(faults(r.Addresses[1]), "\n"), table)
	require.Empty(t, faults(r.Addresses[0]))
}

func TestTheSampleChangesWithTheFeedAndTheDayAndNotOtherwise(t *testing.T) {
	var names []string
	for i := range 100 {
		names = append(names, fmt.Sprint(i))
	}
	name := func(s string) string { return s }
	draw := func(version int64, now time.Time) string {
		v := &visit{survey: &survey{Options: Options{Now: now}}}
		return strings.Join(drawn(v.draw(trust.Feed{Version: version}), names, 5, name), " ")
	}
	require.Equal(t, draw(1, noon), draw(1, noon.Add(time.Hour)))
	require.NotEqual(t, draw(1, noon), draw(2, noon))
	require.NotEqual(t, draw(1, noon), draw(1, noon.AddDate(0, 0, 1)))
	require.Len(t, strings.Fields(draw(1, noon)), 5)
	require.Len(t, drawn("1", names[:3], 5, name), 3)
}

// Two addresses at one host share what may be asked of it at once.
func TestHostsAreNotPressed(t *testing.T) {
	p := newPress(t)
	p.first.spoil = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		r.URL.Path = strings.TrimPrefix(r.URL.Path, "/p")
		next.ServeHTTP(w, r)
	}
	o := p.options()
	o.Bases, o.Only, o.All, o.Parallel = []string{p.first.URL, p.first.URL + "/p"}, true, true, 2
	r, table := look(t, o)
	require.Len(t, r.Addresses, 2)
	require.True(t, r.OK, table)
	require.Greater(t, p.first.asked.Load(), int64(60))
	require.LessOrEqual(t, p.first.most.Load(), int64(2))
}

// Ctrl-C gives the table so far, and calls nothing right that was not looked at.
func TestARunThatIsStopped(t *testing.T) {
	p := newPress(t)
	ctx, stop := context.WithCancel(t.Context())
	p.first.spoil = answer("/a/", func(w http.ResponseWriter, r *http.Request) {
		stop()
		<-r.Context().Done()
	})
	o := p.options()
	o.Only = true
	r, err := Run(ctx, o)
	require.NoError(t, err)
	var table strings.Builder
	require.NoError(t, r.Write(&table))
	require.True(t, r.Stopped)
	require.False(t, r.OK)
	require.Empty(t, faults(r.Addresses[0]), "to be stopped is no fault of the address")
	require.Contains(t, table.String(), "  feed         ok ")
	require.Contains(t, table.String(), "  articles     skipped  the run was stopped\n")
	require.Contains(t, table.String(), "  element      skipped  the run was stopped\n")
	require.Contains(t, table.String(), "  CORS         skipped  the run was stopped\n")
	require.Contains(t, table.String(), "Stopped before the end")
}

func TestAddressesThatNoReaderTakes(t *testing.T) {
	for _, c := range []struct{ name, base, pin, err string }{
		{"no scheme", "news.example", "", "write it as https://news.example/"},
		{"a flag behind an address", "-json", "", "behind the flags"},
		{"not https", "http://news.example/", "", "is not https"},
		{"a user name", "https://me@news.example/", "", "user name"},
		{"a query", "https://news.example/?x", "", "query"},
		{"a pin that is none", "https://news.example/", "news.example/root1", "copy all of it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Run(t.Context(), Options{Bases: []string{c.base}, Pin: c.pin, Parallel: 1})
			require.ErrorContains(t, err, c.err)
			require.True(t, strings.HasPrefix(err.Error(), "check: "))
		})
	}
}

func TestAnAddressGivenTwiceIsAskedOnce(t *testing.T) {
	p := newPress(t)
	o := p.options()
	o.Bases = []string{p.first.URL, p.first.URL + "/"}
	r, _ := look(t, o)
	require.Len(t, r.Addresses, 2)
	require.Equal(t, p.second.URL+"/", r.Addresses[1].Base)
}

// A few bytes may unpack to any number, and are not asked for more than is needed to see that.
func TestLittleIsReadOfABomb(t *testing.T) {
	bomb := strings.NewReader(string(gzipped(make([]byte, 64<<20))))
	size := bomb.Len()
	r := &http.Response{Header: http.Header{"Content-Encoding": {"gzip"}}, Body: io.NopCloser(bomb)}
	body, _, err := read(r, 1000)
	require.ErrorIs(t, err, errTooLong)
	require.Nil(t, body)
	require.Less(t, size-bomb.Len(), 16<<10)
}

func TestNumbersInWords(t *testing.T) {
	require.Equal(t, "999 bytes", size(999))
	require.Equal(t, "41 kB", size(41_900))
	require.Equal(t, "12 MB", size(12_345_678))
}
