// Looks after the pictures that do not come. For an <img> a browser tells of an error, and of silence nothing.

// limits says after how many ms in view a picture counts as stalled, and while what holds. By 6 s what is on its way has
// its size; but there are lines on which only the first 16 KB of anything arrive, so it must not take for ever either.
const limits = [
	[6000, (img) => !img.naturalWidth],
	[30000, () => true],
];

/**
 * watch looks after every <img> that is inside box or comes there later. report(name, url) is told "picture-failed" or
 * "picture-stalled", and the address as it stands in the page. It lives as long as box does, and holds nothing else.
 */
export function watch(box, report) {
	const timers = new WeakMap(); // by img: those that run while it is in view
	const stop = (img) => timers.get(img)?.forEach(clearTimeout);
	const start = (img) => timers.set(img, limits.map(([after, lacks]) => setTimeout(() => {
		if (!img.complete && img.isConnected && lacks(img)) report("picture-stalled", asked(img));
	}, after)));

	box.addEventListener("error", ({ target: img }) => {
		if (img.localName !== "img") return;
		if (navigator.onLine !== false) return report("picture-failed", asked(img));
		addEventListener("online", () => img.isConnected && (img.src = img.src), { once: true }); // asks for it again
	}, true);

	if (typeof IntersectionObserver === "undefined") return;
	const view = new IntersectionObserver((entries) => {
		for (const { target: img, isIntersecting } of entries) {
			stop(img);
			if (!img.isConnected) view.unobserve(img);
			else if (isIntersecting && !img.complete) start(img);
		}
	});
	const look = () => box.querySelectorAll("img").forEach((img) => view.observe(img));
	new MutationObserver(look).observe(box, { childList: true, subtree: true });
}

// asked gives the address that a browser took from src and srcset, as it is written there.
function asked(img) {
	const sizes = img.srcset.match(/\S+(?= \d+w)/g) ?? [];
	return sizes.find((url) => same(url, img.currentSrc)) ?? img.getAttribute("src");
}

function same(url, current) {
	try {
		return new URL(url).href === current;
	} catch {
		return url === current; // no address to this browser
	}
}
