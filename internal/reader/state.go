// Package reader is the use of everything else: it gets an article through the addresses, decides whether it may be
// shown, and says in one State what a page has to show.
package reader

import (
	"time"

	"byway/internal/article"
	"byway/internal/mirror"
	"byway/internal/trust"
)

// Phase is the state of the element, as its data-state attribute says it.
type Phase string

const (
	Loading Phase = "loading" // nothing to show yet
	Ready   Phase = "ready"   // the article is shown
	Stale   Phase = "stale"   // an article is shown, but the last attempt to get it again failed
	Blocked Phase = "blocked" // no address delivered the article
	Offline Phase = "offline" // the device has no network
	Refused Phase = "refused" // what is asked for, or what came, cannot be shown as an article
)

// Proof is how far the article is proven, as data-proof says it.
type Proof string

const (
	None   Proof = "none"   // whoever embeds the article vouches for the addresses
	Pinned Proof = "pinned" // the bytes have the hash given by integrity
	Signed Proof = "signed" // the publisher's signature was checked
)

// State is all that a page shows, at one moment. It is a copy: who receives one may keep it.
type State struct {
	Phase    Phase
	Article  *article.Article // the newest accepted one; nil if there is none. Never changed after it was accepted
	Warnings []article.Warning
	Source   string    // host that delivered Article, or FromShelf
	Fetched  time.Time // when it did
	Proof    Proof
	// Signature is what the publisher signed of Article, or of its withdrawal. Nil unless Proof is Signed.
	Signature *Signature
	Saved     bool // it is kept until somebody says otherwise
	// Shelf is what is kept in this browser, the one that was read last first, and ShelfSize how many bytes all of it
	// takes: as of the last time that anything came to it, or nothing came at all.
	Shelf     []Kept
	ShelfSize int64
	// Newer says that there is a revision that Reader.ShowNewer would show.
	Newer bool
	// Choice is the host chosen by hand, or "" for automatic.
	Choice string
	// Busy says that a request is under way, also while an earlier copy is shown.
	Busy      bool
	Addresses []Address // in the order in which the site lists them
	// Ignored says, for engineers, which of the configured addresses cannot be used and why.
	Ignored []string
	// Problem says why Phase is blocked, offline, refused or stale. Nil otherwise.
	Problem *Problem
	// Picture says what can be done about a picture of the article, in one of its sizes. Nil: it is loaded from its own
	// address.
	Picture func(article.Rendition) Picture
}

// Signature is what the publisher says of an article, by a signature that was checked.
type Signature struct {
	Site       string // host of the publisher
	Key        string // name of the key that signed
	Feed, Root int64  // versions
	Hash       string // of the article's bytes: SHA-256 in hexadecimal digits; "" for a withdrawn one
	Issued     time.Time
	// Expired says that there should be something newer by now: the copy is not confirmed since Issued.
	Expired bool
	Notice  *trust.Notice // a correction or a withdrawal; nil: none
}

// Address is one row of the switch.
type Address struct {
	Host    string
	URL     string         // of the article there, as JSON
	Page    string         // of the article there for people, where that is known
	Outcome mirror.Outcome // of the newest attempt; "" if it was not asked yet
	Status  int            // of the HTTP answer, 0 if there was none
	At      time.Time      // when that attempt ended
	Took    time.Duration
	// LastTime says that this attempt was for an article before.
	LastTime bool
}

// ProblemKind names what went wrong. Package page has words for each in every language.
type ProblemKind string

const (
	NoAddressAnswered ProblemKind = "no-address-answered" // all of them were asked, none delivered
	ChosenFailed      ProblemKind = "chosen-failed"       // the one that was chosen by hand did not deliver
	DeviceOffline     ProblemKind = "device-offline"
	NotAnArticle      ProblemKind = "not-an-article" // an address answered, with something that is no article
	NotFound          ProblemKind = "not-found"      // every address that answered says that it is not there
	NotTheSame        ProblemKind = "not-the-same"   // an address answered with bytes that integrity does not allow
	NotSigned         ProblemKind = "not-signed"     // an address answered with something that the publisher did not sign
	OnlyOlder         ProblemKind = "only-older"     // those that answered have older copies than were seen before
	WrongClock        ProblemKind = "wrong-clock"    // what is signed is from the future of this device
	WithdrawnArticle  ProblemKind = "withdrawn"      // the publisher took the article back
	BadConfiguration  ProblemKind = "bad-configuration"
	Broken            ProblemKind = "broken" // a fault of Byway itself
)

// Problem is why there is no article, or no newer one.
type Problem struct {
	Kind   ProblemKind
	Detail string // for engineers, in English: what exactly, and where. May be empty
}
