package view

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func imageURL(t *testing.T, s string) URL {
	t.Helper()
	u := ImageURL(s)
	require.False(t, u.IsZero(), s)
	return u
}

func TestSrcSet(t *testing.T) {
	a, b := imageURL(t, "https://m.example/a,1.jpg?x=2,,"), imageURL(t, "https://m.example/b.jpg")
	tests := []struct {
		name    string
		sources []Source
		want    Node
	}{
		{"a comma in an address does not end it, nor is it changed inside", []Source{{a, 480}, {b, 960}}, attr("srcset", "https://m.example/a,1.jpg?x=2%2C%2C 480w, https://m.example/b.jpg 960w")},
		{"a candidate without address or width is left out", []Source{{URL{}, 480}, {b, 0}, {b, 960}}, attr("srcset", "https://m.example/b.jpg 960w")},
		{"without candidates there is no attribute", []Source{{URL{}, 480}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, SrcSet(tt.sources)) })
	}
}

func TestAttributesThatAreNotThere(t *testing.T) {
	for _, a := range []Node{Href(URL{}), Src(URL{}), Class(""), Dir(""), AriaLabel(""), Width(0), Height(-1), Start(0), Checked(false), ReadOnly(false)} {
		require.Nil(t, a)
	}
}

func TestFlagsHaveNoValue(t *testing.T) {
	require.Equal(t, `<input checked="" readonly="">`, htmlOf(t, El("input", Checked(true), ReadOnly(true))))
	require.Equal(t, `<details open=""></details>`, htmlOf(t, El("details", IsOpen(true))))
}
