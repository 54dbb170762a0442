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

// A timeline has a line "mirrors a b c", in the order of priority; then what is known beforehand, if anything:
//
//	known HOST delivered=AGO headers=TIME rate=BYTES/S cool=TIME   of one address; absent=TIME: for this document only
//	winner HOST, heads TIME..., compared AGO, rtt TIME, save-data  of all
//
// and then a line for each event: when, who, what. "next" is the question what to do, and what follows is the answer.
func TestTimelines(t *testing.T) {
	eachTimeline(t, timelines, "testdata/", runTimeline)
}

// eachTimeline runs every timeline of a folder.
func eachTimeline(t *testing.T, files embed.FS, folder string, run func(t *testing.T, text string)) {
	names, err := fs.Glob(files, folder+"*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		t.Run(strings.TrimSuffix(strings.TrimPrefix(name, folder), ".txt"), func(t *testing.T) {
			text, err := files.ReadFile(name)
			require.NoError(t, err)
			require.True(t, strings.HasPrefix(string(text), "# "), "a timeline begins with the sentence that it shows")
			run(t, string(text))
		})
	}
}

func runTimeline(t *testing.T, text string) {
	begin := time.Unix(1_000_000, 0)
	var set Set
	var known Known
	var plan *Plan
	asked := 0
	for i, line := range strings.Split(text, "\n") {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0 || fields[0] == "#":
			continue
		case fields[0] == "mirrors":
			set = lettered(t, fields[1:])
			continue
		case know(t, &known, fields, begin):
			require.Nil(t, plan, "line %d: what is known comes before what happens", i+1)
			continue
		case plan == nil:
			plan = NewPlan(set, DefaultPolicy(), known, begin)
		}
		require.GreaterOrEqual(t, len(fields), 3, "line %d: %q", i+1, line)
		now, what := begin.Add(duration(t, fields[0])), strings.Join(fields[2:], " ")
		if fields[1] == "next" {
			require.Equal(t, what, words(plan.set, plan.Next(now)), "line %d: %s", i+1, line)
			asked++
			continue
		}
		tell(t, plan, fields[1], what, now)
	}
	require.NotZero(t, asked)
}

func duration(t *testing.T, s string) time.Duration {
	d, err := time.ParseDuration(s)
	require.NoError(t, err)
	return d
}

// know takes in a line of what is known beforehand, and reports whether it was one.
func know(t *testing.T, known *Known, fields []string, now time.Time) bool {
	switch fields[0] {
	case "known":
		knowHost(t, known, fields[1], fields[2:], now)
	case "winner":
		known.Health.Winner = fields[1]
	case "heads":
		for _, head := range fields[1:] {
			known.Health.Heads = append(known.Health.Heads, duration(t, head))
		}
	case "compared":
		known.Health.Compared = now.Add(-duration(t, fields[1]))
	case "rtt":
		known.Line.RTT = duration(t, fields[1])
	case "save-data":
		known.Line.SaveData = true
	default:
		return false
	}
	return true
}

func knowHost(t *testing.T, known *Known, host string, facts []string, now time.Time) {
	h := known.Health.entry(host)
	for _, fact := range facts {
		name, value, _ := strings.Cut(fact, "=")
		switch name {
		case "delivered":
			h.Delivered = now.Add(-duration(t, value))
		case "headers":
			h.Headers = duration(t, value)
		case "rate":
			_, err := fmt.Sscan(value, &h.Rate)
			require.NoError(t, err)
		case "cool":
			h.Cool = now.Add(duration(t, value))
		case "absent":
			known.Absent = map[string]time.Time{host: now.Add(duration(t, value))}
		default:
			t.Fatalf("%q is no fact that is known of an address", fact)
		}
	}
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
		plan.Failed(i, Unanswered)
	case what == "wrong":
		plan.Failed(i, Wrong)
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
	case Tell:
		return "tell"
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
	plan := NewPlan(set, DefaultPolicy(), Known{}, time.Unix(1000, 0))
	order := ""
	for now := time.Unix(1000, 0); len(order) < 4; now = now.Add(time.Second) {
		step := plan.Next(now)
		require.Equal(t, Try, step.Do)
		order += set.Address(step.Address).Host
		plan.Failed(step.Address, Wrong)
	}
	require.Equal(t, "cbda", order, "equals in the order of the list")
}

// Whatever happens and whatever is known: at most three in flight, no address twice in a round, every wait is worth
// waiting, and it ends.
func FuzzPlan(f *testing.F) {
	f.Add([]byte{}, uint64(0))
	f.Add([]byte("headers, bytes, failures and time in any order"), uint64(1<<40+12345))
	f.Add([]byte{1, 9, 17, 2, 10, 18, 3, 11, 19, 255, 254, 253}, uint64(0xfedcba9876543210))
	f.Fuzz(func(t *testing.T, script []byte, facts uint64) {
		now := time.Unix(1_000_000, 0)
		plan := NewPlan(lettered(t, strings.Split("abcdef", "")), DefaultPolicy(), anything(facts, now), now)
		script = script[:min(len(script), 200)]
		live, asked, told := map[int]bool{}, map[int]int{}, 0
		for range 2000 {
			step := plan.Next(now)
			switch step.Do {
			case Try:
				asked[step.Address]++
				require.LessOrEqual(t, asked[step.Address], plan.round, "asked twice in a round")
				live[step.Address] = true
				require.LessOrEqual(t, len(live), 3)
			case Abort:
				require.True(t, live[step.Address], "gave up what does not run")
				delete(live, step.Address)
			case Tell:
				told++
				require.Equal(t, 1, told, "told twice")
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

// anything makes something known of six addresses out of the bits of a number.
func anything(facts uint64, now time.Time) Known {
	known := Known{Line: Network{SaveData: facts>>60&1 == 1, RTT: time.Duration(facts>>61) * 50 * time.Millisecond}}
	for i := range 6 {
		bits := facts >> (8 * i)
		h := known.Health.entry("abcdef"[i : i+1])
		if bits&1 == 1 {
			h.Cool = now.Add(time.Duration(bits>>1&3) * time.Minute)
		}
		if bits&8 == 8 {
			h.Delivered, h.Rate = now.Add(-time.Duration(bits>>4&15)*time.Hour), float64(bits>>4&255)*1000
			h.Headers = time.Duration(bits>>4&15) * 100 * time.Millisecond
			known.Health.Winner, known.Health.Heads = h.Host, append(known.Health.Heads, h.Headers)
		}
	}
	return known
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
	case 3, 4:
		plan.Bytes(address, int64(b)*20, now)
	case 5:
		plan.Failed(address, Wrong)
		delete(live, address)
	case 6:
		plan.Failed(address, Unanswered)
		delete(live, address)
	case 7:
		plan.Delivered(address)
		delete(live, address)
	}
}
