package survey

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"byway/internal/trust"
)

// look makes the checks that need to know what the other addresses hold.
func (v *visit) look(ctx context.Context) {
	if v.quickest > 0 {
		v.judgeRoot(ctx)
		v.judgeFeed(ctx)
		v.lookAtArticles(ctx)
		v.lookAtElement(ctx)
	}
	v.sum(ctx)
}

// nearEnd is when a certificate should have been renewed by itself.
const nearEnd = 14 * 24 * time.Hour

// sum says what there is to say of all answers together.
func (v *visit) sum(ctx context.Context) {
	v.lookAtCertificate(ctx)
	if v.quickest > 0 {
		v.pass(ctx, Reachable, fmt.Sprintf("answers within %d ms", (v.quickest+time.Millisecond-1).Milliseconds()))
	}
	if v.silences >= maxSilences {
		v.find(finding{Reachable, Broken, fmt.Sprintf("given up after %d requests without a whole answer", maxSilences), adviceLate}, "")
	}
	v.sumCompression()
	if v.asked == 0 {
		return
	}
	files := fmt.Sprintf("%d files", v.asked)
	for _, check := range []string{Redirects, CORS, Types, Caching} {
		v.pass(ctx, check, files)
	}
	v.pass(ctx, Compression, "of what is worth it")
}

func (v *visit) lookAtCertificate(ctx context.Context) {
	switch left := v.expires.Sub(v.Now); {
	case v.expires.IsZero() && strings.HasPrefix(v.base, "http:"):
		v.skip(TLS, "http, which readers take on this device alone")
	case v.expires.IsZero():
	case left < nearEnd:
		v.find(finding{TLS, Warn, "the certificate expires in " + span(left), adviceExpired}, "")
	default:
		v.pass(ctx, TLS, "until "+day(v.expires))
	}
}

// sumCompression puts all files into one sentence.
func (v *visit) sumCompression() {
	var lost int64
	for _, n := range v.wasted {
		lost += n
	}
	f := finding{Compression, Warn, fmt.Sprintf("came uncompressed, %s in all for nothing", size(lost)),
		"Switch on br or gzip for these types, or have the host send the .br and .gz that lie beside the element's files."}
	for path := range v.wasted {
		v.find(f, path)
	}
}

// conclude passes a check of several files, unless some of them did not arrive.
func (v *visit) conclude(ctx context.Context, check, detail string) {
	if n := v.absent[check]; n > 0 {
		v.skip(check, fmt.Sprintf("%d did not arrive", n))
		return
	}
	v.pass(ctx, check, detail)
}

// beside does the same n times, as many at once as may be asked for.
func beside(ctx context.Context, parallel, n int, do func(i int)) {
	var all sync.WaitGroup
	for part := range min(parallel, n) {
		all.Go(func() {
			for i := part; i < n && ctx.Err() == nil; i += parallel {
				do(i)
			}
		})
	}
	all.Wait()
}

// draw is what decides which items are drawn: the version of the feed and the day, so that in time every one is looked
// at, and an address that knows the version of a feed that lasts does not know which ones for as long.
func (v *visit) draw(feed trust.Feed) string {
	return fmt.Sprintf("%d %s", feed.Version, day(v.Now))
}

// drawn are n of some items, the same ones for the same draw.
func drawn[T any](draw string, items []T, n int, name func(T) string) []T {
	order := func(item T) string { return lot(draw, name(item)) }
	items = slices.Clone(items)
	slices.SortFunc(items, func(a, b T) int { return strings.Compare(order(a), order(b)) })
	return items[:min(n, len(items))]
}
