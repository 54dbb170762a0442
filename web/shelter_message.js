// What pages may tell the worker: { byway: "keep", files } that they came before it and are made of files, addresses of
// scripts and style sheets; { byway: "clear" } to forget all; { byway: "remove" } to go as well. A port that comes with
// the message is told "done", or what was wrong.

import { takePage, takePart } from "./shelter_answer.js";
import { leave } from "./shelter_leave.js";
import { takePair } from "./shelter_loader.js";
import { address, clear, find, isLoader, Keeper, settled, types } from "./shelter_store.js";

const acts = { keep, clear, remove: leave };

/** messages is the listener for the event message. */
export function messages(event) {
	const act = acts[event.data?.byway];
	const reply = (words) => event.ports[0]?.postMessage(words);
	if (act) event.waitUntil(act(event).then(() => reply("done"), (error) => reply(error.message)));
}

async function keep(event) {
	const keeper = new Keeper(event);
	const page = address(event.source.url);
	await takePage(keeper, page, await fetch(page, { headers: { accept: "text/html" }, redirect: "error" }));
	await settled();
	if (!(await find(page))) return;
	const own = event.data.files.filter((url) => new URL(url).origin === location.origin);
	await Promise.allSettled(own.map((url) => keepFile(keeper, url)));
	await settled();
}

async function keepFile(keeper, url) {
	const response = await fetch(url);
	if (isLoader(url)) return takePair(keeper, address(url), response);
	const type = [types.script, types.style].find((each) => each.test(response.headers.get("content-type")));
	const entry = type && (await takePart(address(url), response, type));
	if (entry) keeper.keep([entry]);
}
