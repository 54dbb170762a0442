// Which source is asked when, and which one wins. What a source is, and what is asked of it, is the caller's matter.

const abreast = 3; // at most so many under way
const bearable = 60_000; // ms that a whole file may take at the pace of a source, before the next is asked beside it

// A source without a sign of life for patience has the next one asked beside it, and after limit it has failed. Where
// crypto.subtle is missing, the browser shows nothing of a file before it has it whole (see ask in source.js), so that
// only a long time tells what is silent from what is slow.
const [patience, limit] = globalThis.crypto?.subtle ? [2_000, 20_000] : [30_000, 300_000]; // ms

/**
 * race gives what load gives for the first of the sources, an async iterator, for which it succeeds; by then all others
 * are aborted. The next source is asked when one fails, and beside one that is silent or drips; if three are under way then, the
 * one that was silent for longest gives way. load(source, signal, alive) has to call alive(part) at each sign of life,
 * part being how much has arrived, from 0 to 1. report(part) is told the furthest. At the end of all, the error names those
 * that failed, each with its reason.
 */
export function race(sources, load, report) {
	return new Promise((resolve, reject) => new Race({ sources, load, report, resolve, reject }).next());
}

class Race {
	#runs = new Set(); // those under way, the one that was silent for longest first
	#reasons = [];
	#won = false;

	constructor(given) {
		Object.assign(this, given);
	}

	async next() {
		try {
			const { done, value } = await this.sources.next();
			if (this.#won) return;
			if (!done) this.#start(value);
			else if (!this.#runs.size) this.reject(new Error(this.#reasons.join("; ")));
		} catch (error) {
			this.reject(error);
		}
	}

	#start(source) {
		if (this.#runs.size === abreast) this.#stop([...this.#runs][0]);
		const run = { source, control: new AbortController(), begin: performance.now() };
		this.#alive(run, 0);
		this.load(source, run.control.signal, (part) => this.#runs.has(run) && this.#alive(run, part)).then(
			(value) => this.#win(value),
			(reason) => this.#fail(run, reason),
		);
	}

	#alive(run, part) {
		this.#runs.delete(run);
		this.#runs.add(run);
		run.part = part;
		this.report(Math.max(...[...this.#runs].map((each) => each.part)));
		clearTimeout(run.timer);
		run.timer = setTimeout(() => {
			run.timer = setTimeout(() => this.#fail(run, new Error("silent")), limit - patience);
			this.next();
		}, patience);
		const elapsed = performance.now() - run.begin;
		if (run.doubted || elapsed < 2 * patience || elapsed <= part * bearable) return;
		run.doubted = true; // it drips, so that it is not silent and never comes to an end
		this.next();
	}

	#stop(run) {
		this.#runs.delete(run);
		clearTimeout(run.timer);
		run.control.abort();
	}

	#fail(run, reason) {
		if (!this.#runs.has(run)) return; // it was stopped, and this is what came of that
		this.#stop(run);
		this.#reasons.push(`${run.source}: ${reason.message}`);
		this.next();
	}

	#win(value) {
		this.#won = true;
		for (const run of [...this.#runs]) this.#stop(run);
		this.resolve(value);
	}
}
