// Words and cells that several pages share.
import { day, has, hours, inUnit, t, term } from './language.js';
import { publication } from './publication.js';
import { metric } from './rows.js';
import { taskPath } from './pages.js';

/** A figure as the dialog "where does this come from" lists it. */
export const figure = (label, value, table, column, keys, grade) => ({
	label,
	value,
	id: metric(table, column, keys),
	grade: grade ?? undefined
});

const gathered = ['other_tasks', 'unmapped'];
/** The name of a task; the rows that gather small or unmatched tasks have words of their own. */
export const taskName = (row) =>
	gathered.includes(row.task_id) ? t(`task.${row.task_id}`) : (row.task_name ?? row.task_id);
/** Where the task's page is; nowhere for rows that gather tasks. */
export const taskHref = (row) =>
	row.task_id && !gathered.includes(row.task_id) ? taskPath(row.task_id) : undefined;
export const teamName = (row) => {
	if (row.team_id === 'committee') return t('team.committee');
	return row.team_name ?? row.team_id ?? t('team.all');
};

export const column = (key, isNumber = false, label = t(`column.${key}`)) => ({
	key,
	label,
	isNumber
});

export const assumptionName = (row) =>
	[
		term('assumption', row.assumption),
		row.team_name ?? row.team_id,
		row.task_name ?? row.task_id
	]
		.filter(Boolean)
		.join(' · ');

const asOf = new Date(publication.as_of_month);
const asOfEnd = Date.UTC(asOf.getUTCFullYear(), asOf.getUTCMonth() + 1, 0);
/** Had a deadline come by the end of the report's month? */
export const isPast = (date) => date !== null && date.getTime() <= asOfEnd;
/** A deadline in words; one that has come says so. */
export const deadline = (date) => {
	if (date === null) return t('to_decide');
	return isPast(date) ? t('deadline.past', { day: day(date) }) : day(date);
};

/** "12 h (9 h to 15 h)"; the interval is left out where there is none. */
export const withInterval = (value, low, high, format = hours) =>
	low === null || low === undefined || high === null
		? format(value)
		: t('interval', { value: format(value), low: format(low), high: format(high) });

/** What names one row of the register: of the whole agency, a team or a task. */
export const assumptionKeys = (row) => ({ assumption: row.assumption, team_id: row.team_id ?? '', task_id: row.task_id ?? '' });

export const assumptionValue = (row, key) => inUnit(row[key], row.unit);

const SHOWN_ITEMS = 4;
// Paper and many a machine have no colour face for them.
const PICTOGRAPHS = /\p{Extended_Pictographic}[\u{fe0f}\u{1f3fb}-\u{1f3ff}\u{200d}]*/gu;
/** Items that a mart gathers as `one | two`, the first few of them, without pictographs. */
export function gatheredItems(text) {
	if (!text) return '';
	const items = text.split(' | ').map((item) => item.replace(PICTOGRAPHS, '').trim()).filter(Boolean);
	const shown = items.slice(0, SHOWN_ITEMS).join(' · ');
	const rest = items.length - SHOWN_ITEMS;
	return rest > 0 ? t('and_more', { text: shown, n: rest }) : shown;
}

/** The reason in words, or as the data gives it. */
export const reason = (code) => (code && has(`reason.${code}`) ? t(`reason.${code}`) : (code ?? ''));
