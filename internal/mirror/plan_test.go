package mirror

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

//go:embed testdata/*.txt
var timelines embed.FS

// A timeline has a line "mirrors a b c", in the order of priority, and then a line for each event: when, who, what.
// "next" is the question what to do, and what follows is the answer.
func TestTimelines(t *testing.T) {
	names, err := fs.Glob(timelines, "testdata/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		t.Run(strings.TrimSuffix(strings.TrimPrefix(name, "testdata/"), ".txt"), func(t *testing.T) {
			text, err := timelines.ReadFile(name)
			require.NoError(t, err)
			require.True(t, strings.HasPrefix(string(text), "# "), "a timeline begins with the sentence that it shows")
			runTimeline(t, string(text))
		})
	}
}

func runTimeline(t *testing.T, text string) {
	begin := time.Unix(1000, 0)
	var plan *Plan
	asked := 0
	for i, line := range strings.Split(text, "\n") {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0 || fields[0] == "#":
			continue
		case fields[0] == "mirrors":
			plan = NewPlan(lettered(t, fields[1:]), DefaultPolicy())
			continue
		}
		require.GreaterOrEqual(t, len(fields), 3, "line %d: %q", i+1, line)
		after, err := time.ParseDuration(fields[0])
		require.NoError(t, err, "line %d", i+1)
		now, what := begin.Add(after), strings.Join(fields[2:], " ")
		if fields[1] == "next" {
			require.Equal(t, what, words(plan.set, plan.Next(now)), "line %d: %s", i+1, line)
			asked++
			continue
		}
		tell(t, plan, fields[1], what, now)
	}
	require.NotZero(t, asked)
}

// lettered makes a set of the hosts a, b, c.
func lettered(t testing.TB, names []string) Set {
	if len(names) == 0 {
		return Set{}
	}
	mirrors := ""
	for _, name := range names[1:] {
		mirrors += " https://" + name + "/"
	}
	set, ignored, err := NewSet("https://"+names[0]+"/doc.json", "", mirrors)
	require.NoError(t, err)
	require.Empty(t, ignored)
	return set
}

func tell(t *testing.T, plan *Plan, host, what string, now time.Time) {
	i, found := plan.set.ByHost(host)
	require.True(t, found, host)
	var n int64
	switch {
	case what == "headers":
		plan.Headers(i, now)
	case what == "failed":
		plan.Failed(i)
	case what == "delivered":
		plan.Delivered(i)
	default:
		_, err := fmt.Sscanf(what, "%d byte", &n)
		require.NoError(t, err, what)
		plan.Bytes(i, n, now)
	}
}

func words(set Set, s Step) string {
	switch s.Do {
	case Try:
		return "try " + set.Address(s.Address).Host
	case Abort:
		return strings.TrimSuffix("abort "+set.Address(s.Address).Host+": "+s.Reason, ": ")
	case Wait:
		return "wait " + s.Wait.String()
	case Done:
		return "done " + set.Address(s.Address).Host
	}
	return "give up"
}

func TestPlanAsksInTheOrderOfPriority(t *testing.T) {
	set := lettered(t, strings.Split("abcd", ""))
	for i, priority := range []int{2, 1, 0, 1} {
		set.addresses[i].Priority = priority
	}
	plan := NewPlan(set, DefaultPolicy())
	order := ""
	for now := time.Unix(1000, 0); len(order) < 4; now = now.Add(time.Second) {
		step := plan.Next(now)
		require.Equal(t, Try, step.Do)
		order += set.Address(step.Address).Host
		plan.Failed(step.Address)
	}
	require.Equal(t, "cbda", order, "equals in the order of the list")
}

// Whatever happens: at most three in flight, no address twice, every wait is worth waiting, and it ends.
func FuzzPlan(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("headers, bytes, failures and time in any order"))
	f.Add([]byte{1, 9, 17, 2, 10, 18, 3, 11, 19, 255, 254, 253})
	f.Fuzz(func(t *testing.T, script []byte) {
		plan := NewPlan(lettered(t, strings.Split("abcdef", "")), DefaultPolicy())
		now := time.Unix(1000, 0)
		script = script[:min(len(script), 200)]
		live, asked := map[int]bool{}, map[int]bool{}
		for range 1000 {
			step := plan.Next(now)
			switch step.Do {
			case Try:
				require.False(t, asked[step.Address], "asked twice")
				asked[step.Address], live[step.Address] = true, true
				require.LessOrEqual(t, len(live), 3)
			case Abort:
				require.True(t, live[step.Address], "gave up what does not run")
				delete(live, step.Address)
			case Wait:
				require.Positive(t, step.Wait)
				now = now.Add(step.Wait)
				if len(script) > 0 {
					now = now.Add(-step.Wait / time.Duration(1+script[0]%7))
					happen(plan, live, script[0], now)
					script = script[1:]
				}
			case Done:
				require.Empty(t, live)
				return
			case GiveUp:
				require.Empty(t, live)
				require.Len(t, asked, 6)
				return
			}
		}
		t.Fatal("the plan does not end")
	})
}

// happen lets one thing happen to one of the attempts in flight.
func happen(plan *Plan, live map[int]bool, b byte, now time.Time) {
	address := int(b>>3) % 6
	if !live[address] {
		return
	}
	switch b % 8 {
	case 0, 1, 2:
		plan.Headers(address, now)
	case 3, 4, 5:
		plan.Bytes(address, int64(b)*20, now)
	case 6:
		plan.Failed(address)
		delete(live, address)
	case 7:
		plan.Delivered(address)
		delete(live, address)
	}
}
