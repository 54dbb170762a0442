// What Go remembers of the reader's choice, read without Go.

const timeout = 1000; // ms
const keep = 7 * 24 * 3600 * 1000; // ms: as long as Go does

/** chosenBase gives the address that was chosen by hand for a publisher, "" for none or where that cannot be known in time. */
export function chosenBase(site) {
	return Promise.race([read(site).catch(() => ""), new Promise((done) => setTimeout(done, timeout, ""))]);
}

async function read(site) {
	const opening = indexedDB.open("byway:memory");
	opening.onupgradeneeded = () => opening.transaction.abort(); // there is none: none is made
	const db = await settled(opening);
	try {
		const record = await settled(db.transaction("sites").objectStore("sites").get("publishers"));
		const { publishers } = JSON.parse(new TextDecoder().decode(record));
		return publishers.find((p) => p.site === site && Date.now() - p.at < keep)?.choice ?? "";
	} finally {
		db.close();
	}
}

function settled(request) {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}
