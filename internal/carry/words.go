package carry

import (
	"byway/internal/page"
)

// words are those of the one line that a file says of itself. {} stands for what is put in.
type words struct {
	language, dir string
	from          string // {}: a host
	signed        string // {}: a date
	unsigned      string
	check         string
}

var tables = []words{
	{"en", "ltr", "Saved from {}", "signed {}", "not signed", "can be checked with Byway"},
	{"ar", "rtl", "حُفظت من {}", "وُقّعت في {}", "غير موقّعة", "يمكن التحقق منها باستخدام Byway"},
	{"fa", "rtl", "ذخیره‌شده از {}", "امضاشده در {}", "بدون امضا", "با Byway می‌توان آن را بررسی کرد"},
}

// wordsFor gives those in which package page speaks where this language is asked for.
func wordsFor(language string) *words {
	language = page.Language(language)
	for i := range tables {
		if tables[i].language == language {
			return &tables[i]
		}
	}
	return &tables[0]
}
