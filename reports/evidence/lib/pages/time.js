import { day, hours, share, t, twoDecimals, whole } from '../language.js';
import { groups, largestFirst, total } from '../rows.js';
import { accent, soft } from '../theme.js';
import { dumbbells, intervalBars, namesHeight } from '../charts/bars.js';
import { column, figure, taskHref, taskName, teamName, withInterval } from '../views.js';

const SHOWN = 14;

export function view({ baseline, teams, engagement }) {
	const covered = baseline.filter((row) => row.calibrated_weekly_hours !== null);
	const all = total(covered, 'calibrated_weekly_hours');
	const tasks = [...groups(covered, 'task_id').values()]
		.map((rows) => ({
			...rows[0],
			weekly_hours: total(rows, 'calibrated_weekly_hours'),
			teams_count: rows.length
		}))
		.sort((a, b) => b.weekly_hours - a.weekly_hours);
	const named = tasks.filter((row) => taskHref(row));
	const top = named.slice(0, 3);
	const folded = total(baseline, 'folded_count');
	const partly = named.filter((row) => isPartlyDeclared(covered, row.task_id)).length;
	const uncovered = teams.filter((team) => !covered.some((row) => row.team_id === team.team_id));
	return {
		answer: {
			text: answerText(all, top),
			figures: [
				...(all ? [figure(t('time.all'), hours(all), 'fct_baseline', 'calibrated_weekly_hours')] : []),
				...top.map((row) =>
					figure(taskName(row), hours(row.weekly_hours), 'fct_baseline', 'calibrated_weekly_hours', { task_id: row.task_id })
				)
			]
		},
		notices: [
			engagement[0].is_provisional ? t('baseline.provisional') : null,
			engagement[0].frozen_on ? t('time.frozen', { day: day(engagement[0].frozen_on) }) : null,
			folded ? t('time.folded', { n: folded }) : null,
			uncovered.length ? t('time.uncovered', { n: uncovered.length, names: uncovered.map(teamName).join(', ') }) : null,
			covered.length ? t(`hours_source.notice.${sourceOf(covered)}`) : null,
			partly ? t('time.partly_declared', { n: partly }) : null
		].filter(Boolean),
		choices: teams.map((team) => ({ value: team.team_id, name: teamName(team) })),
		cells: (team) => cellChart(covered, team, teams.length === 1),
		declared: declaredChart(covered),
		table: (team) => table(covered, team)
	};
}

function answerText(all, top) {
	if (!all) return t('time.nothing');
	if (!top.length) return t('time.unnamed', { hours: hours(all) });
	return t('time.answer', {
		hours: hours(all),
		first: t('quoted', { text: taskName(top[0]) }),
		n: top.length,
		part: share(total(top, 'weekly_hours') / all)
	});
}

/** Where the hours come from: `several` where it differs from cell to cell, or within one. */
function sourceOf(rows) {
	const sources = new Set(rows.map((row) => row.hours_source));
	return sources.size === 1 && !sources.has('mixed') ? [...sources][0] : 'several';
}

/** Whether some teams declared a task and others only log it: what these forgot counts twice. */
function isPartlyDeclared(rows, task) {
	const sources = new Set(rows.filter((row) => row.task_id === task).map((row) => row.hours_source));
	return sources.has('mixed') || (sources.has('calibrated') && sources.has('observed'));
}

const chosen = (rows, team) =>
	largestFirst(
		rows.filter((row) => (team ? row.team_id === team : true) && row.task_id !== 'unmapped'),
		'calibrated_weekly_hours'
	);
const cellName = (row, isOneTeam) => (isOneTeam ? taskName(row) : `${taskName(row)} · ${teamName(row)}`);
const keys = (row) => ({ team_id: row.team_id, task_id: row.task_id });

