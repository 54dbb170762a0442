package blockade

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

func parse(t *testing.T, text string) Script {
	s, err := ParseScript(text)
	require.NoError(t, err)
	return s
}

// doors are servers that nobody can come to. They stand in a bubble of synctest, where sockets cannot.
func doors(n int) []*Server {
	var servers []*Server
	for range n {
		servers = append(servers, &Server{course: new(course)})
	}
	return servers
}

func TestChangesAreToldWhenTheyHappen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		var told []Change
		tell := func(c Change) {
			require.Equal(t, c.Elapsed, time.Since(begin))
			told = append(told, c)
		}
		servers := doors(2)
		require.NoError(t, Play(servers, parse(t, "addresses 2\n1s 2 cut *.json\n0s all slow\n#1 1 404\n1h 2 healthy"), tell))
		require.Equal(t, []Change{{0, 1, Slow, ""}, {0, 2, Slow, ""}}, told, "at once")
		time.Sleep(time.Second)
		synctest.Wait()
		require.Equal(t, Change{time.Second, 2, Cut, "*.json"}, told[2])
		require.Equal(t, Cut, servers[1].Fault())
		require.Equal(t, Slow, servers[0].Fault())
		time.Sleep(time.Second)
		require.Equal(t, NotFound, servers[0].course.request(2*time.Second, "river.json"))
		require.Equal(t, Change{2 * time.Second, 1, NotFound, ""}, told[3])
		require.Len(t, told, 4)
	})
}

func TestNoChangeIsToldOfAScriptThatIsOver(t *testing.T) {
	const text = "addresses 1\n1s 1 cut\n#1 1 silent"
	for name, end := range map[string]func(*Server) error{
		"another script is played": func(s *Server) error { return Play([]*Server{s}, Script{Addresses: 1}, nil) },
		"a fault is set":           func(s *Server) error { return s.SetFault(Healthy) },
		"the server is closed":     (*Server).Close,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := doors(1)[0]
				s.stop = func() {}
				require.NoError(t, Play([]*Server{s}, parse(t, text), func(c Change) { require.Fail(t, "told", "%v", c) }))
				require.NoError(t, end(s))
				time.Sleep(time.Minute)
				synctest.Wait()
			})
		})
	}
}

func TestAScriptIsForAsManyServersAsItSays(t *testing.T) {
	servers := doors(2)
	require.NoError(t, servers[0].SetFault(Cut))
	for _, text := range []string{"addresses 1\n0s 1 silent", "addresses 3\n0s 1 silent"} {
		require.ErrorContains(t, Play(servers, parse(t, text), nil), `not for 2: change its line "addresses"`)
		require.Equal(t, Cut, servers[0].Fault(), "an error changes nothing")
	}
}

func TestServersFollowAScript(t *testing.T) {
	servers := []*Server{startQuick(t), startQuick(t)}
	require.NoError(t, Play(servers, parse(t, "addresses 2\n0s 1 refused\n#3 1 healthy\n0s 2 reset-before\n#2 2 404 *.jpg\n#3 2 503"), nil))
	c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	statuses := func(s *Server) (all []int) {
		for range 4 {
			all = append(all, get(t, c, s.URL()+"/i/bridge.jpg", time.Minute).status)
		}
		return all
	}
	require.Equal(t, []int{0, 0, 200, 200}, statuses(servers[0]))
	require.Equal(t, Healthy, servers[0].Fault())
	require.Equal(t, []int{0, 0, 503, 404}, statuses(servers[1]))
	require.NoError(t, servers[1].SetFault(Block451))
	require.Equal(t, []int{451, 451, 451, 451}, statuses(servers[1]))
	require.Equal(t, []int{200, 200, 200, 200}, statuses(servers[0]))
}
