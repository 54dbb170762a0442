package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"byway/internal/weburl"
)

// keySuffix is that of the files of private keys.
const keySuffix = ".key"

// GenerateKeys makes the first two keys of a site, a host such as "news.example", in a folder, which it makes where there
// is none: root1.key, which says who speaks for the site, and feed1.key, which signs what is published. Only their owner
// may read the files. Where one of the files is there already, or the folder lies in a published site, nothing is written.
func GenerateKeys(folder, site string) (root, feed Signer, err error) {
	if u, err := weburl.Parse("https://" + site + "/"); err != nil || u.Host != site {
		return root, feed, fmt.Errorf("site: %q is no host in lower case: write it as in news.example", site)
	}
	if err = outsideOfSites(folder); err != nil {
		return root, feed, err
	}
	if root, err = NewSigner(site + "/root1"); err != nil {
		return root, feed, err
	}
	if feed, err = NewSigner(site + "/feed1"); err != nil {
		return root, feed, err
	}
	return root, feed, writeKeys(folder, root, feed)
}

// writeKeys writes all of them or none.
func writeKeys(folder string, keys ...Signer) (err error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for _, k := range keys {
		name := KeyFile(folder, k)
		if err := writeKey(name, k); err != nil {
			return err
		}
		defer func() {
			if err != nil {
				err = errors.Join(err, os.Remove(name))
			}
		}()
	}
	return syncFolder(folder)
}

func writeKey(name string, k Signer) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s: there is a key already, and whoever pinned it needs it: choose another folder", name)
	}
	if err != nil {
		return err
	}
	_, err = f.WriteString(k.Private() + "\n")
	return errors.Join(err, f.Sync(), f.Close())
}

// KeyFile is where a key lies in a folder: the part of its name behind the site, with ".key".
func KeyFile(folder string, k Signer) string {
	return filepath.Join(folder, k.name[strings.LastIndexByte(k.name, '/')+1:]+keySuffix)
}

// ReadKeys reads a file that holds one private key, or all files of a folder whose names end with ".key".
func ReadKeys(path string) ([]Signer, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf(`%w: "byway keygen" makes keys`, err)
	}
	files := []string{path}
	if info.IsDir() {
		files, err = filepath.Glob(filepath.Join(path, "*"+keySuffix))
	}
	if err == nil && len(files) == 0 {
		err = fmt.Errorf(`%s: no file in it ends with %s: "byway keygen" makes keys`, path, keySuffix)
	}
	var all []Signer
	for _, file := range files {
		k, readErr := readKey(file)
		all, err = append(all, k), errors.Join(err, readErr)
	}
	if err != nil {
		return nil, err
	}
	return all, nil
}

func readKey(file string) (Signer, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return Signer{}, err
	}
	k, err := ParseSigner(strings.TrimSuffix(string(data), "\n"))
	if err != nil {
		return Signer{}, fmt.Errorf("%s: %w", file, err)
	}
	return k, nil
}

// syncFolder makes names in a folder last, as Sync does for what is in a file.
func syncFolder(folder string) error {
	d, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
