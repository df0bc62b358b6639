// What a reader without a mouse needs: reaching the content, opening and leaving the dialog.

/** On a wide screen. */
export async function keyboard(page) {
	const found = [];
	const has = (selector) => page.evaluate((wanted) => document.activeElement?.matches(wanted), selector);
	await page.evaluate(() => document.activeElement?.blur());
	await page.keyboard.press('Tab');
	if (!(await has('.skip'))) found.push('the first key stop is not the way past the menu');
	await page.keyboard.press('Enter');
	if (!(await has('#content'))) found.push('the way past the menu does not lead to the content');
	const button = page.locator('article button[data-metrics]').first();
	await button.focus();
	const outline = await button.evaluate((element) => getComputedStyle(element).outlineStyle);
	if (outline === 'none') found.push('the focus cannot be seen');
	await page.keyboard.press('Enter');
	const dialog = page.locator('dialog[open]');
	if (!(await dialog.count())) return [...found, 'the dialog does not open by key'];
	if (!(await page.evaluate(() => document.activeElement.closest('dialog')))) found.push('the focus stays behind the dialog');
	if (!/jalon explain/.test(await dialog.innerText())) found.push('the dialog names no command');
	await page.keyboard.press('Escape');
	if (await dialog.count()) found.push('the dialog does not close by key');
	if (!(await button.evaluate((element) => element === document.activeElement))) found.push('the focus is lost after the dialog');
	return found;
}

/** On a phone: the menu opens, says so, and closes after a choice. */
export async function menu(page) {
	const button = page.locator('button.menu');
	const links = page.locator('nav a');
	if (await links.first().isVisible()) return ['the menu is open before it is asked for'];
	await button.press('Enter');
	if ((await button.getAttribute('aria-expanded')) !== 'true' || !(await links.first().isVisible())) return ['the menu does not open by key'];
	await links.nth(1).press('Enter');
	await page.waitForFunction(() => document.querySelector('button.menu').getAttribute('aria-expanded') === 'false', null, { timeout: 10000 }).catch(() => {});
	return (await links.first().isVisible()) ? ['the menu stays open after a choice'] : [];
}
