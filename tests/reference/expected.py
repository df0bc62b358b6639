"""What the reference says each compared table holds, as {table: {key: {column: value}}}.

Belongs here: the reference's results under the marts' names. Does not belong here: formulas,
reading of warehouses.
"""

from typing import Any

import numpy as np

from tests.reference.model_baseline import Baseline, compute_baseline
from tests.reference.model_cases import POSITIONS, Array
from tests.reference.model_funnel import STEPS, Funnel, ramp
from tests.reference.model_inputs import UNMAPPED, Engagement, View, add_months
from tests.reference.model_matrix import EASE, IMPACT, Placed, place
from tests.reference.model_roi import Outcome, Roi

Table = dict[tuple[Any, ...], dict[str, Any]]
SCENARIOS = ("productivity", "growth", "margin")


class Expected:
    """The reference's figures of one engagement."""

    def __init__(self, engagement: Engagement) -> None:
        self.view = View(engagement)
        self.baseline: Baseline = compute_baseline(self.view)
        self.funnel = Funnel(self.view, self.baseline)
        self.matrix: dict[str, Placed] = place(self.view, self.funnel)
        self.horizons = {task: placed.horizon for task, placed in self.matrix.items()}
        self.usable = self.funnel.usable(self.horizons)
        self.roi = Roi(self.funnel, self.usable)
        self.outcomes: dict[str, Outcome | None] = {n: self.roi.scenario(n) for n in SCENARIOS}

    def baseline_cells(self) -> Table:
        return {
            cell: {
                "calibrated_weekly_hours": h.hours,
                "calibrated_weekly_hours_low": h.low,
                "calibrated_weekly_hours_high": h.high,
                **({"calibration_ratio": h.ratio} if h.source == "calibrated" else {}),
                "hours_source": h.source,
                "people_count": h.people,
            }
            for cell, h in self.baseline.cells.items()
        }

    def teams(self) -> Table:
        return {
            (team,): {
                "respondents_count": self.baseline.respondents[team],
                "persons_with_timesheets_count": self.baseline.with_timesheets[team],
            }
            for team in self.view.teams
        }

    def tasks(self) -> Table:
        return {
            (task,): {
                "nature": terms.nature,
                "eligible_share": terms.eligible_share,
                "gain_low": terms.gain[0],
                "gain_base": terms.gain[1],
                "gain_high": terms.gain[2],
            }
            for task, terms in self.funnel.terms.items()
        }

    def _delay(self, task: str) -> int | None:
        from tests.reference.model_funnel import DELAYS

        return DELAYS.get(self.horizons[task])

    def funnel_months(self) -> Table:
        """By team, task and month, base case."""
        rows: Table = {}
        for team, task in self.baseline.cells:
            if task == UNMAPPED:
                continue
            steps = self.funnel.steps((team, task), self._delay(task))
            potential = self.funnel.steps((team, task), 0)["bankable_hours"][0]
            for index in range(self.funnel.horizon):
                row = {"is_in_scope": self._delay(task) is not None}
                for name in ("baseline_hours", "eligible_hours"):
                    row[name] = steps[name][0]
                for name in STEPS:
                    row[name] = steps[name][0] if name == "gained_hours" else steps[name][0][index]
                row["potential_hours"] = potential[index]
                rows[team, task, index + 1] = row
        return rows

    def matrix_rows(self) -> Table:
        return {
            (task,): {
                **{c: p.scores[c] for c in IMPACT + EASE},
                "impact": p.impact,
                "ease": p.ease,
                "quadrant": p.quadrant,
                "needs_adjudication": p.needs_adjudication,
                "bankable_hours_year": p.bankable_hours_year if p.main_team else None,
                "is_selected": p.is_selected,
                "is_immediate": p.is_immediate,
                "rank": p.rank,
            }
            for task, p in self.matrix.items()
        }

    def axes(self) -> Table:
        """What the published matrix says whatever is folded."""
        columns = ("impact", "ease", "quadrant", "is_selected", "is_immediate", "rank")
        return {key: {c: row[c] for c in columns} for key, row in self.matrix_rows().items()}

    def engagement(self) -> Table:
        """Year-1 net hours against all hours."""
        everything = self.baseline.all_hours * self.funnel.weeks
        net = sum(
            float(row["net_hours"])
            for (_, _, month), row in self.funnel_months().items()
            if month <= 12
        )
        share = net / everything if everything else None
        return {
            (): {
                "year_1_net_hours_share": share,
                "is_above_published_evidence": None if share is None else round(share, 9) > 0.06,
            }
        }

    def project_types(self) -> Table:
        """Yearly hours, cost and margin before and after at steady state."""
        rows: Table = {}
        if not self.baseline.cells:
            return rows
        hours: dict[str, dict[str, float]] = {}
        for r in self.view.rows("project_type_hours"):
            hours.setdefault(r["project_type"], {})[r["team_id"]] = r["hours"]
        saved = {j: self.roi.saved_share(j)[0][-12:].mean() for j in self.roi.teams}
        given_away = self.funnel.ranges["price_concession"][1]
        for p in self.view.rows("project_types"):
            volume, own = p["annual_volume"], hours.get(p["project_type"], {})
            before = {j: volume * h for j, h in own.items()}
            after = {j: h * (1 - saved[j]) for j, h in before.items()}
            external = volume * p["external_cost"]
            cost_before, cost_after = (
                external + sum(h * self.roi.cost_of[j] for j, h in side.items())
                for side in (before, after)
            )
            revenue = volume * p["price"]
            rows[p["project_type"],] = {
                "hours_before": sum(before.values()),
                "hours_after": sum(after.values()),
                "cost_before": cost_before,
                "cost_after": cost_after,
                "margin_before": revenue - cost_before,
                "margin_after": revenue - given_away * (revenue - external) - cost_after,
            }
        return rows

    def roadmap(self) -> Table:
        return {(task,): {"horizon": p.horizon} for task, p in self.matrix.items()}

    def npvs(self) -> Table:
        """NPV of every case."""
        rows: Table = {}
        for name, outcome in self.outcomes.items():
            if outcome:
                for index, case in enumerate(self.funnel.cases.names):
                    rows[name, case] = {"npv": outcome.npv[index]}
                    if outcome.npv_analytic is not None:
                        rows[name, case]["npv_analytic"] = outcome.npv_analytic[index]
        return rows

    def _quantiles(self, values: Array) -> list[float]:
        return [
            float(q)
            for q in np.quantile(values[self.funnel.cases.first_draw :], (0.1, 0.5, 0.9), axis=0)
        ]

    def scenarios(self) -> Table:
        rows: Table = {}
        for name, outcome in self.outcomes.items():
            missing = self.roi.missing(name)
            row: dict[str, Any] = {
                "is_priority": name == self.view.config["priority"],
                "missing_inputs": ", ".join(missing) or None,
            }
            rows[name,] = row
            columns = (
                "hours_year_1", "hours_steady_year", "fte_steady", "npv_base", "npv_p10",
                "npv_p50", "npv_p90", "probability_positive", "payback_months", "roi",
            )  # fmt: skip
            row |= dict.fromkeys(columns)
            if outcome is None:
                continue
            used, total = outcome.flows.hours_used[0], self.roi.total[0]
            draws = outcome.npv[self.funnel.cases.first_draw :]
            row["hours_year_1"], row["hours_steady_year"] = used[:12].sum(), used[-12:].sum()
            row["fte_steady"] = total[-12:].sum() / (
                self.funnel.weeks * self.view.config["weekly_hours"]
            )
            row["npv_base"] = outcome.npv[0]
            row["npv_p10"], row["npv_p50"], row["npv_p90"] = self._quantiles(outcome.npv)
            row["probability_positive"] = float(np.mean(draws > 0))
            row["payback_months"], row["roi"] = outcome.payback, outcome.roi
            row["hours_used_share"] = (
                used[-12:].sum() / total[-12:].sum() if total[-12:].sum() else None
            )
            extra = outcome.flows.extra
            if name == "productivity":
                assert outcome.flows.hires is not None
                row["hires_avoided_steady"] = outcome.flows.hires[0][-12:].mean()
            if name == "growth":
                row["extra_pitches"] = extra["pitches"][0][-12:].sum()
                row["extra_projects"] = extra["wins"][0][-12:].sum()
            if name == "margin" and outcome.npv_analytic is not None:
                row["npv_analytic_base"] = outcome.npv_analytic[0]
                row["npv_analytic_p50"] = self._quantiles(outcome.npv_analytic)[1]
                _, fees = self.roi.project_sums()
                cash = self.funnel.value("cash_share")[0] * extra["saved"][0][-12:].sum()
                cost = outcome.cost[0] * 12
                row["break_even_concession_gross"] = cash / fees if fees else None
                row["break_even_concession"] = max(0, (cash - cost) / fees) if fees else None
        return rows

    def monthly(self) -> Table:
        rows: Table = {}
        start = self.view.config["programme_start"]
        adoption = (
            self.funnel.value("adoption_max")[0]
            * ramp(self.funnel.months, self.funnel.value("adoption_half_time"))[0]
        )
        for name, outcome in self.outcomes.items():
            if outcome is None:
                continue
            flows, fan = outcome.flows, outcome.cumulative[self.funnel.cases.first_draw :]
            p10, p50, p90 = np.quantile(fan, (0.1, 0.5, 0.9), axis=0)
            for t in range(self.funnel.horizon + 1):
                benefit = flows.benefit[0, t - 1] if t else 0.0
                cost = outcome.cost[0] if t else outcome.initial_cost[0]
                row = {
                    "month_on": add_months(start, t - 1),
                    "benefit": benefit,
                    "cost": cost,
                    "net": benefit - cost,
                    "cumulative_net": outcome.cumulative[0, t],
                    "cumulative_net_p10": p10[t],
                    "cumulative_net_p50": p50[t],
                    "cumulative_net_p90": p90[t],
                    "hours_used": flows.hours_used[0, t - 1] if t else 0.0,
                    "adoption": adoption[t - 1] if t else 0.0,
                }
                if t and flows.analytic is not None:
                    row["benefit_analytic"] = flows.analytic[0, t - 1]
                if t and flows.revenue is not None:
                    row["revenue"] = flows.revenue[0, t - 1]
                if t and flows.capacity_hours is not None and flows.capacity_value is not None:
                    row["capacity_hours"] = flows.capacity_hours[0, t - 1]
                    row["capacity_value"] = flows.capacity_value[0, t - 1]
                rows[name, t] = row
            keep = 1 - self.funnel.value("external_cost_share")[0] if flows.late else 1.0
            lag = int(np.floor(self.funnel.value("sales_lag_months")[0] + 0.5 + 1e-9))
            for t, late in flows.late[:lag]:  # wins of pitches made up to the horizon
                rows[name, t] = {"benefit": late[0], "month_on": add_months(start, t - 1)}
                if keep:
                    rows[name, t]["revenue"] = late[0] / keep
        return rows

    def sensitivity(self) -> Table:
        rows: Table = {}
        names = self.funnel.cases.names
        for name, outcome in self.outcomes.items():
            if outcome is None:
                continue
            found = []
            for key in POSITIONS:
                if f"low:{key}" in names:
                    low = float(outcome.npv[names.index(f"low:{key}")])
                    high = float(outcome.npv[names.index(f"high:{key}")])
                    found.append((-round(abs(high - low), 6), key, low, high))  # ties: smaller id
            for rank, (_, key, low, high) in enumerate(sorted(found), start=1):
                rows[name, key] = {
                    "npv_low": low,
                    "npv_high": high,
                    "swing": abs(high - low),
                    "rank": rank,
                }
        return rows

    def concession(self, steps: list[float]) -> Table:
        """NPV of the margin scenario at each step of the curve."""
        if self.outcomes["margin"] is None:
            return {}
        rows: Table = {}
        for step in steps:
            npv = self.roi.finance(self.roi.margin(step)).npv
            rows[step,] = {"npv_base": npv[0], "npv_p50": self._quantiles(npv)[1]}
        return rows
