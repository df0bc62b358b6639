import { hours, list, oneDecimal, t } from '../language.js';
import { taskPath } from '../pages.js';
import { largestFirst, total } from '../rows.js';
import { intervalBars, namesHeight } from '../charts/bars.js';
import { column, deadline, figure, isPast } from '../views.js';

export function view({ tasks }) {
	const selected = tasks.filter((row) => row.is_selected);
	const others = tasks.filter((row) => !row.is_selected);
	const now = selected.filter((row) => row.is_immediate);
	const late = selected.filter((row) => isPast(row.deadline));
	const undecided = selected.filter((row) => !row.owner || !row.deadline);
	const ordered = largestFirst(tasks, 'bankable_hours_year').filter((row) => row.bankable_hours_year !== null);
	return {
		answer: {
			text: selected.length
				? [
						t('quick.answer', { n: selected.length, hours: hours(total(selected, 'bankable_hours_year')) }),
						now.length ? t('quick.now', { n: now.length, names: list(now.map((row) => t('quoted', { text: row.task_name }))) }) : '',
						undecided.length
							? t('quick.undecided', { n: undecided.length, names: list(undecided.map((row) => t('quoted', { text: row.task_name }))) })
							: t('quick.decided', { n: selected.length })
					]
						.filter(Boolean)
						.join(' ')
				: t('answer.no_quick_win'),
			figures: selected.map(usable)
		},
		late: late.length ? t('quick.late', { n: late.length }) : null,
		cards: selected.map((row) => ({
			title: row.task_name,
			href: taskPath(row.task_id),
			tag: row.is_immediate ? t('quick.immediate') : null,
			facts: [
				{ name: t('column.owner'), value: row.owner ?? t('to_decide') },
				{ name: t('column.deadline'), value: deadline(row.deadline) },
				{ name: t('quick.indicator'), value: t('quick.indicator_value', { hours: hours(row.bankable_hours_year) }) },
				{ name: t('quick.zone'), value: t('quick.scores', { impact: oneDecimal(row.impact), ease: oneDecimal(row.ease) }) }
			],
			figures: [usable(row)]
		})),
		chart: {
			title: ordered.length
				? t('quick.chart', { task: ordered[0].task_name, hours: hours(ordered[0].bankable_hours_year) })
				: t('answer.no_quick_win'),
			subtitle: t('quick.note'),
			empty: t('answer.no_quick_win'),
			height: namesHeight(ordered.map((row) => row.task_name)),
			figures: ordered.map(usable),
			option: ordered.length
				? intervalBars(
						ordered.map((row) => ({
							name: row.task_name,
							value: row.bankable_hours_year,
							lines: [row.task_name, t('per_year', { hours: hours(row.bankable_hours_year) })]
						})),
						hours
					)
				: null
		},
		others: {
			caption: t('quick.others'),
			empty: t(selected.length ? 'quick.no_others' : 'answer.no_quick_win'),
			columns: [column('task'), column('bankable_hours_year', true), column('owner'), column('deadline')],
			rows: others.map((row) => ({
				href: taskPath(row.task_id),
				cells: {
					task: row.task_name,
					bankable_hours_year: hours(row.bankable_hours_year),
					owner: row.owner ?? t('to_decide'),
					deadline: deadline(row.deadline)
				},
				figures: [usable(row)]
			}))
		}
	};
}

const usable = (row) =>
	figure(row.task_name, t('per_year', { hours: hours(row.bankable_hours_year) }), 'fct_matrix', 'bankable_hours_year', { task_id: row.task_id });
