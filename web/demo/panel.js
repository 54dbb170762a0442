// The panel of the demo: sets how each of the publisher's addresses behaves, and counts what they were asked.

const titles = { "block-200": "block page", cut: "cut short" }; // of faults whose name says too little
const rows = document.getElementById("addresses");
const said = document.getElementById("said");
const articles = [...document.querySelectorAll("byway-article")];

const each = 3000; // milliseconds between two looks at the counts
let latest = 0; // the number of the newest question, so that an old answer does not undo a new one

/** make creates an element with properties and children. */
function make(name, properties, ...children) {
	const node = Object.assign(document.createElement(name), properties);
	node.append(...children);
	return node;
}

/** ask reads the panel, or gives it an order, and shows its answer. It reports whether there was one. */
async function ask(order) {
	const number = ++latest;
	try {
		const response = await fetch("/panel", order && { method: "POST", body: JSON.stringify(order) });
		if (!response.ok) throw new Error(await response.text());
		const panel = await response.json();
		if (number === latest) show(panel);
		return true;
	} catch (error) {
		tell(`The demo’s server did not answer (${error.message}). Start it with “make run”, then press “Read again”.`);
		return false;
	}
}

/** tell says something once, since a reader of the screen hears every change. */
function tell(text) {
	if (said.textContent !== text) said.textContent = text;
}

function show(panel) {
	if (rows.querySelectorAll("fieldset").length !== panel.mirrors.length) build(panel);
	panel.mirrors.forEach((mirror, i) => {
		const row = rows.children[i];
		const fault = panel.faults.find((f) => f.name === mirror.fault);
		row.querySelector("select").value = mirror.fault;
		row.querySelector(".does").textContent = fault ? `It ${fault.words}.` : "";
		row.querySelector(".count").textContent = mirror.requests === 1 ? "1 request" : `${mirror.requests} requests`;
		row.dataset.fault = mirror.fault;
	});
}

function build({ mirrors, faults }) {
	rows.replaceChildren(...mirrors.map((mirror, i) => row(mirror, i, faults)));
}

// One address: its name, what it is told to do, what that means, how often it was asked.
function row({ name }, i, faults) {
	const select = make("select", { id: `fault-${i}` },
		...faults.map((f) => make("option", { value: f.name }, titles[f.name] ?? f.name)));
	select.setAttribute("aria-describedby", `does-${i}`);
	select.addEventListener("change", () => change(i, name, select));
	return make("fieldset", {},
		make("legend", {}, name, i ? "" : make("span", { className: "own" }, " the publisher’s own")),
		make("label", { htmlFor: select.id }, "behaves "),
		select,
		make("span", { className: "count" }),
		make("p", { className: "does", id: `does-${i}` }));
}

async function change(mirror, name, select) {
	const fault = select.selectedOptions[0].textContent;
	if (!(await ask({ mirror, fault: select.value }))) return;
	tell(`${name} is now: ${fault}. The articles are read again.`);
	readAgain();
}

function readAgain() {
	for (const article of articles) article.reload?.(); // it has no methods if its script did not come
}

function button(id, act) {
	document.getElementById(id).addEventListener("click", act);
}

button("again", () => {
	tell("The articles are read again.");
	readAgain();
	ask();
});
button("forget", () => {
	for (const article of articles) article.forget?.();
	tell("No address is chosen any more: whichever answers is used.");
});
button("reset", async () => {
	if (await ask({ reset: true })) tell("The counts start again.");
});

// A state that is reached says what the reader got. One on the way says nothing.
document.addEventListener("byway-state", ({ target, detail }) => {
	ask();
	if (detail.busy || !detail.article) return;
	const which = target.closest("[lang]").lang === "fa" ? "The Persian article" : "The English article";
	if (detail.state === "ready") tell(`${which} came from ${detail.source}.`);
});

document.addEventListener("visibilitychange", () => document.hidden || ask());
setInterval(() => document.hidden || ask(), each);
ask();
