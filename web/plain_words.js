// What the element says where WebAssembly does not run: notices, of which each says what is so, then what to do, and then
// what stands around an article. A file of its own, for plain.js is to stay small. {} stands for what is put in. An
// article names its notes, so nothing else may be found among them.

const words = {
	en: {
		dir: "ltr",
		unable: "WebAssembly is switched off or missing here, and without it this browser cannot check the publisher’s signature on this page. So the article is not shown. It can be opened directly:",
		refused: "WebAssembly is switched off or missing here, and without it none of the addresses delivered an article that this browser could check and show. Try again, or open it directly:",
		withdrawn: "The publisher has withdrawn this article. It is not shown any more.",
		plain: "Shown in a simple form, without pictures: WebAssembly is switched off or missing here.",
		signed: "Signed by {}, checked by this browser.",
		pinned: "Exactly the copy that this page expects, checked by this browser.",
		none: "Not signed.",
		since: "Not confirmed since {}: something newer may have been published and kept from you.",
		published: "Published {}",
		updated: "Updated {}",
		notes: { __proto__: null, correction: "Correction", clarification: "Clarification", editor: "Editor’s note", withdrawn: "Withdrawn by the publisher" },
		alternates: "Also available at",
		channels: "Follow the publisher",
		related: "Related",
	},
	ar: {
		dir: "rtl",
		unable: "WebAssembly معطّل أو غير متوفر هنا، ومن دونه لا يستطيع هذا المتصفح أن يتحقق من توقيع الناشر في هذه الصفحة، ولذلك لا يُعرض المقال. يمكنك فتحه مباشرة:",
		refused: "WebAssembly معطّل أو غير متوفر هنا، ومن دونه لم يوصل أي من العناوين مقالاً يستطيع هذا المتصفح أن يتحقق منه ويعرضه. حاول مرة أخرى، أو افتحه مباشرة:",
		withdrawn: "سحب الناشر هذا المقال، ولم يعد يُعرض.",
		plain: "يُعرض بشكل مبسّط ومن دون صور لأن WebAssembly معطّل أو غير متوفر هنا.",
		signed: "بتوقيع {}، وقد تحقق منه هذا المتصفح.",
		pinned: "مطابق تماماً للنسخة التي تنتظرها هذه الصفحة، وقد تحقق من ذلك هذا المتصفح.",
		none: "غير موقّع.",
		since: "لم يؤكَّد منذ {}: ربما نُشر ما هو أحدث وحُجب عنك.",
		published: "نُشر في {}",
		updated: "حُدّث في {}",
		notes: { __proto__: null, correction: "تصحيح", clarification: "توضيح", editor: "ملاحظة من التحرير", withdrawn: "سحبه الناشر" },
		alternates: "متاح أيضاً على",
		channels: "تابع الناشر",
		related: "مقالات ذات صلة",
	},
	fa: {
		dir: "rtl",
		unable: "WebAssembly اینجا خاموش است یا وجود ندارد، و بدون آن این مرورگر نمی‌تواند امضای ناشر را در این صفحه بررسی کند؛ برای همین مقاله نمایش داده نمی‌شود. می‌توانید آن را مستقیم باز کنید:",
		refused: "WebAssembly اینجا خاموش است یا وجود ندارد، و بدون آن هیچ‌یک از نشانی‌ها مقاله‌ای نرساند که این مرورگر بتواند بررسی کند و نشان دهد. دوباره تلاش کنید، یا آن را مستقیم باز کنید:",
		withdrawn: "ناشر این مقاله را پس گرفته است و دیگر نمایش داده نمی‌شود.",
		plain: "ساده و بدون تصویر نمایش داده می‌شود، چون WebAssembly اینجا خاموش است یا وجود ندارد.",
		signed: "با امضای {}، که این مرورگر آن را بررسی کرده است.",
		pinned: "درست همان نسخه‌ای که این صفحه می‌خواهد؛ این مرورگر آن را بررسی کرده است.",
		none: "بدون امضا.",
		since: "از {} تأیید نشده است: شاید چیز تازه‌تری منتشر شده و به شما نرسیده باشد.",
		published: "انتشار: {}",
		updated: "به‌روزرسانی: {}",
		notes: { __proto__: null, correction: "تصحیح", clarification: "توضیح", editor: "یادداشت تحریریه", withdrawn: "ناشر آن را پس گرفته است" },
		alternates: "در این نشانی‌ها هم هست",
		channels: "ناشر را دنبال کنید",
		related: "مقاله‌های مرتبط",
	},
};

/** wordsOf gives the table for a language of words.js, with the language as inLanguage, as an article has it. */
export const wordsOf = (lang) => ({ inLanguage: lang, ...words[lang] });
