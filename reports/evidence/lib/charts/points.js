// The matrix of impact and ease, scatters, and the flow graph.
import { accent, ink, line, muted, series as palette } from '../theme.js';
import { tooltip, valueAxis } from './axes.js';
import { places } from './placing.js';

const GRID = { left: 40, right: 16, top: 10, bottom: 44 };
const DOT = 12;
const area = (width, height, top = 0) => ({
	left: GRID.left,
	top,
	right: width,
	bottom: height - GRID.bottom
});

/** From values to pixels. */
const pixels = (width, height, [x0, x1], [y0, y1], top = GRID.top) => {
	const across = width - GRID.left - GRID.right;
	const up = height - top - GRID.bottom;
	return ({ x, y }) => ({
		x: GRID.left + (across * (x - x0)) / (x1 - x0),
		y: top + up * (1 - (y - y0) / (y1 - y0))
	});
};

/** A name where there is room for it; `spot` is null where there is none. */
const label = (name, spot, text) => ({
	...spot,
	show: spot !== null,
	formatter: name,
	color: ink,
	width: text.widest,
	overflow: 'break',
	fontSize: text.size,
	lineHeight: text.line
});

/**
 * Impact × ease: kinds of {name, itemStyle, points}, those that must be named first, with points of
 * {name, x, y, size, lines, href}; zones of {name, x: [from, to], y: [from, to], color}.
 */
export const matrix = (kinds, zones, xName, yName) => (width, height) => {
	// On a phone the legend may break, and names stand between it and the highest points.
	const [legend, top] = width < 500 ? [42, 76] : [22, 34];
	const points = kinds.flatMap((kind) => kind.points);
	const scale = width < 500 ? 0.6 : 1;
	const largest = Math.max(1, ...points.map((point) => point.size ?? 0));
	const diameter = (point) => scale * (8 + 34 * Math.sqrt((point.size ?? 0) / largest));
	const at = pixels(width, height, [1, 5], [1, 5], top);
	const text = width < 500 ? { size: 10, widest: 100, line: 13 } : { size: 11.5, widest: 180, line: 13 };
	const spots = places(
		points.map((point) => ({ ...at(point), radius: diameter(point) / 2, name: point.name })),
		area(width, height, legend),
		text
	);
	const axis = (name) =>
		valueAxis((x) => x, {
			min: 1,
			max: 5,
			interval: 1,
			name,
			nameLocation: 'middle',
			nameGap: 24,
			nameTextStyle: { color: ink },
			splitLine: { show: false },
			axisLine: { show: true, lineStyle: { color: line } }
		});
	const background = {
		silent: true,
		data: zones.map((zone) => [
			{
				name: zone.name,
				coord: [zone.x[0], zone.y[0]],
				itemStyle: { color: zone.color },
				label: {
					position: zone.isLow ? 'insideBottomLeft' : 'insideTopLeft',
					color: muted,
					fontSize: width < 500 ? 10 : 12,
					width: (width - 52) * ((zone.x[1] - zone.x[0]) / 4) - 8,
					overflow: 'break'
				}
			},
			{ coord: [zone.x[1], zone.y[1]] }
		])
	};
	return {
		grid: { ...GRID, top },
		legend: { top: 0, left: 0, selectedMode: false, textStyle: { color: ink } },
		xAxis: axis(xName),
		yAxis: axis(yName),
		tooltip: tooltip((item) => item.data?.lines ?? []),
		series: kinds.map((kind, index) => ({
			type: 'scatter',
			name: kind.name,
			cursor: 'pointer',
			itemStyle: kind.itemStyle,
			data: kind.points.map((point) => ({
				value: [point.x, point.y],
				symbolSize: diameter(point),
				lines: point.lines,
				href: point.href,
				label: label(point.name, spots[points.indexOf(point)], text)
			})),
			...(index ? {} : { markArea: background })
		}))
	};
};

/** A scatter of named points: {name, x, y, lines}, those that must be named first; x from zero. */
export const scatter = (points, xFormat, yFormat, xName, yName, yRange) => (width, height) => {
	const xRange = [0, 5 * Math.ceil((1 + Math.max(...points.map((point) => point.x))) / 5)];
	const at = pixels(width, height, xRange, yRange);
	const text = { size: width < 500 ? 10 : 11.5, widest: 160, line: 13 };
	const spots = places(
		points.map((point) => ({ ...at(point), radius: DOT / 2, name: point.name })),
		area(width, height),
		text
	);
	const axis = (format, name, [min, max]) =>
		valueAxis(format, { name, nameLocation: 'middle', nameGap: 24, nameTextStyle: { color: ink }, min, max });
	return {
		grid: GRID,
		xAxis: axis(xFormat, xName, xRange),
		yAxis: axis(yFormat, yName, yRange),
		tooltip: tooltip((item) => points[item.dataIndex].lines),
		series: [
			{
				type: 'scatter',
				symbolSize: DOT,
				itemStyle: { color: accent, opacity: 0.8 },
				data: points.map((point, index) => ({
					value: [point.x, point.y],
					label: label(point.name, spots[index], text)
				}))
			}
		]
	};
};

/** Who provides to whom: links of {from, to, value, lines}; both sides may hold the same team. */
export const flows = (links) => (width) => {
	const providers = [...new Set(links.map((link) => link.from))];
	const waiters = [...new Set(links.map((link) => link.to))];
	const color = new Map(
		[...new Set([...providers, ...waiters])].map((name, i) => [name, palette[i % palette.length]])
	);
	const node = (side, position) => (name) => ({
		name: `${side}${name}`,
		itemStyle: { color: color.get(name) },
		label: { position, formatter: name, color: ink, width: width * 0.26, overflow: 'break', lineHeight: 14 }
	});
	return {
		tooltip: tooltip((item) => (item.dataType === 'edge' ? links[item.dataIndex].lines : [])),
		series: [
			{
				type: 'sankey',
				left: width * 0.28,
				right: width * 0.28,
				top: 10,
				bottom: 10,
				nodeWidth: 12,
				nodeGap: 16,
				draggable: false,
				data: [...providers.map(node('>', 'left')), ...waiters.map(node('<', 'right'))],
				links: links.map((link) => ({
					source: `>${link.from}`,
					target: `<${link.to}`,
					value: link.value
				})),
				lineStyle: { color: 'source', opacity: 0.3 },
				labelLayout: { hideOverlap: false }
			}
		]
	};
};
