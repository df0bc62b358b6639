// Opens every page of a served report in Chromium, wide and on a phone, and fails on anything a
// reader would see as broken.
// Usage: node check.mjs ADDRESS CHROMIUM [--keep FOLDER] [--reference FOLDER] [--update]
//   --keep       put full pictures of the pages there, to be looked at
//   --reference  compare small pictures of the pages with those in FOLDER; --update writes them
import { mkdirSync, readdirSync, readFileSync } from 'fs';
import path from 'path';
import { fileURLToPath } from 'url';
import { parseArgs } from 'util';
import { drawn, follow, launch, ready } from './chromium.mjs';
import { keyboard, menu } from './keyboard.mjs';
import { difference } from './pictures.mjs';

const { positionals, values: options } = parseArgs({
	allowPositionals: true,
	options: { keep: { type: 'string' }, reference: { type: 'string' }, update: { type: 'boolean' } }
});
const [address, executablePath] = positionals;
const axe = readFileSync(path.join(process.cwd(), 'node_modules/axe-core/axe.min.js'), 'utf8');
const WIDTHS = [1280, 390];
const TASKS_SEEN = 2;
const problems = [];

const browser = await launch(executablePath);
if (options.keep) mkdirSync(options.keep, { recursive: true });
for (const width of WIDTHS) await check(width);
await browser.close();
for (const problem of problems) console.error(problem);
process.exit(problems.length ? 1 : 0);

async function check(width) {
	const context = await browser.newContext({ viewport: { width, height: 900 } });
	const page = await context.newPage();
	let here = '/';
	const problem = (text) => problems.push(`${here} (${width} px): ${text}`);
	watch(page, problem);
	await page.goto(address);
	const seen = new Set();
	const queue = ['/'];
	while (queue.length) {
		const next = queue.shift();
		if (seen.has(next)) continue;
		if (seen.size) await follow(page, next);
		here = next;
		seen.add(here);
		const state = await ready(page);
		if (state !== 'yes') {
			problem(state === 'failed' ? await page.locator('[data-ready=failed]').innerText() : 'never became ready');
			if (state === 'no') await page.goto(address);
			continue;
		}
		if (!(await drawn(page))) problem('a chart was not drawn');
		for (const text of await page.evaluate(findings)) problem(text);
		// Text and colours are the same on a phone; only the wide page is asked in full.
		if (width === WIDTHS[0]) for (const text of await violations(page)) problem(text);
		for (const href of await page.$$eval('a[href^="/"]', (links) => links.map((link) => link.getAttribute('href')))) {
			// Every task has the same page: the first ones stand for all of them.
			const isTask = (address) => address.startsWith('/tasks/') && address !== '/tasks/';
			if (isTask(href) && [...seen, ...queue].filter(isTask).length >= TASKS_SEEN) continue;
			if (!seen.has(href) && !queue.includes(href)) queue.push(href);
		}
		await picture(page, width, here, problem);
	}
	for (const expected of pagePaths()) if (!seen.has(expected)) problems.push(`${expected} (${width} px): no link leads there`);
	here = '/';
	await page.goto(`${address}${[...seen].at(-1)}`); // a page opened by its own address
	if ((await ready(page)) !== 'yes') problem(`${[...seen].at(-1)} cannot be opened by its address`);
	for (const text of await (width === WIDTHS[0] ? keyboard(page) : menu(page))) problem(text);
	console.log(`${width} px: ${seen.size} pages`);
	await context.close();
}

/** Report what the browser itself complains of. */
function watch(page, problem) {
	page.on('console', (message) => message.type() === 'error' && problem(`console: ${message.text()}`));
	page.on('pageerror', (error) => problem(`script: ${error.message}`));
	page.on('requestfailed', (request) => problem(`failed request ${request.url()}`));
	page.on('response', (response) => response.status() >= 400 && problem(`${response.status()} for ${response.url()}`));
	page.on('request', (request) => {
		const url = new URL(request.url());
		if (url.protocol.startsWith('http') && url.host !== new URL(address).host) problem(`another host: ${url.host}`);
	});
}

/** Addresses of the pages that the project has, a task's own page apart. */
function pagePaths() {
	const folder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'pages');
	return readdirSync(folder, { recursive: true })
		.filter((file) => file.endsWith('.md') && !file.includes('['))
		.map((file) => `/${file.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '/')}`);
}

/** Charts without a drawing, a page wider than the window, text cut off, words that are no words. */
function findings() {
	const found = [];
	for (const chart of document.querySelectorAll('[data-chart]')) {
		const box = chart.getBoundingClientRect();
		if (!chart.querySelector('svg path')) found.push(`no drawing: ${chart.getAttribute('aria-label')}`);
		for (const text of chart.querySelectorAll('svg text')) {
			const { left, right } = text.getBoundingClientRect();
			if (left < box.left - 2 || right > box.right + 2) found.push(`cut off: ${text.textContent}`);
		}
	}
	for (const figure of document.querySelectorAll('figure')) {
		if (!figure.querySelector('figcaption h2')?.innerText.trim()) found.push('a chart without a title');
	}
	const { scrollWidth, clientWidth } = document.documentElement;
	if (scrollWidth > clientWidth) found.push(`${scrollWidth} px wide`);
	if (!document.querySelector('.answer p, article p.lead')?.innerText.trim()) found.push('no answer');
	const nonsense = document.body.innerText.match(/\b(undefined|NaN|null|Invalid Date|\[object Object\])\b/);
	if (nonsense) found.push(`says "${nonsense[0]}"`);
	for (const table of document.querySelectorAll('table')) {
		if (table.querySelectorAll('thead th').length > 8) found.push(`${table.caption?.innerText}: more than 8 columns`);
	}
	return found;
}

/** Serious accessibility violations. */
async function violations(page) {
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
	const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
	return result.violations
		.filter((violation) => ['serious', 'critical'].includes(violation.impact))
		.map((violation) => `${violation.id}: ${violation.help} (${violation.nodes[0].target})`);
}

async function picture(page, width, here, problem) {
	if (!options.keep && !options.reference) return;
	const height = await page.evaluate(() => document.documentElement.scrollHeight);
	await page.setViewportSize({ width, height: Math.min(height, 6000) });
	await drawn(page);
	const name = `${here === '/' ? 'answer' : here.replace(/^\/|\/$/g, '').replaceAll('/', '-')}-${width}`;
	const image = await page.screenshot(options.keep ? { path: path.join(options.keep, `${name}.png`) } : {});
	await page.setViewportSize({ width, height: 900 });
	if (!options.reference) return;
	const text = await difference(page, image, path.join(options.reference, `${name}.webp`), options.update);
	if (text) problem(text);
}
