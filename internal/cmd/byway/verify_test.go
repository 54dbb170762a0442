package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"byway/internal/carry"
	"byway/internal/trust"
)

// savedFile is the article of a published site as somebody saved it, its pin, and the folders of the site and of the keys.
func savedFile(t *testing.T) (data []byte, pin, site, keys string) {
	t.Helper()
	site, keys, _ = published(t)
	embedded, err := os.ReadFile(filepath.Join(site, "ferry.html"))
	require.NoError(t, err)
	pin = regexp.MustCompile(`key="([^"]*)"`).FindStringSubmatch(string(embedded))[1]
	key, err := trust.ParseKey(pin)
	require.NoError(t, err)
	s, err := trust.Start(trust.Anchor{Key: key}, nil)
	require.NoError(t, err)
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(site, name))
		require.NoError(t, err)
		return data
	}
	require.NoError(t, s.AcceptRoot(read(trust.CurrentRoot)))
	_, err = s.AcceptFeed(read(trust.FeedPath), time.Now())
	require.NoError(t, err)
	f := &carry.File{Article: read(trust.AliasPath("ferry")), Path: "ferry", Evidence: s.Bytes(), Pin: pin}
	data, err = f.Write()
	require.NoError(t, err)
	return data, pin, site, keys
}

func TestVerifySaysWhoSignedWhat(t *testing.T) {
	data, pin, _, _ := savedFile(t)
	code, out, errs := do(t, string(data), "verify", "-key", pin, "-")
	require.Equal(t, ok, code, errs)
	require.Regexp(t, `^A ferry & a goat
  signed by   news\.example
  on          \d+ \w+ \d+, \d\d:\d\d UTC
  with        the key news\.example/feed1, in feed \d+, by root 1
  SHA-256     [0-9a-f]{64}
  checked     the article, and every byte of the page
GENUINE: a browser shows of this file what was signed\.
$`, out)

	code, out, _ = do(t, "", "verify", write(t, "ferry.html", string(data)))
	require.Equal(t, ok, code)
	require.Contains(t, out, "GENUINE, IF THE KEY IS: whoever made this file chose it, and can have called it news.example.\n  "+pin+"\nCompare that")
	require.NotContains(t, out, "GENUINE:")
}

func TestVerifyRefuses(t *testing.T) {
	data, pin, _, _ := savedFile(t)
	_, other, _, _ := savedFile(t)
	unsigned, err := (&carry.File{Article: []byte(strings.Replace(native, "ferry &", `ferry \u001b[2J&`, 1)), Address: "https://post.example/ferry"}).Write()
	require.NoError(t, err)
	for _, c := range []struct {
		name, in string
		args     []string
		code     int
		out, err string // what they contain
	}{
		{"an altered page", strings.Replace(string(data), "at nine", "at five", 1), nil, failed, "", "byway verify: -: NOT GENUINE: saved article: not as it was signed and saved"},
		{"the key of somebody else", string(data), []string{"-key", other}, failed, "", "NOT GENUINE"},
		{"a page", "<!doctype html>", nil, failed, "", "byway verify: -: saved article: no article that Byway saved"},
		{"nothing", "", nil, failed, "", "no article that Byway saved"},
		{"what nobody signed", string(unsigned), nil, failed, "A ferry [2J& a goat\nNOT SIGNED: nothing can be checked.", ""},
		{"what nobody signed, of whoever pins a key", string(unsigned), []string{"-key", pin}, failed, "", "NOT GENUINE: saved article: not signed by the publisher: nobody signed this file"},
		{"another version", strings.Replace(string(data), `byway-file/`, `byway-file/0`, 1), nil, failed, "THE PAGE WAS NOT CHECKED", ""},
		{"a key that is none", string(data), []string{"-key", "x"}, usage, "", "copy all of it"},
		{"a flag that is none", string(data), []string{"-loud"}, usage, "", "-loud"},
		{"help", "", []string{"-h"}, ok, "", "-key"},
	} {
		t.Run(c.name, func(t *testing.T) {
			code, out, errs := do(t, c.in, append(append([]string{"verify"}, c.args...), "-")...)
			require.Equal(t, c.code, code, out+errs)
			require.Contains(t, out, c.out)
			require.Contains(t, errs, c.err)
			require.NotContains(t, out, "GENUINE:")
		})
	}
	code, _, errs := do(t, "", "verify", "nowhere.html")
	require.Equal(t, failed, code)
	require.Contains(t, errs, "nowhere.html: no such file or directory: give the path")
	code, _, _ = do(t, "", "verify")
	require.Equal(t, usage, code)
}

func TestVerifyNeverCallsALongFileGenuine(t *testing.T) {
	data, pin, _, _ := savedFile(t)
	var out, errs bytes.Buffer
	endless := &zeros{head: data, left: 100 << 20}
	require.Equal(t, failed, run([]string{"verify", "-key", pin, "-"}, endless, &out, &errs))
	require.Contains(t, errs.String(), "longer than 33554432 bytes")
	require.Greater(t, endless.left, 60<<20, "it was read on")
}

// zeros is a file with zeros behind it.
type zeros struct {
	head []byte
	left int
}

func (z *zeros) Read(p []byte) (int, error) {
	n := copy(p, z.head)
	z.head = z.head[n:]
	clear(p[n:])
	z.left -= len(p)
	return len(p), nil
}
