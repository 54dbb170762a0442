// What the worker answers to a request of a page.

import { leaveIfGone } from "./shelter_leave.js";
import { takePair } from "./shelter_loader.js";
import { elementsOf } from "./shelter_page.js";
import { address, find, isLoader, isWasm, Keeper, keepable, made, read, settled, types } from "./shelter_store.js";

const patience = 2500; // ms
const memory = 10_000; // ms for which parts of a page do not wait for a server that has just failed
let failed = 0; // when it last did

/** answer is the listener for the event fetch. What it leaves alone goes to the network as if there were no worker. */
export function answer(event) {
	const { url, method, mode, cache, destination } = event.request;
	if (method !== "GET" || new URL(url).origin !== location.origin) return;
	if (mode === "navigate") event.respondWith(page(event));
	else if (cache === "reload" || cache === "no-store") return; // byway.js too may want other bytes than these
	else if (isLoader(url)) event.respondWith(loader(event));
	else if (isWasm(url)) event.respondWith(kept(event).then((found) => found ?? fetch(event.request)));
	else if (types[destination]) event.respondWith(part(event));
}

const kept = (event) => find(address(event.request.url));
const underway = new Map(); // of the pages on their way, by address: a promise of their end

function page(event) {
	const url = address(event.request.url);
	const coming = fetch(event.request);
	const whole = coming.then((response) => takePage(new Keeper(event), url, response));
	const end = whole.catch(() => {}).then(() => underway.get(url) === end && underway.delete(url));
	underway.set(url, end);
	event.waitUntil(end);
	event.waitUntil(coming.then(({ status }) => status === 200 && leaveIfGone(url)).catch(() => {}));
	return first(event, coming, whole, patience);
}

/**
 * takePage keeps a page that has an element, and no other: a block page has none, and half a page not its end. One that is
 * not to be kept any more is dropped. It throws where the answer comes from trouble, not from the site.
 */
export async function takePage(keeper, url, response) {
	refuseTrouble(response);
	if (response.status !== 200 || !types.page.test(response.headers.get("content-type"))) return;
	const body = await read(response.clone());
	const elements = elementsOf(await body?.text());
	if (!elements.length) return;
	const secret = elements.some((tag) => /\sprivate(?=[\s=/]|$)/i.test(tag.replace(/"[^"]*"|'[^']*'/g, "")));
	keeper.keep([[url, keepable(response, types.page) && !secret ? made(response, body) : null]]);
}

function part(event) {
	const keeper = new Keeper(event);
	const { url, destination } = event.request;
	const coming = fetch(event.request);
	const whole = coming.then((response) => takePart(address(url), response, types[destination]));
	event.waitUntil(whole.then(async (entry) => entry && (await ofKept(event.clientId)) && keeper.keep([entry])).catch(() => {}));
	return first(event, coming, whole, Date.now() - failed < memory ? 0 : patience);
}

/** takePart gives what is to be kept of a script or style sheet, if anything. It throws as takePage does. */
export async function takePart(url, response, type) {
	refuseTrouble(response);
	if (response.ok && !type.test(response.headers.get("content-type"))) throw new Error("something else");
	const body = keepable(response, type) && (await read(response.clone()));
	return body && [url, made(response, body)];
}

// The one that is kept comes at once, and the one that is newer next time.
async function loader(event) {
	const keeper = new Keeper(event);
	const { url } = event.request;
	const found = await kept(event);
	const coming = found ? fetch(url, { cache: "no-cache" }) : fetch(event.request);
	const taken = coming.then(async (response) => {
		const copy = response.clone();
		if (found || (await ofKept(event.clientId))) await takePair(keeper, address(url), copy);
		else await copy.body.cancel();
	});
	event.waitUntil(taken.catch(() => {}));
	return found ?? coming;
}

// What a page is made of is kept only where the page is.
async function ofKept(clientId) {
	const client = await clients.get(clientId);
	if (!client) return false;
	const url = address(client.url);
	await underway.get(url);
	await settled();
	return Boolean(await find(url));
}

// first gives what comes if it is whole in time, or else what is kept. Headers alone prove nothing: many a line goes
// silent behind them.
async function first(event, coming, whole, wait) {
	const found = await kept(event);
	if (!found) return coming;
	try {
		await Promise.race([whole, new Promise((_, late) => setTimeout(late, wait, "late"))]);
		return await coming;
	} catch {
		failed = Date.now();
		return found;
	}
}

// A server in trouble, a gateway that blocks. A site that answers 401, 404 or 410 means it.
function refuseTrouble({ status }) {
	if (status >= 500 || [403, 408, 429, 451].includes(status)) throw new Error(`status ${status}`);
}
