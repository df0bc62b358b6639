import { hours, share, t, term } from '../language.js';
import { taskPath } from '../pages.js';
import { total } from '../rows.js';
import { column, figure } from '../views.js';

export function view({ tasks }) {
	const rules = tasks.filter((row) => row.nature === 'rule_based').length;
	const mixed = tasks.filter((row) => row.nature === 'mixed').length;
	return {
		answer: {
			text: t('tasks.answer', { n: tasks.length, hours: hours(total(tasks, 'weekly_hours')), rules, mixed }),
			figures: tasks.flatMap(weekly)
		},
		table: {
			caption: t('tasks.caption'),
			empty: t('time.nothing'),
			columns: [
				column('task'),
				column('category'),
				column('nature'),
				column('rule_share', true),
				column('calibrated', true),
				column('quadrant')
			],
			rows: tasks.map((row) => ({
				href: taskPath(row.task_id),
				cells: {
					task: row.task_name,
					category: term('category', row.category),
					nature: row.is_waiting ? t('nature.waiting') : term('nature', row.nature),
					rule_share: row.rule_share === null || row.is_waiting ? t('none') : share(row.rule_share),
					calibrated: hours(row.weekly_hours),
					quadrant: row.quadrant ? t(`quadrant.${row.quadrant}`) : t('matrix.no_score')
				},
				figures: weekly(row)
			}))
		}
	};
}

const weekly = (row) =>
	row.weekly_hours === null
		? []
		: [figure(row.task_name, hours(row.weekly_hours), 'fct_baseline', 'calibrated_weekly_hours', { task_id: row.task_id })];
