package mirror

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNewSet(t *testing.T) {
	for _, test := range []struct {
		name               string
		src, base, mirrors string
		urls               []string
		hosts              []string
	}{
		{
			"the base is the origin of src by default",
			"https://news.example/a/river.json", "", "https://m1.example.net/ https://m2.example.org/p/",
			[]string{"https://news.example/a/river.json", "https://m1.example.net/a/river.json", "https://m2.example.org/p/a/river.json"},
			[]string{"news.example", "m1.example.net", "m2.example.org"},
		},
		{
			"a base below the origin is left out of the document's path",
			"https://news.example/tree/a/river.json", "https://news.example/tree", "https://m1.example.net/copy",
			[]string{"https://news.example/tree/a/river.json", "https://m1.example.net/copy/a/river.json"},
			[]string{"news.example", "m1.example.net"},
		},
		{
			"the query of src is kept and its fragment is not",
			"https://news.example/wp-json/wp/v2/posts/7?_embed=1#top", "", "https://m1.example.net",
			[]string{"https://news.example/wp-json/wp/v2/posts/7?_embed=1", "https://m1.example.net/wp-json/wp/v2/posts/7?_embed=1"},
			[]string{"news.example", "m1.example.net"},
		},
		{
			"the same address in other words is merged",
			"https://news.example/a.json", "HTTPS://NEWS.example:443", "https://news.example https://m.example/x/../p https://M.example/p/\n\thttps://m.example:443/p/./",
			[]string{"https://news.example/a.json", "https://m.example/p/a.json"},
			[]string{"news.example", "m.example"},
		},
		{
			"addresses on one host are told apart by their paths",
			"https://news.example/a.json", "", "https://cdn.example/one/ https://cdn.example/two/ https://cdn.example:8443/",
			[]string{"https://news.example/a.json", "https://cdn.example/one/a.json", "https://cdn.example/two/a.json", "https://cdn.example:8443/a.json"},
			[]string{"news.example", "cdn.example/one/", "cdn.example/two/", "cdn.example:8443"},
		},
		{
			"http is for loopback hosts",
			"http://localhost:8421/a.json", "", "http://m.localhost/ http://127.8.9.1:80/ http://[::1]:8422/",
			[]string{"http://localhost:8421/a.json", "http://m.localhost/a.json", "http://127.8.9.1/a.json", "http://[::1]:8422/a.json"},
			[]string{"localhost:8421", "m.localhost", "127.8.9.1", "[::1]:8422"},
		},
		{
			"an origin alone is a document too",
			"https://news.example", "", "https://m.example",
			[]string{"https://news.example/", "https://m.example/"},
			[]string{"news.example", "m.example"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			set, ignored, err := NewSet(test.src, test.base, test.mirrors)
			require.NoError(t, err)
			require.Empty(t, ignored)
			var urls, hosts []string
			for i := range set.Len() {
				urls = append(urls, set.URL(i))
				hosts = append(hosts, set.Address(i).Host)
				require.Equal(t, min(i, 1), set.Address(i).Priority, "the primary comes first, the others are equal")
				found, ok := set.ByHost(set.Address(i).Host)
				require.True(t, ok)
				require.Equal(t, i, found)
			}
			require.Equal(t, test.urls, urls)
			require.Equal(t, test.hosts, hosts)
		})
	}
}

func TestNewSetRefuses(t *testing.T) {
	for _, test := range []struct{ name, src, base, says string }{
		{"no src", "", "", `src: "": not a full address: write it as https://host/`},
		{"a path alone", "/a/river.json", "", `src: "/a/river.json": not a full address: write it as https://host/`},
		{"http elsewhere than on loopback", "http://news.example/a.json", "", "not https"},
		{"a host that only looks like loopback", "http://localhost.example/a.json", "", "not https"},
		{"an address that only looks like loopback", "http://127.0.0.1.example/a.json", "", "not https"},
		{"a script", "javascript:alert(1)", "", "not a full address"},
		{"a data address", "data:application/json,{}", "", "not a full address"},
		{"a user name", "https://news.example@evil.example/a.json", "", `leave out what stands before "@"`},
		{"a space in the host", "https://news example/a.json", "", `src: "https://news example/a.json": not an address`},
		{"src outside of the base", "https://news.example/a.json", "https://news.example/tree/", "make base the beginning of src"},
		{"src that climbs out of the base", "https://news.example/tree/../a.json", "https://news.example/tree/", "make base the beginning of src"},
		{"a base on another host", "https://news.example/a.json", "https://other.example/", "make base the beginning of src"},
		{"a base with a query", "https://news.example/a.json", "https://news.example/?x", `base: "https://news.example/?x": has a query`},
		{"a base that is no address", "https://news.example/a.json", "news.example", `base: "news.example": not a full address`},
	} {
		t.Run(test.name, func(t *testing.T) {
			set, ignored, err := NewSet(test.src, test.base, "https://m.example/")
			require.ErrorContains(t, err, test.says)
			require.Empty(t, ignored)
			require.Zero(t, set.Len())
			require.Empty(t, set.Site())
		})
	}
}

