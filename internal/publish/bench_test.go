package publish

import (
	"fmt"
	"runtime"
	"testing"
	"time"
)

// BenchmarkRun publishes so many articles for the first time, then again with nothing changed, then with one edited.
// What it reports besides time is the heap in use after a run.
func BenchmarkRun(b *testing.B) {
	for _, articles := range []int{1000, 10000} {
		d := benchDesk(b, articles)
		edits := 0
		for _, c := range []struct {
			name   string
			before func()
		}{
			{"first", func() { d.Site, d.New = b.TempDir()+"/site", true }},
			{"nothing changed", func() {}},
			{"one changed", func() {
				edits++
				d.write("2026/07/00007.json", benchStory(fmt.Sprint("edit ", edits)))
			}},
		} {
			b.Run(fmt.Sprintf("%d/%s", articles, c.name), func(b *testing.B) {
				var after runtime.MemStats
				for b.Loop() {
					b.StopTimer()
					c.before()
					d.Now = d.Now.Add(time.Second)
					b.StartTimer()
					d.run()
				}
				runtime.ReadMemStats(&after)
				b.ReportMetric(float64(after.Sys)/(1<<20), "MB-of-system")
			})
		}
	}
}

func benchDesk(b *testing.B, articles int) *desk {
	d := newDesk(b, nil)
	for i := range articles {
		d.write(fmt.Sprintf("2026/%02d/%05d.json", i%12+1, i), benchStory(fmt.Sprint("article ", i)))
	}
	return d
}

// benchStory has about 5 kB, as news does.
func benchStory(headline string) string {
	text := ""
	for i := range 30 {
		text += fmt.Sprintf(`{"type":"paragraph","content":"Paragraph %d says what happened at the river that night, who saw it, what they did about it, and what is to be done now."},`, i)
	}
	return `{"version":"byway-article/1","id":"` + headline + `","headline":"` + headline + `","inLanguage":"en","datePublished":"2026-08-20T10:00:00Z",
		"body":[` + text + `{"type":"divider"}]}`
}
