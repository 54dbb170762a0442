package demo

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"byway/internal/article"
	"byway/internal/decode"
	"byway/internal/publish"
	"byway/web"
)

// site is who signs.
const site = "two-shores.example"

// Where the articles lie in the tree, as the feed calls them.
const (
	ferry = "2025/winter-ferry"
	sky   = "fa/night-sky"
)

// yesterday is what the articles said the day before.
var yesterday = strings.NewReplacer(
	"For the first time in eleven years, the Skerrow ferry will run all winter", "The Skerrow ferry may run all winter, if the vote is confirmed",
	"41 to 2", "42 to 1",
	"2025-11-15T09:10:00+01:00", "2025-11-14T18:20:00+01:00",
	"شبی که سپیددره چراغ‌هایش را پایین آورد و راه شیری را دید", "سپیددره امشب چراغ‌هایش را پایین می‌آورد",
	"2025-10-31T", "2025-10-30T",
)

// publisher makes the tree, as a publisher does: "byway publish" yesterday and today, and "byway embed" for the partner.
type publisher struct {
	folder  string // holds all that follows
	mirrors []string
	dist    string
	keys    []publish.Signer
}

func (p *publisher) path(name string) string { return filepath.Join(p.folder, name) }

// publish writes the editions of yesterday and of today. The keys are nowhere but in memory, and end with it.
func (p *publisher) publish() error {
	for _, role := range []string{"root1", "feed1"} {
		k, err := publish.NewSigner(site + "/" + role)
		if err != nil {
			return err
		}
		p.keys = append(p.keys, k)
	}
	now := time.Now()
	return inTurn(
		func() error { return paint(p.path("articles/pictures")) },
		func() error { return p.edition(now.Add(-24*time.Hour), asItWas) },
		func() error { return os.CopyFS(p.path("yesterday"), os.DirFS(p.path("today"))) },
		func() error { return p.edition(now, asItIs) },
	)
}

func inTurn(steps ...func() error) error {
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// edition publishes the articles of the folder demo as they were at a time.
func (p *publisher) edition(at time.Time, revise func([]byte) ([]byte, error)) error {
	for _, path := range []string{ferry, sky} {
		if err := p.write(path, revise); err != nil {
			return err
		}
	}
	_, err := os.Stat(p.path("today"))
	_, err = publish.Run(context.Background(), publish.Options{
		Source: p.path("articles"), Site: p.path("today"), New: os.IsNotExist(err), Base: p.mirrors[0] + "/", Mirrors: []string{p.mirrors[1] + "/", p.mirrors[2] + "/"},
		Keys: p.keys, Element: p.dist, Life: 14 * 24 * time.Hour, Now: at,
	})
	return err
}

// write puts an article into the source, with these addresses in it.
func (p *publisher) write(path string, revise func([]byte) ([]byte, error)) error {
	data, err := fs.ReadFile(web.Demo, "demo/"+filepath.Base(path)+".json")
	if err != nil {
		return err
	}
	fill := strings.NewReplacer("{{primary}}", p.mirrors[0], "{{m1}}", p.mirrors[1], "{{m2}}", p.mirrors[2])
	if data, err = revise([]byte(fill.Replace(string(data)))); err != nil {
		return err
	}
	file := p.path("articles/" + path + ".json")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}

func asItIs(data []byte) ([]byte, error) { return data, nil }

// asItWas makes the earlier revision of an article: nothing had been corrected yet.
func asItWas(data []byte) ([]byte, error) {
	a, _, err := decode.Decode([]byte(yesterday.Replace(string(data))), decode.Options{})
	a.Body = slices.DeleteFunc(a.Body, func(b article.Block) bool {
		_, isNote := b.(article.Note)
		return isNote
	})
	return a.JSON(""), err
}

// embed gives what the partner pastes, and the policy for it.
func (p *publisher) embed(path string) (publish.Snippet, error) {
	return publish.Embed(publish.Embedding{Site: p.path("today"), Article: path, Script: "/byway/byway.js", Short: true, Now: time.Now()})
}
