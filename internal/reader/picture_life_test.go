package reader_test

import (
	"context"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"byway/internal/article"
	"byway/internal/mirror"
	"byway/internal/reader"

	"github.com/stretchr/testify/require"
)

func TestWithAChoiceByHandPicturesAreAskedForNowhereElse(t *testing.T) {
	for name, test := range map[string]func(*testing.T, *studio){
		"the chosen address is asked and no other": func(t *testing.T, s *studio) {
			require.NoError(t, s.UseMirror("m2.example.org"))
			s.settle()
			s.change("m2.example.org/p/", raftFile, oarBytes)
			s.net.takeURLs()
			s.come(raftFile)
			s.requireAsked(t, as(atM2, raftFile))
			s.requireStatus(t, reader.PictureFailed, raftFile)
		},
		"a choice ends what is under way elsewhere, and asks there": func(t *testing.T, s *studio) {
			s.change("news.example/", raftFile, "?")
			s.want(raftFile)
			synctest.Wait()
			s.requireAsked(t, raftFile.URL)
			require.NoError(t, s.UseMirror("m2.example.org"))
			s.settle()
			require.NotContains(t, s.net.takeURLs(), as(atM1, raftFile))
			s.requireShown(t, raftFile, "image/jpeg", raftBytes)
		},
		"what is kept elsewhere waits for a tap, and is asked for after it": func(t *testing.T, s *studio) {
			s.net.set("media.example", "?")
			s.want(outside)
			synctest.Wait()
			require.NoError(t, s.UseMirror("m2.example.org"))
			s.settle()
			s.net.takeURLs()
			time.Sleep(time.Hour)
			s.requireAsked(t)
			s.requireStatus(t, reader.PictureNeedsTap, outside)
			require.Equal(t, outside.URL, s.look(outside).URL)
			s.net.set("media.example", raftBytes)
			s.come(outside)
			s.requireShown(t, outside, "image/jpeg", raftBytes)
			s.requireAsked(t, outside.URL)
		},
		"what came before the choice stays": func(t *testing.T, s *studio) {
			s.net.set("media.example", raftBytes)
			s.come(outside)
			require.NoError(t, s.UseMirror("m2.example.org"))
			s.settle()
			s.requireShown(t, outside, "image/jpeg", raftBytes)
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				test(t, pin(t, illustrated(raftFile, oarFile, outside), raftBytes, oarBytes))
			})
		})
	}
}

func TestPicturesAreReleased(t *testing.T) {
	first, second := illustrated(raftFile, oarFile), illustrated(oarFile)
	held := func(version int, body string) tree {
		return edition(version, body).with(blob(raftBytes), raftBytes, blob(oarBytes), oarBytes)
	}
	turn := func(s *studio, tr tree) {
		for _, base := range []string{"news.example/", "m1.example.net/", "m2.example.org/p/"} {
			s.net.hold(base, tr)
		}
		s.Reload()
		s.settle()
	}
	for name, test := range map[string]func(*testing.T, *studio){
		"what another revision has no more": func(t *testing.T, s *studio) {
			gone := s.look(raftFile).URL
			turn(s, held(8, second))
			require.Equal(t, []string{gone}, s.released)
			s.requireShown(t, oarFile, "image/jpeg", oarBytes)
		},
		"none while the article is the same": func(t *testing.T, s *studio) {
			turn(s, held(7, first))
			require.Empty(t, s.released)
			s.requireShown(t, raftFile, "image/jpeg", raftBytes)
		},
		"all when the article is withdrawn": func(t *testing.T, s *studio) {
			turn(s, tree{"feed.note": feedOf{version: 9, items: `{"p":"river","x":{"kind":"withdrawn","at":"2000-01-01T00:00:00Z"}}`}.note()})
			require.Nil(t, s.State().Article)
			require.Zero(t, s.shows())
		},
		"what was on its way when the article went": func(t *testing.T, s *studio) {
			s.net.set("media.example", "?")
			turn(s, held(8, illustrated(outside)))
			s.want(outside)
			synctest.Wait()
			s.net.takeURLs()
			turn(s, held(9, second))
			time.Sleep(time.Hour)
			require.NotContains(t, s.net.takeURLs(), outside.URL)
			require.Zero(t, s.shows())
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				all := held(7, first)
				s := hang(t, signed(), trees(all, all, all))
				s.come(raftFile, oarFile)
				require.Equal(t, 2, s.shows())
				test(t, s)
			})
		})
	}
}

