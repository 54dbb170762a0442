package publish

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"byway/internal/tree"
	"byway/internal/trust"
)

const (
	rootLife  = 366 * 24 * time.Hour
	rootSpare = 60 * 24 * time.Hour // a root is renewed when it expires sooner
)

// decideRoot makes the first root, or the next one where addresses changed or the old one ends soon.
func (p *publisher) decideRoot() error {
	wanted, err := p.wantedRoot()
	if err != nil {
		return err
	}
	p.report.Pin = wanted.RootKeys[0].String()
	changed := !slices.Equal(wanted.Mirrors, p.root.Mirrors)
	if changed || p.root.Expires.Sub(p.Now) < rootSpare {
		switch err := p.nextRoot(wanted); {
		case errors.Is(err, errNoRootKey) && !changed:
			p.report.Warnings = append(p.report.Warnings, fmt.Sprintf("root %d ends on %s: publish once with the root key, too, before that",
				p.root.Version, p.root.Expires.Format(time.DateOnly)))
		case err != nil:
			return fmt.Errorf("the addresses: %w", err)
		}
	}
	return p.to.put(current, trust.CurrentRoot, p.rootNote)
}

// base is the publisher's own address of the site.
func (s *standing) base() string { return s.root.Mirrors[0].Base }

// mirrors are its other addresses.
func (s *standing) mirrors() []string {
	var all []string
	for _, m := range s.root.Mirrors[1:] {
		all = append(all, m.Base)
	}
	return all
}

// wantedRoot is the root as it should be, but for version and expiry.
func (p *publisher) wantedRoot() (trust.Root, error) {
	r := p.root
	if err := p.checkNew(); err != nil {
		return r, err
	}
	if r.Version == 0 {
		var err error
		if r, err = firstRoot(p.Keys); err != nil {
			return r, err
		}
	}
	base, mirrors := p.Base, p.Mirrors
	if base == "" && mirrors == nil && len(r.Mirrors) > 0 {
		return r, nil
	}
	if base == "" && len(r.Mirrors) > 0 {
		base = r.Mirrors[0].Base
	} else if base == "" {
		base = "https://" + r.Site + "/"
	}
	if mirrors == nil {
		for _, m := range r.Mirrors[min(1, len(r.Mirrors)):] {
			mirrors = append(mirrors, m.Base)
		}
	}
	r.Mirrors = []trust.Mirror{{Base: base}}
	for _, m := range mirrors {
		r.Mirrors = append(r.Mirrors, trust.Mirror{Base: m, Priority: 1})
	}
	return r, nil
}

func rootText(r trust.Root) string {
	w := &tree.Writer{}
	w.Object(func() {
		text(w, "site", r.Site)
		number(w, "version", r.Version)
		number(w, "epoch", r.Epoch)
		text(w, "expires", moment(r.Expires))
		keys(w, "root_keys", r.RootKeys)
		number(w, "root_threshold", int64(r.Threshold))
		keys(w, "feed_keys", r.FeedKeys)
		if r.MinFeed > 0 {
			number(w, "min_feed", r.MinFeed)
		}
		w.Key("mirrors")
		w.List(func() {
			for _, m := range r.Mirrors {
				w.Object(func() {
					text(w, "base", m.Base)
					number(w, "prio", int64(m.Priority))
				})
			}
		})
	})
	return "byway/v1/root\n" + string(w.Bytes()) + "\n"
}

func keys(w *tree.Writer, name string, all []trust.Key) {
	w.Key(name)
	w.List(func() {
		for _, k := range all {
			w.String(k.String())
		}
	})
}

func text(w *tree.Writer, name, s string) {
	w.Key(name)
	w.String(s)
}

func number(w *tree.Writer, name string, n int64) {
	w.Key(name)
	w.Int(int(n))
}

// moment is a time as signed documents have it.
func moment(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }
