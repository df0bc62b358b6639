// What pages say where data are missing: nothing that the data do not bear out.
// Bundled and run by test_answers.py, in English.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { view as alignment } from '$pages/alignment.js';
import { view as baseline } from '$pages/baseline.js';
import { view as quality } from '$pages/data-quality.js';
import { view as listening } from '$pages/listening.js';
import { view as others } from '$pages/other-scenarios.js';
import { view as realised } from '$pages/realised.js';
import { view as roadmap } from '$pages/roadmap.js';
import { view as sensitivity } from '$pages/sensitivity.js';
import { view as time } from '$pages/time.js';
import { view as tools } from '$pages/tools.js';

const month = (n) => new Date(Date.UTC(2026, n - 1, 1));
const engagement = [{ is_provisional: true, baseline_start: month(1), baseline_end: month(3) }];
const agency = { team_id: 'agency', team_name: 'Slate', respondents_count: 0, headcount: 52, response_rate: 0 };
const cell = {
	team_id: 'agency', team_name: 'Slate', task_id: 'notes', task_name: 'Notes', folded_count: 0, calibrated_weekly_hours: 30,
	calibrated_weekly_hours_low: null, calibrated_weekly_hours_high: null, people_count: 9, calibration_ratio: null,
	declared_weekly_hours: null, observed_weekly_hours: 30, hours_source: 'observed'
};
const effect = { intervention_id: 'one', task_ids: 'notes', task_name: 'Notes', started_on: month(4), saving: null, verdict: 'no_data', mde: null, expected_saving: 0.3 };

test('an effect without a smallest one that can be shown is not called provable', () => {
	const { answer } = baseline({ engagement, cells: [], effects: [effect], drift: [] });
	assert.match(answer.text, /too few teams or months/);
	assert.doesNotMatch(answer.text, /large enough/);
});

test('where every task is folded, time says so instead of naming one', () => {
	const folded = { ...cell, task_id: 'other_tasks', task_name: null, folded_count: 69, hours_source: 'mixed' };
	const { answer, cells, notices } = time({ engagement, teams: [agency], baseline: [folded, { ...folded, task_id: 'unmapped', folded_count: 0 }] });
	assert.match(answer.text, /60.h a week; none is done by enough people/);
	assert.match(notices.join(' '), /calibrated on timesheets; where nobody declared/);
	assert.ok(cells(null).option);
});

test('a baseline whose shown figures stay the same has not changed', () => {
	const drift = [{ team_id: 'agency', task_id: 'notes', frozen_hours: 30.1, current_hours: 30.2, reason: 'inputs_changed' }];
	assert.equal(baseline({ engagement, cells: [], effects: [], drift }).drift.rows.length, 0);
});

test('deliverables without hours make no chart of hours per deliverable', () => {
	const monthly = [{ team_id: 'agency', task_id: 'notes', month_on: month(4), is_treated: true, hours: null, units: 12, hours_per_unit: null }];
	assert.deepEqual(realised({ effects: [effect], forecast: [], monthly }).units, []);
});

test('teams with the tool and controls shown as one are not called teams with the tool', () => {
	const monthly = [{ team_id: 'agency', task_id: 'notes', task_name: 'Notes', month_on: month(4), is_treated: true, hours: 24, units: 12, hours_per_unit: 2 }];
	const { units } = realised({ effects: [{ ...effect, control_teams_count: 3 }], forecast: [], monthly });
	assert.match(units[0].title, /controls together/);
});

test('without a questionnaire nobody is said to have answered least', () => {
	const { answer, chart } = listening({ voices: [], teams: [agency], wishes: [], unlinked: [] });
	assert.match(answer.text, /No questionnaire has come in yet/);
	assert.equal(chart.option, null);
});

test('wishes that no task is linked to yet were told all the same', () => {
	const told = (unlinked) => listening({ voices: [], teams: [agency], wishes: [], unlinked }).wishes.empty;
	assert.match(told([{ votes: 20 }]), /20 wishes were told/);
	assert.match(told([{ votes: null }]), /Nobody has said yet/);
});

