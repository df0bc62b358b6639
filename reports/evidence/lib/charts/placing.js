// Names beside points: each where it covers neither a point nor another name.

// Arial's average width of a character, in its size.
const CHARACTER = 0.54;
const GAP = 5;

/** About how wide `text` is in a size of type, in pixels. */
export const textWidth = (text, size) => text.length * size * CHARACTER;

/**
 * Where each point's name goes, null where there is no room for it.
 * @param {{x: number, y: number, radius: number, name: string}[]} points in pixels, the most
 *   important first
 * @param {{left: number, top: number, right: number, bottom: number}} area names stay inside
 * @param {{size: number, widest: number, line: number}} text size of the type, width at which
 *   names break, height of a line
 * @returns {({position: string, align?: string} | null)[]} as ECharts places a label
 */
export function places(points, area, text) {
	const taken = points.map(({ x, y, radius }) => ({
		left: x - radius,
		right: x + radius,
		top: y - radius,
		bottom: y + radius
	}));
	return points.map((point, own) => {
		const length = textWidth(point.name, text.size);
		const width = Math.min(length, text.widest);
		const height = Math.ceil(length / text.widest) * text.line;
		const fits = ([, box]) =>
			box.left >= area.left &&
			box.right <= area.right &&
			box.top >= area.top &&
			box.bottom <= area.bottom &&
			!taken.some((other, index) => index !== own && meet(other, box));
		const found = around(point, width, height).find(fits);
		if (!found) return null;
		taken.push(found[1]);
		return found[0];
	});
}

function around({ x, y, radius }, width, height) {
	const box = (left, top) => ({ left, top, right: left + width, bottom: top + height });
	const away = radius + GAP;
	return [
		[{ position: 'right' }, box(x + away, y - height / 2)],
		[{ position: 'left' }, box(x - away - width, y - height / 2)],
		[{ position: 'top' }, box(x - width / 2, y - away - height)],
		[{ position: 'bottom' }, box(x - width / 2, y + away)],
		[{ position: 'top', align: 'right' }, box(x - width, y - away - height)],
		[{ position: 'top', align: 'left' }, box(x, y - away - height)],
		[{ position: 'bottom', align: 'right' }, box(x - width, y + away)],
		[{ position: 'bottom', align: 'left' }, box(x, y + away)]
	];
}

const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
