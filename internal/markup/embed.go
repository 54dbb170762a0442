package markup

import (
	"path"
	"strings"

	"byway/internal/article"
	"byway/internal/weburl"
)

// providers are names that readers know, each before its hosts. An embed of any other host is named after it.
var providers = [...]string{
	"YouTube: youtube.com youtube-nocookie.com youtu.be",
	"Vimeo: vimeo.com",
	"X: twitter.com x.com",
	"Instagram: instagram.com",
	"Threads: threads.net threads.com",
	"Facebook: facebook.com fb.watch",
	"TikTok: tiktok.com",
	"Telegram: t.me telegram.me",
	"SoundCloud: soundcloud.com",
	"Spotify: spotify.com",
	"Apple Podcasts: podcasts.apple.com",
	"Dailymotion: dailymotion.com dai.ly",
	"Twitch: twitch.tv",
	"Reddit: reddit.com",
	"Bluesky: bsky.app",
	"LinkedIn: linkedin.com",
	"Pinterest: pinterest.com",
	"Aparat: aparat.com",
	"VK: vk.com",
	"OK: ok.ru",
	"Rutube: rutube.ru",
	"Castbox: castbox.fm",
	"Internet Archive: archive.org",
	"Datawrapper: datawrapper.de dwcdn.net",
	"Flourish: flourish.studio",
	"Infogram: infogram.com",
	"DocumentCloud: documentcloud.org",
	"Scribd: scribd.com",
	"Issuu: issuu.com",
	"OpenStreetMap: openstreetmap.org",
}

// providerOf names a host.
func providerOf(host string) string {
	for _, p := range providers {
		if name, hosts, _ := strings.Cut(p, ":"); hostIn(host, hosts) {
			return name
		}
	}
	return strings.TrimPrefix(strings.ToLower(host), "www.")
}

// advertisers put frames into articles that are no part of them.
const advertisers = "doubleclick.net googlesyndication.com googletagmanager.com amazon-adsystem.com adnxs.com taboola.com " +
	"outbrain.com criteo.com teads.tv"

// pageAttr marks a frame that was written as the address of a page, by [embed] and the like.
const pageAttr = "byway-page"

// iframe makes a card of a frame. Frames are never loaded (blocking-and-trust.md §4).
func (f *flow) iframe(n *node) {
	if isPixel(n) || n.is(" wp-embedded-content ") { // the card of the quote beside it says the same
		return
	}
	if page := f.c.firstImage(n, pageAttr); page != "" {
		f.add(f.embedOf(page))
		return
	}
	ref := f.c.firstImage(n, "data-src data-lazy-src data-litespeed-src src data")
	if id := n.attr("data-videoid"); n.tag == "amp-youtube" && id != "" {
		ref = "https://www.youtube.com/embed/" + weburl.Escape(id)
	}
	if ref == "" {
		if n.has("srcdoc") || n.attr("src") != "" && n.attr("src") != "about:blank" {
			f.c.warnings.add("iframe", "frame without a usable address: left out")
		}
		return
	}
	if host := hostOf(ref); host == "" || hostIn(host, advertisers) {
		return
	}
	e := f.embedOf(ref)
	if e.URL == ref || isPlayer(ref) {
		e.EmbedURL = ref
	}
	e.Name = oneLine(n.attr("title"))
	f.add(e)
}

// object makes a card of what an object would load, and shows what stands inside for browsers that cannot. Of Flash that
// is an advertisement for it.
func (f *flow) object(n *node, st *style) {
	if len(n.find(isEmbed)) == 0 {
		f.iframe(n)
	}
	if n.attr("type") != "application/x-shockwave-flash" {
		f.nodes(n.kids, f.c.enter(n, st))
		return
	}
	f.nodes(n.find(isEmbed), st)
}

func isEmbed(n *node) bool { return n.tag == "embed" }

