package web_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// everything is an article with every type of block, every mark, and all that stands around the text.
const everything = `{"version":"byway-article/1","id":"urn:example:ferry","inLanguage":"en","url":"BASE/ferry","kicker":"Harbour",
"sections":[{"name":"News","url":"BASE/news"},{"name":"Coast"}],"headline":"The night ferry sails again",
"description":["After two ",{"text":"winters","marks":["em"]},", the lights are back."],"author":[{"name":"Mara Quill","jobTitle":"Reporter"},{"name":"Jon Reed"}],
"dateline":"PORT ELLIS","datePublished":"2031-04-17T06:30:00+03:00","dateModified":"2031-04-18","copyrightNotice":"© 2031 Harbour Post",
"image":[{"url":"BASE/lead.png","width":1200,"height":800,"alt":"A pier at dusk","caption":"The pier, before sailing.","creditText":"Port Office"}],
"body":[
{"type":"paragraph","content":["The ferry left with ",{"text":"forty","marks":["strong","em","u","mark"]}," people",{"text":" and a goat","br":true},{"text":"timetable","url":"https://ferries.example/timetable"},{"text":"H","marks":["code"]},{"text":"2","marks":["sub","s"]},{"text":"O","marks":["sup","later"]}]},
{"type":"heading","level":2,"content":"On deck"},{"type":"heading","level":6,"content":"Under deck"},
{"type":"figure","layout":"wide","image":{"url":"BASE/deck.png","alt":"Empty chairs","caption":["Chairs, ",{"text":"upper deck","marks":["em"]}],"creator":[{"name":"Ida Moss"},{"name":"Ben Ray"}]}},
{"type":"gallery","caption":"Three of them.","images":[{"url":"BASE/1.png","alt":"One rope"},{"url":"BASE/2.png","caption":"Two bells","copyrightNotice":"© Bell Office"}]},
{"type":"quote","style":"pull","body":[{"type":"paragraph","content":"We waited."},{"type":"list","items":["and waited"]}],"citation":{"name":"Umm Salim","url":"https://salim.example/"}},
{"type":"list","ordered":true,"start":4,"items":["a bridge",["a ",{"text":"clinic","marks":["strong"]}],{"content":"two posts","list":{"type":"list","items":["upstream","midstream"]}}]},
{"type":"video","url":"https://video.example/1","name":"Crossing by raft","caption":"In ninety seconds.","creditText":"Raft Films","transcript":"Water splashes."},
{"type":"audio","url":"https://audio.example/1","name":"The horn"},
{"type":"embed","url":"https://tube.example/2","provider":"Tube","name":"Crossing again","description":"Longer than before."},
{"type":"table","caption":"Sailings","header":["Day",["Hour"]],"rows":[["Monday","nine"],["Tuesday",{"text":"ten","marks":["strong"]}]]},
{"type":"note","role":"correction","date":"2031-04-17T11:05:00+03:00","content":"An earlier version said thirty."},
{"type":"note","role":"aside","content":"Bring a coat."},
{"type":"related","items":[{"headline":"How the port lost its ferry","url":"https://courier.example/lost"}]},
{"type":"divider"},{"type":"river-gauge","fallback":"River level: two metres."},
{"type":"html","html":"<p>Hello <b>there</b>, <a href=\"https://html.example/\">reader</a>.</p>"},
{"type":"paragraph","inLanguage":"ar","dir":"rtl","content":"أبحرت العبّارة"}],
"publisher":{"name":"Harbour Post","url":"BASE/"},"isBasedOn":{"name":"Wire report","url":"https://wire.example/1"},"license":"https://licence.example/by",
"alternates":[{"type":"onion","name":"Onion service","url":"http://harbourpostharbourpost.onion/ferry"}],
"workTranslation":[{"inLanguage":"ar","headline":"العبّارة الليلية","url":"BASE/ar/ferry"}],
"channels":[{"type":"telegram","name":"Harbour Post on Telegram","url":"https://t.me/harbour_post_example","description":"Every morning."}],
"related":[{"headline":"Winters without a ferry","url":"BASE/winters"}]}`

// Every word of the article that Go shows is there without it too, in the same element.
func TestWithoutWebAssemblyNoWordOfAnArticleIsLost(t *testing.T) {
	s := sign(t, 1, map[string]string{"ferry": everything})
	show := func(policy string) *tab {
		p := openTab(t)
		p.open(serveSite(t, policy, s.pinned(`images="none"`)).URL)
		p.waitState("ready")
		return p
	}
	with, without := show(strictCSP(s.all())), show(s.without())
	const texts = `(...parts) => parts.map((part) => [...` + element + `.shadowRoot.querySelectorAll(part)].map(e => e.textContent).join(" ")).join(" ")`
	read := func(p *tab, parts string) []string { return strings.Fields(eval[string](p, `(`+texts+`)(`+parts+`)`)) }
	for _, parts := range []string{
		`".breadcrumbs li"`, `".kicker"`, `"[part=headline]"`, `"[part=standfirst]"`, `".dateline, .dates"`, `".byline bdi"`,
		`".article > figure"`, `".article > figure [part=credit]"`, `".body p:not(.label):not(.show)", ".body li"`, `".body h3, .body h6"`, `".body figure"`, `".body [part=caption]"`,
		`".body [part=credit]"`, `".body blockquote"`, `".body ol > li", ".body ul > li"`, `".body caption, .body th"`, `".body td"`, `".body aside p:not(.label)", ".body aside .label strong"`, `".legal bdi"`,
	} {
		want, got := read(with, parts), strings.Join(strings.Fields(without.shown()), " ")
		require.NotEmpty(t, want, parts)
		for _, word := range want {
			if word != "·" {
				require.Contains(t, got, word, parts)
			}
		}
	}
	for _, words := range []string{"Onion service", "العبّارة الليلية", "Harbour Post on Telegram", "Every morning.", "Winters without a ferry"} {
		require.Contains(t, without.shown(), words)
	}
	for _, same := range []string{"h3", "h6", "strong:not(.label *)", "em", "code", "sub", "sup", "s", "u", "mark", "blockquote", "cite", "table", "td", "th", "hr", "br"} {
		count := fmt.Sprintf(element+`.shadowRoot.querySelectorAll(".body %s").length`, same)
		require.NotZero(t, eval[int](with, count), same)
		require.Equal(t, eval[int](with, count), eval[int](without, count), same)
	}
	require.Equal(t, "4", eval[string](without, inside("ol[start]")+`.getAttribute("start")`))
	require.Equal(t, "rtl", eval[string](without, inside(`.body [lang=ar]`)+`.dir`))
}

