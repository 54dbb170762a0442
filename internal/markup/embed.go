package markup

import (
	"net/url"
	"path"
	"strings"

	"byway/internal/article"
)

// providers are hosts whose names readers know. An embed of any other host is named after it.
var providers = []struct{ host, name string }{
	{"youtube.com", "YouTube"}, {"youtube-nocookie.com", "YouTube"}, {"youtu.be", "YouTube"}, {"vimeo.com", "Vimeo"},
	{"twitter.com", "X"}, {"x.com", "X"}, {"instagram.com", "Instagram"}, {"threads.net", "Threads"}, {"threads.com", "Threads"},
	{"facebook.com", "Facebook"}, {"fb.watch", "Facebook"}, {"tiktok.com", "TikTok"}, {"t.me", "Telegram"}, {"telegram.me", "Telegram"},
	{"soundcloud.com", "SoundCloud"}, {"spotify.com", "Spotify"}, {"podcasts.apple.com", "Apple Podcasts"},
	{"dailymotion.com", "Dailymotion"}, {"dai.ly", "Dailymotion"}, {"twitch.tv", "Twitch"}, {"reddit.com", "Reddit"},
	{"bsky.app", "Bluesky"}, {"linkedin.com", "LinkedIn"}, {"pinterest.com", "Pinterest"}, {"aparat.com", "Aparat"},
	{"vk.com", "VK"}, {"ok.ru", "OK"}, {"rutube.ru", "Rutube"}, {"castbox.fm", "Castbox"}, {"archive.org", "Internet Archive"},
	{"datawrapper.de", "Datawrapper"}, {"dwcdn.net", "Datawrapper"}, {"flourish.studio", "Flourish"}, {"infogram.com", "Infogram"},
	{"documentcloud.org", "DocumentCloud"}, {"scribd.com", "Scribd"}, {"issuu.com", "Issuu"}, {"openstreetmap.org", "OpenStreetMap"},
}

// providerOf names a host.
func providerOf(host string) string {
	for _, p := range providers {
		if hostIn(host, p.host) {
			return p.name
		}
	}
	return strings.TrimPrefix(strings.ToLower(host), "www.")
}

// advertisers put frames into articles that are no part of them.
var advertisers = []string{"doubleclick.net", "googlesyndication.com", "googletagmanager.com", "amazon-adsystem.com",
	"adnxs.com", "taboola.com", "outbrain.com", "criteo.com", "teads.tv"}

// pageAttr marks a frame that was written as the address of a page, by [embed] and the like.
const pageAttr = "byway-page"

// iframe makes a card of a frame. Frames are never loaded (blocking-and-trust.md §4).
func (f *flow) iframe(n *node) {
	if isPixel(n) || n.is("wp-embedded-content") { // the card of the quote beside it says the same
		return
	}
	if page := ResolveImage(f.c.opt.Base, n.attr(pageAttr)); page != "" {
		f.add(f.embedOf(page))
		return
	}
	ref := ""
	for _, name := range []string{"data-src", "data-lazy-src", "data-litespeed-src", "src"} {
		if ref = ResolveImage(f.c.opt.Base, n.attr(name)); ref != "" {
			break
		}
	}
	if id := n.attr("data-videoid"); n.tag == "amp-youtube" && id != "" {
		ref = "https://www.youtube.com/embed/" + url.PathEscape(id)
	}
	if ref == "" {
		if n.has("srcdoc") || n.attr("src") != "" && n.attr("src") != "about:blank" {
			f.c.warnings.add("iframe", "frame without a usable address: left out")
		}
		return
	}
	if u, err := url.Parse(ref); err != nil || hostIn(u.Hostname(), advertisers...) {
		return
	}
	e := f.embedOf(ref)
	if e.URL == ref || isPlayer(ref) {
		e.EmbedURL = ref
	}
	e.Name = oneLine(n.attr("title"))
	f.add(e)
}

// isPlayer reports whether an address of a known provider is of a frame and not of a page.
func isPlayer(ref string) bool {
	return strings.Contains(ref, "/embed") || strings.Contains(ref, "player") || strings.Contains(ref, "/plugins/")
}

// embedOf is a card for an https address.
func (f *flow) embedOf(ref string) article.Embed {
	e := article.Embed{Base: f.base(), URL: ref}
	u, err := url.Parse(ref)
	if err != nil {
		return e
	}
	e.Provider = providerOf(u.Hostname())
	if page := ResolveImage(nil, pageOf(u, e.Provider)); page != "" {
		e.URL = page
	}
	return e
}

