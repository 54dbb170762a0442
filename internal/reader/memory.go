package reader

import (
	"context"
	"slices"
	"time"

	"byway/internal/tree"
)

// Memory keeps one small record a publisher in this browser.
//
// Load gives nil, without an error, where there is none. Any error only means that nothing is remembered: reading goes
// on. Forget removes every record of every publisher.
type Memory interface {
	Load(ctx context.Context, site string) ([]byte, error)
	Save(ctx context.Context, site string, record []byte) error
	Forget(ctx context.Context) error
}

// memoryTimeout is how long reading waits for a storage that does not answer.
const memoryTimeout = 2 * time.Second

// recallChoice takes up the choice that was made for this publisher before, if the address is still there.
func (r *Reader) recallChoice(ctx context.Context) {
	ctx, stop := context.WithTimeout(ctx, memoryTimeout)
	defer stop()
	record, err := r.ports.Memory.Load(ctx, r.set.Site())
	if err != nil || len(record) == 0 {
		return
	}
	root, err := tree.Parse(record)
	if err != nil {
		return
	}
	choice := root.Get("choice").Text()
	r.mu.Lock()
	defer r.mu.Unlock()
	known := slices.ContainsFunc(r.state.Addresses, func(a Address) bool { return a.Host == choice })
	if !r.chosen && (known || choice == "") {
		r.state.Choice = choice
	}
}

// saveChoice remembers a choice. A storage that fails costs the memory, nothing else.
func (r *Reader) saveChoice(host string) {
	ctx, stop := context.WithTimeout(context.Background(), memoryTimeout)
	defer stop()
	_ = r.ports.Memory.Save(ctx, r.set.Site(), record(host))
}

// record is what is remembered of a publisher.
func record(choice string) []byte {
	w := &tree.Writer{}
	w.Object(func() {
		w.Key("choice")
		w.String(choice)
	})
	return w.Bytes()
}
