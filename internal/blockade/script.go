package blockade

import (
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"
)

// Script says what becomes of the requests at each of several addresses as time goes by and requests come.
//
// Its text begins with the number of addresses, 1 to 16. Each line behind it says from when on which address has which
// fault, and, if a pattern of package path follows, that this is only for paths whose last element matches it:
//
//	# An evening on a network that learns to block.
//	addresses 4
//
//	0s     all  slow
//	0s     1    refused
//	2.5s   2    silence-after-16k
//	#3     3    block-200  *.json  # the third request for JSON and all that follow it
//	1m30s  all  silent
//	2m     1    healthy            # it is lifted where it began
//
// When is a time since the start, or the number of a request at that address: of those that the pattern is for, where
// there is one. Which is the number of an address, from 1 on, or "all". Of the lines that have come true and are for a
// path, the newest counts; of those that came true in the same moment, the lower one. Until one has, all is well.
//
// A connection that is reset before its request is read counts as a request, but for no pattern.
type Script struct {
	Addresses int
	rules     []rule
}

// rule is one line of a script.
type rule struct {
	after   time.Duration // since the start; for a rule without nth
	nth     int           // which request it is that brings the rule about; 0: none does, time does
	address int           // 0: all
	fault   Fault
	pattern string // of the paths that it is for; "": all
}

const maxAddresses = 16

// ParseScript reads the text of a script.
func ParseScript(text string) (Script, error) {
	var s Script
	number := 0
	for line := range strings.Lines(text) {
		number++
		if err := s.read(words(line)); err != nil {
			return Script{}, fmt.Errorf("script: line %d: %w", number, err)
		}
	}
	if s.Addresses == 0 {
		return Script{}, errors.New(`script: no addresses: begin it with their number, such as "addresses 4"`)
	}
	return s, nil
}

// words are those of a line, without the comment. A # before a digit is no comment at the start of a line.
func words(line string) []string {
	all := strings.Fields(line)
	for i, word := range all {
		counts := i == 0 && len(word) > 1 && '0' <= word[1] && word[1] <= '9'
		if word[0] == '#' && !counts {
			return all[:i]
		}
	}
	return all
}

func (s *Script) read(words []string) error {
	switch {
	case len(words) == 0:
		return nil
	case s.Addresses == 0:
		return s.readAddresses(words)
	case len(words) < 3 || len(words) > 4:
		return fmt.Errorf("%d words: write WHEN ADDRESS FAULT, and a PATTERN behind it if it is for some paths only", len(words))
	}
	r, err := parseRule(words[2], strings.Join(words[3:], ""))
	if err == nil {
		err = r.readWhen(words[0])
	}
	if err == nil {
		r.address, err = s.address(words[1])
	}
	s.rules = append(s.rules, r)
	return err
}

func (s *Script) readAddresses(words []string) error {
	if len(words) != 2 || words[0] != "addresses" {
		return fmt.Errorf(`%q comes before the number of addresses: begin with a line such as "addresses 4"`, strings.Join(words, " "))
	}
	n, err := strconv.Atoi(words[1])
	if err != nil || n < 1 || n > maxAddresses {
		return fmt.Errorf("%q addresses: use 1 to %d", words[1], maxAddresses)
	}
	s.Addresses = n
	return nil
}

func (s *Script) address(word string) (int, error) {
	if word == "all" {
		return 0, nil
	}
	n, err := strconv.Atoi(word)
	if err != nil || n < 1 || n > s.Addresses {
		return 0, fmt.Errorf("there is no address %q: use 1 to %d, or all", word, s.Addresses)
	}
	return n, nil
}

// parseRule makes a rule that counts at once, at every address.
func parseRule(name, pattern string) (rule, error) {
	fault, err := ParseFault(name)
	if err != nil {
		return rule{}, err
	}
	if _, err := path.Match(pattern, ""); err != nil {
		return rule{}, fmt.Errorf("fault: pattern %q: %w: use one such as *.json", pattern, err)
	}
	return rule{fault: fault, pattern: pattern}, nil
}

func (r *rule) readWhen(word string) (err error) {
	if number, ok := strings.CutPrefix(word, "#"); ok {
		if r.nth, err = strconv.Atoi(number); err != nil || r.nth < 1 {
			return fmt.Errorf("there is no request %q: count from #1", word)
		}
		return nil
	}
	if r.after, err = time.ParseDuration(word); err != nil || r.after < 0 {
		return fmt.Errorf("%q is no time: use one since the start, such as 2.5s, or the number of a request, such as #5", word)
	}
	return nil
}

// concerns reports whether a rule is for a file. A file that is not known yet has the name "", and is one for the rules
// without a pattern.
func (r rule) concerns(file string) bool {
	matches, _ := path.Match(r.pattern, file)
	return r.pattern == "" || file != "" && matches
}