func TestWhenTheReaderEndsNothingOfItsPicturesIsLeft(t *testing.T) {
	var s *studio
	synctest.Test(t, func(t *testing.T) {
		s = pin(t, illustrated(raftFile, oarFile), raftBytes, oarBytes)
		s.change("news.example/", oarFile, "?")
		s.come(raftFile)
		s.want(oarFile)
		synctest.Wait()
	}) // its end ends the reader, and waits for it
	require.Equal(t, 1, s.made)
	require.Zero(t, s.shows())
	require.Equal(t, reader.PictureReady, s.look(raftFile).Status, "a page that shows it still does")
	s.net.takeURLs()
	s.want(oarFile)
	s.requireAsked(t)
}

func TestTheReaderEndsWhenItsRequestsHaveEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		body, ended := illustrated(raftFile), false
		f := mirror.FetcherFunc(func(ctx context.Context, url string) (*mirror.Response, error) {
			if !strings.HasSuffix(url, ".json") {
				<-ctx.Done()
				time.Sleep(time.Second) // of the bubble's time
				ended = true
				return nil, ctx.Err()
			}
			return &mirror.Response{Status: 200, Body: io.NopCloser(strings.NewReader(body))}, nil
		})
		e := &easel{shown: map[string]string{}}
		r := reader.New(reader.Config{Src: src, Integrity: sri(body)},
			reader.Ports{Fetcher: f, Memory: &memory{}, Blobs: e, Online: func() bool { return true }}, func(reader.State) {})
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); r.Run(ctx) }()
		synctest.Wait()
		r.PictureWanted(raftFile.URL)
		synctest.Wait()
		stop()
		<-done
		require.True(t, ended)
	})
}

func TestPicturesAndTheNetworkOfTheDevice(t *testing.T) {
	for name, test := range map[string]func(*testing.T, *studio, *atomic.Bool){
		"what hangs when the network goes is asked for when it is back": func(t *testing.T, s *studio, online *atomic.Bool) {
			s.change("news.example/", raftFile, "?")
			s.want(raftFile)
			synctest.Wait()
			s.change("news.example/", raftFile, raftBytes)
			online.Store(false)
			s.Signal(reader.WentOffline)
			time.Sleep(time.Hour)
			s.requireAsked(t, raftFile.URL)
			online.Store(true)
			s.Signal(reader.CameOnline)
			time.Sleep(time.Second)
			s.requireAsked(t, raftFile.URL)
			s.requireShown(t, raftFile, "image/jpeg", raftBytes)
		},
		"what fails without one has not failed": func(t *testing.T, s *studio, online *atomic.Bool) {
			for _, base := range []string{"news.example/", "m1.example.net/", "m2.example.org/p/"} {
				s.change(base, raftFile, "!")
			}
			s.net.delay = time.Second
			s.want(raftFile)
			synctest.Wait()
			online.Store(false) // and the browser does not tell
			time.Sleep(time.Hour)
			synctest.Wait()
			s.requireStatus(t, reader.PictureWaits, raftFile)
			s.change("news.example/", raftFile, raftBytes)
			online.Store(true)
			s.Signal(reader.BecameVisible)
			time.Sleep(time.Minute)
			s.requireShown(t, raftFile, "image/jpeg", raftBytes)
		},
		"what is wanted without one is asked for when there is one": func(t *testing.T, s *studio, online *atomic.Bool) {
			online.Store(false)
			s.come(raftFile)
			s.requireAsked(t)
			online.Store(true)
			s.Signal(reader.CameOnline)
			time.Sleep(time.Second)
			s.requireAsked(t, raftFile.URL)
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, online := pin(t, illustrated(raftFile, oarFile), raftBytes, oarBytes), &atomic.Bool{}
				online.Store(true)
				s.setOnline(online.Load)
				test(t, s, online)
			})
		})
	}
}

