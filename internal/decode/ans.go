package decode

import (
	"strings"
	"time"

	"byway/internal/article"
	"byway/internal/markup"
	"byway/internal/tree"
)

// isANS knows a published story in the format of Arc XP (https://github.com/washingtonpost/ans-schema), a list or a
// collection of such, and the dialect of Reuters, whose envelope is "result" and in which members have other names.
func isANS(root tree.Node) bool {
	_, found := articleIn(root, "ans", "")
	return found && (!isStoryAlone(root) || isStory(root))
}

// unwrapped takes a document out of the envelope of Reuters.
func unwrapped(root tree.Node) tree.Node {
	if n := root.Get("result"); root.Get("statusCode").Exists() && n.Kind() == tree.Object {
		return n
	}
	return root
}

// isStoryAlone tells a story, which has its text in the member in which a collection has its stories.
func isStoryAlone(root tree.Node) bool {
	return root.Kind() != tree.Array && !isOneOf(textIn(root, "type"), "collection results story-feed")
}

// isStory does not ask for a version: sites leave out what they do not need.
func isStory(n tree.Node) bool {
	const marks = "type=story content_elements | type=story headlines | !type content_elements headlines/basic | !type _id headlines/basic"
	n = unwrapped(n)
	return hasMarks(n, marks) && !isWithheld(n)
}

// isWithheld goes by an embargo, which lasts until it is lifted where no end is given, and by what is not published.
func isWithheld(n tree.Node) bool {
	embargo := n.Get("content_restrictions").Get("embargo")
	active, _ := embargo.Get("active").Bool()
	published, said := n.Get("revision").Get("published").Bool()
	return active && (!embargo.Get("end_time").Exists() || isEmbargoed(embargo, "end_time")) || said && !published
}

// story is one that is being decoded.
type story struct {
	*source
	markup.Options
	body []article.Block
}

func decodeANS(root tree.Node, o *Options, a *article.Article) []article.Warning {
	s := &story{source: chosen(root, "ans", o)}
	s.Node = unwrapped(s.Node)
	website := s.Get("websites").Get(s.text("website"))
	a.ID = s.text(s.has("_id id"))
	a.URL = firstText(s.Get("canonical_url_external"), s.Get("canonical_url"), website.Get("website_url"), s.Get("website_url"))
	a.Headline = markup.Text(variant(s.Get("headlines")))
	if a.Headline == "" {
		a.Headline = s.words("title")
	}
	a.InLanguage = article.NormalLanguage(s.text("language"))
	a.Dateline = wordsOf(s.Get("dateline"))
	a.CopyrightNotice = s.words("copyright")
	s.moments(a)
	a.Sections = s.sections(website.Get("website_section"))
	a.Kicker = s.kicker(a.Sections)
	a.Author = writers(s.Get("vanity_credits").Get("by"), s.Get("credits").Get("by"), s.Get("authors"))
	for _, tag := range s.Get("taxonomy").Get("tags").List() {
		keyword(a, wordsIn(tag, "text"))
	}
	s.publisher(a)
	s.Options = markupOptions(a, o)
	s.access(a)
	s.lead(a)
	s.content(a)
	return s.warnings
}

// variant is the basic form of a text that has several, else the first that is one: many are left blank.
func variant(n tree.Node) string {
	text := firstText(n.Get("basic"), n)
	for _, m := range n.Members() {
		if text == "" {
			text = m.Node.Text()
		}
	}
	return text
}

func wordsOf(n tree.Node) string { return markup.Text(first(n).Text()) }

// kicker is nothing where the section beside it says the same.
func (s *story) kicker(sections []article.NamedLink) string {
	label := s.Get("label").Get("basic")
	text := wordsIn(label, "text")
	shown, said := label.Get("display").Bool()
	if said && !shown || len(sections) > 0 && sections[len(sections)-1].Name == text {
		return ""
	}
	return text
}

// moments takes the date that readers see. Machines touch stories, too: only what is a minute later was changed.
func (s *story) moments(a *article.Article) {
	s.dates(a, s.has("display_date first_publish_date publish_date display_time published_time"), s.has("last_updated_date updated_time"))
	if a.DateModified.Time().Sub(a.DatePublished.Time()) < time.Minute {
		a.DateModified = article.Date{}
	}
}

// writers are those of the first of the places that names any, by the name that they are known by.
func writers(places ...tree.Node) []article.Agent {
	var out []article.Agent
	for _, place := range places {
		for _, n := range place.List() {
			if name := wordsIn(n, firstOf(n, "byline name")); name != "" {
				out = append(out, article.Agent{Name: name, URL: textIn(n, firstOf(n, "url topic_url"))})
			}
		}
		if out != nil {
			break
		}
	}
	return out
}

// publisher is not who sold the story: that is what the distributor of one from the wires is.
func (s *story) publisher(a *article.Article) {
	places := []tree.Node{s.Get("source").Get("original_name"), s.Get("source").Get("name"), s.Get("owner").Get("name")}
	if d := s.Get("distributor"); !strings.HasPrefix(textIn(d, "category"), "wire") {
		places = append([]tree.Node{d.Get("name")}, places...)
	}
	for _, n := range places {
		if name := markup.Text(n.Text()); name != "" && name != "(deprecated)" {
			a.Publisher = &article.Publisher{Agent: article.Agent{Type: "Organization", Name: name}}
			return
		}
	}
}

// Codes by which sites say for whom a story is. They choose their own, so others say nothing.
const (
	openCodes   = "free green open public"
	closedCodes = "premium subscriber subscribers subscriber-only subscription paid exclusive member members registered locked restricted"
)

func (s *story) access(a *article.Article) {
	code := strings.ToLower(firstText(s.Get("content_restrictions").Get("content_code"), s.Get("content_code")))
	switch {
	case isOneOf(code, openCodes):
		free := true
		a.IsAccessibleForFree = &free
	case isOneOf(code, closedCodes):
		s.closed(a, "content_restrictions", "the text is for subscribers")
	}
	if short := parseBase(s.text("short_url")); short != nil {
		a.Alternates = []article.Alternate{{URL: short.String()}}
	}
}
