package carry

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/tree"
	"byway/internal/trust"
)

// A byte that is changed, left out, or put in, wherever it stands, is seen.
func TestNoByteOfAFileCanBeChanged(t *testing.T) {
	p := newPress(t)
	data := p.save("bridge")
	w := p.witness(nil)
	_, err := Open(data, w)
	require.NoError(t, err)
	block := bytes.Index(data, []byte(blockBegin))
	tried := 0
	for at := 0; at < len(data); at++ {
		if at%31 != 0 && (at < block || at > block+300) {
			continue
		}
		for _, spoilt := range [][]byte{
			append(append(bytes.Clone(data[:at]), data[at]^1), data[at+1:]...),
			append(bytes.Clone(data[:at]), data[at+1:]...),
			append(append(bytes.Clone(data[:at]), ' '), data[at:]...),
		} {
			if o, err := Open(spoilt, w); err == nil {
				require.Equal(t, PageOtherVersion, o.Page, "at %d: %q", at, data[max(0, at-20):at+1])
			}
			tried++
		}
	}
	require.Greater(t, tried, 1000)
	for cut := 0; cut < len(data); cut += 97 {
		_, err := Open(data[:cut], w)
		require.Error(t, err, "cut at %d", cut)
	}
	_, err = Open(append(bytes.Clone(data), '\n'), w)
	require.ErrorIs(t, err, ErrAltered)
}

func TestWhatAForgerTries(t *testing.T) {
	p := newPress(t)
	stranger := newPress(t)
	for _, c := range []struct {
		name  string
		forge func(t *testing.T) []byte
		want  error
	}{
		{"another headline in the page", func(*testing.T) []byte {
			return bytes.Replace(p.save("weir"), []byte("lowered"), []byte("blasted"), 1)
		}, ErrAltered},
		{"a style that hides", func(*testing.T) []byte {
			return bytes.Replace(p.save("weir"), []byte("</style>"), []byte(".body{display:none}</style>"), 1)
		}, ErrAltered},
		{"a script at the end", func(*testing.T) []byte {
			return append(p.save("weir"), "<script>alert(1)</script>"...)
		}, ErrAltered},
		{"two pictures that change places", func(*testing.T) []byte {
			data, a, b := p.pair()
			return []byte(strings.NewReplacer(a, b, b, a).Replace(string(data)))
		}, ErrAltered},
		{"another article with the evidence of this one", func(t *testing.T) []byte {
			f := p.take("weir")
			f.Article = []byte(`{"version":"byway-article/1","id":"weir","headline":"Forged","body":[]}`)
			return forged(t, f, p)
		}, ErrAltered},
		{"another article of the same publisher under this path", func(t *testing.T) []byte {
			f := p.take("weir")
			f.Article = p.take("bridge").Article
			return forged(t, f, p)
		}, ErrAltered},
		{"another picture in a file that is right otherwise", func(t *testing.T) []byte {
			f := p.take("bridge")
			body := base64.StdEncoding.EncodeToString(f.Pictures[0].Bytes)
			return bytes.Replace(written(t, f), []byte(body), []byte(base64.StdEncoding.EncodeToString(picture("png", 300, 201))), 1)
		}, ErrAltered},
		{"all of it of another publisher of the same name", func(*testing.T) []byte { return stranger.save("weir") }, trust.ErrBadSignature},
		{"the pin of the publisher over the evidence of another", func(t *testing.T) []byte {
			return bytes.Replace(stranger.save("weir"), []byte(stranger.pin), []byte(p.pin), 1)
		}, trust.ErrBadSignature},
		{"two feeds, one of them for the page", func(t *testing.T) []byte {
			f := p.take("weir")
			mine, theirs := string(f.Evidence), string(stranger.take("weir").Evidence)
			f.Evidence = []byte(strings.TrimSuffix(mine, "]}") + "," + strings.TrimPrefix(theirs, `{"notes":[`))
			return forged(t, f, p)
		}, ErrAltered},
		{"a page about nothing", func(*testing.T) []byte { return []byte("<!doctype html><p>The weir") }, ErrNone},
		{"nothing", func(*testing.T) []byte { return nil }, ErrNone},
		{"a file without end", func(*testing.T) []byte { return append(p.save("weir"), make([]byte, 100<<20)...) }, ErrNone},
		{"two blocks", func(*testing.T) []byte {
			data := string(p.save("weir"))
			return []byte(strings.Replace(data, blockBegin, blockBegin+"</script>"+blockBegin, 1))
		}, ErrAltered},
		{"a block without end", func(*testing.T) []byte {
			return bytes.Replace(p.save("weir"), []byte("</script></body>"), []byte("</body>"), 1)
		}, ErrAltered},
		{"a block in place of the lines of JSON", func(*testing.T) []byte { return []byte(blockBegin + "\n\n\n</script>") }, ErrAltered},
		{"no evidence any more", func(t *testing.T) []byte {
			f := p.take("weir")
			f.Evidence = nil
			return written(t, f)
		}, trust.ErrBadSignature},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, err := Open(c.forge(t), p.witness(nil))
			require.ErrorIs(t, err, c.want)
			require.Nil(t, o)
		})
	}
}

