package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"byway/internal/publish"

	"github.com/stretchr/testify/require"
)

// document is what a note of the publisher says, to be changed.
func (s *signer) document(t *testing.T, path string) map[string]any {
	t.Helper()
	lines := strings.SplitN(string(s.files[path]), "\n", 3)
	var d map[string]any
	require.NoError(t, json.Unmarshal([]byte(lines[1]), &d))
	return d
}

// note signs a document.
func note(kind string, document map[string]any, by ...publish.Signer) []byte {
	text, _ := json.Marshal(document)
	return publish.Sign("byway/v1/"+kind+"\n"+string(text)+"\n", by...)
}

// change puts other bytes in the place of a file at the first address.
func (s *signer) change(path string, body []byte) { s.files[s.host(0)+path] = body }

// item is what a feed says of one article.
func item(feed map[string]any, path string) map[string]any {
	for _, i := range feed["items"].([]any) {
		if i := i.(map[string]any); i["p"] == path {
			return i
		}
	}
	return nil
}

// blob is where the article lies under its hash.
func (s *signer) blob(t *testing.T, path string) string {
	return "/b/" + item(s.document(t, "/feed.note"), path)["h"].(string) + ".json"
}

// forgery is an article of somebody who would like to be the publisher.
func forgery(s *signer) []byte {
	return bytes.ReplaceAll(s.files["/a/ferry.json"], []byte("sails again"), []byte("never sails"))
}

func TestWithoutWebAssemblyNothingIsShownThatThePublisherDidNotSign(t *testing.T) {
	stranger, err := publish.NewSigner("news.example/feed1")
	require.NoError(t, err)
	thief, err := publish.NewSigner("news.example/root1")
	require.NoError(t, err)
	for name, attack := range map[string]func(*testing.T, *signer){
		"the article is altered, under both names": func(t *testing.T, s *signer) {
			s.change("/a/ferry.json", forgery(s))
			s.change(s.blob(t, "ferry"), forgery(s))
		},
		"one byte of the article is another": func(t *testing.T, s *signer) {
			s.change(s.blob(t, "ferry"), bytes.Replace(s.files[s.blob(t, "ferry")], []byte("forty"), []byte("fifty"), 1))
		},
		"another article of the publisher lies in its place": func(t *testing.T, s *signer) {
			s.change("/a/ferry.json", s.files["/a/other.json"])
			s.change(s.blob(t, "ferry"), s.files["/a/other.json"])
		},
		"the feed is signed by a stranger who names the same key": func(t *testing.T, s *signer) {
			s.forge(t, stranger)
		},
		"the feed is signed by the root key": func(t *testing.T, s *signer) { s.forge(t, s.root) },
		"the feed has lost its signature": func(_ *testing.T, s *signer) {
			text, _, _ := strings.Cut(string(s.files["/feed.note"]), "\n\n")
			s.change("/feed.note", []byte(text+"\n\n"))
		},
		"the feed has no signature's place": func(_ *testing.T, s *signer) {
			text, _, _ := strings.Cut(string(s.files["/feed.note"]), "\n\n")
			s.change("/feed.note", []byte(text+"\n"))
		},
		"a digit of the feed is another": func(_ *testing.T, s *signer) {
			s.change("/feed.note", bytes.Replace(s.files["/feed.note"], []byte(`"version":1`), []byte(`"version":2`), 1))
		},
		"another feed stands before what is signed": func(t *testing.T, s *signer) {
			feed := s.document(t, "/feed.note")
			item(feed, "ferry")["h"] = strings.Repeat("0", 64)
			forged := note("feed", feed, stranger)
			s.change("/feed.note", append(forged, s.files["/feed.note"]...))
		},
		"a root stands in the place of the feed": func(_ *testing.T, s *signer) { s.change("/feed.note", s.files["/root/current.note"]) },
		"the root is a stranger's, and so is the feed": func(t *testing.T, s *signer) {
			root := s.document(t, "/root/current.note")
			root["root_keys"], root["feed_keys"] = []string{thief.Public()}, []string{stranger.Public()}
			s.change("/root/current.note", note("root", root, thief))
			s.forge(t, stranger)
		},
		"the root's key of the feed is a stranger's": func(t *testing.T, s *signer) {
			s.change("/root/current.note", bytes.Replace(s.files["/root/current.note"], []byte(s.feed.Public()), []byte(stranger.Public()), 1))
			s.forge(t, stranger)
		},
		"the feed is dated in the future": func(t *testing.T, s *signer) {
			feed := s.document(t, "/feed.note")
			feed["issued"] = time.Now().Add(48 * time.Hour).UTC().Format("2006-01-02T15:04:05Z")
			s.change("/feed.note", note("feed", feed, s.feed))
		},
		"the feed says that it is a root": func(t *testing.T, s *signer) {
			s.change("/feed.note", note("root", s.document(t, "/feed.note"), s.feed))
		},
		"the feed is of another publisher": func(t *testing.T, s *signer) { s.says(t, "site", "other.example") },
		"the feed is of another epoch":     func(t *testing.T, s *signer) { s.says(t, "epoch", 7) },
		"the hash of the article is none, and its file a forgery": func(t *testing.T, s *signer) {
			feed := s.document(t, "/feed.note")
			delete(item(feed, "ferry"), "h")
			s.change("/feed.note", note("feed", feed, s.feed))
			s.change("/b/undefined.json", forgery(s))
		},
		"the feed does not have it": func(t *testing.T, s *signer) {
			feed := s.document(t, "/feed.note")
			item(feed, "ferry")["p"] = "another"
			s.change("/feed.note", note("feed", feed, s.feed))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			articles := storyOf()
			articles["other"] = strings.ReplaceAll(articles["ferry"], "ferry sails", "train runs")
			s := sign(t, 2, articles)
			attack(t, s)
			page := serveSite(t, s.without(), s.pinned(""))
			p := openTab(t)
			p.open(page.URL)
			p.waitState("ready")
			require.Equal(t, s.host(1), eval[string](p, element+`.dataset.source`), "the other address is honest")
			require.Contains(t, p.shown(), "The night ferry sails again")

			for path := range s.files {
				if at, local := strings.CutPrefix(path, s.host(0)); local {
					s.files[s.host(1)+at] = s.files[path]
				}
			}
			p = openTab(t)
			p.open(page.URL)
			requireFallback(t, p)
			require.NotContains(t, p.shown(), "never sails")
			require.NotContains(t, p.shown(), "The night")
		})
	}
}

