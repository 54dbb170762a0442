// What is done where WebAssembly does not run.

/* global PLAIN_NAME, WORDS_NAME: set by the builder of dist/ */

import { addresses, bases } from "./config.js";
import { race } from "./race.js";
import { allowed, discreet } from "./source.js";
import { wordsFor } from "./words.js";

/**
 * without gives what read in plain.js does, with the words for its notice. It never fails. Only the folder of this script
 * is asked for the rest of it: an address of the publisher is not trusted with what runs.
 */
export async function without(config) {
	const list = bases(config);
	let words;
	try {
		const [{ read }, { wordsOf }] = await Promise.all([PLAIN_NAME, WORDS_NAME].map((name) => import(new URL(name, import.meta.url).href)));
		words = wordsOf(wordsFor(config.language).lang);
		const signed = config.key || config.root;
		const asked = list.length ? await allowed(list) : list;
		return { words, ...(await read(config, { bases: list, asked, links: signed ? addresses(config) : [], race, discreet: { ...discreet, cache: config.private ? "no-store" : "no-cache" }, words })) };
	} catch ({ message }) {
		return { kind: "unsupported", message };
	}
}
