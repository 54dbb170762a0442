// Shows an article without WebAssembly: only the native format, without pictures, and with a key or an integrity nothing
// but what the browser itself has checked. A file of its own, which is asked for only where WebAssembly does not run.
// What it shares with byway.js comes in tools, so that no byte is downloaded twice.

import { page } from "./plain_page.js";
import { prove } from "./plain_proof.js";

const limit = 2 << 20; // bytes of an article

/**
 * read gives { state, node }: what is new in the detail of byway-state, and what to show. Else it gives the kind of a
 * notice: "unable", "refused" with a message for engineers, "withdrawn" with a state. config is that of config.js, tools
 * are { bases, asked, links, race, discreet, words }: the publisher's addresses, those of them that may be asked, where the
 * article can be opened, and what race.js, source.js and plain_words.js give.
 */
export async function read(config, tools) {
	const { key, root, integrity, src } = config;
	const place = src.slice(tools.bases[0]?.length);
	const signed = key || root;
	if (src !== tools.bases[0] + place || (integrity && !/^sha256-[\w+/]{43}=$/.test(integrity))) throw new Error("attributes");
	const able = !signed || (await crypto.subtle?.importKey("raw", new Uint8Array(32), "Ed25519", false, ["verify"]).catch(() => 0));
	if (!able) return { kind: "unable" };
	const load = async (base, signal, alive) => {
		const get = (path, most, integrity) => download(base + path, { ...tools.discreet, integrity, signal }, most, alive);
		return show(config, tools, signed ? await prove(config, place, get) : { body: await get(place, limit, integrity) }, new URL(base).host);
	};
	return tools.race(tools.asked.values(), load, () => {}).catch(({ message }) => ({ kind: "refused", message }));
}

function show(config, tools, { body, signature, notice }, source) {
	const proof = signature ? "signed" : config.integrity ? "pinned" : "none";
	const state = { state: "ready", source, proof, signature };
	if (body === false) return { kind: "withdrawn", state };
	const article = JSON.parse(body);
	const { version, headline, url = "", inLanguage: language = "" } = article;
	if (!/^byway-article\//.test(version) || !headline) throw new Error("not native");
	state.article = { headline, url, language, source, proof };
	return { state, node: page(article, { ...config, ...tools, ...state, notice }) };
}

// download asks as Go does, see wasm/fetch.go. It is the browser that compares a hash, before it gives any of the bytes.
async function download(url, options, most, alive) {
	const response = await fetch(url, options);
	if (!response.ok) throw new Error(response.status);
	const reader = response.body.getReader();
	const chunks = [];
	for (let chunk; (chunk = (await reader.read()).value); ) {
		alive(0);
		chunks.push(chunk);
		if (!((most -= chunk.length) >= 0)) throw new Error("too long");
	}
	return new Blob(chunks).text();
}
