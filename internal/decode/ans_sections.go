package decode

import (
	"slices"
	"strings"

	"byway/internal/article"
	"byway/internal/tree"
)

// sections is the way to the section in which the story stands on the website that it was asked from, each under its
// parent. What stands above is named only in the list of all sections of the story, in which sister sites have sections
// with the same address.
func (s *story) sections(onWebsite tree.Node) []article.NamedLink {
	taxonomy := s.Get("taxonomy")
	all := append(taxonomy.Get("sections").List(), taxonomy.Get("sites").List()...)
	all = all[:min(len(all), maxSorted)]
	website := s.text("website")
	section := onWebsite
	for _, n := range append([]tree.Node{taxonomy.Get("primary_section"), taxonomy.Get("primary_site"), taxonomy.Get("section")}, all...) {
		if idOf(section) == "" && textIn(n, "type") != "reference" && isOfWebsite(n, website) {
			section = n
		}
	}
	if own := textIn(section, "_website"); own != "" {
		website = own
	}
	return sectionWay(section, all, website)
}

// sectionWay goes up from a section, as far as anybody says where it stands.
func sectionWay(section tree.Node, all []tree.Node, website string) (way []article.NamedLink) {
	id := idOf(section)
	for range maxSorted { // one may be its own parent
		n := sectionOf(all, id, website)
		if wordsIn(n, "name") == "" {
			n = section
		}
		if name := wordsIn(n, "name"); id != "/" && idOf(n) == id && name != "" && !isNoSection(name, "") {
			way = append(way, article.NamedLink{Name: name, URL: pathOf(n)})
		}
		section = n.Get("parent")
		above := idOf(section)
		if above == "" {
			above = parentOf(n, id)
		}
		if above == id || id == "" {
			break
		}
		id = above
	}
	slices.Reverse(way)
	return way
}

func idOf(section tree.Node) string { return textIn(section, firstOf(section, "_id id")) }

func isOfWebsite(section tree.Node, website string) bool {
	own := textIn(section, "_website")
	return own == website || own == "" || website == ""
}

// sectionOf finds a section by its id. That of a sister site is another one.
func sectionOf(all []tree.Node, id, website string) tree.Node {
	for _, n := range all {
		if textIn(n, "_id") == id && isOfWebsite(n, website) {
			return n
		}
	}
	return tree.Node{}
}

// parentOf is the id of the section above where that is not written out whole, as Reuters does. Where nobody names it,
// it has the address without the last step.
func parentOf(n tree.Node, id string) string {
	if named := firstText(n.Get("parent").Get("default"), n.Get("parent_id"), n.Get("parent")); named != "" {
		return named
	}
	address := strings.TrimSuffix(id, "/")
	return address[:max(0, strings.LastIndexByte(address, '/'))]
}

// pathOf is the address of a section on its site.
func pathOf(n tree.Node) string {
	for _, name := range []string{"path", "_id", "id"} {
		if path := textIn(n, name); strings.HasPrefix(path, "/") {
			return path
		}
	}
	return ""
}
