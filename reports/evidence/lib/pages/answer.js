import { fineShare, hours, inUnit, list, money, oneDecimal, plain, roundMoney, share, shortMoney, t, term } from '../language.js';
import { total } from '../rows.js';
import { pathOf, taskPath } from '../pages.js';
import { accent } from '../theme.js';
import { forest } from '../charts/bars.js';
import { assumptionKeys, assumptionName, assumptionValue, column, deadline, figure } from '../views.js';

export function view({ selected, scenarios, targets, effects, unconfirmed, engagement }) {
	const scenario = scenarios.find((row) => row.is_priority) ?? null;
	return {
		answer: {
			text: [firstSentence(selected), scenarioSentence(scenario, engagement[0].horizon_months)].join(' '),
			figures: [
				...selected.map((row) =>
					figure(row.task_name, t('per_year', { hours: hours(row.bankable_hours_year) }), 'fct_matrix', 'bankable_hours_year', { task_id: row.task_id })
				),
				...(scenario ? scenarioFigures(scenario) : [])
			]
		},
		range: rangeChart(scenario),
		quickWins: quickWinTable(selected),
		targets: targetTable(targets),
		unproven: unproven(effects),
		unconfirmed: unconfirmedTable(unconfirmed, engagement[0], scenario),
		links: [
			{ href: pathOf('quick-wins'), text: t('page.quick-wins.title') },
			{ href: pathOf('priority-scenario'), text: t('page.priority-scenario.title') },
			{ href: pathOf('baseline'), text: t('page.baseline.title') }
		]
	};
}

function firstSentence(selected) {
	if (!selected.length) return t('answer.no_quick_win');
	return t('answer.start', {
		n: selected.length,
		tasks: list(selected.map((row) => t('quoted', { text: row.task_name }))),
		hours: hours(total(selected, 'bankable_hours_year'))
	});
}

function scenarioSentence(scenario, months) {
	if (!scenario) return t('answer.no_priority');
	if (scenario.npv_p50 === null) {
		return t('answer.scenario_null', {
			scenario: t(`scenario.${scenario.scenario}`),
			missing: missing(scenario)
		});
	}
	return t(scenario.npv_p50 > 0 ? 'answer.worth' : 'answer.not_worth', {
		scenario: t(`scenario.${scenario.scenario}`),
		p10: roundMoney(scenario.npv_p10),
		p50: roundMoney(scenario.npv_p50),
		p90: roundMoney(scenario.npv_p90),
		months,
		chance: share(scenario.probability_positive)
	});
}

/** The inputs that a scenario lacks, in words. */
export const missing = (scenario) =>
	scenario.missing_inputs
		? list(String(scenario.missing_inputs).split(/[,;]\s*/).map((key) => t('quoted', { text: term('assumption', key) })))
		: t('scenario.unknown_input');

export const scenarioFigures = (scenario) =>
	['npv_p10', 'npv_p50', 'npv_p90', 'probability_positive'].map((name) =>
		figure(
			t(`column.${name}`),
			name === 'probability_positive' ? share(scenario[name]) : money(scenario[name]),
			'fct_roi_scenarios',
			name,
			{ scenario: scenario.scenario }
		)
	);

function rangeChart(scenario) {
	const isEmpty = !scenario || scenario.npv_p50 === null;
	return {
		title: isEmpty
			? t('answer.range_none')
			: t('answer.range', {
					p10: roundMoney(scenario.npv_p10),
					p90: roundMoney(scenario.npv_p90)
				}),
		subtitle: t('npv.meaning'),
		height: 110,
		empty: t('scenario.no_value'),
		figures: isEmpty ? [] : scenarioFigures(scenario),
		option: isEmpty
			? null
			: forest(
					[
						{
							name: t(`scenario.${scenario.scenario}`),
							value: scenario.npv_p50,
							low: scenario.npv_p10,
							high: scenario.npv_p90,
							color: accent,
							lines: [
								`P10 ${money(scenario.npv_p10)}`,
								`P50 ${money(scenario.npv_p50)}`,
								`P90 ${money(scenario.npv_p90)}`
							]
						}
					],
					shortMoney
				)
	};
}

