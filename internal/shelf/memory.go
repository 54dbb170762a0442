package shelf

import (
	"bytes"
	"context"
	"sync"
)

// Memory is a store that lasts as long as the program. The zero Memory is empty.
type Memory struct {
	mu    sync.Mutex
	items map[string]Item
}

var _ Store = (*Memory)(nil)

func (m *Memory) Get(ctx context.Context, key string) (Item, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	i, found := m.items[key]
	switch {
	case ctx.Err() != nil:
		return Item{}, ctx.Err()
	case !found:
		return Item{}, ErrNone
	}
	return i.clone(), nil
}

func (m *Memory) Heads(ctx context.Context) ([]Item, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.heads(), ctx.Err()
}

func (m *Memory) heads() (all []Item) {
	for _, i := range m.items {
		all = append(all, Item{Key: i.Key, Head: bytes.Clone(i.Head)})
	}
	return all
}

func (m *Memory) Update(ctx context.Context, change func(heads []Item) Change) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	c := change(m.heads())
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if m.items == nil {
		m.items = map[string]Item{}
	}
	for _, i := range c.Put {
		m.items[i.Key] = i.clone()
	}
	for _, i := range c.Describe {
		m.items[i.Key] = Item{i.Key, bytes.Clone(i.Head), m.items[i.Key].Body}
	}
	for _, key := range c.Delete {
		delete(m.items, key)
	}
	return nil
}

func (m *Memory) Clear(ctx context.Context) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if ctx.Err() == nil {
		m.items = nil
	}
	return ctx.Err()
}

func (i Item) clone() Item { return Item{i.Key, bytes.Clone(i.Head), bytes.Clone(i.Body)} }
