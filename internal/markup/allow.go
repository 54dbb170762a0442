package markup

import (
	"strings"
	"sync"

	"byway/internal/article"
)

// names are a list of words with one space before and after each. A constant text costs no start-up and little weight.
type names string

func (list names) has(name string) bool {
	return name != "" && strings.Contains(string(list), " "+name+" ")
}

// trait is a set of properties of an element. What has none is unwrapped: its text stays, the element goes.
type trait uint32

const (
	dropped trait = 1 << iota
	player
	void
	formatting
	heading
	listItem
	term
	grouping
	section
	boundary
	beginsBlock
	scope
	lists
	table
	rows
	row
	cell
	tableCaption
	ruby
	rubyText
	leftOut // of this one element, with all its content: see classify
)

const (
	// opaque elements keep a node of their own however deep they stand, since their content must not be taken for text.
	opaque = dropped | player
	// containers begin and end a block and are nothing else.
	containers = grouping | section
	// notListItem stops the search for the item that a new one ends: §13.2.6.4.7, 'A start tag whose tag name is "li"'.
	notListItem = heading | section | boundary
	// special elements are not closed by the end of an inline element (§13.2.4.2).
	special = notListItem | grouping | term
	// closesP begin a block, so they end an open paragraph.
	closesP    = heading | beginsBlock
	tableParts = rows | row | cell | tableCaption
)

// elements are the names that have each trait, in the order of the constants.
var elements = [...]names{
	// dropped elements go with their content: they run, load, submit or draw (blocking-and-trust.md §4). A foreign
	// namespace starts at svg; xml is what is left of Word's conditional comments when their dashes were beautified
	// (§4.3).
	" script style template frame frameset applet svg form input button select option " +
		"optgroup textarea datalist meter progress canvas title meta link base xmp plaintext noembed noframes portal " +
		"dialog slot map area param source track xml ",
	" iframe noscript video audio ",
	" area base br col embed hr img input link meta param source track wbr amp-img amp-anim ",
	" a b big code del em font i ins mark nobr s small strike strong sub sup tt u ", // may be closed in the wrong order (§13.2.6.4.7)
	" h1 h2 h3 h4 h5 h6 ",
	" li ",
	" dt dd ",
	" address div p li dd ",
	" section article main header footer aside nav center hgroup fieldset legend figcaption details dl tbody thead " +
		"tfoot tr td th caption search ",
	" blockquote body button dir figure form frameset iframe listing menu noscript object ol pre select summary table " +
		"template textarea ul video audio svg math ",
	" address article aside blockquote center details dir div dl dd dt fieldset figcaption figure footer form header " +
		"hgroup hr li listing main menu nav ol p pre search section summary table ul ",
	" table td th caption template object button ", // the end of an element outside does not reach into them
	" ul ol menu dir ",
	" table ",
	" tbody thead tfoot ",
	" tr ",
	" td th ",
	" caption ",
	" ruby ",
	" rt rp ",
}

// known are the traits of each element, made of the lists when the first is asked for: to look through them for every tag
// takes as long as to read the rest of it.
var known struct {
	sync.Once
	traits map[string]trait
}

func traitsOf(tag string) trait {
	known.Do(func() {
		known.traits = map[string]trait{}
		for i, list := range elements {
			for _, name := range strings.Fields(string(list)) {
				known.traits[name] |= 1 << i
			}
		}
	})
	return known.traits[tag]
}

// marked are the elements of each article.Mark, in the order of their bits.
var marked = [...]names{" strong b ", " em i cite dfn var ", " code kbd samp tt ", " sub ", " sup ", " s strike del ", " u ins ", " mark "}

func markOf(tag string) (marks article.Mark) {
	for i, list := range marked {
		if list.has(tag) {
			marks |= 1 << i
		}
	}
	return marks
}

// junk are classes and ids of parts around an article that plug-ins write into its body: share bars, lists of related
// articles, newsletter and contact forms, tables of contents, buttons (§4.3). Names are compared whole: a part of a name
// proves nothing.
const (
	junkClasses names = " sharedaddy sd-sharing sd-sharing-enabled sd-like jp-relatedposts jetpack-likes-widget-wrapper " +
		"addtoany_share_save_container addtoany_content a2a_kit heateor_sss_sharing_container heateorSssClear essb_links " +
		"ssba ssba-wrap social-share social-sharing share-buttons sharing-buttons post-share wp-block-social-links " +
		"wp-block-jetpack-sharing-buttons sfsi_widget simplesocialbuttons " +
		"yarpp yarpp-related crp_related rp4wp-related-posts related-posts related_posts wp-block-jetpack-related-posts " +
		"wp-block-buttons wp-block-button nectar-button " +
		"ez-toc-container lwptoc wp-block-rank-math-toc-block wp-block-yoast-seo-table-of-contents wp-block-table-of-contents " +
		"mc4wp-form tnp tnp-subscription mailpoet_form wp-block-jetpack-mailchimp wp-block-jetpack-subscriptions " +
		"newsletter-signup newsletter-form wpcf7 gform_wrapper wp-block-jetpack-contact-form " +
		"wp-block-accordion-heading__toggle-icon katex-html wp-block-file__embed wp-block-file__button " + // the link or the formula beside says it
		"more-link screen-reader-text visually-hidden sr-only "
	junkIDs names = " ez-toc-container toc_container jp-relatedposts "
)

// classify notes the traits of an element. It is done once, since long lists of classes take time.
func (n *node) classify() { n.note(traitsOf(n.tag)) }

// spare keeps an element that would be dropped for its name alone.
func (n *node) spare() { n.note(n.traits &^ (dropped | leftOut)) }

func (n *node) note(traits trait) {
	n.traits = traits
	if n.traits&dropped != 0 || junkIDs.has(n.attr("id")) || n.is(junkClasses) || n.hidden() {
		n.traits |= leftOut
	}
}

// hidden text is nearly always spam that was broken into a site, for search engines to find.
func (n *node) hidden() bool {
	return n.has("hidden") && n.attr("hidden") != "until-found" || n.styled(" display:none visibility:hidden ")
}

// styled reports whether an inline style has one of these declarations, which are written without spaces. Style is read
// for what it says of the meaning and never passed on.
func (n *node) styled(declarations names) bool {
	for _, d := range strings.Split(strings.ToLower(n.attr("style")), ";") {
		if declarations.has(strings.TrimSuffix(strings.Join(strings.Fields(d), ""), "!important")) {
			return true
		}
	}
	return false
}
