package sha256_test

import (
	"bytes"
	standard "crypto/sha256"
	"math/rand/v2"
	"testing"

	"byway/internal/sha256"

	"github.com/stretchr/testify/require"
)

// Every length up to four blocks meets every case of the padding.
func TestItIsTheStandardLibrarys(t *testing.T) {
	random := rand.NewChaCha8([32]byte{1})
	for n := range 4*64 + 2 {
		data := make([]byte, n)
		_, _ = random.Read(data)
		require.Equal(t, standard.Sum256(data), sha256.Sum(data), "%d bytes", n)
	}
	million := bytes.Repeat([]byte("a"), 1_000_000) // the long vector of FIPS 180-4's examples
	require.Equal(t, standard.Sum256(million), sha256.Sum(million))
}

func FuzzSum(f *testing.F) {
	f.Add([]byte("abc"))
	f.Fuzz(func(t *testing.T, data []byte) {
		require.Equal(t, standard.Sum256(data), sha256.Sum(data))
	})
}

// BenchmarkSum sets it beside the standard library's: the ratio is what the weight saved costs in time.
func BenchmarkSum(b *testing.B) {
	data := make([]byte, 64<<10)
	b.Run("ours", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			sha256.Sum(data)
		}
	})
	b.Run("standard", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			standard.Sum256(data)
		}
	})
}
