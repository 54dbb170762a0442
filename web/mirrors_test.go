package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"byway/internal/blockade"

	"github.com/stretchr/testify/require"
)

// story is a small article with what the tests look for. %[1]s is the publisher's own address.
const story = `{"version":"byway-article/1","id":"urn:example:ferry","inLanguage":"en","url":"%[1]s/ferry",
"sections":[{"name":"News","url":"%[1]s/news"},{"name":"Coast","url":"%[1]s/coast"},{"name":"Ferries"}],
"headline":"The night ferry sails again","description":"After two winters, the harbour lights are back on.",
"byline":"Mara Quill","datePublished":"2031-04-17T06:30:00+03:00",
"image":[{"url":"pictures/pier.png","width":1200,"height":800,"alt":"A pier at dusk","caption":"The pier, an hour before sailing.","creditText":"© Port Office"}],
"body":[{"type":"paragraph","content":["The ferry left at nine, with ",{"text":"forty","marks":["strong"]}," people and a goat. The ",{"text":"timetable","url":"https://ferries.example/timetable"}," is out."]},
{"type":"figure","image":{"url":"pictures/deck.png","width":900,"height":600,"alt":"Empty deck chairs","caption":"Chairs on the upper deck.","creditText":"Mara Quill"}},
{"type":"paragraph","content":"%[2]s"}],
"publisher":{"name":"Harbour Post","url":"%[1]s/"},
"alternates":[{"type":"onion","name":"Onion service","url":"http://harbourpostharbourpost.onion/ferry"}],
"channels":[{"type":"telegram","name":"Harbour Post on Telegram","url":"https://t.me/harbour_post_example"}]}`

// headers are those of the newest request for each path.
var headers sync.Map

// mirrors are loopback addresses that hold the same tree. The first is the publisher's own.
type mirrors []*blockade.Server

// startMirrors starts n addresses with the story at /a/ferry.json and two pictures.
func startMirrors(t testing.TB, n int) mirrors {
	t.Helper()
	var m mirrors
	for range n {
		s, err := blockade.Start("127.0.0.1:0", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { m.serve(w, r) }))
		require.NoError(t, err)
		t.Cleanup(func() { _ = s.Close() })
		m = append(m, s)
	}
	return m
}

func (m mirrors) serve(w http.ResponseWriter, r *http.Request) {
	headers.Store(r.URL.Path, r.Header)
	switch {
	case r.URL.Path == "/long/ferry.json":
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, m.longStory())
	case strings.HasSuffix(r.URL.Path, "/ferry.json"):
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, m.story())
	case strings.HasPrefix(r.URL.Path, "/pictures/"):
		w.Header().Set("Content-Type", "image/png")
		_, _ = w.Write(picture)
	default:
		http.NotFound(w, r)
	}
}

// story is the exact text of the article that the addresses serve. It is long enough to scroll.
func (m mirrors) story() string {
	return fmt.Sprintf(story, m.base(0), strings.Repeat("The water was flat and the engine quiet. ", 200))
}

// longStory is the same with a text that is longer than any curtain, and no two sentences alike.
func (m mirrors) longStory() string { return fmt.Sprintf(story, m.base(0), longText) }

var longText = func() string {
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&b, "Wave %d met the bow and fell back. ", i)
	}
	return strings.TrimSpace(b.String())
}()

// base is an address without the slash at its end; host is what the switch calls it.
func (m mirrors) base(i int) string { return strings.TrimSuffix(m[i].URL(), "/") }
func (m mirrors) host(i int) string { return strings.TrimPrefix(m.base(i), "http://") }

// all is every address, separated by spaces, as a policy or the attribute mirrors lists them.
func (m mirrors) all() string {
	var list []string
	for i := range m {
		list = append(list, m.base(i))
	}
	return strings.Join(list, " ")
}

// embed is the element for the story, with more attributes, and a fallback inside.
func (m mirrors) embed(attributes string) string {
	rest := strings.TrimSpace(strings.TrimPrefix(m.all(), m.base(0)))
	return fmt.Sprintf(`<byway-article src="%s/a/ferry.json" mirrors="%s" %s><a href="%[1]s/ferry">The ferry, on harbour.example</a></byway-article>`,
		m.base(0), rest, attributes)
}

// articleRequests counts the requests for the article at one address.
func (m mirrors) articleRequests(i int) int {
	n := 0
	for _, r := range m[i].Requests() {
		if strings.HasSuffix(r.Path, ".json") {
			n++
		}
	}
	return n
}
