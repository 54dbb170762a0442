package mirror

import "time"

// try is an attempt that is under way.
type try struct {
	*rank
	start    time.Time
	patience time.Duration // with it
	headers  bool
	head     time.Duration // how long the headers took
	heard    time.Time     // when the headers or the newest byte came
	bytes    int64
	floor    window // of the least that must come
	pace     window // of what should come, by what is known of the line
	spent    bool   // that it stopped flowing has made one start due
}

// window is the time since enough bytes were last complete; at first, since the headers came.
type window struct {
	since time.Time
	count int64 // bytes in it
}

func (w *window) add(n, enough int64, now time.Time) {
	if w.count += n; w.count >= enough {
		w.since, w.count = now, 0
	}
}

// limit is when an attempt fails by time, and by what.
func (t *try) limit(policy Policy) (at time.Time, reason string) {
	at, reason = t.start.Add(policy.Headers), "no headers within "+policy.Headers.String()
	if t.headers {
		at, reason = t.heard.Add(policy.Silence), "no byte for "+policy.Silence.String()
	}
	if total := t.start.Add(policy.Total); total.Before(at) {
		at, reason = total, "not complete within "+policy.Total.String()
	}
	return at, reason
}

// flowsUntil is when an attempt stops flowing if nothing more comes. Before the headers it does not flow.
func (t *try) flowsUntil(policy Policy) time.Time {
	if !t.headers {
		return time.Time{}
	}
	return t.pace.since.Add(policy.FlowTime)
}

func (t *try) flows(policy Policy, now time.Time) bool { return now.Before(t.flowsUntil(policy)) }

// spareAt is when an attempt may be given up to make room for another.
func (t *try) spareAt(policy Policy) time.Time {
	if !t.headers {
		return t.start.Add(time.Duration(policy.GiveWay) * t.patience)
	}
	return t.floor.since.Add(policy.FlowTime)
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
