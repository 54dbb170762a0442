package mirror

import (
	"slices"
	"time"
)

// Health is what is known of a publisher's addresses from the articles before. It names none of them. The zero Health
// knows nothing.
type Health struct {
	// Winner is the host that delivered last.
	Winner string
	// Heads is how long the newest answers that were accepted took until their headers, at most maxHeads, the newest last.
	Heads []time.Duration
	// Compared is when another address than the one that delivered last had its chance at the same document.
	Compared time.Time
	// Seed puts addresses of which nothing is known in an order of its own in each browser, so that not everyone asks
	// the same one next, and nobody asks another one each day. 0: in the order of the list.
	Seed uint32
	// Hosts is one entry a host that was ever asked.
	Hosts []*HostHealth
}

// HostHealth is what is known of one address.
type HostHealth struct {
	Host string
	// Outcome, At and Took are of the newest attempt.
	Outcome Outcome
	At      time.Time
	Took    time.Duration
	// Headers is how long it takes until the headers, and Rate how many bytes a second come after them: moving averages,
	// 0 if they are not known.
	Headers time.Duration
	Rate    float64
	// Fails counts the failures in a row. It halves in every forgiveness.
	Fails int
	// Cool is until when the address comes last. Delivered is when it last did.
	Cool, Delivered time.Time
}

const (
	maxHeads = 20
	// maxHosts bounds what is kept of a publisher that changes its addresses.
	maxHosts = 2 * MaxAddresses
	// weight is that of the newest value in a moving average.
	weight = 0.3
	// A body of fewer than leastBytes says nothing of the line, and none is taken to need less than leastTime.
	leastBytes = 10_000
	leastTime  = 10 * time.Millisecond
)

// How long an address comes last. What blocks an address seldom ends within seconds, and a forger stays one. But the
// winner is asked first anyway, so a short time costs little, and lets an address return.
const (
	coolDown    = time.Minute // doubled with each failure in a row
	maxCoolDown = time.Hour
	coolAltered = 24 * time.Hour
	forgiveness = 6 * time.Hour
)

// Keep is how long something is known: what is older says more about the reader than about the address.
const Keep = 7 * 24 * time.Hour

// Host gives what is known of a host; nil if that is nothing.
func (h *Health) Host(host string) *HostHealth {
	for _, known := range h.Hosts {
		if known.Host == host {
			return known
		}
	}
	return nil
}

// Learn takes in what became of the attempts at one document. Failures count only where, in the same round, another
// address delivered: when nothing answers it is the line, and to blame every address would leave none to ask first. What
// is said of the document alone, that it is not there yet or old, does not count either, nor what we ended ourselves.
func (h *Health) Learn(attempts []Attempt) {
	var best Attempt // the one that delivered
	for i := range attempts {
		if attempts[i].Outcome == Accepted {
			best = attempts[i]
		}
	}
	for i := range attempts {
		a := &attempts[i]
		h.note(a, a.Round == best.Round)
		if best.Round > 0 && a.Host != best.Host && a.compares(&best) {
			h.Compared = a.End
		}
	}
}

// compares reports whether an attempt had its chance beside the one that delivered: it came to an end by itself, or
// answered, or was asked at the same time. One that was asked later and ended before it could answer had none.
func (a *Attempt) compares(best *Attempt) bool {
	const sameTime = 100 * time.Millisecond
	return a.Outcome != Aborted || !a.Headers.IsZero() || a.Start.Sub(best.Start).Abs() < sameTime
}

func (h *Health) note(a *Attempt, delivered bool) {
	if a.Outcome == Aborted || a.Outcome == Running || a.Outcome == Offline {
		return
	}
	host := h.entry(a.Host)
	fails := host.forgiven(a.End)
	host.Outcome, host.At, host.Took = a.Outcome, a.End, a.End.Sub(a.Start)
	if head := a.Headers.Sub(a.Start); !a.Headers.IsZero() {
		host.Headers = time.Duration(average(float64(host.Headers), float64(head)))
	}
	switch {
	case a.Outcome == Accepted:
		h.praise(host, a)
	case delivered && a.Outcome == Altered:
		host.Fails, host.Cool = fails+1, a.End.Add(coolAltered)
	case delivered && !a.ofDocument():
		host.Fails, host.Cool = fails+1, a.End.Add(cooling(fails+1))
	}
}

// praise notes that an address delivered.
func (h *Health) praise(host *HostHealth, a *Attempt) {
	host.Fails, host.Cool, host.Delivered = 0, time.Time{}, a.End
	if a.Bytes >= leastBytes {
		host.Rate = average(host.Rate, float64(a.Bytes)/max(a.End.Sub(a.Headers), leastTime).Seconds())
	}
	h.Winner = a.Host
	h.Heads = append(h.Heads, a.Headers.Sub(a.Start))
	h.Heads = h.Heads[max(len(h.Heads)-maxHeads, 0):]
}

// entry finds or makes the entry of a host. When there are too many the one that was asked longest ago goes.
func (h *Health) entry(host string) *HostHealth {
	if known := h.Host(host); known != nil {
		return known
	}
	if len(h.Hosts) >= maxHosts {
		oldest := h.Hosts[0]
		for _, known := range h.Hosts {
			if known.At.Before(oldest.At) {
				oldest = known
			}
		}
		h.Hosts = slices.DeleteFunc(h.Hosts, func(known *HostHealth) bool { return known == oldest })
	}
	made := &HostHealth{Host: host}
	h.Hosts = append(h.Hosts, made)
	return made
}

// Expired reports whether what was learned then is too old, or of a time to come: the clock was wrong.
func Expired(at, now time.Time) bool { return now.Sub(at) > Keep || at.Sub(now) > time.Hour }

// Expire forgets what has expired.
func (h *Health) Expire(now time.Time) {
	h.Heads = h.Heads[max(len(h.Heads)-maxHeads, 0):]
	h.Hosts = slices.DeleteFunc(h.Hosts, func(host *HostHealth) bool { return Expired(host.At, now) })
	if h.Host(h.Winner) == nil {
		h.Winner, h.Heads = "", nil
	}
}

// best is the best pace that was seen lately, in bytes a second; 0 if none was.
func (h *Health) best(within time.Duration, now time.Time) (rate float64) {
	for _, host := range h.Hosts {
		if now.Sub(host.Delivered) < within {
			rate = max(rate, host.Rate)
		}
	}
	return rate
}

// forgiven is how many failures still count.
func (h *HostHealth) forgiven(now time.Time) int {
	fails := h.Fails
	for past := now.Sub(h.At); past >= forgiveness && fails > 0; past -= forgiveness {
		fails /= 2
	}
	return fails
}

// cooling is how long an address comes last after so many failures in a row.
func cooling(fails int) time.Duration {
	d := coolDown
	for ; fails > 1 && d < maxCoolDown; fails-- {
		d *= 2
	}
	return min(d, maxCoolDown)
}

// ofDocument reports whether a failure says something of this one document only: the address may not have it yet.
func (a *Attempt) ofDocument() bool {
	return a.Outcome == Missing || a.Outcome == Older || a.Status >= 500
}

func average(before, newest float64) float64 {
	if before == 0 {
		return newest
	}
	return (1-weight)*before + weight*newest
}
