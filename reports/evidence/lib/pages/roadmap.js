import { hours, list, t, whole } from '../language.js';
import { taskPath } from '../pages.js';
import { groups, total } from '../rows.js';
import { intervalBars, rowsHeight } from '../charts/bars.js';
import { column, deadline, figure, teamName } from '../views.js';

const HORIZONS = ['now', '30_days', '90_days', '180_days', 'later'];

export function view({ roadmap, champions }) {
	const at = groups(roadmap, 'horizon');
	const soon = roadmap.filter((row) => row.horizon === 'now' || row.horizon === '30_days');
	const planned = roadmap.filter((row) => row.horizon !== 'later');
	const stages = HORIZONS.filter((horizon) => at.has(horizon) && horizon !== 'later').map((horizon) => {
		const rows = at.get(horizon);
		return { horizon, rows, hours: total(rows, 'bankable_hours_year') };
	});
	const planHours = total(planned, 'bankable_hours_year');
	const nothing = t(stages.length ? 'roadmap.no_hours' : 'roadmap.none');
	return {
		answer: {
			text: planned.length
				? [
						t(planHours === null ? 'roadmap.answer_no_hours' : 'roadmap.answer', { soon: soon.length, n: planned.length, hours: hours(planHours) }),
						soon.length ? t('roadmap.first', { names: list(soon.slice(0, 3).map((row) => t('quoted', { text: row.task_name }))) }) : ''
					].join(' ')
				: t('roadmap.none'),
			figures: soon.map(usable)
		},
		chart: {
			title: planHours === null ? nothing : t('roadmap.chart', { hours: hours(total(soon, 'bankable_hours_year') ?? 0) }),
			subtitle: t('roadmap.note'),
			empty: nothing,
			height: rowsHeight(stages.length),
			figures: planned.map(usable),
			option: planHours !== null
				? intervalBars(
						stages.map((stage) => ({
							name: t(`horizon.${stage.horizon}`),
							value: stage.hours,
							lines: [t(`horizon.${stage.horizon}`), ...stage.rows.map((row) => row.task_name)]
						})),
						hours
					)
				: null
		},
		table: {
			caption: t('roadmap.caption'),
			empty: t('roadmap.none'),
			columns: [
				column('task'),
				column('horizon'),
				column('action'),
				column('team'),
				column('bankable_hours_year', true),
				column('owner'),
				column('deadline')
			],
			rows: roadmap.map((row) => ({
				href: taskPath(row.task_id),
				isMuted: row.horizon === 'later',
				cells: {
					task: row.task_name,
					horizon: t(`horizon.${row.horizon}`),
					action: row.action ? t(`action.${row.action}`) : '',
					team: teamName(row),
					bankable_hours_year: hours(row.bankable_hours_year),
					owner: row.owner ?? t('to_decide'),
					deadline: deadline(row.deadline)
				},
				figures: row.bankable_hours_year === null ? [] : [usable(row)]
			}))
		},
		champions: {
			caption: t('roadmap.champions'),
			empty: t('roadmap.no_champions'),
			columns: [column('team'), column('candidates_count', true), column('names')],
			rows: champions.map((row) => ({
				cells: {
					team: teamName(row),
					candidates_count: whole(row.candidates_count),
					names: row.names ?? t('roadmap.no_consent')
				},
				figures: [figure(t('column.candidates_count'), whole(row.candidates_count), 'fct_champions', 'candidates_count', { team_id: row.team_id })]
			}))
		}
	};
}

const usable = (row) =>
	figure(row.task_name, t('per_year', { hours: hours(row.bankable_hours_year) }), 'fct_matrix', 'bankable_hours_year', { task_id: row.task_id });
