package article

import (
	"errors"
	"slices"
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
	doc := &document{}
	f := field{root, "", doc}
	a := Article{
		Version:             readVersion(f.get("version")),
		ID:                  f.get("id").text(),
		Type:                f.get("type").text(),
		InLanguage:          f.get("inLanguage").language(),
		Dir:                 f.get("dir").dir(),
		URL:                 f.get("url").text(),
		Sections:            each(f.get("sections"), readNamedLink),
		Kicker:              f.get("kicker").text(),
		Headline:            f.get("headline").text(),
		AlternativeHeadline: f.get("alternativeHeadline").text(),
		Description:         f.get("description").inline(),
		Author:              each(f.get("author"), readAgent),
		Byline:              f.get("byline").text(),
		Dateline:            f.get("dateline").text(),
		DatePublished:       f.get("datePublished").date(),
		DateModified:        f.get("dateModified").date(),
		Image:               each(f.get("image"), readImage),
		Body:                readBlocks(f.get("body")),
		Publisher:           readPublisher(f.get("publisher")),
		CopyrightNotice:     f.get("copyrightNotice").text(),
		License:             f.get("license").text(),
		IsBasedOn:           optional(f.get("isBasedOn"), readNamedLink),
		IsAccessibleForFree: f.get("isAccessibleForFree").boolean(),
		Keywords:            each(f.get("keywords"), readText),
		About:               each(f.get("about"), readNamedLink),
		Alternates:          readAlternates(f.get("alternates")),
		WorkTranslation:     each(f.get("workTranslation"), readTranslation),
		Channels:            each(f.get("channels"), readChannel),
		Share:               readShare(f.get("share")),
		Related:             each(f.get("related"), readRelated),
	}
	if a.Headline == "" {
		return Article{}, nil, ErrNoHeadline
	}
	return a, doc.warnings, nil
}

// readVersion keeps the version as it is, since it says what this version may have missed.
func readVersion(f field) string {
	version := f.text()
	major, ok := majorOf(version)
	switch {
	case !ok:
		f.warn("%q is no version of the format: read as %s", version, Version)
		return Version
	case major > 1:
		f.warn("%q is newer than this reader knows: it is shown as far as it is understood", version)
	}
	return version
}

// optional reads one thing that may be missing.
func optional[T any](f field, read func(field) (T, bool)) *T {
	if !f.exists() {
		return nil
	}
	v, ok := read(f)
	if !ok {
		return nil
	}
	return &v
}

func readText(f field) (string, bool) {
	text := f.text()
	return text, text != ""
}

// named reads what must have a name. Where only text stands, it is the name.
func (f field) named() (string, bool) {
	if f.node.Kind() == tree.String && f.exists() {
		f.warn("is text, not an object: read as the name")
		return f.node.Text(), f.node.Text() != ""
	}
	if !f.is(tree.Object) {
		return "", false
	}
	name := f.get("name").text()
	if name == "" {
		f.warn("has no name: left out")
	}
	return name, name != ""
}

// addressed reports whether this is an object with an address.
func (f field) addressed() bool {
	if !f.is(tree.Object) {
		return false
	}
	if f.get("url").node.Text() == "" {
		f.warn("has no url: left out")
		return false
	}
	return true
}

func readNamedLink(f field) (NamedLink, bool) {
	name, ok := f.named()
	return NamedLink{name, f.get("url").text()}, ok
}

func readAgent(f field) (Agent, bool) {
	name, ok := f.named()
	if !ok {
		return Agent{}, false
	}
	return Agent{
		Type:     f.get("type").oneOf("Person", "Organization"),
		Name:     name,
		URL:      f.get("url").text(),
		JobTitle: f.get("jobTitle").text(),
		Image:    optional(f.get("image"), readImage),
		SameAs:   each(f.get("sameAs"), readText),
	}, true
}

func readPublisher(f field) *Publisher {
	agent := optional(f, readAgent)
	if agent == nil {
		return nil
	}
	return &Publisher{*agent, optional(f.get("logo"), readImage)}
}

func readAlternates(f field) []Alternate {
	all := each(f, func(f field) (Alternate, bool) {
		return Alternate{f.get("url").text(), f.get("name").text(), f.get("type").text(), f.get("inLanguage").language()}, f.addressed()
	})
	if len(all) > MaxAlternates {
		f.warn("more than %d: the rest is left out", MaxAlternates)
		all = slices.Clip(all[:MaxAlternates])
	}
	return all
}

func readChannel(f field) (Channel, bool) {
	if !f.addressed() {
		return Channel{}, false
	}
	name, ok := f.named()
	return Channel{name, f.get("url").text(), f.get("type").text(), f.get("description").text()}, ok
}

func readRelated(f field) (Related, bool) {
	if !f.addressed() {
		return Related{}, false
	}
	r := Related{
		Headline:      f.get("headline").text(),
		URL:           f.get("url").text(),
		Image:         optional(f.get("image"), readImage),
		DatePublished: f.get("datePublished").date(),
	}
	if r.Headline == "" {
		f.warn("has no headline: left out")
	}
	return r, r.Headline != ""
}

func readTranslation(f field) (Related, bool) {
	r, ok := readRelated(f)
	if !ok {
		return r, false
	}
	if r.InLanguage = f.get("inLanguage").language(); r.InLanguage == "" {
		f.warn("has no inLanguage: left out")
	}
	return r, r.InLanguage != ""
}

func readShare(f field) *Share {
	if !f.is(tree.Object) {
		return nil
	}
	s := Share{f.get("url").text(), f.get("text").text(), each(f.get("targets"), readText)}
	if s.URL == "" && s.Text == "" && s.Targets == nil {
		return nil
	}
	return &s
}
