package main

import (
	"encoding/binary"
	"testing"

	"github.com/stretchr/testify/require"
)

// reading is all that the runtime reads of a function while nothing is printed.
type reading struct {
	name   string     // shortened
	fixed  [5]uint32  // entry, size of arguments, where deferred calls run, kind of function, number of kinds of tables
	pcs    [][2]int32 // the size of the frame, by program counter
	maps   [][2]int32 // which stack map, by program counter
	data   [8][]byte
	bucket [5]byte
}

// readAll reads every function, in the way of runtime/symtab.go.
func readAll(t *testing.T, wasm []byte) []reading {
	t.Helper()
	_, section, _, err := dataSection(wasm)
	require.NoError(t, err)
	m, err := load(section)
	require.NoError(t, err)
	tables, err := findTables(m)
	require.NoError(t, err)
	all := make([]reading, tables.count)
	for i := range all {
		all[i] = tables.read(t, i)
	}
	return all
}

func (t tables) read(test *testing.T, i int) reading {
	f, err := t.function(i)
	require.NoError(test, err)
	name, err := t.name(f.fixed.at(nameOff))
	require.NoError(test, err)
	r := reading{
		name:   shortName(name),
		fixed:  [5]uint32{f.fixed.at(0), f.fixed.at(2), f.fixed.at(3), f.fixed.at(npcdata), f.fixed.at(nfuncdata)},
		pcs:    t.steps(f.fixed.at(pcsp)),
		bucket: [5]byte(t.buckets[i*functionBucket:]),
	}
	if f.pcs.len() > 1 {
		r.maps = t.steps(f.pcs.at(1))
	}
	for kind := range f.data.len() {
		at := f.data.at(kind)
		if read := readData[kind]; read != nil && at != noData {
			r.data[kind] = t.data[at:][:read(t.data[at:])]
		}
	}
	return r
}

// steps gives how a value changes, and how far the next change is.
func (t tables) steps(at uint32) (list [][2]int32) {
	if at == 0 {
		return nil
	}
	for p := t.pcs[at:]; p[0] != 0 || list == nil; {
		value, n := binary.Varint(p)
		distance, m := binary.Uvarint(p[n:])
		list = append(list, [2]int32{int32(value), int32(distance)})
		p = p[n+m:]
	}
	return list
}

// readData has, by kind, how many bytes are read of a function's data.
var readData = map[int]func(data numbers) int{
	0: stackMaps,
	1: stackMaps,
	2: func(objects numbers) int { return 8 + 16*int(objects.at(0)) },
	4: func(openCodedDefers numbers) int {
		_, n := binary.Uvarint(openCodedDefers)
		_, m := binary.Uvarint(openCodedDefers[n:])
		return n + m
	},
	7: func(numbers) int { return 4 }, // the function that this one wraps
}

// stackMaps are after their count and how many bits each has.
func stackMaps(data numbers) int { return 8 + int(data.at(0)*((data.at(1)+7)/8)) }
