package web_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"byway/internal/blockade"

	"github.com/stretchr/testify/require"
)

// readmeBlock gives the first code block of the README that holds a text, as it stands there.
func readmeBlock(t *testing.T, holds string) string {
	t.Helper()
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	for _, m := range regexp.MustCompile("(?s)```[a-z]*\n(.*?)```").FindAllStringSubmatch(string(readme), -1) {
		if strings.Contains(m[1], holds) {
			return m[1]
		}
	}
	require.Fail(t, "the README has no code block with "+holds)
	return ""
}

// The snippet and the policy of the README, with their example hosts replaced by addresses that exist.
func TestTheSnippetAndThePolicyOfTheReadmeWork(t *testing.T) {
	m := startMirrors(t, 3)
	require.NoError(t, m[0].SetFault(blockade.Refused))
	hosts := strings.NewReplacer("https://news.example/a/2026/river.json", m.base(0)+"/ferry.json",
		"https://news.example", m.base(0), "https://m1.example.net", m.base(1), "https://m2.example.org/p/", m.base(2)+"/", "https://m2.example.org", m.base(2))
	snippet := hosts.Replace(readmeBlock(t, "<byway-article"))
	_, policy, _ := strings.Cut(hosts.Replace(readmeBlock(t, "Content-Security-Policy")), ":")

	s := serveSite(t, strings.Join(strings.Fields(policy), " "), "")
	s.page = `<!doctype html><html lang="en"><title>A partner</title>` + snippet
	p := openTab(t)
	p.open(s.URL)
	p.waitState("ready")
	p.wait(inside("figure img") + `.naturalWidth === 120`)
	require.Contains(t, []string{m.host(1), m.host(2)}, eval[string](p, element+`.dataset.source`))
	require.Empty(t, p.said())
}
