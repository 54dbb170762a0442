package carry

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"byway/internal/page"
	"byway/internal/trust"
)

func TestAFileGivesBackWhatWasPutThere(t *testing.T) {
	p := newPress(t)
	for _, language := range []string{"", "en", "ar", "fa"} {
		for path, pictures := range map[string]int{"weir": 3, "bridge": 1} {
			t.Run(fmt.Sprintf("%s in %q", path, language), func(t *testing.T) {
				f := p.take(path)
				f.Language = language
				data := written(t, f)
				require.Equal(t, data, written(t, f))
				o, err := Open(data, p.witness(nil))
				require.NoError(t, err)
				require.Len(t, o.Pictures, pictures)
				for _, picture := range o.Pictures {
					require.Contains(t, f.Pictures, picture)
				}
				require.Equal(t, data, written(t, &o.File))
				require.Equal(t, f.Article, o.Article)
				require.False(t, o.Claimed || o.Older)
				require.Equal(t, PageCompared, o.Page)
				require.Equal(t, pictures/3, o.Unsigned)
				require.Equal(t, "news.example", o.Signature.Site)
				require.Equal(t, p.Now.Unix(), o.Signature.Issued.Unix())
				require.Equal(t, fmt.Sprintf("%x", sha256.Sum256(f.Article)), o.Signature.Hash)
			})
		}
	}
}

func TestAPageShowsEverythingAndAsksForNothing(t *testing.T) {
	p := newPress(t)
	data := string(p.save("weir"))
	doc, err := html.Parse(strings.NewReader(data))
	require.NoError(t, err)
	var text strings.Builder
	sources := 0
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" {
			text.WriteString(n.Data)
		}
		require.NotContains(t, []string{"link", "iframe", "object", "form", "base"}, n.Data)
		require.True(t, n.Data != "script" || n.Attr[0].Val == "application/x-byway-article")
		for _, a := range n.Attr {
			require.False(t, strings.HasPrefix(a.Key, "on"), a.Key)
			require.NotContains(t, []string{"srcset", "style", "data-pictures"}, a.Key)
			if a.Key == "src" {
				require.True(t, strings.HasPrefix(a.Val, "data:image/"), a.Val)
				sources++
			}
		}
	}
	require.Equal(t, 4, sources, "a picture that stands in two places is there twice")
	for _, want := range []string{"Saved from news.example · signed 22 August 2026, 13:00 UTC · can be checked with Byway",
		"The weir is to be lowered <& the fish>", "MILL END", "Ada Orchard", "© Ada Orchard", "Nobody signed this one. · picture not signed", "nine eels", "willow",
		"41 cm on 1 May.", "The pond is kept.", "Kept as it is.", "src=\"blob:byway/0\"", "Gazette on Telegram", "That is all."} {
		require.Contains(t, text.String(), want)
	}
	require.Equal(t, 1, strings.Count(data, blockBegin))
}

func TestAPageSpeaksTheLanguageOfItsReader(t *testing.T) {
	p := newPress(t)
	for language, want := range map[string]string{
		"":      `<html lang="fa" dir="rtl">`,
		"en-GB": `<html lang="en" dir="ltr">`,
		"ar":    `<p class="saved">حُفظت من <bdi dir="ltr">news.example</bdi> · وُقّعت في 22 أغسطس 2026`,
		"fa":    `<p class="saved">ذخیره‌شده از <bdi dir="ltr">news.example</bdi> · امضاشده در ۲۲ اوت ۲۰۲۶`,
	} {
		f := p.take("bridge")
		f.Language = language
		require.Contains(t, string(written(t, f)), want, language)
	}
	for _, w := range tables {
		require.Equal(t, w.language, page.Language(w.language))
	}
	require.Equal(t, "en", page.Language("de"))
}

func TestWhatIsNotInTheFileIsDescribed(t *testing.T) {
	p := newPress(t)
	f := p.take("weir")
	f.Pictures = nil
	data := written(t, f)
	require.NotContains(t, string(data), "<img")
	require.Contains(t, string(data), `<p class="alt" dir="auto">A weir &quot;at low water&quot;</p>`)
	o, err := Open(data, p.witness(nil))
	require.NoError(t, err)
	require.Empty(t, o.Pictures)
}