// forge serves the forgery, and a feed that names it.
func (s *signer) forge(t *testing.T, by publish.Signer) {
	body := forgery(s)
	feed := s.document(t, "/feed.note")
	hash := strings.TrimSuffix(strings.TrimPrefix(pathOf(body), "/b/"), ".json")
	item(feed, "ferry")["h"], item(feed, "ferry")["n"] = hash, len(body)
	s.change("/feed.note", note("feed", feed, by))
	s.change("/b/"+hash+".json", body)
	s.change("/a/ferry.json", body)
}

// says signs a feed with another word in it.
func (s *signer) says(t *testing.T, name string, value any) {
	feed := s.document(t, "/feed.note")
	feed[name] = value
	s.change("/feed.note", note("feed", feed, s.feed))
}

// A forger who had the publisher's keys would be believed, so that what the attacks above lack is the signature.
func TestTheForgeryWouldBeShownIfThePublisherHadSignedIt(t *testing.T) {
	s := sign(t, 1, storyOf())
	s.forge(t, s.feed)
	p := openTab(t)
	p.open(serveSite(t, s.without(), s.pinned("")).URL)
	p.waitState("ready")
	require.Contains(t, p.shown(), "The night ferry never sails")
}

func TestWithoutWebAssemblyOldFeedsDoNotCount(t *testing.T) {
	s := sign(t, 1, storyOf())
	root := string(s.files["/root/current.note"])
	newer := s.document(t, "/root/current.note")
	newer["version"] = 9
	version := int(s.document(t, "/feed.note")["version"].(float64))
	atLeast := func(version int) string { return fmt.Sprintf(`min-feed="%d"`, version) }
	for name, c := range map[string]struct{ attributes, inside, state string }{
		"min-feed is reached":         {atLeast(version), "", "ready"},
		"min-feed is not reached":     {atLeast(version + 1), "", "unsupported"},
		"min-feed is no number":       {`min-feed="x"`, "", "unsupported"},
		"the root is in the page":     {"", root, "ready"},
		"a newer root is in the page": {"", string(note("root", newer, s.root)), "unsupported"},
	} {
		t.Run(name, func(t *testing.T) {
			html := strings.Replace(s.pinned(c.attributes), "</byway-article>", `<script type="text/byway-root">`+c.inside+`</script></byway-article>`, 1)
			p := openTab(t)
			p.open(serveSite(t, "", told+html).URL)
			p.waitState(c.state)
			if c.state == "ready" {
				require.Equal(t, "news.example", stateOf(p).Signature.Site)
			}
		})
	}
	t.Run("without a key, the root in the page is what it vouches for", func(t *testing.T) {
		html := strings.Replace(s.embed(""), "</byway-article>", `<script type="text/byway-root">`+root+`</script></byway-article>`, 1)
		p := openTab(t)
		p.open(serveSite(t, "", told+html).URL)
		p.waitState("ready")
		require.Equal(t, "signed", stateOf(p).Proof)
	})
}

