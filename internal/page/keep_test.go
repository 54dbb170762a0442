package page

import (
	"strings"
	"testing"

	"byway/internal/article"
	"byway/internal/reader"

	"github.com/stretchr/testify/require"
)

// keptOptions are options of all kinds for what is kept.
func keptOptions() map[string]Options {
	return map[string]Options{
		"at rest":         {},
		"under way":       {Saving: KeepBusy, Filing: KeepBusy, Away: true},
		"failed":          {Saving: KeepFailed, Filing: KeepFailed, Clearing: Cleared},
		"private":         {Private: true},
		"searched":        {Search: "weir"},
		"searched for it": {Search: "no such thing"},
		"a bad file":      {File: &File{Problem: FileAltered}},
		"a file":          {File: &File{Claimed: true, Older: true, Unsigned: 3}, Away: true},
	}
}

// kept is an article from the shelf, with so many others there.
func kept(others int) reader.State {
	s := ready(example())
	s.Source, s.Shelf, s.ShelfSize = reader.FromShelf, keptArticles(others), 2_412_000
	return s
}

// offline is no article, and so many on the shelf.
func offline(others int) reader.State {
	s := kept(others)
	s.Phase, s.Article, s.Source, s.Problem = reader.Offline, nil, "", &reader.Problem{Kind: reader.DeviceOffline}
	return s
}

func originOf(p parsed) string {
	s := textOf(p.one("*", "part=addresses"))
	before, _, _ := strings.Cut(s, english.Switch)
	return before
}

func TestTheOriginOfWhatIsKept(t *testing.T) {
	s := kept(0)
	require.Equal(t, "Kept on this device · not signed · 3 minutes ago · Change", originOf(render(t, s, options())))
	s.Signature = signedState().Signature
	p := render(t, s, options())
	require.True(t, strings.HasPrefix(originOf(p), "Signed by news.example · 12 Jul 2031 · kept on this device · 3 minutes ago · Change"), originOf(p))
	require.Len(t, p.all("input", "type=radio"), 4)
	s.Source = "m1.example.net"
	p = render(t, s, options())
	require.True(t, strings.HasPrefix(originOf(p), "Signed by news.example · 12 Jul 2031 · from m1.example.net · Change"), "when it came counts for nothing: %s", originOf(p))
}

func TestWhatIsNotProvenOfAFileIsSaid(t *testing.T) {
	for _, c := range []struct {
		name   string
		file   File
		signed bool
		origin string
		limits []string
	}{
		{"signed by a key that the page pins", File{}, true, "From a file you opened · Signed by news.example · 12 Jul 2031 · More", nil},
		{"signed by a key that it names itself", File{Claimed: true}, true, "From a file you opened · Signed in the name of news.example · 12 Jul 2031 · More", []string{english.FileClaimed + " " + english.FileTrust}},
		{"not signed", File{Unsigned: 3}, false, "From a file you opened · not signed", []string{english.FileUnsigned + " " + english.FileTrust}},
		{"older", File{Older: true}, true, "From a file you opened · Signed by news.example · 12 Jul 2031 · More", []string{english.FileOlder}},
		{"with pictures that are not signed", File{Unsigned: 3}, true, "From a file you opened · Signed by news.example · 12 Jul 2031 · More", []string{"Pictures that are not signed: 3. Anyone may have replaced them."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := ready(&article.Article{Headline: "H", Body: []article.Block{paragraph("Text.")}})
			s.Source = ""
			if c.signed {
				s.Proof, s.Signature = reader.Signed, signedState().Signature
			}
			o := options()
			o.File = &c.file
			p := render(t, s, o)
			before, means, unfolds := strings.Cut(originOf(p), "More")
			if unfolds {
				before += "More"
			}
			require.Equal(t, c.origin, before)
			require.Equal(t, c.signed && !c.file.Claimed, strings.Contains(means, "Your device has checked the signature of news.example"))
			var limits []string
			for _, n := range p.all("p", "class=limits") {
				limits = append(limits, textOf(n))
			}
			require.Equal(t, c.limits, limits)
			require.Empty(t, p.all("input", "type=radio"), "a file comes from no address")
			require.Empty(t, p.all("*", "part=keep"), "a file is kept as it is")
			p.one("input", "type=file")
		})
	}
}

func TestOnlyAFileThatIsShownIsAnOrigin(t *testing.T) {
	o := options()
	o.File = &File{Problem: FileAltered}
	s := signedState()
	s.Source = ""
	require.Empty(t, render(t, s, o).all("*", "part=addresses"), "what is known of one file is not said of another")
	o.File = &File{Claimed: true}
	require.Contains(t, render(t, signedState(), o).text, "Signed by news.example · 12 Jul 2031 · from m1.example.net")
}

