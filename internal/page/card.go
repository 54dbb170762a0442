package page

import (
	"fmt"
	"strconv"
	"strings"

	"byway/internal/article"
	"byway/internal/view"
)

// embed is a card with a link in place of something from another site: a frame would tell that site of the reader, and
// on a blocked line it would hang.
func (r *renderer) embed(b article.Embed) view.Node {
	link := r.cardLink(b.URL, b.Name, r.words.OpenAt)
	if link == nil {
		return within(view.P, textOrNil(b.Fallback), spoken(b)...)
	}
	source := joined(" · ", nameOrNil(b.Provider), host(hostOf(b.URL)))
	return r.card(spoken(b), b.Thumbnail,
		view.El(view.P, view.Class("label"), source),
		link,
		within(view.P, wordsOrNil(b.Description), view.Dir("auto")),
	)
}

// media is a card with a link in place of a recording.
func (r *renderer) media(b article.Media) view.Node {
	kind, open := r.words.Video, r.words.WatchAt
	if b.Kind == "audio" {
		kind, open = r.words.Audio, r.words.ListenAt
	}
	link := r.cardLink(b.URL, b.Name, open)
	if link == nil {
		return within(view.P, textOrNil(b.Fallback), spoken(b)...)
	}
	label := joined(" · ", r.own(view.Span, view.Text(kind)), nameOrNil(duration(b.Duration)), host(hostOf(b.URL)))
	return r.card(spoken(b), b.Thumbnail,
		view.El(view.P, view.Class("label"), label),
		link,
		within(view.P, r.caption(b.Caption, b.CreditText), view.Class("figcaption")),
		r.transcript(b.Transcript),
	)
}

func (r *renderer) card(attrs []view.Attr, thumbnail *article.Image, content ...view.Node) view.Node {
	attrs = append(attrs, view.Class("card"))
	return view.El(view.Div, append(parts(attrs), r.thumbnail(thumbnail), view.El(view.Div, view.Group(content...)))...)
}

func (r *renderer) thumbnail(im *article.Image) view.Node {
	if im == nil {
		return nil
	}
	return within(view.Div, r.picture(*im, inCard, ""), view.Class("thumbnail"))
}

// cardLink links to what a card stands for, by its name or, without one, in words.
func (r *renderer) cardLink(address, title, open string) view.Node {
	if _, err := view.LinkURL(address); err != nil {
		return nil
	}
	if wordsOrNil(title) != nil {
		return view.El(view.P, view.Class("title"), namedLink(address, title))
	}
	return r.own(view.P, view.Class("title"), contentLink(address, phrase(open, host(hostOf(address))), view.Attr{}))
}

func (r *renderer) transcript(in article.Inline) view.Node {
	text := flowingOrNil(in)
	if text == nil {
		return nil
	}
	return view.El(view.Details, view.Class("transcript"),
		r.own(view.Summary, view.Text(r.words.Transcript)),
		view.El(view.P, view.Dir("auto"), text))
}

// duration writes an ISO 8601 duration of hours, minutes and seconds as a clock does, "1:02:03". Any other is left out.
func duration(iso string) string {
	rest, ok := strings.CutPrefix(iso, "PT")
	if !ok {
		return ""
	}
	var hms [3]int
	for i, unit := range []string{"H", "M", "S"} {
		number, after, found := strings.Cut(rest, unit)
		if !found {
			continue
		}
		n, err := strconv.ParseUint(number, 10, 16)
		if err != nil {
			return ""
		}
		hms[i], rest = int(n), after
	}
	total := hms[0]*3600 + hms[1]*60 + hms[2]
	if rest != "" || total == 0 {
		return ""
	}
	if total < 3600 {
		return fmt.Sprintf("%d:%02d", total/60, total%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", total/3600, total/60%60, total%60)
}
