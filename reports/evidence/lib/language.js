// The reader's language: messages (ICU, from labels.json only) and number and date formats.
import { IntlMessageFormat } from 'intl-messageformat';
import labels from './labels.json';
import { publication } from './publication.js';

const language = publication.language;
const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
const NBSP = '\u00a0';
const compiled = new Map();

/** Is there a message of that key? Codes that data may extend (metrics, reasons) ask first. */
export const has = (key) => key in labels;

/** The message `key` with `values`, in the language of the engagement. */
export function t(key, values = {}) {
	if (!compiled.has(key)) {
		if (!has(key)) throw new Error(`labels.json has no "${key}"`);
		compiled.set(key, new IntlMessageFormat(labels[key][language], locale));
	}
	return typeset(String(compiled.get(key).format(values)));
}

/** Text as it is set: a French sign of two parts never stands at the start of a line. */
export const typeset = (text) =>
	language === 'fr'
		? text.replace(/ ([:;?!%»])/g, `${NBSP}$1`).replace(/« /g, `«${NBSP}`)
		: text;

/** The message for a code of the data, or the code itself in words where there is none. */
export const term = (family, code) => {
	if (code === null || code === undefined) return t('none');
	const key = `${family}.${code}`;
	return has(key) ? t(key) : String(code).replaceAll('_', ' ');
};

const isNothing = (x) => x === null || x === undefined || Number.isNaN(x);
const numbers = (options) => {
	const format = new Intl.NumberFormat(locale, options);
	return (x) =>
		isNothing(x) ? t('none') : format.format(Object.is(x, -0) ? 0 : x).replace('-', '−');
};

export const whole = numbers({ maximumFractionDigits: 0 });
export const oneDecimal = numbers({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
export const twoDecimals = numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
export const plain = numbers({ maximumSignificantDigits: 4 });
const percent0 = numbers({ style: 'percent', maximumFractionDigits: 0 });
const percent1 = numbers({ style: 'percent', maximumFractionDigits: 1 });
const currency = { style: 'currency', currency: publication.currency, maximumFractionDigits: 0 };

/** A share 0–1 as a percentage; one decimal where a whole per cent would hide it. */
export function share(x) {
	// Nearly nothing is not nothing, and nearly all is not all.
	if (x > 0 && x < 0.0005) return t('share.under', { x: percent1(0.001) });
	if (x > 0.995 && x < 1) return t('share.over', { x: percent0(0.99) });
	return Math.abs(x) < 0.1 ? percent1(x) : percent0(x);
}
/** A share to the tenth of a per cent, where tenths matter. */
export const fineShare = percent1;
/** Money to the unit, for tables. */
export const money = numbers(currency);
/** Money as said aloud: three significant digits. */
export const roundMoney = numbers({ ...currency, maximumSignificantDigits: 3 });
/** Money on an axis. */
export const shortMoney = numbers({ ...currency, notation: 'compact', maximumSignificantDigits: 3 });
/** Hours, with their unit; one decimal below ten. */
export const hours = (x) =>
	isNothing(x)
		? t('none')
		: `${(x !== 0 && Math.abs(x) < 9.95 ? oneDecimal : whole)(x)}${NBSP}h`;

/** A short time, in minutes where hours would hide it. */
export const minutes = (x) => (isNothing(x) ? t('none') : t('minutes', { n: whole(60 * x) }));
export const briefHours = (x) => (x < 1 ? minutes : hours)(x);

const date = (x) => (x instanceof Date ? x : new Date(x));
const dates = (options) => {
	const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
	return (x) => (isNothing(x) ? t('none') : format.format(date(x)));
};
export const month = dates({ month: 'long', year: 'numeric' });
export const shortMonth = dates({ month: 'short', year: '2-digit' });
const fullDate = dates({ day: 'numeric', month: 'long', year: 'numeric' });
export const day = (x) => (language === 'fr' ? fullDate(x).replace(/^1 /, `1er${NBSP}`) : fullDate(x));
/** The ISO text of a date, as keys of metric ids have it. */
export const iso = (x) => (isNothing(x) ? '' : date(x).toISOString().slice(0, 10));

const conjunction = new Intl.ListFormat(locale, { type: 'conjunction' });
export const list = (items) => conjunction.format(items);

/** A value with the unit that the marts give it. */
export function inUnit(x, unit) {
	if (isNothing(x)) return t('none');
	if (unit?.startsWith('share')) return share(x);
	if (unit === 'currency') return money(x);
	return unit && has(`unit.${unit}`)
		? t(`unit.${unit}`, { n: x, value: plain(x), money: money(x) })
		: plain(x);
}
