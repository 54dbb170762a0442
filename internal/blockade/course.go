package blockade

import (
	"cmp"
	"slices"
	"time"
)

// course is how far a script has come at one address. It has no clock: whoever asks says how much time has passed.
type course struct {
	timed   []rule // those that wait for their time, the next first
	counted []rule // those with a number, which goes down as requests come
	come    []rule // those that have come true, the newest last
	tenth   int    // connections, or requests, that DropTenth was for
	tell    func(elapsed time.Duration, r rule)
}

// course is the part of a script that is for one address, at its start. tell learns of each rule that comes true.
func (s Script) course(address int, tell func(time.Duration, rule)) *course {
	c := &course{tell: tell}
	for _, r := range s.rules {
		switch {
		case r.address != 0 && r.address != address:
		case r.nth > 0:
			c.counted = append(c.counted, r)
		default:
			c.timed = append(c.timed, r)
		}
	}
	slices.SortStableFunc(c.timed, func(a, b rule) int { return cmp.Compare(a.after, b.after) })
	return c
}

// advance lets those rules come true whose time has come.
func (c *course) advance(elapsed time.Duration) {
	for len(c.timed) > 0 && c.timed[0].after <= elapsed {
		next := c.timed[0]
		c.timed = c.timed[1:]
		c.comesTrue(next.after, next)
	}
}

func (c *course) comesTrue(elapsed time.Duration, r rule) {
	c.come = append(c.come, r)
	c.tell(elapsed, r)
}

// request counts a request for a file and gives the fault for it.
func (c *course) request(elapsed time.Duration, file string) Fault {
	c.advance(elapsed)
	c.count(elapsed, file)
	for _, r := range slices.Backward(c.come) {
		if r.concerns(file) {
			return c.ofRequest(r)
		}
	}
	return Healthy
}

// count lets those rules come true that wait for this request.
func (c *course) count(elapsed time.Duration, file string) {
	for i := range c.counted {
		r := &c.counted[i]
		if !r.concerns(file) {
			continue
		}
		if r.nth--; r.nth == 0 {
			c.comesTrue(elapsed, *r)
		}
	}
}

// ofRequest is the fault of a rule for a request that was read. Where DropTenth is for all paths, the connection that
// it came on was spared.
func (c *course) ofRequest(r rule) Fault {
	if r.fault == DropTenth && r.pattern != "" && c.isTenth() {
		return ResetAfter
	}
	return r.fault
}

func (c *course) isTenth() bool {
	c.tenth++
	return c.tenth%10 == 0
}

// resets reports whether a connection is reset at a moment before its request is read, and counts it as a request then.
func (c *course) resets(elapsed time.Duration, at moment) bool {
	c.advance(elapsed)
	fault := c.ofConnection()
	hit := at == made && fault == Refused ||
		at != made && fault == ResetBefore ||
		at == firstByte && fault == DropTenth && c.isTenth()
	if hit {
		c.count(elapsed, "")
	}
	return hit
}

// moment is one of a connection's.
type moment int

const (
	made moment = iota
	firstByte
	laterByte
)

// ofConnection is the fault of a request that is not read yet: of the rule that it would bring about, else the newest.
// If that one has a pattern, the request has to be read first.
func (c *course) ofConnection() Fault {
	r := c.newest()
	for _, waits := range c.counted {
		if waits.nth == 1 {
			r = waits
		}
	}
	if r.pattern != "" {
		return Healthy
	}
	return r.fault
}

// newest is the rule that came true last.
func (c *course) newest() rule {
	if len(c.come) == 0 {
		return rule{fault: Healthy}
	}
	return c.come[len(c.come)-1]
}
