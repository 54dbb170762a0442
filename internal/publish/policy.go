package publish

import (
	"fmt"
	"slices"
	"strings"

	"byway/internal/article"
	"byway/internal/view"
	"byway/internal/weburl"
)

// script gives the address of byway.js, and how a policy calls its host.
func (p *publisher) script(address string) (script, host string, err error) {
	const own = "partner.invalid"
	if address == "" {
		if file := elementFolder + "/byway.js"; !p.to.exists(file) {
			return "", "", fmt.Errorf("the site has no %s: publish it with the element, or name another one with -script", file)
		}
		address = p.base() + elementFolder + "/byway.js"
	}
	partner, err := weburl.Parse("https://" + own + "/")
	if err != nil {
		return "", "", err
	}
	u, err := partner.Resolve(address)
	switch {
	case err != nil:
		return "", "", fmt.Errorf("the script: %w", err)
	case u.Host == own:
		return address, "'self'", nil
	case u.Scheme != "https" && !u.IsLoopback():
		return "", "", fmt.Errorf("the script: %q is not https", address)
	}
	return address, u.Scheme + "://" + u.Host, nil
}

// unsigned are the pictures that readers cannot check: the browser asks for them by itself, not the element.
func unsigned(a *article.Article) (all []string) {
	eachImage(a, func(im *article.Image) {
		if im.Integrity != "" {
			return
		}
		all = append(all, im.URL)
		for _, r := range im.Renditions {
			all = append(all, r.URL)
		}
	})
	return all
}

// policy is as strict as can be. The script asks its own host for the WebAssembly, before the publisher's addresses.
func (p *publisher) policy(script, fallback string, pictures []string) string {
	if strings.Contains(fallback, view.EscapeQuoted(p.base()+"b/")) {
		pictures = append(pictures, p.base())
	}
	ask := origins(append(p.mirrors(), p.base()))
	if !slices.Contains(ask, script) {
		ask = append([]string{script}, ask...)
	}
	return "default-src 'none'; script-src 'wasm-unsafe-eval' " + script + "; style-src 'self'; connect-src " +
		strings.Join(ask, " ") + "; img-src " + strings.Join(append([]string{"blob:"}, origins(pictures)...), " ") +
		"; require-trusted-types-for 'script'; trusted-types 'none'"
}

// origins are those of addresses, each once and in order.
func origins(addresses []string) (all []string) {
	for _, address := range addresses {
		if origin, _ := splitAddress(address); origin != "" {
			all = append(all, origin)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
