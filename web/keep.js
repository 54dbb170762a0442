// What is kept outside of Go's reach: files, and the pages that byway-sw.js keeps.

import { clearShelter } from "./shelter_clear.js";

/** save has the browser save bytes as a file. */
export function save(bytes, name) {
	const url = URL.createObjectURL(new Blob([bytes], { type: "text/html" }));
	Object.assign(document.createElement("a"), { href: url, download: name }).click();
	setTimeout(() => URL.revokeObjectURL(url), 60_000); // some browsers read it only after their user has said where to put it
}

/** forgetPages empties what byway-sw.js has kept under this origin. It fails where something is left. */
export async function forgetPages() {
	await clearShelter();
	const left = (await globalThis.caches?.keys().catch(() => [])) ?? [];
	if (left.some((name) => name.startsWith("byway:"))) throw new Error("the pages that are kept could not be removed");
}
