package markup

import (
	"strings"

	"byway/internal/article"
)

// labels announce a credit; they stand before a colon. Those of English are used everywhere; the others follow their
// language, which stands before the first bar.
const englishLabels = "photo|photos|photograph|picture|pictures|image|images|credit|credits|source|photo credit|" +
	"image credit|picture credit|photo courtesy|illustration|copyright|photographer"

var labels = [...]string{
	"ar|تصوير|صورة|المصدر|مصدر الصورة|مصدر|عدسة",
	"bg|снимка|източник",
	"cs|foto|zdroj",
	"da|foto|kilde",
	"de|foto|fotos|bild|bilder|quelle|fotograf|fotografin|bildquelle|bildnachweis|grafik|archivfoto",
	"el|φωτογραφία|φωτό|φωτο|πηγή",
	"es|foto|fotos|fotografía|imagen|crédito|créditos|fuente",
	"fa|عکس|عکس\u200cها|عکاس|منبع|تصویر",
	"fi|kuva|kuvat|lähde",
	"fr|photo|photos|crédit|crédits|crédit photo|crédits photo|image",
	"he|צילום|צילומים|תמונה|קרדיט|מקור",
	"hi|फोटो|फ़ोटो|तस्वीर|चित्र|स्रोत",
	"hu|fotó|fotók|forrás",
	"id|foto|sumber",
	"it|foto|immagine|crediti|fonte",
	"ja|写真|撮影|提供|出典",
	"ko|사진|출처",
	"nl|foto|beeld|bron|afbeelding",
	"no|foto|kilde",
	"pl|fot|foto|zdjęcie|źródło",
	"pt|foto|fotos|imagem|crédito|créditos|fonte",
	"ro|foto|sursa|sursă",
	"ru|фото|снимок|источник|иллюстрация|фотография",
	"sr|foto|фото|izvor|извор",
	"sv|foto|bild|källa",
	"tr|foto|fotoğraf|görsel|kaynak",
	"uk|фото|світлина|зображення|джерело",
	"ur|تصویر|فوٹو|ذریعہ",
	"vi|ảnh|nguồn",
	"zh|图|图源|图片|图片来源|来源|摄影|圖|圖片|圖片來源|來源|攝影",
}

func labelsOf(language string) []string {
	primary, _, _ := strings.Cut(article.NormalLanguage(language), "-")
	if primary == "nb" || primary == "nn" {
		primary = "no"
	}
	all := englishLabels
	for _, l := range labels {
		if more, found := strings.CutPrefix(l, primary+"|"); found {
			all = more + "|" + all
		}
	}
	return strings.Split(all, "|")
}

// agencies whose name in brackets at the end of a caption is a credit.
const agencies = "Reuters|AFP|AP|AP Photo|Associated Press|Getty|Getty Images|dpa|DPA|EPA|TASS|Anadolu|" +
	"Anadolu Agency|IRNA|ISNA|Mehr|Tasnim|Xinhua|EFE|ANP|ANSA|APA|UPI|Belga|Kyodo|" +
	"Jiji|Yonhap|Ritzau|Lusa|PAP|Tanjug|RIA Novosti|Interfax|UNIAN|Ukrinform|Bloomberg|" +
	"Canadian Press|AAP|NurPhoto|Antara|Keystone|imago|Alamy|Shutterstock|iStock|Unsplash|" +
	"Pexels|Pixabay|Wikimedia|Wikimedia Commons|Flickr|" +
	"رويترز|أ ف ب|فرانس برس|أسوشيتد برس|الأناضول|غيتي|رویترز|ایرنا|ایسنا|تسنیم|گتی|" +
	"רויטרס|Рейтер|Рейтерс|ТАСС|РИА Новости|АФП|Укринформ|Укрінформ|" +
	"新华社|新華社|路透|路透社|法新社|中新社|ロイター|共同|時事|ＡＰ|ＡＦＰ時事|연합뉴스|로이터"

// creditWords are the small words among names in a credit.
const creditWords names = " by via for and of de la le du von van der photo photos file archive handout pool courtesy images " +
	"picture pictures dpa imago alliance "
