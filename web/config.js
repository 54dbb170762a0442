// Reads what the attributes say.
import { canShare } from "./share.js";

/** choices of the attributes that take one of a few words; the first is the default. */
export const choices = {
	theme: ["auto", "light", "dark", "sepia"],
	images: ["auto", "tap", "none"],
	load: ["visible", "eager", "click"],
};

/** choice gives the value of such an attribute, or its default where it says anything else. */
export function choice(element, name) {
	const value = element.getAttribute(name)?.trim().toLowerCase();
	return choices[name].includes(value) ? value : choices[name][0];
}

/** headingLevel is a whole number from 1 to 6; anything else is 2. */
export function headingLevel(element) {
	const level = Number(element.getAttribute("heading-level"));
	return Number.isInteger(level) && level >= 1 && level <= 6 ? level : 2;
}

/** address gives an attribute as an absolute address, or as it stands where it is none: Go says what is wrong with it. */
export function address(element, name) {
	const value = element.getAttribute(name)?.trim() ?? "";
	if (!value) return "";
	try {
		return new URL(value, element.ownerDocument.baseURI).href;
	} catch {
		return value;
	}
}

/** language of the interface: that of the text around the element, also across shadow roots, else the browser's. */
export function language(element) {
	for (let at = element; at; at = at.getRootNode().host) {
		const tag = at.closest("[lang]")?.lang;
		if (tag) return tag;
	}
	return navigator.language || "en";
}

/** config is the payload of the command mount. */
export function config(element) {
	const text = (name) => element.getAttribute(name)?.trim() ?? "";
	return {
		src: address(element, "src"),
		base: address(element, "base"),
		mirrors: text("mirrors"),
		key: text("key"),
		root: element.querySelector(':scope > script[type="text/byway-root"]')?.textContent ?? "",
		minFeed: text("min-feed"),
		integrity: text("integrity"),
		format: text("format"),
		private: element.hasAttribute("private"),
		shelfLimit: Math.max(0, Number(element.getAttribute("shelf-limit"))) || 0,
		language: language(element),
		headingLevel: headingLevel(element),
		images: choice(element, "images"),
		controls: element.hasAttribute("controls") ? text("controls").split(/[\s,]+/).filter(Boolean) : null,
		share: canShare() ? "system" : "copy",
	};
}

/**
 * bases lists the addresses of the publisher's tree: base or the origin of src, then the mirrors. What Go would not ask is
 * left out, and without the first there are none: the rule and its words are in internal/mirror.
 */
export function bases({ src, base, mirrors }) {
	const primary = parse(slashed(base || parse(src)?.origin));
	if (!usable(primary)) return [];
	const others = mirrors.split(/\s+/).map((mirror) => parse(slashed(mirror)));
	return [...new Set([primary, ...others.filter(usable)].map((url) => url.href))];
}

/**
 * addresses lists where the article can be opened: at src, then at the same place under each of the mirrors. Where a
 * publisher signs, "byway publish" has put a page for people beside what src names.
 */
export function addresses(where) {
	const primary = parse(where.src)?.href;
	if (!primary) return [];
	const all = bases(where);
	if (!primary.startsWith(all[0])) return [primary];
	const place = primary.slice(all[0].length);
	const signed = (where.key || where.root) && /^a\/(.*)\.json$/.exec(place);
	return all.map((base) => base + (signed ? signed[1] + ".html" : place));
}

/** slashed gives an address with a slash at its end. */
export const slashed = (base) => base && base.replace(/\/*$/, "/");

// A link to anything but a page of the web could run code here.
function parse(address) {
	try {
		const url = new URL(address);
		return /^https?:$/.test(url.protocol) ? url : null;
	} catch {
		return null;
	}
}

// https, or http on this device; no user name, query or fragment.
function usable(url) {
	const safe = url?.protocol === "https:" || /^(localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/.test(url?.hostname);
	return safe && url.href === url.origin + url.pathname;
}
