package decode_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
	"byway/internal/decode"
)

// sampleLD is what a sample must give. One without a headline is refused as a breadcrumb that has no article.
type sampleLD struct {
	headline, sections, picture, caption, credit, language string
	dir                                                    article.Dir
	free                                                   any // nil where it is not said
	blocks                                                 int
}

var samplesOfLD = map[string]sampleLD{
	"ar_lb_LBCGroup_2026_01_08_1.json": {headline: "\"شعر وردي يُشعل السخرية\"… لغز لون شعر دونالد ترامب يربك الجمهور وخبير يشرح السبب",
		picture: "Doc-P-898682-639034694734437107.jpg", dir: "rtl", free: true},
	"de_at_DerStandard_2024_05_03_1.json": {headline: "Nach Kalifat-Rufen in Hamburg: Sind wir zu sanft zu Islamisten?",
		picture: "74c9cd9c-f3cf-4ea7-8cee-47415c5c6ebc.jpeg", dir: "ltr"},
	"de_at_DerStandard_2024_05_03_2.json": {},
	"de_de_Krautreporter_2024_08_22_1.json": {headline: "„Ich wollte, dass sie mich mögen. So überlebt man.“",
		picture: "haaretz.jpg?fit=crop&auto=format%2Ccompress&w=1200&h=630", dir: "ltr", free: false},
	"de_de_Taz_2024_10_23_1.json": {},
	"de_de_Taz_2024_10_23_2.json": {headline: "Entwurf des Selbstbestimmungsgesetzes: Ein bisschen Fortschritt",
		picture: "Buschmann-Paus-Transsexuelle-Selbstbestimmungsrecht-1.jpeg", dir: "ltr", free: true, blocks: 8},
	"en_mx_MexicoNewsDaily_2025_04_16_1.json": {headline: "Mexico to fight ‘illogical’ steel tariffs, citing trade surplus in US’s favor", sections: "News",
		picture: "1018461_Sheinbaum-Conferencia-Palacio_impreso.jpg", caption: "its southern neighbor.", credit: "(Mario Jasso/Cuartoscuro)", language: "en-US", dir: "ltr"},
	"en_mx_MexicoNewsDaily_2025_04_16_2.json": {},
	"en_uk_Metro_2024_07_17_1.json": {headline: "King's speech summary: Five key policies announced in state opening",
		picture: "87441003-0-image-a-5_1721213524755.jpg?quality=90&strip=all", dir: "ltr", blocks: 106},
	"en_uk_Metro_2024_07_17_2.json":  {},
	"es_es_ElPais_2024_10_15_1.json": {},
	"es_es_ElPais_2024_10_15_2.json": {headline: "Bruselas sondea la apertura de centros de deportación fuera de la Unión Europea", sections: "Internacional",
		picture: "PSKVEU3TZFHHTCBLL25HKORZD4?auth=3102c71c0a8b3e7a597d7458078e6a735cd258cb99f97aa64f152a6aa5d67da5&width=1960&height=1103&smart=true", language: "es", dir: "ltr", free: false, blocks: 1},
	"ja_jp_YomiuriShimbun_2024_12_03_1.json": {headline: "韓国が戒厳令、尹大統領「野党が反国家行為」…「従北勢力を清算」「共産勢力から国守る」", sections: "ニュース > 国際",
		picture: "20241203-OYT1I50202-T.jpg", dir: "ltr", free: true},
	"my_n4k_burmese_article_1.json": {headline: "တရားစွဲခံထားရတဲ့ အလဲဗင်းသတင်းသမား သုံးဦး အာမခံရ",
		picture: "_104039849_44146372_297116380900034_838816368563322880_n.jpg", dir: "ltr"},
	"ru_ru_Kommersant_2025_05_14_1.json": {headline: "Легкий троннинг",
		picture: "KMO_203839_00140_2_t241_210934.jpg", caption: "про три трона", dir: "ltr"},
	"ru_ru_Kommersant_2025_05_14_2.json": {},
	"uk_ua_Pravda_2026_01_08_1.json": {headline: "157 миллионов за бездействие. Как судьи ликвидированного ОАСК до сих пор сидят на выплатах из госбюджета", sections: "Публикации",
		picture: "4a611a79a88824d3fa9e89f62aa66080.jpeg", caption: "коллаж: Андрей Калистратенко", language: "ru", dir: "ltr", free: true, blocks: 1},
	"uk_ua_Pravda_2026_01_08_2.json": {},
}

