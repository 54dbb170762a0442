package reader

import (
	"errors"
	"strings"

	"byway/internal/decode"
	"byway/internal/mirror"
	"byway/internal/trust"
)

// diagnose says what a read came to in which no address delivered. It claims no more than was seen: what is a block
// and what is a fault of the network cannot be told apart from inside a page.
func (r *Reader) diagnose(attempts []mirror.Attempt, choice string) (Phase, Problem) {
	detail := describe(attempts)
	switch {
	case !r.ports.Online():
		r.update(func(s *State) { markOffline(s.Addresses) })
		return Offline, Problem{DeviceOffline, detail}
	case choice != "":
		return Blocked, Problem{ChosenFailed, detail}
	case anyOf(attempts, func(a mirror.Attempt) bool { return errors.Is(a.Err, errBroken) }):
		return Refused, Problem{Broken, detail}
	case anyOf(attempts, func(a mirror.Attempt) bool { return a.Outcome == mirror.Altered }):
		if r.proof != nil {
			return Refused, Problem{NotSigned, detail}
		}
		return Refused, Problem{NotTheSame, detail}
	case anyOf(attempts, func(a mirror.Attempt) bool { return errors.Is(a.Err, trust.ErrFuture) }):
		return Blocked, Problem{WrongClock, detail}
	case anyOf(attempts, isUnknownFormat):
		return Refused, Problem{BadConfiguration, detail}
	case anyOf(attempts, isOtherDocument):
		return Refused, Problem{NotAnArticle, detail}
	case allOf(attempts, func(a mirror.Attempt) bool { return a.Outcome == mirror.Missing }):
		return Blocked, Problem{NotFound, detail}
	case anyOf(attempts, func(a mirror.Attempt) bool { return a.Outcome == mirror.Older }):
		return Blocked, Problem{OnlyOlder, detail}
	}
	return Blocked, Problem{NoAddressAnswered, detail}
}

// isOtherDocument reports whether an address delivered a JSON document that is no article. A block page is no such
// document.
func isOtherDocument(a mirror.Attempt) bool {
	var e *decode.Error
	return errors.As(a.Err, &e) && e.IsDocument()
}

// isUnknownFormat reports whether the page asked for a format that there is not.
func isUnknownFormat(a mirror.Attempt) bool {
	var e *decode.Error
	return errors.As(a.Err, &e) && e.Kind == decode.NoSuchFormat
}

func describe(attempts []mirror.Attempt) string {
	var lines []string
	for _, a := range attempts {
		if a.Err != nil {
			lines = append(lines, a.Host+": "+a.Err.Error())
		}
	}
	return strings.Join(lines, "\n")
}

// markOffline says of every address that did not answer that the device was offline: nothing can be known of them.
func markOffline(rows []Address) {
	for i := range rows {
		if rows[i].Outcome == mirror.Unanswered {
			rows[i].Outcome = mirror.Offline
		}
	}
}

func anyOf(attempts []mirror.Attempt, is func(mirror.Attempt) bool) bool {
	for _, a := range attempts {
		if is(a) {
			return true
		}
	}
	return false
}

func allOf(attempts []mirror.Attempt, is func(mirror.Attempt) bool) bool {
	return len(attempts) > 0 && !anyOf(attempts, func(a mirror.Attempt) bool { return !is(a) })
}
