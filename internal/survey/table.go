package survey

import (
	"fmt"
	"io"
	"strings"
)

// width is how wide a table may be, in columns.
const width = 80

// titles are the checks as people read them.
var titles = map[string]string{TLS: "TLS", CORS: "CORS"}

// Write writes the report for people: for each address a row for each check, and below them every fault with what to do.
func (r Report) Write(w io.Writer) error {
	var b strings.Builder
	for _, a := range r.Addresses {
		a.write(&b)
	}
	b.WriteString(r.verdict())
	_, err := io.WriteString(w, b.String())
	return err
}

func (a Address) write(b *strings.Builder) {
	b.WriteString(a.Base + "\n")
	var faults []Check
	last := ""
	for _, c := range a.Checks {
		fault := c.State == Warn || c.State == Broken
		if fault {
			faults = append(faults, c)
		}
		if c.Name == last { // the row has the worst
			continue
		}
		last = c.Name
		if fault {
			c.Detail = "see below"
		}
		b.WriteString(strings.TrimRight(fmt.Sprintf("  %-12s %-8s %s", title(c.Name), shown(c.State), c.Detail), " ") + "\n")
	}
	for _, c := range faults {
		b.WriteString("\n")
		wrap(b, "  ", fmt.Sprintf("%s %s: %s", title(c.Name), shown(c.State), c.Detail))
		wrap(b, "    ", "-> "+c.Advice)
	}
	b.WriteString("\n")
}

func title(name string) string {
	if t, ok := titles[name]; ok {
		return t
	}
	return name
}

// shown makes what must not be overlooked stand out without colours, which not every terminal has.
func shown(s State) string {
	if s == Broken {
		return "BROKEN"
	}
	return string(s)
}

// wrap writes a sentence in lines that are no wider than the table, if its words allow it, all but the first further in.
func wrap(b *strings.Builder, indent, sentence string) {
	line := indent
	for _, word := range strings.Fields(sentence) {
		if len(line)+len(word) > width && strings.TrimSpace(line) != "" {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			line = indent + "   "
		}
		line += word + " "
	}
	b.WriteString(strings.TrimRight(line, " ") + "\n")
}

// verdict ends the table.
func (r Report) verdict() string {
	broken, warned := r.count(Broken), r.count(Warn)
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d broken, %d with a warning. ", count(len(r.Addresses), "address", "addresses"), broken, warned)
	switch {
	case r.Newest.Root == 0:
		b.WriteString("Nothing signed was found.")
	case r.Newest.Feed == 0:
		fmt.Fprintf(&b, "The newest root is %d; no feed counts.", r.Newest.Root)
	default:
		fmt.Fprintf(&b, "The newest root is %d, the newest feed %d.", r.Newest.Root, r.Newest.Feed)
	}
	b.WriteString("\n")
	if !r.Pinned {
		wrap(&b, "", "Not pinned: the first root that was seen was believed. Give -key, the pin of your pages, so that nobody can slip in another.")
	}
	if r.Stopped {
		wrap(&b, "", "Stopped before the end: what was not looked at is skipped.")
	}
	return b.String()
}

// count is how many addresses have this as their worst state.
func (r Report) count(s State) int {
	n := 0
	for _, a := range r.Addresses {
		if a.worst() == s {
			n++
		}
	}
	return n
}

func count(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}
