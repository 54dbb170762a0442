//go:build js && wasm

package main

import "github.com/hack-pad/safejs"

// ahead gives what JavaScript has read of a database while Go was on its way: the value of each store under a key. It gives
// that once, and nothing where it does not know.
func ahead(database, key string) (values [][]byte) {
	loader := global("byway")
	if loader.Type() != safejs.TypeObject {
		return nil
	}
	list, err := loader.Call("ahead", database, key)
	if err != nil || list.Type() != safejs.TypeObject {
		return nil
	}
	for i := range integer(property(list, "length")) {
		value, _ := list.Index(i)
		values = append(values, bytesIn(value))
	}
	return values
}
