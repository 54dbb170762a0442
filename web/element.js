import { address, addresses, choice, choices, config, headingLevel } from "./config.js";
import { Unsupported } from "./boot.js";
import { Broken, engine } from "./engine.js";
import { watch } from "./pictures.js";
import { share } from "./share.js";
import { Shell } from "./shell.js";
import { started } from "./started.js";
import { style } from "./style.js";
import { without } from "./without.js";

let current = null; // the newest engine, for liveCallbacks

/**
 * <byway-article>: shows one article through whichever of its addresses answers. What a page puts inside is shown until
 * there is an article that was checked.
 *
 * Attributes, events, members: byway.d.ts. Parts: breadcrumbs headline standfirst byline figure caption credit body
 * addresses share keep shelf tools notice. Custom properties: --byway-*, listed at the top of byway.css.
 */
export class BywayArticle extends HTMLElement {
	static observedAttributes = ["src", "base", "mirrors", "key", "min-feed", "integrity", "format", "heading-level", "images", "load", "controls", "private", "shelf-limit", "lang"];

	/** How many functions and waits Go holds in JavaScript: for tests. It does not grow with elements or requests. */
	static get liveCallbacks() {
		return current ? JSON.parse(current.command(0, "stats") || "{}").callbacks ?? 0 : 0;
	}

	#slot = document.createElement("slot");
	#mount = Object.assign(document.createElement("div"), { className: "mount" });
	#shell;
	#ready = promise();
	#scheduled = false;
	#observer = null;
	#started = false; // the load attribute has been satisfied
	#booting = false;
	#engine = null;
	#id = 0; // of this element in the engine
	#sent = ""; // the attributes as the engine knows them
	#done = ""; // the attributes for which all was done that can be done without an engine
	#queue = []; // commands for an engine on its way
	#state = {}; // the last one that was told
	#unwatch = () => {}; // ends the waiting for somebody to begin to read
	#trace = []; // the last one, where there is no engine to ask

