package article

import (
	"errors"
	"strconv"
	"strings"

	"byway/internal/tree"
)

// Why a document cannot be read as a native article at all.
var (
	ErrNotNative  = errors.New(`not a native article: it has no "version" that starts with "byway-article/"`)
	ErrNoHeadline = errors.New("no headline: without one there is nothing to show, give it a text")
)

const nativePrefix = "byway-article/"

// IsNative reports whether a document says of itself that it is a native article, of whatever version.
func IsNative(root tree.Node) bool {
	return strings.HasPrefix(root.Get("version").Text(), nativePrefix)
}

// Newer reports whether the article was made for a later major version than this one knows.
func (a Article) Newer() bool {
	major, ok := majorOf(a.Version)
	return ok && major > 1
}

func majorOf(version string) (int, bool) {
	number, _ := strings.CutPrefix(version, nativePrefix)
	major, minor, hasMinor := strings.Cut(number, ".")
	n, err := strconv.ParseUint(major, 10, 16)
	if err == nil && hasMinor {
		_, err = strconv.ParseUint(minor, 10, 16)
	}
	return int(n), err == nil
}

// Read takes an article out of a native document. Unknown members are ignored. Whatever else is wrong is left out or
// mended, with a warning that names the place. Addresses are as written: package decode resolves and checks them.
// The error is ErrNotNative or ErrNoHeadline, and the article is empty then.
func Read(root tree.Node) (Article, []Warning, error) {
	if !IsNative(root) {
		return Article{}, nil, ErrNotNative
	}
	f := &field{node: root, doc: &document{}}
	a := Article{Version: f.version(), InLanguage: f.language(), Dir: f.dir()}
	f.texts("id type url kicker headline alternativeHeadline byline dateline copyrightNotice license",
		&a.ID, &a.Type, &a.URL, &a.Kicker, &a.Headline, &a.AlternativeHeadline, &a.Byline, &a.Dateline, &a.CopyrightNotice, &a.License)
	f.list("sections", (*namedLinks)(&a.Sections))
	a.Description = f.inline("description")
	f.list("author", (*agents)(&a.Author))
	f.date("datePublished", &a.DatePublished)
	f.date("dateModified", &a.DateModified)
	f.list("image", (*images)(&a.Image))
	a.Body = readBlocks(f.get("body"))
	a.Publisher = f.publisher()
	a.IsBasedOn = f.namedLink("isBasedOn")
	a.IsAccessibleForFree = f.boolean("isAccessibleForFree")
	a.IsPartial = f.isTrue("isPartial")
	a.Keywords = f.words("keywords")
	f.list("about", (*namedLinks)(&a.About))
	f.list("alternates", (*alternates)(&a.Alternates))
	if len(a.Alternates) > MaxAlternates {
		f.get("alternates").warn("more than " + strconv.Itoa(MaxAlternates) + ": the rest is left out")
		a.Alternates = a.Alternates[:MaxAlternates:MaxAlternates]
	}
	f.list("workTranslation", (*translations)(&a.WorkTranslation))
	f.list("channels", (*channels)(&a.Channels))
	a.Share = f.share()
	f.list("related", (*relatedArticles)(&a.Related))
	if a.Headline == "" {
		return Article{}, nil, ErrNoHeadline
	}
	return a, f.doc.warnings, nil
}

// version keeps the version as it is, since it says what this version may have missed.
func (f *field) version() string {
	version := f.text("version")
	major, ok := majorOf(version)
	switch {
	case !ok:
		f.get("version").warn(strconv.Quote(version) + " is no version of the format: read as " + Version)
		return Version
	case major > 1:
		f.get("version").warn(strconv.Quote(version) + " is newer than this reader knows: it is shown as far as it is understood")
	}
	return version
}

// named reads the name of what must have one. Where only text stands, it is the name.
func (f *field) named(name *string) bool {
	switch {
	case f.isText():
		f.warn("is text, not an object: read as the name")
		*name = f.node.Text()
	case f.is(tree.Object):
		if *name = f.text("name"); *name == "" {
			f.warn("has no name: left out")
		}
	}
	return *name != ""
}

// addressed reports whether this is an object with an address.
func (f *field) addressed() bool {
	if !f.is(tree.Object) {
		return false
	}
	if f.node.Get("url").Text() == "" {
		f.warn("has no url: left out")
		return false
	}
	return true
}

// namedLink reads one that may be missing.
func (f *field) namedLink(name string) *NamedLink {
	f = f.get(name)
	l := &NamedLink{}
	if !f.exists() || !readNamedLink(f, l) {
		return nil
	}
	return l
}

func readNamedLink(f *field, l *NamedLink) bool {
	l.URL = f.text("url")
	return f.named(&l.Name)
}

func readAgent(f *field, a *Agent) bool {
	if !f.named(&a.Name) {
		return false
	}
	a.Type = f.oneOf("type", "Person, Organization")
	f.texts("url jobTitle", &a.URL, &a.JobTitle)
	a.Image = f.image("image")
	a.SameAs = f.words("sameAs")
	return true
}

func (f *field) publisher() *Publisher {
	f = f.get("publisher")
	p := &Publisher{}
	if !f.exists() || !readAgent(f, &p.Agent) {
		return nil
	}
	p.Logo = f.image("logo")
	return p
}

func readAlternate(f *field, a *Alternate) bool {
	f.texts("url name type", &a.URL, &a.Name, &a.Type)
	a.InLanguage = f.language()
	return f.addressed()
}

func readChannel(f *field, c *Channel) bool {
	if !f.addressed() {
		return false
	}
	f.texts("url type description", &c.URL, &c.Type, &c.Description)
	return f.named(&c.Name)
}

func readRelated(f *field, r *Related) bool {
	if !f.addressed() {
		return false
	}
	f.texts("headline url", &r.Headline, &r.URL)
	r.Image = f.image("image")
	f.date("datePublished", &r.DatePublished)
	if r.Headline == "" {
		f.warn("has no headline: left out")
	}
	return r.Headline != ""
}

func readTranslation(f *field, r *Related) bool {
	if !readRelated(f, r) {
		return false
	}
	if r.InLanguage = f.language(); r.InLanguage == "" {
		f.warn("has no inLanguage: left out")
	}
	return r.InLanguage != ""
}

func (f *field) share() *Share {
	f = f.get("share")
	if !f.is(tree.Object) {
		return nil
	}
	s := &Share{}
	f.texts("url text", &s.URL, &s.Text)
	s.Targets = f.words("targets")
	if s.URL == "" && s.Text == "" && s.Targets == nil {
		return nil
	}
	return s
}