func TestSaving(t *testing.T) {
	for _, c := range []struct {
		name           string
		saved          bool
		saving, filing Keeping
		action, says   string
	}{
		{"to be saved", false, KeepByClick, KeepByClick, "save Save on this device", ""},
		{"under way", false, KeepBusy, KeepByClick, "save Save on this device", "Saving…"},
		{"no room", false, KeepFailed, KeepByClick, "save Save on this device", "This browser gives no room to keep it. Save it as a file instead."},
		{"saved", true, KeepByClick, KeepByClick, "unsave Undo saving", "Saved on this device: it stays until you remove it."},
		{"saved still", true, KeepFailed, KeepByClick, "unsave Undo saving", "Saved on this device: it stays until you remove it."},
		{"a file under way", false, KeepByClick, KeepBusy, "save Save on this device", "Preparing the file…"},
		{"neither works", false, KeepFailed, KeepFailed, "save Save on this device", english.SaveFailed + " " + english.FilingFailed},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, o := ready(example()), options()
			s.Saved, o.Saving, o.Filing = c.saved, c.saving, c.filing
			p := parsed{t, render(t, s, o).one("div", "part=keep"), ""}
			action, label, _ := strings.Cut(c.action, " ")
			require.Equal(t, label, textOf(p.one("button", "data-action="+action)))
			require.Equal(t, "Save as a file", textOf(p.one("button", "data-action=carry")))
			require.Len(t, p.all("button"), 2)
			require.Equal(t, c.says, textOf(p.one("p", "role=status")))
		})
	}
}

func TestOfAPrivatePageNothingIsKeptButFiles(t *testing.T) {
	o := options()
	o.Private, o.Saving = true, KeepFailed
	for _, s := range []reader.State{kept(9), offline(9)} {
		p := render(t, s, o)
		for _, action := range []string{"save", "unsave", "open", "remove", "forget", "search"} {
			require.Empty(t, p.all("*", "data-action="+action), action)
		}
		p.one("input", "type=file", "data-action=file")
		require.Equal(t, s.Article != nil, len(p.all("button", "data-action=carry")) == 1)
		require.NotContains(t, p.text, english.KeptBelow)
		require.NotContains(t, p.text, english.SaveFailed)
	}
}

func TestAPageWrittenBeforehandKeepsNothing(t *testing.T) {
	p := render(t, reader.State{Phase: reader.Ready, Article: example(), Shelf: keptArticles(9)}, options())
	for _, part := range []string{"keep", "shelf"} {
		require.Empty(t, p.all("*", "part="+part))
	}
}

func TestTheWayBack(t *testing.T) {
	o := options()
	require.Empty(t, render(t, kept(0), o).all("button", "data-action=back"))
	back := func(s reader.State, o Options) string { return textOf(render(t, s, o).one("div", "class=above")) }

	o.Away = true
	require.Equal(t, english.AwayKept+english.Back, back(kept(0), o))
	require.Equal(t, english.Back, back(offline(0), o), "nothing is read")
	s := signedState()
	s.Source, o.File = "", &File{}
	require.Equal(t, english.AwayFile+english.Back, back(s, o))
}

func TestAFileThatIsNotShown(t *testing.T) {
	for _, c := range []struct {
		problem FileProblem
		says    string
	}{
		{FileNone, "This is not a file that Byway saved. Choose the file itself, not what a browser saved of it."},
		{FileAltered, "This file is not as it was saved, so it is not shown. Do not believe it, and ask for the file again."},
		{FileForeign, "This file is not signed by the publisher of this page’s article, so it is not shown. Do not believe it, and ask for the file again."},
		{FileUndatable, "This file is dated in the future. Check the date and time of your device, then open it again."},
	} {
		for _, s := range []reader.State{ready(example()), offline(0)} {
			o := options()
			o.File = &File{Problem: c.problem}
			p := render(t, s, o)
			above := parsed{t, p.one("div", "class=above"), ""}
			require.Equal(t, c.says, textOf(above.one("p", "role=alert")))
			require.Equal(t, "Close", textOf(above.one("button", "data-action=back")))
			require.NotContains(t, p.text, english.FromFile, "what is shown is the page's own")
			o.Away = true
			require.Contains(t, render(t, s, o).text, english.Back, "closing leads there")
		}
	}
}
