package trust

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func mirrorsOf(bases ...string) members {
	all := []members{}
	for _, b := range bases {
		all = append(all, members{"base": b, "prio": 1})
	}
	return members{"mirrors": all}
}

func TestARootIsTaken(t *testing.T) {
	many := make([]string, MaxMirrors)
	for i := range many {
		many[i] = fmt.Sprintf("https://m%d.example/", i)
	}
	for _, c := range []struct {
		name   string
		change members
	}{
		{"as usual", nil},
		{"with members nobody knows yet", members{"comment": members{"version": 1 << 60, "x": nil}}},
		{"without mirrors", members{"mirrors": nil}},
		{"with an empty list of mirrors", mirrorsOf()},
		{"with as many mirrors as may be", mirrorsOf(many...)},
		{"with mirrors on this device", mirrorsOf("http://localhost:8421/p/", "http://127.0.0.1/", "http://[::1]:81/p/")},
		{"with the largest number", members{"min_feed": 1<<53 - 1}},
		{"of a site with a port", members{"site": "localhost:8420"}},
		{"already expired", members{"expires": "2020-01-01T00:00:00Z"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := parseRoot(usualRoot.with(c.change).text(rootKind))
			require.NoError(t, err)
			require.Equal(t, int64(1), r.Version)
		})
	}
}

func TestARootIsRefused(t *testing.T) {
	many := make([]string, MaxMirrors+1)
	for i := range many {
		many[i] = fmt.Sprintf("https://m%d.example/", i)
	}
	twice := newSigner("another-name", 1) // the key of root1
	for _, c := range []struct {
		name   string
		change members
		says   string
	}{
		{"no site", members{"site": nil}, `"site": no text`},
		{"a site that is a number", members{"site": 1}, `"site": no text`},
		{"a site in capitals", members{"site": "News.example"}, `"site": no host`},
		{"a site with a path", members{"site": "news.example/a"}, `"site": no host`},
		{"a site with a user name", members{"site": "a@news.example"}, `"site": no host`},
		{"a site that reads from right to left", members{"site": "news.\u202eexample"}, `"site": no host`},
		{"no version", members{"version": nil}, `"version": no whole number`},
		{"version 0", members{"version": 0}, `"version": roots are counted from 1`},
		{"a version that is text", members{"version": "1"}, `"version": no whole number`},
		{"a negative version", members{"version": -1}, `"version": no whole number`},
		{"a broken version", members{"version": 1.5}, `"version": no whole number`},
		{"a version of 2⁵³", members{"version": 1 << 53}, `"version": no whole number`},
		{"a version past 64 bits", members{"version": 1e20}, `"version": no whole number`},
		{"no epoch", members{"epoch": nil}, `"epoch": no whole number`},
		{"an expiry that is a number", members{"expires": 1786000000}, `"expires": no text`},
		{"an expiry without a zone", members{"expires": "2027-08-22T00:00:00"}, `"expires": no time`},
		{"an expiry in another zone", members{"expires": "2027-08-22T02:00:00+02:00"}, `"expires": no time`},
		{"an expiry with a fraction", members{"expires": "2027-08-22T00:00:00.0Z"}, `"expires": no time`},
		{"an expiry in small letters", members{"expires": "2027-08-22t00:00:00z"}, `"expires": no time`},
		{"an expiry with a sign", members{"expires": "2027-08-22T00:00:+1Z"}, `"expires": no time`},
		{"a minute too many", members{"expires": "2027-08-22T00:60:00Z"}, `"expires": no time`},
		{"an expiry of no digits", members{"expires": "yyyy-mm-ddThh:mm:ssZ"}, `"expires": no time`},
		{"an expiry on no day", members{"expires": "2027-02-29T00:00:00Z"}, `"expires": no time`},
		{"no root keys", members{"root_keys": nil}, `"root_keys": no list`},
		{"an empty list of root keys", members{"root_keys": []string{}}, `"root_keys": no keys`},
		{"one key, not in a list", members{"feed_keys": feed1.String()}, `"feed_keys": no list`},
		{"a list of numbers", members{"feed_keys": []int{1}}, `"feed_keys": key: "": not a key`},
		{"a broken key", members{"root_keys": []string{root1.String(), root2.String()[1:]}}, `its hash is not`},
		{"a key twice", members{"root_keys": []string{root1.String(), root2.String(), root1.String()}}, "a key is there twice"},
		{"a key under two names", members{"root_keys": []string{root1.String(), twice.String()}, "root_threshold": 2}, "a key is there twice"},
		{"a threshold of none", members{"root_threshold": 0}, `"root_threshold": not between`},
		{"a threshold that no signatures reach", members{"root_threshold": 2}, `"root_threshold": not between`},
		{"no threshold", members{"root_threshold": nil}, `"root_threshold": no whole number`},
		{"a lowest feed that is no number", members{"min_feed": true}, `"min_feed": no whole number`},
		{"mirrors that are no list", members{"mirrors": members{"0": members{}}}, `"mirrors": no list`},
		{"mirrors that are null", members{"mirrors": (*int)(nil)}, `"mirrors": no list`},
		{"a mirror that is text", members{"mirrors": []string{"https://a.example/"}}, `holds something else than objects`},
		{"a mirror without a priority", members{"mirrors": []members{{"base": "https://a.example/"}}}, `"mirrors": 0: "prio": no whole number`},
		{"too many mirrors", mirrorsOf(many...), "more than 32"},
		{"a mirror over http", mirrorsOf("https://a.example/", "http://a.example/"), `"mirrors": 1: "base": "http://a.example/" is not https`},
		{"a mirror that is a script", mirrorsOf("javascript:alert(1)//"), "is not https"},
		{"a mirror that is data", mirrorsOf("data:,/"), "is not https"},
		{"a mirror of another scheme on this device", mirrorsOf("ws://localhost/"), "is not https"},
		{"a mirror that only looks like this device", mirrorsOf("http://localhost.example/"), "is not https"},
		{"a mirror with a user name", mirrorsOf("https://a@b.example/"), "has a user name"},
		{"a mirror with a password", mirrorsOf("https://a:b@b.example/"), "has a user name"},
		{"a mirror with a query", mirrorsOf("https://a.example/?/"), "has a user name, a query"},
		{"a mirror with a fragment", mirrorsOf("https://a.example/#/"), "has a user name, a query or a fragment"},
		{"a mirror that is relative", mirrorsOf("/p/"), "not a full address"},
		{"a mirror without a slash at its end", mirrorsOf("https://a.example/p"), "not as a browser writes it"},
		{"a mirror with steps up", mirrorsOf("https://a.example/p/../"), "not as a browser writes it"},
		{"a mirror with a space", mirrorsOf(" https://a.example/"), "not as a browser writes it"},
		{"a mirror with a backslash", mirrorsOf(`https://a.example\b/`), "not as a browser writes it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := parseRoot(usualRoot.with(c.change).text(rootKind))
			require.ErrorContains(t, err, c.says)
			require.Zero(t, r)
		})
	}
}

