// Gets the WebAssembly and compiles it while it arrives.
//
// It is expected beside this script, and under each address of the publisher in the folder .byway/ too: so the reader
// comes even where the page's own host fails. Wherever it came from, it has the hash that was built into this script.

import { race } from "./race.js";
import { folders, load } from "./source.js";

/** Unsupported says that WebAssembly is missing here or refused by the page's policy. No download changes that. */
export class Unsupported extends Error {}

/**
 * compile gives the module. publishers is what folders in source.js takes. report(part) is called with how much of it has
 * arrived, from 0 to 1.
 */
export async function compile(publishers, report) {
	await checkSupport();
	return (await race(folders(publishers), load, report)).module;
}

// The smallest module there is tells, before anything is downloaded, whether the page's policy lets any run.
async function checkSupport() {
	if (typeof WebAssembly !== "object") throw new Unsupported("WebAssembly is missing from this browser");
	try {
		await WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
	} catch (error) {
		throw new Unsupported(`WebAssembly is refused here: ${error.message}`);
	}
}
