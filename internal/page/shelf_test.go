package page

import (
	"strconv"
	"testing"

	"byway/internal/reader"
	"byway/internal/shelf"

	"github.com/stretchr/testify/require"
)

// keptArticles are articles on the shelf: one of each kind first.
func keptArticles(n int) (all []reader.Kept) {
	at := day("2031-05-02T12:00:00Z").Time()
	for i := range n {
		e := shelf.Entry{Key: "https://gazette.example/" + strconv.Itoa(i) + ".json", Title: "Eels, part " + strconv.Itoa(i), Language: "en", Read: at}
		host := "gazette.example"
		switch i {
		case 0:
			e.Title, e.Saved = "The Weir", true
		case 1:
			e.Title, e.Language, host = "كتابی دربارهٔ رود", "fa", "khabar.example"
		case 2:
			e.Title = ""
		}
		all = append(all, reader.Kept{Entry: e, Host: host})
	}
	return all
}

func shelfOf(t *testing.T, s reader.State, o Options) parsed {
	t.Helper()
	n := render(t, s, o).one("details", "part=shelf")
	return parsed{t, n, textOf(n)}
}

func TestTheShelf(t *testing.T) {
	p := shelfOf(t, kept(3), options())
	require.Equal(t, "On this device · 2.4 MB", textOf(p.one("summary")))
	var rows []string
	for _, li := range p.all("li") {
		rows = append(rows, textOf(li))
	}
	require.Equal(t, []string{
		"The Weir gazette.example · read 3 minutes ago · savedRemove",
		"كتابی دربارهٔ رود khabar.example · read 3 minutes agoRemove",
		"gazette.example gazette.example · read 3 minutes agoRemove",
	}, rows)
	p.one("bdi", "lang=fa")
	p.one("button", "data-action=open", "value=https://gazette.example/1.json")
	p.one("button", "data-action=remove", "value=https://gazette.example/1.json", "aria-label=Remove: كتابی دربارهٔ رود")
	require.Empty(t, p.all("input", "type=search"), "three are seen at once")
	require.Equal(t, "Open a saved file", textOf(p.one("label", "class=file")))
	p.one("input", "type=file", "accept=.html,text/html", "data-action=file")
	require.Contains(t, p.text, english.ClearMeans)
	require.Equal(t, "Clear everything", textOf(p.one("button", "data-action=forget")))
	require.Empty(t, p.all("*", "open"), "under an article it is folded")
}

func TestTheShelfIsSearched(t *testing.T) {
	for _, c := range []struct {
		name, search string
		found        []string
	}{
		{"nothing asked", "", []string{"0", "1", "2", "3", "4", "5"}},
		{"spaces", "  ", []string{"0", "1", "2", "3", "4", "5"}},
		{"a word of the title, in capitals", "WEIR", []string{"0"}},
		{"a part of the host", "khabar", []string{"1"}},
		{"the kaf and the yeh of Persian", "کتابی", []string{"1"}},
		{"the kaf and the yeh of Arabic", "كتابي", []string{"1"}},
		{"the yeh without dots", "كتابى", []string{"1"}},
		{"not from the title into the host", "weirgazette", nil},
		{"what is not there", "pike", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := options()
			o.Search = c.search
			p := shelfOf(t, kept(6), o)
			var found []string
			for _, b := range p.all("button", "data-action=open") {
				key, _ := attrOf(b, "value")
				found = append(found, key[len("https://gazette.example/"):len(key)-len(".json")])
			}
			require.Equal(t, c.found, found)
			p.one("input", "type=search", "data-action=search", "value="+c.search)
			says := ""
			if found == nil {
				says = "Nothing found. Try other words."
			}
			require.Equal(t, says, textOf(p.one("p", "role=status")))
		})
	}
}

func TestTheSearchFieldStaysWhileSomethingIsLookedFor(t *testing.T) {
	o := options()
	shelfOf(t, kept(6), o).one("input", "type=search")
	require.Empty(t, shelfOf(t, kept(5), o).all("input", "type=search"))
	o.Search = "weir" // and the others were removed
	shelfOf(t, kept(1), o).one("input", "type=search")
}

func TestAnEmptyShelf(t *testing.T) {
	s, o := kept(0), options()
	s.ShelfSize = 0
	p := shelfOf(t, s, o)
	require.Equal(t, "On this device", textOf(p.one("summary")))
	require.Equal(t, "Nothing is kept here yet.", textOf(p.one("p", "role=status")))
	require.Empty(t, p.all("ul"))
	o.Clearing = Cleared
	p = shelfOf(t, s, o)
	require.Equal(t, "Byway keeps nothing for this site in this browser any more.", textOf(p.one("p", "role=status")))
	require.True(t, hasAll(p.root, []string{"open="}), "folded away it would be said to nobody")
	p.one("button", "data-action=forget")
}

func TestSizesInWords(t *testing.T) {
	for _, c := range []struct {
		size           int64
		english, farsi string
	}{
		{1, "0.1 MB", "۰.۱ مگابایت"}, {250_000, "0.2 MB", "۰.۲ مگابایت"}, {2_412_000, "2.4 MB", "۲.۴ مگابایت"}, {52_428_800, "52.4 MB", "۵۲.۴ مگابایت"},
	} {
		s := kept(1)
		s.ShelfSize = c.size
		require.Equal(t, "On this device · "+c.english, textOf(shelfOf(t, s, options()).one("summary")))
		require.Equal(t, persian.Shelf+" · "+c.farsi, textOf(shelfOf(t, s, Options{Language: "fa", Locale: testLocale{}}).one("summary")))
	}
}

func TestWithoutAnArticleTheShelfIsTheWayOn(t *testing.T) {
	p := render(t, offline(3), options())
	require.Equal(t, "Your device is offline.Connect to a network, then try again.What is kept on this device is listed below.", textOf(p.one("div", "role=alert")))
	p.one("details", "part=shelf", "open=")
	require.Equal(t, []string{"tools", "shelf", "addresses"}, partsOf(p), "no address can be reached")

	s := offline(0)
	p = render(t, s, options())
	require.NotContains(t, p.text, english.KeptBelow)
	p.one("input", "type=file")

	p = render(t, failed(reader.NoAddressAnswered), options())
	require.Equal(t, []string{"tools", "addresses", "shelf"}, partsOf(p))
	s = failed("")
	s.Phase, s.Problem, s.Addresses, s.Shelf = reader.Loading, nil, nil, keptArticles(3)
	require.Equal(t, english.Looking, render(t, s, options()).text, "a first look is one line")

	o := options()
	o.Controls = map[string]bool{"addresses": true}
	require.NotContains(t, render(t, offline(3), o).text, english.KeptBelow)
}

// partsOf lists the parts of a notice.
func partsOf(p parsed) (parts []string) {
	for n := range p.one("div", "class=notice").ChildNodes() {
		if part, named := attrOf(n, "part"); named {
			parts = append(parts, part)
		}
	}
	return parts
}
