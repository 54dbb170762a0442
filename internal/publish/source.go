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
// the name of whose folder, begins with a dot.
func (s *source) articles() ([]string, error) {
	var all []string
	err := fs.WalkDir(s.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(d.Name(), ".") && name != ".":
			if d.IsDir() {
				return fs.SkipDir
			}
		case !d.IsDir() && path.Ext(name) == articleSuffix:
			all = append(all, name)
		}
		return nil
	})
	if err == nil && all == nil {
		err = errors.New("no file ends with .json: give the folder of your articles")
	}
	slices.Sort(all)
	return all, errors.Join(checkNames(all), err)
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
