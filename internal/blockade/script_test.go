package blockade

import (
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A timeline is a script, a line of two hyphens, and then a line for each thing that happens: when, at which address,
// what, and what becomes of it. A request is its path; made, first-byte and later-byte are the moments of a connection.
// "x9" at the end stands for nine in a row.
func TestTimelines(t *testing.T) {
	names, err := filepath.Glob("testdata/timelines/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			require.True(t, strings.HasPrefix(string(text), "# "), "a timeline begins with the sentence that it shows")
			head, tail, ok := strings.Cut(string(text), "\n--\n")
			require.True(t, ok)
			runTimeline(t, head, strings.TrimSpace(tail))
		})
	}
}

func runTimeline(t *testing.T, text, events string) {
	script, err := ParseScript(text)
	require.NoError(t, err)
	courses := map[string]*course{}
	for i := range script.Addresses {
		courses[strconv.Itoa(i+1)] = script.course(i+1, func(time.Duration, rule) {})
	}
	for line := range strings.Lines(events) {
		fields := append(strings.Fields(line), "x1")
		elapsed, err := time.ParseDuration(fields[0])
		require.NoError(t, err, line)
		times, err := strconv.Atoi(strings.TrimPrefix(fields[4], "x"))
		require.NoError(t, err, line)
		for i := range times {
			require.Equal(t, fields[3], becomes(courses[fields[1]], elapsed, fields[2]), "%s time %d", line, i+1)
		}
	}
}

// becomes is what becomes of an event, in the words of a timeline.
func becomes(c *course, elapsed time.Duration, event string) string {
	moments := map[string]moment{"made": made, "first-byte": firstByte, "later-byte": laterByte}
	at, ofConnection := moments[event]
	switch {
	case !ofConnection:
		return string(c.request(elapsed, path.Base(event)))
	case c.resets(elapsed, at):
		return "reset"
	}
	return "stays"
}

func TestParseScript(t *testing.T) {
	s, err := ParseScript("\n# four\r\naddresses 4 # and no more\r\n#5 all reset-after *.js? # x\r\n\t2.5s 3 cut\n#last\n0 1 older")
	require.NoError(t, err)
	require.Equal(t, Script{4, []rule{
		{0, 5, 0, ResetAfter, "*.js?"},
		{2500 * time.Millisecond, 0, 3, Cut, ""},
		{0, 0, 1, Older, ""},
	}}, s)
}

func TestAScriptThatIsWrongSaysWhereAndWhatToDo(t *testing.T) {
	for _, test := range []struct{ name, text, err string }{
		{"nothing", "", `script: no addresses: begin it with their number, such as "addresses 4"`},
		{"comments only", "# addresses 4\n\n", `script: no addresses`},
		{"a line before the addresses", "\n0s 1 cut", `script: line 2: "0s 1 cut" comes before the number of addresses: begin with a line such as "addresses 4"`},
		{"no number", "addresses", `line 1: "addresses" comes before`},
		{"no address", "addresses 0", `line 1: "0" addresses: use 1 to 16`},
		{"too many addresses", "addresses 17", `line 1: "17" addresses: use 1 to 16`},
		{"a number in words", "addresses four", `line 1: "four" addresses`},
		{"the addresses again", "addresses 4\naddresses 5", `line 2: 2 words: write WHEN ADDRESS FAULT`},
		{"a word too few", "addresses 4\n0s cut", `line 2: 2 words: write WHEN ADDRESS FAULT, and a PATTERN behind it`},
		{"a word too many", "addresses 4\n0s 1 cut *.json *.js", `line 2: 5 words`},
		{"a time without a unit", "addresses 4\n5 1 cut", `line 2: "5" is no time: use one since the start, such as 2.5s, or the number of a request, such as #5`},
		{"a time before the start", "addresses 4\n-5s 1 cut", `line 2: "-5s" is no time`},
		{"a request before the first", "addresses 4\n#0 1 cut", `line 2: there is no request "#0": count from #1`},
		{"a request that is no number", "addresses 4\n#1st 1 cut", `line 2: there is no request "#1st"`},
		{"an address before the first", "addresses 4\n0s 0 cut", `line 2: there is no address "0": use 1 to 4, or all`},
		{"an address after the last", "addresses 4\n0s 5 cut", `line 2: there is no address "5"`},
		{"an address that is no number", "addresses 4\n0s m1 cut", `line 2: there is no address "m1"`},
		{"a fault that there is not", "addresses 4\n\n0s 1 sulky", `line 3: fault: "sulky" is unknown: use one of healthy refused`},
		{"a pattern that is none", "addresses 4\n0s 1 cut [", `line 2: fault: pattern "[": syntax error in pattern: use one such as *.json`},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, err := ParseScript(test.text)
			require.ErrorContains(t, err, test.err)
			require.Zero(t, s)
		})
	}
}

func TestTheExampleIsThatOfTheDocumentation(t *testing.T) {
	example, err := os.ReadFile("testdata/example.script")
	require.NoError(t, err)
	s, err := ParseScript(string(example))
	require.NoError(t, err)
	require.Len(t, s.rules, 6)
	source, err := os.ReadFile("script.go")
	require.NoError(t, err)
	require.Contains(t, strings.NewReplacer("//\t", "", "//\n", "\n").Replace(string(source)), "\n"+string(example)+"\n")
}

// Comments and blanks make no difference, and what is wrong is no script.
func FuzzParseScript(f *testing.F) {
	f.Add("addresses 4\n0s 1 silent\n#5 all block-200 *.json # x")
	f.Add("addresses 1\n1h2m 1 cut [a-z]*\n")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseScript(text)
		if err != nil {
			require.Zero(t, s)
			return
		}
		bare := ""
		for line := range strings.Lines(text) {
			bare += strings.Join(words(line), " ") + "\n"
		}
		again, err := ParseScript(bare)
		require.NoError(t, err)
		require.Equal(t, s, again)
	})
}
