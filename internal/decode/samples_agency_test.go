package decode_test

import (
	"os"
	"path/filepath"
	"testing"
)

var agencySamples = map[string]blogSample{
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

// samples is the folder of publishers' own documents. Their texts are not ours to ship.
func samples(t *testing.T) string {
	t.Helper()
	const folder = "../../../shared/samples"
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("%s is not there: %v", folder, err)
	}
	return folder
}
