package tree_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"byway/internal/tree"
)

func sample(w *tree.Writer) {
	w.Object(func() {
		w.Key("b")
		w.List(func() {
			w.Int(-1)
			w.Float(0.25)
			w.Bool(true)
			w.List(func() {})
		})
		w.Key("a")
		w.Object(func() {})
		w.Key("c")
		w.String("</script>&")
	})
}

func TestWriterKeepsTheOrderOfTheCalls(t *testing.T) {
	var compact tree.Writer
	sample(&compact)
	require.Equal(t, `{"b":[-1,0.25,true,[]],"a":{},"c":"</script>&"}`, string(compact.Bytes()))

	indented := tree.Writer{Indent: "  "}
	sample(&indented)
	var want bytes.Buffer
	require.NoError(t, json.Indent(&want, compact.Bytes(), "", "  "))
	require.Equal(t, want.String(), string(indented.Bytes()))
}

func TestWriterWritesOneValueAlone(t *testing.T) {
	var w tree.Writer
	w.String("")
	require.Equal(t, `""`, string(w.Bytes()))
}

// FuzzWriter holds strings against encoding/json, and reads them back.
func FuzzWriter(f *testing.F) {
	for _, seed := range []string{"", "a\"b\\c\b\f\n\r\t\x00\x1f", "\u2028\u2029", "پ\u200c<&>", "\xff\xed\xa0\x80", "\x7f"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var w tree.Writer
		w.String(s)
		var want bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		require.NoError(t, e.Encode(s))
		if utf8.ValidString(s) {
			require.Equal(t, want.String(), string(w.Bytes())+"\n")
		}
		root, err := tree.Parse(w.Bytes())
		require.NoError(t, err)
		require.Equal(t, string([]rune(s)), root.Raw())
	})
}