// JSON that encoding/json would not write, in a root that is as usual otherwise.
func TestADocumentIsReadStrictly(t *testing.T) {
	good := usualRoot.text(rootKind)
	object := strings.TrimPrefix(good, rootKind+"\n")
	for _, c := range []struct{ name, text, says string }{
		{"another kind", usualRoot.text(feedKind), "its first line is not byway/v1/root"},
		{"a later version of the format", usualRoot.text("byway/v2/root"), "its first line is not byway/v1/root"},
		{"a longer kind", usualRoot.text(rootKind + "s"), "its first line is not"},
		{"a line between", rootKind + "\n\n" + object, "its second line"},
		{"a line behind", good + "{}\n", "its second line"},
		{"an object over two lines", strings.Replace(good, ",", ",\n", 1), "its second line"},
		{"no second line", rootKind + "\n", "its second line"},
		{"a list", rootKind + "\n[" + strings.TrimSpace(object) + "]\n", "its second line"},
		{"a guard before it", rootKind + "\n)]}'" + object, "its second line"},
		{"a space before it", rootKind + "\n " + object, "its second line"},
		{"a byte order mark before it", rootKind + "\n\ufeff" + object, "its second line"},
		{"no JSON", strings.Replace(good, ":", "=", 1), "not JSON"},
		{"a comma at the end", strings.Replace(good, "}\n", ",}\n", 1), "not JSON"},
		{"a member twice", strings.Replace(good, `{"epoch":1`, `{"epoch":1,"epoch":1`, 1), `"epoch" is there twice`},
		{"a member twice, once escaped", strings.Replace(good, `{"epoch":1`, `{"epoch":1,"\u0065poch":2`, 1), `"epoch" is there twice`},
		{"a member twice where nobody looks", strings.Replace(good, `{"epoch":1`, `{"epoch":1,"x":[{"y":1,"y":1}]`, 1), `"y" is there twice`},
		{"an integer as a fraction", strings.Replace(good, `"epoch":1`, `"epoch":1.0`, 1), `"epoch": no whole number`},
		{"an integer with an exponent", strings.Replace(good, `"epoch":1`, `"epoch":1e0`, 1), `"epoch": no whole number`},
		{"minus nought", strings.Replace(good, `"epoch":1`, `"epoch":-0`, 1), `"epoch": no whole number`},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.NotEqual(t, good, c.text, "the case changes nothing")
			_, err := parseRoot(c.text)
			require.ErrorContains(t, err, c.says)
		})
	}
}
