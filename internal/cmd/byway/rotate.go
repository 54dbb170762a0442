package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"byway/internal/publish"
)

func rotate(c *call) int {
	r := publish.Rotation{Now: time.Now()}
	var keys list
	f := c.flags("rotate")
	f.StringVar(&r.Site, "o", "", "folder of the site")
	f.Var(&keys, "key", "file of a private key, or folder of such files; may be given again")
	f.StringVar(&r.Folder, "new", "", "folder for the new key (default: that of the first -key)")
	f.BoolVar(&r.DryRun, "dry-run", false, "say what would be written, and write nothing")
	if code, stop := c.parse(f, 1); stop {
		return code
	}
	r.Role = publish.Role(f.Arg(0))
	if r.Site == "" || keys == nil || r.Role != publish.FeedRole && r.Role != publish.RootRole {
		fmt.Fprintln(c.stderr, "byway rotate: name the folder of the site with -o, your keys with -key, and behind the flags feed or root: the key to replace")
		return usage
	}
	if r.Folder == "" {
		r.Folder = folderOf(keys[0])
	}
	done, err := publish.Rotated{}, error(nil)
	if r.Keys, err = readKeys(keys); err != nil {
		err = fmt.Errorf("rotate: %w", err)
	} else {
		done, err = publish.Rotate(r)
	}
	if err != nil {
		fmt.Fprintln(c.stderr, "byway", err)
		return failed
	}
	c.writeRotated(r, done)
	return ok
}

// folderOf gives a folder itself, and for a file the one it is in.
func folderOf(path string) string {
	if info, err := os.Stat(path); err == nil && !info.IsDir() {
		return filepath.Dir(path)
	}
	return path
}

func (c *call) writeRotated(r publish.Rotation, done publish.Rotated) {
	made, old := strings.Join(done.Made, " and "), strings.Join(done.Replaced, " and ")
	switch {
	case r.DryRun:
		for _, name := range append(done.Made, done.Written...) {
			fmt.Fprintln(c.stdout, "write ", name)
		}
		fmt.Fprintf(c.stdout, "%s would be replaced. Nothing is written.\n", old)
		return
	case done.Begun:
		fmt.Fprintf(c.stdout, "A rotation that had begun is at its end now: %s counts no more. No further key was made.\n", old)
		made = "the new key"
	default:
		fmt.Fprintf(c.stdout, "%s takes the place of %s.\n", made, old)
	}
	fmt.Fprintf(c.stdout, "%d files of %s written. Root %d, feed %d.\n\n", len(done.Written), r.Site, done.Root, done.Feed)
	if r.Role == publish.FeedRole {
		fmt.Fprintf(c.stdout, feedKeyWords, r.Site, old, made)
	} else {
		fmt.Fprintf(c.stdout, rootKeyWords, r.Site, old, made, done.Pin)
	}
}

// These say what is left to do after a rotation, the most urgent first.
const (
	feedKeyWords = `1. Copy %[1]s to every address now, feed.note last. Nothing that %[2]s signed counts for readers who have
   seen the new root; those who have not can still be fooled.
2. Publish with %[3]s from now on. Destroy all files of %[2]s.
3. Put the root key back where it is kept. Pages that show your articles need no change.
`
	rootKeyWords = `1. Keep %[3]s on two sticks in two places, and on no server. Then destroy all files of %[2]s:
   nothing needs them any more.
2. Copy %[1]s to every address, feed.note last. Keep all of %[1]s/root: pages that pin %[2]s find the new
   key through it, and go on working.
3. Publish again, so that the pages of the site pin the new key. If the old one was stolen, its thief can still
   fool new readers of pages that pin it: give partners a new snippet with "byway embed". The pin is now

  key="%[4]s"
`
)
