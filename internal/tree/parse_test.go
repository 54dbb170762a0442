package tree_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"byway/internal/tree"
)

func TestParseTakesOffWhatServersPutAroundJSON(t *testing.T) {
	for name, src := range map[string]string{
		"nothing around it":               `{"a":"ب"}`,
		"a byte order mark":               "\uFEFF" + `{"a":"ب"}`,
		"white space":                     " \r\n\t" + `{"a":"ب"}` + "\n\n",
		"the line against script loading": ")]}',\n" + `{"a":"ب"}`,
		"the same without a comma":        ")]}'\n" + `{"a":"ب"}`,
		"the call of JSONP":               `/**/news.show({"a":"ب"});`,
		"a call without a name":           "({\"a\":\"ب\"})\n",
		"CDATA":                           `<![CDATA[ {"a":"ب"} ]]>`,
		"CDATA behind comment signs":      "//<![CDATA[\n" + `{"a":"ب"}` + "\n//]]>",
		"UTF-16, little end first":        "\xFF\xFE{\x00\"\x00a\x00\"\x00:\x00\"\x00\x28\x06\"\x00}\x00",
		"UTF-16, big end first":           "\xFE\xFF\x00{\x00\"\x00a\x00\"\x00:\x00\"\x06\x28\x00\"\x00}",
	} {
		t.Run(name, func(t *testing.T) {
			root, err := tree.Parse([]byte(src))
			require.NoError(t, err)
			require.Equal(t, "ب", root.Get("a").Text())
		})
	}
}

func TestParseNamesWhatIsNoJSON(t *testing.T) {
	for _, empty := range []string{"", "  \n", "\uFEFF", ")]}',\n"} {
		_, err := tree.Parse([]byte(empty))
		require.ErrorIs(t, err, tree.ErrEmpty)
	}
	for _, page := range []string{"<!doctype html><p>Blocked", " \n<html>", "\uFEFF<?xml version='1.0'?>"} {
		_, err := tree.Parse([]byte(page))
		require.ErrorIs(t, err, tree.ErrHTML)
	}
}

func TestParseSaysWhereADocumentIsBroken(t *testing.T) {
	for src, want := range map[string]string{
		`{"a":1} {}`:       "at byte 8: there is more after the end of the document",
		`{"a":1,}`:         "at byte 7: the name of a member is missing",
		`[1,]`:             `at byte 3: "]" begins no JSON value`,
		`{"a" 1}`:          "at byte 5: a colon is missing",
		`{"a":1 "b":2}`:    "at byte 7: a comma or } is missing",
		`[1 2]`:            "at byte 3: a comma or ] is missing",
		`{"a":NaN}`:        `at byte 5: "N" begins no JSON value`,
		`{"a":.5}`:         `at byte 5: "." begins no JSON value`,
		`{"a":1.}`:         `at byte 7: "}" is no digit`,
		`{"a":+1}`:         `at byte 5: "+" begins no JSON value`,
		`{"a":01}`:         "at byte 6: a comma or } is missing",
		`{"a":"\x41"}`:     `at byte 7: \x is no escape`,
		`{"a":"\u12G4"}`:   `at byte 8: \u needs four hexadecimal digits`,
		`{"a":"\u"}`:       "the document is cut short",
		`{"a":"b`:          "the document is cut short",
		`{"a":`:            "the document is cut short",
		`{"a":[1,2`:        "the document is cut short",
		`{'a':1}`:          "at byte 1: the name of a member is missing",
		`callback({"a":1}`: `at byte 0: "c" begins no JSON value`,
	} {
		t.Run(src, func(t *testing.T) {
			_, err := tree.Parse([]byte(src))
			var syntax *tree.SyntaxError
			require.ErrorAs(t, err, &syntax)
			require.Contains(t, err.Error(), want)
		})
	}
}

