package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"byway/internal/blockade"

	"github.com/stretchr/testify/require"
)

// stamped is the day of a time as the page writes it for English.
func stamped(p *tab, at time.Time) string {
	return eval[string](p, fmt.Sprintf(`new Date(%d).toLocaleDateString("en", { year: "numeric", month: "long", day: "numeric" })`, at.UnixMilli()))
}

func TestWhoSignedIsSaidInWords(t *testing.T) {
	r := openNewsroom(t, 1)
	r.hold(r.edition(8, newest))
	p := openTab(t)
	readOf(t, r, p, "")
	line := texts(p, ".origin summary")[0]
	require.Contains(t, line, "Signed by news.example · "+stamped(p, r.now))
	require.Contains(t, line, "from "+r.host(0)+" · Change")
	require.False(t, eval[bool](p, inside(".signature")+`.checkVisibility()`), "it is one line until it is unfolded")

	p.do(clickInside(".origin summary"))
	require.True(t, eval[bool](p, inside(".signature p")+`.checkVisibility()`))
	require.Equal(t, "Your device has checked the signature of news.example: this is what it published, whoever delivered it.", texts(p, ".signature p")[0])
	require.False(t, eval[bool](p, inside(".signature dl")+`.checkVisibility()`), "for those who want to know")
	p.do(clickInside(".signature summary"))
	require.True(t, eval[bool](p, inside(".signature dl")+`.checkVisibility()`))
	require.Equal(t, []string{"Key", "SHA-256 of the article", "Edition 8", "Keys, version 1"}, texts(p, ".signature dt"))
	values := texts(p, ".signature dd")
	require.Equal(t, []string{"news.example/feed1", strings.TrimSuffix(strings.TrimPrefix(blobPath(newest), "b/"), ".json")}, values[:2])
}

// noticed is an edition whose feed says something of the article.
func (r *newsroom) noticed(version int, body, notice string, issued time.Time) printed {
	item := listed("ferry", body, `,"x":`+notice)
	if body == "" {
		item = `{"p":"ferry","x":` + notice + `}`
	}
	return r.edition(version, body).with("feed.note", r.feed(feedOf{version: version, issued: issued, items: []string{item}}))
}

const (
	correction = `{"kind":"correction","text":"The ferry has two masts, not three.","at":"2026-07-13T08:00:00Z"}`
	withdrawal = `{"kind":"withdrawn","text":"The photograph shows somebody else.","at":"2026-07-14T08:00:00Z"}`
)

func TestACorrectionStandsAboveTheText(t *testing.T) {
	r := openNewsroom(t, 1)
	r.hold(r.noticed(8, newest, correction, r.now))
	p := openTab(t)
	readOf(t, r, p, "")
	require.Len(t, texts(p, ".limits"), 1)
	require.Regexp(t, `^Correction · July 13, 2026.* · The ferry has two masts, not three\.$`, texts(p, ".limits")[0])
}

func TestAWithdrawnArticleIsNotShownAnyMore(t *testing.T) {
	r := openNewsroom(t, 2)
	r.hold(r.edition(8, newest))
	p := openTab(t)
	s := readOf(t, r, p, "")
	p.waitProof(r, `"version":8`)
	r.hold(r.edition(8, newest), r.noticed(9, "", withdrawal, r.now)) // the first was not told yet
	p.do(evalVoid(element + fmt.Sprintf(`.useMirror(%q)`, r.host(1))))
	p.waitState("refused")
	words := texts(p, "[part~=notice]")[0]
	require.Contains(t, words, "The publisher has withdrawn this article.")
	require.Contains(t, words, "The photograph shows somebody else.")
	require.Contains(t, words, "Signed by news.example")
	require.Equal(t, "signed", eval[string](p, element+`.dataset.proof`))
	require.False(t, eval[bool](p, element+`.lastElementChild.checkVisibility()`), "nor is what the page put inside")
	require.NotContains(t, eval[string](p, element+`.shadowRoot.textContent`), "The boats were out")

	p.waitProof(r, `"version":9`)
	p.do(evalVoid(element + `.useMirror("auto")`))
	p.wait(`!(` + element + `.trace.some(a => a.end === null))`)
	p.open(s.URL)
	p.waitState("refused")
	require.Empty(t, texts(p, "[part~=headline]"), "an address that was not told does not bring it back")
}

