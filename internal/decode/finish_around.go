package decode

import (
	"strconv"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/weburl"
)

// under is the place of a member, and at that of an item of a list.
func under(place, name string) string {
	if place == "" || name == "" {
		return place + name
	}
	return place + "." + name
}

func at(place string, i int) string { return place + "[" + strconv.Itoa(i) + "]" }

// resolve makes an address absolute, or takes it out with a warning where it cannot be.
func (f *finisher) resolve(ref *string, place, name string, how func(*weburl.URL, string) string) {
	written := *ref
	if written == "" {
		return
	}
	if *ref = how(f.Base, written); *ref == "" {
		f.warn(under(place, name), quoted(written, 80)+" is no address that may be used here: left out")
	}
}

func (f *finisher) link(ref *string, place, name string) {
	f.resolve(ref, place, name, markup.ResolveLink)
}

func (f *finisher) namedLink(l *article.NamedLink, place string) bool {
	toLines(&l.Name)
	f.link(&l.URL, place, "url")
	return l.Name != ""
}

func (f *finisher) oneNamedLink(l **article.NamedLink, place, name string) {
	if *l != nil && !f.namedLink(*l, under(place, name)) {
		*l = nil
	}
}

// maxItems is how many items a list beside the body may have: a page must not freeze over a million sections.
const maxItems = 64

// within cuts a list at maxItems.
func within[T any](f *finisher, list []T, place string) []T {
	if len(list) <= maxItems {
		return list
	}
	f.warn(place, "more items than an article may have, cut")
	return list[:maxItems]
}

func (f *finisher) namedLinks(list *[]article.NamedLink, name string) {
	var out []article.NamedLink
	for i, l := range within(f, *list, name) {
		if f.namedLink(&l, at(name, i)) {
			out = append(out, l)
		}
	}
	*list = out
}

func (f *finisher) agents(list *[]article.Agent, place, name string) {
	var out []article.Agent
	for i, agent := range within(f, *list, under(place, name)) {
		if f.agent(&agent, at(under(place, name), i)) {
			out = append(out, agent)
		}
	}
	*list = out
}

func (f *finisher) agent(a *article.Agent, place string) bool {
	toLines(&a.Name, &a.JobTitle)
	f.link(&a.URL, place, "url")
	if a.Image != nil {
		a.Image.Creator = nil // who made a portrait may have a portrait, without end
		f.picture(&a.Image, place, "image")
	}
	var same []string
	for i, ref := range a.SameAs {
		if f.link(&ref, place, at("sameAs", i)); ref != "" {
			same = append(same, ref)
		}
	}
	a.SameAs = same
	return a.Name != ""
}

func (f *finisher) picture(p **article.Image, place, name string) {
	if *p != nil && !f.image(*p, under(place, name)) {
		*p = nil
	}
}

func (f *finisher) publisher(a *article.Article) {
	p := a.Publisher
	if p == nil {
		return
	}
	if !f.agent(&p.Agent, "publisher") {
		a.Publisher = nil
	}
	f.picture(&p.Logo, "publisher", "logo")
}

func (f *finisher) alternates(a *article.Article) {
	var out []article.Alternate
	seen := map[string]bool{"": true}
	for i, alternate := range a.Alternates {
		if f.resolve(&alternate.URL, at("alternates", i), "url", elsewhere); seen[alternate.URL] {
			continue
		}
		seen[alternate.URL] = true
		toLines(&alternate.Name, &alternate.Type)
		out = append(out, alternate)
	}
	a.Alternates = out
}

func (f *finisher) channels(a *article.Article) {
	var out []article.Channel
	for i, c := range within(f, a.Channels, "channels") {
		f.resolve(&c.URL, at("channels", i), "url", elsewhere)
		if toLines(&c.Name, &c.Type, &c.Description); c.URL != "" && c.Name != "" {
			out = append(out, c)
		}
	}
	a.Channels = out
}

func (f *finisher) related(list *[]article.Related, place, name string) {
	var out []article.Related
	for i, r := range within(f, *list, under(place, name)) {
		here := at(under(place, name), i)
		toLines(&r.Headline)
		if f.link(&r.URL, here, "url"); r.URL != "" && r.Headline != "" {
			f.picture(&r.Image, here, "image")
			out = append(out, r)
		}
	}
	*list = out
}

func (f *finisher) share(a *article.Article) {
	s := a.Share
	if s == nil {
		return
	}
	toLines(&s.Text)
	s.Targets = lines(s.Targets)
	if f.resolve(&s.URL, "share", "url", canonical); s.URL == "" && s.Text == "" && s.Targets == nil {
		a.Share = nil
	}
}

func (f *finisher) images(list *[]article.Image, place, name string) {
	var out []article.Image
	for i := range *list {
		p := &(*list)[i]
		if f.image(p, at(under(place, name), i)) {
			out = append(out, *p)
		}
	}
	*list = out
}

func (f *finisher) image(p *article.Image, place string) bool {
	if f.resolve(&p.URL, place, "url", markup.ResolveImage); p.URL == "" {
		return false
	}
	if f.pictures++; f.pictures > article.MaxImages {
		f.warn(place, "more than "+strconv.Itoa(article.MaxImages)+" pictures: left out")
		return false
	}
	if p.Alt != nil {
		alt := oneLine(*p.Alt)
		p.Alt = &alt
	}
	f.inline(&p.Caption, place, "caption")
	toLines(&p.CreditText, &p.CopyrightNotice)
	f.agents(&p.Creator, place, "creator")
	f.link(&p.License, place, "license")
	f.renditions(&p.Renditions, place, markup.ResolveImage)
	return true
}

// renditions leaves out those without a width, since nothing can choose them.
func (f *finisher) renditions(list *[]article.Rendition, place string, how func(*weburl.URL, string) string) {
	var out []article.Rendition
	for i, r := range within(f, *list, under(place, "renditions")) {
		if f.resolve(&r.URL, at(under(place, "renditions"), i), "url", how); r.URL != "" && r.Width > 0 {
			out = append(out, r)
		}
	}
	*list = out
}
