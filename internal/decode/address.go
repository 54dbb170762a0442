package decode

import (
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/weburl"
)

// canonical resolves the article's own address, without what only follows readers around. "" where it is no address of
// the web.
func canonical(base *weburl.URL, ref string) string {
	s := markup.ResolveLink(base, ref)
	u, err := weburl.Parse(s)
	if err != nil || u.Host == "" {
		return ""
	}
	return withoutTracking(u)
}

// withoutTracking takes off the parameters that say where a reader came from, and fragments that lead to comments. The
// others keep their order: some servers depend on it.
func withoutTracking(u *weburl.URL) string {
	var kept []string
	for _, parameter := range strings.Split(strings.TrimPrefix(u.Query, "?"), "&") {
		name, _, _ := strings.Cut(parameter, "=")
		if parameter != "" && !isTracking(strings.ToLower(name)) {
			kept = append(kept, parameter)
		}
	}
	u.Query = ""
	if len(kept) > 0 {
		u.Query = "?" + strings.Join(kept, "&")
	}
	if strings.HasPrefix(u.Fragment, "#comment") || u.Fragment == "#respond" {
		u.Fragment = ""
	}
	return u.String()
}

func isTracking(name string) bool {
	const names = "ref fbclid gclid dclid msclkid yclid igshid mc_cid mc_eid mkt_tok _ga"
	return strings.HasPrefix(name, "utm_") || isOneOf(name, names)
}

// elsewhere resolves the address of an alternate or a channel, which may lead out of the web.
func elsewhere(base *weburl.URL, ref string) string {
	if u, err := weburl.Parse(ref); err == nil && u.Path != "" && isOneOf(u.Scheme, "ipfs ipns magnet tg") {
		return u.String()
	}
	return markup.ResolveLink(base, ref)
}

// maxBase is how long the address of an article may be, in bytes, for others to be relative to it: each of them repeats it.
// Site maps take no longer one (sitemaps.org).
const maxBase = 2048

// IsBase reports whether an address is one of the web, as Options.Base has to be.
func IsBase(address string) bool { return parseBase(address) != nil }

// parseBase gives nil for what is no address of the web: relative references are dropped then. A base has to be what a
// link may be, or what is resolved against it would not be one.
func parseBase(address string) *weburl.URL {
	u, err := weburl.Parse(markup.ResolveLink(nil, address))
	if err != nil || u.Host == "" || len(address) > maxBase {
		return nil
	}
	return u
}

// baseOf is what relative references of an article are resolved against: its canonical address, else the one it is
// known by. Never the address of a mirror, where half of what is referred to is missing.
func baseOf(a *article.Article, o *Options) *weburl.URL {
	known := parseBase(o.Base)
	if base := parseBase(canonical(known, a.URL)); base != nil {
		return base
	}
	return known
}

func markupOptions(a *article.Article, o *Options) markup.Options {
	language := a.InLanguage
	if language == "" {
		language = o.Language
	}
	return markup.Options{Base: baseOf(a, o), Headline: a.Headline, Language: language}
}