func TestAnUnsignedArticleIsCarriedToo(t *testing.T) {
	data, err := os.ReadFile("../decode/testdata/wordpress-fa.json")
	require.NoError(t, err)
	f := &File{Article: data, Address: "https://blog.example/wp-json/wp/v2/posts/7"}
	written := written(t, f)
	require.Contains(t, string(written), `ذخیره‌شده از <bdi dir="ltr">blog.example</bdi> · بدون امضا</p>`)
	o, err := Open(written, Witness{Now: noon})
	require.NoError(t, err)
	require.Nil(t, o.Signature)
	require.True(t, o.Claimed)
	require.Equal(t, data, o.Article)

	_, err = Open(written, newPress(t).witness(nil))
	require.ErrorIs(t, err, trust.ErrBadSignature)
	_, err = Open(bytes.Replace(written, []byte("blog.example"), []byte("blag.example"), 1), Witness{Now: noon})
	require.ErrorIs(t, err, ErrAltered)
}

func TestTheArticleOfSeveralThatIsMeantIsCarried(t *testing.T) {
	f := &File{Address: "https://news.example/feed.json", Item: "2", Article: []byte(`{"version":"https://jsonfeed.org/version/1.1",
		"items":[{"id":"1","title":"The hill","content_text":"x"},{"id":"2","title":"The river","content_text":"y"}]}`)}
	data := written(t, f)
	require.Contains(t, string(data), "<title>The river</title>")
	o, err := Open(data, Witness{Now: noon})
	require.NoError(t, err)
	require.Equal(t, "2", o.Item)
	require.Equal(t, PageCompared, o.Page)
}

func TestWhatCannotBeCheckedIsNotSaved(t *testing.T) {
	p := newPress(t)
	for name, spoil := range map[string]func(f *File){
		"another article":           func(f *File) { f.Article = p.take("bridge").Article },
		"another path":              func(f *File) { f.Path = "bridge" },
		"evidence without a feed":   func(f *File) { f.Evidence = []byte(`{"notes":[]}`) },
		"evidence that is none":     func(f *File) { f.Evidence = []byte("<html>") },
		"the pin of somebody else":  func(f *File) { f.Pin = newPress(t).pin },
		"a pin that is none":        func(f *File) { f.Pin = "x" },
		"a picture of other bytes":  func(f *File) { f.Pictures[0].Bytes = []byte("GIF89a") },
		"a picture that can run":    func(f *File) { f.Pictures[0].Type = "image/svg+xml" },
		"a block page":              func(f *File) { *f = File{Article: []byte("<html>")} },
		"no article":                func(f *File) { *f = File{} },
		"an article with no bounds": func(f *File) { f.Pictures[len(f.Pictures)-1].Bytes = make([]byte, MaxBytes) },
	} {
		t.Run(name, func(t *testing.T) {
			f := p.take("weir")
			spoil(f)
			data, err := f.Write()
			require.ErrorContains(t, err, "save as a file: ")
			require.Nil(t, data)
		})
	}
}

// What Write gives must not change under one version, or files that are genuine would be called altered.
func TestThisVersionWritesWhatItAlwaysWrote(t *testing.T) {
	const want = "b574343caf7c3aab07856e55847fe877e3a22ce5c283054036dad282a0230b26"
	sum := sha256.New()
	for _, language := range []string{"en", "ar", "fa"} {
		for _, name := range []string{"testdata/weir.json", "testdata/bridge.json", "../article/testdata/example-article.json", "../article/testdata/example-article-ar.json"} {
			data, err := os.ReadFile(name)
			require.NoError(t, err)
			f := &File{Article: data, Path: "a", Evidence: []byte("notes"), Language: language, Pictures: []Picture{{"https://pictures.example/eels.gif", "image/gif", []byte("GIF89a")}}}
			is := &statement{feed: &trust.Feed{Site: "news.example", Issued: noon}, item: trust.Item{Notice: &trust.Notice{Kind: trust.Correction, Text: "It was two eels.", At: noon}}}
			_, err = f.write(is, sum)
			require.NoError(t, err)
		}
	}
	require.Equal(t, want, fmt.Sprintf("%x", sum.Sum(nil)), "count up the version in carry.go, since what is written has changed, and put the new hash here")
}

func BenchmarkFile(b *testing.B) {
	f := newPress(b).take("weir")
	data := written(b, f)
	o, err := Open(data, Witness{Now: noon.Add(24 * time.Hour)})
	require.NoError(b, err)
	content := len(f.Article)
	for _, p := range o.Pictures {
		content += len(p.Bytes)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		written(b, f)
	}
	b.ReportMetric(float64(len(data))/float64(content), "size/content")
}
