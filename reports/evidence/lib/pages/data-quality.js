import { day, share, t, term, whole } from '../language.js';
import { groups, total } from '../rows.js';
import { natures, soft } from '../theme.js';
import { rowsHeight, stackedBars } from '../charts/bars.js';
import { column, figure, reason } from '../views.js';

const COUNTS = ['rows_loaded', 'rows_quarantined', 'rows_declared_non_data'];
const COLORS = { rows_loaded: natures.human_value, rows_quarantined: natures.rule_based, rows_declared_non_data: soft };

export function view({ files, results, engagement, coverage }) {
	const read = total(files, 'rows_in') ?? 0;
	const kept = total(files, 'rows_loaded') ?? 0;
	const aside = total(files, 'rows_quarantined') ?? 0;
	const kinds = [...groups(files, 'kind').entries()];
	const failed = results.filter((row) => !row.is_passed);
	return {
		answer: {
			text: [
				read
					? t('quality.answer', { files: files.length, read: whole(read), part: share(kept / read), aside })
					: t('quality.no_files'),
				results.length ? t('quality.gate', { n: results.length, failed: failed.length }) : t('quality.no_gate')
			].join(' '),
			figures: (read ? COUNTS : []).map((name) => figure(t(`column.${name}`), whole(total(files, name)), 'fct_data_quality', name))
		},
		chart: {
			title: read ? t('quality.chart', { n: aside, part: share(aside / read) }) : t('quality.no_files'),
			subtitle: t('quality.note'),
			empty: t('quality.no_files'),
			height: (width) => rowsHeight(kinds.length, width < 500 ? 70 : 40),
			figures: kinds.map(([kind, rows]) => figure(term('kind', kind), whole(total(rows, 'rows_in')), 'fct_data_quality', 'rows_in', { kind })),
			option: read
				? stackedBars(
						kinds.map(([kind]) => term('kind', kind)),
						COUNTS.map((name) => ({
							name: t(`column.${name}`),
							color: COLORS[name],
							values: kinds.map(([, rows]) => total(rows, name))
						})),
						whole
					)
				: null
		},
		files: {
			caption: t('quality.files'),
			empty: t('quality.no_files'),
			columns: [
				column('source_file'),
				column('kind'),
				column('rows_in', true),
				column('rows_loaded', true),
				column('rows_quarantined', true),
				column('rows_declared_non_data', true),
				column('first_reason')
			],
			rows: files.map((row) => ({
				cells: {
					source_file: row.source_file,
					kind: term('kind', row.kind),
					rows_in: whole(row.rows_in),
					rows_loaded: whole(row.rows_loaded),
					rows_quarantined: whole(row.rows_quarantined),
					rows_declared_non_data: whole(row.rows_declared_non_data),
					first_reason: row.status !== 'loadable' ? t('reason.refused') : reason(row.first_reason)
				},
				figures: ['rows_in', ...COUNTS].map((name) => figure(t(`column.${name}`), whole(row[name]), 'fct_data_quality', name, { source_file: row.source_file }))
			}))
		},
		gate: {
			caption: t('quality.results'),
			empty: t('quality.no_gate'),
			columns: [column('expectation'), column('severity'), column('result')],
			rows: results.map((row) => ({
				cells: {
					expectation: term('expectation', row.expectation),
					severity: term('severity', row.severity),
					result: t(row.is_passed ? 'quality.passed' : 'quality.failed')
				}
			}))
		},
		coverage: {
			caption: t('quality.coverage'),
			empty: t('quality.no_coverage'),
			columns: [column('measure'), column('value', true)],
			rows: coverage.map((row) => {
				const value = row.value === null ? t('not_measured') : (/_share$/.test(row.measure) ? share : whole)(row.value);
				return {
					cells: { measure: term('coverage', row.measure), value },
					figures: row.value === null ? [] : [figure(term('coverage', row.measure), value, 'fct_coverage', 'value', { measure: row.measure })]
				};
			})
		},
		versions: [
			t('quality.build', { build: results[0]?.build_id ?? engagement[0].build_id ?? t('none') }),
			t('quality.window', { start: day(engagement[0].baseline_start), end: day(engagement[0].baseline_end) })
		]
	};
}
