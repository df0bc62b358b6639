// Horizontal bars and dots, with their intervals.
import { accent, ink, muted, series as palette, soft } from '../theme.js';
import { t } from '../language.js';
import { categoryAxis, grid, labelLines, tooltip, valueAxis } from './axes.js';

const ROW = 30;
const AXIS = 36;
/** Height of a chart of `n` rows. */
export const rowsHeight = (n, extra = 0) => n * ROW + AXIS + extra;
/** Height of a chart whose rows have these names, so that broken ones do not run into each other. */
export const namesHeight = (names, extra = 0) => (width) =>
	names.length * Math.max(ROW, 8 + 14 * Math.max(...names.map((name) => labelLines(name, width)))) + AXIS + extra;

const whiskers = (rows) => ({
	type: 'custom',
	silent: true,
	z: 5,
	renderItem: (params, api) => {
		const low = api.coord([api.value(1), api.value(0)]);
		const high = api.coord([api.value(2), api.value(0)]);
		const cap = 5;
		const style = { stroke: ink, lineWidth: 1.4, fill: 'none' };
		const segment = (x1, y1, x2, y2) => ({
			type: 'line',
			shape: { x1, y1, x2, y2 },
			style
		});
		return {
			type: 'group',
			children: [
				segment(low[0], low[1], high[0], high[1]),
				segment(low[0], low[1] - cap, low[0], low[1] + cap),
				segment(high[0], high[1] - cap, high[0], high[1] + cap)
			]
		};
	},
	encode: { x: [1, 2], y: 0 },
	data: rows
		.map((row, index) => [index, row.low, row.high])
		.filter(([, low, high]) => low !== null && high !== null && low !== undefined)
});

/**
 * Bars with intervals: rows of {name, value, low?, high?, lines?, color?}.
 * @param {(x: number) => string} format value with its unit
 */
export const intervalBars =
	(rows, format, axisFormat = format) =>
	(width) => ({
		grid: grid({ right: 20 + 8 * longest(rows, format) }),
		xAxis: valueAxis(axisFormat),
		yAxis: categoryAxis(
			rows.map((row) => row.name),
			width
		),
		tooltip: tooltip((item) => rows[item.dataIndex]?.lines ?? []),
		series: [
			{
				type: 'bar',
				barMaxWidth: 16,
				data: rows.map((row) => ({
					value: row.value,
					itemStyle: { color: row.color ?? accent },
					item: row
				})),
				label: { show: false }
			},
			whiskers(rows),
			valueLabels(rows, format)
		]
	});

const longest = (rows, format) => Math.max(4, ...rows.map((row) => format(row.value).length)) * 0.9;

// Labels stand beyond the interval, so that no line crosses a number.
const valueLabels = (rows, format) => ({
	type: 'scatter',
	symbolSize: 0,
	silent: true,
	data: rows
		.map((row, index) => ({
			value: [Math.max(row.value ?? 0, row.high ?? row.value ?? 0), index],
			label: { formatter: row.value === null ? '' : format(row.value) }
		})),
	label: { show: true, position: 'right', color: ink, fontSize: 11.5 }
});

/**
 * Stacked bars: `names` are rows; `parts` are {name, color, values}.
 */
export const stackedBars = (names, parts, format) => (width) => ({
	grid: grid({ top: 30 + 18 * Math.floor((parts.length * 130) / Math.max(width, 1)) }),
	legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: ink } },
	xAxis: valueAxis(format),
	yAxis: categoryAxis(names, width),
	tooltip: tooltip((item) => [names[item.dataIndex], t('labelled', { name: item.seriesName, value: format(item.value) })]),
	series: parts.map((part, index) => ({
		type: 'bar',
		name: part.name,
		stack: 'all',
		barMaxWidth: 20,
		itemStyle: { color: part.color ?? palette[index % palette.length] },
		data: part.values
	}))
});

