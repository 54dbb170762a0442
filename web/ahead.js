// What Go will want first of what is kept, read while Go is on its way: to open a database takes a browser longer than to
// verify and to show what is in it.

const fresh = 5000; // ms: later Go looks for itself
const found = new Map();
let forgettings = 0;

/** readAhead reads what is remembered, and what is kept of the article at src. It makes no database. */
export function readAhead(src) {
	read("byway:memory", "sites").catch(() => {});
	read("byway:shelf", "heads bodies", src).catch(() => {});
}

/** ahead gives what a database has under a key, the value of each of its stores, once; undefined where that is not known. */
export function ahead(database, key) {
	const name = `${database} ${key}`;
	const values = found.get(name);
	found.delete(name);
	return values;
}

/** forgetAhead forgets it. */
export function forgetAhead() {
	forgettings++;
	found.clear();
}

async function read(database, stores, only) {
	const before = forgettings;
	const opening = indexedDB.open(database);
	opening.onupgradeneeded = () => opening.transaction.abort();
	const db = await answer(opening);
	try {
		const all = stores.split(" ");
		const tx = db.transaction(all);
		const each = all.map((name) => tx.objectStore(name)); // the same keys are in each
		const keys = await answer(each[0].getAllKeys(only));
		const values = await Promise.all(each.map((store) => answer(store.getAll(only))));
		if (before === forgettings) keys.forEach((key, i) => found.set(`${database} ${key}`, values.map((list) => list[i])));
		setTimeout(() => found.clear(), fresh);
	} finally {
		db.close();
	}
}

function answer(request) {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}
