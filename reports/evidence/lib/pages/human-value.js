import { hours, share, t, term, twoDecimals } from '../language.js';
import { groups, total } from '../rows.js';
import { natures } from '../theme.js';
import { rowsHeight, stackedBars } from '../charts/bars.js';
import { column, figure, taskHref, taskName, teamName } from '../views.js';

const PARTS = ['human_value', 'rule_based', 'undetermined', 'waiting'];

export function view({ cells, quality }) {
	const hoursBy = parts(cells);
	const tagged = hoursBy.human_value + hoursBy.rule_based;
	const all = PARTS.reduce((sum, part) => sum + hoursBy[part], 0);
	return {
		answer: {
			text: all
				? [
						t('human.answer', {
							human: share(tagged ? hoursBy.human_value / tagged : 0),
							rule: share(tagged ? hoursBy.rule_based / tagged : 0),
							hours: hours(hoursBy.rule_based)
						}),
						t('human.apart', { waiting: hours(hoursBy.waiting), undetermined: hours(hoursBy.undetermined) })
					].join(' ')
				: t('time.nothing'),
			figures: all ? [figure(t('time.all'), hours(all), 'fct_baseline', 'calibrated_weekly_hours')] : []
		},
		byTeam: chart(cells, 'team_id', teamName, 'human.by_team', 'team_id', teamName),
		byCategory: chart(cells, 'category', (row) => (row.category ? term('category', row.category) : t('category.none')), 'human.by_category', 'task_id', taskName),
		method: method(quality),
		table: table(cells)
	};
}

/** Weekly hours by part: a task's hours divide by its rule share; waiting stands apart. */
function parts(rows) {
	const result = Object.fromEntries(PARTS.map((part) => [part, 0]));
	for (const row of rows) {
		const weekly = row.calibrated_weekly_hours ?? 0;
		if (row.is_waiting) result.waiting += weekly;
		else if (row.rule_share === null) result.undetermined += weekly;
		else {
			result.rule_based += weekly * row.rule_share;
			result.human_value += weekly * (1 - row.rule_share);
		}
	}
	return result;
}

/** Hours by `key`, whose figures are explained by `id`: a category has no id of its own, its tasks do. */
function chart(cells, key, name, title, id, idName) {
	const rows = [...groups(cells, key).values()]
		.map((group) => ({ name: name(group[0]), parts: parts(group) }))
		.sort((a, b) => b.parts.rule_based - a.parts.rule_based);
	const first = rows[0];
	return {
		title: first
			? t(title, { name: first.name, hours: hours(first.parts.rule_based) })
			: t('time.nothing'),
		subtitle: t('human.note'),
		empty: t('time.nothing'),
		height: (width) => rowsHeight(rows.length, width < 500 ? 80 : 40),
		figures: [...groups(cells, id).entries()].map(([value, group]) =>
			figure(idName(group[0]), hours(total(group, 'calibrated_weekly_hours')), 'fct_baseline', 'calibrated_weekly_hours', { [id]: value })
		),
		option: first
			? stackedBars(
					rows.map((row) => row.name),
					PARTS.filter((part) => rows.some((row) => row.parts[part] > 0)).map((part) => ({
						name: t(`nature.${part}`),
						color: natures[part],
						values: rows.map((row) => row.parts[part])
					})),
					hours
				)
			: null
	};
}

const method = (rows) =>
	rows.length
		? rows.map((row) =>
				row.kappa === null
					? t('human.not_reviewed', { provider: term('tagged_by', row.provider) })
					: t('human.agreement', {
							provider: term('tagged_by', row.provider),
							kappa: twoDecimals(row.kappa),
							low: twoDecimals(row.kappa_low),
							high: twoDecimals(row.kappa_high),
							n: row.reviewed_count,
							abstained: share(row.abstained_share),
							hasAbstained: row.abstained_share > 0 ? 'yes' : 'no'
						})
			)
		: [t('human.not_reviewed_at_all')];

function table(cells) {
	const rows = [...groups(cells, 'task_id').values()]
		.map((group) => ({ ...group[0], weekly: total(group, 'calibrated_weekly_hours') }))
		.filter((row) => taskHref(row))
		.sort((a, b) => (b.weekly ?? 0) - (a.weekly ?? 0));
	return {
		caption: t('human.caption'),
		empty: t('time.nothing'),
		columns: [
			column('task'),
			column('nature'),
			column('rule_share', true),
			column('calibrated', true),
			column('tagged_by'),
			column('confidence', true)
		],
		rows: rows.map((row) => ({
			href: taskHref(row),
			cells: {
				task: taskName(row),
				nature: row.is_waiting ? t('nature.waiting') : term('nature', row.nature),
				rule_share: row.rule_share === null || row.is_waiting ? t('none') : share(row.rule_share),
				calibrated: hours(row.weekly),
				tagged_by: term('tagged_by', row.tagged_by),
				confidence: row.confidence === null ? t('none') : share(row.confidence)
			},
			figures: [
				figure(t('column.calibrated'), hours(row.weekly), 'fct_baseline', 'calibrated_weekly_hours', { task_id: row.task_id }),
				...(row.rule_share === null || row.is_waiting
					? []
					: [figure(t('column.rule_share'), share(row.rule_share), 'dim_tasks', 'rule_share', { task_id: row.task_id })])
			]
		}))
	};
}

