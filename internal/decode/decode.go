// Package decode turns the bytes of a publisher's JSON into an article, whatever format they are in.
//
// A format is a file with two functions and one line in the table below. It maps members to the model and may leave
// bodies as article.HTML, addresses relative and text untidy: what all formats need done is done once, in finish.go.
// A decoder is pure. It asks no network, and nothing but the headline can make it fail.
package decode

import (
	"slices"
	"strconv"

	"byway/internal/article"
	"byway/internal/tree"
)

// Options of one decoding.
type Options struct {
	Format string // name of the format; "": detect
	// Item is the id or the address of the article that is meant, where a document may hold several: what stands behind
	// the "#" of its address. "": the first.
	Item string
	// Base is the address the article is known by: relative references are resolved against it where the document
	// names no canonical address. Never the address of the mirror that delivered the bytes.
	Base string
	// Language, BCP 47, is what the surroundings suggest. It counts where the document names none, and only if it is
	// written in the direction of the text.
	Language string
}

// format is one format of article JSON.
type format struct {
	name   string
	detect func(root tree.Node) bool
	decode func(root tree.Node, o *Options, a *article.Article) []article.Warning
}

// formats are asked in this order whether a document is theirs.
var formats = []format{
	{"native", article.IsNative, decodeNative},
	{"wordpress", isWordPress, decodeWordPress},
	{"wordpress", isWordPressCom, decodeWordPressCom},
	{"jsonfeed", isJSONFeed, decodeJSONFeed},
	{"ghost", isGhost, decodeGhost},
	{"jsonld", isJSONLD, decodeJSONLD},
	{"ninjs", isNinjs, decodeNinjs},
	{"ans", isANS, decodeANS},
	{"guardian", isGuardian, decodeGuardian},
	{"plain", isPlain, decodePlain}, // the last
}

// Formats are the names that Options.Format may have.
func Formats() []string {
	var names []string
	for i := range formats {
		if !slices.Contains(names, formats[i].name) {
			names = append(names, formats[i].name)
		}
	}
	return names
}

// Decode reads one article. In what it returns every address is absolute and of an allowed scheme, no HTML is left,
// and the direction of the text is set. The error is always an *Error, and the article is empty then.
func Decode(data []byte, o Options) (article.Article, []article.Warning, error) {
	data, legacy := asUTF8(data)
	root, err := parse(data)
	if err != nil {
		return article.Article{}, nil, err
	}
	f, err := choose(root, o.Format)
	if err != nil {
		return article.Article{}, nil, err
	}
	warnings := mend(root, f, &o)
	if legacy {
		warnings = append(warnings, article.Warning{What: "not UTF-8: read as windows-1252"})
	}
	if _, found := articleIn(root, f.name, o.Item); !found {
		return article.Article{}, nil, noItem(root, f.name, o.Item)
	}
	var a article.Article
	warnings = append(warnings, f.decode(root, &o, &a)...)
	warnings = append(warnings, finish(&a, &o)...)
	if a.Headline == "" {
		return article.Article{}, nil, &Error{Kind: NoHeadline, Format: f.name}
	}
	return a, few(warnings), nil
}

// few keeps a hostile document from filling the report.
func few(warnings []article.Warning) []article.Warning {
	const most = 500
	if more := len(warnings) - most; more > 0 {
		warnings = append(warnings[:most:most], article.Warning{What: "and " + strconv.Itoa(more) + " more"})
	}
	return warnings
}

// parse also opens a document that was encoded twice, so that it is a string of JSON.
func parse(data []byte) (tree.Node, error) {
	root, err := tree.Parse(data)
	for range 2 {
		if err != nil || root.Kind() != tree.String {
			break
		}
		root, err = tree.Parse([]byte(root.Raw()))
	}
	if err != nil {
		return tree.Node{}, parseError(err)
	}
	return root, nil
}

func choose(root tree.Node, name string) (*format, error) {
	named := name == ""
	for i := range formats {
		f := &formats[i]
		named = named || f.name == name
		if (name == "" || f.name == name) && f.detect(root) {
			return f, nil
		}
	}
	if !named {
		return nil, &Error{Kind: NoSuchFormat, Format: name}
	}
	return nil, &Error{Kind: NotArticle, Format: name, Detail: inPlaceOf(root, name)}
}

// inPlaceOf says what a document is, if not in the format that it was said to be in.
func inPlaceOf(root tree.Node, name string) string {
	if name != "" {
		if f, err := choose(root, ""); err == nil {
			return "an article in the format " + strconv.Quote(f.name)
		}
	}
	return recognise(root)
}
