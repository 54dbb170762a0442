package publish

import (
	"path"
	"strings"

	"byway/internal/weburl"
)

// splitAddress gives the origin and the unescaped path with its query of an address, "" for what is none of the web.
func splitAddress(s string) (origin, where string) {
	u, err := weburl.Parse(s)
	if err != nil || u.Host == "" {
		return "", ""
	}
	return u.Scheme + "://" + u.Host, unescape(u.Path) + u.Query
}

// unescape gives back what stands behind percent signs, as names of files have it.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			hi, lo := strings.IndexByte(hexDigits, s[i+1]|0x20), strings.IndexByte(hexDigits, s[i+2]|0x20)
			if hi >= 0 && lo >= 0 {
				b.WriteByte(byte(hi<<4 | lo))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

const hexDigits = "0123456789abcdef"

// relative is the way from a folder to a file, both as paths that begin with "/".
func relative(folder, file string) string {
	up := ""
	for folder = path.Clean(folder); folder != "/"; folder = path.Dir(folder) {
		if rest, inside := strings.CutPrefix(file, folder+"/"); inside {
			return up + rest
		}
		up += "../"
	}
	return up + strings.TrimPrefix(file, "/")
}

// folderOf is the folder of the site that an address leads to, "" with false where it is not under the base.
func folderOf(base, address string) (string, bool) {
	rest, under := strings.CutPrefix(address, base)
	rest = strings.TrimSuffix(strings.TrimSuffix(rest, "index.html"), "/")
	if !under || strings.Contains(rest, ".") || rest != "" && checkPath(rest+"/x") != nil {
		return "", false
	}
	return rest, true
}
