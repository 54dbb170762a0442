package blockade

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Fault is the name of a way to misbehave.
type Fault string

const (
	Healthy            Fault = "healthy"
	Refused            Fault = "refused"
	ResetBefore        Fault = "reset-before"
	ResetAfter         Fault = "reset-after"
	Silent             Fault = "silent"
	HeadersThenSilence Fault = "headers-then-silence"
	SilenceAfter8K     Fault = "silence-after-8k"
	SilenceAfter16K    Fault = "silence-after-16k"
	Trickle            Fault = "trickle"
	Throttled          Fault = "throttled"
	Slow               Fault = "slow"
	Block200           Fault = "block-200"
	Block200NoCORS     Fault = "block-200-no-cors"
	Block403           Fault = "block-403"
	Block403NoCORS     Fault = "block-403-no-cors"
	Block451           Fault = "block-451"
	Block451NoCORS     Fault = "block-451-no-cors"
	Redirect           Fault = "redirect"
	NotFound           Fault = "404"
	Unavailable        Fault = "503"
	Cut                Fault = "cut"
	CutLength          Fault = "cut-length"
	Altered            Fault = "altered"
	Older              Fault = "older"
	Another            Fault = "another"
	Stripped           Fault = "stripped"
	FalseRoot          Fault = "false-root"
	Empty              Fault = "empty"
	TooLarge           Fault = "too-large"
	GzipBomb           Fault = "gzip-bomb"
	Endless            Fault = "endless"
	NoCORS             Fault = "no-cors"
	DropTenth          Fault = "drop-tenth"
)

// catalogue is every fault: its name, what it does to the one who asks, and how.
var catalogue = []struct {
	fault Fault
	does  string
	serve func(*exchange)
}{
	{Healthy, "answers as it should", (*exchange).healthy},
	{Refused, "resets every connection as soon as it is made", (*exchange).reset},
	{ResetBefore, "resets the connection when the first byte of the request comes", (*exchange).reset},
	{ResetAfter, "reads the request and resets the connection", (*exchange).reset},
	{Silent, "takes the request and never answers", (*exchange).hang},
	{HeadersThenSilence, "sends the headers and then nothing", silenceAfter(0)},
	{SilenceAfter8K, "sends 8 KB and then nothing; what is shorter arrives", silenceAfter(8 << 10)},
	{SilenceAfter16K, "sends 16 KB and then nothing; what is shorter arrives", silenceAfter(16 << 10)},
	{Trickle, "sends 10 bytes a second", paced(1)},
	{Throttled, "sends 128 kilobits a second", paced(1600)},
	{Slow, "answers a second late", (*exchange).slow},
	{Block200, "sends a block page with status 200 that every page may read", blockPage(http.StatusOK, readable)},
	{Block200NoCORS, "sends a block page with status 200 that no other page may read", blockPage(http.StatusOK, unreadable)},
	{Block403, "sends a block page with status 403 that every page may read", blockPage(http.StatusForbidden, readable)},
	{Block403NoCORS, "sends a block page with status 403 that no other page may read", blockPage(http.StatusForbidden, unreadable)},
	{Block451, "sends a block page with status 451 that every page may read", blockPage(http.StatusUnavailableForLegalReasons, readable)},
	{Block451NoCORS, "sends a block page with status 451 that no other page may read", blockPage(http.StatusUnavailableForLegalReasons, unreadable)},
	{Redirect, "redirects to a block page", (*exchange).redirect},
	{NotFound, "says that nothing is there", status(http.StatusNotFound)},
	{Unavailable, "says that it is overloaded", status(http.StatusServiceUnavailable)},
	{Cut, "sends half, without a length, and ends as if that were all", (*exchange).cut},
	{CutLength, "gives half of the length, so that only half is read", (*exchange).cutLength},
	{Altered, "sends the article with a word slipped in, and pictures and signed lists changed too", (*exchange).altered},
	{Older, "sends the article as it was a day earlier", (*exchange).older},
	{Another, "sends another article", (*exchange).another},
	{Stripped, "takes the signatures off signed lists", note(strip)},
	{FalseRoot, "sends a list that a stranger signed, which claims newer keys that are not there", note(mislead)},
	{Empty, "sends an answer without content", (*exchange).empty},
	{TooLarge, "puts 3 MB of blanks before the article", (*exchange).tooLarge},
	{GzipBomb, "sends 64 KB that unpack to 64 MB", (*exchange).gzipBomb},
	{Endless, "sends the article and then blanks without end", (*exchange).endless},
	{NoCORS, "answers as it should, but lets no other page read it", (*exchange).noCORS},
	{DropTenth, "resets every tenth connection when the first byte of a request comes", (*exchange).healthy},
}

// Faults lists every fault, Healthy first.
func Faults() []Fault {
	var all []Fault
	for _, entry := range catalogue {
		all = append(all, entry.fault)
	}
	return all
}

// ParseFault finds a fault by its name.
func ParseFault(name string) (Fault, error) {
	if all := Faults(); !slices.Contains(all, Fault(name)) {
		return "", fmt.Errorf("fault: %q is unknown: use one of %s", name, strings.Trim(fmt.Sprint(all), "[]"))
	}
	return Fault(name), nil
}

// Description says what the server does, in English: "It " and this make a sentence. Unknown faults have none.
func (f Fault) Description() string {
	if i := f.index(); i >= 0 {
		return catalogue[i].does
	}
	return ""
}

func (f Fault) index() int { return slices.Index(Faults(), f) }
