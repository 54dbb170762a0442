package page

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"byway/internal/article"
	"byway/internal/reader"

	"github.com/stretchr/testify/require"
)

// visit calls f with each text of a table and the place where it stands.
func visit(v reflect.Value, at string, f func(at, s string)) {
	switch v.Kind() {
	case reflect.String:
		f(at, v.String())
	case reflect.Array, reflect.Slice:
		for i := range v.Len() {
			visit(v.Index(i), at+"["+strconv.Itoa(i)+"]", f)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			visit(v.Field(i), at+"."+v.Type().Field(i).Name, f)
		}
	}
}

func textsOf(w *Words) map[string]string {
	all := map[string]string{}
	visit(reflect.ValueOf(*w), "", func(at, s string) { all[at] = s })
	return all
}

func TestEveryTableHasEveryWord(t *testing.T) {
	want := textsOf(&english)
	require.Greater(t, len(want), 80)
	for _, w := range tables {
		t.Run(w.Language, func(t *testing.T) {
			have := textsOf(w)
			for at, en := range want {
				require.NotEmpty(t, have[at], at)
				require.Equal(t, strings.Count(en, "{}"), strings.Count(have[at], "{}"), "%s: places in %q", at, have[at])
				require.Equal(t, isSentence(en), isSentence(have[at]), "%s: %q", at, have[at])
			}
			require.Len(t, have, len(want))
			require.Len(t, []rune(w.Digits), 10)
		})
	}
}

func isSentence(s string) bool { return strings.HasSuffix(s, ".") }

func TestEveryTableHasWordsForWhateverHappens(t *testing.T) {
	kinds := append(constants(t, "../reader/state.go", "ProblemKind"), constants(t, "page.go", "FileProblem")...)
	outcomes := constants(t, "../mirror/mirror.go", "Outcome")
	proofs := constants(t, "../reader/state.go", "Proof")
	for _, w := range tables {
		for _, k := range kinds {
			require.NotZero(t, *w.problem(reader.ProblemKind(k)), "%s: %s", w.Language, k)
		}
		for _, o := range outcomes {
			require.NotEmpty(t, w.Outcomes.of(o), "%s: %s", w.Language, o)
		}
		for _, p := range proofs {
			require.NotEmpty(t, w.Proof.of(p), "%s: %s", w.Language, p)
		}
	}
}

// constants are the values of the constants of a type, as its source lists them: one that is added there needs words.
func constants(t *testing.T, file, typeName string) (values []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	require.NoError(t, err)
	ast.Inspect(f, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && isNamed(spec.Type, typeName) {
			s, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			require.NoError(t, err)
			values = append(values, s)
		}
		return true
	})
	require.NotEmpty(t, values, "no constants of type %s in %s", typeName, file)
	return values
}

func isNamed(e ast.Expr, name string) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == name
}

// Persian and Arabic share most letters, but not their ya and their kaf.
func TestLettersBelongToTheirLanguage(t *testing.T) {
	for at, s := range textsOf(&persian) {
		require.False(t, strings.ContainsAny(s, "يكةى"), "%s: %q", at, s)
	}
	for at, s := range textsOf(&arabic) {
		require.False(t, strings.ContainsAny(s, "یکگپچژ\u200c"), "%s: %q", at, s)
	}
}

func TestNothingIsClaimedThatABrowserCannotKnow(t *testing.T) {
	for at, s := range textsOf(&english) {
		for _, claim := range []string{"censor", "block", "attack", "hack", "server", "sorry", "!"} {
			require.NotContains(t, strings.ToLower(s), claim, at)
		}
	}
}

func TestTheNearestLanguageIsSpoken(t *testing.T) {
	for asked, want := range map[string]string{"fa": "fa", "fa-IR": "fa", "FA_ir": "fa", "ar-EG": "ar", "en-GB": "en", "de": "en", "": "en", "fao": "en"} {
		require.Equal(t, want, Language(asked), asked)
	}
}

func TestPlain(t *testing.T) {
	at := day("2031-04-17T06:30:00+03:00")
	half := day("2031-04-17T06:30:00+05:30")
	dayOnly := article.DayOf(day("2031-04-17T00:00:00Z").Time())
	tests := []struct{ name, got, want string }{
		{"English", Plain("en").Date(at), "17 April 2031, 06:30 UTC+3"},
		{"half an hour", Plain("en").Date(half), "17 April 2031, 06:30 UTC+5:30"},
		{"no offset", Plain("en").Date(day("2031-04-17T06:30:00Z")), "17 April 2031, 06:30 UTC"},
		{"west", Plain("en").Date(day("2031-04-17T06:30:00-10:00")), "17 April 2031, 06:30 UTC-10"},
		{"a day", Plain("en").Date(dayOnly), "17 April 2031"},
		{"Arabic", Plain("ar").Date(at), "17 أبريل 2031، 06:30 UTC+3"},
		{"Persian", Plain("fa").Date(at), "۱۷ آوریل ۲۰۳۱، ۰۶:۳۰ UTC+۳"},
		{"how long ago is not known when a page is read", Plain("en").Ago(at.Time()), "17 April 2031, 03:30 UTC"},
		{"a duration", Plain("en").Seconds(1234 * time.Millisecond), "1.2 s"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, tt.got) })
	}
}
