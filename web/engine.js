// The one instance of Go on a page, and what crosses between it and JavaScript.
//
// In: command(id, name, payload, node) gives "" or what is said below. id names an element, payload is text.
//   mount     JSON of the attributes; node is the <div> to fill. Again with another payload: the attributes have changed
//   unmount   ends everything for this id
//   mirror    a host, or "" for automatic
//   reload
//   started   somebody has begun to read what is shown: a newer revision only offers itself
//   save, unsave, carry
//             keeps the article in this browser, or as a file
//   open      key of an article that is kept, to be read in the place of the page's own
//   remove    key of one that is kept no longer
//   search    what to find among those that are kept
//   file      node is a Uint8Array: a file that Byway saved, to be checked and shown
//   back      to the page's own article
//   forget    removes everything that is kept
//   forgotten for all elements: another tab has done that
//   heard     for all elements: another tab, told of that, keeps nothing from here on
//   newer     shows the newer revision that offers itself
//   picture   address of a picture to load, with images="tap"
//   picture-wanted
//             name of a picture that somebody has come near to, as it stands in data-pictures
//   picture-failed, picture-stalled
//             address of a picture that did not come, as it stands in the page: at an error, or while nothing comes
//   share     the reader wants to share; answered by the event of the same name
//   shared    what came of it: "system", "copied" or "select"
//   trace     gives JSON: every attempt
//   signal    for all elements: "offline", "online", "hidden" or "visible"
//   stats     gives JSON: what is alive inside Go
// Out: event(id, name, payload), payload being JSON.
//   state     the page shows this now: { state, source, proof, signature?, choice, busy, newer, problem?, ignored, article? }
//   share     { title, url }
//   error     { kind, message }
//   gone      the last event after unmount: every attempt
//   broken    the last event after a fault of Byway: { kind, message }
// Go changes the page before it tells of a state, within one task. wasm/wire.go is the other side.

import makeGo from "go:wasm_exec";
import { ahead, forgetAhead, readAhead } from "./ahead.js";
import { compile } from "./boot.js";
import { bases } from "./config.js";
import { forgetPages, save } from "./keep.js";
import { scope } from "./scope.js";

let tabs; // to the other tabs of this origin
let forgotten = false; // by one of them, so that nothing is kept here
let live; // the engine, while Go is in it
let running; // promise of the engine, from the first wish for one until it fails
let arrived = 0;
let publishers; // whose addresses may have it, as folders in source.js takes them
const watchers = new Set();

/**
 * engine gives the page's engine and starts it first where that is needed, from the addresses in where too. watch(part)
 * is told how much has arrived while it is on its way. A failure is forgotten, so that the next call tries again.
 */
export async function engine(where, watch) {
	watchers.add(watch);
	try {
		listenToTabs();
		if (!running && !where.private) readAhead(where.src);
		running ??= start();
		const list = bases(where);
		if (list.length) publishers.add(list.join(" "));
		watch(arrived);
		return await running;
	} catch (error) {
		running = undefined;
		throw error;
	} finally {
		watchers.delete(watch);
	}
}

// A tab that hears of the end before Go has come must not show what was kept, nor write it again.
function listenToTabs() {
	if (tabs || !globalThis.BroadcastChannel) return;
	tabs = new BroadcastChannel("byway");
	tabs.onmessage = ({ data }) => {
		if (data === "heard") live?.command(0, data);
		if (data !== "forgotten") return;
		forgotten = true;
		forgetAhead();
		live?.command(0, data);
		tabs.postMessage("heard");
	};
}

async function start() {
	arrived = 0;
	publishers = new Set();
	const module = await compile(publishers, (part) => {
		arrived = part;
		for (const watch of watchers) watch(part);
	});
	const started = new Engine();
	await started.run(module);
	return started;
}

/** Broken says that the program came and failed. */
export class Broken extends Error {}

class Engine {
	#handlers = new Map();
	#command;
	#last = 0;
	#ended = new AbortController();

	/** run starts Go. What ends it afterwards, ends every element with the event "broken". */
	async run(module) {
		const Go = makeGo(scope({
			ready: (command) => (this.#command = command),
			event: (id, name, payload) => this.#event(id, name, payload),
			show: (bytes, type) => URL.createObjectURL(new Blob([bytes], { type })),
			hide: (url) => URL.revokeObjectURL(url),
			ahead,
			save,
			forget: () => this.#forget(),
		}));
		const go = new Go();
		go.exit = () => {};
		this.#guard(go);
		const instance = await WebAssembly.instantiate(module, go.importObject);
		go.run(instance).then(() => this.#die("Go has ended"), (error) => this.#die(error));
		if (!this.#command) throw new Broken("Go has ended as soon as it started");
		this.#listen();
	}

	// Passes on what the browser says of the network and of the page.
	#listen() {
		const until = { signal: this.#ended.signal };
		const looks = () => this.command(0, "signal", document.visibilityState);
		document.addEventListener("visibilitychange", looks, until);
		for (const name of ["offline", "online"]) addEventListener(name, () => this.command(0, "signal", name), until);
		looks();
		live = this;
		if (forgotten) this.command(0, "forgotten");
	}

	// What the page's own scripts keep, and what other tabs would write again.
	async #forget() {
		forgetAhead();
		tabs?.postMessage("forgotten");
		await forgetPages();
	}

	/** connect gives a new id to an element; handle(name, value) gets its events. Throws if Go has failed meanwhile. */
	connect(handle) {
		if (this.dead) throw new Broken(this.dead);
		this.#handlers.set(++this.#last, handle);
		return this.#last;
	}

	command(id, name, payload = "", node = null) {
		if (!this.#command) return "";
		try {
			return this.#command(id, name, payload, node) ?? "";
		} catch (error) {
			this.#die(error);
			return "";
		}
	}

	#event(id, name, payload) {
		const handle = this.#handlers.get(id);
		if (name === "gone" || name === "broken") this.#handlers.delete(id);
		try {
			handle?.(name, JSON.parse(payload));
		} catch (error) {
			queueMicrotask(() => { throw error; }); // reported to the page, not thrown into Go
		}
	}

	// Go enters itself again through _resume: for a timer, a promise, a click. What is thrown there has gone through Go's
	// stack, and after that nothing in it can be relied on. After its end there is nothing to enter.
	#guard(go) {
		const resume = go._resume;
		// wasm_exec calls _resume for a timer until the timer is off its list: one that were left there would never end.
		const stopTimers = () => {
			for (const timer of go._scheduledTimeouts.values()) clearTimeout(timer);
			go._scheduledTimeouts.clear();
		};
		go._resume = () => {
			if (go.exited || this.dead) return stopTimers();
			try {
				resume.call(go);
			} catch (error) {
				stopTimers();
				this.#die(error);
			}
		};
	}

	#die(reason) {
		if (this.dead) return;
		this.dead = String(reason);
		this.#ended.abort();
		this.#command = undefined;
		running = undefined;
		const value = { kind: "broken", message: this.dead };
		for (const id of [...this.#handlers.keys()]) this.#event(id, "broken", JSON.stringify(value));
	}
}
