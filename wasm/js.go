//go:build js && wasm

package main

import (
	"errors"

	"github.com/hack-pad/safejs"
)

// A getter that throws would unwind through Go's stack and leave it broken: syscall/js guards calls, not reads. So only
// properties that cannot throw are read here, and web/scope.js keeps from Go those of the page that can.

// text gives the text of a JavaScript string, and "" of anything else. String alone would make "<undefined>" of an
// absent value.
func text(v safejs.Value) string {
	if v.Type() != safejs.TypeString {
		return ""
	}
	s, err := v.String()
	if err != nil {
		return ""
	}
	return s
}

// integer gives the value of a JavaScript number, and 0 of anything else.
func integer(v safejs.Value) int {
	n, err := v.Int()
	if err != nil {
		return 0
	}
	return n
}

// number gives the value of a JavaScript number, and 0 of anything else.
func number(v safejs.Value) float64 {
	f, err := v.Float()
	if err != nil {
		return 0
	}
	return f
}

func isTrue(v safejs.Value) bool {
	b, err := v.Bool()
	return err == nil && b
}

// property reads along a path of names. What is not there is undefined.
func property(v safejs.Value, path ...string) safejs.Value {
	for _, name := range path {
		next, err := v.Get(name)
		if err != nil {
			return safejs.Undefined()
		}
		v = next
	}
	return v
}

// global reads a property of the global object along a path of names.
func global(path ...string) safejs.Value { return property(safejs.Global(), path...) }

// construct makes an object of a class that the browser has.
func construct(class safejs.Value, args ...any) (safejs.Value, error) {
	if class.Type() != safejs.TypeFunction {
		return safejs.Value{}, errors.New("this browser has no such class")
	}
	return class.New(args...)
}

// objectOf makes an object of names and texts, one after another. Where JavaScript wants another type it converts them.
func objectOf(members ...string) safejs.Value {
	o, err := construct(global("Object"))
	do := calls{err}
	for i := 0; i < len(members); i += 2 {
		do.set(o, members[i], members[i+1])
	}
	return o
}

// calls makes one call after another until one fails, whose error it keeps.
type calls struct{ err error }

func (c *calls) call(v safejs.Value, method string, args ...any) (result safejs.Value) {
	if c.err == nil {
		result, c.err = v.Call(method, args...)
	}
	return result
}

func (c *calls) set(v safejs.Value, name string, value any) {
	if c.err == nil {
		c.err = v.Set(name, value)
	}
}

// note keeps an error that came of something else.
func (c *calls) note(err error) {
	if c.err == nil {
		c.err = err
	}
}

// problem is a value that JavaScript threw or rejected with.
type problem struct{ name, message string }

func problemOf(v safejs.Value) problem {
	if s := text(v); s != "" {
		return problem{message: s}
	}
	return problem{text(property(v, "name")), text(property(v, "message"))}
}

func (p problem) Error() string {
	switch {
	case p.name == "" && p.message == "":
		return "no reason given"
	case p.name == "":
		return p.message
	}
	return p.name + ": " + p.message
}
