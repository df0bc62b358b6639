import { hours, t, whole } from '../language.js';
import { flows as flowGraph } from '../charts/points.js';
import { column, figure, gatheredItems } from '../views.js';

export function view({ flows, quotes }) {
	const known = flows.filter((row) => row.providing_team_id && row.waiting_team_id);
	const first = known[0];
	const side = (name, id) => name ?? id ?? t('flows.unsaid');
	const links = known.map((row) => ({
		from: side(row.providing_name, row.providing_team_id),
		to: side(row.waiting_name, row.waiting_team_id),
		value: row.mentions_count,
		lines: [
			`${side(row.providing_name, row.providing_team_id)} → ${side(row.waiting_name, row.waiting_team_id)}`,
			row.object,
			t('flows.mentions', { n: row.mentions_count }),
			row.wait_hours === null ? null : t('flows.waits', { hours: hours(row.wait_hours) })
		]
	}));
	return {
		answer: {
			text: first
				? t('flows.answer', {
						waiting: side(first.waiting_name, first.waiting_team_id),
						providing: side(first.providing_name, first.providing_team_id),
						object: t('quoted', { text: first.object ?? t('flows.something') }),
						n: first.mentions_count
					})
				: t('flows.none'),
			figures: first ? [mentions(first)] : []
		},
		chart: {
			title: first ? t('flows.chart', { name: side(first.providing_name, first.providing_team_id) }) : t('flows.none'),
			subtitle: t('flows.note'),
			empty: t('flows.none'),
			height: Math.max(260, 40 * known.length),
			figures: known.map(mentions),
			option: first ? flowGraph(links) : null
		},
		table: {
			caption: t('flows.caption'),
			empty: t('flows.none'),
			columns: [
				column('waiting'),
				column('providing'),
				column('object'),
				column('mentions_count', true),
				column('wait_hours', true),
				...(flows.some((row) => row.severity !== null) ? [column('severity', true)] : []),
				...(flows.some((row) => row.cause !== null) ? [column('cause')] : [])
			],
			rows: flows.map((row) => ({
				cells: {
					waiting: side(row.waiting_name, row.waiting_team_id),
					providing: side(row.providing_name, row.providing_team_id),
					object: row.object ?? t('none'),
					mentions_count: whole(row.mentions_count),
					wait_hours: row.wait_hours === null ? t('not_said') : hours(row.wait_hours),
					severity: row.severity === null ? t('not_said') : t('of_five', { x: whole(row.severity) }),
					cause: gatheredItems(row.cause) || t('not_said')
				},
				figures: [mentions(row)]
			}))
		},
		quotes
	};
}

const mentions = (row) =>
	figure(
		`${row.providing_name ?? t('flows.unsaid')} → ${row.waiting_name ?? t('flows.unsaid')}`,
		t('flows.mentions', { n: row.mentions_count }),
		'fct_flows',
		'mentions_count',
		{ flow_id: row.flow_id }
	);
