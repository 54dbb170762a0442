package survey

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"byway/internal/trust"
	"byway/internal/weburl"
)

// visit is one address and what was found there.
type visit struct {
	*survey
	base, host string

	own        *trust.State // what a reader would believe who asks only here; nil without an anchor
	root, feed *note        // root/current.note and feed.note

	roots map[string]*note // others that were asked for, by path

	mu       sync.Mutex           // of what follows
	found    map[finding][]string // files, by what is wrong with them
	passed   map[string]string    // checks that were made to their end, and what there is to say if nothing was found
	skipped  map[string]string    // why a check was not made
	asked    int                  // answers that came with status 200
	silences int                  // requests that no whole answer came to
	quickest time.Duration        // from a request to the headers; 0: none came
	expires  time.Time            // of the certificate
	wasted   map[string]int64     // bytes that compression would have saved, by path
	absent   map[string]int       // files that did not arrive, by check
}

// finding is a fault, the same for all files that have it.
type finding struct {
	check        string
	state        State
	what, advice string
}

func newVisit(s *survey, base string) *visit {
	u, _ := weburl.Parse(base) // baseOf and package trust take no other
	return &visit{survey: s, base: base, host: u.Host,
		root: &note{}, feed: &note{}, roots: map[string]*note{},
		found: map[finding][]string{}, passed: map[string]string{}, skipped: map[string]string{},
		wasted: map[string]int64{}, absent: map[string]int{}}
}

// find notes a fault of a file, or of the address where file is "".
func (v *visit) find(f finding, file string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if files := v.found[f]; !slices.Contains(files, file) {
		v.found[f] = append(files, file)
	}
}

// pass says that a check was made. It counts if nothing was found and the run was not stopped meanwhile.
func (v *visit) pass(ctx context.Context, check, detail string) {
	if ctx.Err() != nil {
		return
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.passed[check] = detail
}

func (v *visit) skip(check, why string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.skipped[check] = why
}

// checks are all there are, each with its faults.
func (v *visit) checks(ctx context.Context) []Check {
	var all []Check
	for _, name := range checks {
		faults := v.faults(name)
		detail, made := v.passed[name]
		switch {
		case len(faults) > 0:
			all = append(all, faults...)
		case made:
			all = append(all, Check{Name: name, State: OK, Detail: detail})
		case ctx.Err() != nil:
			all = append(all, Check{Name: name, State: Skipped, Detail: "the run was stopped"})
		default:
			all = append(all, Check{Name: name, State: Skipped, Detail: cmp.Or(v.skipped[name], "no answer to look at")})
		}
	}
	return all
}

// faults are those of one check, the worst first.
func (v *visit) faults(check string) []Check {
	var all []Check
	for f, files := range v.found {
		if f.check == check {
			all = append(all, Check{check, f.state, naming(files) + f.what, f.advice})
		}
	}
	slices.SortFunc(all, func(a, b Check) int {
		return cmp.Or(b.State.compare(a.State), strings.Compare(a.Detail, b.Detail))
	})
	return all
}

// naming begins a sentence with the files that it is about.
func naming(files []string) string {
	slices.Sort(files)
	switch {
	case files[0] == "":
		return ""
	case len(files) == 1:
		return files[0] + ": "
	case len(files) == 2:
		return files[0] + " and " + files[1] + ": "
	}
	return fmt.Sprintf("%s and %d more files: ", files[0], len(files)-1)
}
