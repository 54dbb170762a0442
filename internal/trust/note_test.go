package trust

import (
	_ "embed"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/mod/sumdb/note"
)

const text = "byway/test\nline\n"

// cases are notes by what is the matter with them. by is who signed, "" where the note is refused.
var cases = []struct{ name, note, by string }{
	{"one signature", string(sign(text, root1)), "root1"},
	{"two", string(sign(text, root1, root2)), "root1 root2"},
	{"in the order of the note", string(sign(text, root2, root1)), "root2 root1"},
	{"a known one and a stranger's", string(sign(text, stranger, root1)), "root1"},
	{"a stranger's that is wrong", string(sign(text, root1)) + stranger.line("other\n"), "root1"},
	{"a stranger's that is no signature but five bytes", string(sign(text, root1)) + "— x AAAAAAA=\n", "root1"},
	{"one key twice", string(sign(text, root1, root1)), "root1"},
	{"one key twice, the second time wrong", string(sign(text, root1)) + root1.line("other\n"), "root1"},
	{"a key of the same name and another hash", string(sign(text, newSigner("root1", 7), root1)), "root1"},
	{"text with an empty line", string(sign("a\n\nb\n", root1)), "root1"},
	{"text that looks like a signature", string(sign(text+"\n"+stranger.line(text), root1)), "root1"},
	{"an empty line as text", string(sign("\n", root1)), "root1"},
	{"text that is not English", string(sign("река\n河\n", root1)), "root1"},
	{"DEL, which is no control character to the standard", string(sign("a\u007fb\n", root1)), "root1"},
	{"bits that no byte has behind the last one", respell(string(sign(text, root1))), "root1"},
	{"100 signatures", string(sign(text, root1)) + strings.Repeat(stranger.line(text), 99), "root1"},

	{"101 signatures", string(sign(text, root1)) + strings.Repeat(stranger.line(text), 100), ""},
	{"1000 signatures of one key", string(sign(text)) + strings.Repeat(root1.line(text), 1000), ""},
	{"nothing", "", ""},
	{"no signature", text, ""},
	{"no signature under an empty line", text + "\n", ""},
	{"no empty line", text + root1.line(text), ""},
	{"no text", "\n" + root1.line(""), ""},
	{"only a stranger's", string(sign(text, stranger)), ""},
	{"one changed letter", strings.Replace(string(sign(text, root1)), "line", "lime", 1), ""},
	{"one changed letter of two signatures, one of them right", string(sign(text, root1)) + root2.line("other\n"), ""},
	{"a wrong one before the right one of the same key", text + "\n" + root1.line("other\n") + root1.line(text), ""},
	{"the signature of another key", strings.Replace(string(sign(text, root2)), root2.name, root1.name, 1), ""},
	{"another key's under this one's hash", string(sign(text)) + forged(), ""},
	{"a signature that is too short", string(sign(text)) + "— " + root1.name + " " + base64.StdEncoding.EncodeToString(append(root1.id(), 1)) + "\n", ""},
	{"no newline at the end", strings.TrimSuffix(string(sign(text, root1)), "\n"), ""},
	{"a line behind the signatures", string(sign(text, root1)) + "x\n", ""},
	{"an empty line behind the signatures", string(sign(text, root1)) + "\n", ""},
	{"CRLF", strings.ReplaceAll(string(sign(text, root1)), "\n", "\r\n"), ""},
	{"CRLF that was signed", string(sign("a\r\nb\r\n", root1)), ""},
	{"a tab that was signed", string(sign("a\tb\n", root1)), ""},
	{"a zero that was signed", string(sign("a\x00b\n", root1)), ""},
	{"text that is no UTF-8 and was signed", string(sign("a\xffb\n", root1)), ""},
	{"a hyphen for the dash", strings.Replace(string(sign(text, root1)), "— ", "- ", 1), ""},
	{"two spaces", strings.Replace(string(sign(text, root1)), "— ", "—  ", 1), ""},
	{"a space at the end", strings.TrimSuffix(string(sign(text, root1)), "\n") + " \n", ""},
	{"a stranger's that is no base64", string(sign(text, root1)) + "— x AAAAA\n", ""},
	{"a stranger's of four bytes", string(sign(text, root1)) + "— x AAAAAA==\n", ""},
	{"a stranger without a name", string(sign(text, root1)) + "—  AAAAAAA=\n", ""},
	{"a stranger with + in the name", string(sign(text, root1)) + "— a+b AAAAAAA=\n", ""},
	{"a byte order mark", "\ufeff" + string(sign(text, root1)), ""},
}

// respell writes the last sign of a base64 with other bits where it has some to spare.
func respell(s string) string {
	i := strings.Index(s, "=\n")
	return s[:i-1] + string(s[i-1]+1) + s[i:]
}

// forged is a stranger's signature with the name and the hash of root1.
func forged() string {
	s := stranger
	_, encoded, _ := strings.Cut(strings.TrimPrefix(s.line(text), "— "), " ")
	data, _ := base64.StdEncoding.DecodeString(strings.TrimSpace(encoded))
	return "— " + root1.name + " " + base64.StdEncoding.EncodeToString(append(root1.id(), data[4:]...)) + "\n"
}

var known = []signer{root1, root2, feed1}

func knownKeys() (all []Key) {
	for _, s := range known {
		all = append(all, s.key())
	}
	return all
}

