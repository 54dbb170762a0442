package tree_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/tree"
)

func parse(t *testing.T, src string) tree.Node {
	t.Helper()
	root, err := tree.Parse([]byte(src))
	require.NoError(t, err)
	return root
}

func TestGetGoesByNameAndIndexAndNeverFails(t *testing.T) {
	root := parse(t, `{"a":{"b":[10,{"c":"deep"}]},"ID":1,"id":2,"twice":"first","twice":"last"}`)
	get := func(path string) tree.Node {
		n := root
		for name := range strings.SplitSeq(path, "/") {
			n = n.Get(name)
		}
		return n
	}
	require.Equal(t, "deep", get("a/b/1/c").Text())
	require.Equal(t, "1", root.Get("ID").Text(), "names are told apart by case")
	require.Equal(t, "2", root.Get("id").Text())
	require.Equal(t, "last", root.Get("twice").Text(), "of two equal names the last counts")
	for _, path := range []string{"x", "a/x/y", "a/b/9", "a/b/-1", "a/b/c", "id/x"} {
		require.Equal(t, tree.Missing, get(path).Kind(), path)
	}
	require.False(t, tree.Node{}.Get("a").Exists())
}

func TestTextIsThereOnlyWhereSomethingWasSaid(t *testing.T) {
	for src, want := range map[string]string{
		`" a "`: "a", `12`: "12", `1.50`: "1.50", `""`: "", `"  "`: "", `null`: "", `false`: "", `true`: "", `[]`: "", `{}`: "", `["a"]`: "",
	} {
		require.Equal(t, want, parse(t, src).Text(), src)
	}
	require.Equal(t, " a ", parse(t, `" a "`).Raw())
	require.Empty(t, parse(t, `12`).Raw())
}

func TestNumbersAreReadInEveryFormPublishersUse(t *testing.T) {
	for src, want := range map[string]int64{
		`54`: 54, `"54"`: 54, `54.0`: 54, `"54.9"`: 54, `"1440px"`: 1440, `{"value":675.0}`: 675, `-3`: -3, `1e3`: 1000, `{"value":"80 px"}`: 80,
	} {
		n, ok := parse(t, src).Int()
		require.True(t, ok, src)
		require.Equal(t, want, n, src)
	}
	for _, src := range []string{`""`, `"x"`, `"0x10"`, `"Inf"`, `"NaN"`, `"1_000"`, `null`, `true`, `[]`, `{}`, `1e300`, `"1e999"`, `{"value":{"value":1}}`} {
		_, ok := parse(t, src).Int()
		require.False(t, ok, src)
	}
}

func TestBooleansAreReadInEveryFormPublishersUse(t *testing.T) {
	for src, want := range map[string]bool{
		`true`: true, `"True"`: true, `"1"`: true, `1`: true, `"http://schema.org/True"`: true,
		`false`: false, `"False"`: false, `"0"`: false, `0`: false, `"https://schema.org/False"`: false,
	} {
		b, ok := parse(t, src).Bool()
		require.True(t, ok, src)
		require.Equal(t, want, b, src)
	}
	for _, src := range []string{`null`, `""`, `"yes please"`, `2`, `[]`, `{}`} {
		_, ok := parse(t, src).Bool()
		require.False(t, ok, src)
	}
}

func TestListsAreReadInEveryFormPublishersUse(t *testing.T) {
	for src, want := range map[string]struct{ items, list int }{
		`[1,2]`:                   {2, 2},
		`"one"`:                   {1, 1},
		`{"name":"one"}`:          {1, 1},
		`{}`:                      {1, 1},
		`null`:                    {0, 0},
		`[]`:                      {0, 0},
		`[[1,[2]],3]`:             {2, 3},
		`["",null,false,"a",0]`:   {5, 2},
		`{"0":"a","7":"b"}`:       {2, 2},
		`{"0":"a","x":"b"}`:       {1, 1},
		`{"0":["a","b"],"1":"c"}`: {2, 3},
	} {
		root := parse(t, src)
		require.Len(t, root.Items(), want.items, "%s as it is", src)
		require.Len(t, root.List(), want.list, "%s flat", src)
	}
}

func TestMembersComeInTheOrderOfTheDocument(t *testing.T) {
	members := parse(t, `{"z":1,"a":2,"z":3}`).Members()
	require.Len(t, members, 2)
	require.Equal(t, "a", members[0].Name)
	require.Equal(t, "z", members[1].Name)
	require.Equal(t, "3", members[1].Node.Text())
	require.Empty(t, parse(t, `[]`).Members(), "PHP writes an empty object as []")
}
