import { hours, oneDecimal, share, t, term, whole } from '../language.js';
import { total } from '../rows.js';
import { intervalBars, rowsHeight } from '../charts/bars.js';
import { waterfall } from '../charts/lines.js';
import { column, figure, teamName, withInterval } from '../views.js';
import { CRITERIA } from './matrix.js';
import { funnelSteps } from './hours.js';
import { effectSentence } from './realised.js';

export function view({ task, cells, scores, criteria, funnel, quotes, steps, effects }) {
	const row = task[0];
	if (!row) return { title: t('task.unknown'), empty: t('task.unknown_text') };
	const weekly = row.is_hours_shown ? total(cells, 'calibrated_weekly_hours') : null;
	const score = scores[0] ?? null;
	return {
		title: row.task_name,
		answer: {
			text: [
				weekly === null
					? t('task.folded')
					: t('task.answer', { hours: hours(weekly), n: cells.length, nature: natureName(row) }),
				score ? t(`task.in_${score.quadrant}`, { hours: hours(score.bankable_hours_year) }) : t('task.not_scored')
			].join(' '),
			figures:
				weekly === null
					? []
					: [figure(t('column.calibrated'), hours(weekly), 'fct_baseline', 'calibrated_weekly_hours', { task_id: row.task_id })]
		},
		nature: natureSentence(row),
		hours: hoursChart(row, cells),
		funnel: funnelChart(row, funnel),
		scores: scoreTable(row, criteria),
		steps: stepTable(steps),
		effects: effects.map(effectSentence),
		quotes
	};
}

const natureName = (row) => (row.is_waiting ? t('nature.waiting') : term('nature', row.nature));

const natureSentence = (row) =>
	[
		row.is_waiting
			? t('task.nature_waiting', { by: term('tagged_by', row.tagged_by) })
			: row.rule_share === null
				? t('task.nature_unknown')
				: t('task.nature', { nature: natureName(row), part: share(row.rule_share), by: term('tagged_by', row.tagged_by) }),
		// The offline tagger's own reason speaks of its training, in one language.
		row.tagged_by === 'offline' ? t('task.nature_offline') : row.reason ? t('task.nature_reason', { reason: row.reason }) : ''
	].join(' ');

function hoursChart(task, cells) {
	const rows = cells.filter((row) => row.calibrated_weekly_hours !== null);
	return {
		title: rows.length
			? t('task.hours_chart', { team: teamName(rows[0]), hours: hours(rows[0].calibrated_weekly_hours) })
			: t('task.folded'),
		subtitle: t('interval.note'),
		empty: t('task.folded'),
		height: rowsHeight(rows.length),
		figures: rows.map((row) =>
			figure(teamName(row), hours(row.calibrated_weekly_hours), 'fct_baseline', 'calibrated_weekly_hours', { team_id: row.team_id, task_id: task.task_id })
		),
		option: rows.length
			? intervalBars(
					rows.map((row) => ({
						name: teamName(row),
						value: row.calibrated_weekly_hours,
						low: row.calibrated_weekly_hours_low,
						high: row.calibrated_weekly_hours_high,
						lines: [
							teamName(row),
							withInterval(row.calibrated_weekly_hours, row.calibrated_weekly_hours_low, row.calibrated_weekly_hours_high),
							t(`hours_source.${row.hours_source}`)
						]
					})),
					hours
				)
			: null
	};
}

function funnelChart(task, funnel) {
	const steps = funnelSteps(funnel[0]);
	const last = steps?.at(-1);
	return {
		title: steps
			? t('hours.chart', { usable: hours(last.value), baseline: hours(steps[0].value), part: share(last.value / steps[0].value) })
			: t('task.not_in_scope'),
		subtitle: t('hours.note'),
		empty: t('task.not_in_scope'),
		height: (width) => (width < 560 ? 300 : 250),
		figures: (steps ?? []).map((step) => figure(step.name, hours(step.value), 'fct_hours_funnel', step.column, { task_id: task.task_id })),
		option: steps ? waterfall(steps, hours) : null
	};
}

const scoreTable = (task, criteria) => ({
	caption: t('task.scores'),
	empty: t('task.not_scored'),
	columns: [column('criterion'), column('meaning'), column('score', true), column('scored_by'), column('raters_count', true)],
	rows: CRITERIA.map((name) => criteria.find((row) => row.criterion === name))
		.filter(Boolean)
		.map((row) => ({
			cells: {
				criterion: t(`criterion.${row.criterion}`),
				meaning: t(`criterion.${row.criterion}.meaning`),
				score: row.score === null ? t('matrix.no_score') : t('of_five', { x: oneDecimal(row.score) }),
				scored_by: row.score === null ? t('none') : term('scored_by', row.scored_by),
				raters_count: whole(row.raters_count)
			},
			figures:
				row.score === null
					? []
					: [figure(t(`criterion.${row.criterion}`), oneDecimal(row.score), 'fct_matrix', row.criterion, { task_id: task.task_id })]
		}))
});

const stepTable = (rows) => ({
	caption: t('task.steps'),
	empty: t('task.no_steps'),
	columns: [column('step_order', true), column('step'), column('team'), column('nature'), column('tool'), column('documents')],
	rows: rows.map((row) => ({
		cells: {
			step_order: whole(row.step_order),
			step: row.step ?? t('none'),
			team: teamName(row),
			nature: term('nature', row.nature),
			tool: row.tool ?? '',
			documents: row.documents ?? ''
		}
	}))
});
