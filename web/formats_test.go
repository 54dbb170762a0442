package web_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const feedOfTwo = `{"version":"https://jsonfeed.org/version/1.1","title":"A feed","items":[
	{"id":"1","url":"https://news.example/hill","title":"The hill","content_html":"<p>It is green.</p>"},
	{"id":"2","url":"https://news.example/river","title":"The river","content_html":"<p>It is <em>high</em>.</p>"}]}`

func TestTheFragmentOfSrcChoosesAnArticleOfAFeed(t *testing.T) {
	t.Parallel()
	address := serveRaw(t, 200, feedOfTwo)
	s := serveSite(t, strictCSP(address), "")
	p := openTab(t)
	for fragment, headline := range map[string]string{"": "The hill", "#2": "The river", "#https://news.example/river": "The river"} {
		p.visit(s, strings.Replace(embedRaw(address), `.json"`, `.json`+fragment+`"`, 1))
		p.wait(inside("[part~=headline]") + `?.textContent === "` + headline + `"`)
		p.waitKept(1, 0)
		p.clearShelf()
	}
	p.visit(s, strings.Replace(embedRaw(address), `.json"`, `.json#3"`, 1))
	p.waitState("refused")
	require.Contains(t, p.shown(), "no article")
}