func TestWithoutWebAssemblyWhatThePublisherSaysOfAnArticleIsTold(t *testing.T) {
	s := sign(t, 1, storyOf())
	page := serveSite(t, "", told+s.pinned(""))
	open := func(state string) *tab {
		p := openTab(t)
		p.open(page.URL)
		p.waitState(state)
		return p
	}
	signed := s.document(t, "/feed.note")
	item(signed, "ferry")["x"] = map[string]any{"kind": "correction", "text": "It was the day ferry.", "at": "2031-04-18T00:00:00Z"}
	signed["issued"], signed["expires"] = "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z"
	s.files["/feed.note"] = note("feed", signed, s.feed)
	p := open("ready")
	require.Contains(t, p.shown(), "Correction")
	require.Contains(t, p.shown(), "It was the day ferry.")
	require.Contains(t, p.shown(), "Not confirmed since January 2, 2026")
	require.True(t, stateOf(p).Signature.Expired)
	require.Equal(t, "news.example/feed1", stateOf(p).Signature.Key)

	gone := item(signed, "ferry")
	gone["x"] = map[string]any{"kind": "withdrawn", "at": "2031-04-18T00:00:00Z"}
	delete(gone, "h")
	delete(gone, "n")
	s.files["/feed.note"] = note("feed", signed, s.feed)
	p = open("refused")
	require.Contains(t, p.shown(), "The publisher has withdrawn this article.")
	require.False(t, eval[bool](p, element+`.querySelector("a").checkVisibility()`))
	require.Equal(t, "withdrawn", stateOf(p).Problem.Kind)
}

func TestWithoutWebAssemblyAnArticleOfAListOfOlderOnesIsFound(t *testing.T) {
	s := sign(t, 1, storyOf())
	feed := s.document(t, "/feed.note")
	list, err := json.Marshal(map[string]any{"items": feed["items"]})
	require.NoError(t, err)
	hash := strings.TrimPrefix(pathOf(list), "/b/")
	feed["items"], feed["shards"] = []any{}, []any{map[string]any{"prefix": "fer", "h": hash, "n": len(list)}}
	s.files["/feed.note"] = note("feed", feed, s.feed)
	s.files["/b/"+hash] = list
	page := serveSite(t, s.without(), s.pinned(""))
	p := openTab(t)
	p.open(page.URL)
	p.waitState("ready")

	s.files["/b/"+hash] = bytes.Replace(list, []byte(`"ferry"`), []byte(`"Ferry"`), 1)
	p = openTab(t)
	p.open(page.URL)
	requireFallback(t, p)
}

// With Go, too, both have to be right.
func TestWithoutWebAssemblyTheIntegrityCountsBesideTheKey(t *testing.T) {
	s := sign(t, 1, storyOf())
	for name, c := range map[string]struct{ hash, state string }{
		"it is that of what the publisher signed": {integrity(string(s.files["/a/ferry.json"])), "ready"},
		"it is another": {integrity("another"), "unsupported"},
	} {
		t.Run(name, func(t *testing.T) {
			p := openTab(t)
			p.open(serveSite(t, s.without(), s.pinned(`integrity="`+c.hash+`"`)).URL)
			if c.state == "unsupported" {
				requireFallback(t, p)
				require.NotContains(t, p.shown(), "The night")
				return
			}
			p.waitState("ready")
			require.Contains(t, p.shown(), "Signed by news.example, checked by this browser.")
		})
	}
}
