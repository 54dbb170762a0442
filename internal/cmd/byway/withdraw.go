package main

import (
	"context"
	"fmt"
	"time"

	"byway/internal/publish"
)

func withdraw(c *call) int {
	w := publish.Withdrawal{Now: time.Now()}
	var keys list
	f := c.flags("withdraw")
	f.StringVar(&w.Site, "o", "", "folder of the site")
	f.Var(&keys, "key", "file of a private key, or folder of such files; may be given again")
	f.StringVar(&w.Reason, "reason", "", "why, in the language of the article: readers are shown it")
	f.BoolVar(&w.Undo, "undo", false, "take the notice away; the article is back when it is published again")
	f.BoolVar(&w.DryRun, "dry-run", false, "say what would be written, and write nothing")
	if code, stop := c.parse(f, 1); stop {
		return code
	}
	if w.Site == "" || keys == nil {
		fmt.Fprintln(c.stderr, "byway withdraw: name the folder of the site with -o and your keys with -key")
		return usage
	}
	w.Article = f.Arg(0)
	r, err := publish.Report{}, error(nil)
	if w.Keys, err = readKeys(keys); err != nil {
		err = fmt.Errorf("withdraw: %w", err)
	} else {
		r, err = publish.Withdraw(context.Background(), w)
	}
	if err != nil {
		fmt.Fprintln(c.stderr, "byway", err)
		return failed
	}
	c.writeWithdrawn(w, r)
	return ok
}

func (c *call) writeWithdrawn(w publish.Withdrawal, r publish.Report) {
	written, removed := c.writeFiles(w.DryRun, r)
	fmt.Fprintf(c.stdout, "%d articles left in %s: %d files %s, %d %s. Root %d, feed %d.\n",
		r.Articles, w.Site, len(r.Written), written, len(r.Removed), removed, r.Root, r.Feed)
	switch {
	case w.DryRun:
	case w.Undo:
		fmt.Fprintln(c.stdout, "Publish again, and the article is back if its file is in your folder.")
	default:
		fmt.Fprintf(c.stdout, "Copy %s to every address now, feed.note last, and let the copy delete there what is deleted here.\n"+
			"Where readers have kept the article, they are told when they come back.\n", w.Site)
	}
}
