package publish

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"byway/internal/trust"
)

// checkNew holds that a site has a root if and only if it is none that is said to be new.
func (p *publisher) checkNew() error {
	switch {
	case p.root.Version > 0 && p.New:
		return fmt.Errorf("%s has a root already: leave -new out", p.Site)
	case p.root.Version > 0:
		return nil
	case !p.New:
		return fmt.Errorf("%s has no root: for a new site say -new; if it was published before, copy root/ and feed.note back from "+
			"one of your addresses first, or readers who know the old root will refuse it", p.Site)
	}
	rest, err := filepath.Glob(p.to.path("root/*"))
	if err == nil && len(rest) > 0 {
		err = fmt.Errorf("%s is there and no %s: copy all of root/ and feed.note back from one of your addresses", rest[0], trust.CurrentRoot)
	}
	return err
}

// firstRoot takes the keys as "byway keygen" names them, one of each role: among several may be one that was replaced.
func firstRoot(keys []Signer) (trust.Root, error) {
	r := trust.Root{Epoch: 1, Threshold: 1}
	for _, k := range keys {
		public, err := trust.ParseKey(k.Public())
		if err != nil {
			return r, err
		}
		site, role, _ := strings.Cut(k.name, "/")
		if r.Site == "" {
			r.Site = site
		}
		if site != r.Site {
			return r, fmt.Errorf("keys of %s and of %s: give those of one site", r.Site, site)
		}
		all := &r.FeedKeys
		if strings.HasPrefix(role, "root") {
			all = &r.RootKeys
		}
		if !slices.Contains(*all, public) { // a folder and a file of it may be given
			*all = append(*all, public)
		}
	}
	if r.RootKeys == nil || r.FeedKeys == nil {
		return r, errors.New(`the first time, a root key and a feed key are needed: give the folder that "byway keygen" wrote`)
	}
	return r, errors.Join(onlyOne(r.RootKeys), onlyOne(r.FeedKeys))
}

func onlyOne(keys []trust.Key) error {
	if len(keys) == 1 {
		return nil
	}
	return fmt.Errorf("keys %s and %s: a new site begins with one root key and one feed key: if one replaced the other, the site is not new: "+
		"copy root/ and feed.note back from one of your addresses; else name the file of the right one with -key", keys[0].Name(), keys[1].Name())
}
