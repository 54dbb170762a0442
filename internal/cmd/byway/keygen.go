package main

import (
	"fmt"

	"byway/internal/publish"
)

func keygen(c *call) int {
	f := c.flags("keygen")
	folder := f.String("o", "keys", "folder for the private keys")
	site := f.String("site", "", "host of the publisher, as readers are shown it: news.example")
	if code, stop := c.parse(f, 0); stop {
		return code
	}
	if *site == "" {
		fmt.Fprintln(c.stderr, "byway keygen: whose keys? Give the host of the publisher, as in -site news.example")
		return usage
	}
	root, feed, err := publish.GenerateKeys(*folder, *site)
	if err != nil {
		fmt.Fprintln(c.stderr, "byway keygen:", err)
		return failed
	}
	fmt.Fprintf(c.stdout, keyWords, publish.KeyFile(*folder, root), publish.KeyFile(*folder, feed), root.Public(), *folder)
	return ok
}

// keyWords say what each key is for, and what whoever loses or leaks it has to expect.
const keyWords = `%[1]s   says who speaks for you. Whoever has it can publish as you to every page that pins it,
    and without it you cannot replace a key that was stolen. It is needed rarely: keep it on two sticks in two places,
    and on no server.
%[2]s   signs what you publish. It stays where you publish; if it is stolen, the other key replaces it.

The pin, for the pages that show your articles. It is no secret:

  key="%[3]s"

Next, the first time: byway publish -new -o SITE -key %[4]s ARTICLES
After that without -new: so a folder of the site that was lost is not taken for a new one.
`
