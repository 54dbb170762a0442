import css from "./byway.css";

const sheets = new WeakMap(); // by document: one serves every element of it

/** style puts the styles into a shadow root. */
export function style(root) {
	try {
		root.adoptedStyleSheets = [sheetOf(root.ownerDocument)];
	} catch {
		// A browser from before constructable style sheets. A policy of style-src 'self' blocks this one too, and then the
		// article is there without styles.
		const element = document.createElement("style");
		element.textContent = css;
		root.append(element);
	}
}

function sheetOf(page) {
	if (!sheets.has(page)) {
		const made = new (page.defaultView ?? window).CSSStyleSheet();
		made.replaceSync(css);
		sheets.set(page, made);
	}
	return sheets.get(page);
}
