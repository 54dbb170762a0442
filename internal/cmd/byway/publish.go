package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"byway/internal/publish"
)

func publishSite(c *call) int {
	o := publish.Options{Now: time.Now()}
	var keys list
	f := c.flags("publish")
	f.StringVar(&o.Site, "o", "", "folder of the site")
	f.BoolVar(&o.New, "new", false, "this site was never published before: make its first root, of one root key and one feed key")
	f.Var(&keys, "key", "file of a private key, or folder of such files; may be given again")
	f.StringVar(&o.Base, "base", "", "your own address of the site (default: the last one, or https:// and the host of the keys)")
	f.Var((*list)(&o.Mirrors), "mirror", "another address of the site; may be given again: all of them, in the place of the last ones; none: the last ones")
	f.StringVar(&o.Element, "dist", "dist", "folder that \"make build\" wrote, for the pages; \"\": they do without")
	f.DurationVar(&o.Life, "expires", 14*24*time.Hour, "how long readers take what you publish for the newest; publish again within half of it")
	f.BoolVar(&o.DryRun, "dry-run", false, "say what would be written, and write nothing")
	if code, stop := c.parse(f, 1); stop {
		return code
	}
	if o.Site == "" || keys == nil || o.Life < time.Hour {
		fmt.Fprintln(c.stderr, "byway publish: name the folder of the site with -o, your keys with -key, and at least an hour with -expires")
		return usage
	}
	o.Source = f.Arg(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	report, err := c.publish(ctx, o, keys)
	if err != nil {
		fmt.Fprintln(c.stderr, "byway", err)
		return failed
	}
	writeReport(c, o, report)
	return ok
}

func (c *call) publish(ctx context.Context, o publish.Options, keys []string) (publish.Report, error) {
	var err error
	if o.Keys, err = readKeys(keys); err != nil {
		return publish.Report{}, fmt.Errorf("publish: %w", err)
	}
	if isTerminal(c.stderr) {
		o.Progress = progress(c.stderr)
		defer fmt.Fprint(c.stderr, "\r\x1b[K") // take the line away
	}
	return publish.Run(ctx, o)
}

func readKeys(paths []string) (all []publish.Signer, err error) {
	for _, path := range paths {
		some, readErr := publish.ReadKeys(path)
		all, err = append(all, some...), errors.Join(err, readErr)
	}
	return all, err
}

func writeReport(c *call, o publish.Options, r publish.Report) {
	written, removed := c.writeFiles(o.DryRun, r)
	for _, name := range r.Removed {
		if path, found := strings.CutPrefix(name, "a/"); found {
			fmt.Fprintf(c.stderr, "%s: no longer published, since it is not in your folder\n", strings.TrimSuffix(path, ".json"))
		}
	}
	fmt.Fprintf(c.stdout, "%d articles in %s: %d files %s, %d %s. Root %d, feed %d.\n",
		r.Articles, o.Site, len(r.Written), written, len(r.Removed), removed, r.Root, r.Feed)
	if !o.DryRun && len(r.Written) > 0 {
		fmt.Fprintf(c.stdout, "Copy %s to every address, feed.note last. Pages that show these articles pin\n  key=\"%s\"\n"+
			"and \"byway embed %[1]s ARTICLE\" writes what to paste there.\n", o.Site, r.Pin)
	}
}

// writeFiles writes the warnings of a run and, if it was dry, the files, and gives the words for what became of them.
func (c *call) writeFiles(dry bool, r publish.Report) (written, removed string) {
	for _, w := range r.Warnings {
		fmt.Fprintln(c.stderr, w)
	}
	if !dry {
		return "written", "removed"
	}
	for _, name := range r.Written {
		fmt.Fprintln(c.stdout, "write ", name)
	}
	for _, name := range r.Removed {
		fmt.Fprintln(c.stdout, "remove", name)
	}
	return "would be written", "would be removed"
}

// progress writes how far a run is, ten times a second at most.
func progress(w io.Writer) func(done, all int) {
	var last time.Time
	return func(done, all int) {
		if now := time.Now(); now.Sub(last) > 100*time.Millisecond {
			last = now
			fmt.Fprintf(w, "\r%d of %d articles", done, all)
		}
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// list is a flag that may be given several times.
type list []string

func (l *list) String() string { return strings.Join(*l, " ") }

func (l *list) Set(s string) error {
	*l = append(*l, s)
	return nil
}
