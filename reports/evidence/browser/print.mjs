// Prints a served report as one PDF on A4: a cover with the contents, then every page in reading
// order, then every task's page. Usage: node print.mjs ADDRESS CHROMIUM FILE
// Every word comes from the pages themselves.
import { drawn, follow, launch, ready } from './chromium.mjs';

const [, , address, executablePath, file] = process.argv;
const MARGIN = { top: '16mm', bottom: '18mm', left: '16mm', right: '16mm' };
const SCALE = 0.8;
// What lies between the margins, in the pixels of the scaled page: charts are drawn to it.
const WIDTH = Math.floor((((210 - 2 * 16) / 25.4) * 96) / SCALE);

const browser = await launch(executablePath);
try {
	const page = await browser.newPage({ viewport: { width: WIDTH, height: 1200 } });
	await page.emulateMedia({ media: 'print' });
	await page.goto(address);
	await settle(page, '/');
	const report = await page.evaluate(outline);
	for (const [index, entry] of report.entries.entries()) {
		if (index) await open(page, entry.path);
		Object.assign(entry, await page.evaluate(content));
		// Addresses of the tasks' pages, in the order of the page that lists them.
		if (entry.path === '/tasks/') report.tasks = await page.evaluate(taskPages);
	}
	for (const path of report.tasks) {
		await open(page, path);
		report.entries.push({ path, under: '/tasks/', ...(await page.evaluate(content)) });
	}
	await page.goto('about:blank');
	await page.setContent('<!doctype html><html><head></head><body></body></html>');
	await page.evaluate(assemble, report);
	const print = (more) =>
		page.pdf({
			...more,
			format: 'A4',
			margin: MARGIN,
			scale: SCALE,
			printBackground: true,
			displayHeaderFooter: true,
			headerTemplate: '<span></span>',
			footerTemplate: footer(report),
			outline: true,
			tagged: true
		});
	await page.evaluate(number, pageNumbers(await print({})));
	await print({ path: file });
} finally {
	await browser.close();
}

async function open(page, path) {
	await follow(page, path);
	await settle(page, path);
}

/** Wait for a page's figures, unfold its tables, wait for its charts. */
async function settle(page, path) {
	if ((await ready(page)) !== 'yes') throw new Error(`${path} could not be shown: ${await page.locator('main').innerText()}`);
	for (const button of await page.$$('button[data-unfold]')) await button.evaluate((element) => element.click());
	if (!(await drawn(page))) throw new Error(`${path}: a chart was not drawn`);
}

/** Client, month, state and the list of pages, as the report's frame says them. */
function outline() {
	const text = (selector) => document.querySelector(selector)?.textContent.trim() ?? '';
	const entries = [];
	for (const element of document.querySelectorAll('nav .section, nav a')) {
		if (element.matches('a')) entries.push({ path: element.getAttribute('href'), section: entries.section });
		else entries.section = element.textContent.trim();
	}
	return {
		language: document.documentElement.lang,
		client: text('.client'),
		month: text('.month'),
		contents: text('.menu'),
		draft: text('.draft'),
		promise: text('main footer'),
		watermark: document.querySelector('.watermark')?.outerHTML ?? '',
		logo: document.querySelector('.brand img')?.outerHTML ?? '',
		entries: [...entries],
		tasks: []
	};
}

function taskPages() {
	const found = [...document.querySelectorAll('article a[href^="/tasks/"]')].map((link) => link.getAttribute('href'));
	return [...new Set(found)].filter((path) => path !== '/tasks/');
}

