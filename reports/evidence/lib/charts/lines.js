// Curves over months, fans and waterfalls.
import { t } from '../language.js';
import { accent, ink, muted, negative, series as palette, soft } from '../theme.js';
import { grid, labelWidth, tooltip, valueAxis } from './axes.js';

const monthAxis = (names) => ({
	type: 'category',
	data: names,
	axisTick: { show: false },
	axisLine: { onZero: false, lineStyle: { color: soft } },
	axisLabel: { color: '#55616d', hideOverlap: true }
});

const zeroLine = {
	silent: true,
	symbol: 'none',
	label: { show: false },
	lineStyle: { color: ink, type: 'solid', width: 1 },
	data: [{ yAxis: 0 }]
};

/** The area between two curves. */
const band = (name, low, high, color) => [
	{
		type: 'line',
		name: `${name}-low`,
		stack: name,
		silent: true,
		symbol: 'none',
		lineStyle: { opacity: 0 },
		stackStrategy: 'all',
		data: low
	},
	{
		type: 'line',
		name,
		stack: name,
		silent: true,
		symbol: 'none',
		lineStyle: { opacity: 0 },
		areaStyle: { color, opacity: 0.18 },
		stackStrategy: 'all',
		data: high.map((value, index) =>
			value === null || low[index] === null ? null : value - low[index]
		)
	}
];

/**
 * Curves, each with an optional band and a label at its end.
 * @param {string[]} names of the months or steps
 * @param {{name: string, values: number[], low?: number[], high?: number[], color?: string,
 *   dash?: boolean}[]} curves
 */
export const curves =
	(names, curves, format, { lines = null, hasZero = false, starts = [], axis = {} } = {}) =>
	(width) => ({
		grid: grid({ top: 16, right: 26 + (width < 500 ? 0 : 6.6 * longestName(curves)) }),
		xAxis: { ...monthAxis(names), boundaryGap: false },
		yAxis: valueAxis(format, axis),
		...(width < 500 && curves.length > 1
			? {
					legend: { top: 0, left: 0, textStyle: { color: ink }, data: curves.map((c) => c.name) },
					grid: grid({ top: 22 + 20 * Math.ceil(curves.length / 2), right: 26 })
				}
			: {}),
		tooltip: {
			...tooltip((items) => lines?.(items[0].dataIndex) ?? defaultLines(names, curves, format, items[0].dataIndex)),
			trigger: 'axis'
		},
		series: curves.flatMap((curve, index) => {
			const color = curve.color ?? palette[index % palette.length];
			return [
				...(curve.low ? band(`${curve.name} `, curve.low, curve.high, color) : []),
				{
					type: 'line',
					name: curve.name,
					data: curve.values,
					showSymbol: curve.values.filter((x) => x !== null).length < 2,
					symbol: 'circle',
					lineStyle: { color, width: 2.4, type: curve.dash ? 'dashed' : 'solid' },
					itemStyle: { color },
					endLabel: {
						show: width >= 500 && curves.length > 1,
						formatter: '{a}',
						color: ink,
						width: 150,
						overflow: 'break',
						offset: [0, shift(curves, curve)]
					},
					markLine: index
						? undefined
						: {
								...zeroLine,
								data: [
									...(hasZero ? zeroLine.data : []),
									...starts.map((start) => ({
										xAxis: start.at,
										label: { show: true, formatter: start.name, color: muted, position: 'insideEndTop' },
										lineStyle: { color: muted, type: 'dashed' }
									}))
								]
							}
				}
			];
		})
	});

// Two ends that nearly meet would have their names written over one another.
function shift(curves, curve) {
	const all = curves.flatMap((one) => [...one.values, ...(one.low ?? []), ...(one.high ?? [])]);
	const known = all.filter((value) => value !== null);
	const range = Math.max(...known) - Math.min(...known) || 1;
	const end = (one) => one.values.findLast((value) => value !== null) ?? 0;
	const neighbour = curves.find(
		(one) => one !== curve && Math.abs(end(one) - end(curve)) / range < 0.06
	);
	if (!neighbour) return 0;
	const isUpper =
		end(curve) > end(neighbour) ||
		(end(curve) === end(neighbour) && curves.indexOf(curve) < curves.indexOf(neighbour));
	return isUpper ? -8 : 8;
}

const longestName = (curves) =>
	curves.length > 1 ? Math.min(23, Math.max(...curves.map((curve) => curve.name.length))) : 0;
const defaultLines = (names, curves, format, index) => [
	names[index],
	...curves.map((curve) => t('labelled', { name: curve.name, value: format(curve.values[index]) }))
];

/**
 * From a whole to what remains of it: steps of {name, value, lines?}, each smaller than the last.
 * What a step takes away hangs in grey from the level before.
 */
export const waterfall = (steps, format) => (width) => {
	const isNarrow = width < 560;
	const names = steps.map((step) => step.name);
	const values = steps.map((step) => step.value);
	const lost = values.map((value, index) => (index ? values[index - 1] - value : 0));
	const category = {
		type: 'category',
		data: names,
		inverse: isNarrow,
		axisTick: { show: false },
		axisLine: { lineStyle: { color: soft } },
		axisLabel: {
			color: ink,
			interval: 0,
			width: isNarrow ? labelWidth(width) : Math.floor((width - 60) / steps.length) - 10,
			overflow: 'break',
			lineHeight: 14
		}
	};
	return {
		grid: grid({ top: 26, right: isNarrow ? 70 : 10 }),
		[isNarrow ? 'yAxis' : 'xAxis']: category,
		[isNarrow ? 'xAxis' : 'yAxis']: valueAxis(format),
		tooltip: tooltip((item) => steps[item.dataIndex].lines ?? []),
		series: [
			{
				type: 'bar',
				stack: 'all',
				barMaxWidth: isNarrow ? 22 : 74,
				// Above what is taken away, so that a value stands at its own bar's end.
				z: 3,
				data: values.map((value, index) => ({
					value,
					itemStyle: { color: index === values.length - 1 ? accent : '#7fa3bd' }
				})),
				label: {
					show: true,
					position: isNarrow ? 'right' : 'top',
					color: ink,
					fontWeight: 600,
					formatter: (item) => format(item.value)
				}
			},
			{
				type: 'bar',
				stack: 'all',
				itemStyle: { color: '#e6eaee' },
				data: lost
			}
		]
	};
};

/** Monthly bars below or above zero with a running total on top of them. */
export const bars = (names, values, format, lines) => () => ({
	grid: grid({ top: 14 }),
	xAxis: monthAxis(names),
	yAxis: valueAxis(format),
	tooltip: tooltip((item) => lines(item.dataIndex)),
	series: [
		{
			type: 'bar',
			barMaxWidth: 26,
			data: values.map((value) => ({
				value,
				itemStyle: { color: value < 0 ? negative : accent }
			})),
			markLine: zeroLine
		}
	]
});
