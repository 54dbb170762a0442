package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// memory is what the linear memory of a WebAssembly module holds before it runs, from address 0 to the last byte that is
// not zero.
type memory []byte

const (
	dataID = 11 // of the section that fills the memory, by the standard

	// Between two segments there are at least so many zeros. The Go linker parts at 8, which makes 75,000 segments, most of
	// two bytes, and their addresses are 80 KB of brotli. From 100 to 300 it matters little; above, 1.4 MB more of zeros
	// between the buckets of functions would be there to unpack.
	gap = 128

	mostMemory = 64 << 20 // that a module may fill; only a broken one asks for more
)

// dataSection gives where the section of data starts, its contents, and where it ends.
func dataSection(wasm []byte) (start int, data []byte, end int, err error) {
	const preamble = 8
	if len(wasm) < preamble || string(wasm[:4]) != "\x00asm" {
		return 0, nil, 0, errors.New("not a WebAssembly module")
	}
	r := reader{rest: wasm[preamble:]}
	for len(r.rest) > 0 {
		start := len(wasm) - len(r.rest)
		id, body := r.number(), r.take(r.number())
		if id == dataID && !r.short {
			return start, body, len(wasm) - len(r.rest), nil
		}
	}
	return 0, nil, 0, errors.New("no section of data")
}

// load fills a memory from a section of data.
func load(section []byte) (memory, error) {
	var m memory
	r := reader{rest: section}
	for range r.number() {
		mode, op := r.number(), r.number()
		at, end := r.number(), r.number()
		data := r.take(r.number())
		if r.short || mode != 0 || op != 0x41 || end != 0x0b || at+len(data) > mostMemory { // i32.const at, end
			return nil, fmt.Errorf("a segment of data of another kind, %d bytes before the end", len(r.rest))
		}
		if missing := at + len(data) - len(m); missing > 0 {
			m = append(m, make(memory, missing)...)
		}
		copy(m[at:], data)
	}
	if r.short || len(r.rest) > 0 {
		return nil, errors.New("the section of data is not as long as it says")
	}
	return m, nil
}

// store gives a section of data that fills a memory. Zeros are there anyway, and most are left out.
func store(m memory) []byte {
	var segments []byte
	count := 0
	for at := m.next(0); at < len(m); count++ {
		end := at
		following := at
		for following < len(m) && following-end < gap {
			end = following + 1
			following = m.next(end)
		}
		segments = append(segments, 0, 0x41)
		segments = append(appendSigned(segments, at), 0x0b)
		segments = binary.AppendUvarint(segments, uint64(end-at))
		segments = append(segments, m[at:end]...)
		at = following
	}
	return slices.Concat(binary.AppendUvarint(nil, uint64(count)), segments)
}

// next gives the address of the first byte from here that is not zero, or the length.
func (m memory) next(at int) int {
	for at < len(m) && m[at] == 0 {
		at++
	}
	return at
}

// appendSigned writes a number that is not negative as the standard writes signed ones: the bit above it must be clear.
func appendSigned(b []byte, v int) []byte {
	b = binary.AppendUvarint(b, uint64(v))
	if last := len(b) - 1; b[last]&0x40 != 0 {
		b[last] |= 0x80
		b = append(b, 0)
	}
	return b
}

// reader takes bytes apart. Where they are too few it says so in short, and gives zeros from then on.
type reader struct {
	rest  []byte
	short bool
}

// number reads one of the standard's numbers, unsigned or not negative; a single byte below 128 is one too.
func (r *reader) number() int {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 || v > 1<<32 {
		*r = reader{short: true}
		return 0
	}
	r.rest = r.rest[n:]
	return int(v)
}

func (r *reader) take(n int) []byte {
	if n > len(r.rest) {
		*r = reader{short: true}
		return nil
	}
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	return taken
}
