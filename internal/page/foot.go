package page

import (
	"cmp"

	"byway/internal/article"
	"byway/internal/reader"
	"byway/internal/view"
	"byway/internal/weburl"
)

// foot is what can be done with an article and where else to go.
func (r *renderer) foot(a *article.Article) view.Node {
	return within("footer class=foot", view.Group(
		r.keep(),
		r.share(),
		r.shelf(),
		r.translations(a.WorkTranslation),
		r.alternates(a),
		r.channels(a),
		r.related(a.Related),
	))
}

// section is a list with a heading, or nothing for an empty list.
func (r *renderer) section(class string, heading, items view.Node) view.Node {
	if items == nil {
		return nil
	}
	return view.El("section", view.Class(class), view.El(r.heading(1), heading), view.El("ul class=links", items))
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
	for i := range s.Addresses {
		if a := &s.Addresses[i]; a.Host == s.Source {
			candidates = append(candidates, cmp.Or(a.Page, a.URL))
		}
	}
	for _, c := range candidates {
		if u := view.LinkURL(c); !u.IsZero() {
			return u.String()
		}
	}
	return ""
}

func (r *renderer) share() view.Node {
	address := ShareAddress(r.state)
	if address == "" || !r.shows(controlShare) {
		return nil
	}
	label := r.words.CopyLink
	var status, field view.Node
	switch r.options.Sharing {
	case ShareBySystem:
		label = r.words.Share
	case ShareCopied:
		status = view.Text(r.words.Copied)
	case ShareSelect: // the last resort
		status = view.Text(r.words.SelectLink)
		field = view.El("input type=text", view.ReadOnly(true), view.Dir("ltr"), view.Value(address), view.AriaLabel(r.words.SelectLink))
	}
	return view.El("div part=share class=share", button("share", address, label), view.El("span role=status", status), field)
}

func (r *renderer) translations(list []article.Related) view.Node {
	if !r.shows(controlAlternates) {
		return nil
	}
	var items view.Node
	for i := range list {
		t := &list[i]
		if u := view.LinkURL(t.URL); !u.IsZero() {
			title := view.El("bdi", view.Lang(t.InLanguage), view.Text(cmp.Or(t.Headline, t.InLanguage, hostOf(t.URL))))
			items = items.And(view.El("li", link(u, title, nil)))
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
	seen := map[string]bool{}
	hosts := map[string]bool{hostOf(a.URL): true}
	items := view.Group(r.alternate(seen, &article.Alternate{URL: a.URL, Name: r.words.Original}))
	for i := range a.Alternates {
		alt := &a.Alternates[i]
		hosts[hostOf(alt.URL)] = true
		items = items.And(r.alternate(seen, alt))
	}
	for i := range r.state.Addresses {
		if s := &r.state.Addresses[i]; !hosts[s.Host] {
			items = items.And(r.alternate(seen, &article.Alternate{URL: cmp.Or(s.Page, s.URL)}))
		}
	}
	return r.section("alternates", view.Text(r.words.AlsoAt), items)
}

// alternate is one row of alternates, unless its address was seen before.
func (r *renderer) alternate(seen map[string]bool, alt *article.Alternate) view.Node {
	u := view.ChannelURL(alt.URL)
	if u.IsZero() || seen[u.String()] {
		return nil
	}
	seen[u.String()] = true
	var hint view.Node
	if alt.Type == "onion" {
		hint = view.Text(r.words.OnionHint)
	}
	title, where := nameOrNil(alt.Name), host(hostOf(alt.URL))
	if title == nil {
		title, where = where, nil
	}
	return view.El("li", joined(" · ", link(u, title, nil), where, hint))
}

func (r *renderer) channels(a *article.Article) view.Node {
	if !r.shows(controlChannels) {
		return nil
	}
	var items view.Node
	for i := range a.Channels {
		c := &a.Channels[i]
		u := view.ChannelURL(c.URL)
		if u.IsZero() {
			continue
		}
		title := nameOrNil(c.Name)
		if title == nil {
			title = host(hostOf(c.URL))
		}
		items = items.And(view.El("li", joined(" · ", link(u, title, nil), nameOrNil(c.Description))))
	}
	heading := view.Text(r.words.FollowPublisher)
	if a.Publisher != nil && a.Publisher.Name != "" {
		heading = phrase(r.words.Follow, name(a.Publisher.Name))
	}
	return r.section("channels", heading, items)
}

func (r *renderer) related(list []article.Related) view.Node {
	if !r.shows(controlRelated) {
		return nil
	}
	return r.section("related", view.Text(r.words.Related), r.relatedItems(list))
}

func (r *renderer) relatedItems(list []article.Related) (items view.Node) {
	for i := range list {
		it := &list[i]
		if u := view.LinkURL(it.URL); !u.IsZero() {
			title := link(u, r.inText(cmp.Or(it.Headline, hostOf(it.URL))), nil)
			items = items.And(view.El("li", joined(" · ", title, r.date(it.DatePublished))))
		}
	}
	return items
}

// legal is the line of rights and origin under the text.
func (r *renderer) legal(a *article.Article) view.Node {
	var publisher, basis, licence view.Node
	if p := a.Publisher; p != nil && p.Name != "" {
		publisher = phrase(r.words.PublishedBy, ownLink(p.URL, name(p.Name)))
	}
	if b := a.IsBasedOn; b != nil && b.Name != "" {
		basis = phrase(r.words.BasedOn, contentLink(b.URL, name(b.Name)))
	}
	if u := view.LinkURL(a.License); !u.IsZero() {
		licence = ownLink(a.License, view.Text(r.words.Licence))
	}
	content := joined(" · ", nameOrNil(a.CopyrightNotice), publisher, basis, licence)
	if content == nil {
		return nil
	}
	return view.El("footer class=legal", r.own(view.El("p", content)))
}

// hostOf is the host of an address on the web, and the scheme of any other.
func hostOf(address string) string {
	u, err := weburl.Parse(address)
	switch {
	case err != nil:
		return address
	case u.Host != "":
		return u.Host
	}
	return u.Scheme
}
