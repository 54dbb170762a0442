package page

import (
	"testing"
	"time"

	"byway/internal/article"
	"byway/internal/reader"
	"byway/internal/trust"

	"github.com/stretchr/testify/require"
)

// signedState is an article that a publisher signed.
func signedState() reader.State {
	return reader.State{
		Phase: reader.Ready, Source: "m1.example.net", Proof: reader.Signed,
		Article: &article.Article{Headline: "The river", InLanguage: "en"},
		Signature: &reader.Signature{
			Site: "news.example", Key: "news.example/feed1", Feed: 4711, Root: 2, Hash: "46f066e5",
			Issued: time.Date(2031, 7, 12, 14, 3, 0, 0, time.UTC),
		},
	}
}

func TestTheReaderSeesWhoSigned(t *testing.T) {
	text := textOf(render(t, signedState(), options()).root)
	require.Contains(t, text, "Signed by news.example · 12 Jul 2031 · from m1.example.net")
	require.Contains(t, text, "Your device has checked the signature of news.example: this is what it published, whoever delivered it.")
	for _, detail := range []string{"news.example/feed1", "46f066e5", "Edition 4711", "Keys, version 2"} {
		require.Contains(t, text, detail)
	}
	for _, none := range []string{"Not confirmed", "newer version", "withdrawn", "Correction"} {
		require.NotContains(t, text, none)
	}
}

func TestWhatTheFeedSaysOfAnArticleIsShown(t *testing.T) {
	at := time.Date(2031, 7, 13, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name   string
		change func(*reader.State)
		says   string
	}{
		{"nothing newer came in time", func(s *reader.State) { s.Signature.Expired = true },
			"Not confirmed since 12 Jul 2031: something newer may have been published and kept from you."},
		{"a correction", func(s *reader.State) {
			s.Signature.Notice = &trust.Notice{Kind: trust.Correction, Text: "The river is two metres high.", At: at}
		}, "Correction · 13 Jul 2031 · The river is two metres high."},
		{"a correction without words", func(s *reader.State) {
			s.Signature.Notice = &trust.Notice{Kind: trust.Correction, At: at}
		}, "Correction · 13 Jul 2031"},
		{"withdrawn while it is being read", func(s *reader.State) {
			s.Signature.Notice = &trust.Notice{Kind: trust.Withdrawn, Text: "We were deceived.", At: at}
		}, "Withdrawn by the publisher · 13 Jul 2031 · We were deceived."},
		{"withdrawn", func(s *reader.State) {
			s.Article, s.Phase, s.Problem = nil, reader.Refused, &reader.Problem{Kind: reader.WithdrawnArticle}
			s.Signature.Notice = &trust.Notice{Kind: trust.Withdrawn, Text: "We were deceived.", At: at}
		}, "We were deceived.Signed by news.example"},
		{"a newer revision", func(s *reader.State) { s.Newer = true }, "There is a newer version of this article. Show it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := signedState()
			c.change(&s)
			require.Contains(t, textOf(render(t, s, options()).root), c.says)
		})
	}
}
