package publish

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"byway/internal/tree"
	"byway/internal/trust"
)

const (
	rootLife  = 366 * 24 * time.Hour
	rootSpare = 60 * 24 * time.Hour // a root is renewed when it expires sooner
)

// readState reads root and feed of the site and makes or renews the root where that is needed.
func (p *publisher) readState() error {
	if err := p.readRoot(); err != nil {
		return err
	}
	if err := p.decideRoot(); err != nil {
		return err
	}
	note, err := p.to.read(trust.FeedPath)
	if err != nil {
		return err
	}
	if note != nil {
		if _, err := p.state.AcceptFeed(note, p.Now); err != nil {
			return fmt.Errorf("%s: %w: put back the one that was published last", trust.FeedPath, err)
		}
		p.feedText, _, _ = strings.Cut(string(note), "\n\n")
		p.feedText += "\n"
	}
	return p.chooseSigners()
}

// readRoot reads the current root and those after it, if a run was killed between the two.
func (p *publisher) readRoot() error {
	note, err := p.to.read(trust.CurrentRoot)
	if note == nil && err == nil {
		note, err = p.to.read(trust.RootPath(1))
	}
	if note == nil || err != nil {
		return err
	}
	if p.state, err = trust.Start(trust.Anchor{Root: note}, nil); err != nil {
		return fmt.Errorf("%s: %w: put back the one that was published last", trust.CurrentRoot, err)
	}
	for {
		p.root, _ = p.state.Root()
		next, err := p.to.read(trust.RootPath(p.root.Version + 1))
		if err != nil {
			return err
		}
		if next == nil || p.state.AcceptRoot(next) != nil {
			p.rootNote = note
			return nil
		}
		note = next
	}
}

// decideRoot makes the first root, or the next one where addresses changed or the old one ends soon.
func (p *publisher) decideRoot() error {
	wanted, err := p.wantedRoot()
	if err != nil {
		return err
	}
	p.report.Pin = wanted.RootKeys[0].String()
	changed := !slices.Equal(wanted.Mirrors, p.root.Mirrors)
	if changed || p.root.Expires.Sub(p.Now) < rootSpare {
		if err := p.nextRoot(wanted); errors.Is(err, errNoRootKey) && !changed {
			p.report.Warnings = append(p.report.Warnings, fmt.Sprintf("root %d ends on %s: publish once with the root key, too, before that",
				p.root.Version, p.root.Expires.Format(time.DateOnly)))
		} else if err != nil {
			return err
		}
	}
	p.report.Root = p.root.Version
	p.base = p.root.Mirrors[0].Base
	for _, m := range p.root.Mirrors[1:] {
		p.mirrors = append(p.mirrors, m.Base)
	}
	return p.to.put(roots, trust.CurrentRoot, p.rootNote)
}

// wantedRoot is the root as it should be, but for version and expiry.
func (p *publisher) wantedRoot() (trust.Root, error) {
	r := p.root
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

// firstRoot takes the keys as "byway keygen" names them.
func firstRoot(keys []Signer) (trust.Root, error) {
	r := trust.Root{Epoch: 1, Threshold: 1}
	for _, k := range keys {
		public, err := trust.ParseKey(k.Public())
		if err != nil {
			return r, err
		}
		site, role, _ := strings.Cut(k.name, "/")
		if r.Site == "" {
			r.Site = site
		}
		switch {
		case site != r.Site:
			return r, fmt.Errorf("keys of %s and of %s: give those of one site", r.Site, site)
		case strings.HasPrefix(role, "root"):
			r.RootKeys = append(r.RootKeys, public)
		default:
			r.FeedKeys = append(r.FeedKeys, public)
		}
	}
	if r.RootKeys == nil || r.FeedKeys == nil {
		return r, errors.New(`the first time, a root key and a feed key are needed: give the folder that "byway keygen" wrote`)
	}
	return r, nil
}

var errNoRootKey = errors.New("the root has to change, and the key for that is not here: publish once with the root key, too")

// nextRoot signs a root and puts it in place.
func (p *publisher) nextRoot(r trust.Root) error {
	r.Version = p.root.Version + 1
	r.Expires = p.Now.Add(rootLife)
	by := holders(p.Keys, r.RootKeys)
	if len(by) < r.Threshold {
		return errNoRootKey
	}
	note := Sign(rootText(r), by...)
	var err error
	if p.state == nil {
		p.state, err = trust.Start(trust.Anchor{Root: note}, nil)
	} else {
		err = p.state.AcceptRoot(note)
	}
	if err != nil {
		return fmt.Errorf("the addresses: %w", err)
	}
	p.root, _ = p.state.Root()
	p.rootNote = note
	return p.to.put(roots, trust.RootPath(r.Version), note)
}

// holders are the private keys of some public ones.
func holders(private []Signer, of []trust.Key) (all []Signer) {
	for _, k := range private {
		if slices.ContainsFunc(of, func(key trust.Key) bool { return key.String() == k.Public() }) {
			all = append(all, k)
		}
	}
	return all
}

// chooseSigners takes one feed key: a second signature would say no more.
func (p *publisher) chooseSigners() error {
	if p.signers = holders(p.Keys, p.root.FeedKeys); len(p.signers) == 0 {
		return fmt.Errorf("none of these keys signs what %s publishes: give the key named %s", p.root.Site, p.root.FeedKeys[0].Name())
	}
	p.signers = p.signers[:1]
	return nil
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
