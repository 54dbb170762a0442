package survey

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"mime"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// file is one file of the tree.
type file struct {
	path string
	kind kind
	most int64 // bytes that are read of it
}

// kind is what is expected of the headers of a file.
type kind struct {
	types   []string // media types, the best first; nil: any
	charset string   // "": any
	wrong   State    // if it is another one
	loss    string   // what readers lose by another one
	keep    keeping
	packs   bool // has to come compressed
	noPage  bool // is refused if it is said to be HTML
}

// keeping is how long a file may be kept before it is asked for again.
type keeping int

const (
	anyTime keeping = iota
	forEver         // its name changes with its content
	notAtAll
)

var (
	noteKind    = kind{types: []string{"text/plain"}, charset: "utf-8", wrong: Warn, keep: notAtAll}
	rootKind    = kind{types: []string{"text/plain"}, charset: "utf-8", wrong: Warn, keep: forEver}
	aliasKind   = kind{types: []string{"application/json"}, wrong: Warn, keep: notAtAll, packs: true}
	blobKind    = kind{types: []string{"application/json"}, wrong: Warn, keep: forEver, packs: true}
	listKind    = kind{keep: forEver}
	pictureKind = kind{types: []string{"image/*"}, wrong: Warn, keep: forEver}
	scriptKind  = kind{types: []string{"text/javascript", "application/javascript", "application/x-javascript"}, wrong: Broken,
		loss: ", and browsers run no module of another type", packs: true}
	wasmKind = kind{types: []string{"application/wasm"}, wrong: Warn, loss: ", so a browser cannot compile it while it arrives", keep: forEver,
		packs: true, noPage: true}
	packedKind = kind{keep: forEver}
)

// adviceHost is what helps with headers that are the same for many files.
const adviceHost = `"byway publish" wrote _headers, .htaccess and a Caddyfile that say so to hosts that read one of them; others have a setting for it.`

const adviceType = "hosts have a setting for types by suffix, and for files without one that they look into them; the .htaccess and the Caddyfile of the site know the rare ones."

// inspect looks at how a file came.
func (v *visit) inspect(f file, h http.Header, body []byte, sent int64) {
	v.mu.Lock()
	v.asked++
	v.mu.Unlock()
	for _, found := range []finding{corsFault(h), timingFault(h), typeFault(f.kind, h), keepFault(f.kind, h)} {
		if found.what != "" {
			v.find(found, f.path)
		}
	}
	if f.kind.packs && h.Get("Content-Encoding") == "" {
		v.waste(f, body, sent)
	}
}

func corsFault(h http.Header) finding {
	switch allowed := strings.Join(h.Values("Access-Control-Allow-Origin"), ", "); allowed {
	case "*":
		return finding{}
	case "":
		return finding{CORS, Broken, "no Access-Control-Allow-Origin, so no page of another site may read it",
			`Send "Access-Control-Allow-Origin: *" with every file: ` + adviceHost}
	case origin:
		return finding{CORS, Warn, "Access-Control-Allow-Origin repeats the site that asks, so a cache in between gives one site the permission of another",
			`Send "*" in its place, to everybody: ` + adviceHost}
	default:
		return finding{CORS, Broken, fmt.Sprintf("Access-Control-Allow-Origin is %q, so no other page may read it", allowed),
			`Send "*" in its place, once: ` + adviceHost}
	}
}

func timingFault(h http.Header) finding {
	if slices.Contains(h.Values("Timing-Allow-Origin"), "*") {
		return finding{}
	}
	return finding{CORS, Warn, "no Timing-Allow-Origin, so pages cannot tell a slow address from a slow line",
		`Send "Timing-Allow-Origin: *" with every file: ` + adviceHost}
}

func typeFault(k kind, h http.Header) finding {
	if k.types == nil {
		return finding{}
	}
	given := h.Get("Content-Type")
	media, params, _ := mime.ParseMediaType(given)
	state, loss := k.wrong, k.loss
	if media == "text/html" && k.noPage {
		state, loss = Broken, ", and byway.js takes it for a page that stands in for the file"
	}
	wanted := k.types[0]
	if k.charset != "" {
		wanted += "; charset=" + k.charset
	}
	advice := fmt.Sprintf("Send %q with it: %s", "Content-Type: "+strings.Replace(wanted, "*", "jpeg", 1), adviceType)
	switch {
	case !k.takes(media):
		return finding{Types, state, fmt.Sprintf("its type is %q, not %s%s", given, wanted, loss), advice}
	case k.charset != "" && !strings.EqualFold(params["charset"], k.charset):
		return finding{Types, Warn, fmt.Sprintf("its type is %q, not %s", given, wanted), advice}
	}
	return finding{}
}

func (k kind) takes(media string) bool {
	return slices.ContainsFunc(k.types, func(t string) bool {
		group, any := strings.CutSuffix(t, "*")
		return media == t || any && strings.HasPrefix(media, group)
	})
}

// aMonth is as good as for ever.
const aMonth = 30 * 24 * 3600

var maxAge = regexp.MustCompile(`(?:^|[ ,])max-age="?(\d+)`)

// keepFault reads Cache-Control: RFC 9111 §5.2.2.
func keepFault(k kind, h http.Header) finding {
	given := strings.ToLower(strings.Join(h.Values("Cache-Control"), ", "))
	age := -1
	if found := maxAge.FindStringSubmatch(given); found != nil {
		age, _ = strconv.Atoi(found[1])
	}
	never := strings.Contains(given, "no-cache") || strings.Contains(given, "no-store")
	words := fmt.Sprintf("Cache-Control is %q", given)
	if given == "" {
		words = "no Cache-Control"
	}
	switch {
	case k.keep == notAtAll && !never && age != 0:
		return finding{Caching, Warn, words + ", so readers may be kept from what is new",
			`Send "Cache-Control: no-cache" with it: ` + adviceHost}
	case k.keep == forEver && (never || age < aMonth):
		return finding{Caching, Warn, words + ", so readers get again what cannot have changed",
			`Send "Cache-Control: public, max-age=31536000, immutable" with it: ` + adviceHost}
	}
	return finding{}
}

// leastWaste is what nobody notices: a packet, which hosts do not compress for good reason.
const leastWaste = 1400

// waste notes what a file would be shorter.
func (v *visit) waste(f file, body []byte, sent int64) {
	if lost := sent - packed(body); lost >= leastWaste {
		v.mu.Lock()
		defer v.mu.Unlock()
		v.wasted[f.path] = lost
	}
}

// packed is how many bytes gzip makes of a file.
func packed(body []byte) int64 {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(body)
	w.Close()
	return int64(b.Len())
}
