package page

import (
	"cmp"
	"net/url"

	"byway/internal/article"
	"byway/internal/reader"
	"byway/internal/view"
)

// foot is what can be done with an article and where else to go.
func (r *renderer) foot(a *article.Article) view.Node {
	sections := []view.Node{
		r.share(a),
		r.translations(a),
		r.alternates(a),
		r.channels(a),
		r.related(a),
	}
	return within(view.Footer, joined("", sections...), view.Class("foot"))
}

// section is a list with a heading, or nothing for an empty list.
func (r *renderer) section(class string, heading view.Node, items []view.Part) view.Node {
	if len(items) == 0 {
		return nil
	}
	return view.El(view.Section, view.Class(class),
		view.El(r.heading(1), heading),
		view.El(view.Ul, append([]view.Part{view.Class("links")}, items...)...))
}

// ShareAddress is what to share of an article: what its publisher asks for, its canonical address, or the address that
// it was read from. It is empty if there is no article or no safe address.
func ShareAddress(s reader.State) string {
	if s.Article == nil {
		return ""
	}
	var candidates []string
	if s.Article.Share != nil {
		candidates = append(candidates, s.Article.Share.URL)
	}
	candidates = append(candidates, s.Article.URL)
	for _, a := range s.Addresses {
		if a.Host == s.Source {
			candidates = append(candidates, cmp.Or(a.Page, a.URL))
		}
	}
	for _, c := range candidates {
		if u, err := view.LinkURL(c); err == nil {
			return u.String()
		}
	}
	return ""
}

func (r *renderer) share(a *article.Article) view.Node {
	address := ShareAddress(r.state)
	if address == "" || !r.shows(controlShare) {
		return nil
	}
	words := r.words.CopyLink
	if r.options.Sharing == ShareBySystem {
		words = r.words.Share
	}
	return view.El(view.Div, view.ShadowPart("share"), view.Class("share"),
		button("share", address, words),
		view.El(view.Span, view.Role("status"), r.shared()),
		r.selectable(address))
}

func (r *renderer) shared() view.Node {
	switch r.options.Sharing {
	case ShareCopied:
		return view.Text(r.words.Copied)
	case ShareSelect:
		return view.Text(r.words.SelectLink)
	}
	return nil
}

// selectable is the last resort of sharing.
func (r *renderer) selectable(address string) view.Node {
	if r.options.Sharing != ShareSelect {
		return nil
	}
	return view.El(view.Input, view.Type("text"), view.ReadOnly(true), view.Dir("ltr"), view.Value(address),
		view.Aria("label", r.words.SelectLink))
}

func (r *renderer) translations(a *article.Article) view.Node {
	if !r.shows(controlAlternates) {
		return nil
	}
	var items []view.Part
	for _, t := range a.WorkTranslation {
		if _, err := view.LinkURL(t.URL); err == nil {
			title := view.El(view.Bdi, view.Lang(t.InLanguage), view.Text(cmp.Or(t.Headline, t.InLanguage, hostOf(t.URL))))
			items = append(items, view.El(view.Li, contentLink(t.URL, title, view.Attr{})))
		}
	}
	return r.section("translations", view.Text(r.words.Translations), items)
}

// alternates lists where else the article can be read: its original page, its own alternates and, of the addresses that
// the site configured, those whose host is not among them.
func (r *renderer) alternates(a *article.Article) view.Node {
	if !r.shows(controlAlternates) {
		return nil
	}
	list := append([]article.Alternate{{URL: a.URL, Name: r.words.Original}}, a.Alternates...)
	hosts := map[string]bool{}
	for _, alt := range list {
		hosts[hostOf(alt.URL)] = true
	}
	for _, s := range r.state.Addresses {
		if !hosts[s.Host] {
			list = append(list, article.Alternate{URL: cmp.Or(s.Page, s.URL)})
		}
	}
	return r.section("alternates", view.Text(r.words.AlsoAt), r.alternateItems(list))
}

func (r *renderer) alternateItems(list []article.Alternate) []view.Part {
	seen := map[string]bool{}
	var items []view.Part
	for _, alt := range list {
		if u, err := view.ChannelURL(alt.URL); err == nil && !seen[u.String()] {
			seen[u.String()] = true
			items = append(items, r.alternate(alt, u))
		}
	}
	return items
}

func (r *renderer) alternate(alt article.Alternate, u view.URL) view.Node {
	var hint view.Node
	if alt.Type == "onion" {
		hint = view.Text(r.words.OnionHint)
	}
	where := host(hostOf(alt.URL))
	title := nameOrNil(alt.Name)
	if title == nil {
		title, where = where, nil
	}
	return view.El(view.Li, joined(" · ", channelLink(u, title), where, hint))
}

func (r *renderer) channels(a *article.Article) view.Node {
	if !r.shows(controlChannels) {
		return nil
	}
	var items []view.Part
	for _, c := range a.Channels {
		u, err := view.ChannelURL(c.URL)
		if err != nil {
			continue
		}
		title := orElse(nameOrNil(c.Name), host(hostOf(c.URL)))
		items = append(items, view.El(view.Li, joined(" · ", channelLink(u, title), nameOrNil(c.Description))))
	}
	heading := view.Text(r.words.FollowPublisher)
	if a.Publisher != nil && a.Publisher.Name != "" {
		heading = phrase(r.words.Follow, name(a.Publisher.Name))
	}
	return r.section("channels", heading, items)
}

func channelLink(u view.URL, content view.Node) view.Node {
	return view.El(view.A, view.Href(u), view.Rel(contentRel), view.ReferrerPolicy(noReferrer), content)
}

func (r *renderer) related(a *article.Article) view.Node {
	if !r.shows(controlRelated) {
		return nil
	}
	return r.section("related", view.Text(r.words.Related), r.relatedItems(a.Related))
}

func (r *renderer) relatedItems(list []article.Related) []view.Part {
	var items []view.Part
	for _, it := range list {
		if _, err := view.LinkURL(it.URL); err != nil {
			continue
		}
		title := r.inText(cmp.Or(it.Headline, hostOf(it.URL)))
		items = append(items, view.El(view.Li, joined(" · ", contentLink(it.URL, title, view.Attr{}), r.date(it.DatePublished))))
	}
	return items
}

// legal is the line of rights and origin under the text.
func (r *renderer) legal(a *article.Article) view.Node {
	line := []view.Node{nameOrNil(a.CopyrightNotice)}
	if p := a.Publisher; p != nil && p.Name != "" {
		line = append(line, phrase(r.words.PublishedBy, ownLink(p.URL, name(p.Name))))
	}
	if b := a.IsBasedOn; b != nil && b.Name != "" {
		line = append(line, phrase(r.words.BasedOn, namedLink(b.URL, b.Name)))
	}
	if _, err := view.LinkURL(a.License); err == nil {
		line = append(line, ownLink(a.License, view.Text(r.words.Licence)))
	}
	content := joined(" · ", line...)
	if content == nil {
		return nil
	}
	return view.El(view.Footer, view.Class("legal"), r.own(view.P, content))
}

// hostOf is the host of an address on the web, and the scheme of any other.
func hostOf(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return address
	case u.Scheme == "https" || u.Scheme == "http":
		return u.Host
	}
	return u.Scheme
}
