package publish

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// phase is when a file is put in place. Whoever follows a file of one phase finds all it leads to, since those of the
// phases before are there.
type phase int

const (
	blobs phase = iota
	pages
	aliases
	roots
	feeds
	current // the current root: a feed leads to a later root, but a root that changed feed keys not to a later feed
	phases
)

// stagingFolder holds files that are not in place yet. It lies in the site, since a file cannot be moved between disks
// in one step.
const stagingFolder = ".byway-writing"

// site is the folder of the tree. Its methods may be called by several goroutines.
type site struct {
	folder string
	dry    bool
	step   func()

	mu      sync.Mutex
	staged  [phases][]string // names; that of the staged file is its place in the list
	taken   map[string]bool  // names that this run has put or staged
	written []string
}

// openSite takes away what a killed run left behind.
func openSite(folder string, dry bool, step func()) (*site, error) {
	s := &site{folder: folder, dry: dry, step: step, taken: map[string]bool{}}
	if step == nil {
		s.step = func() {}
	}
	if dry {
		return s, nil
	}
	return s, os.RemoveAll(s.path(stagingFolder))
}

func (s *site) path(name string) string { return filepath.Join(s.folder, filepath.FromSlash(name)) }

// read gives nil where there is no such file.
func (s *site) read(name string) ([]byte, error) {
	data, err := os.ReadFile(s.path(name))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

// has reports whether there is a file of this size.
func (s *site) has(name string, size int64) bool {
	info, err := os.Stat(s.path(name))
	return err == nil && info.Mode().IsRegular() && info.Size() == size
}

func (s *site) exists(name string) bool {
	info, err := os.Stat(s.path(name))
	return err == nil && info.Mode().IsRegular()
}

// put makes a file of the site, unless it is there with these bytes already.
func (s *site) put(when phase, name string, data []byte) error {
	if s.has(name, int64(len(data))) {
		if old, err := s.read(name); err != nil || bytes.Equal(old, data) {
			return err
		}
	}
	s.mu.Lock()
	again := s.taken[name]
	s.taken[name] = true
	place := stagedName(when, len(s.staged[when]))
	if !again {
		s.staged[when] = append(s.staged[when], name)
	}
	s.mu.Unlock()
	if again || s.dry {
		return nil
	}
	s.step()
	return s.write(place, data)
}

func stagedName(when phase, i int) string { return fmt.Sprintf("%s/%d-%d", stagingFolder, when, i) }

// write makes a file that lasts.
func (s *site) write(name string, data []byte) error {
	f, err := os.Create(s.path(name))
	if errors.Is(err, os.ErrNotExist) {
		if err := os.MkdirAll(filepath.Dir(s.path(name)), 0o755); err != nil {
			return err
		}
		f, err = os.Create(s.path(name))
	}
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

// commit puts everything that was staged in place, one phase after the other.
func (s *site) commit() error {
	for when, names := range s.staged {
		folders := map[string]bool{}
		for i, name := range names {
			s.written = append(s.written, name)
			folders[filepath.Dir(s.path(name))] = true
			if err := s.move(stagedName(phase(when), i), name); err != nil {
				return err
			}
		}
		if err := s.sync(folders); err != nil {
			return err
		}
	}
	return nil
}

func (s *site) move(from, to string) error {
	if s.dry {
		return nil
	}
	s.step()
	err := os.Rename(s.path(from), s.path(to))
	if errors.Is(err, os.ErrNotExist) {
		if err := os.MkdirAll(filepath.Dir(s.path(to)), 0o755); err != nil {
			return err
		}
		return os.Rename(s.path(from), s.path(to))
	}
	return err
}

func (s *site) sync(folders map[string]bool) error {
	if s.dry {
		return nil
	}
	for folder := range folders {
		if err := syncFolder(folder); err != nil {
			return err
		}
	}
	return nil
}

// remove takes files away, and folders that are empty then. It gives those that were there.
func (s *site) remove(names []string) (removed []string, err error) {
	for _, name := range slices.Sorted(slices.Values(names)) {
		if _, err := os.Lstat(s.path(name)); err != nil {
			continue
		}
		removed = append(removed, name)
		if s.dry {
			continue
		}
		s.step()
		if err := os.Remove(s.path(name)); err != nil {
			return removed, err
		}
		for folder := filepath.Dir(s.path(name)); folder != filepath.Clean(s.folder); folder = filepath.Dir(folder) {
			if os.Remove(folder) != nil { // not empty
				break
			}
		}
	}
	return removed, nil
}
