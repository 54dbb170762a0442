package blockade

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// near allows for the last piece of each of three downloads.
const near = float64(3 * tick)

func TestALineSendsAtItsPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		line := &Line{BytesPerSecond: 50_000}
		begin := time.Now()
		sent, err := line.send(io.Discard, make([]byte, 100_000))
		require.NoError(t, err)
		require.Equal(t, 100_000, sent)
		require.InDelta(t, 2*time.Second, time.Since(begin), near)
		require.EqualValues(t, 100_000, line.Traffic().Bytes)
	})
}

func TestDownloadsAtOnceShareTheLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		line := &Line{BytesPerSecond: 50_000}
		begin := time.Now()
		var took [3]time.Duration
		var all sync.WaitGroup
		for i, bytes := range []int{50_000, 50_000, 10_000} {
			all.Go(func() {
				line.send(io.Discard, make([]byte, bytes))
				took[i] = time.Since(begin)
			})
		}
		all.Wait()
		require.InDelta(t, 600*time.Millisecond, took[2], near, "a third of the line for the short one")
		require.InDelta(t, 2200*time.Millisecond, took[0], near)
		require.InDelta(t, 2200*time.Millisecond, took[1], near)
	})
}

func TestAnIdleLineSavesNothingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		line := &Line{BytesPerSecond: 50_000}
		for range 2 {
			begin := time.Now()
			line.send(io.Discard, make([]byte, 50_000))
			require.InDelta(t, time.Second, time.Since(begin), near)
			time.Sleep(time.Hour)
		}
	})
}

func TestALineStopsSendingToThoseWhoLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		line := &Line{BytesPerSecond: 50_000}
		reader, writer := io.Pipe()
		reader.Close()
		begin := time.Now()
		sent, err := line.send(writer, make([]byte, 50_000))
		require.ErrorIs(t, err, io.ErrClosedPipe)
		require.Zero(t, sent)
		require.EqualValues(t, 500, line.Traffic().Bytes, "the piece that found nobody there")
		require.InDelta(t, 0, time.Since(begin), near)
	})
}

func TestRoundTrips(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		line := &Line{RTT: 100 * time.Millisecond, BytesPerSecond: 1}
		s := new(Server)
		s.SetLine(line, 1.5)
		connection := onConnection(t.Context(), nil)
		for _, request := range []struct {
			name string
			on   context.Context
			late time.Duration
		}{
			{"the first on a connection", connection, 600 * time.Millisecond},
			{"the second on it", connection, 150 * time.Millisecond},
			{"the third on it", connection, 150 * time.Millisecond},
			{"the first on another", onConnection(t.Context(), nil), 600 * time.Millisecond},
		} {
			begin := time.Now()
			served := false
			s.overLine(exchangeOn(request.on, s), func(*exchange) {
				served = true
				require.Equal(t, 1, line.Traffic().Pending)
			})
			require.True(t, served, request.name)
			require.Equal(t, request.late, time.Since(begin), request.name)
			require.Zero(t, line.Traffic().Pending)
		}
	})
}

func TestWhoLeavesDuringTheRoundTripsIsNotServed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		line := &Line{RTT: time.Hour, BytesPerSecond: 1}
		s := new(Server)
		s.SetLine(line, 1)
		ctx, leave := context.WithTimeout(t.Context(), time.Second)
		defer leave()
		begin := time.Now()
		s.overLine(exchangeOn(onConnection(ctx, nil), s), func(*exchange) { t.Error("was served") })
		require.Equal(t, time.Second, time.Since(begin))
		require.Zero(t, line.Traffic().Pending)
	})
}

func exchangeOn(ctx context.Context, s *Server) *exchange {
	return &exchange{server: s, r: httptest.NewRequestWithContext(ctx, http.MethodGet, "/a/river.json", nil)}
}

// Over real connections, which can only be said to be late enough.
func TestServersOverALine(t *testing.T) {
	line := &Line{RTT: 10 * time.Millisecond, BytesPerSecond: 1 << 20}
	for _, fault := range []Fault{Healthy, Altered, Cut} {
		s, c := startQuick(t), client(t)
		s.SetLine(line, 1)
		require.NoError(t, s.SetFault(fault))
		for _, trips := range []time.Duration{4, 1} {
			if fault == Cut {
				trips = 4 // it closes the connection
			}
			before, begin := line.Traffic().Bytes, time.Now()
			answer := get(t, c, s.URL()+"/a/river.json", time.Minute)
			require.NoError(t, answer.bodyErr)
			require.Greater(t, line.Traffic().Bytes-before, int64(len(answer.body)), fault)
			late := trips*line.RTT + time.Duration(len(answer.body))*time.Second>>20 - slack
			require.GreaterOrEqual(t, time.Since(begin), late, fault)
		}
	}
}
