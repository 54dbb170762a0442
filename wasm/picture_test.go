//go:build js && wasm

package main

import (
	"context"
	"io"
	"testing"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"
)

// stubPage is what web/engine.js gives Go to show pictures with.
func stubPage(t *testing.T) {
	t.Helper()
	page := objectOf()
	for name, body := range map[string]string{
		"show": "return URL.createObjectURL(new Blob([a], { type: b }))",
		"hide": "URL.revokeObjectURL(a)",
	} {
		require.NoError(t, page.Set(name, must[safejs.Value](t)(construct(global("Function"), "a", "b", body))))
	}
	before := global("byway")
	require.NoError(t, safejs.Global().Set("byway", page))
	t.Cleanup(func() { require.NoError(t, safejs.Global().Set("byway", before)) })
}

func TestAPictureIsShownByItsBytesAndOurType(t *testing.T) {
	stubPage(t)
	url, err := blobs{}.Make([]byte{0xff, 0xd8, 0xff, 0, 1, 2}, "image/jpeg")
	require.NoError(t, err)
	require.Regexp(t, "^blob:", url)
	response := must[safejs.Value](t)(await(context.Background(), must[safejs.Value](t)(safejs.Global().Call("fetch", url))))
	headers := property(response, "headers")
	require.Equal(t, "image/jpeg", text(must[safejs.Value](t)(headers.Call("get", "content-type"))))
	got, err := fetcher{}.Fetch(context.Background(), url)
	require.NoError(t, err)
	body, err := io.ReadAll(got.Body)
	require.NoError(t, err)
	require.Equal(t, []byte{0xff, 0xd8, 0xff, 0, 1, 2}, body)

	blobs{}.Release(url)
	_, err = fetcher{}.Fetch(context.Background(), url)
	require.Error(t, err, "nothing is there any more")
}

func TestAPictureThatCannotBeMadeIsAnErrorAndNothingMore(t *testing.T) {
	before := global("byway")
	require.NoError(t, safejs.Global().Set("byway", safejs.Undefined()))
	defer func() { require.NoError(t, safejs.Global().Set("byway", before)) }()
	url, err := blobs{}.Make([]byte{1}, "image/jpeg")
	require.Error(t, err)
	require.Empty(t, url)
	blobs{}.Release("blob:nothing")
}
