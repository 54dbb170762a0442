// Signed notes, with the Ed25519 of the browser: what internal/trust does, but for what has to be remembered. That root
// counts which the page's own key signed; there is no walk from root to root, and old feeds are known by min-feed alone.

const maxAhead = 864e5; // ms: how far the clock of a device may be behind the publisher's

/**
 * prove gives what the publisher signed: { body, signature, notice }; body is false where the article was withdrawn. It fails
 * where that is not what the page's integrity names. get(path, most, integrity) gives the text of a file at one address.
 */
export async function prove({ key, root, minFeed, integrity }, place, get) {
	const given = root && parse(root.trim() + "\n"); // how a page is indented is no part of a note
	const [feed, newest] = await Promise.all([get("feed.note", 256 << 10).then(parse), key ? get("root/current.note", 16 << 10).then(parse) : given]);
	if (key) await signer("root", newest, [key.trim()]);
	const by = await signer("feed", feed, newest.feed_keys);
	const { site, version } = newest;
	const issued = Date.parse(feed.issued);
	const isNew = version >= (given.version ?? 1) && feed.version >= Math.max(minFeed, newest.min_feed ?? 0) && issued < Date.now() + maxAhead;
	if (!isNew || feed.site !== site || feed.epoch !== newest.epoch) throw new Error("wrong feed");

	const blob = ({ h, n }, suffix, pin) => get("b/" + h + suffix, n, checked(h, pin));
	const find = (items) => items.find(({ p }) => `a/${p}.json` === place);
	const { h, n, x } = find(feed.items) ?? find(JSON.parse(await blob(feed.shards.find(({ prefix }) => place.startsWith("a/" + prefix)), "")).items);
	return {
		body: (h || x.kind !== "withdrawn") && (await blob({ h, n }, ".json", integrity)),
		signature: { site, key: by, feed: feed.version, root: version, hash: h, issued, expired: Date.now() >= Date.parse(feed.expires) },
		notice: x,
	};
}

// parse gives the document in a note, of which nothing is proven yet, with what is needed for that.
function parse(note) {
	const end = note.lastIndexOf("\n\n") + 1;
	const text = note.slice(0, end);
	const [kind, json] = text.split("\n");
	return { ...JSON.parse(json), kind, text: new TextEncoder().encode(text), lines: note.split("\n") };
}

// signer gives the name of a key that signed a document, and fails where none did.
async function signer(kind, note, keys) {
	for (const key of keys) {
		const [name] = key.split("+");
		const verifier = await crypto.subtle.importKey("raw", base64(key.slice(name.length + 10)).slice(1), "Ed25519", false, ["verify"]); // behind "+", eight digits and "+"
		for (const line of note.lines) {
			const [, by, value] = line.split(" ");
			if (by === name && (await crypto.subtle.verify("Ed25519", verifier, base64(value).slice(4), note.text)) && note.kind === "byway/v1/" + kind) return name;
		}
	}
	throw new Error("unsigned " + kind);
}

// checked writes a hash as fetch takes it, and as the page's pin is written, if there is one. Browsers pass over what is
// no hash there, so it has to be one, if not the right one.
function checked(hash, pin) {
	const integrity = "sha256-" + btoa(hash.replace(/../g, (byte) => String.fromCharCode("0x" + byte)));
	if (!/^\w{64}$/.test(hash) || (pin || integrity) !== integrity) throw new Error("wrong hash");
	return integrity;
}

const base64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt());
