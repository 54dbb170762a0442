import css from "./byway.css";

let sheet; // shared by every element of the page

/** style puts the styles into a shadow root. */
export function style(root) {
	try {
		sheet ??= makeSheet();
		root.adoptedStyleSheets = [sheet];
	} catch {
		// A browser from before constructable style sheets. A policy of style-src 'self' blocks this one too, and then the
		// article is there without styles.
		const element = document.createElement("style");
		element.textContent = css;
		root.append(element);
	}
}

function makeSheet() {
	const made = new CSSStyleSheet();
	made.replaceSync(css);
	return made;
}
