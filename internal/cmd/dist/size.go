package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// budget is what a page may download, in bytes of brotli: 940 KB of 1000.
const budget = 940_000

// weigh prints what each file weighs, and in all. The error names the excess.
func weigh(w io.Writer, out string, files []file) error {
	fmt.Fprintf(w, "%-38s %12s %12s %12s\n", "bytes", "raw", "gzip", "brotli")
	var all [3]int
	for _, f := range files {
		if !f.packed {
			continue
		}
		sizes := [3]int{len(f.data)}
		for i, suffix := range []string{".gz", ".br"} {
			info, err := os.Stat(filepath.Join(out, f.name+suffix))
			if err != nil {
				return err
			}
			sizes[i+1] = int(info.Size())
		}
		for i := range all {
			if !f.rare {
				all[i] += sizes[i]
			}
		}
		row(w, f.name, sizes)
	}
	row(w, "what a page downloads", all)
	fmt.Fprintf(w, "%-38s %38d\n", "budget", budget)
	if over := all[2] - budget; over > 0 {
		return fmt.Errorf("what a page downloads is %d bytes over the budget: build the commit before, compare, and take out what grew", over)
	}
	return nil
}

func row(w io.Writer, name string, sizes [3]int) {
	fmt.Fprintf(w, "%-38s %12d %12d %12d\n", name, sizes[0], sizes[1], sizes[2])
}
