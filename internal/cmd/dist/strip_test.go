package main

import (
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// churn gives testdata/churn, built as the reader is.
var churn = sync.OnceValues(func() ([]byte, error) { return compile(".", "./testdata/churn") })

func buildChurn(t *testing.T) []byte {
	t.Helper()
	wasm, err := churn()
	require.NoError(t, err)
	return wasm
}

// runInBrowser gives what a program prints.
func runInBrowser(t *testing.T, wasm []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "program.wasm")
	require.NoError(t, os.WriteFile(path, wasm, 0o644))
	tools, err := filepath.Abs("../../../.ci/bin")
	require.NoError(t, err)
	cmd := exec.Command(filepath.Join(tools, "wasmtest"), path)
	cmd.Env = append(os.Environ(), "PATH="+tools+string(filepath.ListSeparator)+os.Getenv("PATH"))
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	return string(out)
}

func TestAStrippedProgramDoesTheSame(t *testing.T) {
	whole := buildChurn(t)
	stripped, err := strip(whole)
	require.NoError(t, err)
	want := runInBrowser(t, whole)
	require.Contains(t, want, "goroutines left: true", "it came to its end")
	require.Equal(t, want, runInBrowser(t, stripped))
}

func TestAStrippedProgramIsAFifthLessToDownload(t *testing.T) {
	whole := buildChurn(t)
	stripped, err := strip(whole)
	require.NoError(t, err)
	gzip := packers[slices.IndexFunc(packers, func(p packer) bool { return p.suffix == ".gz" })]
	before, err := gzip.pack(whole)
	require.NoError(t, err)
	after, err := gzip.pack(stripped)
	require.NoError(t, err)
	require.Less(t, len(after), len(before)*81/100)
	require.Less(t, len(stripped), len(whole)*9/10)
}

func TestStrippingTwiceIsStrippingOnce(t *testing.T) {
	once, err := strip(buildChurn(t))
	require.NoError(t, err)
	twice, err := strip(once)
	require.NoError(t, err)
	require.True(t, bytes.Equal(once, twice))
}

func TestOnlyTheTablesOfFunctionsChange(t *testing.T) {
	whole := buildChurn(t)
	stripped, err := strip(whole)
	require.NoError(t, err)

	start, data, end, err := dataSection(whole)
	require.NoError(t, err)
	strippedStart, strippedData, strippedEnd, err := dataSection(stripped)
	require.NoError(t, err)
	require.True(t, bytes.Equal(whole[:start], stripped[:strippedStart]), "the code")
	require.True(t, bytes.Equal(whole[end:], stripped[strippedEnd:]), "what follows")

	before, err := load(data)
	require.NoError(t, err)
	after, err := load(strippedData)
	require.NoError(t, err)
	require.Len(t, after, len(before))
	for _, m := range []memory{before, after} {
		tables, err := findTables(m)
		require.NoError(t, err)
		for _, part := range [][]byte{tables.names, tables.files, tables.pcs, tables.funcs, tables.data, tables.buckets} {
			clear(part)
		}
	}
	require.True(t, bytes.Equal(before, after))
}

func TestFunctionsKeepWhatARunningProgramReads(t *testing.T) {
	whole := buildChurn(t)
	stripped, err := strip(whole)
	require.NoError(t, err)
	want, got := readAll(t, whole), readAll(t, stripped)
	require.Greater(t, len(want), 1000)
	require.Len(t, got, len(want))
	for i := range want {
		require.Equal(t, want[i], got[i], "function %d", i)
	}
}

func TestNamesKeepWhatTheRuntimeLooksFor(t *testing.T) {
	for name, want := range map[string]string{
		"main.main":                         "?.?",
		"byway/internal/mirror.(*Plan).Try": "?.(*?).?",
		"strings.Map[go.shape.int].func1":   "?.?",
		"runtime.bgsweep":                   "runtime.?",
		"runtime.(*mheap).grow":             "runtime.(*?).?",
		"runtime/debug.FreeOSMemory":        "?.?",
		"reflect.makeFuncStub":              "reflect.makeFuncStub",
		"reflect.methodValueCall":           "reflect.methodValueCall",
		"":                                  "?.?",
	} {
		require.Equal(t, want, shortName(name), name)
		require.Equal(t, want, shortName(want), "shortened again")
	}
}

func TestAModuleThatIsNotAsExpectedIsRefused(t *testing.T) {
	whole := buildChurn(t)
	for _, c := range []struct {
		name string
		wasm []byte
		says string
	}{
		{"nothing", nil, "not a WebAssembly module"},
		{"a page", []byte("<!doctype html>"), "not a WebAssembly module"},
		{"cut short", whole[:len(whole)/2], "no section of data"},
		{"of another Go", bytes.ReplaceAll(whole, []byte(writtenFor), []byte("go1.99.")), "another release"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := strip(c.wasm)
			require.ErrorContains(t, err, c.says)
			require.Nil(t, got)
		})
	}
}

func TestTablesThatAreNotAsExpectedAreRefusedAndItIsSaidWhereToLook(t *testing.T) {
	whole := buildChurn(t)
	for _, c := range []struct {
		name   string
		change func(memory, tables)
		says   string
	}{
		{"no header", func(m memory, _ tables) { copy(m[headerOf(m):], "....") }, "the header of the function tables: there are 0"},
		{"two headers", func(m memory, _ tables) { copy(m[len(m)-8:], m[headerOf(m):][:8]) }, "the header of the function tables: there are 2"},
		{"no list of places", func(m memory, _ tables) { m[headerOf(m)+4*8]++ }, "moduledata: there are 0"},
		{"a list with another count", func(m memory, _ tables) { m[headerOf(m)+8]++ }, "differ"},
		{"an index that points elsewhere", func(_ memory, t tables) { t.funcs[4]++ }, "function 0 is not where"},
		{"a function that never ends", func(_ memory, t tables) { some(t).fixed.set(npcdata, 1<<28) }, "is not as long"},
		{"a name from elsewhere", func(_ memory, t tables) { some(t).fixed.set(nameOff, 1<<28) }, "outside of the names"},
		{"a table without an end", func(_ memory, t tables) { some(t).fixed.set(pcsp, 1<<28) }, "no end"},
		{"a new kind of table", func(_ memory, t tables) { some(t).fixed.set(npcdata, 3) }, "of kind 2"},
		{"data from elsewhere", func(_ memory, t tables) { some(t).data.set(0, 1<<28) }, "outside of the data"},
		{"inlined functions", func(_ memory, t tables) { some(t).data.set(3, 0) }, "others inlined"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := strip(remade(t, whole, c.change))
			require.ErrorContains(t, err, c.says)
			require.ErrorContains(t, err, "runtime/symtab.go")
			require.Nil(t, got)
		})
	}
}

// remade gives a module whose memory is changed.
func remade(t *testing.T, wasm []byte, change func(memory, tables)) []byte {
	t.Helper()
	start, section, end, err := dataSection(wasm)
	require.NoError(t, err)
	m, err := load(section)
	require.NoError(t, err)
	tables, err := findTables(m)
	require.NoError(t, err)
	change(m, tables)
	section = store(m)
	head := binary.AppendUvarint([]byte{dataID}, uint64(len(section)))
	return slices.Concat(wasm[:start], head, section, wasm[end:])
}

func headerOf(m memory) int { return bytes.Index(m, []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}) }

// some gives a function with two tables by program counter and four kinds of data.
func some(t tables) function {
	for i := range t.count {
		if f, err := t.function(i); err == nil && f.pcs.len() == 2 && f.data.len() > 3 {
			return f
		}
	}
	panic("no such function")
}
