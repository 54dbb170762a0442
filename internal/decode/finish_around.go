package decode

import (
	"fmt"
	"net/url"

	"byway/internal/article"
	"byway/internal/markup"
)

func at(place string, i int) string { return fmt.Sprintf("%s[%d]", place, i) }

// resolve gives the absolute address, or "" with a warning where there can be none.
func (f *finisher) resolve(ref, place string, how func(*url.URL, string) string) string {
	if ref == "" {
		return ""
	}
	address := how(f.Base, ref)
	if address == "" {
		f.warn(place, "%.80q is no address that may be used here: left out", ref)
	}
	return address
}

func (f *finisher) link(ref, place string) string { return f.resolve(ref, place, markup.ResolveLink) }

func (f *finisher) namedLink(l *article.NamedLink, place string) *article.NamedLink {
	if l == nil {
		return nil
	}
	out := article.NamedLink{Name: oneLine(l.Name), URL: f.link(l.URL, place+".url")}
	if out.Name == "" {
		return nil
	}
	return &out
}

func (f *finisher) namedLinks(list []article.NamedLink, place string) []article.NamedLink {
	var out []article.NamedLink
	for i, l := range list {
		if l := f.namedLink(&l, at(place, i)); l != nil {
			out = append(out, *l)
		}
	}
	return out
}

func (f *finisher) agents(list []article.Agent, place string) []article.Agent {
	var out []article.Agent
	for i, agent := range list {
		if agent, ok := f.agent(agent, at(place, i)); ok {
			out = append(out, agent)
		}
	}
	return out
}

func (f *finisher) agent(a article.Agent, place string) (article.Agent, bool) {
	a.Name, a.JobTitle = oneLine(a.Name), oneLine(a.JobTitle)
	a.URL = f.link(a.URL, place+".url")
	if a.Image != nil {
		portrait := *a.Image
		portrait.Creator = nil // who made a portrait may have a portrait, without end
		a.Image = f.picture(&portrait, place+".image")
	}
	var same []string
	for i, ref := range a.SameAs {
		if address := f.link(ref, at(place+".sameAs", i)); address != "" {
			same = append(same, address)
		}
	}
	a.SameAs = same
	return a, a.Name != ""
}

func (f *finisher) picture(p *article.Image, place string) *article.Image {
	if p == nil {
		return nil
	}
	picture, ok := f.image(*p, place)
	if !ok {
		return nil
	}
	return &picture
}

func (f *finisher) publisher(a *article.Article) {
	if a.Publisher == nil {
		return
	}
	agent, ok := f.agent(a.Publisher.Agent, "publisher")
	logo := f.picture(a.Publisher.Logo, "publisher.logo")
	a.Publisher = &article.Publisher{Agent: agent, Logo: logo}
	if !ok {
		a.Publisher = nil
	}
}

func (f *finisher) alternates(a *article.Article) {
	var out []article.Alternate
	seen := map[string]bool{}
	for i, alternate := range a.Alternates {
		alternate.URL = f.resolve(alternate.URL, at("alternates", i)+".url", elsewhere)
		if alternate.URL == "" || seen[alternate.URL] {
			continue
		}
		seen[alternate.URL] = true
		alternate.Name, alternate.Type = oneLine(alternate.Name), oneLine(alternate.Type)
		out = append(out, alternate)
	}
	a.Alternates = out
}

func (f *finisher) channels(a *article.Article) {
	var out []article.Channel
	for i, c := range a.Channels {
		c.URL = f.resolve(c.URL, at("channels", i)+".url", elsewhere)
		c.Name, c.Type, c.Description = oneLine(c.Name), oneLine(c.Type), oneLine(c.Description)
		if c.URL != "" && c.Name != "" {
			out = append(out, c)
		}
	}
	a.Channels = out
}

func (f *finisher) related(list []article.Related, place string) []article.Related {
	var out []article.Related
	for i, r := range list {
		r.Headline = oneLine(r.Headline)
		r.URL = f.link(r.URL, at(place, i)+".url")
		if r.URL == "" || r.Headline == "" {
			continue
		}
		r.Image = f.picture(r.Image, at(place, i)+".image")
		out = append(out, r)
	}
	return out
}

func (f *finisher) share(a *article.Article) {
	if a.Share == nil {
		return
	}
	s := article.Share{Text: oneLine(a.Share.Text), Targets: lines(a.Share.Targets)}
	s.URL = f.resolve(a.Share.URL, "share.url", canonical)
	if a.Share = &s; s.URL == "" && s.Text == "" && s.Targets == nil {
		a.Share = nil
	}
}

func (f *finisher) imageList(list []article.Image, place string) []article.Image {
	var out []article.Image
	for i, p := range list {
		if p, ok := f.image(p, at(place, i)); ok {
			out = append(out, p)
		}
	}
	return out
}

func (f *finisher) image(p article.Image, place string) (article.Image, bool) {
	p.URL = f.resolve(p.URL, place+".url", markup.ResolveImage)
	if p.URL == "" {
		return p, false
	}
	if f.images++; f.images > article.MaxImages {
		f.warn(place, "more than %d pictures: left out", article.MaxImages)
		return p, false
	}
	if p.Alt != nil {
		alt := oneLine(*p.Alt)
		p.Alt = &alt
	}
	p.Caption = f.inline(p.Caption, place+".caption")
	p.CreditText, p.CopyrightNotice = oneLine(p.CreditText), oneLine(p.CopyrightNotice)
	p.Creator = f.agents(p.Creator, place+".creator")
	p.License = f.link(p.License, place+".license")
	p.Renditions = f.renditions(p.Renditions, place, markup.ResolveImage)
	return p, true
}

// renditions leaves out those without a width, since nothing can choose them.
func (f *finisher) renditions(list []article.Rendition, place string, how func(*url.URL, string) string) []article.Rendition {
	var out []article.Rendition
	for i, r := range list {
		r.URL = f.resolve(r.URL, at(place+".renditions", i)+".url", how)
		if r.URL != "" && r.Width > 0 {
			out = append(out, r)
		}
	}
	return out
}
