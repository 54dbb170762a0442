package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/stretchr/testify/require"
)

const web = "../../../web"

func TestTheBundleIsOneModuleThatNamesTheWebAssembly(t *testing.T) {
	script, err := bundle(web, file{name: "byway.0123456789abcdef.wasm", data: make([]byte, 4321)}, file{name: "byway.plain.js"}, file{name: "byway.words.js"})
	require.NoError(t, err)
	js := string(script)
	require.Contains(t, js, `"byway.0123456789abcdef.wasm"`)
	require.Contains(t, js, "4321")
	hash := sha256.Sum256(make([]byte, 4321))
	require.Contains(t, js, base64.StdEncoding.EncodeToString(hash[:]))
	require.Contains(t, js, "byway-article")
	require.Contains(t, js, "Copyright 2018 The Go Authors", "the notice that Go's licence asks for")
	require.Contains(t, js, ".mount", "the styles are inside")
	require.NotContains(t, js, "import{", "nothing else is to be downloaded")
	for _, sink := range []string{"innerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"} {
		require.NotContains(t, js, sink, "a page with a strict policy would refuse it")
	}

	again, err := bundle(web, file{name: "byway.0123456789abcdef.wasm", data: make([]byte, 4321)}, file{name: "byway.plain.js"}, file{name: "byway.words.js"})
	require.NoError(t, err)
	require.Equal(t, script, again)
}

// Readers for whom WebAssembly is off are often those with the worst lines.
func TestWhatIsShownWithoutWebAssemblyIsSmall(t *testing.T) {
	plain, err := bundleRare(web, "plain")
	require.NoError(t, err)
	require.Regexp(t, `^byway\.plain\.[0-9a-f]{16}\.js$`, plain.name)
	packed, err := packers[0].pack(plain.data)
	require.NoError(t, err)
	require.Less(t, len(packed), 3000)
	for _, sink := range []string{"innerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "DOMParser"} {
		require.NotContains(t, string(plain.data), sink)
	}
}

// A browser knows a worker by its address, and takes a plain script everywhere.
func TestTheWorkerIsOneSmallScript(t *testing.T) {
	worker, err := bundleWorker(web)
	require.NoError(t, err)
	require.Equal(t, "byway-sw.js", worker.name)
	packed, err := packers[0].pack(worker.data)
	require.NoError(t, err)
	require.Less(t, len(packed), 3300)
	for _, part := range []string{"import{", "import.meta", "export{", "WASM_", "eval("} {
		require.NotContains(t, string(worker.data), part)
	}
}

func TestABundleThatCannotBeMadeSaysWhere(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "byway.js"), []byte(`import "./missing.js"`), 0o644))
	_, err := bundle(dir, file{}, file{}, file{})
	require.ErrorContains(t, err, "missing.js")
}

func TestGoIsKeptOffTheGlobalObject(t *testing.T) {
	module, err := enclose("\t\tglobalThis.fs = {}\n\tfs.writeSync(1)\n\tglobalThis.Go = class {}\n")
	require.NoError(t, err)
	require.Contains(t, module, "export default function (globalThis)")
	require.Contains(t, module, "\tglobalThis.fs.writeSync(1)")
	require.Contains(t, module, "return globalThis.Go;")

	for name, source := range map[string]string{
		"without the class":         "\tfs.writeSync(1)\n",
		"with another free name":    "\tglobalThis.Go = class {}\n\tfs.writeSync(1)\n\tfs.writeSync(2)\n",
		"without what is rewritten": "\tglobalThis.Go = class {}\n",
	} {
		_, err := enclose(source)
		require.ErrorContains(t, err, "not as expected", name)
	}
}

func TestPackedFilesUnpackToTheSame(t *testing.T) {
	data := []byte(strings.Repeat("the same words again and again ", 5000))
	for _, p := range packers {
		packed, err := p.pack(data)
		require.NoError(t, err)
		require.Less(t, len(packed), 500)
		require.Equal(t, p.suffix == ".gz", packed[0] == 0x1f, "the loader tells them apart by this, above 64 KB")
		require.NotZero(t, packed[0], "as WebAssembly begins")
		var r io.Reader = brotli.NewReader(bytes.NewReader(packed))
		if p.suffix == ".gz" {
			r, err = gzip.NewReader(bytes.NewReader(packed))
			require.NoError(t, err)
		}
		got, err := io.ReadAll(r)
		require.NoError(t, err)
		require.Equal(t, data, got)
	}
}

func TestAFolderIsFilledAndCleared(t *testing.T) {
	dir := t.TempDir()
	first := file{name: "byway.1.wasm", data: []byte("one"), packed: true}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "theirs.txt"), nil, 0o644))
	require.NoError(t, write(dir, []file{first, {name: "byway.d.ts", data: []byte("types")}}))
	require.ElementsMatch(t, []string{"byway.1.wasm", "byway.1.wasm.br", "byway.1.wasm.gz", "byway.d.ts", "theirs.txt"}, names(t, dir))

	require.NoError(t, write(dir, []file{{name: "byway.2.wasm", data: []byte("two"), packed: true}}))
	require.ElementsMatch(t, []string{"byway.2.wasm", "byway.2.wasm.br", "byway.2.wasm.gz", "theirs.txt"}, names(t, dir))
}

func TestWhatIsUnchangedIsNotPackedAgain(t *testing.T) {
	dir := t.TempDir()
	f := file{name: "byway.js", data: []byte("one"), packed: true}
	mark := []byte("left as it was")
	br := filepath.Join(dir, "byway.js.br")
	require.NoError(t, write(dir, []file{f}))
	require.NoError(t, os.WriteFile(br, mark, 0o644))
	require.NoError(t, write(dir, []file{f}))
	require.Equal(t, mark, read(t, br))

	f.data = []byte("two")
	require.NoError(t, write(dir, []file{f}))
	require.NotEqual(t, mark, read(t, br))

	require.NoError(t, os.Remove(br))
	require.NoError(t, write(dir, []file{f}))
	require.FileExists(t, br)
}

func TestTheBudgetIsKeptOrTheBuildFails(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		name   string
		brotli int
		fails  bool
	}{{"just within", budget, false}, {"one byte over", budget + 1, true}} {
		t.Run(c.name, func(t *testing.T) {
			f := file{name: "byway.js", data: []byte("raw"), packed: true}
			require.NoError(t, os.WriteFile(filepath.Join(dir, "byway.js.gz"), make([]byte, 7), 0o644))
			require.NoError(t, os.WriteFile(filepath.Join(dir, "byway.js.br"), make([]byte, c.brotli), 0o644))
			var table bytes.Buffer
			err := weigh(&table, dir, []file{f, {name: "byway.d.ts"}})
			require.Equal(t, c.fails, err != nil)
			require.Regexp(t, fmt.Sprintf(`byway\.js +3 +7 +%d\n`, c.brotli), table.String())
			require.NotContains(t, table.String(), "byway.d.ts", "no page downloads it")
		})
	}
}

func TestWrongUsageIsSaid(t *testing.T) {
	var out, err bytes.Buffer
	require.Equal(t, 2, run([]string{"-nonsense"}, &out, &err))
	require.Contains(t, err.String(), "nonsense")
	require.Empty(t, out.String())
}

func TestTheLicencesOfEveryModuleAreThere(t *testing.T) {
	text, err := collectLicenses("../../..")
	require.NoError(t, err)
	for _, part := range []string{"==== Byway ====", "==== Go ====", "==== github.com/hack-pad/safejs ====", "==== golang.org/x/net ====", "Redistribution and use"} {
		require.Contains(t, string(text), part)
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	return data
}
