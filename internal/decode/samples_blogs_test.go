package decode_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
)

// blogSample is what a sample of a blog's format must come out as. Figures are those of the body: caption, then credit.
type blogSample struct {
	item                string
	format, refused     string // refused: what the error says
	headline            string
	sections            []string
	lead                string
	leadCaption, credit string // of a long caption the end, after "… "
	figures             []string
	language            string
}

// bare is a figure without caption and credit.
const bare = "/"

var blogSamples = map[string]blogSample{
	"ghost/daveio_ghost_export_post.json": {
		format:   "ghost",
		headline: "Broken by design and openly sexist - two big reasons to avoid GoDaddy",
		lead:     "https://known.example/content/images/2016/08/17015760108_c40f9a2a44_o.jpg",
		figures:  []string{bare},
	},
	"jsonfeed/allthis-partial.json": {refused: "the document is cut short"},
	"jsonfeed/allthis.json": {
		format:   "jsonfeed",
		headline: "Last thoughts on modifier keys",
		figures:  []string{bare, bare},
	},
	"jsonfeed/authors.json": {refused: "no headline"},
	"jsonfeed/curt.json":    {format: "jsonfeed", headline: "Twitter Quitter"},
	"jsonfeed/curt.json#": {
		item:     "http://www.curtclifton.net/let-s-build-a-reactive-programming-library",
		format:   "jsonfeed",
		headline: "Let’s Build a Reactive Programming Library",
	},
	"jsonfeed/jsonfeed-extension.json":  {format: "jsonfeed", headline: "Second item."},
	"jsonfeed/jsonfeed-extension.json#": {item: "0", format: "jsonfeed", headline: "Third item. Without an extension."},
	"wordpress/embed_painhub_722.json": {
		format: "wordpress",
		headline: "Ultrasound-guided percutaneous cryoneurolysis providing postoperative analgesia lasting many weeks following a single administration " +
			"A replacement for continuous peripheral nerve blocks? – a case report of five patients following shoulder rotator cuff repair and total knee arthroplasty",
		sections: []string{"Cryoanalgesia - studies"},
		lead:     "https://ipmaustralia.com.au/wp-content/uploads/2025/05/Post-op-graphic.png",
	},
	"wordpress/embed_painhub_755.json": {
		format:      "wordpress",
		headline:    "Patient selection, indications, studies – Overview",
		sections:    []string{"Cryoanalgesia - procedural videos"},
		lead:        "https://ipmaustralia.com.au/wp-content/uploads/2025/06/Header.png",
		leadCaption: "Patient Selection, Indications, and Cryoablation Studies",
	},
	"wordpress/golkar_categories.json": {refused: "a list of WordPress categories"},
	"wordpress/golkar_media.json":      {refused: "a list of WordPress media"},
	"wordpress/golkar_posts.json": {
		format:   "wordpress",
		headline: "Posko Caleg Golkar Bekasi Dilempar Batu, Polisi Selidiki Laporan Pengrusakan!",
		figures:  []string{bare},
	},
	"wordpress/izquierda_es_4470.json": {
		format:   "wordpress",
		headline: "La Educación en Finlandia: ¿mito luminoso o artificio sombrío?",
		figures: []string{
			"Educación en Finlandia/", "Fuerza de trabajo «educada» en Finlandia/", "La población cubana y sus credenciales educativas/",
			"En este gráfico se advierte de forma visual el preocupante índice de personas sin cualificación académica y el abandono escolar temprano/",
		},
	},
	"wordpress/izquierda_es_5523.json":  {format: "wordpress", headline: "Sobre el argumentario de la patronal"},
	"wordpress/skyscraper_jetpack.json": {format: "wordpress", headline: "SECURITY LOG"},
}

// TestSamplesOfBlogsAreReadAsMeasured knows every file of the folders of these formats by its name.
func TestSamplesOfBlogsAreReadAsMeasured(t *testing.T) {
	folder := samples(t)
	for _, format := range []string{"ghost", "jsonfeed", "wordpress"} {
		files, err := filepath.Glob(filepath.Join(folder, format, "*.json"))
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, name := range files {
			require.Contains(t, blogSamples, format+"/"+filepath.Base(name))
		}
	}
	for name, want := range blogSamples {
		t.Run(name, func(t *testing.T) {
			data := file(t, filepath.Join(folder, strings.TrimSuffix(name, "#")))
			requireSample(t, data, want)
		})
	}
}

func requireSample(t *testing.T, data []byte, want blogSample) {
	o := decode.Options{Base: "https://known.example/a", Item: want.item}
	if want.refused != "" {
		_, _, err := decode.Decode(data, o)
		require.ErrorContains(t, err, want.refused)
		return
	}
	a, _ := mustDecode(t, string(data), o)
	got := want
	got.headline, got.language, got.sections, got.figures = a.Headline, a.InLanguage, nil, nil
	for _, s := range a.Sections {
		got.sections = append(got.sections, s.Name)
	}
	got.lead, got.leadCaption, got.credit = "", "", ""
	if len(a.Image) > 0 {
		got.lead, got.leadCaption, got.credit = a.Image[0].URL, shortened(a.Image[0].Caption.Text(), want.leadCaption), a.Image[0].CreditText
	}
	for _, b := range a.Body {
		if f, ok := b.(article.Figure); ok {
			got.figures = append(got.figures, f.Image.Caption.Text()+"/"+f.Image.CreditText)
		}
	}
	require.Equal(t, want, got)
	require.Equal(t, article.LTR, a.Dir, "all of them are")
	require.True(t, len(a.Body) > 0 || len(a.Description) > 0, "nothing to read")
	requireLabel(t, data, want.format)
	requireComesBack(t, data, o)
}

// shortened is the caption as it is wanted where it ends so.
func shortened(caption, want string) string {
	if end, isShort := strings.CutPrefix(want, "… "); isShort && strings.HasSuffix(caption, end) {
		return want
	}
	return caption
}

// requireLabel asks every format whether a document is its own: only one may say so.
func requireLabel(t *testing.T, data []byte, format string) {
	t.Helper()
	for _, name := range decode.Formats() {
		if name == "plain" && format != name { // it takes what no other knows, and more where it is forced
			continue
		}
		_, _, err := decode.Decode(data, decode.Options{Format: name})
		require.Equal(t, name == format, err == nil, "%s: %v", name, err)
	}
}
