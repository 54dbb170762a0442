// The panel of the demo: what each address does, and how often it was asked. It knows the element only by its public
// members.
const rows = document.querySelector(".rows");
const said = document.querySelector(".said");
const articles = [...document.querySelectorAll("byway-article")];
const fields = []; // per address: what changes in its row

/** talk asks the demo's server, with a wish where there is one, and shows the answer. */
async function talk(wish) {
	const init = wish && { method: "POST", body: JSON.stringify(wish) };
	const response = await fetch("/panel", init);
	if (!response.ok) throw new Error(await response.text());
	show(await response.json());
}

function show({ mirrors, faults }) {
	if (!fields.length) rows.append(...mirrors.map((mirror, i) => row(mirror, faults, i)));
	mirrors.forEach((mirror, i) => {
		const fault = faults.find((f) => f.name === mirror.fault);
		fields[i].select.value = mirror.fault;
		fields[i].words.textContent = fault ? `It ${fault.words}` : "";
		fields[i].count.textContent = `Requests: ${mirror.requests}`;
	});
}

function row(mirror, faults, i) {
	const select = make("select", { ariaLabel: `What ${mirror.name} does` },
		...faults.map((f) => make("option", { value: f.name }, f.name)));
	const words = make("p", {});
	const count = make("p", {});
	fields[i] = { select, words, count };
	select.addEventListener("change", () => change({ mirror: i, fault: select.value }, `${mirror.name} is now “${select.value}”.`));
	const name = i ? mirror.name : `${mirror.name}, the publisher's own`;
	return make("fieldset", {}, make("legend", {}, name), select, words, count);
}

function make(tag, properties, ...children) {
	const element = Object.assign(document.createElement(tag), properties);
	element.append(...children);
	return element;
}

async function change(wish, words) {
	try {
		await talk(wish);
		for (const article of articles) if (!wish.reset) article.reload();
		said.textContent = words;
	} catch (error) {
		said.textContent = `The demo's server did not take that: ${error.message}`;
	}
}

const actions = {
	reload() {
		for (const article of articles) article.reload();
		said.textContent = "Both articles are being read again.";
	},
	forget() {
		for (const article of articles) {
			article.forget();
			article.reload();
		}
		said.textContent = "Forgotten: the chosen address, how each did, and the newest edition seen.";
	},
	reset: () => change({ reset: true }, "Requests are counted from nought."),
};

for (const button of document.querySelectorAll("[data-do]")) {
	button.addEventListener("click", () => actions[button.dataset.do]());
}

// Counts change when an article has been read: one look then, however many states there were on the way.
let due = 0;
addEventListener("byway-state", () => {
	clearTimeout(due);
	due = setTimeout(() => talk().catch(() => {}), 300);
});

talk().catch((error) => (said.textContent = `The demo's server does not answer: ${error.message}`));
