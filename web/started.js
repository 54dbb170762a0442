// Whether somebody has begun to read.

const glance = 3000; // ms
const signs = ["scroll", "wheel", "touchmove", "pointerdown", "keydown"];

/** started calls tell once: at the first sign that somebody reads, or after a while. It gives what ends the waiting. */
export function started(tell) {
	const ended = new AbortController();
	const end = () => {
		clearTimeout(timer);
		ended.abort();
	};
	const begun = () => {
		end();
		tell();
	};
	const timer = setTimeout(begun, glance);
	for (const sign of signs) addEventListener(sign, begun, { signal: ended.signal, passive: true, capture: true });
	return end;
}
