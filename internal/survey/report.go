package survey

import (
	"cmp"
	"context"
	"slices"
)

// State is how a check went. Worse ones are later in the list.
type State string

const (
	OK      State = "ok"
	Skipped State = "skipped" // it depends on something that another check says, or the run was stopped
	Warn    State = "warn"    // readers get by; something is slower or weaker than it need be
	Broken  State = "broken"  // readers, or some of them, do not get by
)

var states = []State{OK, Skipped, Warn, Broken}

// The checks of an address, in the order in which reports have them.
const (
	Reachable   = "reachable"   // name, connection, answers
	TLS         = "tls"         // certificate
	Redirects   = "redirects"   // there are none
	CORS        = "cors"        // every page may read and measure every file
	Types       = "types"       // media types
	Compression = "compression" // of articles and of the element
	Caching     = "caching"     // what never changes may be kept, nothing else
	Root        = "root"        // signed and the newest, and those before it are there
	Feed        = "feed"        // signed, the newest, and not expired
	Articles    = "articles"    // the bytes that the feed names
	Pictures    = "pictures"    // the bytes that the articles name
	Element     = "element"     // byway.js and the WebAssembly that it wants
)

var checks = []string{Reachable, TLS, Redirects, CORS, Types, Compression, Caching, Root, Feed, Articles, Pictures, Element}

// Report is what a run found. Its JSON is stable: members are added, and none is taken away or changes its meaning.
//
//	{
//	  "addresses": [{                           those given, then those of the signed root
//	    "base": "https://news.example/",
//	    "checks": [{                            every check is there, in the same order
//	      "name": "feed",                       a constant of this package, such as Feed
//	      "state": "broken",                    ok, skipped, warn or broken
//	      "detail": "version 3, 2 days behind", for people
//	      "advice": "Copy the site there again …"  what to do; missing where nothing is wrong
//	    }]                                      a check with several faults is there once for each, the worst first
//	  }],
//	  "newest": {"root": 1, "feed": 5},         versions; 0: none was seen that counts
//	  "pinned": true,                           a key was given; if not, all is held against the first root seen
//	  "stopped": false,                         the run was ended before its time; what was not looked at is "skipped"
//	  "ok": true                                nothing is broken, and the run was not stopped
//	}
type Report struct {
	Addresses []Address `json:"addresses"`
	Newest    Versions  `json:"newest"`
	Pinned    bool      `json:"pinned"`
	Stopped   bool      `json:"stopped"`
	OK        bool      `json:"ok"`
}

// Address is what was found at one of them.
type Address struct {
	Base   string  `json:"base"`
	Checks []Check `json:"checks"`
}

// Versions are those of the newest root and feed that any address holds.
type Versions struct {
	Root int64 `json:"root"`
	Feed int64 `json:"feed"`
}

// Check is one check, or one of the faults that it found.
type Check struct {
	Name   string `json:"name"`
	State  State  `json:"state"`
	Detail string `json:"detail"`
	Advice string `json:"advice,omitempty"`
}

func (s *survey) report(ctx context.Context) Report {
	r := Report{Pinned: s.Pin != "", Stopped: ctx.Err() != nil, OK: ctx.Err() == nil}
	if s.newest != nil {
		root, _ := s.newest.Root()
		feed, _ := s.newest.Feed()
		r.Newest = Versions{root.Version, feed.Version}
	}
	for _, v := range s.visits {
		a := Address{v.base, v.checks(ctx)}
		r.Addresses = append(r.Addresses, a)
		r.OK = r.OK && a.worst() != Broken
	}
	return r
}

// worst is the state of the worst check.
func (a Address) worst() State {
	return slices.MaxFunc(a.Checks, func(x, y Check) int { return x.State.compare(y.State) }).State
}

func (s State) compare(other State) int {
	return cmp.Compare(slices.Index(states, s), slices.Index(states, other))
}
