package publish

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"byway/internal/trust"
	"byway/web"
)

// publisher is one run.
type publisher struct {
	Options
	standing
	from      *source
	files     []string // of the articles in it
	old       *ledger
	new       ledger
	withdrawn trust.Items // carried from feed to feed, whatever the source holds
	style     string      // name of the pages' style sheet
	wasm      []string    // files of the element that this run puts in place, and that never change
	worker    bool        // the element comes with workerFile
	report    Report

	mu       sync.Mutex // of what follows, and of new
	pictures map[string]func() (picture, error)
}

// begin reads what is there: the keys, the site, and what was made of the articles before.
func begin(o Options) (*publisher, error) {
	if err := errors.Join(apart(o.Source, o.Site), noKeys(o.Source), noKeys(o.Site)); err != nil {
		return nil, err
	}
	from, err := openSource(o.Source)
	if err != nil {
		return nil, err
	}
	files, err := from.articles()
	var p *publisher
	if err == nil {
		p, err = open(o)
	}
	if err != nil {
		return nil, errors.Join(err, from.root.Close())
	}
	p.from, p.files = from, files
	if err = p.decideRoot(); err == nil {
		_, err = p.signer()
	}
	if err == nil {
		err = p.readRules()
	}
	if err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

// open reads the site alone, which may be none yet.
func open(o Options) (*publisher, error) {
	p := &publisher{Options: o, pictures: map[string]func() (picture, error){}, new: newLedger()}
	var err error
	p.standing = standing{keys: o.Keys, now: o.Now}
	if p.to, err = openSite(o.Site, o.DryRun, o.step); err == nil {
		err = p.readState()
	}
	if err == nil {
		p.withdrawn, err = p.readWithdrawn()
	}
	if err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

// readRules finds out whether what was made before would be made so again.
func (p *publisher) readRules() error {
	if err := p.putStyle(); err != nil {
		return err
	}
	_, err := os.Stat(filepath.Join(p.Element, workerFile))
	p.worker = p.Element != "" && err == nil
	rules, err := rulesOf(p.base(), strings.Join(p.mirrors(), " "), p.report.Pin, p.style, p.Element, strconv.FormatBool(p.worker))
	if err != nil {
		return err
	}
	p.new.Rules = rules
	if p.old, err = readLedger(p.Site); err == nil && p.old.Rules != rules {
		p.old.expire()
	}
	return err
}

// putStyle puts the style sheet of the pages in place.
func (p *publisher) putStyle() error {
	sheet := []byte("body{margin:0}" + web.CSS)
	p.style = "b/" + hashOf(sheet) + ".css"
	return p.to.put(blobs, p.style, sheet)
}

// close takes away what was staged and not put in place.
func (p *publisher) close() error {
	var err error
	if p.from != nil {
		err = p.from.root.Close()
	}
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
	p.report.Root, p.report.Feed = p.root.Version, p.feed.Version
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

// stale are files of earlier runs that this one would not have made. Blobs stay, since a reader, or a mirror that is
// being brought up to date, may have an older feed; but those of an article that was withdrawn go.
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
	for _, i := range p.withdrawn {
		for _, name := range p.old.ever(i.Path) {
			if !keep[name] {
				stale = append(stale, name)
			}
		}
	}
	slices.Sort(stale)
	return slices.Compact(stale)
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
