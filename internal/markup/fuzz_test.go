package markup

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/weburl"
)

// FuzzBlocks holds the boundary: whatever comes in, what goes out is made of the blocks, members and values of allowed
// (see below), addresses of allowed schemes, levels 2 to 6, pictures with addresses, valid text that is not much longer
// than the source, and bounded counts; and it is the same the second time.
func FuzzBlocks(f *testing.F) {
	files, err := filepath.Glob("testdata/bodies/*.html")
	require.NoError(f, err)
	require.NotEmpty(f, files)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(f, err)
		f.Add(string(data))
	}
	for _, seed := range []string{
		`<a href="java&#9;script:x">a<img src="//x/a.jpg" srcset="data:x 2x, /b 1w"><noscript><img src=/c>`,
		`<b><p><i><table>x<tr><td rowspan=9 colspan=9>y</b>z<caption><h1>h`,
		`[caption align="alignleft"]<img src=/a.jpg> b. (c) AP[/caption][embed]https://youtu.be/x[/embed][vc_raw_html]`,
		"\u202e<p dir=rtl lang=x_y>\u2067a\u202c<br><br><q>b<rt>c</q>\ufeff\x00",
		`<figure><figure><img src=/a><figcaption><cite>b</figure><iframe src=//x.com/1></iframe><video src=/v>`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, html string) {
		o := Options{Base: articleBase, Headline: "h", Language: "de"}
		blocks, warnings := Blocks(html, o)
		again, _ := Blocks(html, o)
		require.Equal(t, blocks, again)
		require.LessOrEqual(t, len(warnings), maxWarnings)
		c := &checker{t: t}
		c.blocks(blocks)
		require.LessOrEqual(t, c.count, article.MaxBlocks)
		require.LessOrEqual(t, c.images, article.MaxImages)
		require.LessOrEqual(t, c.size, 4*len(html))
		in := Inline(html, o)
		c.inline(in)
		requireAllowed(t, reflect.ValueOf(blocks))
		requireAllowed(t, reflect.ValueOf(in))
		require.True(t, utf8.ValidString(Text(html)))
	})
}

// allowed is what may stand in the members of blocks, by type and name: "address", "text", or one of several words. Any
// other member must be empty, and any other type fails.
var allowed = map[string]string{
	"Base.InLanguage": "language", "Base.Dir": "|ltr|rtl|auto",
	"Run.Text": "text", "Run.URL": "address", "Run.InLanguage": "language", "Run.Dir": "|ltr|rtl|auto",
	"Figure.URL": "address", "Figure.Layout": "|wide|full|start|end",
	"Image.URL": "address", "Image.CreditText": "text", "Rendition.URL": "address",
	"Quote.Style": "block|pull", "NamedLink.Name": "text", "NamedLink.URL": "address",
	"Media.Kind": "video|audio", "Media.URL": "address", "Media.Name": "text", "Media.CreditText": "text",
	"Embed.URL": "address", "Embed.EmbedURL": "address", "Embed.Provider": "text", "Embed.Name": "text", "Embed.Description": "text",
}

const allowedTypes = " Paragraph Heading Figure Gallery Quote List ListItem Media Embed Table Divider Base Inline Run Image Rendition NamedLink "

// requireAllowed walks all that a value holds.
func requireAllowed(t *testing.T, v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() {
			requireAllowed(t, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			requireAllowed(t, v.Index(i))
		}
	case reflect.Struct:
		name := v.Type().Name()
		require.Contains(t, allowedTypes, " "+name+" ")
		for i := range v.NumField() {
			if field := v.Type().Field(i).Name; v.Field(i).Kind() == reflect.String {
				requireValue(t, name+"."+field, v.Field(i).String())
				continue
			}
			requireAllowed(t, v.Field(i))
		}
	case reflect.String: // an alternative text, or none
		requireValue(t, "Run.Text", v.String())
	}
}

func requireValue(t *testing.T, member, value string) {
	switch rule := allowed[member]; rule {
	case "":
		require.Empty(t, value, member)
	case "text":
		require.True(t, utf8.ValidString(value), member)
		require.False(t, strings.ContainsFunc(value, func(r rune) bool { return r != '\t' && unicode.IsControl(r) }), "%s: %q", member, value)
	case "language":
		require.Equal(t, article.NormalLanguage(value), value, member)
	case "address":
		if value == "" {
			return
		}
		u, err := weburl.Parse(value)
		require.NoError(t, err, member)
		require.Contains(t, []string{"https", "http", "mailto", "tel"}, u.Scheme, member)
	default:
		require.Contains(t, strings.Split(rule, "|"), value, member)
	}
}

type checker struct {
	t                   *testing.T
	count, images, size int
}

func (c *checker) blocks(blocks []article.Block) {
	c.count += len(blocks)
	for _, b := range blocks {
		switch b := b.(type) {
		case article.Heading:
			require.True(c.t, b.Level >= 2 && b.Level <= 6, "level %d", b.Level)
			require.NotEmpty(c.t, b.Content)
		case article.Paragraph:
			require.NotEmpty(c.t, b.Content)
		case article.Figure:
			c.image(b.Image)
			c.link(b.URL)
		case article.Gallery:
			require.Greater(c.t, len(b.Images), 1)
			for _, img := range b.Images {
				c.image(img)
			}
		case article.Quote:
			require.NotEmpty(c.t, b.Body)
			c.blocks(b.Body)
			if b.Citation != nil {
				require.NotEmpty(c.t, b.Citation.Name)
			}
		case article.List:
			require.NotEmpty(c.t, b.Items)
		case article.Media:
			require.Contains(c.t, []string{"video", "audio"}, b.Kind)
			c.loaded(b.URL)
			if b.Thumbnail != nil {
				c.loaded(b.Thumbnail.URL)
			}
		case article.Embed:
			require.NotEmpty(c.t, b.Provider)
			c.loaded(b.URL)
			if b.EmbedURL != "" {
				c.loaded(b.EmbedURL)
			}
		case article.Table, article.Divider:
		default:
			require.Failf(c.t, "block", "%T is not made here", b)
		}
	}
	eachInline(blocks, c.inline)
}

func (c *checker) inline(in article.Inline) {
	for i, r := range in {
		c.size += len(r.Text)
		require.NotEmpty(c.t, r.Text)
		require.True(c.t, utf8.ValidString(r.Text))
		require.NotContains(c.t, r.Text, "\x00")
		require.Contains(c.t, []article.Dir{"", article.LTR, article.RTL, article.AutoDir}, r.Dir)
		require.False(c.t, r.Break && i == len(in)-1, "a break at the end")
		c.link(r.URL)
	}
}

func (c *checker) link(address string) {
	if address == "" {
		return
	}
	u, err := weburl.Parse(address)
	require.NoError(c.t, err)
	require.Contains(c.t, []string{"https", "http", "mailto", "tel"}, u.Scheme)
}

// loaded checks an address that a page may load by itself.
func (c *checker) loaded(address string) {
	u, err := weburl.Parse(address)
	require.NoError(c.t, err)
	require.NotEmpty(c.t, u.Hostname())
	require.True(c.t, u.Scheme == "https" || u.Scheme == "http" && u.IsLoopback(), address)
	require.False(c.t, strings.ContainsAny(address, " \t\n\""), address)
}

func (c *checker) image(img article.Image) {
	c.images++
	c.loaded(img.URL)
	require.True(c.t, img.Width >= 0 && img.Width <= maxPixels && img.Height >= 0 && img.Height <= maxPixels)
	for _, r := range img.Renditions {
		c.loaded(r.URL)
		require.Positive(c.t, r.Width)
	}
}
