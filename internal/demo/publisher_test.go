package demo

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestThePageForPeopleShowsThePicturesOfTheAddressThatServesIt(t *testing.T) {
	var tree publisher
	require.NoError(t, tree.load([]string{"http://localhost:1", "http://localhost:2", "http://localhost:3"}))
	require.NotEmpty(t, tree.pages)
	for path, html := range tree.pages {
		has := func(s string) bool { return strings.Contains(string(html), s) }
		require.True(t, has(` src="/pictures/`), path)
		require.False(t, has("localhost:1/pictures/"), path)
		require.True(t, has(`rel="canonical" href="http://localhost:1`), path)
	}
}

func TestEveryAddressHoldsTheElementToo(t *testing.T) {
	d := started(t)
	for _, m := range d.Mirrors[1:] {
		response, body := get(t, m+"/.byway/byway.0123.wasm", "identity")
		require.Equal(t, "\x00asm", body)
		require.Equal(t, "*", response.Header.Get("Access-Control-Allow-Origin"))
		require.Contains(t, response.Header.Get("Cache-Control"), "immutable")
	}
}
