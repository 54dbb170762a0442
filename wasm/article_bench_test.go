//go:build js && wasm

package main

import (
	"testing"
	"time"

	"byway/internal/decode"
	"byway/internal/decode/decodetest"
	"byway/internal/page"
	"byway/internal/reader"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"
)

// BenchmarkArticle makes the elements of a post of fifty paragraphs from its JSON, in turn as Byway does it, which reads
// every tag of the post, and as a page's own script would, which has the browser do that. What it reports is the time of
// the first by that of the second.
func BenchmarkArticle(b *testing.B) {
	tuneCollector()
	post := decodetest.Post(50)
	document := global("document")
	make := func() safejs.Value {
		e, err := document.Call("createElement", "div")
		require.NoError(b, err)
		return e
	}
	byHand, err := safejs.Global().Call("eval", "("+decodetest.ByHand+")")
	require.NoError(b, err)
	var ours, theirs time.Duration
	var made, handmade safejs.Value
	for b.Loop() {
		begin := time.Now()
		a, _, err := decode.Decode(post, decode.Options{})
		require.NoError(b, err)
		made = make()
		state := reader.State{Phase: reader.Ready, Article: &a, Proof: reader.None}
		require.NoError(b, newDOM(made).Render(page.Render(state, page.Options{Language: "en", Locale: page.Plain("en")})))
		between := time.Now()
		handmade, err = byHand.Invoke(string(post))
		require.NoError(b, err)
		ours, theirs = ours+between.Sub(begin), theirs+time.Since(between)
	}
	for _, e := range []safejs.Value{made, handmade} {
		paragraphs, err := e.Call("querySelectorAll", "p")
		require.NoError(b, err)
		require.GreaterOrEqual(b, integer(property(paragraphs, "length")), 50)
	}
	b.ReportMetric(float64(ours)/float64(theirs), "×JSON.parse+DOM")
	b.ReportMetric(float64(ours.Microseconds())/float64(b.N)/1000, "ms")
	b.ReportMetric(0, "ns/op") // of both together
}
