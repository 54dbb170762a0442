package shelf

import (
	"context"
	"errors"
)

// Store is where a browser keeps things, for all tabs.
//
// Get gives one item, and ErrNone where there is none. Heads gives all of them without their bodies, in no particular
// order. Update lets change say what becomes of them and does all of that or nothing, so that no other tab comes between;
// change must not wait for anything. An error of Update means that everything is as it was, ErrFull that there is no room
// for more; only where ctx ended may all of it have been done. Clear leaves no trace of any item, nor of the store.
//
// Whoever calls bounds ctx: a storage may never answer. Keys are UTF-8. No distinction is made between nil and empty
// bytes, and what was given and got may be altered afterwards without an effect on what is kept.
type Store interface {
	Get(ctx context.Context, key string) (Item, error)
	Heads(ctx context.Context) ([]Item, error)
	Update(ctx context.Context, change func(heads []Item) Change) error
	Clear(ctx context.Context) error
}

// Item is what is kept under a key: a head, which tells of the body, so that a list need not read all of it.
type Item struct {
	Key        string
	Head, Body []byte
}

// Change is what becomes of items. No key is in two of its lists.
type Change struct {
	Put      []Item   // kept, in the place of what was there
	Describe []Item   // get another head, and keep the body that they have
	Delete   []string // if they are there
}

var (
	// ErrNone is that of a key under which nothing is kept, or nothing that is still whole.
	ErrNone = errors.New("nothing of that name is kept")
	// ErrFull is that of a browser that gives no more room.
	ErrFull = errors.New("the browser gives no more room")
)
