package web_test

import (
	"fmt"
	"testing"

	"byway/internal/blockade"

	"github.com/stretchr/testify/require"
)

// radio is an expression for the switch's choice of a host, "" for automatic.
func radio(host string) string {
	return inside(fmt.Sprintf(`input[type=radio][data-action=mirror][value=%q]`, host))
}

func TestWithAHostChosenNoOtherIsAsked(t *testing.T) {
	m := startMirrors(t, 3)
	p := openTab(t)
	p.open(serveSite(t, strictCSP(m.all()), m.embed("")).URL)
	p.waitState("ready")
	p.do(evalVoid(radio(m.host(2)) + `.click()`))
	p.wait(fmt.Sprintf(`%s.dataset.source === %q`, element, m.host(2)))
	for i := range m {
		m[i].Reset()
	}
	p.do(evalVoid(element + `.reload()`))
	p.wait(fmt.Sprintf(`%s.trace.filter(a => a.outcome === "accepted").length === 3`, element))

	p.open(eval[string](p, `location.href`)) // the choice outlives the page
	p.waitState("ready")
	require.Equal(t, m.host(2), eval[string](p, element+`.dataset.source`))
	require.True(t, eval[bool](p, radio(m.host(2))+`.checked`))
	require.Zero(t, len(m[0].Requests()), "requests to the publisher's own address, pictures included")
	require.Zero(t, len(m[1].Requests()))
	require.NotZero(t, m.articleRequests(2))

	require.NoError(t, m[2].SetFault(blockade.Refused))
	p.do(clickInside(`button[data-action=mirror][value=""]`)) // and is undone in one click
	p.wait(fmt.Sprintf(`%s.dataset.source === %q`, element, m.host(0)))
	require.True(t, eval[bool](p, radio("")+`.checked`))
}

func TestAChosenHostThatFailsIsSaidAndNotReplaced(t *testing.T) {
	m := startMirrors(t, 3)
	require.NoError(t, m[1].SetFault(blockade.Refused))
	p := openTab(t)
	p.open(serveSite(t, "", m.embed("")).URL)
	p.waitState("ready")
	m[0].Reset()
	m[2].Reset()
	p.do(evalVoid(element + fmt.Sprintf(`.useMirror(%q)`, m.host(1))))
	p.waitState("stale")
	require.Zero(t, m.articleRequests(0))
	require.Zero(t, m.articleRequests(2))
	require.Equal(t, "The night ferry sails again", eval[string](p, inside("h2")+`.textContent`))
	require.Contains(t, eval[string](p, radio(m.host(1))+`.closest("label, li, div").textContent`), "did not answer")
}

func TestSwitchingKeepsTheTextAndThePlace(t *testing.T) {
	m := startMirrors(t, 2)
	require.NoError(t, m[1].SetFault(blockade.Slow))
	p := openTab(t)
	p.open(serveSite(t, "", m.embed("")).URL)
	p.waitState("ready")
	p.do(evalVoid(`scrollTo(0, 900); window.kept = ` + inside("[part~=body] p") + `;
		window.lost = 0;
		const at = kept.getBoundingClientRect().top;
		const look = () => { if (!kept.isConnected || Math.abs(kept.getBoundingClientRect().top - at) > 2) lost++; requestAnimationFrame(look) };
		requestAnimationFrame(look)`))
	p.do(evalVoid(element + fmt.Sprintf(`.useMirror(%q)`, m.host(1))))
	p.wait(fmt.Sprintf(`%s.dataset.source === %q`, element, m.host(1)))
	p.wait(`new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(true))))`)
	require.Zero(t, eval[int](p, `lost`), "frames without the text or with the text in another place")
}

func TestTheSwitchWorksFromTheKeyboard(t *testing.T) {
	m := startMirrors(t, 2)
	p := openTab(t)
	p.open(serveSite(t, "", m.embed("")).URL)
	p.waitState("ready")
	p.do(clickInside("details[part~=addresses] summary"))
	p.do(evalVoid(radio(m.host(1)) + `.focus()`))
	p.do(press(" "))
	p.wait(fmt.Sprintf(`%s.dataset.source === %q`, element, m.host(1)))
	require.Equal(t, m.host(1), eval[string](p, element+`.shadowRoot.activeElement.value`), "the focus stays where it was")
	require.True(t, eval[bool](p, inside("details[part~=addresses]")+`.open`))
}
