package survey

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/andybalholm/brotli"
)

// Limits in bytes, several times what there is today.
const (
	maxScript = 1 << 20
	maxWasm   = 32 << 20
)

const elementFolder = ".byway/"

// wasmName is how byway.js calls the WebAssembly that it was built with: by the first digits of its SHA-256.
var wasmName = regexp.MustCompile(`byway\.([0-9a-f]{16})\.wasm`)

const adviceElement = `Copy .byway/ of the site there again, the .wasm before byway.js. Some hosts leave out folders that begin with a dot: GitHub Pages needs the file .nojekyll, rclone and rsync need no flag.`

// lookAtElement holds the element's files against each other. That byway.js is the publisher's nobody signs.
func (v *visit) lookAtElement(ctx context.Context) {
	path := elementFolder + "byway.js"
	script, err := v.get(ctx, file{path, scriptKind, maxScript})
	if status, is := err.(statusError); is && status.missing() {
		v.find(finding{Element, Warn, "not there, so readers depend on the host that has it", `Run "make build", then byway publish, and copy the site there again with .byway/ in it.`}, path)
		return
	}
	if err != nil {
		v.fault(Element, path, err)
		v.conclude(ctx, Element, "")
		return
	}
	name := wasmName.FindSubmatch(script)
	if name == nil {
		v.find(finding{Element, Broken, "not the byway.js of any build: it names no WebAssembly", adviceElement}, path)
		return
	}
	v.lookAtWasm(ctx, elementFolder+string(name[0]), script)
	v.conclude(ctx, Element, fmt.Sprintf("byway.js and its WebAssembly, %s", name[1]))
}

func (v *visit) lookAtWasm(ctx context.Context, path string, script []byte) {
	body, err := v.get(ctx, file{path, wasmKind, maxWasm})
	switch {
	case err != nil:
		v.fault(Element, path, err)
		return
	case !bytes.Contains(script, hashOf(body)):
		v.find(finding{Element, Broken, "altered or cut: not the one that byway.js takes", adviceElement}, path)
		return
	}
	if _, uncompressed := v.wasted[path]; uncompressed {
		v.lookAtPacked(ctx, path, body)
	}
}

// hashOf is a hash as byway.js holds it.
func hashOf(wasm []byte) []byte {
	sum := sha256.Sum256(wasm)
	return base64.StdEncoding.AppendEncode(nil, sum[:])
}

// lookAtPacked looks for what byway.js takes where a host does not compress: what lies compressed beside it.
func (v *visit) lookAtPacked(ctx context.Context, path string, wasm []byte) {
	for _, suffix := range []string{".br", ".gz"} {
		body, err := v.get(ctx, file{path + suffix, packedKind, maxWasm})
		switch {
		case err != nil:
			continue // it is a help, and the other one helps as well
		case !bytes.Equal(unpacked(body), wasm):
			v.find(finding{Element, Broken, "altered or cut: not what the .wasm beside it holds", adviceElement}, path+suffix)
		default:
			v.mu.Lock()
			delete(v.wasted, path)
			v.mu.Unlock()
		}
		return
	}
}

// unpacked is a file as byway.js unpacks it. A host that knows what the suffix means has had it unpacked already:
// WebAssembly begins with 0.
func unpacked(body []byte) []byte {
	var from io.Reader = brotli.NewReader(bytes.NewReader(body))
	switch {
	case bytes.HasPrefix(body, []byte("\x00asm")):
		return body
	case strings.HasPrefix(string(body), "\x1f\x8b"):
		gz, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return nil
		}
		from = gz
	}
	out, err := io.ReadAll(io.LimitReader(from, maxWasm))
	if err != nil {
		return nil
	}
	return out
}
