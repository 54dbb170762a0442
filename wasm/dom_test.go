//go:build js && wasm

package main

import (
	"fmt"
	"strings"
	"testing"

	"byway/internal/view"

	"github.com/hack-pad/safejs"
	"github.com/stretchr/testify/require"
)

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		require.NoError(t, err)
		return v
	}
}

// makeElement makes an element of the test's page, in the page until the test ends.
func makeElement(t *testing.T, tag string) safejs.Value {
	t.Helper()
	e := must[safejs.Value](t)(global("document").Call("createElement", tag))
	must[safejs.Value](t)(global("document", "body").Call("append", e))
	t.Cleanup(func() { _, _ = e.Call("remove") })
	return e
}

// parsed is a <div> in which the browser has parsed the view as HTML.
func parsed(t *testing.T, n view.Node) safejs.Value {
	t.Helper()
	var html strings.Builder
	require.NoError(t, view.WriteHTML(&html, n))
	e := makeElement(t, "div")
	require.NoError(t, e.Set("innerHTML", html.String()))
	return e
}

func requireSame(t *testing.T, want view.Node, got safejs.Value, about string) {
	t.Helper()
	html := parsed(t, want)
	same := must[safejs.Value](t)(html.Call("isEqualNode", got))
	require.True(t, isTrue(same), "%s\nHTML: %s\nDOM:  %s", about, text(property(html, "innerHTML")), text(property(got, "innerHTML")))
}

func url(s string) view.URL {
	return view.LinkURL(s)
}

// trees are views that differ from each other in one way or in many.
var trees = map[string]view.Node{
	"nothing":                view.Group(),
	"text":                   view.Text("plain & <simple> \u00a0 \"text\""),
	"other text":             view.Text("other"),
	"two texts":              view.Group(view.Text("one, "), view.Text("two")),
	"a paragraph":            view.El("p", view.Text("one")),
	"a paragraph with marks": view.El("p", view.Text("one "), view.El("em", view.Text("two")), view.Text(" three")),
	"three paragraphs":       paragraphs("one", "two", "three"),
	"one taken out":          paragraphs("one", "three"),
	"one more between":       paragraphs("one", "two", "new", "three"),
	"one more in front":      paragraphs("new", "one", "two", "three"),
	"reversed":               paragraphs("three", "two", "one"),
	"attributes":             view.El("p", view.Class("a"), view.Dir("rtl"), view.Lang("fa"), view.Text("یک")),
	"other attributes":       view.El("p", view.Class("b"), view.Title("t"), view.Text("یک")),
	"an attribute twice":     view.El("p", view.Class("first"), view.Class("second")),
	"a link":                 view.El("p", view.El("a", view.Href(url("https://example.org/?a=1&b=\"2\"")), view.Text("there"))),
	"a picture":              view.El("figure", view.El("img", view.Src(url("https://example.invalid/a.jpg")), view.Alt("")), view.El("figcaption", view.Text("A"))),
	"another picture":        view.El("figure", view.El("img", view.Src(url("https://example.invalid/b.jpg")), view.Alt("b"), view.Width(3)), view.El("figcaption", view.Text("B"))),
	"a switch":               radios("a"),
	"a switch turned":        radios("b"),
	"details":                view.El("details", view.IsOpen(true), view.El("summary", view.Text("more")), view.El("p", view.Text("all"))),
	"details closed":         view.El("details", view.El("summary", view.Text("more")), view.El("p", view.Text("all"))),
	"a table": view.El("table", view.El("caption", view.Text("t")), view.El("thead", view.El("tr", view.El("th", view.Text("h")))),
		view.El("tbody", view.El("tr", view.El("td", view.ColSpan(2), view.Text("1"))))),
	"nested lists":     view.El("ul", view.El("li", view.Text("a"), view.El("ol", view.Start(3), view.El("li", view.Text("b")))), view.El("li", view.Text("c"))),
	"breaks":           view.Group(view.El("p", view.Text("a"), view.El("br"), view.Text("b")), view.El("hr")),
	"headings by part": view.Group(view.El("h2 part=headline", view.Text("A")), view.El("p part=standfirst", view.Text("B"))),
	"only one part":    view.El("p part=standfirst", view.Text("B")),
	"progress":         view.El("progress", view.Value("0.4")),
}

func paragraphs(texts ...string) view.Node {
	var list []view.Node
	for _, s := range texts {
		list = append(list, view.El("p", view.Text(s)))
	}
	return view.Group(list...)
}

func radios(checked string) view.Node {
	radio := func(value string) view.Node {
		return view.El("label", view.El("input type=radio name=n", view.Value(value), view.Checked(value == checked)), view.Text(value))
	}
	return view.El("fieldset", view.El("legend", view.Text("which")), radio("a"), radio("b"))
}

func TestTheDOMIsWhatTheBrowserParsesFromTheHTML(t *testing.T) {
	for name, n := range trees {
		t.Run(name, func(t *testing.T) {
			e := makeElement(t, "div")
			require.NoError(t, newDOM(e).Render(n))
			requireSame(t, n, e, name)
		})
	}
}

func TestAnyTreeCanFollowAnyOther(t *testing.T) {
	for from, a := range trees {
		for to, b := range trees {
			e := makeElement(t, "div")
			d := newDOM(e)
			require.NoError(t, d.Render(a))
			require.NoError(t, d.Render(b))
			requireSame(t, b, e, from+" → "+to)
			require.NoError(t, d.Render(a))
			requireSame(t, a, e, to+" → "+from)
		}
	}
}

