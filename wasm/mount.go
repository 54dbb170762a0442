//go:build js && wasm

package main

import (
	"context"
	"sync"
	"time"

	"byway/internal/mirror"
	"byway/internal/page"
	"byway/internal/reader"
)

// mount serves one element. The goroutine of run owns its fields; everyone else posts to it. So a burst of changes
// makes one update, an update never begins within another, and a command never waits.
type mount struct {
	ctx    context.Context
	cancel context.CancelFunc
	dom    *dom
	emit   func(name, payload string)

	home    reader.Config      // of the page's own article
	source  reader.Config      // of the one that is read
	site    string             // in whose name no other article may speak
	stop    context.CancelFunc // ends the reader
	ended   chan struct{}      // closed when it has ended
	state   reader.State
	options page.Options
	limit   int64         // of the shelf in bytes; 0: the usual one
	told    string        // the state as JavaScript knows it
	warned  bool          // that a picture was not shown
	opened  *reader.State // of an article out of a file; nil: none is open
	release func()        // of its pictures

	mu     sync.Mutex
	inbox  []func()
	reader *reader.Reader
	hidden bool          // nobody looks at the page
	wake   chan struct{} // holds one token when the inbox is not empty
}

// refresh is how often the age of a copy is written anew.
const refresh = time.Minute

func newMount(ctx context.Context, cancel context.CancelFunc, d *dom, emit func(name, payload string)) *mount {
	return &mount{
		ctx:     ctx,
		cancel:  cancel,
		dom:     d,
		emit:    emit,
		stop:    func() {},
		release: func() {},
		state:   nothing(),
		wake:    make(chan struct{}, 1),
	}
}

// nothing is the state before there is any.
func nothing() reader.State { return reader.State{Phase: reader.Loading, Proof: reader.None} }

// run shows what is posted until the element goes away.
func (m *mount) run() {
	age := time.NewTicker(refresh)
	defer age.Stop()
	for {
		select {
		case <-m.ctx.Done():
			m.leave()
			return
		case <-m.wake:
			m.takeInbox()
		case <-age.C:
		}
		m.render()
	}
}

// leave tells what every attempt came to in the end.
func (m *mount) leave() {
	if m.ended != nil {
		<-m.ended
	}
	m.release()
	m.emit("gone", m.trace())
}

// post has run do something before its next update.
func (m *mount) post(do func()) {
	m.mu.Lock()
	m.inbox = append(m.inbox, do)
	m.mu.Unlock()
	select {
	case m.wake <- struct{}{}:
	default: // one is there already
	}
}

func (m *mount) takeInbox() {
	m.mu.Lock()
	inbox := m.inbox
	m.inbox = nil
	m.mu.Unlock()
	for _, do := range inbox {
		do()
	}
}

// background does what may take a while.
func (m *mount) background(do func()) { go guard(m.fault, do) }

// fault brings a panic of another goroutine to the one that ends the element.
func (m *mount) fault(fault any) {
	m.post(func() { panic(fault) })
}

// reading is the reader that serves the element now.
func (m *mount) reading() *reader.Reader {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.reader
}

// signal tells the reader what happens to the device or to the page.
func (m *mount) signal(s reader.Signal, hidden bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.hidden = hidden
	if m.reader != nil {
		m.reader.Signal(s)
	}
}

// configure takes the attributes of the element. Reading starts anew only where something to read from has changed.
func (m *mount) configure(payload string) {
	c := parseConfig(payload)
	m.post(func() {
		before := m.options
		m.options = c.apply(before)
		if c.options.Language != before.Language || before.Locale == nil {
			m.options.Locale = newLocale(page.Language(c.options.Language))
		}
		if m.limit = c.limit; c.source != m.home || m.reading() == nil {
			m.home = c.source
			m.close()
			m.options.Away = false
			m.read(c.source)
		}
	})
}

