package mirror

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"byway/internal/weburl"
)

// MaxAddresses is how many addresses a Set holds: more would only tell an observer more about the reader.
const MaxAddresses = 32

// Address is one place that holds the publisher's tree.
type Address struct {
	Base string // ends with "/"
	// Host names the address: the host, with a port that is not the usual one, and with the path where another address
	// of the set lies on the same host.
	Host     string
	Priority int // lower is asked earlier: 0 for the primary, 1 for the others
}

// Set is the addresses of one document. The zero Set has none.
type Set struct {
	addresses []Address
	primary   string // base of the publisher's own address
	document  string // what follows the base in every address
}

// NewSet makes the set of the document whose address at the primary is src. Base is where the publisher's tree begins
// there, by default the origin of src, and mirrors are the bases of copies of that tree, separated by white space.
//
// An address is https, or http on a loopback host, without user name; a base has neither query nor fragment. Equal
// addresses are merged. An entry of mirrors that cannot be used is left out and reported in the list of errors, one
// each, with what to do; the last error is about src and base, without which there is no set.
func NewSet(src, base, mirrors string) (Set, []error, error) {
	document, err := parse(src)
	if err != nil {
		return Set{}, nil, fmt.Errorf("src: %q: %w", src, err)
	}
	document.Fragment = ""
	if base == "" {
		base = document.Scheme + "://" + document.Host + "/"
	}
	primary, err := parseBase(base)
	if err != nil {
		return Set{}, nil, fmt.Errorf("base: %q: %w", base, err)
	}
	rest, under := strings.CutPrefix(document.String(), primary.String())
	if !under {
		return Set{}, nil, fmt.Errorf("src: %q: not under the base %q: make base the beginning of src", src, primary)
	}
	bases := []*weburl.URL{primary}
	bases, ignored := addMirrors(bases, mirrors)
	return Set{name(bases), primary.String(), rest}, ignored, nil
}

// addMirrors adds the bases that are not there yet.
func addMirrors(bases []*weburl.URL, mirrors string) (all []*weburl.URL, ignored []error) {
	for _, entry := range strings.Fields(mirrors) {
		base, err := parseBase(entry)
		switch {
		case err != nil:
			ignored = append(ignored, fmt.Errorf("mirrors: %q: %w", entry, err))
		case slices.ContainsFunc(bases, func(b *weburl.URL) bool { return b.String() == base.String() }):
		case len(bases) == MaxAddresses:
			ignored = append(ignored, fmt.Errorf("mirrors: %q: one of more than %d addresses: leave some out", entry, MaxAddresses))
		default:
			bases = append(bases, base)
		}
	}
	return bases, ignored
}

// name turns bases, the primary first, into addresses with distinct names.
func name(bases []*weburl.URL) []Address {
	hosts := make(map[string]int)
	for _, b := range bases {
		hosts[b.Host]++
	}
	addresses := make([]Address, len(bases))
	for i, b := range bases {
		addresses[i] = Address{Base: b.String(), Host: b.Host, Priority: min(i, 1)}
		if hosts[b.Host] > 1 {
			addresses[i].Host = b.Host + b.Path
		}
	}
	return addresses
}

// parseBase reads an address that ends with "/" or should.
func parseBase(s string) (*weburl.URL, error) {
	u, err := parse(s)
	switch {
	case err != nil:
		return nil, err
	case u.Query != "" || u.Fragment != "":
		return nil, errors.New(`has a query or a fragment: end it with the folder that holds the copy, and "/"`)
	case !strings.HasSuffix(u.Path, "/"):
		u.Path += "/"
	}
	return u, nil
}

// parse reads an address in the one form in which addresses are compared.
func parse(s string) (*weburl.URL, error) {
	u, err := weburl.Parse(s)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: write it as https://host/", err)
	case u.Host == "":
		return nil, errors.New("not a full address: write it as https://host/")
	case u.User != "":
		return nil, errors.New(`has a user name: leave out what stands before "@"`)
	case u.Scheme != "https" && !u.IsLoopback():
		return nil, errors.New("not https: use an https address (http is for loopback hosts only)")
	}
	return u, nil
}

// Len is the number of addresses.
func (s Set) Len() int { return len(s.addresses) }

// Address is the address at i, counted from 0, where the primary is unless the set was narrowed by Only.
func (s Set) Address(i int) Address { return s.addresses[i] }

// URL is where the document is at address i.
func (s Set) URL(i int) string { return s.addresses[i].Base + s.document }

// Document is where the document lies below the base of each address.
func (s Set) Document() string { return s.document }

// Primary is the base of the publisher's own address.
func (s Set) Primary() string { return s.primary }

// Site is the origin of the publisher's own address: what is remembered about a publisher is kept under it.
func (s Set) Site() string {
	u, err := weburl.Parse(s.primary)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// ByHost finds an address by its name.
func (s Set) ByHost(host string) (i int, found bool) {
	i = slices.IndexFunc(s.addresses, func(a Address) bool { return a.Host == host })
	return max(i, 0), i >= 0
}

// HostAt is the name of the address that has this base.
func (s Set) HostAt(base string) (host string, found bool) {
	for _, a := range s.addresses {
		if a.Base == base {
			return a.Host, true
		}
	}
	return "", false
}

// Equal reports whether both have the same addresses, in the same order.
func (s Set) Equal(other Set) bool { return slices.Equal(s.addresses, other.addresses) }

// Only is the same document at address i and nowhere else.
func (s Set) Only(i int) Set {
	s.addresses = s.addresses[i : i+1]
	return s
}

// Without is the same document everywhere but at address i.
func (s Set) Without(i int) Set {
	s.addresses = slices.Delete(slices.Clone(s.addresses), i, i+1)
	return s
}

// Of is the same addresses with another document, by its path below the base.
func (s Set) Of(document string) Set {
	s.document = document
	return s
}

// At is the addresses of a file by its address at the primary: all of them where it lies under the base there, else that
// one alone. They are none for what cannot be asked for.
func (s Set) At(ref string) Set {
	if rest, under := s.below(ref); under {
		return s.Of(rest)
	}
	alone, _, _ := NewSet(ref, "", "")
	return alone
}

// Holds reports whether an address lies under the base of the primary, so that every address has a copy of it.
func (s Set) Holds(ref string) bool {
	_, under := s.below(ref)
	return under
}

// Rebase moves an address that lies under the base of the primary to address i, and gives any other back as it is.
func (s Set) Rebase(ref string, i int) string {
	if rest, under := s.below(ref); under {
		return s.addresses[i].Base + rest
	}
	return ref
}

// below is what follows the primary's base in an address that lies under it.
func (s Set) below(ref string) (rest string, under bool) {
	u, err := parse(ref)
	if err != nil {
		return "", false
	}
	return strings.CutPrefix(u.String(), s.primary)
}
