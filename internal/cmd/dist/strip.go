package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// writtenFor is the Go release whose sources were read for what strip may take away.
const writtenFor = "go1.26."

// strip gives the same program, a fifth less to download: without what the Go runtime has only to print the trace of a
// stack. No code changes and nothing moves: bytes that a program does not read become zeros, and long runs of zeros are
// left out. The words of a panic stay; functions in a trace have no names, files and lines any more.
//
// What collecting garbage, growing stacks, defer and recover read is kept. Where the program or its Go is not as
// expected, the error says what to look at: a program with one table misread would break long after its start.
func strip(wasm []byte) ([]byte, error) {
	start, section, end, err := dataSection(wasm)
	if err != nil {
		return nil, err
	}
	if !bytes.Contains(wasm[end:], []byte(writtenFor)) { // the section "producers" stands there
		return nil, changed(errOtherGo)
	}
	m, err := load(section)
	if err != nil {
		return nil, changed(err)
	}
	t, err := findTables(m)
	if err != nil {
		return nil, changed(err)
	}
	if err := t.forgetTraces(); err != nil {
		return nil, changed(err)
	}
	section = store(m)
	head := binary.AppendUvarint([]byte{dataID}, uint64(len(section)))
	return slices.Concat(wasm[:start], head, section, wasm[end:]), nil
}

// errOtherGo says that nothing is known against the program, and nothing for it.
var errOtherGo = errors.New("another release of Go")

func changed(err error) error {
	return fmt.Errorf("not as %sx builds it: %w: see what this Go changed in runtime/symtab.go, runtime/traceback.go, "+
		"internal/abi/symtab.go and cmd/link/internal/ld/pcln.go, and bring strip up to date", writtenFor, err)
}

// forgetTraces overwrites what only traces need.
func (t tables) forgetTraces() error {
	names := shortNames{text: []byte{0}, at: map[string]uint32{}} // the runtime takes a name at 0 for none
	pcs := make([]bool, len(t.pcs))
	data := map[uint32]bool{}
	for i := range t.count {
		f, err := t.function(i)
		if err != nil {
			return err
		}
		name, err := t.name(f.fixed.at(nameOff))
		if err != nil {
			return err
		}
		f.fixed.set(nameOff, names.add(shortName(name)))
		for _, field := range []int{pcfile, pcln, cuOffset, startLine} { // without pcfile no file is looked for (symtab.go:funcline1)
			f.fixed.set(field, 0)
		}
		if err := t.keepPCs(f, pcs); err != nil {
			return err
		}
		if err := t.keepData(f, data); err != nil {
			return err
		}
	}
	t.forgetPCs(pcs)
	t.forgetData(data)
	t.forgetBuckets()
	clear(t.files)
	return t.rename(names)
}

// shortName gives what of a function's name the runtime reads while nothing is printed:
//
//   - the names of two functions whose arguments reflect describes (stkframe.go:argMapInternal),
//   - the package of the runtime's own goroutines (traceback.go:isSystemGoroutine),
//   - the three parts of a method's name, for the words of a panic (error.go:panicwrap).
func shortName(name string) string {
	if name == "reflect.makeFuncStub" || name == "reflect.methodValueCall" {
		return name
	}
	short := "?.?"
	if strings.Contains(name, ".(*") {
		short = "?.(*?).?"
	}
	if strings.HasPrefix(name, "runtime.") {
		short = "runtime" + short[1:]
	}
	return short
}

// shortNames collects names, each with a zero behind it.
type shortNames struct {
	text []byte
	at   map[string]uint32
}

// add gives where a name starts.
func (n *shortNames) add(name string) uint32 {
	at, known := n.at[name]
	if !known {
		at = uint32(len(n.text))
		n.at[name] = at
		n.text = append(append(n.text, name...), 0)
	}
	return at
}

func (t tables) rename(names shortNames) error {
	if len(names.text) > len(t.names) {
		return errors.New("too few names of functions")
	}
	clear(t.names)
	copy(t.names, names.text)
	return nil
}

// keepPCs takes from a function its tables by program counter for traces (traceback.go:printArgs), and for signals that
// stop a goroutine (preempt.go:isAsyncSafePoint), of which WebAssembly has none. It marks the bytes of those that stay.
func (t tables) keepPCs(f function, kept []bool) error {
	for kind := range f.pcs.len() {
		switch kind {
		case 0, 3: // UnsafePoint, ArgLiveIndex
			f.pcs.set(kind, 0)
		case 1: // StackMapIndex
			if err := t.markPCs(f.pcs.at(kind), kept); err != nil {
				return err
			}
		default:
			if f.pcs.at(kind) != 0 {
				return fmt.Errorf("a function has a table by program counter of kind %d", kind)
			}
		}
	}
	return t.markPCs(f.fixed.at(pcsp), kept)
}

// markPCs marks one table: pairs of numbers, up to a zero in the place of a pair that is not the first (symtab.go:step).
func (t tables) markPCs(at uint32, kept []bool) error {
	if at == 0 {
		return nil
	}
	r := reader{rest: t.pcs}
	r.take(int(at))
	for first := true; ; first = false {
		if change := r.number(); change == 0 && !first {
			break
		}
		r.number()
	}
	if r.short {
		return errors.New("a table by program counter has no end")
	}
	for i := int(at); i < len(kept)-len(r.rest); i++ {
		kept[i] = true
	}
	return nil
}

func (t tables) forgetPCs(kept []bool) {
	for i, keep := range kept {
		if !keep {
			t.pcs[i] = 0
		}
	}
}

// keepData takes from a function what describes its arguments for traces (traceback.go:printArgs), and notes where its
// data starts: true for what any function keeps.
func (t tables) keepData(f function, kept map[uint32]bool) error {
	for kind := range f.data.len() {
		at := f.data.at(kind)
		if at == noData {
			continue
		}
		if int(at) >= len(t.data) {
			return errors.New("a function has data outside of the data of functions")
		}
		if kind == 3 { // InlTree, which has names of its own
			return errors.New("a function has others inlined, which -gcflags=all=-l was to prevent")
		}
		if kind > 7 { // WrapInfo
			return fmt.Errorf("a function has data of kind %d", kind)
		}
		onlyTraces := kind == 5 || kind == 6 // ArgInfo, ArgLiveInfo
		if onlyTraces {
			f.data.set(kind, noData)
		}
		kept[at] = kept[at] || !onlyTraces
	}
	return nil
}

// forgetData overwrites the data that no function has any more, up to where the next one's starts.
func (t tables) forgetData(kept map[uint32]bool) {
	keep := true
	for i := range t.data {
		if now, starts := kept[uint32(i)]; starts {
			keep = now
		}
		if !keep {
			t.data[i] = 0
		}
	}
}

// forgetBuckets overwrites what no function is looked up in. The runtime starts at the first program counter of a
// function (symtab.go:findfunc), which is in the first of its 16 buckets and there in the first of 16 parts.
func (t tables) forgetBuckets() {
	const read = 4 + 1 // the number of a function, and what the part adds
	for i := range t.buckets {
		if i%functionBucket >= read {
			t.buckets[i] = 0
		}
	}
}
