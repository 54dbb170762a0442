package page

import (
	"strings"

	"byway/internal/reader"
)

// The voice. Say what happened in words that a hurried reader knows, then what to do. Claim only what a page in a
// browser can know: an address "did not answer", never "is censored" or "is down". Name the address, not the machinery:
// no fetch, no server, no JSON. No blame, no exclamation marks, no apology. Sentences end with a full stop, labels and
// what follows a "·" do not.

// Words are the words of the interface in one language. {} stands for what is put in: a host, a date, a name.
type Words struct {
	Language      string // BCP 47
	Dir           string
	ListSeparator string
	Months        [12]string // as in a full date
	Digits        string     // the ten digits, from zero
	Seconds       string     // {}: a number

	Sections     string // names the breadcrumb
	Published    string // {}: a date
	Updated      string // {}: a date
	Newer        string
	NotFree      string
	NoText       string
	Partial      string
	ReadOriginal string // {}: a link

	From            string // {}: a host
	Kept            string
	KeptHere        string // after SignedBy
	FromFile        string
	Proof           phrasings // by reader.Proof
	SignedBy        string    // {}: a host
	FromThere       string    // {}: a host, after SignedBy
	SignedAs        string    // {}: a host
	SignedMeans     string    // {}: a host
	Signature       string
	SignatureKey    string
	FeedVersion     string // {}: a number
	RootVersion     string // {}: a number
	ArticleHash     string
	Unconfirmed     string // {}: a date
	NewerThere      string
	ShowNewer       string
	Withdrawn       string // with the text of the publisher behind it, if there is one
	Change          string
	More            string
	Switch          string
	Automatic       string
	AutomaticHint   string
	NotAsked        string
	Outcomes        phrasings // by mirror.Outcome
	AnsweredHalf    string    // for an address that stopped in the middle
	LastTime        string    // {}: one of Outcomes, of an article before
	OnlyChosen      string    // {}: a host
	BackToAutomatic string
	TryAgain        string
	Looking         string
	LookingAgain    string
	StillTrying     string // after a ProblemWords
	StillShown      string // after a ProblemWords.What
	Detail          string

	FileTrust    string // after FileUnsigned and FileClaimed
	FileUnsigned string
	FileClaimed  string
	FileOlder    string
	FilePictures string // {}: a number
	AwayKept     string
	AwayFile     string
	Back         string
	Close        string

	Problems []ProblemWords // by reader.ProblemKind, and by FileProblem

	ShowPicture string
	Unsigned    string // of a picture
	Table       string
	Video       string
	Audio       string
	WatchAt     string // {}: a host
	ListenAt    string // {}: a host
	OpenAt      string // {}: a host
	Transcript  string
	Notes       phrasings // by role; a role without words has no label

	Share           string
	CopyLink        string
	Copied          string
	SelectLink      string
	Translations    string
	AlsoAt          string
	Original        string
	OnionHint       string
	Follow          string // {}: a publisher
	FollowPublisher string
	Related         string
	PublishedBy     string // {}: a publisher
	BasedOn         string // {}: a link
	Licence         string

	Save         string
	Saving       string
	Saved        string
	SaveFailed   string
	Unsave       string
	SaveFile     string
	Filing       string
	FilingFailed string
	Shelf        string
	Megabytes    string // {}: a number
	KeptBelow    string // after a ProblemWords
	Search       string
	NothingKept  string
	NothingFound string
	ReadAgo      string // {}: how long ago
	IsSaved      string
	Remove       string
	OpenFile     string
	Clear        string
	ClearMeans   string
	Cleared      string
	ClearFailed  string
}

// phrasings are the words for values that have names elsewhere. A list is data; a map would be code that fills it.
type phrasings []struct{ Of, Words string }

// of gives the words for one value, or "".
func (p phrasings) of(name string) string {
	for i := range p {
		if p[i].Of == name {
			return p[i].Words
		}
	}
	return ""
}

// ProblemWords are what happened and what to do about it.
type ProblemWords struct{ Of, What, Advice string }

func (w *Words) problem(kind reader.ProblemKind) *ProblemWords {
	for i := range w.Problems {
		if w.Problems[i].Of == string(kind) {
			return &w.Problems[i]
		}
	}
	return &ProblemWords{}
}

var tables = []*Words{&english, &arabic, &persian}

// wordsFor gives the table of a language by its first subtag, or the English one.
func wordsFor(language string) *Words {
	primary, _, _ := strings.Cut(strings.ReplaceAll(language, "_", "-"), "-")
	for _, w := range tables {
		if strings.EqualFold(w.Language, primary) {
			return w
		}
	}
	return &english
}

// Language is the language in which the interface speaks where this one is asked for.
func Language(language string) string { return wordsFor(language).Language }