/** One page's article and the style sheets it needs; names inside drawings become its own. */
function content() {
	const article = document.querySelector('article');
	const own = (id) => `${location.pathname.replaceAll('/', '_')}${id}`;
	for (const element of article.querySelectorAll('*')) {
		for (const { name, value } of [...element.attributes]) {
			if (name === 'id') element.id = own(value);
			else if (value.includes('url(#')) element.setAttribute(name, value.replace(/url\(#([^)]+)\)/g, (_, id) => `url(#${own(id)})`));
			else if (/^(xlink:)?href$/.test(name) && value.startsWith('#')) element.setAttribute(name, `#${own(value.slice(1))}`);
		}
	}
	const styles = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => !(rule instanceof CSSFontFaceRule));
	return { title: article.querySelector('h1').textContent.trim(), html: article.outerHTML, styles: styles.map((rule) => rule.cssText) };
}

/** The number of the page on which each named place stands, read from the PDF itself: Chromium
 * knows no way to count the page that a link leads to. It writes these objects as plain text. */
function pageNumbers(pdf) {
	const text = pdf.toString('latin1');
	const kids = [...text.matchAll(/\/Type \/Pages\s[^>]*?\/Kids \[([^\]]*)\]/g)].map((found) => found[1].match(/\d+(?= 0 R)/g));
	const isNode = new Set([...text.matchAll(/(\d+) 0 obj\s+<<\/Type \/Pages\s/g)].map((found) => found[1]));
	const pages = kids.flat().filter((object) => !isNode.has(object));
	const places = [...text.matchAll(/\/(page_\S*) \[(\d+) 0 R \/XYZ/g)];
	if (!places.length) throw new Error('the contents of the PDF have no page numbers: Chromium writes its places in another way');
	return Object.fromEntries(places.map(([, place, object]) => [place, pages.indexOf(object) + 1]));
}

function number(places) {
	for (const link of document.querySelectorAll('.contents a')) {
		const page = places[link.getAttribute('href').slice(1)];
		if (!page) throw new Error(`the PDF has no page for ${link.textContent}`);
		link.querySelector('.number').textContent = page;
	}
}

/** The whole report as one document; links between its pages lead inside it. */
function assemble(report) {
	const make = (name, props = {}, ...children) => {
		const element = Object.assign(document.createElement(name), props);
		element.append(...children);
		return element;
	};
	const html = (text) => document.createRange().createContextualFragment(text);
	const place = (path) => `page${path.replaceAll('/', '_')}`;
	document.documentElement.lang = report.language;
	document.title = `${report.client}. ${report.month}`;
	const styles = new Set(report.entries.flatMap((entry) => entry.styles));
	document.head.append(make('style', { textContent: [...styles].join('\n') }));

	const contents = make('nav', { className: 'contents' });
	let section = '';
	let list;
	for (const entry of report.entries) {
		const under = report.entries.find((other) => other.path === entry.under);
		const heading = under?.title ?? entry.section ?? '';
		if (!list || heading !== section) {
			section = heading;
			if (heading) contents.append(make('p', { className: 'section', textContent: heading }));
			list = contents.appendChild(make('ul', { className: under ? 'tasks' : '' }));
		}
		const link = make('a', { href: `#${place(entry.path)}` }, make('span', { textContent: entry.title }), make('span', { className: 'number' }));
		list.append(make('li', {}, link));
	}
	const cover = make(
		'section',
		{ className: 'cover' },
		html(report.logo),
		make('h1', { textContent: report.client }),
		make('p', { className: 'as-of', textContent: report.month }),
		...(report.draft ? [make('p', { className: 'state', textContent: report.draft })] : []),
		make('h2', { textContent: report.contents }),
		contents,
		make('p', { className: 'promise', textContent: report.promise })
	);
	const pages = report.entries.map((entry) => make('section', { className: 'sheet', id: place(entry.path) }, html(entry.html)));
	document.body.append(html(report.watermark), cover, ...pages);
	const paths = new Map(report.entries.map((entry) => [entry.path, `#${place(entry.path)}`]));
	for (const link of document.querySelectorAll('.sheet a[href^="/"]')) {
		const target = paths.get(link.getAttribute('href'));
		if (target) link.href = target;
		else link.replaceWith(...link.childNodes);
	}
}

function footer(report) {
	const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
	return `<div style="width:100%;padding:0 16mm;display:flex;justify-content:space-between;
		font:7.5px Arial,Helvetica,sans-serif;color:#55616d">
		<span>${escape(report.client)} · ${escape(report.month)}</span>
		<span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`;
}
