package tree

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRepeated(t *testing.T) {
	for _, c := range []struct {
		name, in, want string
		found          bool
	}{
		{"every name once", `{"a":{"a":1},"b":[{"a":1},{"a":2}],"A":0}`, "", false},
		{"no object", `[1,"a","a"]`, "", false},
		{"at the top", `{"a":1,"b":2,"a":1}`, "a", true},
		{"one of the two escaped", `{"a":1,"\u0061":1}`, "a", true},
		{"the empty name", `{"":1,"":1}`, "", true},
		{"deep down", `{"b":[1,[{"c":{"a":1,"a":null}}]]}`, "a", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, err := Parse([]byte(c.in))
			require.NoError(t, err)
			name, found := n.Repeated()
			require.Equal(t, c.want, name)
			require.Equal(t, c.found, found)
		})
	}
	_, found := Node{}.Repeated()
	require.False(t, found)
}
