package decode

import (
	"strings"

	"byway/internal/article"
	"byway/internal/weburl"
)

// services are the hosts whose type and name of channel are known.
var services = []struct{ host, kind, name string }{
	{"t.me", "telegram", "Telegram"},
	{"telegram.me", "telegram", "Telegram"},
	{"whatsapp.com", "whatsapp", "WhatsApp"},
	{"signal.group", "signal", "Signal"},
	{"youtube.com", "youtube", "YouTube"},
	{"instagram.com", "instagram", "Instagram"},
	{"x.com", "x", "X"},
	{"twitter.com", "x", "X"},
	{"facebook.com", "facebook", "Facebook"},
	{"bsky.app", "bluesky", "Bluesky"},
	{"tiktok.com", "tiktok", "TikTok"},
	{"linkedin.com", "linkedin", "LinkedIn"},
}

// channelAt names an account by its service, or by its host where the service is not known. Without a name it is none.
func channelAt(address string) article.Channel {
	u, err := weburl.Parse(address)
	if err != nil || u.Host == "" {
		return article.Channel{}
	}
	host := strings.ToLower(u.Hostname())
	for _, prefix := range []string{"www.", "m.", "channel."} {
		host = strings.TrimPrefix(host, prefix)
	}
	c := article.Channel{Name: host, URL: address}
	for i := range services {
		if services[i].host == host {
			c.Name, c.Type = services[i].name, services[i].kind
		}
	}
	return c
}
