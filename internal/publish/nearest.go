package publish

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"byway/internal/trust"
)

// articlePath is how the feed calls an article that somebody named by its file.
func articlePath(s string) string {
	return strings.TrimSuffix(strings.TrimPrefix(s, "a/"), articleSuffix)
}

// unknownArticle names the articles that may have been meant.
func unknownArticle(path string, all trust.Items) error {
	const most = 3
	paths := make([]string, len(all))
	for i, item := range all {
		paths[i] = item.Path
	}
	slices.SortFunc(paths, func(a, b string) int {
		return cmp.Or(distance(path, a)-distance(path, b), strings.Compare(a, b))
	})
	if len(paths) == 0 {
		return fmt.Errorf("there is no article %q, nor any other", path)
	}
	return fmt.Errorf("there is no article %q: did you mean %s?", path, strings.Join(paths[:min(most, len(paths))], " or "))
}

// distance is how many bytes have to be put in, taken out or replaced to make one text of the other.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		left := row[0] // the distance before either byte
		row[0] = i + 1
		for j := range len(b) {
			here := left
			if a[i] != b[j] {
				here = 1 + min(left, row[j], row[j+1])
			}
			left, row[j+1] = row[j+1], here
		}
	}
	return row[len(b)]
}
