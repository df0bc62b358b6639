import { hours, list, money, roundMoney, share, shortMoney, t, term } from '../language.js';
import { accent } from '../theme.js';
import { forest } from '../charts/bars.js';
import { curves } from '../charts/lines.js';
import { column, figure } from '../views.js';
import { missing, scenarioFigures } from './answer.js';

export function view({ scenarios, concession, projects }) {
	const valued = scenarios.filter((row) => row.npv_p50 !== null);
	const priority = scenarios.find((row) => row.is_priority);
	const best = [...valued].sort((a, b) => b.npv_p50 - a.npv_p50)[0];
	const margin = scenarios.find((row) => row.scenario === 'margin');
	return {
		answer: {
			text: [
				t('others.same_hours'),
				best
					? t(best === priority ? 'others.priority_best' : 'others.best', {
							scenario: t(`scenario.${best.scenario}`),
							p50: roundMoney(best.npv_p50),
							isTied: priority && overlap(best, priority) ? 'yes' : 'no',
							priority: priority ? t(`scenario.${priority.scenario}`) : '',
							other: priority ? roundMoney(priority.npv_p50) : ''
						})
					: t('others.none')
			].join(' '),
			figures: valued.flatMap(scenarioFigures)
		},
		nulls: scenarios
			.filter((row) => row.npv_p50 === null)
			.map((row) => t('answer.scenario_null', { scenario: t(`scenario.${row.scenario}`), missing: missing(row) })),
		chart: {
			title: finding(best, valued),
			subtitle: t('npv.meaning'),
			empty: t('others.none'),
			height: 60 + 56 * valued.length,
			figures: valued.flatMap(scenarioFigures),
			option: valued.length
				? forest(
						valued.map((row) => ({
							name: t(`scenario.${row.scenario}`),
							value: row.npv_p50,
							low: row.npv_p10,
							high: row.npv_p90,
							color: row.is_priority ? accent : '#8796a5',
							lines: [
								t(`scenario.${row.scenario}`),
								`P10 ${money(row.npv_p10)}`,
								`P50 ${money(row.npv_p50)}`,
								`P90 ${money(row.npv_p90)}`
							]
						})),
						shortMoney
					)
				: null
		},
		table: sideBySide(scenarios),
		concession: concessionChart(concession, margin),
		projects: projectTable(projects)
	};
}

/** Do the P10–P90 ranges overlap? Then the median alone must not decide. */
const overlap = (one, other) =>
	other.npv_p50 !== null && one.npv_p10 <= other.npv_p90 && other.npv_p10 <= one.npv_p90;

/** Which scenarios the best one cannot be told apart from. */
function finding(best, rows) {
	if (rows.length < 2) return t(rows.length ? 'others.single' : 'others.none');
	const tied = rows.filter((row) => overlap(best, row)).map((row) => t(`scenario.${row.scenario}`));
	return tied.length > 1 ? t('others.tied', { names: list(tied) }) : t('others.clear', { name: tied[0] });
}

const ROWS = {
	npv_p50: money,
	npv_p10: money,
	npv_p90: money,
	probability_positive: share,
	payback_months: (x) => (x === null ? t('priority.none_short') : t('months', { n: x })),
	roi: share,
	hours_steady_year: hours,
	hours_used_share: share,
	binding_team: (x) => x ?? t('none')
};

const sideBySide = (scenarios) => ({
	caption: t('others.caption'),
	empty: t('scenario.no_value'),
	columns: [
		column('figure'),
		...scenarios.map((row) =>
			column(row.scenario, true, t(`scenario.${row.scenario}`) + (row.is_priority ? ` (${t('others.priority')})` : ''))
		)
	],
	rows: Object.entries(ROWS).map(([name, format]) => ({
		cells: {
			figure: t(`column.${name}`),
			...Object.fromEntries(
				scenarios.map((row) => [row.scenario, row.npv_p50 === null ? t('none') : name === 'binding_team' ? (row.binding_team_name ?? t('none')) : format(row[name])])
			)
		},
		figures:
			name === 'binding_team'
				? []
				: scenarios
						.filter((row) => row[name] !== null)
						.map((row) => figure(t(`scenario.${row.scenario}`), format(row[name]), 'fct_roi_scenarios', name, { scenario: row.scenario }))
	}))
});

