package shelf_test

import (
	"testing"

	"byway/internal/shelf"
	"byway/internal/shelf/shelftest"
)

func TestMemoryIsAStore(t *testing.T) {
	shelftest.Run(t, func(*testing.T) shelftest.Open {
		m := &shelf.Memory{}
		return func() shelf.Store { return m }
	})
}
