// Package shelftest is the contract of a shelf.Store as a suite, which every store passes.
package shelftest

import (
	"testing"

	"byway/internal/shelf"
)

// Open opens a store again over the same data, as another tab does.
type Open func() shelf.Store

// Run checks a store. begin gives new data, which goes with the test.
func Run(t *testing.T, begin func(t *testing.T) Open) {
	t.Helper()
	cases := append(contract(), uses()...)
	if len(cases) < 10 {
		t.Fatalf("shelftest: only %d cases", len(cases))
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { c.check(t, begin(t)) })
	}
}

// testCase is one sentence of the contract.
type testCase struct {
	name  string
	check func(*testing.T, Open)
}
