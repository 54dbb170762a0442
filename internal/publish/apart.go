package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"byway/internal/trust"
)

// apart holds that neither folder is in the other: what is published would be published again.
func apart(source, site string) error {
	for _, pair := range [][2]string{{source, site}, {site, source}} {
		if inner, err := within(pair[0], pair[1]); err != nil {
			return err
		} else if inner {
			return fmt.Errorf("%s lies in %s: choose two folders side by side", pair[0], pair[1])
		}
	}
	return nil
}

// within reports whether a folder is another one or lies in it, whatever links lead there. The first may be none yet.
func within(inner, outer string) (bool, error) {
	folder, err := os.Stat(outer)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	found := false
	if err == nil {
		err = upwards(inner, func(dir string) bool {
			info, err := os.Stat(dir)
			found = found || err == nil && os.SameFile(info, folder)
			return found
		})
	}
	return found, err
}

// upwards calls with a folder as it is without links, and with those that it lies in, until it is told to stop.
func upwards(folder string, stop func(dir string) bool) error {
	dir, err := resolved(folder)
	for err == nil && !stop(dir) && dir != filepath.Dir(dir) {
		dir = filepath.Dir(dir)
	}
	return err
}

// resolved follows the links of a path, as far as there is anything.
func resolved(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(path)
	if !errors.Is(err, fs.ErrNotExist) || path == filepath.Dir(path) {
		return real, err
	}
	parent, err := resolved(filepath.Dir(path))
	return filepath.Join(parent, filepath.Base(path)), err
}

// outsideOfSites holds that a folder for keys is none that lies in a published site, which anybody may fetch.
func outsideOfSites(folder string) (err error) {
	walkErr := upwards(folder, func(dir string) bool {
		for _, name := range []string{trust.CurrentRoot, trust.FeedPath} {
			if (&site{folder: dir}).exists(name) {
				err = fmt.Errorf("%s lies in the site %s, which anybody may fetch: choose a folder for keys elsewhere", folder, dir)
			}
		}
		return err != nil
	})
	return errors.Join(walkErr, err)
}

// noKeys refuses a folder that holds private keys, which would be copied to every address with it. The folder may be
// none yet.
func noKeys(folder string) error {
	folder, err := resolved(folder) // or a link would not be walked
	if err != nil {
		return err
	}
	return filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) || err == nil && d.IsDir() {
			return nil
		}
		if err == nil && d.Type()&fs.ModeSymlink != 0 {
			err = noKeysBehind(name)
		}
		private := false
		if err == nil {
			private, err = isPrivate(name)
		}
		if private {
			err = keyFault(name)
		}
		return err
	})
}

// noKeysBehind looks into a folder that a link leads to, since many ways to copy a site follow it.
func noKeysBehind(link string) error {
	keys, err := filepath.Glob(filepath.Join(link, "*"+keySuffix))
	if len(keys) > 0 {
		return keyFault(keys[0])
	}
	return err
}

func keyFault(name string) error {
	return fmt.Errorf(`%s: a private key, or named as one, in what is published: move it to a folder of its own; if it was at an address already, replace it by "byway rotate"`, name)
}

// isPrivate knows a private key by the name of its file or by how it begins. None is longer than maxKey.
func isPrivate(name string) (bool, error) {
	const maxKey = 1 << 10
	if strings.EqualFold(filepath.Ext(name), keySuffix) {
		return true, nil
	}
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxKey {
		return false, nil // a link that leads nowhere, too: nothing can be copied from it
	}
	f, err := os.Open(name)
	if err != nil {
		return false, err
	}
	defer f.Close()
	start := make([]byte, len(privatePrefix))
	n, err := io.ReadFull(f, start)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return bytes.Equal(start[:n], []byte(privatePrefix)), err
}
