package publish

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"byway/internal/trust"
	"byway/web"
)

// publisher is one run.
type publisher struct {
	Options
	from     *source
	to       *site
	old      *ledger
	new      ledger
	state    *trust.State
	root     trust.Root
	rootNote []byte
	feedText string // of the feed that is there; "": none
	signers  []Signer
	base     string
	mirrors  []string // without the base
	style    string   // name of the pages' style sheet
	immortal []string // files of the element that may be cached for ever
	report   Report

	mu       sync.Mutex // of what follows, and of new
	pictures map[string]func() (picture, error)
}

// begin reads what is there: the keys, the site, and what was made of the articles before.
func begin(o Options) (*publisher, error) {
	if err := apart(o.Source, o.Site); err != nil {
		return nil, err
	}
	p := &publisher{Options: o, pictures: map[string]func() (picture, error){},
		new: ledger{Articles: map[string]*entry{}, Pictures: map[string]picture{}}}
	var err error
	if p.from, err = openSource(o.Source); err != nil {
		return nil, err
	}
	if p.to, err = openSite(o.Site, o.DryRun, o.step); err == nil {
		err = p.readState()
	}
	if err == nil {
		err = p.readRules()
	}
	if err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

// apart holds that neither folder is in the other: what is published would be published again.
func apart(source, site string) error {
	from, err := filepath.Abs(source)
	to, err2 := filepath.Abs(site)
	if err := errors.Join(err, err2); err != nil {
		return err
	}
	for _, pair := range [][2]string{{from, to}, {to, from}} {
		if strings.HasPrefix(pair[0]+"/", strings.TrimSuffix(pair[1], "/")+"/") {
			return fmt.Errorf("%s lies in %s: choose two folders side by side", pair[0], pair[1])
		}
	}
	return nil
}

// readRules puts the style sheet in place and finds out whether what was made before would be made so again.
func (p *publisher) readRules() error {
	sheet := []byte("body{margin:0}" + web.CSS)
	p.style = "b/" + hashOf(sheet) + ".css"
	if err := p.to.put(blobs, p.style, sheet); err != nil {
		return err
	}
	rules, err := rulesOf(p.base, strings.Join(p.mirrors, " "), p.report.Pin, p.style, p.Element)
	if err != nil {
		return err
	}
	p.new.Rules = rules
	p.old, err = readLedger(p.Site, rules)
	return err
}

// close takes away what was staged and not put in place.
func (p *publisher) close() error {
	err := p.from.root.Close()
	if p.DryRun {
		return err
	}
	return errors.Join(err, os.RemoveAll(filepath.Join(p.Site, stagingFolder)))
}

// finish puts everything in place, takes away what belongs to nothing any more, and remembers what was done.
func (p *publisher) finish(context.Context) error {
	if err := p.to.commit(); err != nil {
		return err
	}
	removed, err := p.to.remove(p.stale())
	if err != nil {
		return err
	}
	p.report.Written, p.report.Removed = p.to.written, removed
	p.collectWarnings()
	if p.DryRun {
		return nil
	}
	return p.new.save(p.Site)
}

// collectWarnings takes those of the articles that changed: of the others they were said before.
func (p *publisher) collectWarnings() {
	for _, path := range slices.Sorted(maps.Keys(p.new.Articles)) {
		e := p.new.Articles[path]
		if e == p.old.Articles[path] {
			continue
		}
		for _, w := range e.Warnings {
			p.report.Warnings = append(p.report.Warnings, path+articleSuffix+": "+w)
		}
	}
}

// stale are files of earlier runs that this one would not have made. Blobs stay: a reader, or a mirror that is being
// brought up to date, may have an older feed.
func (p *publisher) stale() []string {
	keep := map[string]bool{}
	for _, name := range p.new.files() {
		keep[name] = true
	}
	var stale []string
	for _, name := range p.old.files() {
		if !keep[name] && !strings.HasPrefix(name, "b/") {
			stale = append(stale, name)
		}
	}
	return stale
}

func (l *ledger) files() []string {
	all := append([]string(nil), l.Others...)
	for _, e := range l.Articles {
		for _, out := range e.Outputs {
			all = append(all, out.Name)
		}
	}
	return all
}
