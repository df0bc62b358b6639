import { hours, list, share, t, whole } from '../language.js';
import { largestFirst, total } from '../rows.js';
import { accent, soft } from '../theme.js';
import { intervalBars, rowsHeight } from '../charts/bars.js';
import { column, figure, taskHref, teamName } from '../views.js';

export function view({ voices, teams, wishes, unlinked }) {
	const respondents = total(teams, 'respondents_count') || null;
	const headcount = total(teams, 'headcount');
	const missing = voices.filter((row) => row.is_missing);
	const heard = (phase) =>
		total(
			voices.filter((row) => row.phase === phase),
			'heard_count'
		) ?? 0;
	const ordered = largestFirst(teams, 'response_rate');
	const last = ordered.at(-1);
	return {
		answer: {
			text: [
				respondents === null
					? t('listening.no_form')
					: t('listening.answer', {
							n: respondents,
							all: whole(headcount),
							rate: share(respondents / headcount)
						}),
				t('listening.interviews', { committee: heard('alignment'), directors: heard('deep_dive') }),
				missing.length ? t('listening.missing', { n: missing.length, names: list(missing.map(voiceName)) }) : '',
				voices.length && !missing.length ? t('listening.nobody_missing') : ''
			]
				.filter(Boolean)
				.join(' '),
			figures: respondents === null ? [] : rateFigures(ordered)
		},
		chart: {
			title:
				respondents === null
					? t('listening.no_form')
					: t('listening.chart', { team: teamName(last), rate: share(last.response_rate) }),
			height: rowsHeight(ordered.length),
			empty: t('listening.no_form'),
			figures: rateFigures(ordered),
			option:
				respondents === null
					? null
					: intervalBars(
							ordered.map((row) => ({
								name: teamName(row),
								value: row.response_rate,
								color: row.response_rate < 0.5 ? soft : accent,
								lines: [teamName(row), t('of_people', { n: row.respondents_count ?? 0, all: whole(row.headcount) })]
							})),
							share
						)
		},
		merged: teams.some((row) => row.is_merged) ? t('listening.merged') : null,
		table: {
			caption: t('listening.caption'),
			empty: t('listening.no_form'),
			columns: [
				column('team'),
				column('phase'),
				column('invited_count', true),
				column('heard_count', true),
				column('hours_covered_share', true),
				column('state')
			],
			rows: voices.map((row) => ({
				cells: {
					team: teamName(row),
					phase: t(`phase.${row.phase}`),
					invited_count: whole(row.invited_count),
					heard_count: whole(row.heard_count),
					hours_covered_share: hasTimesheets(row) ? share(row.hours_covered_share) : t('none'),
					state: t(row.is_missing ? 'listening.is_missing' : 'listening.is_heard')
				},
				figures: ['heard_count', ...(hasTimesheets(row) ? ['hours_covered_share'] : [])]
					.filter((name) => row[name] !== null)
					.map((name) =>
						figure(t(`column.${name}`), name === 'heard_count' ? whole(row[name]) : share(row[name]), 'fct_voices', name, {
							phase: row.phase,
							...(row.team_id ? { team_id: row.team_id } : {})
						})
					)
			}))
		},
		wishes: {
			caption: t('listening.wishes'),
			empty: t('listening.no_wishes', { n: unlinked[0]?.votes ?? 0 }),
			columns: [column('task'), column('wish_votes', true), column('calibrated', true)],
			rows: wishes.map((row) => ({
				href: taskHref(row),
				cells: { task: row.wish, wish_votes: whole(row.votes_count), calibrated: hours(row.hours) },
				figures: [figure(t('column.wish_votes'), whole(row.votes_count), 'fct_wishes', 'votes_count', { wish_id: row.wish_id })]
			}))
		}
	};
}

// Timesheets are a team's, not its director's or the committee's.
const hasTimesheets = (row) => row.phase === 'immersion' && row.hours_covered_share !== null;
const voiceName = (row) =>
	row.phase === 'alignment' ? t('team.committee') : t('listening.voice', { team: teamName(row), phase: t(`phase.${row.phase}`) });
const rateFigures = (rows) =>
	rows
		.filter((row) => row.response_rate !== null)
		.map((row) =>
			figure(teamName(row), share(row.response_rate), 'dim_teams', 'response_rate', { team_id: row.team_id })
		);
