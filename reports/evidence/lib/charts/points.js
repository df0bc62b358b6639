// The matrix of impact and ease, scatters, and the flow graph.
import { accent, ink, line, muted, series as palette } from '../theme.js';
import { grid, tooltip, valueAxis } from './draw.js';

/**
 * Impact × ease: points of {name, x, y, size, isNamed, lines, href, color}; zones of
 * {name, x: [from, to], y: [from, to], color}.
 */
export const matrix = (points, zones, xName, yName) => (width) => {
	const scale = width < 500 ? 0.6 : 1;
	const largest = Math.max(1, ...points.map((point) => point.size ?? 0));
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
	return {
		grid: { left: 40, right: 12, top: 10, bottom: 44 },
		xAxis: axis(xName),
		yAxis: axis(yName),
		tooltip: tooltip((item) => item.data?.lines ?? []),
		series: [
			{
				type: 'scatter',
				cursor: 'pointer',
				data: points.map((point) => ({
					value: [point.x, point.y],
					symbolSize: scale * (8 + 34 * Math.sqrt((point.size ?? 0) / largest)),
					lines: point.lines,
					href: point.href,
					itemStyle: { color: point.color, opacity: 0.75, borderColor: '#fff', borderWidth: 1 },
					label: {
						show: point.isNamed,
						formatter: point.name,
						position: point.x > 3.4 ? 'left' : 'right',
						color: ink,
						width: width < 500 ? 100 : 180,
						overflow: 'break',
						fontSize: width < 500 ? 10 : 11.5,
						lineHeight: 13
					}
				})),
				labelLayout: { hideOverlap: true },
				markArea: {
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
				}
			}
		]
	};
};

/** A scatter of named points: {name, x, y, lines}. */
export const scatter = (points, xFormat, yFormat, xName, yName, more = {}) => (width) => ({
	grid: grid({ left: 24, bottom: 26, top: 16, right: 26 }),
	xAxis: valueAxis(xFormat, {
		name: xName,
		nameLocation: 'middle',
		nameGap: 28,
		nameTextStyle: { color: ink },
		...more.x
	}),
	yAxis: valueAxis(yFormat, {
		name: yName,
		nameLocation: 'middle',
		nameGap: 28,
		nameTextStyle: { color: ink },
		...more.y
	}),
	tooltip: tooltip((item) => points[item.dataIndex].lines),
	series: [
		{
			type: 'scatter',
			symbolSize: 12,
			itemStyle: { color: accent, opacity: 0.8 },
			data: points.map((point) => [point.x, point.y]),
			label: {
				show: true,
				position: 'top',
				color: ink,
				fontSize: width < 500 ? 10 : 11.5,
				formatter: (item) => points[item.dataIndex].name
			},
			labelLayout: { hideOverlap: true }
		}
	]
});

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
		label: { position, formatter: name, color: ink, width: width * 0.26, overflow: 'break' }
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