func TestAFeedThatEndedIsSaid(t *testing.T) {
	r := openNewsroom(t, 1)
	issued := r.now.Add(-life - time.Hour)
	r.hold(r.edition(8, newest).with("feed.note", r.feed(feedOf{version: 8, issued: issued, items: []string{listed("ferry", newest)}})))
	p := openTab(t)
	readOf(t, r, p, "")
	require.Equal(t, "signed", eval[string](p, element+`.dataset.proof`))
	require.Contains(t, texts(p, ".limits")[0], "Not confirmed since "+stamped(p, issued))
	require.Contains(t, texts(p, ".limits")[0], "something newer may have been published and kept from you")
}

// With the root in the page, all that proves the article comes with it.
func TestASignedArticleTakesTwoRequestsAtOneAddress(t *testing.T) {
	r := openNewsroom(t, 1)
	r.hold(r.edition(8, newest))
	p := openTab(t)
	readOf(t, r, p, "")
	p.waitProof(r, `"version":8`)
	var paths []string
	for _, q := range r.mirrors[0].Requests() {
		paths = append(paths, q.Path)
	}
	slices.Sort(paths)
	require.Equal(t, []string{"/a/ferry.json", "/feed.note"}, paths)
}

func TestTheFeedAndTheArticleDoNotWaitForEachOther(t *testing.T) {
	r := openNewsroom(t, 1)
	r.hold(r.edition(8, newest))
	require.NoError(t, r.mirrors[0].SetFault(blockade.Silent))
	openTab(t).open(serveSite(t, strictCSP(r.all()), r.pinned("")).URL)
	require.Eventually(t, func() bool { return r.mirrors[0].Pending() == 2 }, 10*time.Second, time.Millisecond)
}

func TestForgettingTakesTheProofToo(t *testing.T) {
	r := openNewsroom(t, 1)
	r.hold(r.edition(8, newest))
	p := openTab(t)
	s := readOf(t, r, p, "")
	p.waitProof(r, `"version":8`)
	p.do(evalVoid(element + `.forget()`))
	p.wait(`(` + proofOf(r) + `).then((all) => all === "")`)
	r.hold(r.edition(7, older))
	p.open(s.URL)
	p.waitState("ready")
	require.Equal(t, "The ferry may sail again", headline(p), "nothing is known of a newer one")
}

// What one element learns of a publisher, the other of the same page does not unlearn.
func TestTwoArticlesOfOnePublisher(t *testing.T) {
	r := openNewsroom(t, 2)
	r.hold(r.edition(8, newest))
	p := openTab(t)
	lake := strings.Replace(r.pinned(`id="lake"`), "/a/ferry.json", "/a/lake.json", 1)
	s := serveSite(t, strictCSP(r.all()), r.pinned("")+lake)
	p.open(s.URL)
	const both = `[...document.querySelectorAll("byway-article")].map(e => e.shadowRoot.querySelector("[part~=headline]")?.textContent)`
	const ready = `[...document.querySelectorAll("byway-article")].every(e => e.dataset.state === "ready" && e.dataset.proof === "signed")`
	p.wait(ready)
	require.Equal(t, []string{"The ferry sails again", "The lake is frozen"}, eval[[]string](p, both))

	p.do(evalVoid(element + fmt.Sprintf(`.useMirror(%q)`, r.host(1))))
	p.waitProof(r, `"version":8`)
	r.hold(r.edition(7, older))
	p.clearShelf()
	p.open(s.URL)
	p.wait(`[...document.querySelectorAll("byway-article")].every(e => e.dataset.state !== "loading")`)
	require.Equal(t, "The lake is frozen", eval[[]string](p, both)[1], "it is the same in both editions")
	require.Empty(t, eval[[]string](p, both)[0])
	require.Contains(t, texts(p, ".switch .row")[2], behind)
}
