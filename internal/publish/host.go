package publish

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"byway/internal/trust"
)

// elementFolder is where byway.js looks for the rest of the element under every address.
const elementFolder = ".byway"

// workerFile keeps pages for readers without a network. It lies at the top of the tree, for it serves only what lies under its
// own folder.
const workerFile = "byway-sw.js"

// headersFile is that of Netlify, Cloudflare Pages and those who do as they do.
const headersFile = "_headers"

const (
	forEver  = "public, max-age=31536000, immutable"
	askFirst = "no-cache"
)

// element copies what "make build" wrote. What earlier builds left stays: pages may still have their byway.js.
func (p *publisher) element(context.Context) error {
	if p.Element == "" {
		return nil
	}
	if _, err := os.Stat(filepath.Join(p.Element, "byway.js")); err != nil {
		return fmt.Errorf(`%s holds no byway.js: run "make build", name the folder with -dist, or do without by -dist ""`, p.Element)
	}
	entries, err := os.ReadDir(p.Element)
	for _, e := range entries {
		if name := e.Name(); e.Type().IsRegular() && (strings.HasPrefix(name, "byway.") || name == "licenses.txt" || name == workerFile) {
			err = errors.Join(err, p.copyElement(name))
		}
	}
	return err
}

// copyElement puts the WebAssembly in place before the script that looks for it.
func (p *publisher) copyElement(name string) error {
	data, err := os.ReadFile(filepath.Join(p.Element, name))
	if err != nil {
		return err
	}
	to := elementFolder + "/" + name
	if name == workerFile {
		to = name
	}
	if isWasm(name) {
		p.wasm = append(p.wasm, to)
		return p.to.put(blobs, to, data)
	}
	return p.to.put(pages, to, data)
}

// hostFiles say to hosts what to send with which file: that any page may read it, what it is, and how long it lasts.
func (p *publisher) hostFiles() (map[string]string, error) {
	immortal, err := p.immortal()
	return map[string]string{
		headersFile: headers(immortal),
		".htaccess": htaccess,
		"Caddyfile": caddyfile,
		".nojekyll": "", // or GitHub Pages leaves out what begins with a dot
	}, err
}

// immortal are the files outside of b/ that never change.
func (p *publisher) immortal() ([]string, error) {
	all := slices.Clone(p.wasm)
	entries, err := os.ReadDir(p.to.path(elementFolder))
	for _, e := range entries {
		if isWasm(e.Name()) {
			all = append(all, elementFolder+"/"+e.Name())
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	for version := int64(1); version <= p.root.Version; version++ {
		all = append(all, trust.RootPath(version))
	}
	if errors.Is(err, os.ErrNotExist) {
		err = nil
	}
	return all, err
}

// isWasm reports whether a file of the element is the WebAssembly, packed or not: its name has its hash.
func isWasm(name string) bool { return strings.Contains(name, ".wasm") }

// headers is what stands in headersFile. Where two rules fit a file, some hosts send both values in one line, so no two
// rules that fit one file set the same.
func headers(immortal []string) string {
	var b strings.Builder
	rule := func(pattern string, lines ...string) {
		b.WriteString("/" + pattern + "\n")
		for _, line := range lines {
			b.WriteString("  " + line + "\n")
		}
	}
	rule("*", "Access-Control-Allow-Origin: *", "Timing-Allow-Origin: *", "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer")
	rule("b/*", "Cache-Control: "+forEver)
	for _, name := range immortal {
		lines := []string{"Cache-Control: " + forEver}
		if strings.HasSuffix(name, ".note") {
			lines = append(lines, noteType)
		}
		rule(name, lines...)
	}
	rule("a/*", "Cache-Control: "+askFirst)
	for _, name := range []string{trust.CurrentRoot, trust.FeedPath} {
		rule(name, "Cache-Control: "+askFirst, noteType)
	}
	return b.String()
}

const noteType = "Content-Type: text/plain; charset=utf-8"

const htaccess = `# For Apache 2.4 with mod_headers and mod_mime.
AddType application/json .json
AddType application/wasm .wasm
AddType "text/plain; charset=utf-8" .note
Options -Indexes
DirectoryIndex index.html
<IfModule mod_headers.c>
	Header always set Access-Control-Allow-Origin "*"
	Header always set Timing-Allow-Origin "*"
	Header always set X-Content-Type-Options "nosniff"
	Header always set Referrer-Policy "no-referrer"
	Header set Cache-Control "` + askFirst + `"
	<If "%{REQUEST_URI} =~ m#/(b/[0-9a-f]{64}(\.json|\.css)?|root/[0-9]+\.note|\.byway/byway\.[0-9a-f]+\.wasm(\.br|\.gz)?)$#">
		Header set Cache-Control "` + forEver + `"
	</If>
</IfModule>
`

const caddyfile = `# For Caddy 2: BYWAY_ADDRESS=m1.example.net caddy run, in this folder.
{$BYWAY_ADDRESS::8080} {
	root * .
	file_server {
		hide Caddyfile .htaccess _headers
		precompressed br gzip
	}
	encode gzip
	header Access-Control-Allow-Origin *
	header Timing-Allow-Origin *
	header X-Content-Type-Options nosniff
	header Referrer-Policy no-referrer
	header ?Cache-Control "` + askFirst + `"
	@immutable path_regexp /(b/[0-9a-f]{64}(\.json|\.css)?|root/[0-9]+\.note|\.byway/byway\.[0-9a-f]+\.wasm(\.br|\.gz)?)$
	header @immutable Cache-Control "` + forEver + `"
	@note path *.note
	header @note Content-Type "text/plain; charset=utf-8"
}
`
