package publish

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"byway/internal/trust"
)

// Role is what a key is for.
type Role string

const (
	RootRole Role = "root" // says who speaks for the site
	FeedRole Role = "feed" // signs what is published
)

// Rotation replaces all keys of a role.
type Rotation struct {
	Site   string
	Role   Role
	Keys   []Signer // hold as many root keys as the root asks for and, to replace root keys, a feed key
	Folder string   // for the files of the new keys
	DryRun bool
	Now    time.Time

	step func() // before each step that changes the site, for tests
}

// Rotated is what a rotation did, or would do.
type Rotated struct {
	Begun    bool     // by an earlier one, which was killed; this one did the rest
	Made     []string // files of the new keys
	Replaced []string // names of the keys that count no more
	Written  []string // files of the site, in the order in which they were put there
	Pin      string   // for pages that are written from now on
	Root     int64    // version
	Feed     int64    // version
}

// Rotate makes new keys and signs a root that names them in place of the old ones, and a feed under that root. With new
// feed keys, what the old ones signed counts no more, whatever its version. With new root keys, pages that pin an old one
// find the new ones by the chain of roots. A rotation that was killed is ended by the next one of the same role, or by
// Run; no file of a key is ever overwritten, but one that no root names yet is used.
func Rotate(r Rotation) (Rotated, error) {
	err := errors.Join(outsideOfSites(r.Folder), noKeys(r.Site))
	var p *publisher
	if err == nil {
		p, err = open(Options{Site: r.Site, Keys: r.Keys, DryRun: r.DryRun, Now: r.Now, step: r.step})
	}
	var done Rotated
	if err == nil {
		done, err = p.rotate(r)
		err = errors.Join(err, p.close())
	}
	if err != nil {
		return Rotated{}, fmt.Errorf("rotate: %w", err)
	}
	return done, nil
}

func (p *publisher) rotate(r Rotation) (Rotated, error) {
	if p.feed.Version == 0 {
		return Rotated{}, errNotPublished
	}
	before, err := p.stateAt(min(p.feed.Root, p.current))
	if err == nil {
		err = p.readFolder(r.Folder)
	}
	if err != nil {
		return Rotated{}, err
	}
	old, _ := before.Root()
	have := slices.Clone(p.keys)
	var done Rotated
	var made []Signer
	if done.Begun = !slices.Equal(*r.Role.keys(&old), *r.Role.keys(&p.root)); !done.Begun {
		old = p.root
		made, err = p.replace(r)
	}
	if err == nil {
		err = p.signAgain()
	}
	if err == nil {
		err = p.keep(r, slices.DeleteFunc(slices.Clone(made), func(k Signer) bool { return slices.ContainsFunc(have, k.is) }))
	}
	for _, k := range made {
		done.Made = append(done.Made, KeyFile(r.Folder, k))
	}
	for _, k := range *r.Role.keys(&old) {
		done.Replaced = append(done.Replaced, k.Name())
	}
	done.Written, done.Root, done.Feed, done.Pin = p.to.written, p.root.Version, p.feed.Version, p.root.RootKeys[0].String()
	return done, err
}

// keep puts everything in place. The keys come first: a root whose keys are lost would be the end of the site.
func (p *publisher) keep(r Rotation, unwritten []Signer) error {
	if len(unwritten) > 0 && !r.DryRun {
		p.to.step()
		if err := writeKeys(r.Folder, unwritten...); err != nil {
			return err
		}
	}
	return p.to.commit()
}

// keys are those of a root that have the role.
func (role Role) keys(r *trust.Root) *[]trust.Key {
	if role == RootRole {
		return &r.RootKeys
	}
	return &r.FeedKeys
}

// readFolder takes the keys, too, that lie where the new ones will.
func (p *publisher) readFolder(folder string) error {
	files, err := filepath.Glob(filepath.Join(folder, "*"+keySuffix))
	for _, file := range files {
		k, readErr := readKey(file)
		if err = errors.Join(err, readErr); !slices.ContainsFunc(p.keys, k.is) {
			p.keys = append(p.keys, k)
		}
	}
	return err
}

// replace signs a root with new keys.
func (p *publisher) replace(r Rotation) ([]Signer, error) {
	next := p.root
	if r.Role == FeedRole {
		next.Epoch++
		next.MinFeed = p.feed.Version
	}
	keys := r.Role.keys(&next)
	made, err := p.freshKeys(r.Role, *keys)
	*keys = nil
	for _, k := range made {
		public, parseErr := trust.ParseKey(k.Public())
		*keys, err = append(*keys, public), errors.Join(err, parseErr)
	}
	if err != nil {
		return nil, err
	}
	for _, k := range made {
		if !slices.ContainsFunc(p.keys, k.is) {
			p.keys = append(p.keys, k)
		}
	}
	return made, p.nextRoot(next)
}

// freshKeys are as many as the role needs: one that signs feeds, and as many roots keys as there were. A run that was
// killed may have left some: their numbers are above those of the root.
func (p *publisher) freshKeys(role Role, old []trust.Key) (all []Signer, err error) {
	need, newest := 1, 0
	if role == RootRole {
		need = len(old)
	}
	for _, k := range old {
		newest = max(newest, p.number(role, k.Name()))
	}
	for number := newest + 1; len(all) < need; number++ {
		k, err := p.keyOf(fmt.Sprintf("%s/%s%d", p.root.Site, role, number))
		if err != nil {
			return nil, err
		}
		all = append(all, k)
	}
	return all, nil
}

// keyOf gives the key of a name, a new one where none has it.
func (p *publisher) keyOf(name string) (Signer, error) {
	if i := slices.IndexFunc(p.keys, func(k Signer) bool { return k.name == name }); i >= 0 {
		return p.keys[i], nil
	}
	return NewSigner(name)
}

// number counts the keys of a role: 2 for "news.example/feed2", 0 for names that "byway keygen" does not give.
func (p *publisher) number(role Role, name string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(name, p.root.Site+"/"+string(role)))
	return n
}

// signAgain writes the feed that is there anew, under the root that counts now.
func (p *publisher) signAgain() error {
	hosts, err := p.hostFiles()
	if err != nil {
		return err
	}
	return errors.Join(
		p.to.put(pages, headersFile, []byte(hosts[headersFile])), // it names each root
		p.to.put(current, trust.CurrentRoot, p.rootNote),
		p.nextFeed(p.feed.Items, p.feed.Shards, p.feed.Expires.Sub(p.feed.Issued)))
}
