// A page's picture against the one that somebody looked at: a tenth of its size, in greys, tolerant
// of what other fonts and renderers change, so that it finds what is missing or out of place.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import path from 'path';

const TENTH = 10;
// A cell differs where nothing within one cell of its place comes near it (of 255 greys).
const NEAR = 36;
const MOST_CELLS = 0.015;
const MOST_HEIGHT = 0.04;

/**
 * What differs, in words; nothing where the page looks as it did.
 * @param page of Chromium, which draws and compares
 * @param {Buffer} image PNG of the whole page
 * @param {string} reference file of the small picture
 * @param {boolean} isUpdate write `reference` instead
 */
export async function difference(page, image, reference, isUpdate) {
	const small = await page.evaluate(shrink, { image: image.toString('base64'), scale: TENTH });
	if (isUpdate) {
		mkdirSync(path.dirname(reference), { recursive: true });
		writeFileSync(reference, Buffer.from(small, 'base64'));
		return null;
	}
	if (!existsSync(reference)) return `no reference picture ${path.basename(reference)}; look at the page, then update them`;
	const { height, share } = await page.evaluate(compare, {
		now: small,
		then: readFileSync(reference).toString('base64'),
		near: NEAR
	});
	if (height > MOST_HEIGHT) return `looks different: its height changed by ${(100 * height).toFixed(0)} %`;
	return share > MOST_CELLS ? `looks different: ${(100 * share).toFixed(1)} % of its picture` : null;
}

async function shrink({ image, scale }) {
	const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${image}`)).blob());
	const canvas = document.createElement('canvas');
	[canvas.width, canvas.height] = [Math.round(picture.width / scale), Math.round(picture.height / scale)];
	const context = canvas.getContext('2d');
	context.imageSmoothingQuality = 'high';
	context.filter = 'grayscale(1)';
	context.drawImage(picture, 0, 0, canvas.width, canvas.height);
	return canvas.toDataURL('image/webp', 0.8).split(',')[1];
}

async function compare({ now, then, near }) {
	const greys = async (text) => {
		const picture = await createImageBitmap(await (await fetch(`data:image/webp;base64,${text}`)).blob());
		const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height });
		const context = canvas.getContext('2d');
		context.drawImage(picture, 0, 0);
		const { data } = context.getImageData(0, 0, picture.width, picture.height);
		return { width: picture.width, height: picture.height, at: (x, y) => data[4 * (y * picture.width + x)] };
	};
	const [a, b] = [await greys(now), await greys(then)];
	const [width, height] = [Math.min(a.width, b.width), Math.min(a.height, b.height)];
	const steps = [-1, 0, 1];
	const isAlone = (one, other, x, y) =>
		!steps.some((dx) =>
			steps.some((dy) => {
				const [u, v] = [x + dx, y + dy];
				return u >= 0 && v >= 0 && u < width && v < height && Math.abs(one.at(x, y) - other.at(u, v)) <= near;
			})
		);
	let count = 0;
	for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (isAlone(a, b, x, y) || isAlone(b, a, x, y)) count++;
	return { height: Math.abs(a.height - b.height) / b.height, share: count / (width * height) };
}
