import { hours, iso, minutes, month, share, shortMonth, t, twoDecimals, whole } from '../language.js';
import { groups, total } from '../rows.js';
import { accent, natures, series as palette } from '../theme.js';
import { forest, rowsHeight } from '../charts/bars.js';
import { curves } from '../charts/lines.js';
import { column, figure, taskName, teamName } from '../views.js';
import { interventionName } from './baseline.js';

export function view({ effects, forecast: months, monthly }) {
	// The month in which a tool arrives is neither before nor after it.
	const forecast = months.filter((row) => row.forecast_hours !== null || row.realised_hours !== null);
	const all = effects.find((row) => row.intervention_id === 'all') ?? effects[0];
	const last = forecast.filter((row) => row.realised_hours !== null).at(-1);
	return {
		answer: {
			text: all
				? [effectSentence(all), last ? forecastSentence(forecast, last) : t('realised.no_forecast')].join(' ')
				: t('realised.nothing'),
			figures: [...(all ? effectFigures(all) : []), ...(last ? forecastFigures(last) : [])]
		},
		effects: effectChart(effects),
		table: effectTable(effects),
		quality: qualityChart(effects),
		forecast: forecastChart(forecast),
		units: [...groups(timed(monthly), 'task_id').values()].map((rows) => unitChart(rows, effects)),
		months: {
			caption: t('realised.months'),
			empty: t('realised.no_forecast'),
			columns: [column('month'), column('forecast_hours', true), column('realised_hours', true), column('proven_hours', true), column('realised_share', true)],
			rows: forecast.map((row) => ({
				cells: {
					month: month(row.month_on),
					forecast_hours: hours(row.forecast_hours),
					realised_hours: row.realised_hours === null ? t('none') : t('interval', { value: hours(row.realised_hours), low: hours(row.realised_hours_low), high: hours(row.realised_hours_high) }),
					proven_hours: hours(row.proven_hours),
					realised_share: row.realised_share === null ? t('none') : share(row.realised_share)
				},
				figures: forecastFigures(row)
			}))
		}
	};
}

/** What one intervention did, with its interval, verdict and quality guard, in words. */
export function effectSentence(row) {
	const name = interventionName(row);
	if (row.saving === null || row.verdict === 'no_data') return t('effect.no_data', { name });
	const values = {
		name,
		saving: share(Math.abs(row.saving)),
		direction: row.saving >= 0 ? 'less' : 'more',
		low: share(row.saving_low),
		high: share(row.saving_high),
		hasInterval: row.saving_low === null ? 'no' : 'yes'
	};
	if (row.is_time_claim_withdrawn) return [t('effect.measured', values), t('effect.verdict.withdrawn')].join(' ');
	return [
		t('effect.measured', values),
		t(`effect.verdict.${row.verdict}`),
		row.quality_verdict ? t(`effect.quality.${row.quality_verdict}`) : ''
	]
		.filter(Boolean)
		.join(' ');
}

const effectFigures = (row) =>
	['saving', 'saving_low', 'saving_high']
		.filter((name) => row[name] !== null)
		.map((name) =>
			figure(`${interventionName(row)} · ${t(`column.${name}`)}`, share(row[name]), 'fct_impact_effects', name, { intervention_id: row.intervention_id }, row.grade)
		);
const forecastFigures = (row) =>
	['forecast_hours', 'realised_hours', 'proven_hours']
		.filter((name) => row[name] !== null)
		.map((name) => figure(`${t(`column.${name}`)}, ${month(row.month_on)}`, hours(row[name]), 'fct_forecast_vs_realised', name, { month_on: iso(row.month_on) }));

const forecastSentence = (rows, last) =>
	t('realised.forecast', {
		month: month(last.month_on),
		realised: hours(last.realised_hours),
		forecast: hours(last.forecast_hours),
		proven: hours(total(rows, 'proven_hours') ?? 0)
	});

function effectChart(effects) {
	const rows = effects.filter((row) => row.saving !== null);
	const single = rows.filter((row) => row.intervention_id !== 'all');
	const proven = single.filter((row) => row.verdict === 'demonstrated').length;
	return {
		title: rows.length ? t('realised.chart', { n: proven, all: single.length }) : t('realised.nothing'),
		subtitle: t('realised.note'),
		empty: t('realised.nothing'),
		height: rowsHeight(rows.length, 30) * 1.3,
		figures: rows.flatMap(effectFigures),
		option: rows.length
			? forest(
					rows.map((row) => ({
						name: interventionName(row),
						value: row.saving,
						low: row.saving_low,
						high: row.saving_high,
						color: row.verdict === 'demonstrated' ? accent : row.verdict === 'harmful' ? '#b4531a' : '#8796a5',
						lines: [interventionName(row), t(`verdict.${row.verdict}`), share(row.saving)]
					})),
					share
				)
			: null
	};
}

const effectTable = (effects) => ({
	caption: t('realised.effects'),
	empty: t('realised.nothing'),
	columns: [
		column('intervention'),
		column('teams_count', true),
		column('saving', true),
		column('grade'),
		column('verdict'),
		column('quality')
	],
	rows: effects.map((row) => ({
		cells: {
			intervention: interventionName(row),
			teams_count: whole(row.teams_count),
			saving:
				row.saving === null
					? t('none')
					: row.saving_low === null
						? share(row.saving)
						: t('interval', { value: share(row.saving), low: share(row.saving_low), high: share(row.saving_high) }),
			grade: row.grade ? t(`grade.${row.grade}`) : t('none'),
			verdict: t(`verdict.${row.verdict}`),
			quality: row.quality_verdict ? t(`quality.${row.quality_verdict}`) : t('none')
		},
		figures: effectFigures(row)
	}))
});

