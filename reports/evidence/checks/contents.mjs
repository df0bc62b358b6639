// What each page says and draws of one site's data, asked of its view alone: no browser.
// Prints a line for each page, chart or link that a reader would find empty or dead.
// Usage: node (this file, bundled) INPUT, a JSON file as reports/page_contents.py writes it.
import { readFileSync } from 'fs';

const { publication, addresses, pages } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
// The pages take language and branding from the document.
globalThis.document = { getElementById: () => ({ textContent: JSON.stringify(publication) }) };
const { tables } = await import('../lib/rows.js');
const { order, pathOf } = await import('../lib/pages.js');

const WIDTH = 960;
// Functions of a chart that are called with its size, or by the reader's hand.
const DRAWING = ['option', 'height', 'onClick'];
const known = new Set(addresses);
const named = new Set();
const say = (address, text) => console.log(`${address}: ${text}`);

function demandPage(from, href) {
	const address = href.split(/[?#]/)[0];
	if (!known.has(address)) say(from, `links to ${href}, which is no page`);
	named.add(address);
}

function inspect(address, view) {
	if (!(view.empty ?? view.answer?.text)?.trim()) say(address, 'the page has no answer');
	const choices = ['', ...(view.choices ?? []).map((choice) => choice.value)];
	walk(view, (part) => {
		if (typeof part.href === 'string') demandPage(address, part.href);
		if ('option' in part) chart(address, part);
		if (part.columns && !part.rows.length && !part.empty) say(address, `the table "${part.caption}" is empty and does not say why`);
	});

	/** Every object of the view; a function of it makes a part for what the reader chooses. */
	function walk(part, look) {
		if (typeof part === 'function') for (const choice of choices) walk(part(choice), look);
		else if (part && typeof part === 'object') {
			look(part);
			for (const [name, child] of Object.entries(part)) if (!DRAWING.includes(name)) walk(child, look);
		}
	}
}

function chart(address, { title, option, empty }) {
	if (!title?.trim()) say(address, 'a chart has no title');
	if (!option) {
		if (!empty?.trim()) say(address, `the chart "${title}" is empty and does not say why`);
	} else if (!option(WIDTH, WIDTH / 2).series.some(hasMark)) say(address, `the chart "${title}" is empty`);
}

/** Does a series draw anything? One of size zero carries labels alone. */
const hasMark = ({ symbolSize, data, links }) => symbolSize !== 0 && (links ?? data).some(isMark);
const isMark = (item) => {
	const value = item?.value ?? item;
	return (Array.isArray(value) ? value : [value]).every(Number.isFinite);
};

for (const id of order) demandPage('the navigation', pathOf(id));
for (const page of pages) {
	for (const href of page.links) demandPage(page.address, href);
	try {
		const { view } = await import(`../lib/pages/${page.view}.js`);
		inspect(page.address, view(tables(page.queries)));
	} catch (error) {
		say(page.address, `the page breaks off: ${error.message}`);
	}
}
for (const address of addresses) if (!named.has(address)) say(address, 'no link leads to this page');
