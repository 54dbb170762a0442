// Command churn does what makes the Go runtime read its tables of functions: it collects garbage under deep and growing
// stacks, panics and recovers, defers, and calls through reflect. What it prints is the same every run.
package main

import (
	"errors"
	"fmt"
	"hash/fnv"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

func main() {
	for _, part := range []struct {
		name string
		run  func() any
	}{
		{"stacks that grow", growingStacks},
		{"garbage under deep stacks", deepGarbage},
		{"panics", panics},
		{"a panic in a deferred call", panicInDefer},
		{"deferred calls", deferredCalls},
		{"leaving a goroutine", leaving},
		{"calls through reflect", reflected},
		{"goroutines and timers", manyGoroutines},
		{"maps", maps},
		{"finalizers", finalizers},
		{"callers", callers},
		{"goroutines left", goroutinesLeft},
	} {
		fmt.Printf("%s: %v\n", part.name, part.run())
	}
}

// node is a list whose sum shows whether all of it is still alive.
type node struct {
	value int
	next  *node
	text  string
}

func list(n int) *node {
	var head *node
	for i := range n {
		head = &node{i, head, fmt.Sprint("node ", i)}
	}
	return head
}

func (n *node) sum() int {
	h := fnv.New32a()
	for ; n != nil; n = n.next {
		fmt.Fprintf(h, "%d %s\n", n.value, n.text)
	}
	return int(h.Sum32())
}

// collect makes garbage of the sizes of nodes, so that what was freed by mistake is overwritten.
func collect() {
	runtime.GC()
	for range 2000 {
		_ = list(1)
	}
	runtime.GC()
}

// descend holds pointers in every frame: to the heap, to the caller's frame, in an interface, in a slice and in a closure.
func descend(depth int, caller *node, at int, do func()) int {
	if depth == 0 {
		do()
		return caller.value
	}
	mine := node{value: depth, next: list(depth % 4), text: fmt.Sprint("depth ", depth)}
	boxed := any(&node{value: depth})
	few := []*node{list(1), caller}
	defer func() { mine.value++ }()
	if depth == at {
		do()
	}
	below := descend(depth-1, &mine, at, do)
	return below*31 + mine.next.sum() + boxed.(*node).value + few[1].value + len(few[0].text)
}

func growingStacks() any {
	var sums []int
	for _, depth := range []int{10, 100, 1000, 8000} {
		done := make(chan int)
		go func() { done <- descend(depth, &node{value: 1}, -1, func() {}) }()
		sums = append(sums, <-done)
	}
	return sums
}

func deepGarbage() any {
	var sums []int
	for _, at := range []int{-1, 3, 700} {
		sums = append(sums, descend(1500, &node{value: 2}, at, collect))
	}
	return sums
}

type point struct{ x, y int }

func (p point) Sum() int { return p.x + p.y }

type summer interface{ Sum() int }

// recovered gives the kind and words of the panic of a call.
func recovered(call func()) (words string) {
	defer func() {
		r := recover()
		_, isRuntime := r.(runtime.Error)
		words = fmt.Sprintf("%v (%t)", r, isRuntime)
		collect()
	}()
	call()
	return
}

func panics() any {
	var none *node
	var noMap map[string]int
	var nobody *point
	var list []int
	zero, closed := len(list), make(chan int)
	close(closed)
	words := []string{
		recovered(func() { fmt.Print(none.value) }),
		recovered(func() { fmt.Print(list[zero]) }),
		recovered(func() { fmt.Print(list[1:zero]) }),
		recovered(func() { fmt.Print([4]int(list)) }),
		recovered(func() { fmt.Print(1 / zero) }),
		recovered(func() { noMap["a"] = 1 }),
		recovered(func() { fmt.Print(any("text").(int)) }),
		recovered(func() { close(closed) }),
		recovered(func() { panic(errors.New("ours")) }),
		recovered(func() { descend(300, &node{}, 5, func() { panic("from below") }) }),
		withoutNames(recovered(func() { fmt.Print(sum(nobody)) })),
	}
	return "\n\t" + strings.Join(words, "\n\t")
}

func sum(s summer) int { return s.Sum() }

// withoutNames takes out of "value method main.point.Sum called using nil *point pointer" what a stripped program does not know.
func withoutNames(words string) string {
	fields := strings.Fields(words)
	return strings.Join(slices.DeleteFunc(fields, func(s string) bool { return strings.ContainsAny(s, ".*") }), " ")
}

func panicInDefer() any {
	return recovered(func() {
		defer func() { panic(fmt.Sprint("second after ", recover())) }()
		defer collect()
		panic("first")
	})
}

func deferredCalls() (result any) {
	var order []int
	defer func() { result = fmt.Sprint(order) }()
	for i := range 5 {
		defer func() { order = append(order, i) }()
	}
	defer func() {
		defer func() { order = append(order, 100) }()
		collect()
	}()
	if len(order) == 0 {
		defer func() { order = append(order, 200) }()
	}
	return nil
}

func leaving() any {
	done := make(chan string, 1)
	go func() {
		defer func() { done <- fmt.Sprint("left, ", recover()) }()
		descend(50, &node{}, 10, runtime.Goexit)
	}()
	return <-done
}

type holder struct{ kept *node }

func (h *holder) Join(a *node, b string, c ...int) *node {
	collect()
	descend(200, a, -1, collect)
	return &node{value: h.kept.sum() + a.sum() + len(b) + len(c), next: a}
}

func reflected() any {
	h := &holder{list(20)}
	method := reflect.ValueOf(h).MethodByName("Join").Interface().(func(*node, string, ...int) *node)
	made := reflect.MakeFunc(reflect.TypeOf(method), func(args []reflect.Value) []reflect.Value {
		collect()
		descend(200, args[0].Interface().(*node), -1, collect)
		return reflect.ValueOf(method).CallSlice(args)
	}).Interface().(func(*node, string, ...int) *node)
	defer made(list(2), "deferred")
	first, second := method(list(7), "direct", 1, 2), made(list(9), "made", 3)
	return []int{first.sum(), second.sum()}
}

func manyGoroutines() any {
	var wait sync.WaitGroup
	var lock sync.Mutex
	total := 0
	work := make(chan *node)
	for i := range 60 {
		wait.Go(func() {
			time.Sleep(time.Duration(i%7) * time.Millisecond)
			for n := range work {
				sum := descend(n.value*5, n, 3, runtime.Gosched)
				lock.Lock()
				total += sum
				lock.Unlock()
			}
		})
	}
	for i := range 200 {
		select {
		case work <- &node{value: i}:
		case <-time.After(time.Minute):
			return "nobody takes work"
		}
		if i%50 == 0 {
			collect()
		}
	}
	close(work)
	wait.Wait()
	return total
}

func maps() any {
	byName := map[string]*node{}
	for i := range 5000 {
		byName[fmt.Sprint("key ", i)] = list(i % 3)
		delete(byName, fmt.Sprint("key ", i/2))
	}
	collect()
	total := 0
	for name, n := range byName {
		total += len(name) * n.sum() % 1009
	}
	return total
}

func finalizers() any {
	gone := make(chan int, 2)
	func() {
		n := &node{value: 7}
		runtime.SetFinalizer(n, func(n *node) { gone <- n.value })
		runtime.AddCleanup(list(1), func(v int) { gone <- v }, 8)
	}()
	sum := 0
	for seen := 0; seen < 2; {
		select {
		case v := <-gone:
			sum, seen = sum+v, seen+1
		case <-time.After(time.Millisecond):
			collect()
		}
	}
	return sum
}

func callers() any {
	frames, count := runtime.CallersFrames(make([]uintptr, 0)), 0
	descend(20, &node{}, -1, func() {
		pcs := make([]uintptr, 100)
		frames = runtime.CallersFrames(pcs[:runtime.Callers(0, pcs)])
	})
	for more := true; more; count++ {
		_, more = frames.Next()
	}
	return count
}

// goroutinesLeft counts those that are not the runtime's own, which it knows by their names.
// goroutinesLeft reports whether there is this one alone, or beside it the one that waits for JavaScript. Those of the
// runtime itself, which it tells by their names, do not count.
func goroutinesLeft() any { return runtime.NumGoroutine() <= 2 }