// sectionsOfPages are those of all the scripts of a page together.
var sectionsOfPages = map[string]string{
	"de_at_DerStandard_2024_05_03":     "Panorama",
	"de_de_Taz_2024_10_23":             "Politik > Deutschland",
	"en_mx_MexicoNewsDaily_2025_04_16": "News",
	"en_uk_Metro_2024_07_17":           "News > Politics",
	"es_es_ElPais_2024_10_15":          "Internacional",
	"ru_ru_Kommersant_2025_05_14":      "Газета «Коммерсантъ» > Мир",
	"uk_ua_Pravda_2026_01_08":          "Публикации",
}

func TestTheSamplesOfLinkedDataAreReadAsMeasured(t *testing.T) {
	folder := "../../../shared/samples/jsonld"
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("%s is not there: %v", folder, err)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	require.NoError(t, err)
	require.Len(t, files, len(samplesOfLD))
	pages := map[string][]string{}
	for _, name := range files {
		base := filepath.Base(name)
		page := strings.TrimSuffix(base[:strings.LastIndexByte(base, '_')], "_")
		pages[page] = append(pages[page], string(file(t, name)))
		want, known := samplesOfLD[base]
		t.Run(base, func(t *testing.T) {
			require.True(t, known)
			requireSampleOfLD(t, file(t, name), want)
		})
	}
	for page, sections := range sectionsOfPages {
		t.Run(page, func(t *testing.T) {
			scripts := pages[page]
			slices.Reverse(scripts) // the order of a page's scripts means nothing
			require.Len(t, scripts, 2)
			a, _ := mustDecode(t, "["+strings.Join(scripts, ",")+"]", decode.Options{})
			require.Equal(t, sections, way(a.Sections))
		})
	}
}

func requireSampleOfLD(t *testing.T, data []byte, want sampleLD) {
	a, _, err := decode.Decode(data, decode.Options{Format: "jsonld"})
	if want.headline == "" {
		_, _, err := decode.Decode(data, decode.Options{})
		require.ErrorContains(t, err, "this is a breadcrumb in JSON-LD, without its article")
		return
	}
	require.NoError(t, err)
	detected, _ := mustDecode(t, string(data), decode.Options{})
	require.Equal(t, a, detected)
	require.Equal(t, want.headline, a.Headline)
	require.Equal(t, want.sections, way(a.Sections))
	require.True(t, strings.HasSuffix(a.Image[0].URL, "/"+want.picture), a.Image[0].URL)
	caption := a.Image[0].Caption.Text()
	require.True(t, strings.HasSuffix(caption, want.caption) && (caption == "") == (want.caption == ""), caption)
	require.Equal(t, want.credit, a.Image[0].CreditText)
	require.Equal(t, want.language, a.InLanguage)
	require.Equal(t, want.dir, a.Dir)
	require.Len(t, a.Body, want.blocks)
	if require.Equal(t, want.free == nil, a.IsAccessibleForFree == nil); want.free != nil {
		require.Equal(t, want.free, *a.IsAccessibleForFree)
	}
	require.False(t, a.DatePublished.IsZero())
	requireComesBack(t, data, decode.Options{})
}

// way is a breadcrumb in words.
func way(sections []article.NamedLink) string {
	var names []string
	for _, s := range sections {
		names = append(names, s.Name)
	}
	return strings.Join(names, " > ")
}
