// The page's side of the worker: registers it, and tells it what a page that came before it is made of.

const patience = 10_000; // ms
let cleared = false; // the reader wants nothing of this page kept: clearShelter says so

/**
 * shelter makes script, an address, the worker of its folder. Where that cannot be nothing happens: on http pages, in
 * browsers without workers, in frames without an origin. Nor on a page that wants to leave no trace.
 */
export async function shelter(script) {
	document.addEventListener("byway-clear", () => { cleared = true; });
	await calm();
	if (cleared || document.querySelector("byway-article[private]")) return;
	try {
		await enter(navigator.serviceWorker, script);
	} catch {} // of no interest to readers; a policy that forbids it has said so on the console
}

// The article first: after it, most of what the worker wants is in the browser's cache.
function calm() {
	return new Promise((done) => {
		setTimeout(done, patience);
		document.addEventListener("byway-state", ({ detail }) => detail.state !== "loading" && done());
		if (document.querySelector("byway-article[data-state]:not([data-state=loading])")) done();
	});
}

async function enter(workers, script) {
	const scope = new URL(".", script).href;
	const before = await workers.getRegistration();
	if (!location.href.startsWith(scope)) return console.warn(`byway-sw.js serves pages under ${scope} only: put it into the root of the site.`);
	const other = before?.scope === scope && worker(before)?.scriptURL;
	if (other && new URL(other).pathname !== new URL(script).pathname) {
		return console.warn(`byway-sw.js is not used: ${other} is the worker of this site.`);
	}
	await workers.register(trusted(script));
	const { active } = await workers.ready;
	if (!cleared && before?.active?.scriptURL !== script) active.postMessage({ byway: "keep", files: files() });
}

const worker = ({ active, waiting, installing }) => active ?? waiting ?? installing;

// Under a policy of trusted types, the one address that can be had from this one is the worker's.
function trusted(script) {
	return globalThis.trustedTypes?.createPolicy("byway-sw", { createScriptURL: () => script }).createScriptURL("") ?? script;
}

// files lists the scripts and style sheets of the page. What a script imports is known only from its coming.
function files() {
	const named = [...document.querySelectorAll("script[src], link[rel~=stylesheet][href]")].map(({ src, href }) => src ?? href);
	const came = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => /\.(m?js|css)$/.test(name));
	return [...new Set([...named, ...came])];
}
