/** canShare says whether a click opens the system's sheet. Otherwise it copies. */
export const canShare = () => typeof navigator.share === "function";

/**
 * share hands an address on within a click: to the system, else to the clipboard, which pages without https do not
 * have. Gives "system", "copied", or "select" where the reader has to copy by hand.
 */
export async function share({ title, url }) {
	if (canShare()) {
		try {
			await navigator.share({ title, url });
			return "system";
		} catch (error) {
			if (error.name === "AbortError") return "system"; // closed by the reader
		}
	}
	try {
		await navigator.clipboard.writeText(url);
		return "copied";
	} catch {
		return "select";
	}
}