// What a publisher signs may come out of a system that somebody broke into: it becomes text, never more.
func TestWithoutWebAssemblyAHostileArticleRunsNothing(t *testing.T) {
	deep := func(before, inner, after string, n int) string {
		return strings.Repeat(before, n) + inner + strings.Repeat(after, n)
	}
	blocks := map[string]string{
		"links that run":               `{"type":"paragraph","content":[{"text":"a","url":"javascript:attack()"},{"text":"b","url":" java\nscript:attack()"},{"text":"c","url":"data:text/html,<script>attack()</script>"},{"text":"d","url":"vbscript:attack()"}]}`,
		"markup in text":               `{"type":"paragraph","content":"<img src=x onerror=attack()><script>attack()</script>"}`,
		"a card that runs":             `{"type":"embed","url":"javascript:attack()","name":"e"}`,
		"a type that every object has": `{"type":"constructor","fallback":"f"},{"type":"__proto__"},{"type":"toString","content":"g"}`,
		"a role that every object has": `{"type":"note","role":"constructor","content":"h"}`,
		"a mark that is no mark":       `{"type":"paragraph","content":[{"text":"i","marks":["script","iframe","img"]}]}`,
		"a level that is no level":     `{"type":"heading","level":"1 onclick=attack()","content":"j"},{"type":"heading","level":-3,"content":"k"}`,
		"a start that is no number":    `{"type":"list","ordered":true,"start":"1 onclick=attack() autofocus","items":["l"]}`,
		"a direction that is none":     `{"type":"paragraph","dir":"x\" onclick=attack()","inLanguage":"<script>","content":"m"}`,
		"quotes in quotes":             deep(`{"type":"quote","body":[`, `{"type":"paragraph","content":"n"}`, `]}`, 500),
		"lists in lists":               deep(`{"type":"list","items":[{"content":"o","list":`, `{"type":"list","items":["p"]}`, `}]}`, 500),
		"text in text":                 `{"type":"paragraph","content":` + deep(`[`, `"q"`, `]`, 5000) + `}`,
		"what is no block":             `null,1,true,[],{},"r",{"type":{}},{"type":["paragraph"],"content":{}}`,
	}
	for name, block := range blocks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(everything, `"body":[`, `"body":[`+block+`,`, 1)
			text = strings.Replace(text, `{"type":"html"`, `{"type":"divider"`, 1)
			m := hang(t, 1, text)
			p := openTab(t)
			p.open(serveSite(t, "", `<script>delete window.WebAssembly; window.attack = () => { window.attacked = true }</script>`+m.embed("")).URL)
			p.wait(element + `.dataset.state === "ready" || ` + element + `.dataset.state === "unsupported"`)
			if strings.HasSuffix(name, " in quotes") || strings.HasSuffix(name, " in lists") {
				require.Equal(t, "ready", eval[string](p, element+`.dataset.state`), "the rest of it can be read")
			}
			require.False(t, eval[bool](p, `"attacked" in window`))
			require.Empty(t, eval[[]string](p, `[...`+element+`.shadowRoot.querySelectorAll("*")].flatMap(e => [...e.attributes].filter(a => a.name.startsWith("on") || /^\s*(javascript|data|vbscript):/i.test(a.value)).map(a => a.name)).concat([...`+element+`.shadowRoot.querySelectorAll("script, img, iframe, style")].map(e => e.localName))`))
			require.Less(t, eval[int](p, `((at) => { let depth = 0, all = [[at, 0]]; for (const [e, d] of all) { depth = Math.max(depth, d); all.push(...[...e.children].map(c => [c, d + 1])) } return depth })(`+element+`.shadowRoot)`), 200)
			require.NotContains(t, p.said(), "uncaught")
		})
	}
}

func TestWithoutWebAssemblyWhatIsNoArticleIsNotShown(t *testing.T) {
	for name, body := range map[string]string{
		"another format":          `{"id":1,"title":{"rendered":"A post"},"content":{"rendered":"<p>x</p>"}}`,
		"no JSON":                 `<!doctype html><title>Blocked</title>`,
		"nothing":                 "",
		"nothing but null":        `null`,
		"no headline":             `{"version":"byway-article/1"}`,
		"HTML inside":             everything,
		"more than two megabytes": strings.Replace(everything, `"type":"html"`, `"x":"`+strings.Repeat("x", 3<<20)+`","type":"divider"`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			m := hang(t, 1, body)
			p := openTab(t)
			p.open(serveSite(t, m.without(), m.embed("")).URL)
			requireFallback(t, p)
		})
	}
}
