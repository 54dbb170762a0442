package weburl

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"an origin gets its path", "https://a.example", "https://a.example/"},
		{"scheme and host are lower case", "HTTPS://EXAMPLE.Org/Path", "https://example.org/Path"},
		{"only letters of ASCII are lowered", "https://ÄÖ\u212a.Example/", "https://ÄÖ\u212a.example/"},
		{"the usual port goes", "https://EXAMPLE:443/../x", "https://example/x"},
		{"written with zeros, too", "http://a.example:0080/", "http://a.example/"},
		{"or with no digits", "https://a.example:/", "https://a.example/"},
		{"the usual port of another scheme stays", "http://a.example:443/", "http://a.example:443/"},
		{"IPv6", "http://[::1]:8421/", "http://[::1]:8421/"},
		{"IPv6 in capitals", "https://[2001:DB8::A]/", "https://[2001:db8::a]/"},
		{"spaces and controls around", " \x00\t https://a.example/ \x1f", "https://a.example/"},
		{"tabs and newlines anywhere", "ht\ntps:/\t/a.ex\rample/b\n", "https://a.example/b"},
		{"a backslash is a slash", `https://a.example\b\..\c`, "https://a.example/c"},
		{"a backslash ends the host", `https://a.example\@evil.example/`, "https://a.example/@evil.example/"},
		{"so does a question mark", "https://a.example?@evil.example/", "https://a.example/?@evil.example/"},
		{"and a fragment", "https://a.example#@evil.example/", "https://a.example/#@evil.example/"},
		{"a backslash in the query is none", `https://a.example/?a\b#c\d`, `https://a.example/?a\b#c\d`},
		{"the last @ ends the user name", "https://a@b@c.example/", "https://a%40b@c.example/"},
		{"an empty user name goes", "https://@a.example/", "https://a.example/"},
		{"a path is escaped", "https://a.example/a b\"<>`{}^é\x01\x7f|[]'", "https://a.example/a%20b%22%3C%3E%60%7B%7D%5E%C3%A9%01%7F|[]'"},
		{"a query is escaped", "https://a.example/?a b\"<>'é`{}|?/", "https://a.example/?a%20b%22%3C%3E%27%C3%A9`{}|?/"},
		{"a fragment is escaped", "https://a.example/#a b\"<>`é'{}#", "https://a.example/#a%20b%22%3C%3E%60%C3%A9'{}#"},
		{"escapes are kept, right or wrong", "https://a.example/%2F%2f%zz%?%#%", "https://a.example/%2F%2f%zz%?%#%"},
		{"dots are steps", "https://a.example/a/./b/../../../c/.", "https://a.example/c/"},
		{"escaped or not", "https://a.example/a/%2e%2E/b/.%2e/%2e", "https://a.example/"},
		{"three dots are a name", "https://a.example/.../..a", "https://a.example/.../..a"},
		{"empty segments stay", "https://a.example//a//../b", "https://a.example//a/b"},
		{"an empty query stays", "https://a.example/?#", "https://a.example/?#"},
		{"mail", "MAILTO:A@b.example?subject=x y", "mailto:A@b.example?subject=x%20y"},
		{"a telephone", "tel:+441632960000", "tel:+441632960000"},
		{"a channel", "tg://resolve?domain=courier", "tg://resolve?domain=courier"},
		{"a script is seen as one", "java\nscript:alert(1)", "javascript:alert(1)"},
		{"behind a control character, too", "\x01JavaScript:alert(1)", "javascript:alert(1)"},
		{"nothing but a scheme", "data:", "data:"},
	} {
		t.Run(c.name, func(t *testing.T) {
			u, err := Parse(c.in)
			require.NoError(t, err)
			require.Equal(t, c.want, u.String())
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct{ name, in, says string }{
		{"nothing", " \n", "not a full address"},
		{"a path", "/a", "not a full address"},
		{"a word", "a.example", "not a full address"},
		{"no scheme", "//host/a", "not a full address"},
		{"a colon and no scheme", ":https://a.example/", "not a full address"},
		{"a scheme that begins with a digit", "1https://a.example/", "not a full address"},
		{"a scheme with a letter of another script", "http\u017f://a.example/", "not a full address"},
		{"no slashes", "https:host", "no host"},
		{"one slash", "https:/host", "no host"},
		{"three slashes", "https:///host", "no host"},
		{"backslashes before the host", `https:\\evil.example`, "no host"},
		{"one backslash before the host", `https:/\evil.example`, "no host"},
		{"no host", "https://", "no host"},
		{"a user name alone", "https://a@/", "no host"},
		{"a port alone", "https://:80/", "no host"},
		{"IPv6 that does not end", "https://[::1/", "no host"},
		{"IPv6 with more behind", "https://[::1]a/", "no host"},
		{"IPv6 with a zone", "https://[fe80::1%25en0]/", "no host"},
		{"brackets around no IPv6", "https://[a]/", "no host"},
		{"IPv6 without brackets", "https://::1/", "no host"},
		{"a port of letters", "https://a.example:port/", "no port"},
		{"a port with a sign", "https://a.example:+80/", "no port"},
		{"a port past the last", "https://a.example:65536/", "no port"},
	} {
		t.Run(c.name, func(t *testing.T) {
			u, err := Parse(c.in)
			require.ErrorContains(t, err, c.says)
			require.Nil(t, u)
		})
	}
	for _, c := range "\x00\x01\x7f %<>^|\"`{}[],;!*" {
		u, err := Parse("https://a" + string(c) + "b.example/")
		require.ErrorIs(t, err, errHost, "%q", c)
		require.Nil(t, u)
	}
}

func TestResolve(t *testing.T) {
	base, err := Parse("https://u@a.example:8443/b/c/d?q=1#f")
	require.NoError(t, err)
	const origin = "https://u@a.example:8443"
	for _, c := range []struct{ name, ref, want string }{
		{"nothing is the address without its fragment", "", origin + "/b/c/d?q=1"},
		{"a fragment", "#g h", origin + "/b/c/d?q=1#g%20h"},
		{"a query", "?r", origin + "/b/c/d?r"},
		{"an empty query", "?", origin + "/b/c/d?"},
		{"a name", "e", origin + "/b/c/e"},
		{"a step up", "../e?x", origin + "/b/e?x"},
		{"more steps than there are", "../../../..", origin + "/"},
		{"from the root", "/e#y", origin + "/e#y"},
		{"from the root with a backslash", `\e`, origin + "/e"},
		{"another host loses the user name", "//B.example", "https://b.example/"},
		{"another address", "http://b.example/", "http://b.example/"},
		{"a colon behind a slash is no scheme", "./x:y", origin + "/b/c/x:y"},
		{"a script", "javascript:x", "javascript:x"},
	} {
		t.Run(c.name, func(t *testing.T) {
			u, err := base.Resolve(c.ref)
			require.NoError(t, err)
			require.Equal(t, c.want, u.String())
		})
	}
	for _, ref := range []string{`\\evil.example`, `/\evil.example`, `\/evil.example`, "///evil.example", "https:e", "https:/e"} {
		_, err := base.Resolve(ref)
		require.ErrorIs(t, err, errHost, ref)
	}
	opaque, err := Parse("mailto:a@b.example")
	require.NoError(t, err)
	_, err = opaque.Resolve("c")
	require.ErrorIs(t, err, errRelative)
}

func TestAddressesHaveALength(t *testing.T) {
	path := "https://n.example/" + strings.Repeat("a", 8_000-len("https://n.example/"))
	_, err := Parse(path)
	require.NoError(t, err)
	for _, c := range []struct {
		address string
		err     error
	}{
		{path + "a", errLong},
		{"mailto:" + strings.Repeat("a", 8_000), errLong},
		{"https://" + strings.Repeat("a", 254) + "/", errHost},
		{"https://[" + strings.Repeat(":", 253) + "]/", errHost},
	} {
		_, err := Parse(c.address)
		require.ErrorIs(t, err, c.err)
	}
	_, err = Parse("https://" + strings.Repeat("a", 253) + "/")
	require.NoError(t, err)
}

func TestIsLoopback(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "LOCALHOST:1": true, "m1.localhost": true, "127.0.0.1": true, "127.255.0.3:80": true,
		"[::1]": true, "[::1]:8421": true,
		"localhost.example": false, "notlocalhost": false, "127.0.0.1.example": false, "127.0.0.256": false, "127.0.1": false,
		"127.0.0.": false, "128.0.0.1": false, "[::2]": false, "[127:0::1]": false, "a.example": false,
	} {
		u, err := Parse("http://" + host + "/")
		require.NoError(t, err, host)
		require.Equal(t, want, u.IsLoopback(), host)
	}
	u, err := Parse("https://localhost@a.example/")
	require.NoError(t, err)
	require.False(t, u.IsLoopback())
}

func TestEscape(t *testing.T) {
	require.Equal(t, "a%2Fb%3Fc%23d%26e%3D%2B%25%20%C3%A9-._~", Escape("a/b?c#d&e=+% é-._~"))
	for c := range 256 {
		s := string([]byte{'a', byte(c), '1'})
		require.Equal(t, s, Unescape(Escape(s)), "%q", s)
	}
	require.Equal(t, "%zz%4é%", Unescape("%zz%4%c3%A9%"))
}

// Well-formed addresses mean the same to net/url.
func TestAgreesWithTheStandardLibrary(t *testing.T) {
	refs := []string{"?x=1&y=a%20b", "#f", "?#g", "a", "a/b/", "../a", "../../a/..", "./", "..", ".", "a/./b/../c", "/", "/a/b?c#d",
		"/a%2Fb", "/%D9%85", "/a,b;c=d:e@f", "/مقال", "//c.example/x", "//c.example:81/x/../y", "https://d.example/?q", "mailto:a@b.example", "tel:+1"}
	bases := []string{"https://a.example/", "https://a.example/b", "http://a.example:8080/b/c/d.html?q=1#f", "https://u:p@a.example/b/",
		"https://[2001:db8::1]:444/b/c", "http://127.0.0.1/x/y"}
	for _, b := range bases {
		ours, err := Parse(b)
		require.NoError(t, err)
		theirs, err := url.Parse(b)
		require.NoError(t, err)
		require.Equal(t, theirs.String(), ours.String())
		require.Equal(t, theirs.Hostname(), ours.Hostname())
		require.Equal(t, theirs.Host, ours.Host)
		for _, ref := range refs {
			got, err := ours.Resolve(ref)
			require.NoError(t, err)
			want, err := theirs.Parse(ref)
			require.NoError(t, err)
			require.Equal(t, want.String(), got.String(), "%s from %s", ref, b)
		}
	}
}

// FuzzParse: what is accepted is written in one form, which reads as itself, and has the scheme that a browser sees.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"java\nscript:x", " https://", `https:\\evil`, "//host", "https:/host", "https://a@b", "http://[::1]:8421/",
		"https://EXAMPLE:443/../x", "https://a.example/%2e%2e/é?q '#f`", "mailto:a b", "https://a@b@c:0443\\d"} {
		f.Add(s, "../x?y")
	}
	f.Fuzz(func(t *testing.T, s, ref string) {
		u, err := Parse(s)
		if err != nil {
			require.Nil(t, u)
			return
		}
		requireStable(t, u, s)
		if v, err := u.Resolve(ref); err == nil {
			requireStable(t, v, "")
		}
	})
}

func requireStable(t *testing.T, u *URL, from string) {
	again, err := Parse(u.String())
	require.NoError(t, err)
	require.Equal(t, *u, *again)
	for _, c := range []byte(strings.Replace(u.String(), u.Host, "", 1)) {
		require.True(t, c > ' ' && c < 0x7f && !strings.ContainsRune("\"<>", rune(c)), "%q", u)
	}
	if u.Host != "" {
		require.Contains(t, []string{"https", "http"}, u.Scheme)
		require.Equal(t, byte('/'), u.Path[0])
	}
	seen := strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(strings.TrimLeftFunc(from, func(r rune) bool { return r <= ' ' }))
	if seen != "" {
		require.True(t, strings.HasPrefix(strings.ToLower(seen), u.Scheme+":"), "%q", seen)
	}
}
