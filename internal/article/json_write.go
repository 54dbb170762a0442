package article

import "byway/internal/tree"

// JSON writes the article as a native document. Each step to the right is indent; "" puts everything on one line.
// The same article gives the same bytes, and Read gives the same article back.
func (a Article) JSON(indent string) []byte {
	w := out{&tree.Writer{Indent: indent}}
	w.Object(func() {
		version := a.Version
		if version == "" {
			version = Version
		}
		w.text("version", version)
		w.text("id", a.ID)
		w.text("type", a.Type)
		w.text("inLanguage", a.InLanguage)
		w.text("dir", string(a.Dir))
		w.text("url", a.URL)
		objects(w, "sections", a.Sections, out.namedLink)
		w.text("kicker", a.Kicker)
		w.text("headline", a.Headline)
		w.text("alternativeHeadline", a.AlternativeHeadline)
		w.inline("description", a.Description)
		objects(w, "author", a.Author, out.agent)
		w.text("byline", a.Byline)
		w.text("dateline", a.Dateline)
		w.date("datePublished", a.DatePublished)
		w.date("dateModified", a.DateModified)
		objects(w, "image", a.Image, out.image)
		objects(w, "body", a.Body, out.block)
		object(w, "publisher", a.Publisher, out.publisher)
		w.text("copyrightNotice", a.CopyrightNotice)
		w.text("license", a.License)
		object(w, "isBasedOn", a.IsBasedOn, out.namedLink)
		if a.IsAccessibleForFree != nil {
			w.Key("isAccessibleForFree")
			w.Bool(*a.IsAccessibleForFree)
		}
		if a.IsPartial {
			w.Key("isPartial")
			w.Bool(true)
		}
		w.texts("keywords", a.Keywords)
		objects(w, "about", a.About, out.namedLink)
		objects(w, "alternates", a.Alternates, out.alternate)
		objects(w, "workTranslation", a.WorkTranslation, out.related)
		objects(w, "channels", a.Channels, out.channel)
		object(w, "share", a.Share, out.share)
		objects(w, "related", a.Related, out.related)
	})
	return w.Bytes()
}

// out writes members. What is not there is not written.
type out struct{ *tree.Writer }

func (w out) text(name, s string) {
	if s != "" {
		w.Key(name)
		w.String(s)
	}
}

func (w out) texts(name string, list []string) {
	if len(list) == 0 {
		return
	}
	w.Key(name)
	w.List(func() {
		for _, s := range list {
			w.String(s)
		}
	})
}

func (w out) number(name string, n int) {
	if n != 0 {
		w.Key(name)
		w.Int(n)
	}
}

func (w out) date(name string, d Date) {
	if !d.IsZero() {
		w.text(name, d.String())
	}
}

func (w out) inline(name string, in Inline) {
	if len(in) > 0 {
		w.Key(name)
		w.content(in)
	}
}

// object writes one object, and nothing for nil.
func object[T any](w out, name string, v *T, write func(out, T)) {
	if v != nil {
		w.Key(name)
		w.Object(func() { write(w, *v) })
	}
}

// objects writes a list of objects, and nothing for an empty one.
func objects[T any](w out, name string, list []T, write func(out, T)) {
	if len(list) == 0 {
		return
	}
	w.Key(name)
	w.List(func() {
		for _, v := range list {
			w.Object(func() { write(w, v) })
		}
	})
}

// content writes text with marks in its shortest form: a string where there is one unmarked run.
func (w out) content(in Inline) {
	switch {
	case len(in) == 0:
		w.String("")
	case len(in) == 1 && in[0].isPlain():
		w.String(in[0].Text)
	default:
		w.List(func() {
			for _, r := range in {
				w.run(r)
			}
		})
	}
}

func (r Run) isPlain() bool { return r == Run{Text: r.Text} }

func (w out) run(r Run) {
	if r.isPlain() {
		w.String(r.Text)
		return
	}
	w.Object(func() {
		w.Key("text")
		w.String(r.Text)
		w.texts("marks", r.Marks.names())
		w.text("url", r.URL)
		w.text("inLanguage", r.InLanguage)
		w.text("dir", string(r.Dir))
		w.flag("br", r.Break)
	})
}

func (m Mark) names() []string {
	var names []string
	for _, known := range Marks {
		if m&known.Mark != 0 {
			names = append(names, known.Name)
		}
	}
	return names
}

func (w out) flag(name string, on bool) {
	if on {
		w.Key(name)
		w.Bool(true)
	}
}

func (w out) namedLink(l NamedLink) {
	w.text("name", l.Name)
	w.text("url", l.URL)
}

func (w out) agent(a Agent) {
	w.text("type", a.Type)
	w.text("name", a.Name)
	w.text("url", a.URL)
	w.text("jobTitle", a.JobTitle)
	object(w, "image", a.Image, out.image)
	w.texts("sameAs", a.SameAs)
}

func (w out) publisher(p Publisher) {
	w.agent(p.Agent)
	object(w, "logo", p.Logo, out.image)
}

func (w out) alternate(a Alternate) {
	w.text("type", a.Type)
	w.text("name", a.Name)
	w.text("url", a.URL)
	w.text("inLanguage", a.InLanguage)
}

func (w out) channel(c Channel) {
	w.text("type", c.Type)
	w.text("name", c.Name)
	w.text("url", c.URL)
	w.text("description", c.Description)
}

func (w out) share(s Share) {
	w.text("url", s.URL)
	w.text("text", s.Text)
	w.texts("targets", s.Targets)
}

func (w out) related(r Related) {
	w.text("inLanguage", r.InLanguage)
	w.text("headline", r.Headline)
	w.text("url", r.URL)
	object(w, "image", r.Image, out.image)
	w.date("datePublished", r.DatePublished)
}

func (w out) image(i Image) {
	w.text("url", i.URL)
	w.number("width", i.Width)
	w.number("height", i.Height)
	w.text("encodingFormat", i.EncodingFormat)
	w.number("contentSize", i.ContentSize)
	w.text("integrity", i.Integrity)
	if i.Alt != nil {
		w.Key("alt")
		w.String(*i.Alt)
	}
	w.inline("caption", i.Caption)
	w.text("creditText", i.CreditText)
	w.text("copyrightNotice", i.CopyrightNotice)
	objects(w, "creator", i.Creator, out.agent)
	w.text("license", i.License)
	objects(w, "renditions", i.Renditions, out.rendition)
	object(w, "focalPoint", i.FocalPoint, out.point)
	w.text("thumbhash", i.ThumbHash)
}

func (w out) rendition(r Rendition) {
	w.text("url", r.URL)
	w.number("width", r.Width)
	w.number("height", r.Height)
	w.text("encodingFormat", r.EncodingFormat)
	w.number("contentSize", r.ContentSize)
	w.text("integrity", r.Integrity)
}

func (w out) point(p Point) {
	w.Key("x")
	w.Float(p.X)
	w.Key("y")
	w.Float(p.Y)
}
