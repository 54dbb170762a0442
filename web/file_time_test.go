package web_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What the reader knows of the publisher by now, a file of before cannot know.

func TestAFileOfBeforeIsSaidToBeOld(t *testing.T) {
	t.Parallel()
	for name, attributes := range map[string]string{"and what was read is remembered": "", "and nothing is remembered": "private"} {
		t.Run(name, func(t *testing.T) {
			d := openDesk(t, "news.example", 1)
			data := written(t, d.take("ferry"))
			d.write("ferry.json", strings.Replace(voyage, "sails again", "sails no more", 1))
			d.run()
			p := openTab(t)
			p.visitDesk(d, d.pinned(attributes))
			p.requireOwn("The night ferry sails no more")
			p.drop(data)
			require.Contains(t, p.waitFile("The night ferry sails again"), "Signed by news.example")
			require.Contains(t, p.limits(), isOlder)
			p.showsPictures(2)
		})
	}
}

func TestAFileOfAnArticleThatStandsIsNotOld(t *testing.T) {
	t.Parallel()
	d := openDesk(t, "news.example", 1)
	data := written(t, d.take("ferry"))
	d.write("lake.json", tale("The lake has thawed"))
	d.run()
	p := openTab(t)
	p.visitDesk(d, d.pinned(""))
	p.drop(data)
	p.waitFile("The night ferry sails again")
	require.Empty(t, p.limits())
}

func TestAFileOfAnArticleThatWasWithdrawnSaysSo(t *testing.T) {
	t.Parallel()
	d := openDesk(t, "news.example", 1)
	data := written(t, d.take("ferry"))
	d.withdraw("ferry", "The captain is somebody else.")
	p := openTab(t)
	p.visitDesk(d, strings.ReplaceAll(d.pinned(""), "/a/ferry.json", "/a/lake.json"))
	p.drop(data)
	p.waitFile("The night ferry sails again")
	require.Contains(t, p.limits(), "Withdrawn by the publisher")
	require.Contains(t, p.limits(), "The captain is somebody else.")
	require.Contains(t, p.limits(), isOlder)
}

// A page that shows an article only after a click takes a file before it has read anything.
func TestAFileCanComeBeforeTheArticle(t *testing.T) {
	t.Parallel()
	d, impostor := openDesk(t, "news.example", 1), openDesk(t, "news.example", 1)
	knowing := strings.Replace(d.pinned(""), "<a ", `<script type="text/byway-root">`+"\n"+string(d.files["/root/1.note"])+"</script><a ", 1)
	for name, c := range map[string]struct {
		element, says string
		from          *desk
	}{
		"of the publisher":                 {d.pinned(""), fromFile + " · Signed by news.example", d},
		"that another key has signed":      {knowing, fileWords["file-foreign"], impostor},
		"and the page names no article":    {`<byway-article></byway-article>`, isClaimed, d},
		"and the page pins what is no key": {d.embed(`key="nonsense" load="eager"`), isClaimed, d},
		"with the addresses of the file":   {d.embed(`load="eager"`), isClaimed, d},
	} {
		t.Run(name, func(t *testing.T) {
			p := openTab(t)
			p.open(serveSite(t, strictCSP(d.all()), strings.Replace(c.element, "eager", "click", 1)).URL)
			p.wait(element + `.shadowRoot?.querySelector(".mount")`)
			p.drop(written(t, c.from.take("ferry")))
			p.wait(element + `.shadowRoot.textContent.includes("` + c.says + `")`)
			require.NotContains(t, p.said(), "uncaught")
		})
	}
}

func TestAFileThatIsRefusedClosesTheOneBefore(t *testing.T) {
	t.Parallel()
	d := openDesk(t, "news.example", 1)
	lake := strings.ReplaceAll(d.pinned(""), "/a/ferry.json", "/a/lake.json")
	p := openTab(t)
	p.visitDesk(d, lake)
	p.drop(written(t, d.take("ferry")))
	p.waitFile("The night ferry sails again")
	p.drop(large)
	p.requireOwn("The lake is frozen")
	require.Contains(t, texts(p, ".above [role=alert]")[0], fileWords["no-file"])
	require.Equal(t, []string{"Close"}, texts(p, "button[data-action=back]"), "there is nothing to go back from")
}

func TestWhatIsSharedIsTheArticleOfTheFile(t *testing.T) {
	t.Parallel()
	d := openDesk(t, "news.example", 1)
	p := openTab(t)
	p.before(`navigator.share = undefined; window.copied = []; Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => void copied.push(text) } })`)
	p.visitDesk(d, strings.ReplaceAll(d.pinned(""), "/a/ferry.json", "/a/lake.json"))
	p.drop(written(t, d.take("ferry")))
	p.waitFile("The night ferry sails again")
	p.do(clickInside("button[data-action=share]"))
	p.wait(`copied.length`)
	require.Equal(t, []string{"https://harbour.example/ferry"}, eval[[]string](p, `copied`))
}

// Each file brings blobs, and each article from the list a reader.
func TestWhatIsOpenedAndLeftLeavesNothing(t *testing.T) {
	d := openDesk(t, "news.example", 1)
	data := written(t, d.take("ferry"))
	p := openTab(t)
	p.before(`window.blobs = new Set(); {
		const { createObjectURL: make, revokeObjectURL: revoke } = URL;
		URL.createObjectURL = (blob) => { const url = make.call(URL, blob); blobs.add(url); return url };
		URL.revokeObjectURL = (url) => { blobs.delete(url); revoke.call(URL, url) };
	}`)
	p.visitDesk(d, strings.ReplaceAll(d.pinned(""), "/a/ferry.json", "/a/lake.json"))
	p.wait(inside(".title"))
	round := func() {
		p.drop(data)
		p.waitFile("The night ferry sails again")
		p.do(clickInside("button[data-action=back]"))
		p.wait(`!` + inside(".above"))
		p.wait(inside("button[data-action=open]"))
		p.do(clickInside("button[data-action=open]"))
		p.wait(inside(".above"))
		p.do(clickInside("button[data-action=back]"))
		p.wait(`!` + inside(".above") + ` && ` + element + `.dataset.state === "ready"`)
	}
	const live = `new Promise((done) => setTimeout(() => { gc(); done(customElements.get("byway-article").liveCallbacks) }, 300))`
	round()
	before := eval[int](p, live)
	for range 20 {
		round()
	}
	p.wait(live + `.then((n) => n <= ` + strconv.Itoa(before) + `)`)
	require.Zero(t, eval[int](p, `blobs.size`), "the lake has no picture")
	require.NotContains(t, p.said(), "uncaught")
}
