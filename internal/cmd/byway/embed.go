package main

import (
	"fmt"
	"time"

	"byway/internal/publish"
)

func embed(c *call) int {
	e := publish.Embedding{Now: time.Now()}
	f := c.flags("embed")
	f.StringVar(&e.Script, "script", "", "address of byway.js (default: that in the site, under your own address)")
	fallback := f.String("fallback", "full", "what is there before the element is, and stays where it cannot run: all of the article (full), or headline, standfirst and a link (short)")
	if code, stop := c.parse(f, 2); stop {
		return code
	}
	if *fallback != "full" && *fallback != "short" {
		fmt.Fprintf(c.stderr, "byway embed: -fallback %q: say full or short\n", *fallback)
		return usage
	}
	e.Site, e.Article, e.Short = f.Arg(0), f.Arg(1), *fallback == "short"
	s, err := publish.Embed(e)
	if err != nil {
		fmt.Fprintln(c.stderr, "byway", err)
		return failed
	}
	fmt.Fprint(c.stdout, s.HTML)
	// Apart from the snippet, which goes into a page as it is: a policy is for the server, and a comment in the page would
	// be wrong one day.
	fmt.Fprintf(c.stderr, policyWords, s.Policy)
	if e.Script == "" {
		fmt.Fprint(c.stderr, scriptWords)
	}
	return ok
}

const scriptWords = `
byway.js comes from your own address alone: where that is blocked, what is inside the element is all there is. A page that
has a copy of the element on its own site (the folder .byway of yours) reads all the same: say so with -script.
`

const policyWords = `
Paste this where the article is to be, as HTML, into a page in UTF-8. The strictest policy under which it works is below;
a page that has a policy adds what its own lacks of it, others need none. When your addresses change, write it anew.

Content-Security-Policy: %s
`