// pair is a file and two of the pictures in it, in base64.
func (p *press) pair() (data []byte, a, b string) {
	data = p.save("weir")
	o, err := Open(data, p.witness(nil))
	require.NoError(p.t, err)
	a, b = base64.StdEncoding.EncodeToString(o.Pictures[0].Bytes), base64.StdEncoding.EncodeToString(o.Pictures[1].Bytes)
	require.NotEqual(p.t, a, b)
	return data, a, b
}

// forged is a file that Write would refuse to make.
func forged(t *testing.T, f *File, p *press) []byte {
	t.Helper()
	is, err := p.take("weir").claim()
	require.NoError(t, err)
	var b bytes.Buffer
	_, err = f.write(is, &b)
	require.NoError(t, err)
	return b.Bytes()
}

func TestAPageByAnotherVersionIsNotVouchedFor(t *testing.T) {
	p := newPress(t)
	data := bytes.Replace(p.save("weir"), []byte(`"version":"`+version), []byte(`"version":"byway-file/0`), 1)
	data = bytes.Replace(data, []byte("lowered"), []byte("blasted"), 1)
	o, err := Open(data, p.witness(nil))
	require.NoError(t, err)
	require.Equal(t, PageOtherVersion, o.Page)
	require.Contains(t, o.Decoded.Headline, "lowered")
	require.Len(t, o.Pictures, 3)

	data, a, b := p.pair()
	data = bytes.Replace(data, []byte(`"version":"`+version), []byte(`"version":"byway-file/0`), 1)
	_, err = Open(bytes.ReplaceAll(data, []byte(a), []byte(b)), p.witness(nil))
	require.ErrorIs(t, err, ErrAltered)
}

// One picture many times over costs no more than a file may have.
func TestASmallFileCannotBecomeALargeOne(t *testing.T) {
	body := `{"version":"byway-article/1","id":"a","headline":"A","body":[` +
		strings.TrimSuffix(strings.Repeat(`{"type":"figure","image":{"url":"https://a.example/1.gif","alt":""}},`, 500), ",") + `]}`
	f := &File{Article: []byte(body), Address: "https://a.example/", Pictures: []Picture{{"https://a.example/1.gif", "image/gif", make([]byte, 1<<20)}}}
	_, err := f.Write()
	require.ErrorContains(t, err, "leave pictures out")
}

// Whatever the bytes are, Open does not panic, and what it takes it writes again.
func FuzzOpen(f *testing.F) {
	p := newPress(f)
	data := p.save("bridge")
	f.Add(data)
	f.Add(data[bytes.Index(data, []byte(blockBegin)):])
	f.Add([]byte(blockBegin + "{}\n\n\n</script>"))
	f.Add([]byte(blockBegin + `{"pictures":["a"]}` + "\n\n\ne30=</script>"))
	f.Add(written(f, &File{Article: []byte(`{"version":"byway-article/1","id":"a","headline":"A"}`), Address: "https://a.example/"}))
	f.Fuzz(func(t *testing.T, data []byte) {
		o, err := Open(data, Witness{Now: p.Now})
		if err != nil {
			require.Nil(t, o)
			return
		}
		again, err := o.Write()
		require.NoError(t, err)
		if o.Page == PageCompared {
			require.Equal(t, data, again)
		}
	})
}

// A device that is slow checks some hundred signatures in a second, and nobody has as many.
func TestNobodyChecksSignaturesWithoutEnd(t *testing.T) {
	p := newPress(t)
	f := p.take("weir")
	notes, err := parseNotes(f.Evidence)
	require.NoError(t, err)
	w := &tree.Writer{}
	w.Object(func() {
		w.Key("notes")
		w.List(func() {
			for range trust.MaxStored {
				w.String(string(notes.roots[0]))
			}
			w.String(string(notes.feed))
		})
	})
	f.Evidence = w.Bytes()
	_, err = f.Write()
	require.ErrorIs(t, err, errEvidence)
	s, err := trust.Start(p.witness(nil).Anchor, f.Evidence)
	require.NoError(t, err)
	_, known := s.Feed()
	require.False(t, known, "it comes after too many")
}
