package page

import (
	"strconv"
	"strings"

	"byway/internal/article"
	"byway/internal/view"
)

// embed is a card with a link in place of something from another site: a frame would tell that site of the reader, and
// on a blocked line it would hang.
func (r *renderer) embed(b *article.Embed) view.Node {
	link := r.cardLink(b.URL, b.Name, r.words.OpenAt)
	if link == nil {
		return within("p", textOrNil(b.Fallback))
	}
	at, provider := hostOf(b.URL), b.Provider
	if provider == strings.TrimPrefix(at, "www.") { // one that has no other name
		provider = ""
	}
	return r.card(b.Thumbnail,
		view.El("p class=label", joined(" · ", nameOrNil(provider), host(at))),
		link,
		within("p dir=auto", wordsOrNil(b.Description)),
	)
}

// media is a card with a link in place of a recording.
func (r *renderer) media(b *article.Media) view.Node {
	kind, open := r.words.Video, r.words.WatchAt
	if b.Kind == "audio" {
		kind, open = r.words.Audio, r.words.ListenAt
	}
	link := r.cardLink(b.URL, b.Name, open)
	if link == nil {
		return within("p", textOrNil(b.Fallback))
	}
	return r.card(b.Thumbnail,
		view.El("p class=label", joined(" · ", r.own(words("span", kind)), nameOrNil(duration(b.Duration)), host(hostOf(b.URL)))),
		link,
		within("p class=figcaption", r.caption(b.Caption, b.CreditText)),
		r.transcript(b.Transcript),
	)
}

func (r *renderer) card(thumbnail *article.Image, content ...view.Node) view.Node {
	var picture view.Node
	if thumbnail != nil {
		seen := r.see(thumbnail)
		picture = within("div class=thumbnail", joined("", r.picture(thumbnail, seen, &inCard, "", ""), r.unsigned(seen)))
	}
	return view.El("div class=card", picture, view.El("div", content...))
}

// cardLink links to what a card stands for, by its name or, without one, in words.
func (r *renderer) cardLink(address, title, open string) view.Node {
	u := view.LinkURL(address)
	if u.IsZero() {
		return nil
	}
	if !blank(title) {
		return view.El("p class=title", link(u, name(title), nil))
	}
	return r.own(view.El("p class=title", link(u, phrase(open, host(hostOf(address))), nil)))
}

func (r *renderer) transcript(in article.Inline) view.Node {
	text := flowingOrNil(in)
	if text == nil {
		return nil
	}
	return view.El("details class=transcript", r.own(words("summary", r.words.Transcript)), view.El("p dir=auto", text))
}

// duration writes an ISO 8601 duration of hours, minutes and seconds as a clock does, "1:02:03". Any other is left out.
func duration(iso string) string {
	rest, ok := strings.CutPrefix(iso, "PT")
	total := 0
	for _, unit := range "HMS" {
		total *= 60
		number, after, found := strings.Cut(rest, string(unit))
		if !found {
			continue
		}
		n, err := strconv.ParseUint(number, 10, 16)
		if err != nil {
			return ""
		}
		total, rest = total+int(n), after
	}
	if !ok || rest != "" || total == 0 {
		return ""
	}
	if total < 3600 {
		return strconv.Itoa(total/60) + twoDigits(total%60)
	}
	return strconv.Itoa(total/3600) + twoDigits(total/60%60) + twoDigits(total%60)
}

func twoDigits(n int) string { return ":" + strconv.Itoa(100 + n)[1:] }
