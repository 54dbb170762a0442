package blockade

import (
	"fmt"
	"time"
)

// Change is a line of a script that came true at an address.
type Change struct {
	Elapsed time.Duration // since the start
	Address int           // from 1
	Fault   Fault
	Pattern string // of the paths that it is for; "": all
}

// Play lets servers follow a script from now on, the first of them as address 1. What was set before is over, and
// SetFault ends the script for its server. If tell is not nil, it learns of each change when it happens. Calls for several
// servers come at once, and a call must not use them.
func Play(servers []*Server, script Script, tell func(Change)) error {
	if len(servers) != script.Addresses {
		return fmt.Errorf("script: it is for %d addresses, not for %d: change its line \"addresses\"", script.Addresses, len(servers))
	}
	begin := time.Now()
	for i, s := range servers {
		s.follow(begin, script.course(i+1, func(elapsed time.Duration, r rule) {
			if tell != nil {
				tell(Change{elapsed, i + 1, r.fault, r.pattern})
			}
		}))
	}
	return nil
}

// follow makes a course the one that counts. It needs no clock but that of those who ask; the alarms are there only for
// changes to be told when they happen, and do nothing when another course counts by then.
func (s *Server) follow(begin time.Time, c *course) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.begin, s.course = begin, c
	c.advance(time.Since(begin))
	for _, r := range c.timed {
		time.AfterFunc(time.Until(begin.Add(r.after)), func() { s.Fault() })
	}
}
