package carry

// alphabet is that of base64, RFC 4648 §4. Package encoding/base64 weighs 3 kB more.
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// encode64 writes bytes with their padding.
func encode64(data []byte) string {
	out := make([]byte, 0, (len(data)+2)/3*4)
	for ; len(data) >= 3; data = data[3:] {
		out = appendSextets(out, data[0], data[1], data[2])
	}
	switch len(data) {
	case 1:
		out = append(appendSextets(out, data[0], 0, 0)[:len(out)+2], "=="...)
	case 2:
		out = append(appendSextets(out, data[0], data[1], 0)[:len(out)+3], '=')
	}
	return string(out)
}

func appendSextets(out []byte, a, b, c byte) []byte {
	n := int(a)<<16 | int(b)<<8 | int(c)
	return append(out, alphabet[n>>18], alphabet[n>>12&63], alphabet[n>>6&63], alphabet[n&63])
}

// decode64 reads what encode64 wrote, and more than that: who compares what is written again needs no stricter one. It
// gives nil for nothing.
func decode64(s []byte) (out []byte, ok bool) {
	if len(s) == 0 {
		return nil, true
	}
	for n := 0; n < 2 && len(s) > 0 && s[len(s)-1] == '='; n++ {
		s = s[:len(s)-1]
	}
	out = make([]byte, 0, len(s)/4*3+3)
	var have, bits uint
	for _, c := range s {
		n := sextet(c)
		if n > 63 {
			return nil, false
		}
		have = have<<6 | n
		if bits += 6; bits >= 8 {
			bits -= 8
			out = append(out, byte(have>>bits))
		}
	}
	return out, true
}

// sextet is the number of a digit; more than 63 for what is none.
func sextet(c byte) uint {
	switch {
	case 'A' <= c && c <= 'Z':
		return uint(c - 'A')
	case 'a' <= c && c <= 'z':
		return uint(c-'a') + 26
	case '0' <= c && c <= '9':
		return uint(c-'0') + 52
	case c == '+':
		return 62
	case c == '/':
		return 63
	}
	return 64
}
