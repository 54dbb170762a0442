package mirror

import "time"

// Policy is the numbers of a Plan. DefaultPolicy gives the reason of each.
type Policy struct {
	// Patience is how long the first address may stay without headers before the second is asked beside it. Each later
	// wait is Decay times the one before, down to MinPatience. It is never more than MaxPatience.
	Patience                 time.Duration
	Decay                    float64
	MinPatience, MaxPatience time.Duration
	// Warm is the same for the address that delivered last: 0 if nothing is known of how long it takes.
	Warm time.Duration
	// Gap is the least time between two starts.
	Gap time.Duration
	// InFlight is how many addresses are asked at the same time, at least 1.
	InFlight int
	// GiveWay is after how many times the patience an attempt without headers may be given up to make room for the next.
	GiveWay int
	// An attempt has stalled when less than FlowBytes arrive in a FlowTime after the headers.
	FlowBytes int64
	FlowTime  time.Duration
	// It is slow when it comes at less than a third of the best pace that was seen in the last Recent, and the rest of
	// a document of Typical bytes would then take longer than Soon.
	Recent  time.Duration
	Typical int64
	Soon    time.Duration
	// Limits of one attempt: until the headers are in, without a byte after them, and in all.
	Headers, Silence, Total time.Duration
	// Tell is after how long without anything flowing the reader is told that nothing has come so far.
	Tell time.Duration
	// Rounds is how often an address that does not answer is asked. The times of each round are twice those of the one
	// before, and Pause lies between them.
	Rounds int
	Pause  time.Duration
	// Winner is how long the address that delivered last comes first.
	Winner time.Duration
	// An address that was slower than Sluggish bytes a second is compared with the next one, once in every Compare.
	// 0: never.
	Sluggish float64
	Compare  time.Duration
	// MaxBytes is how long a body may be, after transfer decoding.
	MaxBytes int64
}

// DefaultPolicy is for a reader of whose network nothing is known.
func DefaultPolicy() Policy {
	return Policy{
		// A first fetch over https is at least four round trips: DNS, TCP, TLS 1.3, HTTP. The 250 ms of RFC 8305 count
		// one, and asked 2.6 to 5 addresses an article on typical and slow lines; 800 ms ask 1.1.
		Patience: 800 * time.Millisecond,
		// After one silent address it is likelier that the network blocks.
		Decay: 0.7,
		// RFC 8305 §8, Connection Attempt Delay: recommended, and the maximum.
		MinPatience: 250 * time.Millisecond,
		MaxPatience: 2 * time.Second,
		Gap:         10 * time.Millisecond,
		// Every address that is asked learns who reads what.
		InFlight: 3,
		// Without giving way, three silent addresses hold all places until Headers is over: 10 s in place of 2.
		GiveWay: 2,
		// 2 KB/s: slower than a real 2G line. A censor that lets 16 KB through and then nothing is found out in FlowTime.
		FlowBytes: 1500,
		FlowTime:  750 * time.Millisecond,
		// Throttling is told from a slow line only by what other addresses gave on the same line shortly before. To be
		// slow alone is no reason while the rest comes soon: another request would only share the line.
		Recent:  10 * time.Minute,
		Typical: 60_000,
		Soon:    2500 * time.Millisecond,
		// Browsers themselves wait up to 135 s for a connection, and for ever for headers and bytes.
		Headers: 10 * time.Second,
		Silence: 10 * time.Second,
		Total:   30 * time.Second,
		// A reader waits ten seconds for a page, hardly longer, and may be told something true before the round is over.
		Tell:   10 * time.Second,
		Rounds: 2,
		Pause:  time.Second,
		Winner: 24 * time.Hour,
		// 60 KB/s is half a megabit a second: faster lines that deliver less are throttled, and slower ones pay for one
		// more request in ten minutes.
		Sluggish: 60_000,
		Compare:  10 * time.Minute,
		MaxBytes: 2 << 20,
	}
}

// Network is what is known of the line before anything is asked.
type Network struct {
	// RTT is the time of one round trip to the site of the page; 0 if that is not known.
	RTT time.Duration
	// SaveData says that the reader asked for as few bytes as possible.
	SaveData bool
}

// For fits a policy to what is known. With answers to go by, the patience with the address that gave them is half as much
// again as they took in the median, which leaves one in ten or so to be asked in vain. To the others there is no
// connection yet: with them it is what four round trips would take.
func (p Policy) For(heads []time.Duration, line Network) Policy {
	if line.RTT > 0 {
		p.Patience = min(max((4*line.RTT+100*time.Millisecond)*3/2, 300*time.Millisecond), p.MaxPatience)
	}
	if len(heads) > 0 {
		p.Warm = min(max(median(heads)*3/2, p.MinPatience), p.MaxPatience)
	}
	if line.SaveData {
		p.InFlight, p.Sluggish = 2, 0
	}
	return p
}

// median is the middle one of some durations, the upper of the two in the middle. There are at most maxHeads.
func median(all []time.Duration) time.Duration {
	for _, middle := range all {
		less, same := 0, 0
		for _, d := range all {
			switch {
			case d < middle:
				less++
			case d == middle:
				same++
			}
		}
		if less <= len(all)/2 && len(all)/2 < less+same {
			return middle
		}
	}
	return 0
}

// doubled is the policy of the next round. In it nobody gives way early: where the others are silent, one that is slow to
// answer would never have the time that it needs.
func (p Policy) doubled() Policy {
	p.GiveWay *= 3
	for _, d := range []*time.Duration{&p.Patience, &p.Warm, &p.MinPatience, &p.MaxPatience, &p.FlowTime, &p.Headers, &p.Silence, &p.Total} {
		*d *= 2
	}
	return p
}

// Times of trying again, after n reads in a row that came to nothing.
const (
	retryAlone, retryAloneMax = 30 * time.Second, 5 * time.Minute
	retryAsked, retryAskedMax = time.Second, 30 * time.Second
)

// Retry is how long after the n-th read in a row that came to nothing, n from 1, the next one is due: without any
// reason, or, prompted, because the network is back or the page is looked at again. It doubles from read to read, so
// that neither a network that comes and goes nor a page that is left open asks and asks.
func Retry(n int, prompted bool) time.Duration {
	wait, most := retryAlone, retryAloneMax
	if prompted {
		wait, most = retryAsked, retryAskedMax
	}
	for ; n > 1 && wait < most; n-- {
		wait *= 2
	}
	return min(wait, most)
}
