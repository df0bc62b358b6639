// Axes, tooltips and the room around a chart: one place for their type and colours.
import { font, ink, line } from '../theme.js';
import { textWidth } from './placing.js';

/** A tooltip that stays inside the window and shows plain text lines. */
export const tooltip = (lines) => ({
	confine: true,
	backgroundColor: '#fff',
	borderColor: line,
	textStyle: { fontFamily: font, fontSize: 12, color: ink },
	formatter: (item) => lines(item).filter(Boolean).map(escape).join('<br>')
});

const escape = (text) =>
	String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** An axis of categories whose names wrap within a third of the width. */
export const categoryAxis = (names, width) => ({
	type: 'category',
	inverse: true,
	data: names,
	axisTick: { show: false },
	axisLine: { lineStyle: { color: line } },
	axisLabel: {
		color: ink,
		width: labelWidth(width),
		overflow: 'break',
		lineHeight: 14,
		interval: 0
	}
});
export const labelWidth = (width) => Math.round(Math.min(230, width * 0.34));
/** Into how many lines a name breaks on that axis. */
export function labelLines(name, width) {
	let lines = 1;
	let used = '';
	for (const word of name.split(' ')) {
		const longer = used ? `${used} ${word}` : word;
		const fits = !used || textWidth(longer, 12) <= labelWidth(width);
		if (!fits) lines++;
		used = fits ? longer : word;
	}
	return lines;
}

/** An axis of values. */
export const valueAxis = (format, more = {}) => ({
	type: 'value',
	splitLine: { lineStyle: { color: '#edf0f3' } },
	axisLabel: { color: '#55616d', formatter: (x) => format(x), hideOverlap: true, minMargin: 10 },
	splitNumber: 4,
	// A format without decimals has nothing to say between two whole numbers.
	minInterval: format(1.4) === format(1) ? 1 : 0,
	...more
});

export const grid = (more = {}) => ({
	left: 8,
	right: 28,
	top: 8,
	bottom: 8,
	containLabel: true,
	...more
});
