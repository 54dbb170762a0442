package mirror

import (
	"fmt"
	"slices"
)

// Part is one of the files that an address is asked for in one attempt.
type Part struct {
	Path  string // below the base of the address
	Limit int64  // in bytes: of a longer file no more than a little is read, and none of it is given
}

// More is an error of Listener.Accept: what came may be right, and these files of the same address would show it.
type More struct{ Parts []Part }

func (m *More) Error() string {
	return fmt.Sprintf("%d more files of the same address are wanted, the first %q", len(m.Parts), m.Parts[0].Path)
}

// File is what came of a part.
type File struct {
	Part
	status int
	body   []byte
}

// Body gives the bytes. The error is an ErrMissing where the address does not have the file, or says what came in place
// of it.
func (f File) Body() ([]byte, error) {
	switch {
	case f.status == statusNotFound || f.status == statusGone:
		return nil, fmt.Errorf("answered with status %d: %w", f.status, ErrMissing)
	case f.status != statusOK:
		return nil, fmt.Errorf("answered with status %d", f.status)
	case int64(len(f.body)) > f.Limit:
		return nil, fmt.Errorf("body: longer than %d bytes", f.Limit)
	}
	return f.body, nil
}

// Files are what came of one address, in the order in which it was asked for.
type Files []File

// Document is the file for the sake of which all others are asked for.
func (all Files) Document() ([]byte, error) { return all[0].Body() }

// Find finds what came of a path.
func (all Files) Find(path string) (f File, asked bool) {
	i := slices.IndexFunc(all, func(f File) bool { return f.Path == path })
	if i < 0 {
		return File{}, false
	}
	return all[i], true
}
