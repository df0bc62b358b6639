// From Evidence's query results to plain rows: numbers are numbers, dates are dates.
const isDate = (name) => /(_on|_month|^month|^deadline|_start|_end)$/.test(name);

/** Have all of `queries` (by name) finished? */
export const isReady = (queries) => Object.values(queries).every((query) => query?.dataLoaded);

/** The first error among `queries`, with the query's name. */
export function failure(queries) {
	for (const [name, query] of Object.entries(queries)) {
		if (query?.error) return `${name}: ${query.error.message ?? query.error}`;
	}
	return null;
}

/** Plain rows of each query. */
export function tables(queries) {
	const result = {};
	for (const [name, query] of Object.entries(queries)) result[name] = [...query].map(plainRow);
	return result;
}

function plainRow(row) {
	const plain = {};
	for (const [name, value] of Object.entries(row)) {
		if (value === null || value === undefined) plain[name] = null;
		else if (isDate(name)) plain[name] = dateOrNull(value);
		else plain[name] = typeof value === 'bigint' ? Number(value) : value;
	}
	return plain;
}

// Evidence hands over a missing date as 1 January 1970, which no engagement knows.
const dateOrNull = (value) => (Number(value) === 0 ? null : new Date(Number(value) || value));

/** Sum of `column`, null where no row has a value: nothing known is not zero. */
export function total(rows, column) {
	const values = rows.map((row) => row[column]).filter((value) => value !== null);
	return values.length ? values.reduce((sum, value) => sum + value, 0) : null;
}

/** Rows by the value of `column`, in order of appearance. */
export function groups(rows, column) {
	const result = new Map();
	for (const row of rows) {
		if (!result.has(row[column])) result.set(row[column], []);
		result.get(row[column]).push(row);
	}
	return result;
}

/** Rows ordered from the largest `column` down, nulls last. */
export const largestFirst = (rows, column) =>
	[...rows].sort((a, b) => (b[column] ?? -Infinity) - (a[column] ?? -Infinity));

/** The name under which `jalon explain` finds a figure. */
export function metric(table, column, keys = {}) {
	const place = Object.entries(keys).map(([key, value]) => `${key}=${value}`);
	return `${table}.${column}[${place.join(',')}]`;
}
