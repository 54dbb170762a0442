package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// tables are the parts of a memory where the Go runtime finds functions by their addresses, as the linker wrote them in
// cmd/link/internal/ld/pcln.go. To write to them is to write to the memory.
type tables struct {
	count   int    // of functions
	names   []byte // of functions, each with a zero behind it
	files   []byte // the names of source files, and which functions are from which
	pcs     []byte // values that change with the program counter
	funcs   []byte // first where each function is described, then the descriptions
	data    []byte // of functions: which words of a frame are pointers, and more
	buckets []byte // where to start looking for a program counter
}

// A function of WebAssembly has 65,536 program counters, and a bucket is for 4096 (runtime/symtab.go:findfuncbucket).
const (
	functionPCs    = 65536
	bucketSize     = 20
	functionBucket = functionPCs / 4096 * bucketSize
)

// findTables takes the places from the header of the tables, and compares them with the runtime's list moduledata.
func findTables(m memory) (tables, error) {
	// A version, steps of 1, pointers of 8 bytes.
	at, header, err := m.only([]byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}, 9)
	if err != nil {
		return tables{}, fmt.Errorf("the header of the function tables: %w", err)
	}
	count, names, units, files, pcs, funcs := header[1], at+header[4], at+header[5], at+header[6], at+header[7], at+header[8]
	start := binary.LittleEndian.AppendUint64(nil, at)
	_, list, err := m.only(binary.LittleEndian.AppendUint64(start, names), 42)
	if err != nil {
		return tables{}, fmt.Errorf("moduledata: %w", err)
	}
	listed := []uint64{list[1], list[4], list[7], list[10], list[13], list[16], list[17]}
	if !slices.Equal(listed, []uint64{names, units, files, pcs, funcs, funcs, count + 1}) || list[20]%functionPCs != 0 {
		return tables{}, errors.New("moduledata and the header of the function tables differ")
	}
	bounds := []uint64{names, units, pcs, funcs, list[40], list[19], list[41]}
	if !slices.IsSorted(bounds) || bounds[6] > uint64(len(m)) || funcs+8*count > list[40] {
		return tables{}, errors.New("the function tables are in another order")
	}
	part := func(i int) []byte { return m[bounds[i]:bounds[i+1]] }
	return tables{int(count), part(0), part(1), part(2), part(3), part(4), part(5)}, nil
}

// only gives the address of a pattern that must be there once, and words of 8 bytes from there.
func (m memory) only(pattern []byte, words int) (uint64, []uint64, error) {
	if n := bytes.Count(m, pattern); n != 1 {
		return 0, nil, fmt.Errorf("there are %d", n)
	}
	at := bytes.Index(m, pattern)
	list := make([]uint64, words)
	if at+8*words > len(m) {
		return 0, nil, errors.New("cut off")
	}
	for i := range list {
		list[i] = binary.LittleEndian.Uint64(m[at+8*i:])
	}
	return uint64(at), list, nil
}

// name gives the name of a function by where it starts.
func (t tables) name(at uint32) (string, error) {
	if int(at) < len(t.names) {
		if name, _, ended := bytes.Cut(t.names[at:], []byte{0}); ended {
			return string(name), nil
		}
	}
	return "", errors.New("a name outside of the names of functions")
}

// function is the description of a function, of numbers of 4 bytes. Its tables by program counter and its data come in
// kinds (internal/abi/symtab.go), and a function lists them by where they start.
type function struct{ fixed, pcs, data numbers }

// The numbers of the fixed part (runtime/runtime2.go:_func). The last is four of one byte, and the fourth of these says
// how many kinds of data there are.
const (
	entryOff = iota
	nameOff
	_ // size of the arguments
	_ // where its deferred calls run
	pcsp
	pcfile
	pcln
	npcdata
	cuOffset
	startLine
	nfuncdata
	fixedNumbers
)

// noData stands for data of a kind that a function does not have. No table by program counter is 0.
const noData = 1<<32 - 1

func (t tables) function(i int) (function, error) {
	index := numbers(t.funcs)
	r := reader{rest: t.funcs}
	r.take(int(index.at(2*i + 1)))
	fixed := numbers(r.take(4 * fixedNumbers))
	if r.short || fixed.at(entryOff) != index.at(2*i) {
		return function{}, fmt.Errorf("function %d is not where its index says", i)
	}
	f := function{fixed, r.take(4 * int(fixed.at(npcdata))), r.take(4 * int(fixed.at(nfuncdata)>>24))}
	if r.short {
		return function{}, fmt.Errorf("function %d is not as long as it says", i)
	}
	return f, nil
}

// numbers are of 4 bytes each.
type numbers []byte

func (n numbers) len() int            { return len(n) / 4 }
func (n numbers) at(i int) uint32     { return binary.LittleEndian.Uint32(n[4*i:]) }
func (n numbers) set(i int, v uint32) { binary.LittleEndian.PutUint32(n[4*i:], v) }