func TestOpen(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text, by, err := Open([]byte(c.note), knownKeys())
			var names []string
			for _, k := range by {
				names = append(names, strings.TrimPrefix(k.Name(), "publisher.example/"))
			}
			require.Equal(t, c.by, strings.Join(names, " "), err)
			require.Equal(t, c.by == "", err != nil)
			require.Equal(t, c.by == "", text == "")
			asSumdb(t, c.note)
		})
	}
}

func TestOpenTellsWhy(t *testing.T) {
	_, _, err := Open(sign(text, stranger), knownKeys())
	var unsigned *UnsignedError
	require.ErrorAs(t, err, &unsigned)
	require.Equal(t, text, unsigned.Text)
	require.ErrorIs(t, err, ErrBadSignature)

	_, _, err = Open([]byte(text+"\n"+root1.line("other\n")), knownKeys())
	require.ErrorIs(t, err, ErrBadSignature)
	require.False(t, errors.As(err, new(*UnsignedError)), "a wrong signature by a known key is no stranger's note")

	_, _, err = Open([]byte(text), knownKeys())
	require.ErrorIs(t, err, errMalformed)
	require.NotErrorIs(t, err, ErrBadSignature)

	_, _, err = Open(sign(text, root1), nil)
	require.ErrorAs(t, err, &unsigned)
}

// asSumdb holds that golang.org/x/mod/sumdb/note thinks the same of a note.
func asSumdb(t *testing.T, msg string) {
	var verifiers []note.Verifier
	for _, s := range known {
		v, err := note.NewVerifier(s.String())
		require.NoError(t, err)
		verifiers = append(verifiers, v)
	}
	want, wantErr := note.Open([]byte(msg), note.VerifierList(verifiers...))
	text, by, err := Open([]byte(msg), knownKeys())
	var theirs *note.UnverifiedNoteError
	var ours *UnsignedError
	require.Equal(t, errors.As(wantErr, &theirs), errors.As(err, &ours))
	if ours != nil {
		require.Equal(t, theirs.Note.Text, ours.Text)
	}
	require.Equal(t, wantErr == nil, err == nil, "sumdb says %v, we say %v", wantErr, err)
	if err != nil {
		require.Empty(t, text)
		require.Empty(t, by)
		return
	}
	require.Equal(t, want.Text, text)
	require.Len(t, by, len(want.Sigs))
	for i, s := range want.Sigs {
		require.Equal(t, s.Name, by[i].Name())
	}
}

func FuzzOpenIsSumdbs(f *testing.F) {
	for _, c := range cases {
		f.Add(c.note)
	}
	f.Fuzz(func(t *testing.T, msg string) { asSumdb(t, msg) })
}

// Hardly any mutation keeps a signature right, so here the text is mutated and then signed, by sumdb/note itself.
func FuzzOpenWhatSumdbSigns(f *testing.F) {
	f.Add(text, uint8(1))
	f.Add("a\n\n— x AAAAAAA=\n", uint8(6))
	f.Add("\n\n", uint8(15))
	f.Fuzz(func(t *testing.T, text string, who uint8) {
		var signers []note.Signer
		for i, s := range []signer{root1, root2, feed1, stranger} {
			if who>>i&1 == 1 {
				skey := "PRIVATE+KEY+" + s.name + "+" + strings.Split(s.String(), "+")[1] + "+" +
					base64.StdEncoding.EncodeToString(append([]byte{algEd25519}, s.private.Seed()...))
				n, err := note.NewSigner(skey)
				require.NoError(t, err)
				signers = append(signers, n)
			}
		}
		if msg, err := note.Sign(&note.Note{Text: text}, signers...); err == nil {
			asSumdb(t, string(msg))
		}
	})
}

// Both were made by sumdb/note, of the seeds in sign_test.go.
var (
	//go:embed testdata/root.note
	vectorRoot []byte
	//go:embed testdata/feed.note
	vectorFeed []byte
)

func TestVectors(t *testing.T) {
	_, by, err := Open(vectorRoot, []Key{root1.key(), root2.key()})
	require.NoError(t, err)
	require.Equal(t, []Key{root1.key(), root2.key()}, by)

	s := beginWith(t, Anchor{Root: vectorRoot})
	r, ok := s.Root()
	require.True(t, ok)
	require.Equal(t, Root{
		Site: "publisher.example", Version: 2, Epoch: 1, Expires: time.Date(2027, 8, 22, 0, 0, 0, 0, time.UTC),
		RootKeys: []Key{root2.key()}, Threshold: 1, FeedKeys: []Key{feed1.key()}, MinFeed: 4700,
		Mirrors: []Mirror{{"https://publisher.example/byway/", 0}, {"https://m1.example.net/p/", 1}, {"https://m2.example.org/", 1}},
	}, r)

	f := acceptFeed(t, s, vectorFeed)
	require.Equal(t, int64(4711), f.Version)
	require.Equal(t, []Key{feed1.key()}, f.By)
	item, ok := f.Items.Find("2026/08/river")
	require.True(t, ok)
	require.NoError(t, item.Check([]byte(`{"id":"2026/08/river","title":"The river","lang":"en","html":"<p>Hello</p>"}`+"\n")))
	require.Equal(t, "b/46f066e5c926df247e4dd38a326d3624bd92543ed92d2db78c9b0878874a2871.json", BlobPath(item.Blob, ".json"))

	_, err = s.AcceptFeed([]byte(strings.Replace(string(vectorFeed), "4711", "4712", 1)), now)
	require.ErrorIs(t, err, ErrBadSignature)
}
