package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"byway/internal/trust"
)

// ledger remembers what was made of what, so that an article that did not change costs no more than its hash. To lose it
// costs time and leaves pages of deleted articles in the site.
type ledger struct {
	Rules    string             `json:"rules"` // hash of what else articles are made of; another one makes them all anew
	Articles map[string]*entry  `json:"articles"`
	Pictures map[string]picture `json:"pictures"` // by the hash of the file
	Others   []string           `json:"others"`   // files that belong to no single article
}

// entry is one article: what it was made of, what was made of it, and what lists say of it.
type entry struct {
	Inputs      []input   `json:"inputs"` // that of the article first
	Outputs     []result  `json:"outputs"`
	Earlier     []string  `json:"earlier,omitempty"` // blobs of its earlier revisions
	Warnings    []string  `json:"warnings,omitempty"`
	Hash        string    `json:"hash"`
	Size        int64     `json:"size"`
	Title       string    `json:"title"`
	URL         string    `json:"url"`
	Language    string    `json:"language,omitempty"`
	Summary     string    `json:"summary,omitempty"`
	Picture     string    `json:"picture,omitempty"` // address of the lead
	Published   time.Time `json:"published"`
	Modified    time.Time `json:"modified"` // not before it was published; zero: no date is known
	Sections    []section `json:"sections,omitempty"`
	Correction  string    `json:"correction,omitempty"`
	CorrectedAt time.Time `json:"correctedAt"`
}

// section is a place of the article in the site, where its address is under the site's own.
type section struct{ Name, Folder string }

// input is a file of the source. Where there was none its hash is empty.
type input struct{ Name, Hash string }

// result is a file of the site.
type result struct {
	Name string
	Size int64
}

func ledgerPath(site string) string { return filepath.Clean(site) + ".ledger" }

func newLedger() ledger {
	return ledger{Articles: map[string]*entry{}, Pictures: map[string]picture{}}
}

// readLedger gives an empty one where there is none, or one that cannot be read.
func readLedger(site string) (*ledger, error) {
	l := newLedger()
	data, err := os.ReadFile(ledgerPath(site))
	if errors.Is(err, os.ErrNotExist) {
		err = nil
	} else if err == nil && json.Unmarshal(data, &l) != nil {
		l = newLedger()
	}
	return &l, err
}

// expire has everything made anew.
func (l *ledger) expire() {
	for _, e := range l.Articles {
		e.Inputs = nil
	}
}

// ever are the files that were ever made of the article of a path, as far as is remembered.
func (l *ledger) ever(path string) []string {
	all := []string{trust.AliasPath(path), pageOf(path)}
	if e := l.Articles[path]; e != nil {
		all = append(all, e.Earlier...)
		for _, out := range e.Outputs {
			all = append(all, out.Name)
		}
	}
	return all
}

// supersede remembers the blobs of the revision before.
func (e *entry) supersede(old *entry) {
	if old == nil {
		return
	}
	e.Earlier = slices.Clone(old.Earlier)
	for _, out := range old.Outputs {
		if strings.HasPrefix(out.Name, "b/") {
			e.Earlier = append(e.Earlier, out.Name)
		}
	}
	e.Earlier = slices.DeleteFunc(e.Earlier, func(name string) bool {
		return slices.ContainsFunc(e.Outputs, func(out result) bool { return out.Name == name })
	})
	slices.Sort(e.Earlier)
	e.Earlier = slices.Compact(e.Earlier)
}

// save replaces the ledger, unless it says this already.
func (l *ledger) save(site string) error {
	data, err := json.Marshal(l)
	if err != nil {
		return err
	}
	path := ledgerPath(site)
	if old, err := os.ReadFile(path); err == nil && string(old) == string(data) {
		return nil
	}
	if err := os.WriteFile(path+".new", data, 0o644); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// rulesOf is the hash of what every article is made of besides its own files: this program, and the settings.
func rulesOf(settings ...string) (string, error) {
	program, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(program)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hashOf(fmt.Appendf(nil, "%x%q", h.Sum(nil), settings)), nil
}

// hashOf is a SHA-256 in lower-case hexadecimal digits, as names of files have it.
func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
