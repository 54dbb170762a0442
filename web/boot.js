// Gets the WebAssembly and compiles it while it arrives.

/* global WASM_NAME, WASM_SIZE: set by the builder of dist/ */

/** Unsupported says that WebAssembly is missing here or refused by the page's policy. No download changes that. */
export class Unsupported extends Error {}

/** compile gives the module. report(part) is called with how much of it has arrived, from 0 to 1. */
export async function compile(report) {
	await checkSupport();
	const url = new URL(WASM_NAME, import.meta.url);
	const response = await fetch(url);
	if (!response.ok) throw new Error(`${url.pathname}: status ${response.status}`);
	const counted = count(response, report);
	return WebAssembly.compileStreaming
		? WebAssembly.compileStreaming(counted)
		: WebAssembly.compile(await counted.arrayBuffer());
}

// The smallest module there is tells, before anything is downloaded, whether the page's policy lets any run.
async function checkSupport() {
	if (typeof WebAssembly !== "object") throw new Unsupported("WebAssembly is missing from this browser");
	try {
		await WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
	} catch (error) {
		throw new Unsupported(`WebAssembly is refused here: ${error.message}`);
	}
}

// count gives the same body again, counted on its way. It counts what is left after decompression, so it is measured
// against the size of the file, and not against a Content-Length. The type is ours, since many hosts do not know
// application/wasm and compileStreaming takes nothing else.
function count(response, report) {
	const init = { headers: { "content-type": "application/wasm" } };
	if (!response.body) return new Response(response.body, init);
	const reader = response.body.getReader();
	let bytes = 0;
	const body = new ReadableStream({
		async pull(controller) {
			const { done, value } = await reader.read();
			if (done) return controller.close();
			bytes += value.byteLength;
			report(Math.min(bytes / WASM_SIZE, 1));
			controller.enqueue(value);
		},
		cancel: (reason) => reader.cancel(reason),
	});
	return new Response(body, init);
}