// pageOf is the page that a player belongs to: what a reader can open. It is empty when there is no rule.
func pageOf(u *url.URL, provider string) string {
	id := path.Base(u.Path)
	query := u.Query()
	switch provider {
	case "YouTube":
		return youtubePage(u, query)
	case "Vimeo":
		if strings.HasPrefix(u.Path, "/video/") {
			return "https://vimeo.com/" + id
		}
	case "Dailymotion":
		if v := query.Get("video"); v != "" {
			return "https://www.dailymotion.com/video/" + url.PathEscape(v)
		}
		if strings.HasPrefix(u.Path, "/embed/") {
			return "https://www.dailymotion.com/video/" + id
		}
	case "Facebook":
		return query.Get("href")
	case "SoundCloud":
		return query.Get("url")
	case "Spotify", "Apple Podcasts":
		return "https://" + strings.TrimPrefix(u.Host, "embed.") + strings.TrimPrefix(u.Path, "/embed")
	case "Instagram":
		before, _, _ := strings.Cut(u.Path, "/embed")
		return "https://www.instagram.com" + strings.TrimSuffix(before, "/") + "/"
	case "Telegram":
		return "https://t.me" + u.Path
	case "X":
		if v := query.Get("id"); strings.HasPrefix(u.Host, "platform.") && isNumber(v) {
			return "https://x.com/i/status/" + v
		}
	}
	return ""
}

func youtubePage(u *url.URL, query url.Values) string {
	id := path.Base(u.Path)
	switch first, _, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/"); {
	case query.Get("v") != "":
		id = query.Get("v")
	case id == "videoseries":
		return "https://www.youtube.com/playlist?list=" + url.QueryEscape(query.Get("list"))
	case hostIn(u.Hostname(), "youtu.be"), first == "embed", first == "v", first == "shorts", first == "live":
	default:
		return ""
	}
	return "https://www.youtube.com/watch?v=" + url.QueryEscape(id)
}

// socialClasses are of quotes that a script of the network would turn into a frame.
var socialClasses = []struct{ class, attr, host string }{
	{"twitter-tweet", "", "twitter.com x.com"},
	{"twitter-video", "", "twitter.com x.com"},
	{"instagram-media", "data-instgrm-permalink", "instagram.com"},
	{"tiktok-embed", "cite", "tiktok.com"},
	{"text-post-media", "data-text-post-permalink", "threads.net threads.com"},
	{"bluesky-embed", "", "bsky.app"},
	{"reddit-embed-bq", "", "reddit.com"},
	{"mastodon-embed", "data-embed-url", ""},
	{"fb-post", "data-href", "facebook.com"},
	{"fb-video", "data-href", "facebook.com"},
	{"wp-embedded-content", "", ""},
}

// social keeps what a post says as a quote, readable without the network, and adds a card with its address (§4.3). It
// reports whether the element was a post.
func (f *flow) social(n *node, st style) bool {
	if n.tag != "blockquote" && n.tag != "div" {
		return false
	}
	for _, s := range socialClasses {
		if !n.is(s.class) {
			continue
		}
		ref := ResolveImage(f.c.opt.Base, n.attr(s.attr))
		for _, a := range n.find(isLink) {
			if u := ResolveImage(f.c.opt.Base, a.attr("href")); s.attr == "" && isPost(u, s.host) {
				ref = u // the last one: it is the date of the post
			}
		}
		f.add(f.quoteOf(n, st)...)
		if ref != "" {
			f.add(f.embedOf(ref))
		}
		return true
	}
	return false
}

func isPost(address, hosts string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != "" && (hosts == "" || hostIn(u.Hostname(), strings.Fields(hosts)...))
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
	wrapper := n.find(func(k *node) bool { return k.is("wp-block-embed__wrapper") })
	if len(wrapper) != 1 || len(wrapper[0].find(func(k *node) bool { return k.tag != "" && k.tag != "br" })) > 0 {
		return
	}
	text := wrapper[0].words()
	if !strings.ContainsAny(text, " ") && strings.HasPrefix(text, "http") && ResolveImage(nil, text) != "" {
		wrapper[0].kids = []*node{leaf("iframe", pageAttr, text)}
	}
}
