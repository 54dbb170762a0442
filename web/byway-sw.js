// Byway: keeps pages with <byway-article> readable without a network. Optional; the README says how. Apache-2.0.
//
// One file for both sides, so that a site names it once: as a script of a page it registers itself as the worker of its
// folder, and as a worker it serves.
import { answer } from "./shelter_answer.js";
import { messages } from "./shelter_message.js";
import { shelter } from "./shelter.js";

if (globalThis.document) {
	shelter(document.currentScript.src);
} else {
	// A new version serves at once: what is kept looks the same to all versions.
	addEventListener("install", () => skipWaiting());
	addEventListener("activate", (event) => event.waitUntil(clients.claim()));
	addEventListener("fetch", answer);
	addEventListener("message", messages);
}
