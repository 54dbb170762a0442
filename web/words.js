// What the element says before Go runs, or without it. All other words are in internal/page.
// Each says what is so, then what to do; none claims to know why.

const words = {
	en: {
		dir: "ltr",
		open: "Show the article",
		loading: "Loading the article…",
		unsupported: "This page cannot run the article reader: WebAssembly is switched off or missing here. The article can be opened directly:",
		failed: "The article reader did not arrive. Try again, or open the article directly:",
		broken: "The article reader has stopped because of a fault of its own. Try again, or open the article directly:",
		again: "Try again",
	},
	ar: {
		dir: "rtl",
		open: "اعرض المقال",
		loading: "جارٍ تحميل المقال…",
		unsupported: "لا يمكن تشغيل قارئ المقالات في هذه الصفحة لأن WebAssembly معطّل أو غير متوفر هنا. يمكنك فتح المقال مباشرة:",
		failed: "لم يصل قارئ المقالات. حاول مرة أخرى، أو افتح المقال مباشرة:",
		broken: "توقف قارئ المقالات بسبب خلل فيه. حاول مرة أخرى، أو افتح المقال مباشرة:",
		again: "حاول مرة أخرى",
	},
	fa: {
		dir: "rtl",
		open: "نمایش مقاله",
		loading: "در حال بارگیری مقاله…",
		unsupported: "مقاله‌خوان در این صفحه اجرا نمی‌شود، چون WebAssembly اینجا خاموش است یا وجود ندارد. می‌توانید مقاله را مستقیم باز کنید:",
		failed: "مقاله‌خوان نرسید. دوباره تلاش کنید، یا مقاله را مستقیم باز کنید:",
		broken: "مقاله‌خوان به‌سبب ایرادی در خودش از کار افتاد. دوباره تلاش کنید، یا مقاله را مستقیم باز کنید:",
		again: "تلاش دوباره",
	},
};

/** wordsFor gives the table for a language tag, English where there is none, with its language as lang. */
export function wordsFor(language) {
	const primary = language.toLowerCase().split("-")[0];
	const lang = words[primary] ? primary : "en";
	return { lang, ...words[lang] };
}
