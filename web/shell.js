// The few things that the element shows before Go runs, or without it.
import { wordsFor } from "./words.js";

const progressDelay = 300; // ms: on a fast line nothing flickers

export class Shell {
	#root;
	#box = null;
	#timer = 0;
	#bar = null;

	constructor(root) {
		this.#root = root;
	}

	clear() {
		clearTimeout(this.#timer);
		this.#timer = 0;
		this.#bar = null;
		this.#box?.remove();
		this.#box = null;
	}

	/** open offers a button that starts everything. */
	open(language, start) {
		const words = wordsFor(language);
		this.#show(words, "open", button(words.open, start));
	}

	/** progress shows how much has arrived, from 0 to 1, once that takes long enough to be seen. */
	progress(language, part) {
		if (this.#bar) {
			this.#bar.value = part;
			return;
		}
		this.#part = part;
		this.#timer ||= setTimeout(() => this.#showProgress(language), progressDelay);
	}

	#part = 0;

	#showProgress(language) {
		const words = wordsFor(language);
		const bar = make("progress", { value: this.#part, max: 1 });
		this.#show(words, "loading", make("label", {}, make("span", {}, words.loading), " ", bar));
		this.#bar = bar;
	}

	/** notice says what is wrong and gives links to the article; retry, where it helps, is what a button does. */
	notice(kind, language, addresses, retry, more) {
		const words = { ...wordsFor(language), ...more };
		const links = addresses.map((url) => make("li", {}, make("a", { href: url, dir: "ltr" }, url)));
		this.#show(words, retry ? "unsupported failed" : "unsupported",
			make("p", {}, words[kind]), make("ul", {}, ...links), ...(retry ? [button(words.again, retry)] : []));
		this.#box.firstChild.setAttribute("role", "status");
	}

	// The class byway gives the box the same distance from the page's styles as the article has.
	#show(words, kind, ...content) {
		this.clear();
		const inner = make("div", { className: kind }, ...content);
		if (kind !== "open") inner.setAttribute("part", "notice");
		this.#box = make("div", { className: "byway", lang: words.lang, dir: words.dir }, inner);
		this.#root.append(this.#box);
	}
}

function button(words, action) {
	const made = make("button", { type: "button" }, words);
	made.addEventListener("click", action);
	return made;
}

function make(tag, properties, ...children) {
	const element = Object.assign(document.createElement(tag), properties);
	element.append(...children);
	return element;
}
