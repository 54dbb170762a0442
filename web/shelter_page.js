// What is known of a page that has elements.

import { types } from "./shelter_store.js";

/** elementsOf gives the opening tags, without their ">", of a page that has an end for each. */
export function elementsOf(html = "") {
	const open = html.match(/<byway-article(?=[\s>])(?:[^>"']|"[^"]*"|'[^']*')*/gi) ?? [];
	const closed = html.match(/<\/byway-article\s*>/gi) ?? [];
	return open.length > closed.length ? [] : open;
}

/** anew asks for a page past all caches and gives its text. It throws where something else comes. */
export async function anew(page) {
	const response = await fetch(page, { cache: "no-store", redirect: "error", headers: { accept: "text/html" } });
	if (response.status !== 200 || !types.page.test(response.headers.get("content-type"))) throw new Error("something else");
	return response.text();
}
