package reader_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"byway/internal/article"
	"byway/internal/mirror"
	"byway/internal/reader"

	"github.com/stretchr/testify/require"
)

var (
	raftBytes, oarBytes = jpeg("raft"), jpeg("oar")
	raftFile, oarFile   = hashed(raftBytes), hashed(oarBytes)
	outside             = article.Rendition{URL: "https://media.example/raft.jpg", ContentSize: len(raftBytes), Integrity: sri(raftBytes)}
)

// as moves a picture to another address.
func as(base string, p article.Rendition) string {
	return base + strings.TrimPrefix(p.URL, "https://news.example/")
}

const (
	atNews = "https://news.example/"
	atM1   = "https://m1.example.net/"
	atM2   = "https://m2.example.org/p/"
)

func TestCheckedPictures(t *testing.T) {
	for name, test := range map[string]func(*testing.T, *studio){
		"nothing is asked for before somebody comes near": func(t *testing.T, s *studio) {
			s.requireStatus(t, reader.PictureWaits, raftFile, oarFile)
			time.Sleep(time.Hour)
			s.requireAsked(t)
		},
		"what came is shown by its checked bytes": func(t *testing.T, s *studio) {
			s.come(raftFile)
			s.requireShown(t, raftFile, "image/jpeg", raftBytes)
			s.requireStatus(t, reader.PictureWaits, oarFile)
			s.requireAsked(t, raftFile.URL)
			s.come(raftFile, raftFile)
			s.requireAsked(t)
		},
		"what was altered at one address comes from the next": func(t *testing.T, s *studio) {
			s.change("news.example/", raftFile, oarBytes)
			s.come(raftFile)
			s.requireShown(t, raftFile, "image/jpeg", raftBytes)
			s.requireAsked(t, raftFile.URL, as(atM1, raftFile))
			require.Equal(t, 1, s.made)
		},
		"one changed byte is enough": func(t *testing.T, s *studio) {
			s.change("news.example/", raftFile, raftBytes[:len(raftBytes)-1]+"!")
			s.come(raftFile)
			s.requireAsked(t, raftFile.URL, as(atM1, raftFile))
		},
		"what is cut short comes from the next": func(t *testing.T, s *studio) {
			s.change("news.example/", raftFile, raftBytes[:200])
			s.come(raftFile)
			s.requireShown(t, raftFile, "image/jpeg", raftBytes)
		},
		"a block page with status 200 is no picture": func(t *testing.T, s *studio) {
			s.change("news.example/", raftFile, block)
			s.come(raftFile)
			s.requireShown(t, raftFile, "image/jpeg", raftBytes)
		},
		"an address that altered one is asked last for the next, and blamed nowhere else": func(t *testing.T, s *studio) {
			rows, record := s.State().Addresses, s.memory.stored()
			s.change("news.example/", raftFile, oarBytes)
			s.come(raftFile)
			s.requireAsked(t, raftFile.URL, as(atM1, raftFile))
			s.come(oarFile)
			s.requireAsked(t, as(atM1, oarFile))
			require.Equal(t, rows, s.State().Addresses)
			require.Equal(t, record, s.memory.stored())
			require.Len(t, s.Trace(), 1)
		},
		"what is altered everywhere is not shown, nor asked for again": func(t *testing.T, s *studio) {
			for _, base := range []string{"news.example/", "m1.example.net/", "m2.example.org/p/"} {
				s.change(base, raftFile, oarBytes)
			}
			s.come(raftFile)
			s.requireStatus(t, reader.PictureFailed, raftFile)
			s.requireAsked(t, raftFile.URL, as(atM1, raftFile), as(atM2, raftFile))
			s.come(raftFile)
			s.requireAsked(t)
			require.Zero(t, s.made)
			require.Equal(t, reader.Ready, s.State().Phase, "the article stays what it is")
		},
		"reading again tries what failed again, and keeps what came": func(t *testing.T, s *studio) {
			for _, base := range []string{"news.example/", "m1.example.net/", "m2.example.org/p/"} {
				s.change(base, raftFile, "404")
			}
			s.come(raftFile, oarFile)
			s.requireStatus(t, reader.PictureFailed, raftFile)
			s.change("m2.example.org/p/", raftFile, raftBytes)
			s.Reload()
			s.requireStatus(t, reader.PictureWaits, raftFile)
			s.settle()
			s.net.takeURLs()
			s.come(raftFile, oarFile)
			s.requireShown(t, raftFile, "image/jpeg", raftBytes)
			s.requireShown(t, oarFile, "image/jpeg", oarBytes)
			require.NotContains(t, s.net.takeURLs(), oarFile.URL)
			require.Empty(t, s.released)
		},
		"a picture that the publisher keeps elsewhere is asked for there": func(t *testing.T, s *studio) {
			s.net.set("media.example", raftBytes)
			s.come(outside)
			s.requireShown(t, outside, "image/jpeg", raftBytes)
			s.requireAsked(t, outside.URL)
		},
		"the same picture in two places is asked for once": func(t *testing.T, s *studio) {
			s.come(raftFile)
			s.come(outside)
			s.requireShown(t, outside, "image/jpeg", raftBytes)
			s.requireAsked(t, raftFile.URL)
			require.Equal(t, 1, s.made)
		},
		"a picture that a page refuses to show is not asked for again": func(t *testing.T, s *studio) {
			s.come(raftFile)
			s.PictureFailed(s.look(raftFile).URL)
			s.requireStatus(t, reader.PictureUnshown, raftFile)
			s.net.takeURLs()
			s.come(raftFile)
			s.requireAsked(t)
		},
		"a page that cannot make one shows none": func(t *testing.T, s *studio) {
			s.refuses = true
			s.come(raftFile)
			s.requireStatus(t, reader.PictureFailed, raftFile)
			s.requireAsked(t, raftFile.URL)
		},
		"what is not in the article is not asked for": func(t *testing.T, s *studio) {
			s.come(article.Rendition{URL: "https://news.example/secret"}, article.Rendition{})
			s.requireAsked(t)
		},
		"a state that was told tells of now": func(t *testing.T, s *studio) {
			before := s.State()
			s.come(raftFile)
			require.Equal(t, reader.PictureReady, before.Picture(raftFile).Status, "or it would show what was released")
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				test(t, pin(t, illustrated(raftFile, oarFile, outside), raftBytes, oarBytes))
			})
		})
	}
}

