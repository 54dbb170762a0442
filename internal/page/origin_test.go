package page

import (
	"testing"

	"byway/internal/mirror"
	"byway/internal/reader"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

func rowsOf(p parsed) (texts []string, checked string) {
	for _, row := range p.all("label", "class=row") {
		texts = append(texts, textOf(row))
		if input := (parsed{p.t, row, ""}).all("input", "checked"); len(input) > 0 {
			checked, _ = attrOf(input[0], "value")
			checked = "checked " + checked
		}
	}
	return texts, checked
}

func TestTheSwitchTellsWhatHappenedAtEachAddress(t *testing.T) {
	rows, checked := rowsOf(render(t, ready(example()), options()))
	require.Equal(t, []string{
		"Automatic whichever address delivers it first",
		"gazette.example did not answer · 800ms · 3 minutes ago",
		"m1.example.net delivered the article · 1s · 3 minutes ago",
		"m2.example.org not asked yet",
	}, rows)
	require.Equal(t, "checked ", checked)
}

func TestOutcomesInWords(t *testing.T) {
	tests := []struct {
		name string
		row  reader.Address
		want string
	}{
		{"no answer", reader.Address{Outcome: mirror.Unanswered}, "did not answer"},
		{"an answer that broke off", reader.Address{Outcome: mirror.Unanswered, Status: 200}, "stopped before the end"},
		{"asked, not finished", reader.Address{Outcome: mirror.Running}, "being asked now"},
		{"an altered copy", reader.Address{Outcome: mirror.Altered, Status: 200}, "delivered an altered copy, which is not shown"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := ready(example())
			tt.row.Host = "x.example"
			s.Addresses = []reader.Address{tt.row}
			rows, _ := rowsOf(render(t, s, options()))
			require.Equal(t, "x.example "+tt.want, rows[1])
		})
	}
}

func TestAChoiceIsShownAndCanBeUndoneInOneClick(t *testing.T) {
	s := ready(example())
	s.Choice = "m2.example.org"
	p := render(t, s, options())
	_, checked := rowsOf(p)
	require.Equal(t, "checked m2.example.org", checked)
	require.Equal(t, "Only m2.example.org is asked, as you chose.", textOf(p.one("div", "part=notice", "role=status")))
	undo := p.one("button", "data-action=mirror", "value=")
	require.Equal(t, "Back to automatic", textOf(undo))
	for n := undo.Parent; n != nil; n = n.Parent {
		require.NotEqual(t, "details", n.Data, "folded away it would take two clicks")
	}
	require.Empty(t, render(t, ready(example()), options()).all("button", "data-action=mirror"))
}

func TestHostsAreIsolated(t *testing.T) {
	for _, n := range render(t, ready(example()), options()).all("*", "class=host") {
		require.True(t, n.Data == "bdi" && hasAll(n, []string{"dir=ltr"}), textOf(n))
	}
}

func TestAPageWrittenBeforehandHasNoOrigin(t *testing.T) {
	p := render(t, reader.State{Phase: reader.Ready, Article: example()}, options())
	require.Empty(t, p.all("*", "part=addresses"))
	require.Empty(t, p.all("input"))
}

func TestNotices(t *testing.T) {
	for _, words := range english.Problems {
		kind := reader.ProblemKind(words.Of)
		t.Run(string(kind), func(t *testing.T) {
			p := render(t, failed(kind), options())
			require.Equal(t, words.What+words.Advice, textOf(p.one("div", "role=alert")))
			if kind == reader.WithdrawnArticle {
				require.Empty(t, p.all("button", "data-action=reload"), "there is nothing to do")
			} else {
				require.Equal(t, "Try again", textOf(p.one("button", "data-action=reload", "type=button")))
			}
			require.Len(t, p.all("input", "type=radio"), 4)
			require.Empty(t, p.all("details", "part=addresses"), "without an article the switch is open")
			require.Contains(t, p.text, "gazette.example: no answer")
		})
	}
}

func TestAFirstLookIsOneQuietLine(t *testing.T) {
	s := failed("")
	s.Phase, s.Problem = reader.Loading, nil
	for i := range s.Addresses {
		s.Addresses[i].Outcome = ""
	}
	p := render(t, s, options())
	require.Equal(t, english.Looking, p.text)
	p.one("div", "class=byway", "aria-busy=true", "data-state=loading")
}

func TestWhatHappenedLastTimeIsNoReasonToUnfoldTheSwitch(t *testing.T) {
	s := failed("")
	s.Phase, s.Problem = reader.Loading, nil
	for i := range s.Addresses {
		s.Addresses[i].LastTime = true
	}
	require.Equal(t, english.Looking, render(t, s, options()).text)
}

func TestARowSaysWhichTimeItSpeaksOf(t *testing.T) {
	s := failed(reader.NoAddressAnswered)
	s.Addresses[0].Outcome, s.Addresses[0].LastTime = mirror.Unanswered, true
	require.Contains(t, render(t, s, options()).text, "last time: did not answer")
	s.Addresses[0].LastTime = false
	require.NotContains(t, render(t, s, options()).text, "last time")
}

func TestTheReaderIsToldThatItGoesOn(t *testing.T) {
	s := failed(reader.NoAddressAnswered)
	require.Empty(t, textOf(render(t, s, options()).one("div", "role=status")))
	s.Busy = true
	p := render(t, s, options())
	require.Equal(t, english.StillTrying, textOf(p.one("div", "role=status")))
	p.one("button", "data-action=reload")
}

func TestWhileTryingAgainTheSwitchStays(t *testing.T) {
	before, during := failed(reader.NoAddressAnswered), failed("")
	during.Phase, during.Problem = reader.Loading, nil
	require.Equal(t, shape(render(t, before, options())), shape(render(t, during, options())))
}

// shape lists the children of the notice that are there in both states, so that a sink finds each where it was.
func shape(p parsed) []string {
	var tags []string
	for c := range p.one("div", "class=notice").ChildNodes() {
		class, _ := attrOf(c, "class")
		if c.Type == html.ElementNode && c.Data == "div" {
			tags = append(tags, c.Data+" "+class)
		}
	}
	return tags
}

func TestAStaleArticleSaysWhyAndStays(t *testing.T) {
	s := ready(example())
	s.Phase, s.Problem = reader.Stale, &reader.Problem{Kind: reader.ChosenFailed}
	p := render(t, s, options())
	require.Equal(t, "The address you chose did not deliver the article. "+english.StillShown, textOf(p.one("div", "role=status", "class=status")))
	p.one("button", "data-action=reload")
	p.one("h2", "part=headline")
}

func TestABusyArticleStays(t *testing.T) {
	s := ready(example())
	s.Busy = true
	p := render(t, s, options())
	require.Equal(t, english.LookingAgain, textOf(p.one("div", "role=status", "class=status")))
	p.one("div", "class=byway", "aria-busy=true")
	p.one("h2", "part=headline")
}
