// Where the WebAssembly may lie, and how it is had from one such place.

/* global WASM_NAME, WASM_SIZE, WASM_SHA256: set by the builder of dist/; the hash is in base64 */

import { chosenBase } from "./choice.js";

/**
 * folders gives in the order of asking: the folder of this script, then .byway/ under the addresses of each publisher.
 * publishers is a Set, to which some may be added meanwhile, of lists of addresses joined by spaces. After a choice by
 * hand only the chosen address is given of that publisher's; it is looked up no earlier than it matters.
 */
export async function* folders(publishers) {
	const own = new URL(".", import.meta.url).href;
	const given = new Set([own]);
	yield own;
	for (const publisher of publishers) {
		for (const base of await allowed(publisher.split(" "))) {
			const folder = base + ".byway/";
			if (!given.has(folder)) yield folder;
			given.add(folder);
		}
	}
}

/**
 * allowed gives those of a publisher's addresses that may be asked: after a choice by hand only that one. A choice of an
 * address that the page does not name any more counts for nothing, in Go too.
 */
export async function allowed(bases) {
	const chosen = await chosenBase(new URL(bases[0]).origin);
	return bases.includes(chosen) ? [chosen] : bases;
}

let cache = "default";
const leastSign = 1024; // bytes: a trickle is as good as silence

/**
 * load gives { module }, a promise of the compiled module, as soon as all bytes are there and right. They are compiled
 * while they arrive, which runs nothing of them, and the end is held back until their hash is known.
 */
export async function load(folder, signal, alive) {
	const bytes = new Uint8Array(WASM_SIZE);
	let size = 0, told = 0, compiler;
	const body = new ReadableStream({ start: (controller) => (compiler = controller) });
	// The type is ours, since many hosts do not know application/wasm and compileStreaming takes nothing else.
	const module = WebAssembly.compileStreaming(new Response(body, { headers: { "content-type": "application/wasm" } }));
	module.catch(() => {}); // what is wrong with wrong bytes is of no interest; with right ones, the caller hears of it
	try {
		const reader = (await unpack(await open(folder, signal, alive))).getReader();
		for (let chunk; !(chunk = await reader.read()).done; ) {
			bytes.set(chunk.value, size); // throws where there is more than there should be
			compiler.enqueue(chunk.value);
			size += chunk.value.length;
			if (size < told + leastSign) continue;
			told = size;
			alive(size / WASM_SIZE);
		}
		await check(bytes);
		compiler.close();
	} catch (error) {
		cache = "reload"; // or wrong bytes that may be kept would come again, however often one tries
		compiler.error(error);
		throw error;
	}
	return { module };
}

// open asks for the file. A length of the whole file says that the host does not compress it: then what lies packed
// beside it is asked for, a fifth of the bytes, and the file itself only where that is missing.
async function open(folder, signal, alive) {
	const answer = async (suffix) => {
		const response = await ask(folder, WASM_NAME + suffix, signal);
		alive(0);
		return response;
	};
	const whole = await answer("");
	const packs = Number(whole.headers.get("content-length")) !== WASM_SIZE;
	if (packs || !globalThis.DecompressionStream || !crypto.subtle) return whole;
	await whole.body.cancel();
	for (const [suffix, format] of [[".br", "brotli"], [".gz", "gzip"]]) {
		try {
			new DecompressionStream(format);
			return await answer(suffix);
		} catch {} // the browser does not know it, or the host does not have it
	}
	return answer("");
}

// An address of a publisher learns nothing of the reader or of the page, and may not pass the request on.
export const discreet = { mode: "cors", credentials: "omit", referrerPolicy: "no-referrer", redirect: "error" };

// On http pages there is no crypto.subtle. There the browser compares the hash itself, before it gives any of the bytes.
// So no SHA-256 of our own is needed; the price is progress, and what is packed, which has another hash.
async function ask(folder, name, signal) {
	const response = await fetch(folder + name, {
		...(!import.meta.url.startsWith(folder) && discreet),
		integrity: crypto.subtle ? "" : "sha256-" + WASM_SHA256,
		cache,
		signal,
	});
	if (!response.ok) throw new Error(`status ${response.status}`);
	if (/html/.test(response.headers.get("content-type"))) throw new Error("a page, not the file");
	return response;
}

/**
 * unpack gives the body of an answer as WebAssembly, whose first byte is 0. gzip begins with 1f, and brotli of more than
 * 64 KB with neither. The name tells nothing: a host that knows what .br is has had the browser unpack it.
 */
export async function unpack(response) {
	const peek = response.clone().body.getReader();
	const { value } = await peek.read();
	peek.cancel();
	if (!value?.[0]) return response.body;
	return response.body.pipeThrough(new DecompressionStream(value[0] === 0x1f ? "gzip" : "brotli"));
}

async function check(bytes) {
	if (!crypto.subtle) return; // see ask
	const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
	if (btoa(String.fromCharCode(...hash)) !== WASM_SHA256) throw new Error("not of this build");
}