function qualityChart(effects) {
	const rows = effects.filter((row) => row.quality_ratio !== null && row.quality_ratio !== undefined);
	const worse = rows.filter((row) => row.intervention_id !== 'all' && row.quality_verdict === 'worse');
	return {
		title: rows.length ? t('realised.quality', { n: worse.length, name: worse.length ? interventionName(worse[0]) : '' }) : t('realised.no_quality'),
		subtitle: t('realised.quality_note'),
		empty: t('realised.no_quality'),
		height: rowsHeight(rows.length, 30) * 1.3,
		figures: rows.map((row) => figure(interventionName(row), `× ${twoDecimals(row.quality_ratio)}`, 'fct_impact_effects', 'quality_ratio', { intervention_id: row.intervention_id }, row.grade)),
		option: rows.length
			? forest(
					rows.map((row) => ({
						name: interventionName(row),
						value: row.quality_ratio,
						low: row.quality_ratio_low,
						high: row.quality_ratio_high,
						color: row.quality_verdict === 'worse' ? '#b4531a' : row.quality_verdict === 'held' ? accent : '#8796a5',
						lines: [interventionName(row), row.quality_verdict ? t(`quality.${row.quality_verdict}`) : null, `× ${twoDecimals(row.quality_ratio)}`]
					})),
					(x) => `× ${twoDecimals(x)}`,
					1
				)
			: null
	};
}

function forecastChart(rows) {
	const known = rows.filter((row) => row.realised_hours !== null);
	return {
		title: known.length
			? t('realised.forecast_chart', {
					realised: hours(total(known, 'realised_hours')),
					forecast: hours(total(known, 'forecast_hours') ?? 0),
					proven: hours(total(known, 'proven_hours') ?? 0)
				})
			: t('realised.no_forecast'),
		subtitle: t('realised.forecast_note'),
		empty: t('realised.no_forecast'),
		height: 320,
		figures: known.length ? forecastFigures(known.at(-1)) : [],
		option: rows.length
			? curves(
					rows.map((row) => shortMonth(row.month_on)),
					[
						{
							name: t('column.realised_hours'),
							values: rows.map((row) => row.realised_hours),
							low: rows.map((row) => row.realised_hours_low),
							high: rows.map((row) => row.realised_hours_high),
							color: accent
						},
						{ name: t('column.forecast_hours'), values: rows.map((row) => row.forecast_hours), color: natures.rule_based, dash: true },
						{ name: t('column.proven_hours'), values: rows.map((row) => row.proven_hours), color: palette[2] }
					],
					hours,
					{ hasZero: true }
				)
			: null
	};
}

/** Rows of which both hours and deliverables are known. */
const timed = (rows) => rows.filter((row) => row.hours !== null && row.units > 0);

/** Hours per unit by month, teams that have the tool against the others, for one task. */
function unitChart(rows, effects) {
	const times = [...new Set(rows.map((row) => row.month_on.getTime()))].sort((a, b) => a - b);
	const mean = (isTreated) =>
		times.map((time) => {
			const cells = rows.filter((row) => row.month_on.getTime() === time && row.is_treated === isTreated);
			return cells.length ? total(cells, 'hours') / total(cells, 'units') : null;
		});
	const effect = effects.find((row) => row.task_ids === rows[0].task_id && row.started_on);
	// Where small teams are shown as one, teams with and without the tool stand in the same row.
	const isMixed = effect?.control_teams_count > 0 && !rows.some((row) => !row.is_treated);
	const lines = [
		{ name: t('realised.treated'), values: mean(true), color: accent },
		{ name: t('realised.untreated'), values: mean(false), color: '#8796a5' }
	].filter((line) => line.values.some((value) => value !== null));
	const [treated, control] = lines.map((line) => line.values.at(-1));
	const isShort = lines.some((line) => line.values.some((value) => value !== null && value < 1));
	const perUnit = isShort ? minutes : hours;
	const start = times.findIndex((time) => effect && time >= effect.started_on.getTime());
	return {
		title: t(isMixed ? 'realised.units_mixed' : lines.length > 1 ? 'realised.units' : 'realised.units_alone', {
			task: taskName(rows[0]),
			treated: perUnit(treated),
			control: perUnit(control),
			month: month(new Date(times.at(-1)))
		}),
		subtitle: t('realised.units_note'),
		height: 260,
		empty: t('realised.nothing'),
		figures: rows
			.filter((row) => row.month_on.getTime() === times.at(-1) && row.hours_per_unit !== null)
			.map((row) =>
				figure(teamName(row), perUnit(row.hours_per_unit), 'fct_impact_monthly', 'hours_per_unit', {
					team_id: row.team_id,
					task_id: row.task_id,
					month_on: iso(row.month_on)
				})
			),
		option: lines.length ? curves(times.map((time) => shortMonth(new Date(time))), lines, perUnit, {
					axis: { scale: true },
					starts: start < 0 ? [] : [{ at: start, name: t('realised.start') }]
				}) : null
	};
}
