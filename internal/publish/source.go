package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"byway/internal/article"
)

// maxPicture is how long the file of a picture may be before it is made smaller, in bytes.
const maxPicture = 64 << 20

// source is the folder of articles. Nothing outside of it is read, whatever an article names.
type source struct {
	root   *os.Root
	hashes sync.Map // of func() string by name: hashes that somebody asked for
}

func openSource(folder string) (*source, error) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, fmt.Errorf("%w: give the folder of your articles", err)
	}
	return &source{root: root}, nil
}

// read gives a file up to a size, nil where there is none.
func (s *source) read(name string, most int64) ([]byte, error) {
	info, err := s.root.Stat(name)
	switch {
	case err != nil || !info.Mode().IsRegular():
		return nil, nil // a name that leads out of the folder, too
	case info.Size() > most:
		return nil, fmt.Errorf("%s: longer than %d bytes: make it smaller", name, most)
	}
	return s.root.ReadFile(name)
}

// hash is that of a file, "" where there is none that can be read. Each file is read once.
func (s *source) hash(name string) string {
	once, _ := s.hashes.LoadOrStore(name, sync.OnceValue(func() string {
		data, err := s.read(name, maxPicture)
		if err != nil || data == nil {
			return ""
		}
		return hashOf(data)
	}))
	return once.(func() string)()
}

// unchanged reports whether all files are as they were.
func (s *source) unchanged(files []input) bool {
	for _, f := range files {
		if s.hash(f.Name) != f.Hash {
			return false
		}
	}
	return len(files) > 0
}

// articles lists the files of articles in the order of their names: all that end with ".json", but those whose name, or
// the name of whose folder, begins with a dot. The paths of two articles differ in more than case, since some hosts do
// not tell the one from the other.
func (s *source) articles() ([]string, error) {
	var all []string
	var faults []error
	seen := map[string]string{}
	err := fs.WalkDir(s.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(d.Name(), ".") && name != ".":
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir() || path.Ext(name) != articleSuffix:
			return nil
		}
		p := pathOf(name)
		if err := checkPath(p); err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", name, err))
		}
		if other, taken := seen[strings.ToLower(p)]; taken {
			faults = append(faults, fmt.Errorf("%s: differs from %s by the case of letters alone: rename one", name, other))
		}
		seen[strings.ToLower(p)] = name
		all = append(all, name)
		return nil
	})
	if err == nil && all == nil {
		err = errors.New("no file ends with .json: give the folder of your articles")
	}
	slices.Sort(all)
	return all, errors.Join(append(faults, err)...)
}

const articleSuffix = ".json"

// pathOf is how the feed calls the article in a file.
func pathOf(file string) string { return strings.TrimSuffix(file, articleSuffix) }

// checkPath takes what needs no escaping in an address and is not taken by the site itself.
func checkPath(p string) error {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./"
	first, _, _ := strings.Cut(p, "/")
	switch {
	case strings.ContainsFunc(p, func(r rune) bool { return !strings.ContainsRune(plain, r) }):
		return errors.New("its path is part of addresses: rename it with digits, letters from a to z, and - . _")
	case slices.Contains([]string{"a", "b", "root"}, strings.ToLower(first)) && first != p:
		return fmt.Errorf("the site needs the folder %q itself: rename it", first)
	case strings.EqualFold(path.Base(p), "index"):
		return errors.New("the site needs the name \"index\" itself: rename it")
	}
	return nil
}

// local finds the file that the address of a picture means: by where it lies beside the article, then by its path from
// the top. It gives the names to try.
func local(file string, articleURL, picture string) []string {
	from, at := splitAddress(articleURL)
	host, where := splitAddress(picture)
	if from != host || from == "" {
		return nil
	}
	where, _, _ = strings.Cut(where, "?")
	return slices.Compact([]string{
		path.Join(path.Dir(file), relative(path.Dir(at), where)),
		strings.TrimPrefix(where, "/"),
	})
}

// eachImage calls for every picture that the article shows.
func eachImage(a *article.Article, do func(*article.Image)) {
	for i := range a.Image {
		do(&a.Image[i])
	}
	for i := range a.Author {
		one(a.Author[i].Image, do)
	}
	if a.Publisher != nil {
		one(a.Publisher.Image, do)
		one(a.Publisher.Logo, do)
	}
	inBlocks(a.Body, do)
	inRelated(a.Related, do)
	inRelated(a.WorkTranslation, do)
}

func one(im *article.Image, do func(*article.Image)) {
	if im != nil {
		do(im)
	}
}

func inRelated(list []article.Related, do func(*article.Image)) {
	for i := range list {
		one(list[i].Image, do)
	}
}

func inBlocks(list []article.Block, do func(*article.Image)) {
	for i, b := range list {
		switch b := b.(type) {
		case article.Figure:
			do(&b.Image)
			list[i] = b
		case article.Gallery:
			for j := range b.Images {
				do(&b.Images[j])
			}
		case article.Quote:
			inBlocks(b.Body, do)
		case article.Media:
			one(b.Thumbnail, do)
		case article.Embed:
			one(b.Thumbnail, do)
		case article.RelatedList:
			inRelated(b.Items, do)
		}
	}
}
