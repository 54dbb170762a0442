// The page of BenchmarkFailover. begin(engine, bases, rtt) prepares one of the engines; read(path, id) has it read the
// article at a path from whichever base delivers it, and gives { ms, wrong, host } or, if nothing came, { ms, wrong, failed }.

const limit = 60_000;
let bases, engine;
let wrong; // how often something else was shown

async function begin(name, addresses, rtt) {
	bases = addresses;
	engine = engines[name];
	tellRTT(rtt);
	if (engine === byway) await startByway();
}

// A page that came by https tells how long a round trip took. This one came over loopback.
function tellRTT(rtt) {
	Object.defineProperty(PerformanceResourceTiming.prototype, "secureConnectionStart", {
		get() { return this.connectStart + rtt; },
	});
}

async function read(path, id) {
	const start = performance.now();
	const result = { host: "", failed: "" };
	wrong = 0;
	try {
		result.host = await Promise.race([engine(bases.map((base) => base + path), id), late()]);
	} catch (error) {
		result.failed = String(error);
	}
	return { ms: performance.now() - start, wrong, ...result };
}

const late = () => new Promise((_, reject) => setTimeout(() => reject(new Error("took too long")), limit));

// whole fetches an address, checks what came and gives the host. Nothing is kept by the browser.
async function whole(url, id, signal) {
	const response = await fetch(url, { signal, cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer" });
	if (!response.ok) throw new Error(`${url}: status ${response.status}`);
	if ((await response.json()).id !== id) throw new Error(`${url}: another article`);
	return new URL(url).host;
}

// One address after the other, each for ten seconds.
async function sequential(urls, id) {
	for (const url of urls) {
		try {
			return await whole(url, id, AbortSignal.timeout(10_000));
		} catch {}
	}
	throw new Error("no address delivered");
}

// The next address beside the others when one has failed and after 250 ms, whatever comes meanwhile.
function stagger(urls, id) {
	const stop = new AbortController();
	let timer;
	let next = 0;
	const started = [];
	const finished = new Promise((resolve, reject) => {
		const start = () => {
			clearTimeout(timer);
			if (stop.signal.aborted || next === urls.length) return;
			const attempt = whole(urls[next++], id, stop.signal);
			started.push(attempt);
			attempt.then(resolve, start);
			timer = setTimeout(start, 250);
			if (next === urls.length) Promise.any(started).catch(reject);
		};
		start();
	});
	return finished.finally(() => stop.abort());
}

// All addresses at once.
function race(urls, id) {
	const stop = new AbortController();
	return Promise.any(urls.map((url) => whole(url, id, stop.signal))).finally(() => stop.abort());
}

let element, wanted;

// WebAssembly is not what is measured: it starts for an article of the page's own site.
async function startByway() {
	const first = document.createElement("byway-article");
	first.load = "eager";
	first.src = "/first.json";
	document.body.append(first);
	await first.ready;
	first.remove();
	element = document.createElement("byway-article");
	element.load = "eager";
	element.mirrors = bases.slice(1).join(" ");
	element.addEventListener("byway-ready", ({ detail }) => {
		const whole = element.shadowRoot.textContent.includes(`The end of ${wanted.id}.`);
		if (whole && detail.headline === wanted.id) wanted.resolve(detail.source);
		else wrong++;
	});
}

// Until the whole article is in place. To be told of another one, or of a part, is wrong.
function byway([src], id) {
	return new Promise((resolve) => {
		wanted = { id, resolve };
		element.src = src;
		if (!element.isConnected) document.body.append(element);
	});
}

const engines = { byway, sequential, stagger, race };