// hostOf is the host of an address, without its port.
func hostOf(address string) string {
	u, err := weburl.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// isPlayer reports whether an address of a known provider is of a frame and not of a page.
func isPlayer(ref string) bool {
	return strings.Contains(ref, "/embed") || strings.Contains(ref, "player") || strings.Contains(ref, "/plugins/")
}

// embedOf is a card for an https address.
func (f *flow) embedOf(ref string) *article.Embed {
	e := &article.Embed{Base: f.base, URL: ref}
	if u, err := weburl.Parse(ref); err == nil {
		e.Provider = providerOf(u.Hostname())
		if page := ResolveImage(nil, pageOf(u, e.Provider)); page != "" {
			e.URL = page
		}
	}
	return e
}

// pageOf is the page that a player belongs to: what a reader can open. It is empty when there is no rule.
func pageOf(u *weburl.URL, provider string) string {
	dir, id := path.Split(strings.TrimSuffix(u.Path, "/"))
	switch provider {
	case "YouTube":
		return youtubePage(u, dir, id)
	case "Vimeo":
		if strings.HasPrefix(dir, "/video/") {
			return "https://vimeo.com/" + id
		}
	case "Dailymotion":
		if v := parameter(u, "video"); v != "" {
			return "https://www.dailymotion.com/video/" + weburl.Escape(v)
		}
		if strings.HasPrefix(dir, "/embed/") {
			return "https://www.dailymotion.com/video/" + id
		}
	case "Facebook":
		return parameter(u, "href")
	case "SoundCloud":
		return parameter(u, "url")
	case "Spotify", "Apple Podcasts":
		return "https://" + strings.TrimPrefix(u.Host, "embed.") + strings.TrimPrefix(u.Path, "/embed")
	case "Instagram":
		before, _, _ := strings.Cut(u.Path, "/embed")
		return "https://www.instagram.com" + strings.TrimSuffix(before, "/") + "/"
	case "Telegram":
		return "https://t.me" + u.Path
	case "X":
		if v := parameter(u, "id"); strings.HasPrefix(u.Host, "platform.") && isNumber(v) {
			return "https://x.com/i/status/" + v
		}
	}
	return ""
}

func youtubePage(u *weburl.URL, dir, id string) string {
	id = weburl.Unescape(id)
	switch v := parameter(u, "v"); {
	case v != "":
		id = v
	case id == "videoseries":
		return "https://www.youtube.com/playlist?list=" + weburl.Escape(parameter(u, "list"))
	case id == "" || !hostIn(u.Hostname(), "youtu.be") && !names(" /embed/ /v/ /shorts/ /live/ ").has(dir):
		return ""
	}
	return "https://www.youtube.com/watch?v=" + weburl.Escape(id)
}

// parameter gives the first value of this name in a query.
func parameter(u *weburl.URL, name string) string {
	for _, pair := range strings.Split(strings.TrimPrefix(u.Query, "?"), "&") {
		if value, found := strings.CutPrefix(pair, name+"="); found {
			return weburl.Unescape(strings.ReplaceAll(value, "+", " "))
		}
	}
	return ""
}

// socialClasses are of quotes that a script of the network would turn into a frame.
var socialClasses = [...]struct {
	class       names
	attr, hosts string
}{
	{" twitter-tweet ", "", "twitter.com x.com"},
	{" twitter-video ", "", "twitter.com x.com"},
	{" instagram-media ", "data-instgrm-permalink", "instagram.com"},
	{" tiktok-embed ", "cite", "tiktok.com"},
	{" text-post-media ", "data-text-post-permalink", "threads.net threads.com"},
	{" bluesky-embed ", "", "bsky.app"},
	{" reddit-embed-bq ", "", "reddit.com"},
	{" mastodon-embed ", "data-embed-url", ""},
	{" fb-post ", "data-href", "facebook.com"},
	{" fb-video ", "data-href", "facebook.com"},
	{" wp-embedded-content ", "", ""},
}

// social keeps what a post says as a quote, readable without the network, and adds a card with its address (§4.3). It
// reports whether the element was a post.
func (f *flow) social(n *node, st *style) bool {
	if n.tag != "blockquote" && n.tag != "div" {
		return false
	}
	for i := range socialClasses {
		s := &socialClasses[i]
		if !n.is(s.class) {
			continue
		}
		ref := f.c.firstImage(n, s.attr)
		if s.attr == "" {
			ref = f.c.postIn(n, s.hosts)
		}
		f.quote(n, st)
		if ref != "" {
			f.add(f.embedOf(ref))
		}
		return true
	}
	return false
}

// postIn is the last link to one of these hosts, or any: the date of the post leads to it.
func (c *converter) postIn(n *node, hosts string) string {
	ref := ""
	for _, a := range n.find(isLink) {
		u := c.firstImage(a, "href")
		if host := hostOf(u); host != "" && (hosts == "" || hostIn(host, hosts)) {
			ref = u
		}
	}
	return ref
}

// bookmark makes a card of Ghost's card for another page (§1.7): its pictures, author and publisher are that page's. It
// reports whether there is an address.
func (f *flow) bookmark(n *node) bool {
	ref := ""
	for _, a := range n.find(isLink) {
		ref = f.c.firstImage(a, "href")
	}
	if ref == "" {
		return false
	}
	e := f.embedOf(ref)
	for _, k := range n.find(isBookmarkText) {
		if k.is(" kg-bookmark-title ") {
			e.Name = k.words()
		} else {
			e.Description = oneLine(e.Description + " " + k.words())
		}
	}
	f.add(e)
	return true
}

func isBookmarkText(n *node) bool {
	return n.is(" kg-bookmark-title kg-bookmark-description ") || n.tag == "figcaption"
}

// telegram makes a card of Telegram's widget, which is a script with the name of the post.
func (f *flow) telegram(n *node) {
	if ref := ResolveImage(nil, "https://t.me/"+n.attr("data-telegram-post")); ref != "" {
		f.add(f.embedOf(ref))
	}
}

// bareEmbed turns the text of an embed that is nothing but an address, as WordPress leaves it when the other site did
// not answer, into a frame.
func (f *flow) bareEmbed(n *node) {
	wrapper := n.find(func(k *node) bool { return k.is(" wp-block-embed__wrapper ") })
	if len(wrapper) != 1 || len(wrapper[0].find(isElement)) > 0 {
		return
	}
	text := wrapper[0].words()
	if !strings.Contains(text, " ") && strings.HasPrefix(text, "http") && ResolveImage(nil, text) != "" {
		wrapper[0].kids = nodes{leaf("iframe", pageAttr, text)}
	}
}

func isElement(n *node) bool { return n.tag != "" && n.tag != "br" }
