package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// collectLicenses gives the licences of all that is inside: Byway's, the Go project's, and those of the modules that the
// WebAssembly is linked from. They ask for it.
func collectLicenses(root string) ([]byte, error) {
	goroot, err := output("go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	modules, err := linkedModules(root)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	for _, part := range append([][2]string{{"Byway", root}, {"Go", goroot}}, modules...) {
		text, err := os.ReadFile(filepath.Join(part[1], "LICENSE"))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", part[0], err)
		}
		fmt.Fprintf(&b, "==== %s ====\n\n%s\n\n", part[0], bytes.TrimSpace(text))
	}
	return b.Bytes(), nil
}

// linkedModules lists path and folder of every module but ours that the WebAssembly is made of, sorted.
func linkedModules(root string) ([][2]string, error) {
	cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Dir}}{{end}}{{end}}", "./wasm")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	var modules [][2]string
	for line := range strings.Lines(string(out)) {
		if path, dir, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			modules = append(modules, [2]string{path, dir})
		}
	}
	slices.SortFunc(modules, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return slices.Compact(modules), nil
}
