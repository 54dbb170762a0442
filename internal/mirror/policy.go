package mirror

import "time"

// Policy is the numbers of a Plan. DefaultPolicy gives the reason of each.
type Policy struct {
	// Patience is how long the first address may stay without headers before the second is asked beside it. Each later
	// wait is Decay times the one before, down to MinPatience.
	Patience    time.Duration
	Decay       float64
	MinPatience time.Duration
	// Gap is the least time between two starts.
	Gap time.Duration
	// InFlight is how many addresses are asked at the same time, at least 1.
	InFlight int
	// GiveWay is after how long without headers an attempt may be given up to make room for the next.
	GiveWay time.Duration
	// An attempt is flowing while at least FlowBytes arrive in every FlowTime after the headers.
	FlowBytes int64
	FlowTime  time.Duration
	// Limits of one attempt: until the headers are in, without a byte after them, and in all.
	Headers, Silence, Total time.Duration
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
		// RFC 8305 §8, Connection Attempt Delay: recommended, and the least that may ever be used.
		MinPatience: 250 * time.Millisecond,
		Gap:         10 * time.Millisecond,
		// Every address that is asked learns who reads what.
		InFlight: 3,
		// Without giving way, three silent addresses hold all places until Headers is over: 10 s in place of 2.
		GiveWay: 1600 * time.Millisecond,
		// 2 KB/s: slower than a real 2G line. A censor that lets 16 KB through and then nothing is found out in FlowTime.
		FlowBytes: 1500,
		FlowTime:  750 * time.Millisecond,
		// Browsers themselves wait up to 135 s for a connection, and for ever for headers and bytes.
		Headers:  10 * time.Second,
		Silence:  10 * time.Second,
		Total:    30 * time.Second,
		MaxBytes: 2 << 20,
	}
}
