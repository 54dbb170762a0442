package view

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

func htmlOf(t *testing.T, n Node) string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, WriteHTML(&b, n))
	return b.String()
}

func TestWriteHTML(t *testing.T) {
	link := LinkURL(`https://news.example/a?b=1&c="2"`)
	tests := []struct {
		name string
		node Node
		want string
	}{
		{"text is escaped", El("p", Text(`<b> & "c" </b>`)), `<p>&lt;b&gt; &amp; "c" &lt;/b&gt;</p>`},
		{"an attribute cannot be left", El("p", Title(`"><script>`)), `<p title="&quot;&gt;&lt;script&gt;"></p>`},
		{"an address is escaped as any attribute", El("a", Href(link)), `<a href="https://news.example/a?b=1&amp;c=%222%22"></a>`},
		{"a no-break space stays one", El("p", Text("a\u00a0b")), `<p>a&nbsp;b</p>`},
		{"a carriage return survives parsing", El("p", Text("a\rb")), `<p>a&#13;b</p>`},
		{"a NUL is the replacement character", El("p", Title("\x00"), Text("\x00")), "<p title=\"\ufffd\">\ufffd</p>"},
		{"a void element has no end", El("p", Text("a"), El("br"), Text("b")), `<p>a<br>b</p>`},
		{"attributes keep their order", El("p", Dir("rtl"), Class("x"), ID("y")), `<p dir="rtl" class="x" id="y"></p>`},
		{"parts that are nothing leave nothing", El("p", nil, Node(nil), Class(""), Text(""), Group(nil)), `<p></p>`},
		{"an unknown language is written, since it is not that of the text around", El("p", Lang("")), `<p lang=""></p>`},
		{"an empty alternative text is written", El("img", Alt("")), `<img alt="">`},
		{"a group has no element of its own", Group(El("p"), nil, Group(El("hr"))), `<p></p><hr>`},
		{"nothing gives nothing", Group(), ``},
		{"a tag brings attributes", El("p class=x dir=rtl", ID("y")), `<p class="x" dir="rtl" id="y"></p>`},
		{"attributes that come later stand before those of the tag", With(El("p class=x", ID("y")), Group(Lang("fa"), Dir("rtl"))), `<p lang="fa" dir="rtl" class="x" id="y"></p>`},
		{"nothing has no attributes", With(nil, Dir("rtl")), ``},
		{"attributes of a group are those of the element around", El("p", Group(Dir("rtl"), Text("a"), Group(ID("y")))), `<p dir="rtl" id="y">a</p>`},
		{"a row grows", El("p", Node(nil).And(nil).And(Text("a")).And(El("br")).And(nil)), `<p>a<br></p>`},
		{"an attribute without an element is nothing", Group(ID("y"), Text("a")), `a`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { require.Equal(t, tt.want, htmlOf(t, tt.node)) })
	}
}

func TestNothingButWhatIsListedCanBeBuilt(t *testing.T) {
	for _, tag := range []Tag{"script", "iframe", "P", "p/", "a onclick=x", "a href=javascript:x", "p  class=x", "p ", "p =x", "p style=x", " p", "img src=x", "section p"} {
		require.Panics(t, func() { Walk(El(tag), &textSink{}) }, "%q", tag)
	}
	require.NotPanics(t, func() { Walk(El("p class=x"), &textSink{}) })
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWriteHTMLTellsOfAFailedWrite(t *testing.T) {
	require.EqualError(t, WriteHTML(fullDisk{}, El("p", Text("a"))), "disk full")
}

type textSink struct{ texts []string }

func (*textSink) Open(string, []Attr) {}
func (*textSink) Close()              {}
func (s *textSink) Text(t string)     { s.texts = append(s.texts, t) }

func TestNeighbouringTextsArriveAsOne(t *testing.T) {
	var s textSink
	Walk(El("p", Text("a"), Group(Text("b"), Text("")), Text("c"), El("br"), Text("d")), &s)
	require.Equal(t, []string{"abc", "d"}, s.texts)
}

func TestHeadingLevelsStayWithinHTML(t *testing.T) {
	for level, want := range map[int]string{-1: "<h1></h1>", 0: "<h1></h1>", 1: "<h1></h1>", 3: "<h3></h3>", 6: "<h6></h6>", 9: "<h6></h6>"} {
		require.Equal(t, want, htmlOf(t, El(Heading(level))), "level %d", level)
	}
}

// Whatever the text, a parser gets back that text and nothing else.
func FuzzWriteHTML(f *testing.F) {
	for _, s := range []string{"", "plain", `"'<>&`, "</p><script>alert(1)</script>", "<!--", "]]>", "&amp;lt;", "\r\n\t\x00", "\u00a0\u2028", "&#13;", "سلام"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		root, err := html.Parse(strings.NewReader("<!doctype html><body>" + htmlOf(t, El("p", Title(s), Text(s)))))
		require.NoError(t, err)
		body := root.LastChild.LastChild
		p := body.FirstChild
		require.Equal(t, "p", p.Data)
		require.Nil(t, p.NextSibling, "something came out of the paragraph")
		want := strings.ReplaceAll(s, "\x00", "\ufffd")
		require.Equal(t, want, attrOf(p, "title"))
		require.Equal(t, want, onlyText(t, p))
	})
}

func attrOf(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func onlyText(t *testing.T, n *html.Node) string {
	if n.FirstChild == nil {
		return ""
	}
	require.Equal(t, html.TextNode, n.FirstChild.Type)
	require.Nil(t, n.FirstChild.NextSibling)
	return n.FirstChild.Data
}
