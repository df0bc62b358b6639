import { share, t, term, whole } from '../language.js';
import { largestFirst, total } from '../rows.js';
import { accent, soft } from '../theme.js';
import { intervalBars, rowsHeight } from '../charts/bars.js';
import { column, figure } from '../views.js';
import { targetTable } from './answer.js';

export function view({ votes, targets, contradictions, quotes }) {
	const ordered = largestFirst(votes, 'votes_count');
	const leader = ordered[0];
	const voices = total(votes, 'votes_count') ?? 0;
	const agreed = votes.find((row) => row.is_agreed_priority);
	return {
		answer: { text: answer(leader, agreed, voices, contradictions), figures: voteFigures(ordered) },
		chart: {
			title: voices
				? t('alignment.chart', { priority: t(`scenario.${leader.priority}`), n: leader.votes_count, all: voices })
				: t('alignment.no_votes'),
			height: rowsHeight(ordered.length),
			empty: t('alignment.no_votes'),
			figures: voteFigures(ordered),
			option: voices
				? intervalBars(
						ordered.map((row) => ({
							name: t(`scenario.${row.priority}`),
							value: row.votes_count,
							color: row === leader ? accent : soft,
							lines: [t(`scenario.${row.priority}`), t('votes', { n: row.votes_count }), share(row.share)]
						})),
						(n) => t('votes', { n }),
						whole
					)
				: null
		},
		targets: targetTable(targets),
		contradictions: contradictionTable(contradictions),
		quotes
	};
}

function answer(leader, agreed, voices, contradictions) {
	if (!voices) return t('alignment.no_votes');
	const isSplit = agreed && agreed.votes_count < leader.votes_count;
	const key = isSplit ? 'alignment.against' : agreed ? 'alignment.agreed' : 'alignment.open';
	return [
		t(key, {
			priority: t(`scenario.${(agreed ?? leader).priority}`),
			n: (agreed ?? leader).votes_count,
			all: voices,
			agreement: share(leader.agreement),
			leader: t(`scenario.${leader.priority}`),
			most: leader.votes_count
		}),
		t('alignment.contradictions', { n: contradictions.length })
	].join(' ');
}

const voteFigures = (rows) =>
	rows.map((row) =>
		figure(t(`scenario.${row.priority}`), t('votes', { n: row.votes_count }), 'fct_alignment', 'votes_count', {
			priority: row.priority
		})
	);

// A topic is a code, or a kind and what it is about, such as `document:charte`.
function topicName({ topic, tool, document }) {
	const [kind, key] = topic.split(':');
	return key ? t('topic.named', { kind: term('topic', kind), name: tool ?? document ?? key }) : term('topic', kind);
}

// On the use of AI a position says which of the two was mentioned more.
const said = (topic, position) =>
	position === null ? t('not_said') : term(topic === 'ai_usage' ? 'ai_position' : 'position', position);

const contradictionTable = (rows) => ({
	caption: t('alignment.contradictions_caption'),
	empty: t('alignment.no_contradictions'),
	columns: [column('topic'), column('committee'), column('directors'), column('teams')],
	rows: rows.map((row) => ({
		cells: {
			topic: topicName(row),
			committee: said(row.topic, row.committee_says),
			directors: said(row.topic, row.directors_say),
			teams: said(row.topic, row.teams_say)
		}
	}))
});