func TestNewSetLeavesOutMirrorsThatCannotBeUsed(t *testing.T) {
	entries := []string{"http://m.example/", "//m.example/", "m.example", "https://m.example/?q", "https://m.example/?", "https://m.example/#f",
		"https://u:p@m.example/", "https://", "ftp://m.example/", "https://m.example:port/", "https://[::1/"}
	set, ignored, err := NewSet("https://news.example/a.json", "", strings.Join(entries, " ")+" https://good.example/")
	require.NoError(t, err)
	require.Equal(t, 2, set.Len())
	require.Equal(t, "https://good.example/a.json", set.URL(1))
	require.Len(t, ignored, len(entries))
	for i, entry := range entries {
		require.ErrorContains(t, ignored[i], fmt.Sprintf("mirrors: %q: ", entry))
	}
}

func TestNewSetHoldsNoMoreThanItsLimit(t *testing.T) {
	mirrors := ""
	for i := range 40 {
		mirrors += fmt.Sprintf(" https://m%d.example/", i)
	}
	set, ignored, err := NewSet("https://news.example/a.json", "", mirrors)
	require.NoError(t, err)
	require.Equal(t, MaxAddresses, set.Len())
	require.Len(t, ignored, 40+1-MaxAddresses)
	require.ErrorContains(t, ignored[0], `mirrors: "https://m31.example/": one of more than 32 addresses: leave some out`)
}

func TestSite(t *testing.T) {
	set, _, err := NewSet("https://news.example:8443/tree/a.json", "https://news.example:8443/tree/", "https://m.example/")
	require.NoError(t, err)
	require.Equal(t, "https://news.example:8443", set.Site())
	require.Equal(t, set.Site(), set.Only(1).Site(), "a choice is remembered for the publisher, whichever address is chosen")
}

func TestRebase(t *testing.T) {
	set, _, err := NewSet("https://news.example/tree/a.json", "https://news.example/tree/", "https://m.example/copy/")
	require.NoError(t, err)
	for _, test := range []struct{ name, ref, want string }{
		{"a picture of the tree", "https://news.example/tree/i/1.jpg?w=2#x", "https://m.example/copy/i/1.jpg?w=2#x"},
		{"the host in capitals", "https://NEWS.example:443/tree/i/1.jpg", "https://m.example/copy/i/1.jpg"},
		{"escapes are kept", "https://news.example/tree/a%2Fb%20c.jpg", "https://m.example/copy/a%2Fb%20c.jpg"},
		{"a picture beside the tree", "https://news.example/i/1.jpg", "https://news.example/i/1.jpg"},
		{"a path that climbs out of the tree", "https://news.example/tree/../i/1.jpg", "https://news.example/tree/../i/1.jpg"},
		{"a host that begins alike", "https://news.example.evil/tree/1.jpg", "https://news.example.evil/tree/1.jpg"},
		{"another scheme", "http://news.example/tree/1.jpg", "http://news.example/tree/1.jpg"},
		{"a user name", "https://u@news.example/tree/1.jpg", "https://u@news.example/tree/1.jpg"},
		{"no address at all", "%zz", "%zz"},
		{"nothing", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.want, set.Rebase(test.ref, 1))
		})
	}
	require.Equal(t, "https://news.example/tree/i/1.jpg", set.Rebase("https://news.example/tree/i/1.jpg", 0))
}

func TestOnlyOneAddress(t *testing.T) {
	set, _, err := NewSet("https://news.example/a.json", "", "https://m1.example/ https://m2.example/")
	require.NoError(t, err)
	only := set.Only(2)
	require.Equal(t, 1, only.Len())
	require.Equal(t, "https://m2.example/a.json", only.URL(0))
	require.Equal(t, "https://m2.example/i.jpg", only.Rebase("https://news.example/i.jpg", 0), "pictures follow the choice")
	require.Equal(t, 3, set.Len())
	_, found := only.ByHost("news.example")
	require.False(t, found)
}

func TestTheAddressesOfAPicture(t *testing.T) {
	set, _, err := NewSet("https://news.example/tree/a/river.json", "https://news.example/tree/", "https://m1.example.net/copy/")
	require.NoError(t, err)
	for _, test := range []struct {
		name, ref string
		urls      []string
	}{
		{"under the base it is everywhere", "https://news.example/tree/b/46f0", []string{"https://news.example/tree/b/46f0", "https://m1.example.net/copy/b/46f0"}},
		{"beside the base it is there alone", "https://news.example/i/raft.jpg?w=9", []string{"https://news.example/i/raft.jpg?w=9"}},
		{"elsewhere it is there alone", "https://media.example/raft.jpg", []string{"https://media.example/raft.jpg"}},
		{"at an address that is not encrypted it is nowhere", "http://media.example/raft.jpg", nil},
		{"what is no address is nowhere", "data:image/png;base64,AAAA", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var urls []string
			at := set.At(test.ref)
			for i := range at.Len() {
				urls = append(urls, at.URL(i))
			}
			require.Equal(t, test.urls, urls)
		})
	}
}
