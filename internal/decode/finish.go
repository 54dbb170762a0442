package decode

import (
	"slices"
	"strings"

	"byway/internal/article"
	"byway/internal/markup"
)

// maxNesting is how deep lists and quotes may stand in one another. One level costs three of JSON, and a document may
// not be nested deeper than tree.MaxDepth: what is deeper is laid out flat.
const (
	maxNesting = 16
	tooDeep    = "nested more than 16 deep: " // than maxNesting
)

// finisher does for one article what every format needs.
type finisher struct {
	markup.Options
	warnings        []article.Warning
	count, pictures int // of blocks and of pictures so far
}

// finish resolves addresses, expands HTML, tidies text and sets language and direction. Done twice it changes nothing
// more. It returns more warnings.
func finish(a *article.Article, o *Options) []article.Warning {
	toLines(&a.Headline)
	f := &finisher{Options: markupOptions(a, o)}
	f.identify(a, o)
	toLines(&a.Type, &a.Kicker, &a.AlternativeHeadline, &a.Byline, &a.Dateline, &a.CopyrightNotice)
	f.inline(&a.Description, "", "description")
	a.Keywords = lines(a.Keywords)
	f.images(&a.Image, "", "image")
	linksOn := f.linksOn(a.Body)
	f.body(&a.Body, "body", 0)
	f.partial(a, linksOn)
	f.around(a)
	showLeadOnce(a)
	f.direct(a, o)
	return f.warnings
}

func (f *finisher) warn(at, what string) {
	f.warnings = append(f.warnings, article.Warning{At: at, What: what})
}

// identify sets version, address and identity.
func (f *finisher) identify(a *article.Article, o *Options) {
	if a.Version == "" {
		a.Version = article.Version
	}
	if written := a.URL; written != "" {
		if a.URL = canonical(parseBase(o.Base), written); a.URL == "" {
			f.warn("url", quoted(written, 200)+" is no address of the web: left out")
		}
	}
	known := ""
	if base := parseBase(o.Base); base != nil {
		known = base.String()
	}
	for _, id := range []string{a.ID, a.URL, known, a.Headline} {
		if a.ID = oneLine(id); a.ID != "" {
			return
		}
	}
}

// lines tidies a list of words and leaves out what is empty.
func lines(list []string) []string {
	var out []string
	for _, s := range list {
		if s = oneLine(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// around finishes what stands around the body.
func (f *finisher) around(a *article.Article) {
	f.link(&a.License, "", "license")
	f.namedLinks(&a.Sections, "sections")
	f.namedLinks(&a.About, "about")
	f.oneNamedLink(&a.IsBasedOn, "", "isBasedOn")
	f.agents(&a.Author, "", "author")
	f.publisher(a)
	f.alternates(a)
	f.channels(a)
	f.related(&a.WorkTranslation, "", "workTranslation")
	f.related(&a.Related, "", "related")
	f.share(a)
}

// direct sets the language, if it must be guessed, and the direction.
func (f *finisher) direct(a *article.Article, o *Options) {
	seen := directionOf(sample(a))
	if hint := article.NormalLanguage(o.Language); a.InLanguage == "" && hint != "" && agrees(hint, seen) {
		a.InLanguage = hint
	}
	for _, dir := range []article.Dir{dirOf(a.InLanguage, seen), seen, article.LTR} {
		if a.Dir == "" {
			a.Dir = dir
		}
	}
}

// agrees reports whether a language that is only suggested can be that of a text in this direction.
func agrees(language string, seen article.Dir) bool {
	return seen == "" || dirOf(language, seen) == seen
}

// dirOf is the direction of a language, and that of the text where the language is written in both: Kurdish is Kurmanji
// in Latin letters and Sorani in Arabic ones.
func dirOf(language string, seen article.Dir) article.Dir {
	if seen != "" && article.IsInTwoScripts(language) {
		return seen
	}
	return article.DirOf(language)
}

// sample is the text by which the direction is judged: the headline and the first paragraphs.
func sample(a *article.Article) string {
	const enough = 500
	var b strings.Builder
	b.WriteString(a.Headline)
	for _, block := range a.Body {
		if p, ok := block.(article.Paragraph); ok && b.Len() < enough {
			b.WriteString(p.Content.Text())
		}
	}
	return b.String()
}

// showLeadOnce takes the lead picture out of the body where the body begins its figures with it: some WordPress themes
// repeat it there, others do not. What the body knows more of it is kept.
func showLeadOnce(a *article.Article) {
	if len(a.Image) == 0 {
		return
	}
	lead := &a.Image[0]
	for i := 0; i < len(a.Body); i++ {
		figure, ok := a.Body[i].(article.Figure)
		if !ok {
			continue
		}
		if !markup.IsSamePicture(lead.URL, figure.Image.URL) {
			return
		}
		figure.Image.Caption = bothCaptions(lead.Caption, figure.Image.Caption)
		lead.CreditText = bothCredits(lead.CreditText, figure.Image.CreditText)
		enrich(lead, &figure.Image)
		a.Body = append(a.Body[:i], a.Body[i+1:]...)
		i--
	}
}

// enrich adds to a picture what another description of the same picture has besides.
func enrich(p, other *article.Image) {
	if len(other.Caption.Text()) > len(p.Caption.Text()) {
		p.Caption = other.Caption
	}
	if p.CreditText == "" {
		p.CreditText = other.CreditText
	}
	if p.Alt == nil || *p.Alt == "" && other.Alt != nil {
		p.Alt = other.Alt
	}
	if p.Width == 0 || p.Height == 0 {
		p.Width, p.Height = other.Width, other.Height
	}
	if p.Renditions == nil {
		p.Renditions = other.Renditions
	}
}

// bothCaptions is the one that says all that the other says, else one after the other.
func bothCaptions(a, b article.Inline) article.Inline {
	switch first, second := letters(a.Text()), letters(b.Text()); {
	case strings.Contains(first, second):
		return a
	case strings.Contains(second, first):
		return b
	}
	both := slices.Clone(a)
	both[len(both)-1].Break = true
	return append(both, b...)
}

// bothCredits leaves out one that says the same after a label: "Photo: A. Lindh".
func bothCredits(a, b string) string {
	_, name, labelled := strings.Cut(b, ":")
	switch {
	case strings.Contains(letters(a), letters(b)), labelled && a != "" && strings.Contains(letters(a), letters(name)):
		return a
	case strings.Contains(letters(b), letters(a)):
		return b
	}
	return a + " / " + b
}
