package publish

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"byway/internal/trust"
)

// maxReason is how long a reason may be, in bytes: every reader of the site loads it.
const maxReason = 300

// Withdrawal takes an article back, or what was said of it.
type Withdrawal struct {
	Site    string
	Keys    []Signer // hold a feed key of the root
	Article string   // its path; "a/" before it and ".json" behind it are no part of it
	Reason  string   // for readers; "": none, or as before
	Undo    bool     // the next run of Run publishes the article again, if its file is in the source
	DryRun  bool
	Now     time.Time

	step func() // before each step that changes the site, for tests
}

// Withdraw puts the notice in the feed that an article was withdrawn, and takes its files out of the site: its page, all
// revisions of it, and their pictures, as far as nothing else shows them. Runs after it keep the notice. The feed is good
// for as long as the last one was. An article that was withdrawn already is no error; the report warns of it.
func Withdraw(ctx context.Context, w Withdrawal) (Report, error) {
	err := noKeys(w.Site)
	var p *publisher
	if err == nil {
		p, err = open(Options{Site: w.Site, Keys: w.Keys, DryRun: w.DryRun, Now: w.Now, step: w.step})
	}
	if err == nil {
		err = errors.Join(p.withdraw(ctx, w), p.close())
	}
	if err != nil {
		return Report{}, fmt.Errorf("withdraw: %w", err)
	}
	return p.report, nil
}

func (p *publisher) withdraw(ctx context.Context, w Withdrawal) error {
	all, err := p.published()
	if err == nil {
		p.Life = p.feed.Expires.Sub(p.feed.Issued)
		err = p.readLedgerOf(all)
	}
	if err == nil {
		err = p.change(all, w)
	}
	if err != nil {
		return err
	}
	p.new.Rules, p.new.Pictures = p.old.Rules, p.old.Pictures
	p.new.Articles = maps.Clone(p.old.Articles)
	maps.DeleteFunc(p.new.Articles, func(path string, _ *entry) bool { return p.withdrawal(path) != nil })
	p.report.Articles = len(p.new.Articles)
	for _, step := range []func() error{
		p.putStyle,
		func() error { return p.collections(ctx) },
		func() error { return p.signFeed(ctx) },
		func() error { return p.finish(ctx) },
	} {
		if err == nil {
			err = step()
		}
	}
	return err
}

// published are all articles of the feed that is there.
func (s *standing) published() (trust.Items, error) {
	if s.feed.Version == 0 {
		return nil, errNotPublished
	}
	all := slices.Clone(s.feed.Items)
	for _, shard := range s.feed.Shards {
		name := trust.BlobPath(shard.Blob, "")
		body, err := s.to.read(name)
		var items trust.Items
		if err == nil {
			items, err = shard.Open(body)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w: copy it back from one of your addresses", name, err)
		}
		all = append(all, items...)
	}
	return all, nil
}

var errNotPublished = errors.New(`nothing is published there: give the folder that "byway publish -o" wrote`)

// readWithdrawn gives the notices that the next feed has to repeat.
func (s *standing) readWithdrawn() (trust.Items, error) {
	all, err := s.published()
	if err == errNotPublished {
		return nil, nil
	}
	return slices.DeleteFunc(all, func(i trust.Item) bool { return !isWithdrawal(i) }), err
}

func isWithdrawal(i trust.Item) bool { return i.Notice != nil && i.Notice.Kind == trust.Withdrawn }

// withdrawal gives the notice of an article, nil where it was not withdrawn.
func (p *publisher) withdrawal(path string) *trust.Notice {
	i, _ := p.withdrawn.Find(path)
	return i.Notice
}

// isWithdrawn warns of a file whose article was withdrawn.
func (p *publisher) isWithdrawn(file string) bool {
	notice := p.withdrawal(pathOf(file))
	if notice != nil {
		p.report.Warnings = append(p.report.Warnings, fmt.Sprintf(`%s: withdrawn on %s, so it is not published: remove the file, or "byway withdraw -undo"`,
			file, notice.At.Format(time.DateOnly)))
	}
	return notice != nil
}

// readLedgerOf reads the ledger if it is of the feed that is there. By an older one, articles would go back to what they
// were.
func (p *publisher) readLedgerOf(all trust.Items) error {
	var err error
	if p.old, err = readLedger(p.Site); err != nil {
		return err
	}
	known := 0
	for _, i := range all {
		e := p.old.Articles[i.Path]
		if e != nil {
			known++
		}
		if !isWithdrawal(i) && (e == nil || e.Hash != fmt.Sprintf("%x", i.Hash)) {
			return errLedger
		}
	}
	if known < len(p.old.Articles) {
		return errLedger
	}
	return nil
}

var errLedger = errors.New("the last run did not end, or its ledger was lost: publish once, and then withdraw")

// change puts the notice among those of the next feed, or takes it away.
func (p *publisher) change(all trust.Items, w Withdrawal) error {
	path := articlePath(w.Article)
	reason := strings.Join(strings.Fields(w.Reason), " ")
	if len(reason) > maxReason {
		return fmt.Errorf("the reason has %d bytes, and %d is the most: shorten it", len(reason), maxReason)
	}
	if _, known := all.Find(path); !known {
		return unknownArticle(path, all)
	}
	old := p.withdrawal(path)
	if w.Undo {
		if old == nil {
			return fmt.Errorf("%s was not withdrawn: there is nothing to undo", path)
		}
		p.withdrawn = slices.DeleteFunc(p.withdrawn, func(i trust.Item) bool { return i.Path == path })
		return nil
	}
	if old == nil {
		p.withdrawn = append(p.withdrawn, trust.Item{Path: path, Notice: &trust.Notice{Kind: trust.Withdrawn, Text: reason, At: w.Now}})
		return nil
	}
	p.report.Warnings = append(p.report.Warnings, fmt.Sprintf("%s was withdrawn already, on %s", path, old.At.Format(time.DateOnly)))
	if reason != "" {
		old.Text = reason
	}
	return nil
}
