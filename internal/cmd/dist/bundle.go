package main

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// bundleAll makes every script.
func bundleAll(web string, wasm file) ([]file, error) {
	plain, err := bundleRare(web, "plain")
	words, fault := bundleRare(web, "plain_words")
	script, failed := bundle(web, wasm, plain, words)
	worker, wrong := bundleWorker(web)
	return []file{{name: "byway.js", data: script, packed: true}, plain, words, worker}, errors.Join(err, fault, failed, wrong)
}

// bundle makes byway.js of web/byway.js and all that it imports. plain and words are of bundleRare.
func bundle(web string, wasm, plain, words file) ([]byte, error) {
	hash := sha256.Sum256(wasm.data)
	return module(filepath.Join(web, "byway.js"), api.FormatESModule, map[string]string{
		"PLAIN_NAME":  strconv.Quote(plain.name),
		"WORDS_NAME":  strconv.Quote(words.name),
		"WASM_NAME":   strconv.Quote(wasm.name),
		"WASM_SIZE":   strconv.Itoa(len(wasm.data)),
		"WASM_SHA256": strconv.Quote(base64.StdEncoding.EncodeToString(hash[:])), // as the option integrity of fetch takes it
	})
}

// bundleRare makes a module that byway.js asks for only where WebAssembly does not run. It belongs to the byway.js of its
// build, as the wasm does, so its name has its hash too.
func bundleRare(web, script string) (file, error) {
	data, err := module(filepath.Join(web, script+".js"), api.FormatESModule, nil)
	return file{name: hashed("byway."+script+".", data, ".js"), data: data, packed: true, rare: true}, err
}

// bundleWorker makes byway-sw.js. Its name stays, for browsers know a worker by its address; and it is no module, for not all
// of them take one as a worker.
func bundleWorker(web string) (file, error) {
	data, err := module(filepath.Join(web, "byway-sw.js"), api.FormatIIFE, nil)
	return file{name: "byway-sw.js", data: data, packed: true, rare: true}, err
}

// module makes one file of a script and all that it imports. Its language is ES2022: browsers from before that
// cannot run the WebAssembly of this Go either, and to them the fallback inside the element stays visible.
func module(script string, format api.Format, define map[string]string) ([]byte, error) {
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{script},
		Bundle:            true,
		Format:            format,
		Target:            api.ES2022,
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsInline,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Define:            define,
		Plugins:           []api.Plugin{goRuntime, styleText},
	})
	if len(result.Errors) > 0 {
		lines := api.FormatMessages(result.Errors, api.FormatMessagesOptions{Kind: api.ErrorMessage})
		return nil, errors.New(strings.Join(lines, "\n"))
	}
	return result.OutputFiles[0].Contents, nil
}

// goRuntime gives the module "go:wasm_exec", made of the file that the Go toolchain ships for its WebAssembly.
var goRuntime = api.Plugin{Name: "go", Setup: func(b api.PluginBuild) {
	b.OnResolve(api.OnResolveOptions{Filter: "^go:wasm_exec$"}, func(a api.OnResolveArgs) (api.OnResolveResult, error) {
		return api.OnResolveResult{Path: a.Path, Namespace: "go"}, nil
	})
	b.OnLoad(api.OnLoadOptions{Filter: ".*", Namespace: "go"}, func(api.OnLoadArgs) (api.OnLoadResult, error) {
		root, err := output("go", "env", "GOROOT")
		if err != nil {
			return api.OnLoadResult{}, err
		}
		source, err := os.ReadFile(filepath.Join(root, "lib", "wasm", "wasm_exec.js"))
		if err != nil {
			return api.OnLoadResult{}, err
		}
		module, err := enclose(string(source))
		return api.OnLoadResult{Contents: &module, Loader: api.LoaderJS}, err
	})
}}

// enclose makes a module whose function gives the class Go for a global object of the caller's choice. As shipped, the
// file is a script that puts Go, fs, process and path on window, where they would meet the page's own.
func enclose(source string) (string, error) {
	const free, bound = "\tfs.writeSync(", "\tglobalThis.fs.writeSync("
	if strings.Count(source, free) != 1 || strings.Count(source, "globalThis.Go = ") != 1 {
		return "", errors.New("wasm_exec.js of this Go toolchain is not as expected: see what it puts on the global object, and enclose that too")
	}
	return goNotice + "export default function (globalThis) {\n" + strings.Replace(source, free, bound, 1) + "\nreturn globalThis.Go;\n}\n", nil
}

// goNotice stays in the minified file.
const goNotice = `/*! Contains wasm_exec.js, Copyright 2018 The Go Authors. All rights reserved. BSD-style licence: licenses.txt */
`

// styleText gives a style sheet as text, minified.
var styleText = api.Plugin{Name: "style", Setup: func(b api.PluginBuild) {
	b.OnLoad(api.OnLoadOptions{Filter: `\.css$`}, func(a api.OnLoadArgs) (api.OnLoadResult, error) {
		source, err := os.ReadFile(a.Path)
		if err != nil {
			return api.OnLoadResult{}, err
		}
		result := api.Transform(string(source), api.TransformOptions{
			Loader: api.LoaderCSS, Charset: api.CharsetUTF8, MinifyWhitespace: true, MinifySyntax: true, LegalComments: api.LegalCommentsNone,
		})
		if len(result.Errors) > 0 {
			return api.OnLoadResult{}, fmt.Errorf("%s:%d: %s", a.Path, result.Errors[0].Location.Line, result.Errors[0].Text)
		}
		text := string(result.Code)
		return api.OnLoadResult{Contents: &text, Loader: api.LoaderText}, nil
	})
}}