func TestThreePicturesAtATimeTheFirstThatWereWantedFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var bodies []string
		var files []article.Rendition
		for _, name := range []string{"a", "b", "c", "d", "e"} {
			bodies = append(bodies, jpeg(name))
			files = append(files, hashed(jpeg(name)))
		}
		s := pin(t, illustrated(files...), bodies...)
		s.net.delay = 200 * time.Millisecond
		s.want(files[4], files[0], files[2], files[1], files[3])
		synctest.Wait()
		s.requireAsked(t, files[4].URL, files[0].URL, files[2].URL)
		time.Sleep(200 * time.Millisecond)
		synctest.Wait()
		s.requireAsked(t, files[1].URL, files[3].URL)
		time.Sleep(200 * time.Millisecond)
		synctest.Wait()
		require.Equal(t, 5, s.shows())
	})
}

// flow is a body that comes in pieces of a second each.
type flow struct {
	io.Reader
	read *int
}

func (f flow) Read(p []byte) (int, error) {
	time.Sleep(time.Second) // of the bubble's time
	n, err := f.Reader.Read(p[:min(len(p), 4<<10)])
	*f.read += n
	return n, err
}

func (f flow) Close() error { return nil }

// flowing serves an article at once, and everything else in pieces; it counts their bytes.
func flowing(body, picture string, read *int) mirror.Fetcher {
	return mirror.FetcherFunc(func(_ context.Context, url string) (*mirror.Response, error) {
		if strings.HasSuffix(url, ".json") {
			return &mirror.Response{Status: 200, Body: io.NopCloser(strings.NewReader(body))}, nil
		}
		return &mirror.Response{Status: 200, Body: flow{strings.NewReader(picture), read}}, nil
	})
}

func TestAPictureMayTakeItsTimeAsLongAsItFlows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		large, read := jpeg(strings.Repeat("raft", 100_000)), 0
		file := hashed(large)
		body := illustrated(file)
		s := hang(t, reader.Config{Src: src, Integrity: sri(body)}, flowing(body, large, &read))
		s.want(file)
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		s.requireShown(t, file, "image/jpeg", large)
	})
}

func TestOfAPictureThatIsLongerNoMoreIsReadThanItsSize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		read := 0
		body := illustrated(raftFile)
		s := hang(t, reader.Config{Src: src, Integrity: sri(body)}, flowing(body, raftBytes+strings.Repeat("x", 1<<20), &read))
		s.want(raftFile)
		time.Sleep(time.Minute)
		synctest.Wait()
		s.requireStatus(t, reader.PictureFailed, raftFile)
		require.LessOrEqual(t, read, 4<<10)
		require.Zero(t, s.made)
	})
}

func TestAPictureOfAnotherSizeThanTheArticleSaysIsNotShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		file := raftFile
		file.ContentSize++
		s := pin(t, illustrated(file), raftBytes)
		s.come(file)
		s.requireStatus(t, reader.PictureFailed, file)
	})
}

func TestAPictureThatIsSaidToBeHugeIsNotAskedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		huge := raftFile
		huge.ContentSize = 10<<20 + 1
		s := pin(t, illustrated(huge), raftBytes)
		s.requireStatus(t, reader.PictureFailed, huge)
		require.Empty(t, s.look(huge).URL)
	})
}
