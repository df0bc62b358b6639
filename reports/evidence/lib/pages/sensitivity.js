import { has, money, roundMoney, shortMoney, t, term } from '../language.js';
import { natures } from '../theme.js';
import { namesHeight, tornado } from '../charts/bars.js';
import { assumptionKeys, assumptionName, assumptionValue, column, figure } from '../views.js';

const SHOWN = 12;

export function view({ sensitivity, scenarios, assumptions }) {
	const priority = scenarios.find((row) => row.is_priority && row.npv_base !== null) ?? scenarios.find((row) => row.npv_base !== null);
	const of = (scenario) => sensitivity.filter((row) => row.scenario === scenario && row.swing > 0).sort((a, b) => a.rank - b.rank);
	const first = of(priority?.scenario)[0];
	const nothing = t(priority ? 'sensitivity.none' : 'sensitivity.not_valued');
	const defaults = assumptions.filter((row) => row.set_by === 'default');
	return {
		answer: {
			text: [
				first
					? t('sensitivity.answer', {
							scenario: t(`scenario.${first.scenario}`),
							name: t('quoted', { text: term('assumption', first.assumption) }),
							low: roundMoney(first.npv_low),
							high: roundMoney(first.npv_high),
							changes: Math.min(first.npv_low, first.npv_high) < 0 && Math.max(first.npv_low, first.npv_high) > 0 ? 'yes' : 'no'
						})
					: nothing,
				assumptions.length ? t('sensitivity.defaults', { n: defaults.length, all: assumptions.length }) : ''
			]
				.filter(Boolean)
				.join(' '),
			figures: first ? ends(first) : []
		},
		choices: scenarios.filter((row) => row.npv_base !== null).map((row) => ({ value: row.scenario, name: t(`scenario.${row.scenario}`) })),
		first: priority?.scenario ?? '',
		chart: (scenario) => chart(nothing, of(scenario).slice(0, SHOWN), scenarios.find((row) => row.scenario === scenario)),
		table: (scenario) => table(nothing, of(scenario)),
		register: register(assumptions)
	};
}

const ends = (row) =>
	['npv_low', 'npv_high'].map((name) =>
		figure(`${term('assumption', row.assumption)} · ${t(`column.${name}`)}`, money(row[name]), 'fct_roi_sensitivity', name, {
			scenario: row.scenario,
			assumption: row.assumption
		})
	);

function chart(nothing, rows, scenario) {
	const first = rows[0];
	return {
		title: first
			? t('sensitivity.chart', { name: term('assumption', first.assumption), swing: roundMoney(first.swing) })
			: nothing,
		subtitle: t('sensitivity.note'),
		empty: nothing,
		height: namesHeight(rows.map((row) => term('assumption', row.assumption)), 16),
		figures: rows.flatMap(ends),
		option: first
			? tornado(
					rows.map((row) => ({
						name: term('assumption', row.assumption),
						low: row.npv_low,
						high: row.npv_high,
						lines: [
							term('assumption', row.assumption),
							`${t('column.npv_low')} ${money(row.npv_low)}`,
							`${t('column.npv_high')} ${money(row.npv_high)}`
						]
					})),
					scenario.npv_base,
					shortMoney,
					natures.rule_based,
					natures.human_value
				)
			: null
	};
}

const table = (nothing, rows) => ({
	caption: t('sensitivity.caption'),
	empty: nothing,
	columns: [column('assumption'), column('npv_low', true), column('npv_high', true), column('swing', true)],
	rows: rows.map((row) => ({
		cells: {
			assumption: term('assumption', row.assumption),
			npv_low: money(row.npv_low),
			npv_high: money(row.npv_high),
			swing: money(row.swing)
		},
		figures: ends(row)
	}))
});

const register = (rows) => ({
	caption: t('sensitivity.register'),
	empty: t('sensitivity.no_register'),
	columns: [
		column('assumption'),
		column('low', true),
		column('base', true),
		column('high', true),
		column('source'),
		column('set_by'),
		column('grade')
	],
	rows: rows.map((row) => ({
		isMuted: row.set_by === 'default',
		cells: {
			assumption: assumptionName(row),
			low: assumptionValue(row, 'low'),
			base: assumptionValue(row, 'base'),
			high: assumptionValue(row, 'high'),
			source: sourceName(row),
			set_by: term('set_by', row.set_by),
			grade: row.grade ?? t('none')
		},
		figures: [
			figure(assumptionName(row), assumptionValue(row, 'base'), 'fct_assumptions', 'base', assumptionKeys(row), row.grade)
		]
	}))
});

/** Where an assumption comes from: what its source says, or the words for what the method sets. */
const sourceName = ({ source }) =>
	source === null ? t('sensitivity.no_source') : has(`source.${source}`) ? t(`source.${source}`) : source;
