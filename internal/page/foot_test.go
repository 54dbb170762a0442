package page

import (
	"testing"

	"byway/internal/article"
	"byway/internal/reader"

	"github.com/stretchr/testify/require"
)

func linksOf(t *testing.T, p parsed, class string) (texts []string) {
	t.Helper()
	for _, li := range (parsed{t, p.one("section", "class="+class), ""}).all("li") {
		texts = append(texts, textOf(li))
	}
	return texts
}

func TestAlsoAvailableAt(t *testing.T) {
	s := ready(example())
	s.Addresses = append(s.Addresses, reader.Address{Host: "d1.mirror.example", URL: "https://d1.mirror.example/weir.json"})
	p := render(t, s, options())
	require.Equal(t, []string{
		"Original page · gazette.example",
		"Mirror 1 · d1.mirror.example",
		"gazetteexample.onion · opens in Tor Browser",
		"m1.example.net",
		"m2.example.org",
	}, linksOf(t, p, "alternates"))
	p.one("a", "href=https://m1.example.net/valley/mill/weir")
	p.one("a", "href=https://m2.example.org/p/weir.json")
}

func TestTheSameAddressIsListedOnce(t *testing.T) {
	a := example()
	a.Alternates = []article.Alternate{{URL: a.URL, Name: "Again"}, {URL: "https://d1.example/"}, {URL: "https://d1.example/"}}
	p := render(t, reader.State{Phase: reader.Ready, Article: a}, options())
	require.Equal(t, []string{"Original page · gazette.example", "d1.example"}, linksOf(t, p, "alternates"))
}

func TestOtherLists(t *testing.T) {
	p := render(t, ready(example()), options())
	require.Equal(t, []string{"بند پایین می‌آید"}, linksOf(t, p, "translations"))
	require.Equal(t, []string{"Gazette on Telegram", "tg"}, linksOf(t, p, "channels"))
	require.Equal(t, []string{"Who owns the mill · 5 Jan 2030"}, linksOf(t, p, "related"))
	require.Contains(t, p.text, "Follow Valley Gazette")
}

func TestShareAddress(t *testing.T) {
	tests := []struct {
		name   string
		change func(*reader.State)
		want   string
	}{
		{"what the publisher asks for", func(s *reader.State) { s.Article.Share = &article.Share{URL: "https://gaz.example/w"} }, "https://gaz.example/w"},
		{"the canonical address", func(*reader.State) {}, "https://gazette.example/valley/mill/weir"},
		{"not a script", func(s *reader.State) { s.Article.Share = &article.Share{URL: "javascript:alert(1)"} }, "https://gazette.example/valley/mill/weir"},
		{"the address it was read from", func(s *reader.State) { s.Article.URL = "" }, "https://m1.example.net/valley/mill/weir"},
		{"nothing, if none is known", func(s *reader.State) { s.Article.URL, s.Addresses = "", nil }, ""},
		{"nothing, without an article", func(s *reader.State) { s.Article = nil }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := ready(example())
			tt.change(&s)
			require.Equal(t, tt.want, ShareAddress(s))
		})
	}
}

func TestSharing(t *testing.T) {
	tests := []struct {
		sharing        Sharing
		button, status string
	}{
		{ShareByCopy, "Copy the link", ""},
		{ShareBySystem, "Share", ""},
		{ShareCopied, "Copy the link", "Copied. Paste the link where you want it."},
		{ShareSelect, "Copy the link", "Select the link and copy it:"},
	}
	for _, tt := range tests {
		o := options()
		o.Sharing = tt.sharing
		p := parsed{t, render(t, ready(example()), o).one("div", "part=share"), ""}
		require.Equal(t, tt.button, textOf(p.one("button", "data-action=share")))
		require.Equal(t, tt.status, textOf(p.one("span", "role=status")))
		require.Equal(t, tt.sharing == ShareSelect, len(p.all("input", "type=text", "readonly=", "value=https://gazette.example/valley/mill/weir")) == 1)
	}
}
