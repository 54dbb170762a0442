package markup

import (
	"strings"

	"byway/internal/article"
)

// What is not in these lists is unwrapped: its text stays, the element goes.

// dropped elements go with their content: they run, load, submit or draw (blocking-and-trust.md §4). The foreign
// namespaces start at svg and math; xml is what is left of Word's conditional comments when their dashes were
// beautified (§4.3).
var dropped = set(`script style template frame frameset object embed applet svg math form input button select option
	optgroup textarea datalist meter progress canvas title meta link base xmp plaintext noembed noframes portal
	dialog slot map area param source track xml`)

// opaque elements keep a node of their own however deep they stand, since their content must not be taken for text.
var opaque = union(dropped, set(`iframe noscript video audio`))

// marks of inline elements.
var marks = map[string]article.Mark{
	"strong": article.Strong, "b": article.Strong,
	"em": article.Em, "i": article.Em, "cite": article.Em, "dfn": article.Em, "var": article.Em,
	"code": article.Code, "kbd": article.Code, "samp": article.Code, "tt": article.Code,
	"sub": article.Sub, "sup": article.Sup,
	"s": article.Strike, "strike": article.Strike, "del": article.Strike,
	"u": article.Underline, "ins": article.Underline,
	"mark": article.Highlight,
}

// containers begin and end a block and are nothing else.
var containers = set(`p div section article main header footer aside nav address center hgroup fieldset legend
	figcaption details dl dd li tbody thead tfoot tr td th caption search`)

// junkClasses are of parts around an article that plug-ins write into its body: share bars, lists of related articles,
// newsletter and contact forms, tables of contents, buttons (§4.3). Names are compared whole: a part of a name proves nothing.
var junkClasses = set(`sharedaddy sd-sharing sd-sharing-enabled sd-like jp-relatedposts jetpack-likes-widget-wrapper
	addtoany_share_save_container addtoany_content a2a_kit heateor_sss_sharing_container heateorSssClear essb_links
	ssba ssba-wrap social-share social-sharing share-buttons sharing-buttons post-share wp-block-social-links
	wp-block-jetpack-sharing-buttons sfsi_widget simplesocialbuttons
	yarpp yarpp-related crp_related rp4wp-related-posts related-posts related_posts wp-block-jetpack-related-posts
	wp-block-buttons wp-block-button nectar-button
	ez-toc-container lwptoc wp-block-rank-math-toc-block wp-block-yoast-seo-table-of-contents wp-block-table-of-contents
	mc4wp-form tnp tnp-subscription mailpoet_form wp-block-jetpack-mailchimp wp-block-jetpack-subscriptions
	newsletter-signup newsletter-form wpcf7 gform_wrapper wp-block-jetpack-contact-form
	more-link screen-reader-text visually-hidden sr-only`)

var junkIDs = set(`ez-toc-container toc_container jp-relatedposts`)

// leftOut reports whether an element goes with all its content.
func leftOut(n *node) bool {
	if dropped[n.tag] || junkIDs[n.attr("id")] || hidden(n) {
		return true
	}
	for _, class := range n.classes() {
		if junkClasses[class] {
			return true
		}
	}
	return false
}

// hidden text is nearly always spam that was broken into a site, for search engines to find.
func hidden(n *node) bool {
	if n.has("hidden") && n.attr("hidden") != "until-found" {
		return true
	}
	return n.styled("display", "none") || n.styled("visibility", "hidden")
}

// styled reports whether an inline style sets a property to one of these values. Style is read for what it says of the
// meaning and never passed on.
func (n *node) styled(property string, values ...string) bool {
	for decl := range strings.SplitSeq(strings.ToLower(n.attr("style")), ";") {
		name, value, _ := strings.Cut(decl, ":")
		value = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important"))
		if strings.TrimSpace(name) != property {
			continue
		}
		for _, v := range values {
			if value == v {
				return true
			}
		}
	}
	return false
}

func set(names string) map[string]bool {
	s := map[string]bool{}
	for _, name := range strings.Fields(names) {
		s[name] = true
	}
	return s
}

func union(sets ...map[string]bool) map[string]bool {
	all := map[string]bool{}
	for _, s := range sets {
		for name := range s {
			all[name] = true
		}
	}
	return all
}
