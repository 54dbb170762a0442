package shelf_test

import (
	"bytes"
	"fmt"
	"testing"

	"byway/internal/shelf"

	"github.com/stretchr/testify/require"
)

// BenchmarkKeep keeps an article of 60 KB with its notes on a shelf that is full. "stored/body" is how many bytes an
// article takes for each of its own.
func BenchmarkKeep(b *testing.B) {
	const body = 60_000
	s := shelf.New(&shelf.Memory{}, shelf.Limit)
	article := shelf.Record{
		Entry:    shelf.Entry{Title: "The river that no one may cross", Language: "en", Parts: []string{fmt.Sprintf("sha256-%064d", 0)}},
		Body:     bytes.Repeat([]byte("x"), body),
		Evidence: bytes.Repeat([]byte("n"), 1093), // a root note and the line of a feed
	}
	keep := func(i int) {
		article.Key = fmt.Sprintf("https://news.example/a/2026/%d.json", i)
		if err := s.Keep(b.Context(), noon, article); err != nil {
			b.Fatal(err)
		}
	}
	for i := range shelf.Limit/body + 1 {
		keep(i)
	}
	b.ReportAllocs()
	for i := 1000; b.Loop(); i++ {
		keep(i)
	}
	list, _, err := s.List(b.Context())
	require.NoError(b, err)
	b.ReportMetric(float64(list[0].Size)/body, "stored/body")
	b.ReportMetric(float64(len(list)), "articles")
}

func BenchmarkOpen(b *testing.B) {
	s := shelf.New(&shelf.Memory{}, shelf.Limit)
	require.NoError(b, s.Keep(b.Context(), noon, shelf.Record{Entry: shelf.Entry{Key: "a"}, Body: make([]byte, 60_000)}))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Open(b.Context(), "a"); err != nil {
			b.Fatal(err)
		}
	}
}
