package markup

import (
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/weburl"
)

func TestResolveLink(t *testing.T) {
	for _, c := range []struct{ name, ref, want string }{
		{"absolute", "https://a.example/x?y=1#z", "https://a.example/x?y=1#z"},
		{"http stays", "http://a.example/", "http://a.example/"},
		{"relative to the root", "/x", "https://courier.example/x"},
		{"relative to the folder", "x", "https://courier.example/news/2031/x"},
		{"without scheme", "//a.example/x", "https://a.example/x"},
		{"a place in the article", "#note", "https://courier.example/news/2031/bridge#note"},
		{"a query is not touched", "https://a.example/?auth=a%2Bb&x=%zz", "https://a.example/?auth=a%2Bb&x=%zz"},
		{"spaces around and inside", "  https://a.example/a b ", "https://a.example/a%20b"},
		{"letters of other scripts", "https://a.example/مقال", "https://a.example/%D9%85%D9%82%D8%A7%D9%84"},
		{"mail", "mailto:a@b.example?subject=x", "mailto:a@b.example?subject=x"},
		{"code", "javascript:alert(1)", ""},
		{"code that looks like an address", "javascript://a.example/%0aalert(1)", ""},
		{"code behind a control character", "\x01javascript:alert(1)", ""},
		{"code with newlines", "java\nscript:alert(1)", ""},
		{"code in capitals", "JaVaScRiPt:alert(1)", ""},
		{"data", "data:text/html,x", ""},
		{"files", "file:///etc/passwd", ""},
		{"a bad escape in the path is not touched", "https://a.example/%zz", "https://a.example/%zz"},
		{"a scheme without host", "https:///x", ""},
		{"a backslash that makes a host of a path", `/\evil.example/x`, ""},
		{"two of them", `\\evil.example/x`, ""},
		{"a backslash elsewhere is a slash", `x\y`, "https://courier.example/news/2031/x/y"},
		{"a hook for scripts", "#", ""},
		{"nothing", " ", ""},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, ResolveLink(articleBase, c.ref)) })
	}
	require.Empty(t, ResolveLink(nil, "/x"))
	require.Empty(t, ResolveLink(&weburl.URL{Path: "/a"}, "x"), "a base that is no address")
}

func TestResolveImage(t *testing.T) {
	for _, c := range []struct{ name, ref, want string }{
		{"http is raised", "http://a.example/x.jpg", "https://a.example/x.jpg"},
		{"with its port", "http://a.example:80/x.jpg", "https://a.example/x.jpg"},
		{"not on this computer", "http://127.0.0.1:8421/x.jpg", "http://127.0.0.1:8421/x.jpg"},
		{"nor by name", "http://m1.localhost:8421/x.jpg", "http://m1.localhost:8421/x.jpg"},
		{"without scheme", "//a.example/x.jpg", "https://a.example/x.jpg"},
		{"mail is no picture", "mailto:a@b.example", ""},
		{"blob", "blob:https://a.example/1", ""},
		{"data", "data:image/png;base64,AA", ""},
	} {
		t.Run(c.name, func(t *testing.T) { require.Equal(t, c.want, ResolveImage(articleBase, c.ref)) })
	}
	require.Equal(t, "http://localhost:1/x.jpg", ResolveImage(mustParse("http://localhost:1/a"), "/x.jpg"))
	require.Equal(t, "http://localhost:1/x.jpg", ResolveImage(mustParse("http://localhost:1/a"), "//localhost:1/x.jpg"))
}

func TestIsSamePicture(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		want       bool
	}{
		{"sizes of WordPress", "https://a.example/up/river-300x187.jpg", "https://a.example/up/river-scaled.jpg", true},
		{"another host and type", "https://a.example/up/river.jpg", "https://i0.wp.com/a.example/up/river.webp?w=300", true},
		{"edited", "https://a.example/river-e1555555555555-300x200.jpg", "https://a.example/river.jpg", true},
		{"widths", "https://a.example/river_w1200.jpg", "https://a.example/river.jpg?width=30", true},
		{"a resizer", "https://a.example/resizer/abc=/1200x0/filters:q(80)/c.example/arc/QWERTY.jpg", "https://c.example/arc/QWERTY.jpg", true},
		{"another picture", "https://a.example/river.jpg", "https://a.example/raft.jpg", false},
		{"a number in the name", "https://a.example/river-1.jpg", "https://a.example/river-2.jpg", false},
		{"names that say nothing", "https://a.example/1/image.jpg", "https://a.example/2/image.jpg", false},
		{"the same in one folder", "https://a.example/1/image.jpg", "https://a.example/1/image.jpg?w=3", true},
		{"programs", "https://a.example/img.php?id=1", "https://a.example/img.php?id=2", false},
		{"nothing", "", "", false},
		{"folders", "https://a.example/", "https://b.example/", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, IsSamePicture(c.a, c.b))
			require.Equal(t, c.want, IsSamePicture(c.b, c.a))
		})
	}
}
