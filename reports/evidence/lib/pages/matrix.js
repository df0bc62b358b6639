import { goto } from '$app/navigation';
import { hours, list, oneDecimal, t, term } from '../language.js';
import { taskPath } from '../pages.js';
import { accent, soft } from '../theme.js';
import { matrix as matrixOption } from '../charts/points.js';
import { column, figure } from '../views.js';

export const CRITERIA = ['faster', 'better', 'consistent', 'solution', 'data', 'integration', 'risk', 'horizon'];

export function view({ tasks }) {
	const placed = tasks.filter((row) => row.impact !== null && row.ease !== null);
	const quickWins = tasks.filter((row) => row.quadrant === 'quick_win');
	const selected = tasks.filter((row) => row.is_selected);
	const open = tasks.filter((row) => row.quadrant === 'to_investigate');
	const disputed = tasks.filter((row) => row.needs_adjudication);
	return {
		answer: {
			text: tasks.length ? answer(tasks, quickWins, selected, open) : t('matrix.empty'),
			figures: selected.flatMap((row) => axes(row))
		},
		chart: {
			title: selected.length
				? t('matrix.chart', { task: selected[0].task_name, hours: hours(selected[0].bankable_hours_year) })
				: t('answer.no_quick_win'),
			subtitle: t('matrix.note'),
			empty: t('matrix.empty'),
			height: (width) => (width < 500 ? 420 : 600),
			figures: selected.flatMap((row) => axes(row)),
			onClick: (event) => event.data?.href && goto(event.data.href),
			option: placed.length
				? matrixOption(
						kinds(placed),
						zones(),
						t('column.ease'),
						t('column.impact')
					)
				: null
		},
		disputed: disputed.length
			? t('matrix.disputed', { n: disputed.length, names: list(disputed.map((row) => row.task_name)) })
			: null,
		table: {
			caption: t('matrix.caption'),
			empty: t('matrix.empty'),
			columns: [
				column('task'),
				column('quadrant'),
				column('impact', true),
				column('ease', true),
				column('bankable_hours_year', true),
				column('scored_by')
			],
			rows: tasks.map((row) => ({
				href: taskPath(row.task_id),
				cells: {
					task: row.task_name,
					quadrant: t(`quadrant.${row.quadrant}`) + (row.is_selected ? ` · ${t('matrix.selected')}` : ''),
					impact: row.impact === null ? t('matrix.no_score') : oneDecimal(row.impact),
					ease: row.ease === null ? t('matrix.no_score') : oneDecimal(row.ease),
					bankable_hours_year: hours(row.bankable_hours_year),
					scored_by: term('scored_by', row.scored_by)
				},
				figures: axes(row)
			}))
		}
	};
}

const answer = (tasks, quickWins, selected, open) =>
	[
		t('matrix.answer', {
			n: quickWins.length,
			all: tasks.length,
			selected: selected.length,
			names: list(selected.map((row) => t('quoted', { text: row.task_name })))
		}).trim(),
		t('matrix.open', { n: open.length })
	].join(' ');

const axes = (row) =>
	['impact', 'ease', 'bankable_hours_year']
		.filter((name) => row[name] !== null)
		.map((name) =>
			figure(
				`${row.task_name} · ${t(`column.${name}`)}`,
				name === 'bankable_hours_year' ? hours(row[name]) : oneDecimal(row[name]),
				'fct_matrix',
				name,
				{ task_id: row.task_id }
			)
		);

const kindOf = (row) => (row.is_selected ? 'selected' : row.quadrant === 'quick_win' ? 'other_quick_win' : 'other_task');
/** Disc, ring and grey: told apart without colour. */
const STYLES = {
	selected: { color: accent, opacity: 0.8, borderColor: '#fff', borderWidth: 1 },
	other_quick_win: { color: '#fff', borderColor: accent, borderWidth: 2 },
	other_task: { color: soft, opacity: 0.8, borderColor: '#fff', borderWidth: 1 }
};
const kinds = (rows) =>
	Object.entries(STYLES)
		.map(([kind, itemStyle]) => ({
			name: t(`matrix.kind.${kind}`),
			itemStyle,
			points: rows.filter((row) => kindOf(row) === kind).map(point)
		}))
		.filter(({ points }) => points.length);

const point = (row) => ({
	name: row.task_name,
	x: row.ease,
	y: row.impact,
	size: row.bankable_hours_year,
	href: taskPath(row.task_id),
	lines: [
		row.task_name,
		t(`quadrant.${row.quadrant}`),
		`${t('column.impact')} ${oneDecimal(row.impact)} · ${t('column.ease')} ${oneDecimal(row.ease)}`,
		row.bankable_hours_year === null ? null : t('per_year', { hours: hours(row.bankable_hours_year) })
	]
});

const zones = () => [
	{ name: t('quadrant.strategic_bet'), x: [1, 2.5], y: [3.5, 5], color: '#f3f0f8' },
	{ name: t('quadrant.quick_win'), x: [3.5, 5], y: [3.5, 5], color: '#e8f3ee' },
	{ name: t('quadrant.ignore'), x: [1, 2.5], y: [1, 2.5], color: '#f4f4f4', isLow: true },
	{ name: t('quadrant.nice_to_have'), x: [3.5, 5], y: [1, 2.5], color: '#fbf4e6', isLow: true },
	{ name: t('quadrant.to_investigate'), x: [2.5, 3.5], y: [1, 5], color: '#ffffff', isLow: true }
];
