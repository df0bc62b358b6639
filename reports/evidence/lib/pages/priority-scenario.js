import { hours, money, month, oneDecimal, roundMoney, share, shortMoney, shortMonth, t } from '../language.js';
import { accent, natures } from '../theme.js';
import { bars, curves } from '../charts/lines.js';
import { column, figure } from '../views.js';
import { missing, scenarioFigures } from './answer.js';

export function view({ scenarios, months }) {
	const scenario = scenarios.find((row) => row.is_priority);
	if (!scenario) return { empty: t('scenario.no_priority') };
	const name = t(`scenario.${scenario.scenario}`);
	if (scenario.npv_p50 === null) {
		return { empty: t('answer.scenario_null', { scenario: name, missing: missing(scenario) }) };
	}
	const rows = months.filter((row) => row.scenario === scenario.scenario);
	return {
		answer: {
			text: [
				t(scenario.npv_p50 > 0 ? 'priority.worth' : 'priority.not_worth', {
					scenario: name,
					p50: roundMoney(scenario.npv_p50),
					p10: roundMoney(scenario.npv_p10),
					p90: roundMoney(scenario.npv_p90),
					chance: share(scenario.probability_positive),
					months: rows.at(-1).month_index
				}),
				scenario.payback_months === null
					? t('priority.no_payback', { months: rows.at(-1).month_index })
					: t('priority.payback', { n: scenario.payback_months })
			].join(' '),
			figures: [...scenarioFigures(scenario), ...factFigures(scenario)]
		},
		defaults: scenario.default_assumptions_count
			? t('priority.defaults', { n: scenario.default_assumptions_count })
			: null,
		facts: facts(scenario),
		fan: fan(scenario, rows),
		monthly: monthly(scenario, rows),
		capacity: capacity(scenario, rows),
		table: yearTable(scenario, rows)
	};
}

const FACTS = {
	hours_year_1: hours,
	hours_steady_year: hours,
	fte_steady: oneDecimal,
	hires_avoided_steady: oneDecimal,
	extra_pitches: oneDecimal,
	extra_projects: oneDecimal,
	hours_used_share: share,
	roi: share,
	npv_base: money,
	npv_analytic_p50: money,
	break_even_concession: share
};
const known = (row) => Object.keys(FACTS).filter((name) => row[name] !== null && row[name] !== undefined);
const factFigures = (row) =>
	known(row).map((name) => figure(t(`column.${name}`), FACTS[name](row[name]), 'fct_roi_scenarios', name, { scenario: row.scenario }));

const facts = (scenario) => ({
	caption: t('priority.facts'),
	empty: t('scenario.no_value'),
	columns: [column('figure'), column('value', true), column('meaning')],
	rows: known(scenario).map((name) => ({
		cells: {
			figure: t(`column.${name}`),
			value: FACTS[name](scenario[name]),
			meaning: t(`column.${name}.meaning`)
		},
		figures: [figure(t(`column.${name}`), FACTS[name](scenario[name]), 'fct_roi_scenarios', name, { scenario: scenario.scenario })]
	}))
});

const monthName = (row) => (row.month_index > 0 ? shortMonth(row.month_on) : t('priority.start'));
const atMonth = (scenario, row, name) =>
	figure(`${t(`column.${name}`)}, ${monthName(row)}`, money(row[name]), 'fct_roi_monthly', name, {
		scenario: scenario.scenario,
		month_index: row.month_index
	});

function fan(scenario, rows) {
	const hasFan = rows.some((row) => row.cumulative_net_p10 !== null);
	const last = rows.at(-1);
	return {
		title: hasFan
			? t('priority.fan', { n: last.month_index, p10: roundMoney(last.cumulative_net_p10), p90: roundMoney(last.cumulative_net_p90) })
			: t('priority.cumulative', { n: last.month_index, total: roundMoney(last.cumulative_net) }),
		subtitle: t('priority.fan_note'),
		height: 380,
		empty: t('scenario.no_value'),
		figures: ['cumulative_net_p10', 'cumulative_net_p50', 'cumulative_net_p90', 'cumulative_net']
			.filter((name) => last[name] !== null)
			.map((name) => atMonth(scenario, last, name)),
		option: curves(
			rows.map(monthName),
			[
				...(hasFan
					? [
							{
								name: t('priority.p50'),
								values: rows.map((row) => row.cumulative_net_p50),
								low: rows.map((row) => row.cumulative_net_p10),
								high: rows.map((row) => row.cumulative_net_p90),
								color: accent
							}
						]
					: []),
				{ name: t('priority.base'), values: rows.map((row) => row.cumulative_net), color: natures.rule_based, dash: true }
			],
			shortMoney,
			{
				hasZero: true,
				lines: (index) => [
					monthName(rows[index]),
					hasFan ? `P10 ${money(rows[index].cumulative_net_p10)}` : null,
					hasFan ? `P50 ${money(rows[index].cumulative_net_p50)}` : null,
					hasFan ? `P90 ${money(rows[index].cumulative_net_p90)}` : null,
					`${t('priority.base')} ${money(rows[index].cumulative_net)}`
				]
			}
		)
	};
}

function monthly(scenario, rows) {
	const first = rows.find((row) => row.net > 0);
	return {
		title: first ? t('priority.monthly', { month: month(first.month_on) }) : t('priority.monthly_never'),
		subtitle: t('priority.monthly_note'),
		height: 280,
		figures: rows.slice(0, 13).map((row) => atMonth(scenario, row, 'net')),
		option: bars(
			rows.map(monthName),
			rows.map((row) => row.net),
			shortMoney,
			(index) => [
				monthName(rows[index]),
				`${t('column.benefit')} ${money(rows[index].benefit)}`,
				`${t('column.cost')} ${money(rows[index].cost)}`,
				`${t('column.net')} ${money(rows[index].net)}`
			]
		)
	};
}

function capacity(scenario, rows) {
	const last = rows.at(-1);
	if (last.capacity_hours === null) return t('priority.no_capacity');
	const year = rows.slice(-12);
	const sum = (name) => year.reduce((total, row) => total + (row[name] ?? 0), 0);
	return t('priority.capacity', { hours: hours(sum('capacity_hours')), value: roundMoney(sum('capacity_value')) });
}

function yearTable(scenario, rows) {
	const years = [...new Set(rows.filter((row) => row.month_index > 0).map((row) => Math.ceil(row.month_index / 12)))];
	const start = rows.find((row) => row.month_index === 0);
	const line = (name, group) => {
		const sum = (key) => group.reduce((total, row) => total + (row[key] ?? 0), 0);
		return {
			cells: {
				year: name,
				hours_used: hours(sum('hours_used')),
				...(scenario.scenario === 'growth' ? { revenue: money(sum('revenue')) } : {}),
				benefit: money(sum('benefit')),
				cost: money(sum('cost')),
				net: money(sum('net')),
				cumulative_net: money(group.at(-1).cumulative_net)
			},
			figures: [atMonth(scenario, group.at(-1), 'cumulative_net')]
		};
	};
	return {
		caption: t('priority.years'),
		empty: t('scenario.no_value'),
		columns: [
			column('year'),
			column('hours_used', true),
			...(scenario.scenario === 'growth' ? [column('revenue', true)] : []),
			column('benefit', true),
			column('cost', true),
			column('net', true),
			column('cumulative_net', true)
		],
		rows: [
			...(start ? [line(t('priority.start'), [start])] : []),
			...years.map((year) =>
				line(
					t('priority.year', { n: year }),
					rows.filter((row) => Math.ceil(row.month_index / 12) === year && row.month_index > 0)
				)
			)
		]
	};
}
