package reader_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"byway/internal/article"
	"byway/internal/reader"

	"github.com/stretchr/testify/require"
)

const (
	raft      = "https://news.example/i/raft.jpg"
	raftAtM1  = "https://m1.example.net/i/raft.jpg"
	raftAtM2  = "https://m2.example.org/p/i/raft.jpg"
	elsewhere = "https://media.example/raft.jpg"
)

// at is where a picture is loaded from now, or why it is not.
func (d *desk) at(url string) string { return place(d.State(), url) }

func place(s reader.State, url string) string {
	p := s.Picture(article.Rendition{URL: url})
	if p.Status != reader.PictureReady {
		return string(p.Status)
	}
	return p.URL
}

func (d *desk) failed(urls ...string) {
	for _, url := range urls {
		d.PictureFailed(url)
	}
}

func (d *desk) stalled(urls ...string) {
	for _, url := range urls {
		d.PictureStalled(url)
	}
}

func TestPicturesThatDoNotCome(t *testing.T) {
	for name, test := range map[string]func(*testing.T, *desk){
		"a picture that failed is asked for at the first of the others": func(t *testing.T, d *desk) {
			d.failed(raftAtM1)
			require.Equal(t, raft, d.at(raft))
			require.Equal(t, "https://m1.example.net/i/oar.jpg", d.at("https://news.example/i/oar.jpg"), "this one did not fail")
		},
		"then at the next": func(t *testing.T, d *desk) {
			d.failed(raftAtM1, raft)
			require.Equal(t, raftAtM2, d.at(raft))
		},
		"one that failed everywhere is given up": func(t *testing.T, d *desk) {
			d.failed(raftAtM1, raft, raftAtM2)
			require.Equal(t, "failed", d.at(raft))
		},
		"one that the publisher keeps elsewhere has one address": func(t *testing.T, d *desk) {
			d.failed(elsewhere)
			require.Equal(t, "failed", d.at(elsewhere))
		},
		"a picture that stalled is asked for at the first of the others": func(t *testing.T, d *desk) {
			d.stalled(raftAtM1)
			require.Equal(t, raft, d.at(raft))
		},
		"where all are silent the one that served the article is waited for": func(t *testing.T, d *desk) {
			d.stalled(raftAtM1, raft, raftAtM2, raftAtM1, elsewhere)
			require.Equal(t, raftAtM1, d.at(raft))
			require.Equal(t, elsewhere, d.at(elsewhere))
		},
		"silence is waited for where the rest failed": func(t *testing.T, d *desk) {
			d.failed(raftAtM1)
			d.stalled(raft)
			d.failed(raftAtM2)
			require.Equal(t, raft, d.at(raft))
			d.failed(raft)
			require.Equal(t, "failed", d.at(raft))
		},
		"what failed is not waited for": func(t *testing.T, d *desk) {
			d.failed(raftAtM1, raft, raftAtM2)
			d.stalled(raftAtM1, raft, raftAtM2)
			require.Equal(t, "failed", d.at(raft))
		},
		"an address with a comma is known as srcset has it": func(t *testing.T, d *desk) {
			d.failed("https://m1.example.net/i/w_200%2Ch_100/raft.jpg")
			require.Equal(t, "https://news.example/i/w_200,h_100/raft.jpg", d.at("https://news.example/i/w_200,h_100/raft.jpg"))
		},
		"a state that was told stays as it was": func(t *testing.T, d *desk) {
			before := d.State()
			d.failed(raftAtM1)
			between := d.State()
			d.failed(raft)
			require.Equal(t, raftAtM1, place(before, raft))
			require.Equal(t, raft, place(between, raft))
		},
		"it is told": func(t *testing.T, d *desk) {
			d.takeStates()
			d.failed(raftAtM1)
			states := d.takeStates()
			require.NotEmpty(t, states)
			require.Equal(t, raft, place(states[0], raft))
		},
		"nothing is asked again, and no address is blamed": func(t *testing.T, d *desk) {
			before, record := d.State().Addresses, d.memory.record
			d.failed(raftAtM1, raft, raftAtM2)
			d.settle()
			require.Equal(t, before, d.State().Addresses)
			require.Equal(t, record, d.memory.record)
			require.Equal(t, reader.Ready, d.State().Phase)
			require.Empty(t, d.net.takeAsked())
		},
		"a choice by hand asks that one for all of them": func(t *testing.T, d *desk) {
			d.failed(raftAtM1)
			require.NoError(t, d.UseMirror("m1.example.net"))
			d.settle()
			require.Equal(t, raftAtM1, d.at(raft))
		},
		"with a choice by hand no other is asked": func(t *testing.T, d *desk) {
			require.NoError(t, d.UseMirror("m2.example.org"))
			d.settle()
			d.stalled(raftAtM2)
			require.Equal(t, raftAtM2, d.at(raft))
			d.failed(raftAtM2)
			require.Equal(t, "failed", d.at(raft))
		},
		"with a choice by hand a picture elsewhere may fail after its tap": func(t *testing.T, d *desk) {
			require.NoError(t, d.UseMirror("m2.example.org"))
			d.settle()
			require.Equal(t, "needs-tap", d.at(elsewhere))
			d.failed(elsewhere)
			require.Equal(t, "failed", d.at(elsewhere))
		},
		"what was slow before a choice is not asked for elsewhere after it": func(t *testing.T, d *desk) {
			require.NoError(t, d.UseMirror("m1.example.net"))
			d.settle()
			d.PictureStalled(elsewhere)
			require.Equal(t, "needs-tap", d.at(elsewhere))
		},
		"reading again tries all pictures again": func(t *testing.T, d *desk) {
			d.failed(raftAtM1, raft, raftAtM2)
			d.takeStates()
			d.Reload()
			d.settle()
			require.Equal(t, raftAtM1, place(d.takeStates()[0], raft), "at once, not when the article has come again")
			require.Equal(t, raftAtM1, d.at(raft))
		},
		"another source tries all pictures again": func(t *testing.T, d *desk) {
			for _, host := range []string{"news.example", "m1.example.net", "m2.example.org"} {
				d.net.set(host, "!")
			}
			d.Reload()
			d.settle()
			require.Equal(t, reader.Stale, d.State().Phase)
			d.failed(raftAtM1, raft, raftAtM2)
			d.net.set("m2.example.org", page)
			time.Sleep(time.Hour) // of the bubble's time, in which the article is asked for again
			synctest.Wait()
			require.Equal(t, "m2.example.org", d.State().Source)
			require.Equal(t, raftAtM2, d.at(raft))
		},
		"what is said twice is remembered once": func(t *testing.T, d *desk) {
			for range 2000 {
				d.failed(elsewhere)
			}
			d.failed(raftAtM1)
			require.Equal(t, raft, d.at(raft))
		},
		"what is remembered has an end": func(t *testing.T, d *desk) {
			pictures := func(from int) (all []string) {
				for i := range 2000 {
					all = append(all, fmt.Sprintf("https://media.example/%d.jpg", from+i))
				}
				return all
			}
			d.failed(pictures(0)...)
			d.failed(raftAtM1)
			require.Equal(t, "failed", d.at("https://media.example/0.jpg"), "or it would be asked for without end")
			require.Equal(t, raftAtM1, d.at(raft))
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := read(t, reader.Config{}, answers("404", page, page), nil)
				require.Equal(t, "m1.example.net", d.State().Source)
				d.net.takeAsked()
				test(t, d)
			})
		})
	}
}

func TestAnAddressThatIsLeftAloneComesLastForPictures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := read(t, reader.Config{}, answers("!", page, page), nil)
		d.failed(raftAtM1)
		require.Equal(t, raftAtM2, d.at(raft))
		time.Sleep(time.Hour) // of the bubble's time: by now the first would be asked again
		require.Equal(t, raftAtM2, d.at(raft), "a picture that is shown does not move")
		d.failed(raftAtM2)
		require.Equal(t, raft, d.at(raft))
	})
}
