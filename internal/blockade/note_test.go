package blockade

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	riverHash = "46f066e5c926df247e4dd38a326d3624bd92543ed92d2db78c9b0878874a2871"
	lakeHash  = "0e0f9d4a0d8dbd0a7b35a5eb9ecf51b4a53d5a3b2a5a1d9c9e7f7b6f5e4d3c2b"

	feedNote = "byway/v1/feed\n" + `{"site":"news.example","version":19,"root":2,"items":[{"p":"2026/river","h":"` + riverHash + `","n":77},{"p":"lake","h":"` + lakeHash + `","n":78}]}` +
		"\n\n— news.example/feed1 XCa/sXT5\n— news.example/feed2 AAAA\n"
	rootNote = "byway/v1/root\n" + `{"site":"news.example","version":2,"root_keys":[]}` + "\n\n— news.example/root1 dAoI\n"
	photo    = "\xff\xd8\xff\xe0 one two \xff\xd9"
)

// signedTree is what a publisher has who signs.
var signedTree = fstest.MapFS{
	"p/feed.note":                {Data: []byte(feedNote)},
	"p/root/current.note":        {Data: []byte(rootNote)},
	"p/a/2026/river.json":        {Data: []byte(`{"id":"river"}`)},
	"p/a/lake.json":              {Data: []byte(`{"id":"lake"}`)},
	"p/b/" + riverHash + ".json": {Data: []byte(`{"id":"river"}`)},
	"p/b/" + lakeHash + ".json":  {Data: []byte(`{"id":"lake"}`)},
	"p/b/" + riverHash:           {Data: []byte(photo)},
}

func startSigned(t *testing.T) *Server {
	s, err := start("127.0.0.1:0", http.FileServerFS(signedTree), quick)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func TestAttacksOnASignedTree(t *testing.T) {
	text, _, _ := strings.Cut(feedNote, "\n\n")
	for _, c := range []struct {
		name, path string
		fault      Fault
		want       string
	}{
		{"an altered feed says another version, and keeps its signatures", "feed.note", Altered, strings.Replace(feedNote, `"version":19`, `"version":10`, 1)},
		{"an altered root too", "root/current.note", Altered, strings.Replace(rootNote, `"version":2`, `"version":3`, 1)},
		{"an altered picture has the same length", "b/" + riverHash, Altered, strings.Replace(photo, "e t", "d t", 1)},
		{"a feed that lost its signatures", "feed.note", Stripped, text + "\n"},
		{"articles are as they were then", "a/lake.json", Stripped, `{"id":"lake"}`},
		{"a feed of a stranger", "feed.note", FalseRoot, strings.Replace(text, `"root":2`, `"root":99999`, 1) +
			"\n\n— blockade.example/feed1 " + strings.Repeat("AQEB", 22) + "AQE=\n"},
		{"roots name no others", "root/current.note", FalseRoot, rootNote},
		{"another article under the path of one", "a/2026/river.json", Another, `{"id":"lake"}`},
		{"and the other way round", "a/lake.json", Another, `{"id":"river"}`},
		{"and under the hash", "b/" + lakeHash + ".json", Another, `{"id":"river"}`},
		{"the feed is right then", "feed.note", Another, feedNote},
		{"and pictures are", "b/" + riverHash, Another, photo},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := startSigned(t)
			require.NoError(t, s.SetFault(c.fault))
			answer := get(t, client(t), s.URL()+"/p/"+c.path, time.Minute)
			require.NoError(t, answer.bodyErr)
			require.Equal(t, 200, answer.status)
			require.Equal(t, "*", answer.header.Get("Access-Control-Allow-Origin"))
			require.Equal(t, c.want, string(answer.body))
		})
	}
}

func TestWhatIsNoNoteIsNotTakenForOne(t *testing.T) {
	for _, body := range []string{"", "byway/v1/feed\n", `{"root":2}` + "\n\n— x\n", "byway/v1/root\n{}\n\n— x AAAA\n"} {
		require.Equal(t, body, string(mislead([]byte(body))))
		require.NotEqual(t, body, string(alter([]byte(body))), "an altered document is never the same")
	}
}

func TestAnEarlierTreeIsServedWhole(t *testing.T) {
	earlier, s := fstest.MapFS{"p/feed.note": {Data: []byte(rootNote)}}, startSigned(t)
	s.SetEarlier(http.FileServerFS(earlier))
	c := client(t)
	read := func(path string) seen { return get(t, c, s.URL()+"/p/"+path, time.Minute) }
	require.Equal(t, feedNote, string(read("feed.note").body))
	require.NoError(t, s.SetFault(Older))
	require.Equal(t, rootNote, string(read("feed.note").body))
	require.Equal(t, "*", read("feed.note").header.Get("Access-Control-Allow-Origin"))
	require.Equal(t, http.StatusNotFound, read("a/lake.json").status, "what was not there then is not there")

	require.NoError(t, s.SetFaultFor("feed.note", Older))
	require.Equal(t, rootNote, string(read("feed.note").body))
	require.Equal(t, `{"id":"lake"}`, string(read("a/lake.json").body), "old and new parts can be mixed")
}