// read starts a reader and ends the one before. Another copy of the same article takes the place of the one that is
// shown when it is there; another article, or the same by another proof, does so at once.
func (m *mount) read(c reader.Config) {
	m.stop()
	m.options.Claimed = false
	ctx, cancel := context.WithCancel(m.ctx)
	ended := make(chan struct{})
	m.stop, m.ended = cancel, ended
	if c.Src != m.source.Src || proves(c) != proves(m.source) {
		m.state, m.options.Tapped = nothing(), nil
		m.options.Saving, m.options.Filing = page.KeepByClick, page.KeepByClick
	}
	m.source = c
	c.Shown = m.state.Article != nil
	r := reader.New(c, m.ports(), func(s reader.State) {
		m.post(func() { m.take(ctx, s) })
	})
	m.mu.Lock()
	m.reader = r
	if m.hidden {
		r.Signal(reader.BecameHidden)
	}
	m.mu.Unlock()
	m.background(func() {
		defer close(ended)
		r.Run(ctx)
	})
}

// proves is what a copy has to stand up to.
func proves(c reader.Config) [4]string { return [4]string{c.Key, c.Root, c.MinFeed, c.Integrity} }

// take accepts a state of the reader that serves the element now. While that one has nothing to show yet, and where it
// finds nothing at all, the article of the one before stays: it is the same article from other addresses.
func (m *mount) take(ctx context.Context, s reader.State) {
	if ctx.Err() != nil {
		return
	}
	if m.options.Claimed && s.Signature != nil {
		if s.Proof = reader.None; s.Signature.Site == m.site {
			s.Phase, s.Article, s.Signature, s.Problem = reader.Refused, nil, nil, &reader.Problem{Kind: reader.NotSigned}
		}
	}
	if nothingYet := s.Article == nil && s.Problem == nil; nothingYet && m.state.Article != nil {
		m.state.Busy, m.state.Choice, m.state.Addresses, m.state.Ignored = s.Busy, s.Choice, s.Addresses, s.Ignored
		return
	}
	if s.Article == nil && m.state.Article != nil && (s.Phase == reader.Blocked || s.Phase == reader.Offline) {
		s.Article, s.Warnings, s.Source, s.Fetched, s.Proof = m.state.Article, m.state.Warnings, m.state.Source, m.state.Fetched, m.state.Proof
		s.Signature = m.state.Signature
		s.Phase, s.Picture = reader.Stale, m.state.Picture
	}
	m.state = s
}

// render shows the state and tells JavaScript of it, in one task, so that the fallback goes as the article comes.
func (m *mount) render() {
	if m.reading() == nil {
		return
	}
	s := m.shown()
	if err := m.dom.Render(page.Render(*s, m.options)); err != nil {
		panic(err)
	}
	if told := stateJSON(s); told != m.told {
		m.told = told
		m.emit("state", told)
	}
}

// shown is the state of what the element shows.
func (m *mount) shown() *reader.State {
	if m.opened != nil {
		m.opened.Shelf, m.opened.ShelfSize = m.state.Shelf, m.state.ShelfSize
		return m.opened
	}
	return &m.state
}

func (m *mount) ports() reader.Ports {
	return reader.Ports{Fetcher: fetcher{m.home.Private}, Memory: storage{databaseName}, Shelf: library(m.limit), Quiet: &quiet, Blobs: blobs{}, Online: online, Line: line(), Seed: uint32(time.Now().UnixNano()),
		Doubt: func() bool { return time.Now().UnixMilli()%10 == 0 }}
}

// line is what the browser knows of the network: whether its user asked for few bytes, and how long one round trip to
// the site of the page took, from its TCP handshake. On a connection that was open already that is not known.
func line() mirror.Network {
	known := mirror.Network{SaveData: isTrue(global("navigator", "connection", "saveData"))}
	entries, err := global("performance").Call("getEntriesByType", "navigation")
	if err != nil {
		return known
	}
	first := property(entries, "0")
	begin, end := number(property(first, "connectStart")), number(property(first, "secureConnectionStart"))
	if end > begin {
		known.RTT = time.Duration((end - begin) * float64(time.Millisecond))
	}
	return known
}

// online is false only where the browser says for certain that there is no network.
func online() bool {
	v := global("navigator", "onLine")
	b, err := v.Bool()
	return err != nil || b
}
