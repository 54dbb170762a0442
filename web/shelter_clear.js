// The element's side of the worker, for "Clear everything".

const patience = 2000; // ms for all workers

/**
 * clearShelter takes away all that byway-sw.js keeps of the site, in whatever folder it is, and has it keep nothing of what is
 * under way. A worker that does not answer in time, and one that has gone and left something, are emptied from here. It never
 * fails: where there can be no worker nothing is kept.
 */
export async function clearShelter() {
	document.dispatchEvent(new Event("byway-clear")); // to shelter.js, which may be about to begin
	try {
		const { serviceWorker } = navigator;
		const all = (await serviceWorker.getRegistrations()).map(({ active }) => active);
		all.push(serviceWorker.controller); // which works on for this page when it is registered no more
		await Promise.race([Promise.all([...new Set(all)].map(tell)), new Promise((late) => setTimeout(late, patience))]);
	} catch {}
	try {
		for (const name of await caches.keys()) if (name.startsWith("byway:")) await caches.delete(name);
	} catch {}
}

// Of the site's own workers none would answer.
function tell(worker) {
	if (!worker?.scriptURL.split(/[?#]/)[0].endsWith("/byway-sw.js")) return;
	const { port1, port2 } = new MessageChannel();
	worker.postMessage({ byway: "clear" }, [port2]);
	return new Promise((done) => { port1.onmessage = done; });
}