function cellChart(covered, team, isOnlyTeam) {
	const isOneTeam = isOnlyTeam || Boolean(team);
	const rows = chosen(covered, team).slice(0, SHOWN);
	return {
		title: rows.length
			? t(isOnlyTeam ? 'time.chart_whole' : 'time.chart', { task: taskName(rows[0]), team: teamName(rows[0]), hours: hours(rows[0].calibrated_weekly_hours) })
			: t('time.nothing'),
		subtitle: t('time.chart_note', { n: rows.length, source: sourceOf(covered) }),
		empty: t('time.nothing'),
		height: namesHeight(rows.map((row) => cellName(row, isOneTeam))),
		figures: rows.map((row) =>
			figure(cellName(row, isOneTeam), hours(row.calibrated_weekly_hours), 'fct_baseline', 'calibrated_weekly_hours', keys(row))
		),
		option: rows.length
			? intervalBars(
					rows.map((row) => ({
						name: cellName(row, isOneTeam),
						value: row.calibrated_weekly_hours,
						low: row.calibrated_weekly_hours_low,
						high: row.calibrated_weekly_hours_high,
						color: row.task_id === 'other_tasks' ? soft : accent,
						lines: [
							cellName(row, isOneTeam),
							withInterval(row.calibrated_weekly_hours, row.calibrated_weekly_hours_low, row.calibrated_weekly_hours_high),
							t(`hours_source.${row.hours_source}`)
						]
					})),
					hours
				)
			: null
	};
}

function declaredChart(covered) {
	const rows = [...groups(covered.filter((row) => row.declared_weekly_hours !== null && row.observed_weekly_hours !== null && taskHref(row)), 'task_id').values()]
		.map((cells) => ({
			name: taskName(cells[0]),
			task_id: cells[0].task_id,
			from: total(cells, 'declared_weekly_hours'),
			to: total(cells, 'observed_weekly_hours')
		}))
		.map((row) => ({
			...row,
			lines: [
				row.name,
				t('labelled', { name: t('column.declared'), value: hours(row.from) }),
				t('labelled', { name: t('column.observed'), value: hours(row.to) })
			]
		}))
		.sort((a, b) => Math.abs(b.to - b.from) - Math.abs(a.to - a.from))
		.slice(0, 12);
	const widest = rows[0];
	const nothing = t(covered.some((row) => row.observed_weekly_hours !== null) ? 'time.no_declared' : 'time.no_observed');
	return {
		title: widest
			? t(widest.to > widest.from ? 'time.under' : 'time.over', { task: widest.name, gap: hours(Math.abs(widest.to - widest.from)) })
			: nothing,
		subtitle: t('time.declared_note'),
		empty: nothing,
		height: namesHeight(rows.map((row) => row.name), 30),
		figures: rows.flatMap((row) => [
			figure(`${row.name} · ${t('column.declared')}`, hours(row.from), 'fct_baseline', 'declared_weekly_hours', { task_id: row.task_id }),
			figure(`${row.name} · ${t('column.observed')}`, hours(row.to), 'fct_baseline', 'observed_weekly_hours', { task_id: row.task_id })
		]),
		option: rows.length ? dumbbells(rows, t('column.declared'), t('column.observed'), hours) : null
	};
}

const table = (covered, team) => ({
	caption: t('time.caption'),
	empty: t('time.nothing'),
	columns: [
		column('task'),
		column('team'),
		column('people_count', true),
		column('declared', true),
		column('observed', true),
		column('calibration_ratio', true),
		column('calibrated', true)
	],
	rows: chosen(covered, team).map((row) => ({
		href: taskHref(row),
		cells: {
			task: taskName(row),
			team: teamName(row),
			people_count: row.people_count === null ? t('small_group') : whole(row.people_count),
			declared: hours(row.declared_weekly_hours),
			observed: hours(row.observed_weekly_hours),
			calibration_ratio: row.calibration_ratio === null || row.observed_weekly_hours === null ? t('none') : `× ${twoDecimals(row.calibration_ratio)}`,
			calibrated: withInterval(row.calibrated_weekly_hours, row.calibrated_weekly_hours_low, row.calibrated_weekly_hours_high)
		},
		figures: ['calibrated_weekly_hours', 'declared_weekly_hours', 'observed_weekly_hours']
			.filter((name) => row[name] !== null)
			.map((name) => figure(t(`column.${name}`), hours(row[name]), 'fct_baseline', name, keys(row)))
	}))
});