/** Two values per row joined by a line: rows of {name, from, to, lines}. */
export const dumbbells = (rows, fromName, toName, format) => (width) => ({
	grid: grid({ top: 30 }),
	legend: {
		top: 0,
		left: 0,
		data: [
			{
				name: fromName,
				icon: 'circle',
				itemStyle: { color: '#fff', borderColor: muted, borderWidth: 2 }
			},
			{ name: toName, icon: 'circle' }
		],
		textStyle: { color: ink }
	},
	xAxis: valueAxis(format),
	yAxis: categoryAxis(
		rows.map((row) => row.name),
		width
	),
	tooltip: tooltip((item) => rows[item.data?.[1] ?? item.dataIndex]?.lines ?? []),
	series: [
		{
			type: 'custom',
			silent: true,
			renderItem: (params, api) => {
				const a = api.coord([api.value(0), api.value(2)]);
				const b = api.coord([api.value(1), api.value(2)]);
				return {
					type: 'line',
					shape: { x1: a[0], y1: a[1], x2: b[0], y2: b[1] },
					style: { stroke: soft, lineWidth: 3 }
				};
			},
			encode: { x: [0, 1], y: 2 },
			data: rows.map((row, index) => [row.from, row.to, index])
		},
		dots(fromName, rows, 'from', { color: '#fff', borderColor: muted, borderWidth: 2 }),
		dots(toName, rows, 'to', { color: accent })
	]
});

const dots = (name, rows, key, itemStyle) => ({
	type: 'scatter',
	name,
	symbolSize: 11,
	itemStyle,
	data: rows.map((row, index) => [row[key], index])
});

/**
 * Points with intervals around a reference line, e.g. savings around zero:
 * rows of {name, value, low, high, lines, color?}.
 */
export const forest = (rows, format, reference = 0) => (width) => ({
	grid: grid({ right: 30, top: 14 }),
	// An axis without its reference would make every effect look large.
	xAxis: valueAxis(format, { scale: reference !== 0 }),
	yAxis: categoryAxis(
		rows.map((row) => row.name),
		width
	),
	tooltip: tooltip((item) => rows[item.dataIndex]?.lines ?? []),
	series: [
		{
			type: 'scatter',
			symbolSize: 12,
			z: 6,
			data: rows.map((row, index) => ({
				value: [row.value, index],
				itemStyle: { color: row.color ?? accent }
			})),
			label: {
				show: true,
				position: 'top',
				formatter: (item) => format(item.value[0]),
				color: ink,
				fontSize: 11.5
			},
			markLine: {
				silent: true,
				symbol: 'none',
				label: { show: false },
				lineStyle: { color: ink, type: 'solid', width: 1 },
				data: [{ xAxis: reference }]
			}
		},
		whiskers(rows)
	]
});

/** A tornado: rows of {name, low, high, lines} around `base`. */
export const tornado = (rows, base, format, lowColor, highColor) => (width) => ({
	grid: grid({ right: 24, top: 20 }),
	xAxis: valueAxis(format, { scale: true }),
	yAxis: {
		...categoryAxis(
			rows.map((row) => row.name),
			width
		),
		axisLine: { show: false }
	},
	tooltip: tooltip((item) => rows[item.dataIndex]?.lines ?? []),
	series: [
		{
			type: 'custom',
			renderItem: (params, api) => {
				const [from, to, index] = [api.value(0), api.value(1), api.value(2)];
				const start = api.coord([base, index]);
				const height = Math.min(16, api.size([0, 1])[1] * 0.6);
				const bar = (value, fill) => {
					const end = api.coord([value, index]);
					return {
						type: 'rect',
						shape: {
							x: Math.min(start[0], end[0]),
							y: start[1] - height / 2,
							width: Math.abs(end[0] - start[0]),
							height
						},
						style: { fill }
					};
				};
				return { type: 'group', children: [bar(from, lowColor), bar(to, highColor)] };
			},
			encode: { x: [0, 1], y: 2 },
			data: rows.map((row, index) => [row.low, row.high, index]),
			markLine: {
				silent: true,
				symbol: 'none',
				lineStyle: { color: ink, type: 'solid', width: 1 },
				label: { formatter: format(base), color: ink, position: 'start' },
				data: [{ xAxis: base }]
			}
		}
	]
});
