import { briefHours, day, hours, oneDecimal, share, t, term, whole } from '../language.js';
import { total } from '../rows.js';
import { dumbbells, rowsHeight } from '../charts/bars.js';
import { column, figure, taskHref, taskName, teamName, withInterval } from '../views.js';

export function view({ engagement, cells, effects, drift }) {
	const facts = engagement[0];
	const single = effects.filter((row) => row.intervention_id !== 'all');
	const weekly = total(cells, 'calibrated_weekly_hours');
	const window = { start: day(facts.baseline_start), end: day(facts.baseline_end) };
	const measurable = single.filter((row) => row.mde !== null);
	return {
		answer: {
			text: [
				weekly === null
					? t('baseline.no_hours', window)
					: t(facts.is_provisional ? 'baseline.answer_provisional' : 'baseline.answer', { ...window, hours: hours(weekly) }),
				single.length === 0
					? t('baseline.no_intervention')
					: measurable.length
						? t('baseline.demonstrable', { n: measurable.filter(isDemonstrable).length, all: single.length })
						: t('baseline.no_mde_at_all')
			].join(' '),
			figures: weekly === null ? [] : [figure(t('time.all'), hours(weekly), 'fct_baseline', 'calibrated_weekly_hours')]
		},
		rule: t('baseline.rule'),
		chart: detectable(effects, single),
		effects: {
			caption: t('baseline.effects'),
			empty: t('baseline.no_intervention'),
			columns: [column('intervention'), column('teams_count'), column('expected_saving', true), column('mde', true), column('conclusion')],
			rows: effects.map((row) => ({
				cells: {
					intervention: interventionName(row),
					teams_count: t('baseline.teams', { treated: row.treated_teams_count ?? 0, control: row.control_teams_count ?? 0 }),
					expected_saving: row.expected_saving === null ? t('none') : share(row.expected_saving),
					mde: row.mde === null ? t('baseline.no_mde') : share(row.mde),
					conclusion: conclusion(row)
				},
				figures: ['expected_saving', 'mde']
					.filter((name) => row[name] !== null)
					.map((name) => figure(t(`column.${name}`), share(row[name]), 'fct_impact_effects', name, { intervention_id: row.intervention_id }, row.grade))
			}))
		},
		frozen: {
			caption: t('baseline.caption'),
			empty: t(weekly === null ? 'time.nothing' : 'baseline.no_units'),
			columns: [
				column('task'),
				column('team'),
				column('calibrated', true),
				column('units_per_month', true),
				column('hours_per_unit', true),
				column('versions_per_unit', true)
			],
			rows: cells
				.filter((row) => row.units_per_month !== null)
				.map((row) => ({
					href: taskHref(row),
					cells: {
						task: taskName(row),
						team: teamName(row),
						calibrated: withInterval(row.calibrated_weekly_hours, row.calibrated_weekly_hours_low, row.calibrated_weekly_hours_high),
						units_per_month: whole(row.units_per_month),
						hours_per_unit: briefHours(row.hours_per_unit),
						versions_per_unit: oneDecimal(row.versions_per_unit)
					},
					figures: ['calibrated_weekly_hours', 'hours_per_unit', 'versions_per_unit']
						.filter((name) => row[name] !== null)
						.map((name) => figure(t(`column.${name}`), (name === 'versions_per_unit' ? oneDecimal : briefHours)(row[name]), 'fct_baseline', name, { team_id: row.team_id, task_id: row.task_id }))
				}))
		},
		drift: {
			caption: t('baseline.drift'),
			empty: t('baseline.no_drift'),
			columns: [column('task'), column('team'), column('frozen_hours', true), column('current_hours', true), column('reason')],
			// A change that the figures shown do not show is none to a reader.
			rows: drift.filter((row) => hours(row.frozen_hours) !== hours(row.current_hours)).map((row) => ({
				cells: {
					task: taskName(row),
					team: teamName(row),
					frozen_hours: hours(row.frozen_hours),
					current_hours: hours(row.current_hours),
					reason: term('drift', row.reason)
				}
			}))
		}
	};
}

/** An intervention in words: its task, or all of them together. */
export const interventionName = (row) =>
	row.intervention_id === 'all' ? t('effect.all') : (row.task_name ?? row.intervention_id.replaceAll('_', ' '));

const isDemonstrable = (row) => row.expected_saving !== null && row.expected_saving >= row.mde;
const conclusion = (row) => {
	if (row.mde === null) return t('baseline.too_few');
	return t(isDemonstrable(row) ? 'baseline.is_demonstrable' : 'baseline.not_demonstrable');
};

function detectable(effects, single) {
	const isKnown = (row) => row.mde !== null && row.expected_saving !== null;
	const rows = effects.filter(isKnown).map((row) => ({
		name: interventionName(row),
		from: row.expected_saving,
		to: row.mde,
		lines: [interventionName(row), `${t('column.expected_saving')} ${share(row.expected_saving)}`, `${t('column.mde')} ${share(row.mde)}`]
	}));
	// The single interventions count; all of them together are shown beside.
	const known = (single.some(isKnown) ? single : effects).filter(isKnown);
	const hidden = known.filter((row) => !isDemonstrable(row)).length;
	return {
		title: known.length ? t('baseline.chart', { n: hidden, all: known.length }) : t('baseline.no_mde_at_all'),
		subtitle: t('baseline.note'),
		empty: t('baseline.no_mde_at_all'),
		height: rowsHeight(rows.length, 34),
		figures: effects
			.filter((row) => row.mde !== null)
			.map((row) => figure(interventionName(row), share(row.mde), 'fct_impact_effects', 'mde', { intervention_id: row.intervention_id }, row.grade)),
		option: rows.length ? dumbbells(rows, t('column.expected_saving'), t('column.mde'), share) : null
	};
}
