package view

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLinkURL(t *testing.T) {
	accepted := []struct{ name, in, want string }{
		{"https", "https://news.example/a?b=c#d", "https://news.example/a?b=c#d"},
		{"http", "http://news.example/", "http://news.example/"},
		{"mail", "mailto:desk@news.example", "mailto:desk@news.example"},
		{"telephone", "tel:+441632960000", "tel:+441632960000"},
		{"a scheme in capitals", "HTTPS://news.example/", "https://news.example/"},
		{"white space around", " \n https://news.example/ \t", "https://news.example/"},
		{"a line break inside, as browsers take it out", "https://news.example/a\n/b", "https://news.example/a/b"},
		{"a space inside", "https://news.example/a b", "https://news.example/a%20b"},
		{"a control character in the path", "https://news.example/\x7f", "https://news.example/%7F"},
		{"a host that ends where browsers end it", `https://news.example\@evil.example/`, "https://news.example/@evil.example/"},
		{"letters of another script", "https://news.example/رود", "https://news.example/%D8%B1%D9%88%D8%AF"},
	}
	for _, tt := range accepted {
		t.Run(tt.name+" is a link", func(t *testing.T) {
			require.Equal(t, tt.want, LinkURL(tt.in).String())
		})
	}
	refused := []struct{ name, in string }{
		{"nothing", ""},
		{"a script", "javascript:alert(1)"},
		{"a script in capitals", "JaVaScRiPt:alert(1)"},
		{"a script with a line break in its name", "java\nscript:alert(1)"},
		{"a script with a tab in its name", "java\tscript:alert(1)"},
		{"a script after a control character", "\x01javascript:alert(1)"},
		{"a script after white space", " \r\n javascript:alert(1)"},
		{"data", "data:text/html,<script>alert(1)</script>"},
		{"a blob", "blob:https://news.example/1"},
		{"a file", "file:///etc/passwd"},
		{"vbscript", "vbscript:x"},
		{"a file system", "filesystem:https://news.example/x"},
		{"a relative address", "/a/b"},
		{"an address without scheme", "//news.example/a"},
		{"no host", "https:///a"},
		{"no slashes", "https:news.example"},
		{"back slashes", `https:\\news.example`},
		{"a control character in the host", "https://news\x7f.example/"},
		{"a backslash that makes a host of a path", `https:/\evil.example`},
	}
	for _, tt := range refused {
		t.Run(tt.name+" is no link", func(t *testing.T) {
			require.True(t, LinkURL(tt.in).IsZero())
		})
	}
}

func TestChannelURLTakesWhatLinksDoNot(t *testing.T) {
	for _, s := range []string{"tg://resolve?domain=courier", "ipfs://bafybeigdyr/a", "ipns://courier.example/", "magnet:?xt=urn:btih:abc"} {
		require.True(t, LinkURL(s).IsZero(), s)
		require.Equal(t, s, ChannelURL(s).String())
	}
	require.True(t, ChannelURL("javascript:alert(1)").IsZero())
}

func TestImageURL(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"https stays", "https://media.example/a.jpg", "https://media.example/a.jpg"},
		{"http is raised to https", "http://media.example/a.jpg", "https://media.example/a.jpg"},
		{"http on localhost stays", "http://localhost:8421/a.jpg", "http://localhost:8421/a.jpg"},
		{"http on a loopback address stays", "http://127.0.0.2:1/a.jpg", "http://127.0.0.2:1/a.jpg"},
		{"http on the loopback address of IPv6 stays", "http://[::1]:1/a.jpg", "http://[::1]:1/a.jpg"},
		{"a host that only begins like localhost is not local", "http://localhost.evil.example/a.jpg", "https://localhost.evil.example/a.jpg"},
		{"verified bytes", "blob:https://news.example/1-2-3", "blob:https://news.example/1-2-3"},
		{"a script is no picture", "javascript:alert(1)", ""},
		{"data is no picture", "data:image/svg+xml,<svg/>", ""},
		{"mail is no picture", "mailto:a@b.example", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, ImageURL(tt.in).String())
		})
	}
}