/** The concession at which a curve that falls goes through zero; null where it does not. */
function crossing(rows, name) {
	const after = rows.findIndex((row) => row[name] !== null && row[name] <= 0);
	if (after < 0) return null;
	if (after === 0) return 0;
	const [a, b] = [rows[after - 1], rows[after]];
	return a.price_concession + ((b.price_concession - a.price_concession) * a[name]) / (a[name] - b[name]);
}

function concessionFinding(known, base, median) {
	if (!known.length) return t('others.no_concession');
	if (base === null) return t('others.concession_never', { x: share(known.at(-1).price_concession) });
	if (base === 0) return t('others.concession_zero');
	return t('others.concession', { x: share(base), isMedianLost: median === 0 ? 'yes' : 'no' });
}

function concessionChart(rows, margin) {
	const valued = rows.filter((row) => row.npv_base !== null);
	const steady = margin?.break_even_concession ?? null;
	const [base, median] = ['npv_base', 'npv_p50'].map((name) => crossing(valued, name));
	// Beyond three times the break-even nothing is left to see but a line going down.
	const furthest = Math.max(0.02, 3 * (base ?? 0), 3 * (steady ?? 0)) + 1e-9;
	const known = valued.filter((row) => row.price_concession <= furthest);
	return {
		title: concessionFinding(known, base, median),
		subtitle: t('others.concession_note', { isKnown: steady === null ? 'no' : 'yes', x: share(steady ?? 0) }),
		empty: t('others.no_concession'),
		height: 320,
		figures: [
			...(steady === null ? [] : [figure(t('column.break_even_concession'), share(steady), 'fct_roi_scenarios', 'break_even_concession', { scenario: 'margin' })]),
			...known
				.filter((row) => row.npv_p50 !== null)
				.map((row) => figure(t('others.at_concession', { x: share(row.price_concession) }), money(row.npv_base), 'fct_concession_curve', 'npv_base', { price_concession: row.price_concession }))
		],
		option: known.length
			? curves(
					known.map((row) => share(row.price_concession)),
					[
						{ name: t('priority.p50'), values: known.map((row) => row.npv_p50), color: accent },
						{ name: t('priority.base'), values: known.map((row) => row.npv_base), color: '#d98e04', dash: true }
					],
					shortMoney,
					{ hasZero: true }
				)
			: null
	};
}

const projectTable = (rows) => ({
	caption: t('others.projects'),
	empty: t('others.no_projects'),
	columns: [
		column('project_type'),
		column('hours_before', true),
		column('hours_after', true),
		column('cost_before', true),
		column('cost_after', true),
		column('margin_before', true),
		column('margin_after', true)
	],
	rows: rows.map((row) => {
		const margin = Math.abs(row.margin_before ?? 0) <= 1 ? share : money;
		return {
			cells: {
				project_type: row.project_type_name ?? term('project_type', row.project_type),
				hours_before: hours(row.hours_before),
				hours_after: hours(row.hours_after),
				cost_before: money(row.cost_before),
				cost_after: money(row.cost_after),
				margin_before: row.margin_before === null ? t('none') : margin(row.margin_before),
				margin_after: row.margin_after === null ? t('none') : margin(row.margin_after)
			},
			figures: ['hours_after', 'cost_after', 'margin_after']
				.filter((name) => row[name] !== null)
				.map((name) => figure(t(`column.${name}`), { hours_after: hours, cost_after: money, margin_after: margin }[name](row[name]), 'fct_margin_by_project_type', name, { project_type: row.project_type }))
		};
	})
});
