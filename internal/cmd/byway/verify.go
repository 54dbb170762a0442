package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode"

	"byway/internal/article"
	"byway/internal/carry"
	"byway/internal/page"
	"byway/internal/reader"
	"byway/internal/trust"
)

func verify(c *call) int {
	f := c.flags("verify")
	pin := f.String("key", "", "root key of the publisher, as its pages pin it (default: the one in the file)")
	if code, stop := c.parse(f, 1); stop {
		return code
	}
	w := carry.Witness{Now: time.Now()}
	if *pin != "" {
		var err error
		if w.Anchor.Key, err = trust.ParseKey(*pin); err != nil {
			fmt.Fprintln(c.stderr, "byway verify:", err)
			return usage
		}
	}
	data, err := c.saved(f.Arg(0))
	if err != nil {
		fmt.Fprintf(c.stderr, "byway verify: %v: give the path of a file that Byway saved, or - for standard input\n", err)
		return failed
	}
	o, err := carry.Open(data, w)
	if err != nil {
		verdict := "NOT GENUINE: "
		if errors.Is(err, carry.ErrNone) { // a wrong file is no forgery
			verdict = ""
		}
		fmt.Fprintf(c.stderr, "byway verify: %s: %s%s\n", f.Arg(0), verdict, printed(err.Error()))
		return failed
	}
	return c.tell(o)
}

// saved reads a file, or standard input for "-", as far as one can be genuine.
func (c *call) saved(file string) ([]byte, error) {
	from := c.stdin
	if file != "-" {
		opened, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer opened.Close()
		from = opened
	}
	return io.ReadAll(io.LimitReader(from, carry.MaxBytes+1))
}

// tell says what was found out of a file, the result last.
func (c *call) tell(o *carry.Opened) int {
	fmt.Fprintln(c.stdout, printed(o.Decoded.Headline))
	if o.Signature == nil {
		fmt.Fprintln(c.stdout, "NOT SIGNED: nothing can be checked. Anybody can have written this file: read the article where it was published.")
		return failed
	}
	for _, line := range append(signatureLines(o.Signature), checkLines(o)...) {
		fmt.Fprintf(c.stdout, "  %-10s  %s\n", line[0], printed(line[1]))
	}
	switch o.Page {
	case carry.PageOtherVersion:
		fmt.Fprintln(c.stdout, "THE PAGE WAS NOT CHECKED: another version of Byway wrote this file. The article in it is genuine, but a browser can show\n"+
			"something else: drop the file on a page with Byway to read what was signed, or verify it with that version.")
		return failed
	case carry.PageReplacedKey:
		fmt.Fprintln(c.stdout, "THE PAGE WAS NOT CHECKED: its date is by a key that the publisher has replaced. The article in it is genuine, but a browser\n"+
			"can show something else: drop the file on a page with Byway to read what was signed.")
		return failed
	}
	if !o.Claimed {
		fmt.Fprintln(c.stdout, "GENUINE: a browser shows of this file what was signed.")
		return ok
	}
	fmt.Fprintf(c.stdout, "GENUINE, IF THE KEY IS: whoever made this file chose it, and can have called it %s.\n", o.Signature.Site)
	if o.Pin == "" {
		fmt.Fprintln(c.stdout, "The file names no key to compare: take that of a page that you trust, and verify again with -key.")
	} else {
		fmt.Fprintf(c.stdout, "  %s\nCompare that with the key of a page that you trust, or verify again with -key and that one.\n", printed(o.Pin))
	}
	return ok
}

// signatureLines say who signed an article, when, and what else the publisher says of it.
func signatureLines(g *reader.Signature) [][2]string {
	lines := [][2]string{
		{"signed by", g.Site},
		{"on", date(g.Issued)},
		{"with", fmt.Sprintf("the key %s, in feed %d, by root %d", g.Key, g.Feed, g.Root)},
		{"SHA-256", g.Hash},
	}
	if g.Expired {
		lines = append(lines, [2]string{"age", "the publisher has most likely published something newer since"})
	}
	if n := g.Notice; n != nil {
		what := "corrected on "
		if n.Kind == trust.Withdrawn {
			what = "WITHDRAWN by the publisher on "
		}
		lines = append(lines, [2]string{"notice", strings.TrimSuffix(what+date(n.At)+": "+n.Text, ": ")})
	}
	return lines
}

// checkLines say what was checked, and what could not be.
func checkLines(o *carry.Opened) [][2]string {
	checked := "the article"
	if n := len(o.Pictures) - o.Unsigned; n > 0 {
		checked += fmt.Sprintf(", %d of its pictures", n)
	}
	if o.Page == carry.PageCompared {
		checked += ", and every byte of the page"
	}
	lines := [][2]string{{"checked", checked}}
	if o.Unsigned > 0 {
		lines = append(lines, [2]string{"NOT signed", fmt.Sprintf("%d of its pictures: anybody can have put others in their place", o.Unsigned)})
	}
	return lines
}

func date(t time.Time) string { return page.Plain("en").Date(article.DateOf(t.UTC())) }

// printed takes out of the words of others what could command a terminal or turn their order. A joiner that is not seen
// belongs to the spelling of Persian.
func printed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) || r == '\u200c' || r == '\u200d' {
			return r
		}
		return -1
	}, s)
}
