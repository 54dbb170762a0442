// Types of <byway-article>. Importing byway.js defines the element; it has no other effect on the page. It expects the
// byway.<hash>.wasm of its own build beside itself, and else in the folder .byway/ under each address of the publisher.

/** What the element is doing. Absent before it has begun and after it was taken out of the page. */
export type State =
	| "loading" // nothing to show yet
	| "ready" // the article is shown
	| "stale" // the article is shown, but the last attempt to get it again failed
	| "blocked" // no address delivered the article
	| "offline" // the device has no network
	| "refused" // what is asked for, or what came, cannot be shown as an article; or Byway itself has failed
	| "unsupported"; // WebAssembly is missing here or refused by the page's policy, and nothing can be shown without it

/** How far the article is proven. */
export type Proof =
	| "none" // the page vouches for the addresses it listed
	| "pinned" // the bytes have the hash given by integrity
	| "signed"; // the publisher's signature was checked

/** The article that is shown. */
export interface Article {
	headline: string;
	/** The canonical address, "" where none is known. */
	url: string;
	/** BCP 47. */
	language: string;
	/** The host that delivered it, "shelf" of what was kept in this browser, "" of a file. */
	source: string;
	proof: Proof;
}

export interface Signature {
	/** Host of the publisher. */
	site: string;
	/** Name of the key that signed. */
	key: string;
	/** Versions of the publisher's feed and root. */
	feed: number;
	root: number;
	/** SHA-256 of the article's bytes, in hexadecimal digits. */
	hash: string;
	/** When it was signed, in milliseconds since 1970. */
	issued: number;
	/** There should be something newer by now. */
	expired: boolean;
}

export interface Problem {
	/** A short name that stays the same from version to version, such as "no-address-answered". */
	kind: string;
	/** For engineers, in English. */
	message: string;
}

/** One request to one address. */
export interface Attempt {
	host: string;
	url: string;
	/** Milliseconds, in the clock of performance.now(). */
	start: number;
	/** When the headers came; null before. */
	headers: number | null;
	/** null while the request is under way. */
	end: number | null;
	/** From 1. An address that does not answer is asked in a second round when all have failed. */
	round: number;
	outcome:
		| "running"
		| "accepted" // delivered the article
		| "aborted" // given up by us, since another was faster or the reader left
		| "unanswered" // no connection, no headers, silence, or cut before the end
		| "wrong" // answered with something else
		| "altered" // not the bytes that were vouched for
		| "older" // an older revision than the one at hand
		| "missing" // does not have it (yet): 404 or 410
		| "offline"; // the device had no network
	/** Of the HTTP answer; 0 if there was none. */
	status: number;
	/** Of the body, after decompression. */
	bytes: number;
	/** Why it was not accepted, for engineers; "" if there is nothing to say. */
	error: string;
}

export interface StateDetail {
	state: State;
	source: string;
	proof: Proof;
	/** The host chosen by hand, "" for automatic. */
	choice: string;
	/** A request is under way, also while an earlier copy is shown. */
	busy: boolean;
	/** A newer revision is there, and offers itself to whoever reads. */
	newer: boolean;
	/** What the publisher signed of the article, where proof is "signed". */
	signature?: Signature;
	problem?: Problem;
	/** Which of the configured addresses cannot be used, and why. */
	ignored: string[];
	article?: Article;
}

/** Events bubble and are composed, so a page can listen on document. */
export interface BywayEvents {
	/** The article is shown for the first time. */
	"byway-ready": CustomEvent<Article>;
	/** Anything of the state has changed. */
	"byway-state": CustomEvent<StateDetail>;
	/** The host that delivers, or the one chosen by hand, is another now. */
	"byway-mirror": CustomEvent<{ source: string; choice: string }>;
	/** A link was clicked. preventDefault() keeps the browser from following it. */
	"byway-link": CustomEvent<{ href: string; text: string }>;
	/** Something is wrong: the problem of a state, an address that was left out, a method's argument. */
	"byway-error": CustomEvent<Problem>;
}

/**
 * Several changes of attributes in one task make one update. The properties write the attributes of the same name;
 * reading them gives a valid value whatever the attribute says.
 *
 * Reflected, for styles and tests, and not to be set: data-state, data-source, data-proof.
 *
 * Parts: breadcrumbs headline standfirst byline figure caption credit body addresses share keep shelf tools notice.
 */
export class BywayArticle extends HTMLElement {
	/** Address of the article's JSON at the publisher. Relative ones are taken from the page. */
	src: string;
	/** Address under which the publisher's tree lies. Default: the origin of src. */
	base: string;
	/** Further addresses of the same tree, separated by spaces. */
	mirrors: string;
	/**
	 * A root key of the publisher, "name+hash+key". With it only what the publisher signed is shown, and src lies in the
	 * folder a/ under base. A root note of the publisher may stand in the element for it, or beside it, which saves a
	 * request: <script type="text/byway-root">.
	 */
	key: string;
	/** The lowest version of the publisher's feed that counts, for browsers that have not seen a newer one. */
	minFeed: string;
	/** "sha256-" and the hash of the article's exact bytes in base64. */
	integrity: string;
	/** Format of the JSON. Default: detected. */
	format: string;
	/** Of the headline, 1 to 6; anything else is 2. */
	get headingLevel(): number;
	set headingLevel(level: number | string);
	get theme(): "auto" | "light" | "dark" | "sepia";
	set theme(name: string);
	/** tap: each picture waits for a tap. none: captions only. */
	get images(): "auto" | "tap" | "none";
	set images(when: string);
	/** visible: when the element comes within one viewport's height. click: when the reader says so. */
	get load(): "visible" | "eager" | "click";
	set load(when: string);
	/** Nothing is kept in this browser, nor looked for. */
	private: boolean;
	/** Which parts to show beside the article, separated by spaces: breadcrumbs addresses share keep channels alternates related. Default: all. */
	controls: string;

	/**
	 * The article, once one is shown. It is never rejected, since an article that is not there yet may still come; what
	 * is wrong meanwhile is told by byway-error. After a change of src, and after the element left the page, there is a
	 * new promise for the next article.
	 */
	readonly ready: Promise<Article>;
	/** The newest 200 attempts at articles, the oldest first. None where WebAssembly does not run. */
	readonly trace: Attempt[];

	/**
	 * Reads through this host (with its port, as the switch names it) only from now on, or, with "" or "auto", through whichever answers. The choice is remembered
	 * for the publisher in this browser. A host that is none of the addresses is told by byway-error.
	 */
	useMirror(host: string): void;
	/** Reads again, or starts what waits or has failed. What is shown stays until there is something newer. */
	reload(): void;
	/**
	 * Removes everything that Byway keeps in this browser under this page's origin, and goes back to automatic. Nothing is
	 * kept from then on, until the page is loaded anew or somebody saves an article or chooses an address.
	 */
	forget(): void;

	/** How many functions and waits the reader holds in JavaScript: for tests. */
	static readonly liveCallbacks: number;
}

/**
 * What a page may tell byway-sw.js, the worker that a site may have in its root, by postMessage. A port that comes with the
 * message is told "done", or what was wrong. Elements have no part in it.
 *
 * clear: takes away all that the worker keeps, of every page of the site. remove: does that, and the worker goes; it comes
 * back with the next page that has it as a script.
 */
export interface WorkerMessage {
	byway: "clear" | "remove";
}

declare global {
	interface HTMLElementTagNameMap {
		"byway-article": BywayArticle;
	}
	interface HTMLElementEventMap extends BywayEvents {}
}
