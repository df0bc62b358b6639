import { oneDecimal, share, t, term, whole } from '../language.js';
import { groups } from '../rows.js';
import { natures, series as palette } from '../theme.js';
import { intervalBars, rowsHeight, stackedBars } from '../charts/bars.js';
import { scatter } from '../charts/points.js';
import { column, figure, gatheredItems, teamName } from '../views.js';

const STATES = ['exists', 'obsolete', 'oral', 'missing'];
const COLORS = [palette[2], palette[1], palette[3], natures.undetermined];

export function view({ tools, usage, documents }) {
	const rated = tools.filter((row) => row.satisfaction !== null);
	const worst = [...rated].sort((a, b) => a.satisfaction - b.satisfaction || b.users_count - a.users_count)[0];
	const lacking = documents.filter((row) => row.status !== 'exists');
	const familiar = usage.filter((row) => row.familiarity !== null);
	return {
		answer: {
			text: [
				worst ? t('tools.answer', { tool: worst.tool, score: oneDecimal(worst.satisfaction), n: worst.users_count }) : t('tools.none'),
				documents.length ? t('tools.documents', { n: lacking.length, all: documents.length }) : t('tools.no_documents')
			].join(' '),
			figures: worst ? [satisfaction(worst)] : []
		},
		toolChart: {
			title: worst ? t('tools.chart', { tool: worst.tool }) : t('tools.none'),
			subtitle: t('tools.chart_note'),
			empty: t('tools.none'),
			height: 360,
			figures: rated.map(satisfaction),
			option: worst
				? scatter(
						[worst, ...rated.filter((row) => row !== worst)].map((row) => ({
							name: row.tool,
							x: row.users_count,
							y: row.satisfaction,
							lines: [row.tool, t('people', { n: row.users_count }), t('of_five', { x: oneDecimal(row.satisfaction) })]
						})),
						whole,
						whole,
						t('column.users_count'),
						t('column.satisfaction'),
						[1, 5]
					)
				: null
		},
		toolTable: {
			caption: t('tools.caption'),
			empty: t('tools.none'),
			columns: [
				column('tool'),
				column('users_count', true),
				column('satisfaction', true),
				column('is_imposed_share', true),
				column('redundant_with'),
				column('missing_integrations')
			],
			rows: tools.map((row) => ({
				cells: {
					tool: row.tool,
					users_count: whole(row.users_count),
					satisfaction: row.satisfaction === null ? t('not_said') : t('of_five', { x: oneDecimal(row.satisfaction) }),
					is_imposed_share: row.is_imposed_share === null ? t('not_said') : share(row.is_imposed_share),
					redundant_with: gatheredItems(row.redundant_with),
					missing_integrations: gatheredItems(row.missing_integrations)
				},
				figures: row.satisfaction === null ? [] : [satisfaction(row)]
			}))
		},
		aiChart: aiChart(familiar),
		aiTable: {
			caption: t('tools.ai_caption'),
			empty: t('tools.no_ai'),
			columns: [column('team'), column('users_share', true), column('familiarity', true), column('works'), column('missing')],
			rows: usage.map((row) => ({
				cells: {
					team: teamName(row),
					users_share: row.users_share === null ? t(withheld(row)) : share(row.users_share),
					familiarity: row.familiarity === null ? t(withheld(row)) : t('of_five', { x: oneDecimal(row.familiarity) }),
					works: gatheredItems(row.works),
					missing: gatheredItems(row.missing)
				},
				figures: row.familiarity === null ? [] : [familiarity(row)]
			}))
		},
		documentChart: documentChart(documents),
		documentTable: {
			caption: t('tools.document_caption'),
			empty: t('tools.no_documents'),
			columns: [column('document'), column('kind'), column('status'), column('owner_role')],
			rows: documents.map((row) => ({
				cells: {
					document: row.document,
					kind: term('document_kind', row.kind),
					status: t(`document_status.${row.status}`),
					owner_role: row.owner_role ?? t('not_said')
				},
				figures: [status(row)]
			}))
		}
	};
}

/** Why a mean is not there: nobody answered, or too few to show it. */
const withheld = (row) => (row.respondents_count === 0 ? 'not_said' : 'small_group');
const satisfaction = (row) =>
	figure(row.tool, t('of_five', { x: oneDecimal(row.satisfaction) }), 'fct_tools', 'satisfaction', { tool_id: row.tool_id });
const status = (row) =>
	figure(row.document, t(`document_status.${row.status}`), 'fct_documents', 'status', { document_id: row.document_id });
const familiarity = (row) =>
	figure(teamName(row), t('of_five', { x: oneDecimal(row.familiarity) }), 'fct_ai_usage', 'familiarity', { team_id: row.team_id });

function aiChart(rows) {
	const ordered = [...rows].sort((a, b) => b.familiarity - a.familiarity);
	return {
		title: ordered.length
			? t('tools.ai_chart', { first: teamName(ordered[0]), last: teamName(ordered.at(-1)) })
			: t('tools.no_ai'),
		subtitle: t('tools.ai_note'),
		empty: t('tools.no_ai'),
		height: rowsHeight(ordered.length),
		figures: ordered.map(familiarity),
		option: ordered.length
			? intervalBars(
					ordered.map((row) => ({
						name: teamName(row),
						value: row.familiarity,
						lines: [teamName(row), t('of_five', { x: oneDecimal(row.familiarity) })]
					})),
					oneDecimal,
					whole
				)
			: null
	};
}

function documentChart(rows) {
	const kinds = [...groups(rows, 'kind').entries()];
	return {
		title: rows.length
			? t('tools.document_chart', { n: rows.filter((row) => row.status !== 'exists').length, all: rows.length })
			: t('tools.no_documents'),
		empty: t('tools.no_documents'),
		height: rowsHeight(kinds.length, 40),
		figures: rows.map(status),
		option: rows.length
			? stackedBars(
					kinds.map(([kind]) => term('document_kind', kind)),
					STATES.map((status, index) => ({
						name: t(`document_status.${status}`),
						color: COLORS[index],
						values: kinds.map(([, group]) => group.filter((row) => row.status === status).length)
					})),
					whole
				)
			: null
	};
}
