package tree

import (
	"math"
	"strconv"
	"strings"
)

// Kind is what a value is in the document.
type Kind uint8

const (
	Missing Kind = iota
	Null
	Bool
	Number
	String
	Array
	Object
)

// String names the kind in words for people.
func (k Kind) String() string {
	return [...]string{"missing", "null", "a boolean", "a number", "text", "a list", "an object"}[k]
}

// Node is one value of a document, or none. Its zero value is a missing one, and every method works on that.
type Node struct{ v *value }

// Member is a value with its name in an object.
type Member struct {
	Name string
	Node Node
}

type value struct {
	kind  Kind
	text  string // of a string; a number and a boolean as written
	names []string
	items []value
}

// Kind is what the value is.
func (n Node) Kind() Kind {
	if n.v == nil {
		return Missing
	}
	return n.v.kind
}

// Exists reports whether there is a value, other than null.
func (n Node) Exists() bool { return n.Kind() > Null }

// Get is a member by its name, which is told apart by case, or an item of a list by its index. Of two members with one
// name the last counts.
func (n Node) Get(name string) Node {
	switch n.Kind() {
	case Object:
		for i := len(n.v.names) - 1; i >= 0; i-- {
			if n.v.names[i] == name {
				return Node{&n.v.items[i]}
			}
		}
	case Array:
		if i, err := strconv.Atoi(name); err == nil && i >= 0 && i < len(n.v.items) {
			return Node{&n.v.items[i]}
		}
	}
	return Node{}
}

// Text is a string without white space around it, or a number as written, and "" for anything else: null, false, ""
// and a blank string all say that there is nothing.
func (n Node) Text() string {
	switch n.Kind() {
	case String, Number:
		return strings.TrimSpace(n.v.text)
	}
	return ""
}

// Raw is a string exactly as it is, and "" for anything else.
func (n Node) Raw() string {
	if n.Kind() != String {
		return ""
	}
	return n.v.text
}

// Float is a number, also one written as "54", "1440px" or {"value": 675}.
func (n Node) Float() (float64, bool) {
	if n.Kind() == Object {
		n = n.Get("value")
	}
	return Decimal(strings.TrimSpace(strings.TrimSuffix(n.Text(), "px")))
}

// Int is a number as Float reads it, without what follows the point, within ±2⁵³.
func (n Node) Int() (int64, bool) {
	f, ok := n.Float()
	if !ok || math.Abs(f) > 1<<53 {
		return 0, false
	}
	return int64(f), true
}

// Bool is a truth value, also one written as "True", "0", 1 or "http://schema.org/False".
func (n Node) Bool() (value, ok bool) {
	text := n.Text()
	if n.Kind() == Bool {
		text = n.v.text
	}
	switch strings.ToLower(text[strings.LastIndexByte(text, '/')+1:]) {
	case "true", "1":
		return true, true
	case "false", "0":
		return false, true
	}
	return false, false
}

// Items is a list as it is. A single value is a list of one, nothing an empty list. An object whose names are all
// numbers is a list too: PHP writes one so once an item was taken out.
func (n Node) Items() []Node {
	switch {
	case !n.Exists():
		return nil
	case n.Kind() != Array && !n.isNumbered():
		return []Node{n}
	}
	items := make([]Node, len(n.v.items))
	for i := range items {
		items[i] = Node{&n.v.items[i]}
	}
	return items
}

// List is a list as Items reads it, with the lists in it laid out flat, and without what is nothing: null, false and
// blank strings.
func (n Node) List() []Node {
	var out []Node
	for _, item := range n.Items() {
		switch {
		case item.Kind() == Array:
			out = append(out, item.List()...)
		case item.Kind() == Object || item.Text() != "":
			out = append(out, item)
		}
	}
	return out
}

// Members are those of an object in the order of the document, each name once, with its last value. Anything else has
// none: PHP writes an empty object as [].
func (n Node) Members() []Member {
	if n.Kind() != Object {
		return nil
	}
	last := make(map[string]int, len(n.v.names))
	for i, name := range n.v.names {
		last[name] = i
	}
	out := make([]Member, 0, len(last))
	for i, name := range n.v.names {
		if last[name] == i {
			out = append(out, Member{name, Node{&n.v.items[i]}})
		}
	}
	return out
}

// Rewrite puts what f makes of it in the place of each string, and leaves names of members as they are.
func (n Node) Rewrite(f func(string) string) {
	if n.v == nil {
		return
	}
	if n.v.kind == String {
		n.v.text = f(n.v.text)
	}
	for i := range n.v.items {
		Node{&n.v.items[i]}.Rewrite(f)
	}
}

func (n Node) isNumbered() bool {
	if n.Kind() != Object || len(n.v.names) == 0 {
		return false
	}
	for _, name := range n.v.names {
		if name == "" || strings.Trim(name, "0123456789") != "" {
			return false
		}
	}
	return true
}
