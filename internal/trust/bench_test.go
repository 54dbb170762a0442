package trust

import (
	"fmt"
	"testing"
)

// BenchmarkAcceptFeed is what a reader pays for proof with every feed, by the number of articles in it.
func BenchmarkAcceptFeed(b *testing.B) {
	for _, n := range []int{1, 100, 500} {
		var items []members
		for i := range n {
			items = append(items, itemOf(fmt.Sprintf("2026/08/article-%d", i), river))
		}
		note := feedNote(itemsOf(items...), feed1)
		b.Run(fmt.Sprintf("%d articles", n), func(b *testing.B) {
			s, err := Start(Anchor{Root: rootNote(nil, root1)}, nil)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(note)))
			for b.Loop() {
				if _, err := s.AcceptFeed(note, now); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
