package trust

import (
	"fmt"
	"strings"
	"time"

	"byway/internal/weburl"
)

const rootKind = "byway/v1/root"

// MaxMirrors is how many addresses a root may name.
const MaxMirrors = 32

// Root says which keys speak for a publisher and where its tree lies. It is signed by the root keys, which are rarely
// used and best kept offline.
type Root struct {
	Site string // host of the publisher, as readers are shown it
	// Version counts up by one. Epoch goes up when versions of feeds may no longer be compared with earlier ones: a
	// thief of a feed key can sign a version that no honest feed ever reaches.
	Version, Epoch int64
	Expires        time.Time
	RootKeys       []Key
	Threshold      int // how many of RootKeys have to sign this root and the next one
	FeedKeys       []Key
	MinFeed        int64 // feeds of lower versions do not count
	Mirrors        []Mirror
}

// Mirror is an address that holds the publisher's tree.
type Mirror struct {
	Base     string // https, or http on a loopback host; without user name, query and fragment; ends with "/"
	Priority int    // lower is asked earlier
}

// Expired reports whether the root should have been renewed by now. It is believed still: to refuse it would help those
// who hold back the new one.
func (r Root) Expired(now time.Time) bool { return !now.Before(r.Expires) }

func parseRoot(text string) (Root, error) {
	o, err := parseDocument(text, rootKind)
	if err != nil {
		return Root{}, err
	}
	r := Root{
		Site:      o.site(),
		Version:   o.whole("version"),
		Epoch:     o.whole("epoch"),
		Expires:   o.moment("expires"),
		RootKeys:  o.keys("root_keys"),
		Threshold: int(o.whole("root_threshold")),
		FeedKeys:  o.keys("feed_keys"),
		Mirrors:   o.mirrors(),
	}
	if o.has("min_feed") {
		r.MinFeed = o.whole("min_feed")
	}
	if r.Version == 0 {
		o.fail("version", "roots are counted from 1")
	}
	if r.Threshold < 1 || r.Threshold > len(r.RootKeys) {
		o.fail("root_threshold", "not between 1 and the number of root keys")
	}
	if *o.err != nil {
		return Root{}, *o.err
	}
	return r, nil
}

// site reads a host as a browser writes it: it is shown to people as the one who signed.
func (o object) site() string {
	s := o.text("site")
	if u, err := weburl.Parse("https://" + s + "/"); err != nil || u.Host != s {
		o.fail("site", "no host in lower case, as in news.example")
	}
	return s
}

// keys reads at least one. One key under two names would count twice towards a threshold.
func (o object) keys(name string) []Key {
	var all []Key
	for _, n := range o.list(name, false) {
		k, err := ParseKey(n.Raw())
		if err != nil {
			o.fail(name, err.Error())
		}
		for _, other := range all {
			if k.public == other.public || k.id == other.id {
				o.fail(name, "a key is there twice")
			}
		}
		all = append(all, k)
	}
	if len(all) == 0 {
		o.fail(name, "no keys")
	}
	return all
}

func (o object) mirrors() []Mirror {
	var all []Mirror
	for _, m := range o.objects("mirrors", true) {
		if err := checkBase(m.text("base")); err != nil {
			m.fail("base", err.Error())
		}
		all = append(all, Mirror{m.text("base"), int(m.whole("prio"))})
	}
	if len(all) > MaxMirrors {
		o.fail("mirrors", fmt.Sprintf("more than %d", MaxMirrors))
	}
	return all
}

// checkBase takes only what a browser reads as it is written.
func checkBase(s string) error {
	u, err := weburl.Parse(s)
	switch {
	case err != nil:
		return err
	case u.Scheme != "https" && !u.IsLoopback():
		return fmt.Errorf("%q is not https", s)
	case u.User != "" || u.Query != "" || u.Fragment != "":
		return fmt.Errorf("%q has a user name, a query or a fragment", s)
	case u.String() != s || !strings.HasSuffix(s, "/"):
		return fmt.Errorf(`%q is not as a browser writes it, with "/" at its end`, s)
	}
	return nil
}