	constructor() {
		super();
		const root = this.attachShadow({ mode: "open" });
		style(root);
		root.append(this.#slot, this.#mount);
		this.#shell = new Shell(root);
		watch(this.#mount, (name, url) => this.#engine?.command(this.#id, name, url));
		root.addEventListener("click", (event) => this.#click(event));
		root.addEventListener("change", (event) => this.#change(event));
		root.addEventListener("input", ({ target }) => target.matches("[data-action=search]") && this.#command("search", target.value));
		for (const type of ["dragover", "drop"]) this.addEventListener(type, (event) => this.#drop(event));
	}

	get src() { return address(this, "src"); }
	set src(value) { this.setAttribute("src", value); }
	get base() { return address(this, "base"); }
	set base(value) { this.setAttribute("base", value); }
	get mirrors() { return this.getAttribute("mirrors") ?? ""; }
	set mirrors(value) { this.setAttribute("mirrors", value); }
	get key() { return this.getAttribute("key") ?? ""; }
	set key(value) { this.setAttribute("key", value); }
	get minFeed() { return this.getAttribute("min-feed") ?? ""; }
	set minFeed(value) { this.setAttribute("min-feed", value); }
	get integrity() { return this.getAttribute("integrity") ?? ""; }
	set integrity(value) { this.setAttribute("integrity", value); }
	get format() { return this.getAttribute("format") ?? ""; }
	set format(value) { this.setAttribute("format", value); }
	get controls() { return this.getAttribute("controls") ?? ""; }
	set controls(value) { this.setAttribute("controls", value); }
	get private() { return this.hasAttribute("private"); }
	set private(value) { this.toggleAttribute("private", value); }
	get headingLevel() { return headingLevel(this); }
	set headingLevel(value) { this.setAttribute("heading-level", value); }
	get theme() { return choice(this, "theme"); }
	set theme(value) { this.setAttribute("theme", value); }
	get images() { return choice(this, "images"); }
	set images(value) { this.setAttribute("images", value); }
	get load() { return choice(this, "load"); }
	set load(value) { this.setAttribute("load", value); }

	get ready() { return this.#ready.promise; }

	get trace() { return this.#askTrace().map(attempt); }

	useMirror(host = "") { this.#command("mirror", host === "auto" ? "" : host); }
	reload() { this.#command("reload"); }
	forget() { this.#command("forget"); }

	connectedCallback() { this.#schedule(); }
	disconnectedCallback() { this.#schedule(); }
	adoptedCallback() { style(this.shadowRoot); } // another document wants a sheet of its own

	attributeChangedCallback(name, before, after) {
		if (before === after) return;
		if (name === "src" && this.#ready.done) this.#ready = promise();
		this.#schedule();
	}

	// Several changes in one task make one update, and an element that is only moved goes on.
	#schedule() {
		if (this.#scheduled) return;
		this.#scheduled = true;
		queueMicrotask(() => {
			this.#scheduled = false;
			this.#update();
		});
	}

	// While a page is being parsed, the element may not have its children yet, and with them the root that it pins.
	#update() {
		const document = this.ownerDocument;
		if (!this.isConnected) this.#leave();
		else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.#schedule(), { once: true });
		else if (this.#started) this.#enter();
		else this.#await();
	}

	// Waits for what the load attribute names.
	#await() {
		this.#observer?.disconnect();
		this.#shell.clear();
		const start = () => {
			this.#observer?.disconnect();
			this.#started = true;
			this.#update();
		};
		if (this.load === "click") return this.#shell.open(this.#config.language, start);
		if (this.load === "eager" || typeof IntersectionObserver === "undefined") return start();
		this.#observer = new IntersectionObserver((entries) => entries.some((e) => e.isIntersecting) && start(), { rootMargin: "100% 0px" });
		this.#observer.observe(this);
	}

	get #config() { return config(this); }

	async #enter() {
		if (this.#booting || this.#done === JSON.stringify(this.#config)) return;
		if (!this.#engine && !(await this.#boot())) return;
		const wanted = JSON.stringify(this.#config);
		if (wanted !== this.#sent) this.#engine.command(this.#id, "mount", wanted, this.#mount);
		this.#sent = wanted;
		for (const wish of this.#queue.splice(0)) this.#engine.command(this.#id, ...wish);
	}

	// Connects to the page's engine. False where there is none, or where the element has gone meanwhile.
	async #boot() {
		const { language, ...where } = this.#config;
		this.#booting = true;
		this.#shell.clear();
		this.#reflect({ state: "loading" });
		try {
			const found = await engine(where, (part) => this.#shell.progress(language, part));
			this.#shell.clear();
			if (!this.isConnected || !this.#started) return false;
			current = this.#engine = found;
			const id = (this.#id = found.connect((name, value) => this.#take(id, name, value)));
			return true;
		} catch (error) {
			await this.#fail(error);
			return false;
		} finally {
			this.#booting = false;
		}
	}

	#leave() {
		this.#trace = this.#askTrace();
		const left = this.#engine;
		this.#disconnect(); // first, so that this element hears how its requests ended
		left?.command(this.#id, "unmount");
		this.#observer?.disconnect();
		this.#unwatch();
		this.#shell.clear();
		this.#mount.textContent = "";
		this.#slot.hidden = false;
		this.#started = false;
		this.#reflect({});
		if (this.#ready.done) this.#ready = promise();
	}

	#disconnect() {
		this.#engine = null;
		this.#sent = this.#done = "";
		this.#queue = [];
	}

	#askTrace() {
		const answer = this.#engine?.command(this.#id, "trace");
		return answer ? JSON.parse(answer) : this.#trace;
	}

	// A wish may come before there is an engine, and is then the reason to start one.
	#command(name, payload = "", node = null) {
		if (this.#engine) return this.#engine.command(this.#id, name, payload, node);
		if (name !== "reload") this.#queue.push([name, payload, node]); // the first reading comes anyway
		else this.#done = "";
		if (!this.isConnected) return;
		this.#started = true;
		this.#schedule();
	}

	// An event of the engine. Those of an earlier connection tell only how its requests ended.
	#take(id, name, value) {
		if (name === "gone") {
			if (!this.#engine) this.#trace = value;
		} else if (id !== this.#id || !this.#engine) {
			return;
		} else if (name === "state") {
			this.#show(value);
		} else if (name === "share") {
			share(value).then((outcome) => this.#command("shared", outcome));
		} else if (name === "error") {
			this.#fire("byway-error", value);
		} else if (name === "broken") {
			this.#breakDown(value);
		}
	}

	// The article is in place already. The fallback goes in the same task.
	#show(state) {
		const before = this.#state;
		const ready = this.#ready; // a listener may set another src meanwhile, and with it another promise
		this.#slot.hidden = Boolean(state.article) || state.problem?.kind === "withdrawn";
		if (state.source !== before.source) this.#watchStart(state);
		this.#reflect(state);
		this.#fire("byway-state", state);
		if (state.source !== (before.source ?? "") || state.choice !== (before.choice ?? "")) {
			this.#fire("byway-mirror", { source: state.source, choice: state.choice });
		}
		if (state.problem && !same(state.problem, before.problem)) this.#fire("byway-error", state.problem);
		if (!same(state.ignored, before.ignored)) {
			for (const message of state.ignored) this.#fire("byway-error", { kind: "ignored-address", message });
		}
		if (state.article && !ready.done && ready === this.#ready) {
			ready.resolve(state.article);
			this.#fire("byway-ready", state.article);
		}
	}

	#reflect(state) {
		this.#state = state;
		for (const name of ["state", "source", "proof"]) {
			if (state[name]) this.dataset[name] = state[name];
			else delete this.dataset[name];
		}
	}

	// The WebAssembly may not run, did not start, or did not come.
	async #fail(error) {
		const message = String(error?.message ?? error);
		this.#queue = [];
		if (error instanceof Unsupported) {
			await this.#doWithout(message);
		} else if (error instanceof Broken) {
			this.#breakDown({ kind: "broken", message });
		} else {
			this.#notice("failed", true);
			this.#stop(navigator.onLine === false ? "offline" : "blocked", { kind: "not-loaded", message });
		}
	}

	// WebAssembly does not run, so that all depends on what can be done without it.
	async #doWithout(reason) {
		let wanted, found;
		this.#shell.progress(this.#config.language, 0);
		do {
			wanted = JSON.stringify(this.#config);
			found = await without(JSON.parse(wanted));
			if (!this.isConnected || !this.#started) return;
		} while (wanted !== JSON.stringify(this.#config));
		this.#done = wanted;
		this.#shell.clear();
		this.#mount.replaceChildren(...(found.node ? [found.node] : []));
		if (found.node) return this.#show({ ...nothing, ...found.state });
		const { kind, message = kind, words } = found;
		const problem = { kind, message: `${reason}; ${message}` };
		this.#notice(kind, kind === "refused", words);
		if (kind === "withdrawn") return this.#show({ ...nothing, ...found.state, state: "refused", problem });
		this.#slot.hidden = false;
		this.#stop("unsupported", problem);
	}

	// Go has failed. An article that is shown stays.
	#breakDown(problem) {
		this.#trace = this.#askTrace();
		this.#disconnect();
		this.#notice("broken", true);
		this.#stop("refused", problem);
	}

	#notice(kind, retry, more) {
		const { language, ...where } = this.#config;
		this.#shell.notice(kind, language, kind === "withdrawn" ? [] : addresses(where), retry && (() => this.reload()), more);
	}

	#stop(state, problem) {
		this.#reflect({ ...nothing, ...this.#state, state, busy: false, problem });
		this.#fire("byway-state", this.#state);
		this.#fire("byway-error", problem);
	}

	#fire(type, detail, cancelable = false) {
		return this.dispatchEvent(new CustomEvent(type, { detail, cancelable, bubbles: true, composed: true }));
	}

	#click(event) {
		const target = event.target.closest("a[href], button[data-action]");
		if (!target) return;
		if (target.localName === "button") return this.#command(target.dataset.action, target.value);
		const link = { href: target.href, text: target.textContent.trim() };
		if (!this.#fire("byway-link", link, true)) event.preventDefault();
	}

	#change({ target }) {
		if (target.matches("input[type=radio][data-action=mirror]")) this.useMirror(target.value);
		if (!target.matches("input[type=file]")) return;
		this.#openFile(target.files[0]);
		target.value = ""; // so that the same file can be opened again
	}

	#drop(event) {
		if (!event.dataTransfer?.types.includes("Files")) return;
		event.preventDefault();
		if (event.type === "drop") this.#openFile(event.dataTransfer.files[0]);
	}

	async #openFile(file) {
		if (!file) return;
		const part = file.slice(0, maxFile); // what is longer is refused by Go
		this.#command("file", "", new Uint8Array(await part.arrayBuffer()));
	}

	// While a copy from the shelf is shown, a newer one takes its place unless somebody reads.
	#watchStart(state) {
		this.#unwatch();
		this.#unwatch = state.source === "shelf" ? started(() => this.#command("started")) : () => {};
	}
}

const maxFile = (32 << 20) + 1; // bytes

const nothing = { source: "", proof: "none", choice: "", busy: false, newer: false, ignored: [] }; // where Go never told of a state

// promise gives a promise with its resolve, and done once that was called. It is never rejected: an article that is not
// there yet may still come, and what is wrong meanwhile is told by byway-error.
function promise() {
	const made = { done: false };
	made.promise = new Promise((resolve) => {
		made.resolve = (value) => {
			made.done = true;
			resolve(value);
		};
	});
	return made;
}

// attempt gives times in the page's own clock, as performance.now() has them.
function attempt({ start, headers, end, error = "", ...rest }) {
	const time = (ms) => (ms === undefined ? null : ms - performance.timeOrigin);
	return { ...rest, error, start: time(start), headers: time(headers), end: time(end) };
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
