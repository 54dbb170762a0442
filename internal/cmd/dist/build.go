package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// file is one file of dist/ that browsers may download.
type file struct {
	name   string
	data   []byte
	packed bool // sent compressed
	rare   bool // most pages never ask for it
}

// build fills a folder and gives what it put there. The same sources and toolchain give the same bytes.
func build(out string) ([]file, error) {
	root, err := output("go", "list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return nil, fmt.Errorf("find the module: %w", err)
	}
	wasm, err := buildWasm(root)
	if err != nil {
		return nil, fmt.Errorf("build wasm: %w", err)
	}
	scripts, err := bundleAll(filepath.Join(root, "web"), wasm)
	if err != nil {
		return nil, fmt.Errorf("bundle web: %w", err)
	}
	types, err := os.ReadFile(filepath.Join(root, "web", "byway.d.ts"))
	if err != nil {
		return nil, err
	}
	schema, err := os.ReadFile(filepath.Join(root, "internal", "article", "article.schema.json"))
	if err != nil {
		return nil, err
	}
	licenses, err := collectLicenses(root)
	if err != nil {
		return nil, fmt.Errorf("licences: %w", err)
	}
	files := append(scripts, wasm,
		file{name: "byway.d.ts", data: types},
		file{name: "article.schema.json", data: schema},
		file{name: "licenses.txt", data: licenses},
	)
	return files, write(out, files)
}

func buildWasm(root string) (file, error) {
	data, err := compile(root, "./wasm")
	if err != nil {
		return file{}, err
	}
	stripped, err := strip(data)
	switch {
	case errors.Is(err, errOtherGo): // it works as it is
		fmt.Fprintln(os.Stderr, "dist: the WebAssembly is a quarter larger than it need be:", err)
	case err != nil:
		return file{}, fmt.Errorf("strip: %w", err)
	default:
		data = stripped
	}
	return file{name: hashed("byway.", data, ".wasm"), data: data, packed: true}, nil
}

// hashed puts the start of the SHA-256 of a file into its name.
func hashed(before string, data []byte, after string) string {
	hash := sha256.Sum256(data)
	return before + hex.EncodeToString(hash[:])[:16] + after
}

// compile gives the WebAssembly of a command.
func compile(root, command string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "byway-dist-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "byway.wasm")
	// Without -buildvcs=false every commit would give another hash to the same program. Without inlining (-l) a tenth
	// less is downloaded; what that costs in speed is little beside the network.
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-gcflags=all=-l", "-ldflags=-s -w", "-o", path, command)
	cmd.Dir = root
	// The older collector of garbage is 10 KB less than the new one, which is for many cores.
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOEXPERIMENT=nogreenteagc")
	if message, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, message)
	}
	return os.ReadFile(path)
}

// output gives what a command prints, without the line end.
func output(name string, args ...string) (string, error) {
	out, err := exec.Command(name, args...).Output()
	return strings.TrimSpace(string(out)), err
}

// write puts the files in place and takes away what an earlier build left. Nobody who reads the folder meanwhile finds
// half a file, and a file that is right already keeps its date.
func write(out string, files []file) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	keep := map[string]bool{}
	for _, f := range files {
		keep[f.name] = true
		unchanged, err := replace(filepath.Join(out, f.name), f.data)
		if err != nil {
			return err
		}
		if !f.packed {
			continue
		}
		for _, p := range packers {
			keep[f.name+p.suffix] = true
			if err := p.write(filepath.Join(out, f.name), f.data, unchanged); err != nil {
				return err
			}
		}
	}
	return removeStale(out, keep)
}

func removeStale(out string, keep map[string]bool) error {
	old, err := filepath.Glob(filepath.Join(out, "byway.*"))
	if err != nil {
		return err
	}
	for _, path := range old {
		if !keep[filepath.Base(path)] {
			if err := os.Remove(path); err != nil {
				return err
			}
		}
	}
	return nil
}

// replace writes a file as a whole, unless it has these bytes already.
func replace(path string, data []byte) (unchanged bool, err error) {
	if have, err := os.ReadFile(path); err == nil && bytes.Equal(have, data) {
		return true, nil
	}
	part, err := os.CreateTemp(filepath.Dir(path), ".part-*")
	if err != nil {
		return false, err
	}
	defer os.Remove(part.Name())
	_, err = part.Write(data)
	if err == nil {
		err = part.Chmod(0o644)
	}
	if closeErr := part.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return false, err
	}
	return false, os.Rename(part.Name(), path)
}
