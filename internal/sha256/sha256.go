// Package sha256 is the SHA-256 of FIPS 180-4, for the browser.
//
// It is here for its weight alone. The standard library's crypto/sha256 links a validated module with AES, HMAC and a
// random generator: 41 kB of every page's download, for one hash. As soon as that module is linked for something else,
// this package has no reason left. Its tests hold it against crypto/sha256.
package sha256

import "math/bits"

// Size is the length of a hash in bytes.
const Size = 32

const block = 64

// Sum is the hash of data.
func Sum(data []byte) [Size]byte {
	// The first 32 bits of the fractional parts of the square roots of the first 8 primes (§5.3.3).
	h := [8]uint32{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}
	whole := len(data) / block * block
	for i := 0; i < whole; i += block {
		compress(&h, data[i:i+block])
	}
	var last [2 * block]byte
	n := copy(last[:], data[whole:])
	end := pad(&last, n, uint64(len(data)))
	for i := 0; i < end; i += block {
		compress(&h, last[i:i+block])
	}
	var sum [Size]byte
	for i, v := range h {
		put(sum[4*i:], v)
	}
	return sum
}

// pad ends the message in last, of which n bytes are filled: a bit of one, then zeros, then the length of the whole
// message in bits, so that it fills one block or two (§5.1.1). It gives how many bytes those are.
func pad(last *[2 * block]byte, n int, length uint64) int {
	last[n] = 0x80
	end := block
	if n+9 > block {
		end = 2 * block
	}
	put(last[end-8:], uint32(length>>29))
	put(last[end-4:], uint32(length<<3))
	return end
}

// compress takes one block into the hash (§6.2.2).
func compress(h *[8]uint32, p []byte) {
	var w [64]uint32
	for t := range 16 {
		w[t] = uint32(p[4*t])<<24 | uint32(p[4*t+1])<<16 | uint32(p[4*t+2])<<8 | uint32(p[4*t+3])
	}
	for t := 16; t < 64; t++ {
		s0 := bits.RotateLeft32(w[t-15], -7) ^ bits.RotateLeft32(w[t-15], -18) ^ w[t-15]>>3
		s1 := bits.RotateLeft32(w[t-2], -17) ^ bits.RotateLeft32(w[t-2], -19) ^ w[t-2]>>10
		w[t] = w[t-16] + s0 + w[t-7] + s1
	}
	a, b, c, d, e, f, g, i := h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7]
	for t := range 64 {
		s1 := bits.RotateLeft32(e, -6) ^ bits.RotateLeft32(e, -11) ^ bits.RotateLeft32(e, -25)
		s0 := bits.RotateLeft32(a, -2) ^ bits.RotateLeft32(a, -13) ^ bits.RotateLeft32(a, -22)
		t1 := i + s1 + (e&f ^ ^e&g) + k[t] + w[t]
		t2 := s0 + (a&b ^ a&c ^ b&c)
		a, b, c, d, e, f, g, i = t1+t2, a, b, c, d+t1, e, f, g
	}
	*h = [8]uint32{h[0] + a, h[1] + b, h[2] + c, h[3] + d, h[4] + e, h[5] + f, h[6] + g, h[7] + i}
}

func put(to []byte, v uint32) {
	to[0], to[1], to[2], to[3] = byte(v>>24), byte(v>>16), byte(v>>8), byte(v)
}

// k are the first 32 bits of the fractional parts of the cube roots of the first 64 primes (§4.2.2).
var k = [64]uint32{
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
}