func TestWhatThePageHadInTheMountGoesWithTheFirstUpdate(t *testing.T) {
	e := makeElement(t, "div")
	require.NoError(t, e.Set("textContent", "left over"))
	require.NoError(t, newDOM(e).Render(trees["a paragraph"]))
	requireSame(t, trees["a paragraph"], e, "")
}

func TestWhatDidNotChangeIsTheSameNode(t *testing.T) {
	for _, c := range []struct{ from, to, selector, says string }{
		{"three paragraphs", "one more between", "p:last-child", "three"},
		{"three paragraphs", "one taken out", "p:last-child", "three"},
		{"headings by part", "only one part", "[part=standfirst]", "B"},
		{"details", "details closed", "summary", "more"},
		{"a switch", "a switch turned", "input[value=b]", ""},
	} {
		t.Run(c.from+" → "+c.to, func(t *testing.T) {
			e := makeElement(t, "div")
			d := newDOM(e)
			require.NoError(t, d.Render(trees[c.from]))
			before := must[safejs.Value](t)(e.Call("querySelector", c.selector))
			require.Equal(t, c.says, text(property(before, "textContent")))
			require.NoError(t, d.Render(trees[c.to]))
			require.True(t, before.Equal(must[safejs.Value](t)(e.Call("querySelector", c.selector))))
		})
	}
}

func TestAPictureWithAnotherAddressIsAnotherElement(t *testing.T) {
	e := makeElement(t, "div")
	d := newDOM(e)
	require.NoError(t, d.Render(trees["a picture"]))
	figure, img := query(t, e, "figure"), query(t, e, "img")
	require.NoError(t, d.Render(trees["another picture"]))
	require.True(t, figure.Equal(query(t, e, "figure")))
	require.False(t, img.Equal(query(t, e, "img")))
	require.NoError(t, d.Render(trees["another picture"]))
	require.True(t, query(t, e, "img").Equal(query(t, e, "img")))
}

func query(t *testing.T, e safejs.Value, selector string) safejs.Value {
	t.Helper()
	return must[safejs.Value](t)(e.Call("querySelector", selector))
}

func TestTheReadersOwnStateOutlivesAnUpdate(t *testing.T) {
	say := func(s string) view.Node {
		return view.Group(
			view.El("details", view.El("summary", view.Text("more")), view.El("p", view.Text(s))),
			view.El("button type=button", view.Text("press "+s)))
	}
	e := makeElement(t, "div")
	d := newDOM(e)
	require.NoError(t, d.Render(say("before")))
	require.NoError(t, query(t, e, "details").Set("open", true))
	must[safejs.Value](t)(query(t, e, "button").Call("focus"))
	require.NoError(t, d.Render(say("after")))
	require.True(t, isTrue(property(query(t, e, "details"), "open")))
	require.True(t, global("document", "activeElement").Equal(query(t, e, "button")))
	require.Equal(t, "after", text(property(query(t, e, "p"), "textContent")))
}

func TestTheMarkOfASwitchFollowsTheStateAfterAClick(t *testing.T) {
	e := makeElement(t, "div")
	d := newDOM(e)
	require.NoError(t, d.Render(radios("a")))
	must[safejs.Value](t)(query(t, e, "input[value=b]").Call("click"))
	require.NoError(t, d.Render(radios("a"))) // the choice was not accepted
	require.True(t, isTrue(property(query(t, e, "input[value=a]"), "checked")))
	require.False(t, isTrue(property(query(t, e, "input[value=b]"), "checked")))
	require.NoError(t, d.Render(radios("b")))
	require.True(t, isTrue(property(query(t, e, "input[value=b]"), "checked")))
}

func TestTheFocusMovesToTheWholeWhenItsElementGoes(t *testing.T) {
	e := makeElement(t, "div")
	d := newDOM(e)
	require.NoError(t, d.Render(view.El("button", view.Text("again"))))
	must[safejs.Value](t)(query(t, e, "button").Call("focus"))
	require.NoError(t, d.Render(view.El("p", view.Text("reading"))))
	require.True(t, global("document", "activeElement").Equal(e))
}

func TestAMeddledPageIsBuiltAgain(t *testing.T) {
	for name, meddle := range map[string]string{"emptied": "", "filled": "theirs"} {
		t.Run(name, func(t *testing.T) {
			e := makeElement(t, "div")
			d := newDOM(e)
			require.NoError(t, d.Render(trees["three paragraphs"]))
			require.NoError(t, e.Set("textContent", meddle))
			require.NoError(t, d.Render(trees["one taken out"]))
			requireSame(t, trees["one taken out"], e, "")
		})
	}
}

func TestAThousandBlocksAreDeepAndWideEnough(t *testing.T) {
	deep := view.Text("bottom")
	for range 64 {
		deep = view.El("blockquote", deep)
	}
	var wide []view.Node
	for i := range 1000 {
		wide = append(wide, view.El("p", view.Text(fmt.Sprint(i))))
	}
	n := view.Group(append(wide, deep)...)
	e := makeElement(t, "div")
	require.NoError(t, newDOM(e).Render(n))
	requireSame(t, n, e, "")
}
