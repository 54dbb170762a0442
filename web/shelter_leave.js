// How the worker goes for good.

import { anew } from "./shelter_page.js";
import { clear, isGone, types } from "./shelter_store.js";

/** leave takes away all that is kept, and the worker. The pages that it serves go on until they are left. */
export async function leave() {
	await clear();
	await registration.unregister();
	await clear(); // of a page that came meanwhile
}

/**
 * leaveIfGone leaves where the site has no byway-sw.js any more, or an empty one. Browsers themselves keep a worker whose
 * file is gone. It is asked only when page has come, an address of the site, and believed only while that comes again past
 * all caches: a host in ruins, or a gateway that has nothing but its own page, takes nothing away.
 */
export async function leaveIfGone(page) {
	const response = await fetch(location.href, { cache: "no-cache" });
	const { ok, headers } = response;
	if (!isGone(response) && !(ok && types.script.test(headers.get("content-type")) && !(await response.text()).trim())) return;
	await anew(page);
	await leave();
}
