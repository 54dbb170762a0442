package demo

import (
	"fmt"
	"net/http"
	"sync"

	"byway/internal/demo/picture"
)

// pictures paints each picture when it is first asked for, and keeps it. The zero value has painted none.
type pictures struct {
	mu   sync.Mutex
	done map[string]func() ([]byte, error)
}

// serve sends a picture by the name of its file, such as "ferry-960.jpg".
func (p *pictures) serve(w http.ResponseWriter, file string) {
	for _, name := range picture.Names() {
		for _, width := range picture.Widths {
			if file == fmt.Sprintf("%s-%d.jpg", name, width) {
				p.send(w, file, name, width)
				return
			}
		}
	}
	http.Error(w, "no such picture", http.StatusNotFound)
}

func (p *pictures) send(w http.ResponseWriter, file, name string, width int) {
	p.mu.Lock()
	paint, ok := p.done[file]
	if !ok {
		paint = sync.OnceValues(func() ([]byte, error) { return picture.JPEG(name, width) })
		if p.done == nil {
			p.done = map[string]func() ([]byte, error){}
		}
		p.done[file] = paint
	}
	p.mu.Unlock()
	body, err := paint()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	send(w, "image/jpeg", body)
}