test('hours of timesheets alone are not called declared, nor is a timesheet said to lack', () => {
	const view = time({ baseline: [cell], teams: [agency], engagement });
	const chart = view.cells('');
	assert.doesNotMatch(chart.title + chart.subtitle, /declared|Slate/);
	assert.match(view.declared.title, /No declaration/);
});

test('hours of a frozen baseline are told from those that the files give today', () => {
	const frozen = [{ ...engagement[0], frozen_on: month(4) }];
	const notices = (e) => time({ baseline: [cell], teams: [agency], engagement: e }).notices.join(' ');
	assert.match(notices(frozen), /frozen as of/);
	assert.doesNotMatch(notices(engagement), /frozen as of/);
});

test('a task that only some teams declared is said to count too many hours', () => {
	const declared = { ...cell, hours_source: 'calibrated', declared_weekly_hours: 30 };
	const notices = (...baseline) => time({ baseline, teams: [agency], engagement }).notices.join(' ');
	assert.match(notices(declared, { ...cell, team_id: 'studio' }), /1 task was declared by only some .* rather too high/);
	assert.doesNotMatch(notices(declared, { ...declared, team_id: 'studio' }), /too high/);
	assert.doesNotMatch(notices(cell, { ...cell, team_id: 'studio' }), /too high/);
});

test('without a timesheet there is no calibration to show', () => {
	const declared = { ...cell, declared_weekly_hours: 30, observed_weekly_hours: null, calibration_ratio: 1, hours_source: 'declared' };
	assert.equal(time({ baseline: [declared], teams: [agency], engagement }).table('').rows[0].cells.calibration_ratio, '—');
});

test('what nobody was asked is not called withheld, and pictographs are left out', () => {
	const usage = [{ ...agency, users_share: null, familiarity: null, works: 'Notes 🙏🏽 | 🙂', missing: null }];
	const { cells } = tools({ tools: [], usage, documents: [] }).aiTable.rows[0];
	assert.deepEqual([cells.users_share, cells.works], ['not said', 'Notes']);
});

test('positions on AI are words of their own', () => {
	const contradictions = [{ topic: 'ai_usage', committee_says: 'missing', directors_say: null, teams_say: 'works' }];
	const { cells } = alignment({ votes: [], targets: [], contradictions, quotes: [] }).contradictions.rows[0];
	assert.deepEqual([cells.committee, cells.directors], ['mentions mostly what is missing', 'not said']);
});

test('the concession of the title is where the curve goes through zero', () => {
	const margin = { scenario: 'margin', npv_p50: -1, npv_p10: -2, npv_p90: 0, break_even_concession: 0.02, missing_inputs: null };
	const curve = (...values) => values.map(([price_concession, npv_base, npv_p50]) => ({ price_concession, npv_base, npv_p50 }));
	const title = (concession) => others({ scenarios: [margin], concession, projects: [] }).concession.title;
	assert.match(title(curve([0, 30, 10], [0.01, 10, -10], [0.02, -10, -30])), /beyond a 1.5% price concession on fees$/);
	assert.match(title(curve([0, 30, -1], [0.01, -30, -61])), /beyond a 0.5% .* even without one$/);
	assert.match(title(curve([0, -5, -9], [0.01, -30, -34])), /^Even without a concession/);
	assert.match(title(curve([0, 50, 9], [0.01, 40, 4])), /still pays for itself with a 1% price concession/);
	assert.match(title([]), /cannot be computed/);
});

test('before the first export every page says so, without a figure that nobody knows', () => {
	const task = { task_id: 'notes', task_name: 'Notes', horizon: '180_days', bankable_hours_year: null, owner: null, deadline: null };
	const said = [
		roadmap({ roadmap: [task], champions: [] }),
		baseline({ engagement, cells: [], effects: [], drift: [] }),
		quality({ files: [], results: [], engagement: [{ ...engagement[0], build_id: 'b' }], coverage: [] }),
		sensitivity({ sensitivity: [], scenarios: [{ scenario: 'growth', npv_base: null, is_priority: true }], assumptions: [] }),
		time({ baseline: [], teams: [agency], engagement })
	].map((view) => [view.answer.text, ...(view.answer.figures ?? []).map((figure) => figure.value)].join(' '));
	for (const text of said) assert.doesNotMatch(text, /—|\b0 (h|rows|files)|No assumption varies/);
});
