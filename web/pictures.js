// Looks after the pictures: asks for those that Go has to check, when somebody comes near, and tells of those that do not
// come. For an <img> a browser tells of an error, and of silence nothing.

// limits says after how many ms in view a picture counts as stalled, and while what holds. By 6 s what is on its way has
// its size; but there are lines on which only the first 16 KB of anything arrive, so it must not take for ever either.
const limits = [
	[6000, (img) => !img.naturalWidth],
	[30000, () => true],
];

/**
 * watch looks after every <img>, and every <canvas> that keeps the place of one, that is inside box or comes there later.
 * report(name, which) is told "picture-failed" or "picture-stalled", and the address as it stands in the page; or
 * "picture-wanted", and the name of a picture as it stands in data-pictures. It lives as long as box does, and holds
 * nothing else.
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

	const want = (place) => report("picture-wanted", fitting(place));
	const canSee = typeof IntersectionObserver !== "undefined";
	const view = canSee && new IntersectionObserver((entries) => {
		for (const { target: img, isIntersecting } of entries) {
			stop(img);
			if (!img.isConnected) view.unobserve(img);
			else if (isIntersecting && !img.complete) start(img);
		}
	});
	// As far off as the view is high: the first picture is wanted in any case.
	const near = canSee && new IntersectionObserver((entries) => {
		const distance = ({ boundingClientRect: { top } }) => Math.abs(top);
		for (const { target: place, isIntersecting } of entries.sort((a, b) => distance(a) - distance(b))) {
			if (!place.isConnected) near.unobserve(place);
			else if (isIntersecting || place.closest(".lead")) want(place);
		}
	}, { rootMargin: "100% 0px" });
	const look = () => {
		if (canSee) box.querySelectorAll("img").forEach((img) => view.observe(img));
		box.querySelectorAll("canvas[data-pictures]").forEach((place) => (canSee ? near.observe(place) : want(place)));
	};
	new MutationObserver(look).observe(box, { childList: true, subtree: true });
}

// fitting gives the name of the smallest picture that is wide enough for its place. Half as wide is, where few bytes are
// asked for.
function fitting(place) {
	const saves = navigator.connection?.saveData;
	const width = (place.clientWidth * devicePixelRatio) / (saves ? 2 : 1);
	const sizes = place.dataset.pictures.split(", ").map((size) => size.split(" "));
	return (sizes.find(([, size]) => parseInt(size) >= width) ?? sizes.pop())[0];
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
