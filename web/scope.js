// All that Go sees of the page. syscall/js takes this object for the global one, so nothing of Go's (Go, fs, process,
// path) lands on window, and nothing of the page's is in Go's reach but what is listed here.
//
// A getter that throws would unwind through Go's stack and leave it broken, so each property here can be read safely.
export function scope(byway) {
	return {
		__proto__: null,
		byway,
		Object, Array, Uint8Array, Date, Intl, AbortController, TextEncoder, TextDecoder,
		crypto: globalThis.crypto,
		performance: globalThis.performance,
		navigator: globalThis.navigator,
		indexedDB: storage(),
		fetch: (url, init) => fetch(url, init),
	};
}

// Reading indexedDB throws in a frame without an origin of its own, and where the browser was told to keep nothing.
function storage() {
	try {
		return globalThis.indexedDB;
	} catch {
		return undefined;
	}
}