func TestParseGivesUpAtOnceOnADocumentThatIsABomb(t *testing.T) {
	for name, src := range map[string]string{
		"10,000 lists":       strings.Repeat("[", 10_000),
		"1,000,000 lists":    strings.Repeat("[", 1_000_000),
		"1,000,000 objects":  strings.Repeat(`{"a":`, 1_000_000),
		"one level too deep": strings.Repeat("[", tree.MaxDepth+1) + strings.Repeat("]", tree.MaxDepth+1),
		"too many values":    "[" + strings.Repeat("0,", tree.MaxValues) + "0]",
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := tree.Parse([]byte(src))
			require.Error(t, err)
			require.Less(t, time.Since(start), 5*time.Second)
		})
	}
	_, err := tree.Parse([]byte(strings.Repeat("[", tree.MaxDepth) + strings.Repeat("]", tree.MaxDepth)))
	require.NoError(t, err, "the deepest allowed document")
}

func TestParseMendsStrings(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"a raw line break and a raw tab stay":        {"\"a\nb\tc\"", "a\nb\tc"},
		"a pair of surrogates is one character":      {`"\ud83d\ude00"`, "😀"},
		"a lone high surrogate is replaced":          {`"a\ud83db"`, "a\uFFFDb"},
		"a lone low surrogate is replaced":           {`"\ude00"`, "\uFFFD"},
		"what follows half a pair stays":             {`"\ud83d\u0041"`, "\uFFFDA"},
		"half a pair before a pair spoils only half": {`"\ud83d\ud83d\ude00"`, "\uFFFD😀"},
		"invalid UTF-8 is replaced":                  {"\"a\xffb\"", "a\uFFFDb"},
		"every escape":                               {`"\"\\\/\b\f\n\r\t\u0041"`, "\"\\/\b\f\n\r\tA"},
		"capital hexadecimal digits":                 {`"\u00C9"`, "É"},
	} {
		t.Run(name, func(t *testing.T) {
			root, err := tree.Parse([]byte(c.src))
			require.NoError(t, err)
			require.Equal(t, c.want, root.Raw())
		})
	}
}

// FuzzParse holds the parser against encoding/json: they take the same documents, but for raw control characters and
// the limits, and find the same in them.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"a":[1,-2.5e+3,true,false,null,"x\ud83d\u0000"],"a":{"b":""}}`, `[01]`, `"\u00g0"`, `[1,]`, "\"\x01\"", `{"a":1}x`, `-`, `1e`, `10E3000`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		root, err := tree.Parse(data)
		if err != nil {
			require.False(t, root.Exists(), "an error comes with a tree")
		}
		if !utf8.Valid(data) || !plain(data) {
			return
		}
		var want any
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.UseNumber()
		wantErr := decoder.Decode(&want)
		if wantErr == nil && !json.Valid(data) {
			wantErr = errors.New("more after the end")
		}
		var syntax *tree.SyntaxError
		if errors.As(err, &syntax) && strings.Contains(syntax.What, "more than") {
			return
		}
		require.Equal(t, wantErr == nil, err == nil, "%q: %v; encoding/json: %v", data, err, wantErr)
		if err == nil {
			requireSame(t, want, root)
		}
	})
}

// plain reports whether both parsers must agree on a document.
func plain(data []byte) bool {
	for _, b := range data {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' {
			return false
		}
	}
	s := strings.TrimSpace(string(data))
	return s == strings.Trim(string(data), " \t\r\n") && !strings.ContainsAny(s, "\n\r\t\uFEFF") && !strings.HasPrefix(s, ")") && !strings.HasPrefix(s, "//") && !strings.HasPrefix(s, "<![") &&
		!strings.HasSuffix(strings.TrimRight(s, "; "), ")") // of JSONP
}

func requireSame(t *testing.T, want any, got tree.Node) {
	switch want := want.(type) {
	case nil:
		require.Equal(t, tree.Null, got.Kind())
	case bool:
		b, ok := got.Bool()
		require.True(t, ok)
		require.Equal(t, want, b)
	case json.Number:
		require.Equal(t, want.String(), got.Text())
	case string:
		require.Equal(t, want, got.Raw())
	case []any:
		require.Equal(t, tree.Array, got.Kind())
		require.Len(t, got.Items(), len(want))
		for i, item := range got.Items() {
			requireSame(t, want[i], item)
		}
	case map[string]any:
		require.Equal(t, tree.Object, got.Kind())
		require.Len(t, got.Members(), len(want))
		for _, m := range got.Members() {
			requireSame(t, want[m.Name], m.Node)
			requireSame(t, want[m.Name], got.Get(m.Name))
		}
	}
}