func TestTheTypeOfAPictureIsOurs(t *testing.T) {
	for body, kind := range map[string]string{
		"\xff\xd8\xff\xe0JFIF":             "image/jpeg",
		"\x89PNG\r\n\x1a\nIHDR":            "image/png",
		"GIF89a....":                       "image/gif",
		"RIFF\x10\x00\x00\x00WEBPVP8 ":     "image/webp",
		"\x00\x00\x00\x20ftypavif\x00mif1": "image/avif",
		"\x00\x00\x00\x20ftypavis\x00mif1": "image/avif",
		`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`: "",
		"<!doctype html><title>WEBP</title>":                                      "",
		"BM\x00\x00\x00\x00\x00\x00":                                              "",
		"x":                                                                       "",
		"\xff\xd8":                                                                "",
		"12345678WEBX":                                                            "",
	} {
		t.Run(kind+body[:1], func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				file := hashed(body)
				file.EncodingFormat = "image/svg+xml"
				s := pin(t, illustrated(file), body)
				s.come(file)
				s.requireAsked(t, file.URL)
				if kind == "" {
					s.requireStatus(t, reader.PictureFailed, file)
					require.Zero(t, s.made)
					return
				}
				s.requireShown(t, file, kind, body)
			})
		})
	}
}

func TestOnlyAProvenArticleProvesItsPictures(t *testing.T) {
	body := illustrated(raftFile)
	synctest.Test(t, func(t *testing.T) {
		s := hang(t, reader.Config{Src: src, Mirrors: mirrors}, answers(body, body, body))
		require.Equal(t, reader.Picture{Status: reader.PictureReady, URL: raftFile.URL}, s.look(raftFile))
		s.come(raftFile)
		s.requireAsked(t)
	})
}

func TestAPageThatCanShowNoBlobsShowsNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		body := illustrated(raftFile)
		d := read(t, reader.Config{Src: src, Integrity: sri(body)}, answers(body, body, body), nil)
		d.net.takeURLs()
		require.Equal(t, reader.Picture{Status: reader.PictureFailed, Checked: true}, d.State().Picture(raftFile))
		d.PictureWanted(raftFile.URL)
		synctest.Wait()
		require.Empty(t, d.net.takeURLs())
	})
}

func TestAPictureThatNobodySigned(t *testing.T) {
	plain := article.Rendition{URL: "https://news.example/i/raft.jpg"}
	media := article.Rendition{URL: "https://media.example/raft.jpg"}
	other := raftFile
	other.Integrity = "sha512-AAAA"
	all, none := edition(7, illustrated(plain, media)), tree{}
	for name, test := range map[string]func(*testing.T){
		"of the publisher's own address is loaded": func(t *testing.T) {
			s := hang(t, signed(), trees(all, all, all))
			for _, p := range []article.Rendition{plain, media, other} {
				require.Equal(t, reader.Picture{Status: reader.PictureReady, URL: p.URL}, s.look(p))
			}
		},
		"that failed there waits for a tap, to come from the next": func(t *testing.T) {
			s := hang(t, signed(), trees(all, all, all))
			s.PictureFailed(plain.URL)
			require.Equal(t, reader.Picture{Status: reader.PictureNeedsTap, URL: as(atM1, plain)}, s.look(plain))
			s.PictureFailed(as(atM1, plain))
			s.PictureFailed(as(atM2, plain))
			require.Equal(t, reader.Picture{Status: reader.PictureFailed}, s.look(plain))
		},
		"of an article from elsewhere waits for a tap": func(t *testing.T) {
			s := hang(t, signed(), trees(none, all, all))
			require.Equal(t, "m1.example.net", s.State().Source)
			require.Equal(t, reader.Picture{Status: reader.PictureNeedsTap, URL: as(atM1, plain)}, s.look(plain))
			require.Equal(t, reader.Picture{Status: reader.PictureNeedsTap, URL: media.URL}, s.look(media))
		},
	} {
		t.Run(name, func(t *testing.T) { synctest.Test(t, test) })
	}
	t.Run("in an article that is pinned and not signed is loaded as ever", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s := pin(t, illustrated(plain, media))
			require.Equal(t, reader.Picture{Status: reader.PictureReady, URL: plain.URL}, s.look(plain))
		})
	})
}
