package trust

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"byway/internal/tree"
)

// object is an object of a signed document. Nothing in it is coerced: two programs that read it must read the same.
// The first fault found is kept in err, and everything read after it is worth nothing.
type object struct {
	node  tree.Node
	place string // "" or ends with a space
	err   *error
}

// parseDocument reads a text of two lines: what it is, and one object of JSON.
func parseDocument(text, kind string) (object, error) {
	line, ok := strings.CutPrefix(text, kind+"\n")
	if !ok {
		return object{}, fmt.Errorf("its first line is not %s", kind)
	}
	line, ok = strings.CutSuffix(line, "\n")
	if !ok || strings.Contains(line, "\n") || !strings.HasPrefix(line, "{") {
		return object{}, errors.New("its second line is not the last, or no object")
	}
	return parseObject([]byte(line))
}

func parseObject(data []byte) (object, error) {
	node, err := tree.Parse(data)
	if err != nil {
		return object{}, err
	}
	if name, found := node.Repeated(); found {
		return object{}, fmt.Errorf("the member %q is there twice", name)
	}
	return object{node: node, err: new(error)}, nil
}

func (o object) fail(name, what string) {
	if *o.err == nil {
		*o.err = fmt.Errorf("%s%q: %s", o.place, name, what)
	}
}

func (o object) has(name string) bool { return o.node.Get(name).Kind() != tree.Missing }

// text reads a string that must not be empty.
func (o object) text(name string) string {
	s := o.node.Get(name).Raw()
	if s == "" {
		o.fail(name, "no text")
	}
	return s
}

// whole reads an integer from 0 to 2⁵³-1, which every reader of JSON reads exactly.
func (o object) whole(name string) int64 {
	n := o.node.Get(name)
	i, err := strconv.ParseUint(n.Text(), 10, 53)
	if err != nil || n.Kind() != tree.Number {
		o.fail(name, "no whole number below 2⁵³")
	}
	return int64(i)
}

// moment reads a time of RFC 3339 in the one form that is taken: in UTC, to the second. time.Parse weighs 8 kB.
func (o object) moment(name string) time.Time {
	s := o.text(name)
	if len(s) != len("2006-01-02T15:04:05Z") {
		o.fail(name, "no time as in 2006-01-02T15:04:05Z")
		return time.Time{}
	}
	at := func(i, n int) int {
		value, _ := strconv.Atoi(s[i : i+n])
		return value
	}
	t := time.Date(at(0, 4), time.Month(at(5, 2)), at(8, 2), at(11, 2), at(14, 2), at(17, 2), 0, time.UTC)
	if t.Format(time.RFC3339) != s {
		o.fail(name, "no time as in 2006-01-02T15:04:05Z")
	}
	return t
}

// hash reads a SHA-256 in 64 lower-case hexadecimal digits.
func (o object) hash(name string) (h [32]byte) {
	const digits = "0123456789abcdef"
	s := o.text(name)
	if len(s) != 64 || strings.Trim(s, digits) != "" {
		o.fail(name, "no SHA-256 in 64 lower-case hexadecimal digits")
		return h
	}
	for i := range h {
		h[i] = byte(strings.IndexByte(digits, s[2*i])<<4 | strings.IndexByte(digits, s[2*i+1]))
	}
	return h
}

// list gives the items of a list. Where it is missing and may be, there are none.
func (o object) list(name string, may bool) []tree.Node {
	n := o.node.Get(name)
	if n.Kind() != tree.Array {
		if !may || o.has(name) {
			o.fail(name, "no list")
		}
		return nil
	}
	return n.Items()
}

// objects gives the items of a list of objects.
func (o object) objects(name string, may bool) []object {
	var all []object
	for i, n := range o.list(name, may) {
		if n.Kind() != tree.Object {
			o.fail(name, "holds something else than objects")
		}
		all = append(all, object{n, fmt.Sprintf("%s%q: %d: ", o.place, name, i), o.err})
	}
	return all
}