const quickWinTable = (rows) => ({
	caption: t('answer.quick_wins'),
	empty: t('answer.no_quick_win'),
	columns: [
		column('task'),
		column('bankable_hours_year', true),
		column('impact', true),
		column('ease', true),
		column('owner'),
		column('deadline')
	],
	rows: rows.map((row) => ({
		href: taskPath(row.task_id),
		cells: {
			task: row.task_name,
			bankable_hours_year: hours(row.bankable_hours_year),
			impact: t('of_five', { x: whole1(row.impact) }),
			ease: t('of_five', { x: whole1(row.ease) }),
			owner: row.owner ?? t('to_decide'),
			deadline: deadline(row.deadline)
		},
		figures: ['bankable_hours_year', 'impact', 'ease'].map((name) =>
			figure(t(`column.${name}`), name === 'bankable_hours_year' ? hours(row[name]) : whole1(row[name]), 'fct_matrix', name, { task_id: row.task_id })
		)
	}))
});
const whole1 = (x) => inUnit(x === null ? null : Math.round(x * 10) / 10, null);

export const targetTable = (rows) => ({
	caption: t('targets.caption'),
	empty: t('targets.none'),
	columns: [
		column('target_metric'),
		column('baseline', true),
		column('target', true),
		column('projected', true),
		column('gap', true),
		column('horizon', true)
	],
	rows: rows.map((row) => {
		const format = targetFormat(row);
		return {
			cells: {
				target_metric: term('target', row.metric),
				baseline: format(row.baseline),
				target: format(row.target),
				projected: row.projected === null ? t('targets.not_derived') : format(row.projected),
				gap: row.gap === null ? t('none') : gap(row, format),
				horizon: t('months', { n: row.horizon_months })
			},
			figures: ['baseline', 'target', 'projected', 'gap']
				.filter((name) => row[name] !== null)
				.map((name) =>
					figure(t(`column.${name}`), name === 'gap' ? gap(row, format) : format(row[name]), 'fct_targets', name, { metric: row.metric })
				)
		};
	})
});

// A metric's name is the consultant's; what it says of the unit decides the format.
function targetFormat({ metric, target }) {
	if (/rate|share|margin/.test(metric) && Math.abs(target) <= 1) return fineShare;
	if (/revenue|turnover|income|profit|margin|cost|price|value/.test(metric)) return money;
	if (/_days$/.test(metric)) return (x) => inUnit(x, 'days');
	return /_hours$/.test(metric) ? hours : plain;
}
/** The distance between two rates is in points, not in per cent. */
const gap = (row, format) => (format === fineShare ? t('points', { x: oneDecimal(100 * row.gap) }) : format(row.gap));

function unproven(effects) {
	if (!effects.length) return t('answer.nothing_measured');
	const single = effects.filter((row) => row.intervention_id !== 'all');
	const open = single.filter((row) => row.verdict !== 'demonstrated');
	if (!open.length) return t('answer.all_proven', { n: single.length });
	return t('answer.unproven', {
		n: open.length,
		all: single.length,
		names: list(open.map((row) => `${row.task_name ?? row.intervention_id} (${t(`verdict.${row.verdict}`)})`))
	});
}

const unconfirmedTable = (rows, engagement, scenario) => ({
	caption: t('answer.unconfirmed', { n: engagement.default_assumptions_count ?? rows.length }),
	empty: t(scenario && scenario.npv_p50 !== null ? 'answer.all_confirmed' : 'answer.weight_unknown'),
	columns: [
		column('assumption'),
		column('low', true),
		column('base', true),
		column('high', true),
		column('swing', true)
	],
	rows: rows.map((row) => ({
		cells: {
			assumption: assumptionName(row),
			low: assumptionValue(row, 'low'),
			base: assumptionValue(row, 'base'),
			high: assumptionValue(row, 'high'),
			swing: money(row.swing)
		},
		figures: [
			figure(t('column.base'), assumptionValue(row, 'base'), 'fct_assumptions', 'base', assumptionKeys(row), row.grade)
		]
	}))
});

