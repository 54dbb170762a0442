// byway.js and the WebAssembly that it names. They are kept as a pair or not at all: one without the other is nothing.

import { unpack } from "./source.js";
import { anew, elementsOf } from "./shelter_page.js";
import { find, isGone, keepable, made, read, types, wasmOf } from "./shelter_store.js";

// The ends of scripts, but for a comment of one line, such as bundlers put there.
const isModule = /\bexport\s*{[^{}]*};?\s*(\/[/*].*\s*)?$/;
const isEnded = /[;})]\s*(\/[/*].*\s*)?$/;

/**
 * takePair keeps an answer for byway.js, url, with its WebAssembly, unless that cannot be had. The WebAssembly of the
 * byway.js before stays until the new one comes for the second time: an open page may still want it. What the site has
 * taken away, or put something else in the place of, is dropped.
 */
export async function takePair(keeper, url, response) {
	if (isGone(response)) return drop(keeper, url);
	if (!keepable(response, types.script)) return;
	const body = await read(response);
	const text = await body?.text();
	const place = wasmOf(url, text);
	if (!place || !isModule.test(text)) return isWhole(text) && drop(keeper, url);
	if (text === (await (await find(url))?.text())) return keeper.dropOld();
	keeper.keep([[place, (await find(place)) ?? (await wasm(place))], [url, made(response, body)]]);
}

// A host that does not say how long a file is may cut it: of a hundred places for that, 99 are within some block.
const isWhole = (text) => isEnded.test(text) && text.split("{").length === text.split("}").length;

// A gateway may have an answer of its own for the file, so the page that is open has to come, with its element.
async function drop(keeper, url) {
	const [page] = await clients.matchAll();
	if (!(await find(url)) || !elementsOf(await anew(page.url)).length) return;
	keeper.keep([[url]]);
	keeper.dropOld();
}

// wasm gives the WebAssembly, as byway.js asks for it: packed by the server on the way, or else as a packed file.
async function wasm(place) {
	const ask = (suffix) => fetch(place + suffix, { priority: "low" });
	const whole = await ask("");
	if (whole.headers.has("content-encoding")) return checked(place, whole);
	await whole.body.cancel();
	for (const suffix of [".br", ".gz"]) {
		try {
			return await checked(place, await ask(suffix));
		} catch {} // the browser does not know it, or the host does not have it
	}
	return checked(place, await ask(""));
}

// The name has the start of the hash. What has another one is an error, a block page, or cut.
async function checked(place, response) {
	if (!keepable(response, /^(?!text\/html)/i)) throw new Error("not to be kept");
	const body = await read(new Response(await unpack(response)));
	const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await body.arrayBuffer()));
	const start = [...hash.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
	if (!place.includes(`byway.${start}.`)) throw new Error("altered");
	return made(new Response(null, { headers: { "content-type": "application/wasm" } }), body);
}
