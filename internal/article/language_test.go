package article_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"byway/internal/article"
)

func TestLanguagesAreWrittenAsBCP47(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "en", "EN": "en", "he_IL": "he-IL", "fa_IR": "fa-IR", "fa_IR.UTF-8": "fa-IR", "iw": "he", "iw-IL": "he-IL", "zh_CN": "zh-CN",
		"zh-hans": "zh-Hans", "uz-arab-AF": "uz-Arab-AF", "de-CH-1901": "de-CH-1901", "ckb": "ckb", " fr ": "fr",
		"": "", "und": "", "zxx": "", "mul": "", "e": "", "12": "", "toolonglang": "", "!!": "", "en-!!": "en",
	} {
		require.Equal(t, want, article.NormalLanguage(tag), "%q", tag)
		require.Equal(t, want, article.NormalLanguage(want), "%q", tag)
	}
}

func TestTheScriptOfALanguageSetsItsDirection(t *testing.T) {
	for tag, want := range map[string]article.Dir{
		"ar": "rtl", "fa-IR": "rtl", "he": "rtl", "iw": "rtl", "ur": "rtl", "ps": "rtl", "ckb": "rtl", "ug": "rtl", "dv": "rtl", "yi": "rtl",
		"ku": "ltr", "az": "ltr", "ku-Arab": "rtl", "az_Arab": "rtl", "uz-Arab-AF": "rtl", "pa-Arab": "rtl", "ar-Latn": "ltr", "ff-Adlm": "rtl",
		"en": "ltr", "zh-Hant": "ltr", "de-1901": "ltr", "": "", "und": "",
	} {
		require.Equal(t, want, article.DirOf(tag), tag)
	}
}

func TestALanguageInTwoScriptsLeavesItsDirectionToTheText(t *testing.T) {
	for tag, want := range map[string]bool{"ku": true, "ku_IQ": true, "az": true, "UZ": true, "ku-Latn": false, "az-Arab": false, "ckb": false, "en": false, "": false} {
		require.Equal(t, want, article.IsInTwoScripts(tag), tag)
	}
}
