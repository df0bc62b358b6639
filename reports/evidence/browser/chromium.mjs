// Chromium on a served report: started without anything that calls home; going to a page as a reader
// does; a page once it is drawn.
import { createRequire } from 'module';

const { chromium } = createRequire(`${process.cwd()}/`)('playwright-core');

export const launch = (executablePath) =>
	chromium.launch({
		executablePath,
		args: [
			'--headless',
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync'
		]
	});

/** What the page says of itself once its queries are done: yes, failed; no: never. */
export async function ready(page) {
	try {
		await page.waitForSelector('[data-ready=yes], [data-ready=failed]', { timeout: 60000 });
	} catch {
		return 'no';
	}
	return page.getAttribute('[data-ready]', 'data-ready');
}

/** Wait until every chart is drawn; false where one is not. */
export const drawn = (page) =>
	page
		.waitForFunction(() => [...document.querySelectorAll('[data-chart]')].every((chart) => chart.dataset.drawn), null, { timeout: 15000 })
		.then(() => true, () => false);

/** Go to another page by a link: the database in the browser stays, so this costs a tenth of a load. */
export const follow = (page, path) =>
	page.evaluate((href) => {
		document.querySelector('article').setAttribute('data-ready', 'left');
		const link = Object.assign(document.createElement('a'), { href });
		document.body.appendChild(link).click();
		link.remove();
	}, path);
