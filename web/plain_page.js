// An article in the native format as nodes, with the classes and parts of internal/page, without pictures. What the
// article says becomes text or the address of a link, and nothing else: every element here is named here.

const maxDepth = 32; // of blocks in blocks: browsers fall over trees that are thousands deep
const marks = ["mark", "u", "s", "sup", "sub", "code", "em", "strong"]; // the innermost first
const schemes = /^(https?|mailto|tel):/; // of links: those that run nothing

/** page gives the root of an article. config is what read in plain.js was given, with the state and the feed's notice. */
export function page(article, config) {
	const { words, headingLevel, controls, signature, notice } = config;
	const own = (node) => spoken(node, words);
	const heading = (under, content) => within("h" + Math.min(headingLevel + under, 6), content);

	const link = (address, content) => {
		try {
			const { href } = new URL(address, article.url || config.src);
			if (address && schemes.test(href)) return Object.assign(el("a dir=auto rel=noreferrer", content), { href });
		} catch {}
		return content;
	};
	const named = (it) => it && link(it.url, within("bdi", it.name || it.headline || it.url));
	const inline = (content) => list(content).map(run);
	const run = (it) => {
		if (typeof it !== "object") return it;
		let node = it.text;
		for (const mark of marks) if (it.marks?.includes(mark)) node = el(mark, node);
		return [link(it.url, spoken(el("bdi", node), it)), it.br && el("br")];
	};
	const moment = (at) => {
		const form = /^.{10}$|-00:00$/.test(at) ? { timeZone: "UTC" } : { timeStyle: "short" };
		return +new Date(at) && el("time", new Date(at).toLocaleString(words.inLanguage, { dateStyle: "long", ...form }));
	};
	const dated = (sentence, at) => said(sentence, moment(at));

	const part = (name, content) => within(`span part=${name} class=${name} dir=auto`, content);
	const credit = (it) => it.creditText || list(it.creator).map(({ name }) => name).join(" / ") || it.copyrightNotice;
	const caption = (it) => within("figcaption", part("caption", inline(it.caption)), " ", part("credit", credit(it)));
	const figure = (it) => within("figure part=figure", within("p class=alt dir=auto", it.alt), caption(it));
	const paragraph = (it) => within("p", inline(it.fallback ?? it.content ?? it));
	const card = (it) => el("div class=card", el("div", within("p class=label", it.provider), el("p class=title", named(it)),
		within("p", it.description), caption(it), within("p", inline(it.transcript)), paragraph(it)));
	const row = (cell) => (cells) => el("tr", list(cells).map((it) => el(cell + " dir=auto", inline(it))));
	const links = (all, spec = "ul class=links") => within(spec, list(all).map((it) => el("li", joined(spoken(named(it), it), it.description))));
	const label = (kind, at) => own(within("p class=label", joined(words.notes[kind], moment(at))));

	const kinds = {
		__proto__: null, // or a type named "constructor" would be known
		heading: (it) => heading(Math.max(it.level | 0, 2) - 1, inline(it.content)),
		figure: (it) => figure(it.image),
		gallery: (it) => within("figure class=gallery", list(it.images).map(figure), caption(it)),
		quote: (it, depth) => el("blockquote class=quote", blocks(it.body, depth), el("footer", el("cite", named(it.citation)))),
		list: (it, depth) => el(it.ordered ? "ol start=" + (it.start | 0 || 1) : "ul", list(it.items).map((li) =>
			el("li dir=auto", inline(li.content ?? li), li.list && block(li.list, depth)))),
		table: (it) => el("div class=scroll tabindex=0", el("table", within("caption dir=auto", inline(it.caption)),
			within("thead", row("th")(it.header)), el("tbody", list(it.rows).map(row("td"))))),
		note: (it) => el("aside class=note", label(it.role, it.date), el("p dir=auto", inline(it.content))),
		related: (it) => el("aside class=note", links(it.items)),
		divider: () => el("hr"),
		html() {
			throw new Error("HTML");
		},
	};
	const block = (it, depth) => {
		const show = kinds[it.type] ?? (it.url ? card : paragraph);
		return depth < maxDepth && spoken(show(it, depth + 1), it);
	};
	const blocks = (all, depth) => list(all).map((it) => block(it, depth));

	const says = (content) => own(within("p part=notice class=limits", content));
	const section = ([name, all, spec]) => {
		const found = (!controls || controls.includes(name)) && links(all, spec);
		return found && el(`section part=${name} class=${name}`, heading(1, words[name]), found);
	};
	return own(el("div class=byway",
		spoken(el("article class=article dir=auto",
			el("header class=head",
				section(["breadcrumbs", article.sections, "ol"]),
				within("p class=kicker", article.kicker),
				el(`h${headingLevel} part=headline class=headline`, article.headline),
				within("p part=standfirst class=standfirst", article.alternativeHeadline),
				within("p part=standfirst class=standfirst", inline(article.description)),
				within("p part=byline class=byline", article.byline || joined(...list(article.author).map((it) => [named(it), it.jobTitle]))),
				own(within("p class=dates", joined(article.dateline, dated(words.published, article.datePublished), dated(words.updated, article.dateModified)))),
				own(el("p part=addresses class=origin", joined(host(config.source), signature && moment(signature.issued)))),
				says([words.plain, " ", said(words[config.proof], host(signature?.site))]),
				signature?.expired && says(dated(words.since, signature.issued)),
				words.notes[notice?.kind] && says(joined(words.notes[notice.kind], moment(notice.at), within("bdi", notice.text)))),
			list(article.image).slice(0, 1).map(figure),
			within("div part=body class=body", blocks(article.body, 0)),
			within("footer class=legal", el("p", joined(article.copyrightNotice, named(article.publisher), named(article.isBasedOn), named({ url: article.license }))))),
		article),
		within("footer class=foot", [
			["alternates", [...new Set([article.url, ...config.links])].map((url) => ({ url })).concat(list(article.alternates), list(article.workTranslation))],
			["channels", article.channels],
			["related", article.related],
		].map(section))));
}

// el makes an element of a name with attributes behind it, "p class=note", none of which are the article's.
function el(spec, ...content) {
	const [name, ...attributes] = spec.split(" ");
	const made = document.createElement(name);
	for (const attribute of attributes) made.setAttribute(...attribute.split("="));
	made.append(...content.flat(9).filter(Boolean));
	return made;
}

// within is an element around content, or nothing around nothing.
function within(spec, ...content) {
	const made = el(spec, ...content);
	return made.textContent.trim() && made;
}

const list = (value) => [value ?? []].flat();
const host = (name) => el("bdi class=host dir=ltr", name);
const joined = (...all) => all.flat().filter(Boolean).flatMap((it) => [" · ", it]).slice(1);

function spoken(node, { inLanguage, dir }) {
	if (node && inLanguage) node.lang = inLanguage;
	if (node && dir) node.dir = dir;
	return node;
}

// said puts a node in the place of a sentence that is marked {}.
const said = (sentence, node) => node && el("span", sentence.split("{}").flatMap((part, i) => [i && node, part]));
