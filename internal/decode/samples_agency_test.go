package decode_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var agencySamples = map[string]blogSample{
	"ans/jp_SankeiShimbun_2025_01_21.globalContent.json": {
		format:      "ans",
		headline:    "小笠原諸島の警察無線「不感地帯」解消\u3000以前は電波を探し警察官が往復\u3000住民から安堵の声",
		sections:    []string{"社会", "地震・災害"},
		lead:        "https://cloudfront-ap-northeast-1.images.arcpublishing.com/sankei/C5TD7WETVJI4PD34ZPGQDC5SJM.jpg",
		leadCaption: "… 機動通信1課の吉田孝太技官（警視庁提供）",
		credit:      "大渡\u3000美咲",
		figures:     []string{bare},
	},
	"ans/story-fixture-good-0.10.11.json": {
		format:      "ans",
		headline:    "The default headline for this story",
		sections:    []string{"News"},
		lead:        "https://tinyurl.com/mqyonhb",
		leadCaption: "Never gonna give you up",
		credit:      "Ansel Adams",
		figures:     []string{"Foo/", "Bar/"},
		language:    "en",
	},
	"ans/us_Reuters_2023_05_16.globalContent.json": {
		format:      "ans",
		headline:    "Nepal says 'no proof' flydubai plane suffered bird strike",
		sections:    []string{"Business", "Aerospace & Defense"},
		lead:        "https://cloudfront-us-east-2.images.arcpublishing.com/reuters/YVSLE2ZCXZMIZOLBAWQNAXNHKQ.jpg",
		leadCaption: "… THIS IMAGE HAS BEEN SUPPLIED BY A THIRD PARTY. MANDATORY CREDIT. NO RESALES. NO ARCHIVES.",
		credit:      "@SUBASTHEONE",
		language:    "en",
	},
	"ninjs/ninjsExComplex1_v1.4.json": {
		format:      "ninjs",
		headline:    "Captain of wrecked cruise ship on trial in Italy",
		lead:        "https://hosted.ap.org/photos/2/2643c588-dc8d-4923-bebd-e3b904edbb3a-big.jpg",
		leadCaption: "… listing vessel early.",
		credit:      "Paulo Santalucia",
		language:    "en",
	},
	"ninjs/tt_text_image_2_v2.1.json": {
		format:      "ninjs",
		headline:    "Militärövning i jätteformat hålls 2023",
		lead:        "https://beta.tt.se/media/text/210526-militarovning-a0f2d045/a001_NormalPreview.jpg",
		leadCaption: "… Arkivbild från militärövningen Aurora 17.",
		credit:      "Karl Melander/TT",
		language:    "sv",
	},
	"ninjs/tt_text_image_3.json": {
		format:      "ninjs",
		headline:    "Militärövning i jätteformat hålls 2023",
		lead:        "https://beta.tt.se/media/text/210526-militarovning-a0f2d045/a001_NormalPreview.jpg",
		leadCaption: "… Arkivbild från militärövningen Aurora 17.",
		credit:      "Karl Melander/TT",
		language:    "sv",
	},
}

func TestSamplesOfAgenciesAreReadAsMeasured(t *testing.T) {
	for name, want := range agencySamples {
		t.Run(name, func(t *testing.T) {
			requireSample(t, file(t, filepath.Join(samples(t), name)), want)
		})
	}
}

func TestEverySampleIsInATable(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(samples(t), "*", "*"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, name := range files {
		short := filepath.Base(filepath.Dir(name)) + "/" + filepath.Base(name)
		_, isBlog := blogSamples[short]
		_, isAgency := agencySamples[short]
		_, isLD := samplesOfLD[strings.TrimPrefix(short, "jsonld/")]
		require.True(t, isBlog || isAgency || isLD, "%s is in no table", short)
	}
}

// samples is the folder of publishers' own documents. Their texts are not ours to ship.
func samples(t *testing.T) string {
	t.Helper()
	const folder = "../../../shared/samples"
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("%s is not there: %v", folder, err)
	}
	return folder
}
