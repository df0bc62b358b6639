// Opens every page of a served report in Chromium, wide and on a phone, and fails on anything a
// reader would see as broken. Usage: node check.mjs ADDRESS CHROMIUM [FOLDER for pictures]
import { readFileSync, mkdirSync } from 'fs';
import path from 'path';
import { drawn, launch, ready } from './chromium.mjs';

const [, , address, executablePath, pictures] = process.argv;
const axe = readFileSync(path.join(process.cwd(), 'node_modules/axe-core/axe.min.js'), 'utf8');
const WIDTHS = [1280, 390];
const problems = [];

const browser = await launch(executablePath);
if (pictures) mkdirSync(pictures, { recursive: true });

for (const width of WIDTHS) {
	const page = await (await browser.newContext({ viewport: { width, height: 900 } })).newPage();
	let here = '/';
	const problem = (text) => problems.push(`${here} (${width} px): ${text}`);
	page.on('console', (message) => message.type() === 'error' && problem(`console: ${message.text()}`));
	page.on('pageerror', (error) => problem(`script: ${error.message}`));
	page.on('requestfailed', (request) => problem(`failed request ${request.url()}`));
	page.on('response', (response) => response.status() >= 400 && problem(`${response.status()} for ${response.url()}`));
	page.on('request', (request) => {
		const url = new URL(request.url());
		if (url.protocol.startsWith('http') && url.host !== new URL(address).host) problem(`another host: ${url.host}`);
	});

	const seen = new Set();
	const queue = ['/'];
	while (queue.length) {
		here = queue.shift();
		if (seen.has(here)) continue;
		seen.add(here);
		await page.goto(address + here);
		const state = await ready(page);
		if (state !== 'yes') {
			problem(state === 'failed' ? await page.locator('[data-ready=failed]').innerText() : 'never became ready');
			continue;
		}
		for (const text of await findings(page)) problem(text);
		for (const href of await page.$$eval('a[href^="/"]', (links) => links.map((link) => link.getAttribute('href')))) {
			// Every task has the same page: the first three stand for all of them.
			const tasks = [...seen, ...queue].filter((known) => known.startsWith('/tasks/') && known !== '/tasks/');
			if (href.startsWith('/tasks/') && href !== '/tasks/' && tasks.length >= 3) continue;
			if (!seen.has(href)) queue.push(href);
		}
		if (width === WIDTHS[0]) for (const text of await violations(page)) problem(text);
		if (pictures) {
			const height = await page.evaluate(() => document.documentElement.scrollHeight);
			await page.setViewportSize({ width, height: Math.min(height, 6000) });
			await page.waitForTimeout(150);
			const name = here === '/' ? 'answer' : here.replace(/^\/|\/$/g, '').replaceAll('/', '-');
			await page.screenshot({ path: path.join(pictures, `${name}-${width}.png`) });
			await page.setViewportSize({ width, height: 900 });
		}
	}
	if (seen.size < 18) problem(`only ${seen.size} pages can be reached`);
	console.log(`${width} px: ${seen.size} pages`);
}
await browser.close();
for (const problem of problems) console.error(problem);
process.exit(problems.length ? 1 : 0);

/** Charts without a drawing, a page wider than the window, words that are no words. */
async function findings(page) {
	await drawn(page);
	return page.evaluate(() => {
		const found = [];
		for (const chart of document.querySelectorAll('[data-chart]')) {
			if (!chart.dataset.drawn || !chart.querySelector('svg path')) found.push(`no drawing: ${chart.getAttribute('aria-label')}`);
		}
		for (const figure of document.querySelectorAll('figure')) {
			if (!figure.querySelector('figcaption h2')?.innerText.trim()) found.push('a chart without a title');
		}
		const { scrollWidth, clientWidth } = document.documentElement;
		if (scrollWidth > clientWidth) found.push(`${scrollWidth} px wide`);
		if (!document.querySelector('.answer p, article p')?.innerText.trim()) found.push('no answer');
		const nonsense = document.body.innerText.match(/\b(undefined|NaN|null|Invalid Date|\[object Object\])\b/);
		if (nonsense) found.push(`says "${nonsense[0]}"`);
		for (const table of document.querySelectorAll('table')) {
			if (table.querySelectorAll('thead th').length > 8) found.push(`${table.caption?.innerText}: more than 8 columns`);
		}
		return found;
	});
}

/** Serious accessibility violations. */
async function violations(page) {
	await page.evaluate(axe);
	const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
	return result.violations
		.filter((violation) => ['serious', 'critical'].includes(violation.impact))
		.map((violation) => `${violation.id}: ${violation.help} (${violation.nodes[0].target})`);
}
