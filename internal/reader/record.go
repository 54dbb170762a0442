package reader

import (
	"time"

	"byway/internal/mirror"
	"byway/internal/tree"
)

// record is what is remembered. It names publishers and their addresses, and no article. What was not used for
// mirror.Keep is left out when it is read, and so goes when it is next written.
type record struct{ publishers []*publisher }

type publisher struct {
	site   string    // the origin of its own address
	at     time.Time // when something of it was last read
	choice string    // base of the address chosen by hand, "" for automatic
	health mirror.Health
}

// maxPublishers bounds a record; the one that was read longest ago goes.
const maxPublishers = 32

// parseRecord reads a record. What is not one is as good as none.
func parseRecord(data []byte, now time.Time) *record {
	all := &record{}
	root, err := tree.Parse(data)
	if err != nil {
		return all
	}
	for _, n := range root.Get("publishers").Items() {
		p := &publisher{site: n.Get("site").Text(), at: moment(n.Get("at")), choice: n.Get("choice").Text(), health: parseHealth(n)}
		p.health.Expire(now)
		if !mirror.Expired(p.at, now) {
			all.publishers = append(all.publishers, p)
		}
	}
	return all
}

func parseHealth(n tree.Node) mirror.Health {
	seed, _ := n.Get("seed").Int()
	h := mirror.Health{Winner: n.Get("winner").Text(), Compared: moment(n.Get("compared")), Seed: uint32(seed)}
	for _, head := range n.Get("heads").Items() {
		h.Heads = append(h.Heads, milliseconds(head))
	}
	for _, host := range n.Get("hosts").Items() {
		fails, _ := host.Get("fails").Int()
		rate, _ := host.Get("rate").Float()
		h.Hosts = append(h.Hosts, &mirror.HostHealth{
			Host:      host.Get("host").Text(),
			Outcome:   mirror.Outcome(host.Get("outcome").Text()),
			At:        moment(host.Get("at")),
			Took:      milliseconds(host.Get("took")),
			Headers:   milliseconds(host.Get("headers")),
			Rate:      rate,
			Fails:     int(fails),
			Cool:      moment(host.Get("cool")),
			Delivered: moment(host.Get("delivered")),
		})
	}
	return h
}

// publisher finds or makes the entry of a publisher, and puts it first: the last one goes when there are too many.
func (r *record) publisher(site string) *publisher {
	all := []*publisher{{site: site}}
	for _, p := range r.publishers {
		if p.site == site {
			all[0] = p
		} else {
			all = append(all, p)
		}
	}
	r.publishers = all[:min(len(all), maxPublishers)]
	return all[0]
}

func (r *record) bytes() []byte {
	w := &tree.Writer{}
	w.Object(func() {
		w.Key("publishers")
		w.List(func() {
			for _, p := range r.publishers {
				p.write(w)
			}
		})
	})
	return w.Bytes()
}

func (p *publisher) write(w *tree.Writer) {
	member := members{w}
	w.Object(func() {
		member.text("site", p.site)
		member.moment("at", p.at)
		member.text("choice", p.choice)
		member.text("winner", p.health.Winner)
		member.moment("compared", p.health.Compared)
		member.number("seed", int(p.health.Seed))
		w.Key("heads")
		w.List(func() {
			for _, head := range p.health.Heads {
				w.Int(int(head.Milliseconds()))
			}
		})
		w.Key("hosts")
		w.List(func() {
			for _, host := range p.health.Hosts {
				member.host(host)
			}
		})
	})
}

// members writes those members of an object that say something.
type members struct{ *tree.Writer }

func (m members) host(h *mirror.HostHealth) {
	m.Object(func() {
		m.text("host", h.Host)
		m.text("outcome", string(h.Outcome))
		m.moment("at", h.At)
		m.number("took", int(h.Took.Milliseconds()))
		m.number("headers", int(h.Headers.Milliseconds()))
		m.number("rate", int(h.Rate))
		m.number("fails", h.Fails)
		m.moment("cool", h.Cool)
		m.moment("delivered", h.Delivered)
	})
}

func (m members) text(name, s string) {
	if s != "" {
		m.Key(name)
		m.String(s)
	}
}

func (m members) number(name string, n int) {
	if n != 0 {
		m.Key(name)
		m.Int(n)
	}
}

// moment writes a time in milliseconds since 1970.
func (m members) moment(name string, t time.Time) {
	if !t.IsZero() {
		m.number(name, int(t.UnixMilli()))
	}
}

func moment(n tree.Node) time.Time {
	ms, ok := n.Int()
	if !ok {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

func milliseconds(n tree.Node) time.Duration {
	ms, _ := n.Int()
	return time.Duration(ms) * time.Millisecond
}
