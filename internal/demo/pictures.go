package demo

import (
	"errors"
	"os"
	"path/filepath"
	"sync"

	"byway/internal/demo/picture"
)

// painted are all pictures by the names of their files, painted once for all demos of this process.
var painted = sync.OnceValues(func() (map[string][]byte, error) {
	var (
		all  sync.WaitGroup
		mu   sync.Mutex
		done = map[string][]byte{}
		errs error
	)
	for _, name := range picture.Names() {
		all.Go(func() {
			data, err := picture.JPEG(name)
			mu.Lock()
			defer mu.Unlock()
			done[name+".jpg"], errs = data, errors.Join(errs, err)
		})
	}
	all.Wait()
	return done, errs
})

// paint puts the pictures into a folder.
func paint(folder string) error {
	all, err := painted()
	if err == nil {
		err = os.MkdirAll(folder, 0o755)
	}
	for name, data := range all {
		err = errors.Join(err, os.WriteFile(filepath.Join(folder, name), data, 0o644))
	}
	return err
}
