// What the worker keeps: answers of the site's own server, in one of the browser's caches.
//
// Limits: 20 pages, 50 MB in all, 10 MB each. Beyond them, what was kept longest ago goes first, and byway.js with its
// WebAssembly last. Of byway.js there are 3, for sites with a folder for each version.

const name = "byway:shelter";
const most = { pages: 20, loaders: 3, bytes: 50_000_000, ofOne: 10_000_000 };

/** types of what is kept, as the server has to name them: a page in the place of a script is no script. */
export const types = {
	page: /^text\/html\b/i,
	script: /^(text|application)\/(x-)?(java|ecma)script\b/i,
	style: /^text\/css\b/i,
};
export const isLoader = (url) => /\/byway\.js$/.test(new URL(url).pathname);
export const isWasm = (url) => /\/byway\.[0-9a-f]{16}\.wasm$/.test(new URL(url).pathname);

/** wasmOf gives the address of the WebAssembly that a byway.js names, undefined where it names none. */
export function wasmOf(url, text) {
	const name = /\bbyway\.[0-9a-f]{16}\.wasm\b/.exec(text)?.[0];
	return name && new URL(name, url).href;
}

/** address is the one under which something is kept. Versions of byway.js that differ by a query only take each other's place. */
export const address = (url) => url.replace(isLoader(url) ? /[?#].*/s : /#.*/s, "");

/** find gives what is kept for an address, or undefined. */
export const find = (url) => caches.match(url, { cacheName: name, ignoreVary: true }).catch(() => {});

/**
 * keepable tells whether an answer is whole, of the site itself, of a type, not forbidden to keep, and for everybody: what is
 * one reader's own would be shown to the next one of the same browser, after the first has logged out.
 */
export function keepable({ status, type, redirected, headers }, wanted) {
	const says = (header, words) => words.test(headers.get(header));
	return status === 200 && type === "basic" && !redirected && says("content-type", wanted) &&
		!says("cache-control", /no-store|private/i) && !says("vary", /\*|cookie|authorization/i);
}

/** isGone tells whether a site answers that it has a file no more. */
export const isGone = ({ status }) => [404, 410].includes(status);

/** read gives the body of an answer as a Blob, undefined where it is too long. It fails where the answer is cut short. */
export async function read(response) {
	const chunks = [];
	let size = 0;
	const reader = response.body.getReader();
	for (let chunk; !(chunk = await reader.read()).done; ) {
		chunks.push(chunk.value);
		size += chunk.value.length;
		if (size > most.ofOne) return void reader.cancel();
	}
	return new Blob(chunks);
}

/** made gives an answer to be kept, of the headers of another and a Blob. */
export function made({ headers }, body) {
	const response = new Response(body, { headers });
	// The body is unpacked, and byway.js takes its length for a sign that it would come whole.
	for (const header of ["content-encoding", "content-length"]) response.headers.delete(header);
	response.headers.set("cache-control", "no-cache"); // or browsers would remember the answer beside what is kept
	response.headers.set("byway-kept", Date.now());
	response.headers.set("byway-size", body.size);
	return response;
}

let era = 0; // grows when all is cleared: what was begun before is not kept any more
let last = Promise.resolve();

// One change after the other, or what one decides would be undone by another.
function change(make) {
	const done = last.then(make);
	last = done.catch(() => {}); // a storage that is full or fails keeps what it has
	return done;
}

/** settled gives a promise of the end of all changes that were begun. */
export const settled = () => last;

/** Keeper keeps for the time of an event, unless all is cleared meanwhile. */
export class Keeper {
	#event;
	#era = era;

	constructor(event) {
		this.#event = event;
	}

	/** keep puts entries, [address, answer] each, in their order. An answer of null takes away. */
	keep(entries) {
		this.#change(async (cache) => {
			for (const [url, response] of entries) await (response ? cache.put(url, response) : cache.delete(url));
			await trim(cache);
		});
	}

	/** dropOld takes away each byway.js that is too many, and the WebAssembly that none names any more. */
	dropOld() {
		this.#change(async (cache) => {
			const all = await list(cache);
			const loaders = all.filter(({ url }) => isLoader(url));
			const named = await Promise.all(loaders.slice(0, most.loaders).map(async ({ url, response }) => wasmOf(url, await response.text())));
			const unnamed = all.filter(({ url }) => isWasm(url) && !named.includes(url));
			for (const { url } of [...loaders.slice(most.loaders), ...unnamed]) await cache.delete(url);
		});
	}

	#change(make) {
		const whole = change(async () => this.#era === era && make(await caches.open(name)));
		this.#event.waitUntil(whole.catch(() => {}));
	}
}

async function trim(cache) {
	let pages = 0, bytes = 0;
	for (const entry of await list(cache)) {
		bytes += entry.size;
		pages += entry.page;
		if (bytes > most.bytes || (entry.page && pages > most.pages)) await cache.delete(entry.url);
	}
}

// list gives all that is kept, what is to go first at the end.
async function list(cache) {
	const [requests, responses] = await Promise.all([cache.keys(), cache.matchAll()]);
	const all = requests.map(({ url }, i) => {
		const { headers } = responses[i];
		return {
			url,
			response: responses[i],
			lasts: isLoader(url) || isWasm(url),
			page: types.page.test(headers.get("content-type")),
			size: Number(headers.get("byway-size")),
			kept: Number(headers.get("byway-kept")),
		};
	});
	return all.sort((a, b) => b.lasts - a.lasts || b.kept - a.kept);
}

/** clear takes everything away, of other versions of Byway too. */
export function clear() {
	return change(async () => {
		try {
			for (const each of await caches.keys()) if (each.startsWith("byway:")) await caches.delete(each);
		} finally {
			era++; // not before: what begins meanwhile still finds what is about to go
		}
	});
}
