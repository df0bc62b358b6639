import { hours, share, t } from '../language.js';
import { largestFirst, total } from '../rows.js';
import { waterfall } from '../charts/lines.js';
import { column, figure, teamName } from '../views.js';

export const STEPS = ['baseline_hours', 'eligible_hours', 'gained_hours', 'adopted_hours', 'net_hours', 'bankable_hours'];

/** The funnel's steps of one row of sums, null where there is nothing in scope. */
export function funnelSteps(row) {
	if (!row || !row.baseline_hours) return null;
	return STEPS.map((name, index) => ({
		name: t(`funnel.${name}`),
		column: name,
		value: row[name] ?? 0,
		lines: [
			t(`funnel.${name}`),
			t('per_year', { hours: hours(row[name] ?? 0) }),
			index ? t('funnel.kept', { part: share((row[name] ?? 0) / row.baseline_hours) }) : null,
			t(`funnel.${name}.meaning`)
		]
	}));
}

export function view({ teams, potential, engagement }) {
	const all = sum(teams);
	const steps = funnelSteps(all);
	return {
		answer: {
			text: steps
				? t('hours.answer', {
						baseline: hours(all.baseline_hours),
						usable: hours(all.bankable_hours),
						part: share(all.bankable_hours / all.baseline_hours),
						potential: hours(potential[0].potential_hours)
					})
				: t('hours.nothing'),
			figures: steps ? figures(steps) : []
		},
		above: steps && engagement[0].is_above_published_evidence
			? t('hours.above', { part: share(engagement[0].year_1_net_hours_share) })
			: null,
		choices: teams.map((row) => ({ value: row.team_id, name: teamName(row) })),
		chart: (team) => chart(team ? teams.find((row) => row.team_id === team) : all, team),
		table: table(largestFirst(teams, 'bankable_hours'))
	};
}

const sum = (rows) => Object.fromEntries(STEPS.map((name) => [name, total(rows, name)]));
const figures = (steps, team) =>
	steps.map((step) => figure(step.name, hours(step.value), 'fct_hours_funnel', step.column, team ? { team_id: team } : {}));

function chart(row, team) {
	const steps = funnelSteps(row);
	return {
		title: steps
			? t('hours.chart', {
					usable: hours(steps.at(-1).value),
					baseline: hours(steps[0].value),
					part: share(steps.at(-1).value / steps[0].value)
				})
			: t('hours.nothing'),
		subtitle: t('hours.note'),
		empty: t('hours.nothing'),
		height: (width) => (width < 560 ? 310 : 360),
		figures: steps ? figures(steps, team) : [],
		option: steps ? waterfall(steps, hours) : null
	};
}

const table = (rows) => ({
	caption: t('hours.caption'),
	empty: t('hours.nothing'),
	columns: [column('team'), ...STEPS.map((name) => column(name, true, t(`funnel.${name}`)))],
	rows: rows.map((row) => ({
		cells: {
			team: teamName(row),
			...Object.fromEntries(STEPS.map((name) => [name, hours(row[name])]))
		},
		figures: STEPS.filter((name) => row[name] !== null).map((name) =>
			figure(t(`funnel.${name}`), hours(row[name]), 'fct_hours_funnel', name, { team_id: row.team_id })
		)
	}))
});
