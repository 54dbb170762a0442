package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAMemoryIsStoredWithoutItsLongRunsOfZeros(t *testing.T) {
	m := make(memory, 5000)
	for _, at := range []int{63, 64, 63 + gap, 4000, 4999} {
		m[at] = 0xaa
	}
	section := store(m)
	require.Equal(t, byte(3), section[0], "segments: from 63, from 4000 and from 4999")
	require.Equal(t, []byte{0, 0x41, 63, 0x0b}, section[1:5])
	require.Less(t, len(section), gap+50)
	got, err := load(section)
	require.NoError(t, err)
	require.Equal(t, m, got)
}

func TestAddressesAreWrittenAsTheStandardWritesSignedNumbers(t *testing.T) {
	for v, want := range map[int][]byte{
		0:       {0},
		63:      {63},
		64:      {0xc0, 0},
		127:     {0xff, 0},
		128:     {0x80, 1},
		8191:    {0xff, 0x3f},
		8192:    {0x80, 0xc0, 0},
		1 << 20: {0x80, 0x80, 0xc0, 0},
	} {
		require.Equal(t, want, appendSigned(nil, v), v)
	}
}

func TestEveryMemoryComesBackFromItsSection(t *testing.T) {
	for name, m := range map[string]memory{
		"empty":                    nil,
		"one byte":                 {1},
		"at an address of one bit": append(make(memory, 1<<16), 1),
		"zeros as long as a gap":   append(append(memory{1}, make(memory, gap)...), 2),
		"zeros a little shorter":   append(append(memory{1}, make(memory, gap-1)...), 2),
	} {
		got, err := load(store(m))
		require.NoError(t, err, name)
		require.Equal(t, m, got, name)
	}
}

func TestASectionOfAnotherKindIsRefused(t *testing.T) {
	for name, section := range map[string][]byte{
		"no bytes":                       {},
		"fewer segments than it says":    {2, 0, 0x41, 1, 0x0b, 1, 'a'},
		"a segment shorter than it says": {1, 0, 0x41, 1, 0x0b, 9, 'a'},
		"bytes behind":                   {1, 0, 0x41, 1, 0x0b, 1, 'a', 'b'},
		"filled by the program":          {1, 1, 1, 'a', 0, 0, 0},
		"an address that is computed":    {1, 0, 0x23, 1, 0x0b, 1, 'a'},
		"beyond any memory of ours":      {1, 0, 0x41, 0x80, 0x80, 0x80, 0x80, 1, 0x0b, 1, 'a'},
	} {
		got, err := load(section)
		require.Error(t, err, name)
		require.Nil(t, got, name)
	}
}
