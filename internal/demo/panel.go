package demo

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"byway/internal/blockade"
)

// offered are the faults that the panel has switches for.
var offered = []blockade.Fault{
	blockade.Healthy, blockade.Refused, blockade.Silent, blockade.Block200, blockade.Altered, blockade.Older, blockade.Cut, blockade.Slow,
}

// panel is what the panel of the page shows.
type panel struct {
	Mirrors []panelMirror `json:"mirrors"`
	Faults  []panelFault  `json:"faults"`
}

type panelMirror struct {
	Name     string         `json:"name"`
	URL      string         `json:"url"`
	Fault    blockade.Fault `json:"fault"`
	Requests int            `json:"requests"` // since the start or the last reset
}

type panelFault struct {
	Name  blockade.Fault `json:"name"`
	Words string         `json:"words"`
}

// order is what the page asks of the panel: to set the fault of one mirror, or to reset the counts.
type order struct {
	Mirror int            `json:"mirror"`
	Fault  blockade.Fault `json:"fault"`
	Reset  bool           `json:"reset"`
}

// showPanel answers with the panel as it is.
func (d *Demo) showPanel(w http.ResponseWriter, _ *http.Request) {
	var p panel
	for i, s := range d.servers {
		p.Mirrors = append(p.Mirrors, panelMirror{strings.TrimPrefix(d.Mirrors[i], "http://"), d.Mirrors[i], s.Fault(), len(s.Requests())})
	}
	for _, f := range offered {
		p.Faults = append(p.Faults, panelFault{f, f.Description()})
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(p) // the browser has left if this fails
}

// usePanel carries out an order and answers with the panel as it is then.
func (d *Demo) usePanel(w http.ResponseWriter, r *http.Request) {
	var o order
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 4<<10)).Decode(&o)
	if err == nil {
		err = d.carryOut(o)
	}
	if err != nil {
		http.Error(w, "panel: "+err.Error(), http.StatusBadRequest)
		return
	}
	d.showPanel(w, r)
}

func (d *Demo) carryOut(o order) error {
	switch {
	case o.Reset:
		for _, s := range d.servers {
			s.Reset()
		}
		return nil
	case o.Mirror < 0 || o.Mirror >= len(d.servers):
		return fmt.Errorf("there is no mirror %d: use 0 to %d", o.Mirror, len(d.servers)-1)
	case !slices.Contains(offered, o.Fault):
		return fmt.Errorf("fault %q is none of the panel's: use one of %v", o.Fault, offered)
	}
	return d.servers[o.Mirror].SetFault(o.Fault)
}
