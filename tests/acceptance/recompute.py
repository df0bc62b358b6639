"""Sections 2, 3 and 5 of model.md once more, in plain Python, for the base case.

Belongs here: the formulas as the specification says them, read by a second pair of eyes from the
specification alone. Does not belong here: any import of Jalon, nor a look at its SQL.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp, floor
from typing import Any

import numpy as np

from tests.acceptance.raw_files import RawEngagement
from tests.acceptance.recompute_baseline import baseline

STEPS = (
    "baseline_hours", "eligible_hours", "gained_hours", "adopted_hours", "net_hours",
    "bankable_hours",
)  # fmt: skip
_DELAYS = {"now": 0, "30_days": 1, "90_days": 3, "180_days": 6}
# "Assumptions and suggested ranges" of model.md: the base of what nobody gave.
_DEFAULTS = {
    "gain": 0.30, "eligible": 1.0, "adoption_max": 0.60, "adoption_half_time": 4.0,
    "review_share": 0.15, "bankable_share": 0.50, "conversion_rate": 0.33,
    "upsell_deals_per_year": 0.0, "sales_lag_months": 4.0, "price_concession": 0.0,
    "cash_share": 0.50, "seat_price": 30.0, "working_weeks": 44.0, "horizon_months": 36.0,
    "discount_rate": 0.10,
}  # fmt: skip
_HOURS_A_DAY = 7.0
_WEIGHTS = {
    "productivity": (0.6, 0.2, 0.2), "growth": (0.3, 0.5, 0.2), "margin": (0.5, 0.15, 0.35),
}  # fmt: skip
_IMPACT = ("faster", "better", "consistent")
_EASE = ("solution", "data", "integration", "risk", "horizon")


@dataclass(frozen=True)
class Result:
    """What a scenario comes to. `hours_used` by month, from month 1 on."""

    npv: float
    payback_months: int | None
    roi: float
    hours_used: list[float]


class Recomputation:
    """All figures of the base case of one engagement."""

    def __init__(self, raw: RawEngagement) -> None:
        self.raw = raw
        self.given = {k: _base(v) for k, v in raw.config["assumptions"].items()}
        self.teams: dict[str, dict[str, Any]] = raw.config["teams"]
        self.months = range(1, int(self.a("horizon_months")) + 1)
        self.weeks = self.a("working_weeks")
        self.baseline = baseline(raw)
        self.tasks = sorted({task for _, task in self.baseline.hours if task in raw.tasks})
        self.horizons = self._horizons()
        self.usable = {
            (team, t): sum(
                self.funnel_row(team, task, t)["bankable_hours"]
                for task in self.tasks
                if (team, task) in self.baseline.hours
            )
            for team in self.teams
            for t in self.months
        }

    def a(self, key: str) -> float:
        """The base value of an assumption that is one number."""
        return float(self.given[key] if key in self.given else _DEFAULTS[key])

    def by_team(self, key: str) -> dict[str, float]:
        """An assumption given by team; a team that is not listed has 0."""
        given = self.given.get(key, {})
        return {team: float(given.get(team, 0)) for team in self.teams}

    # --- section 2 ---

    def adoption(self, month: float) -> float:
        """A(t): the share of people who use it."""
        if month <= 0:
            return 0.0
        k, half = 0.9, self.a("adoption_half_time")
        at_start = _logistic(-k * half)
        return self.a("adoption_max") * (_logistic(k * (month - half)) - at_start) / (1 - at_start)

    def steps(self, team: str, task: str, adoption: float) -> dict[str, float]:
        """The funnel of one task in one team at a given adoption."""
        decided, tag = self.raw.tasks[task], self.raw.tags[task]
        share = float(decided["eligible_share"] or tag["rule_share"] or 0)
        if tag["nature"] == "undetermined" or tag["is_waiting"]:
            share = 0.0
        share = min(1.0, share * self.a("eligible"))
        gain = float(decided["gain_base"] or self.a("gain"))
        hours = self.baseline.hours[team, task] * self.weeks / 12
        factors = (1.0, share, gain, adoption, 1 - self.a("review_share"), self.a("bankable_share"))
        return dict(zip(STEPS, (hours * f for f in np.cumprod(factors)), strict=True))

    def funnel_row(self, team: str, task: str, month: int) -> dict[str, float]:
        """The funnel of one month; the hours of a task out of scope are never adopted."""
        delay = _DELAYS.get(self.horizons[task])
        return self.steps(team, task, 0.0 if delay is None else self.adoption(month - delay))

    def _steady_year(self, task: str, step: str) -> float:
        cells = (cell for cell in self.baseline.hours if cell[1] == task)
        return 12 * sum(self.steps(*cell, self.a("adoption_max"))[step] for cell in cells)

    # --- section 5 ---

    def _scores(self, task: str) -> dict[str, float]:
        scores = {c: s for (t, c), s in self.raw.score_proposals.items() if t == task}
        humans = {c: float(np.median(s)) for (t, c), s in self.raw.scores.items() if t == task}
        if "faster" not in humans:
            year = self.weeks * sum(self.baseline.hours.values())
            share = round(self._steady_year(task, "net_hours") / year, 9)
            scores["faster"] = 1.0 + sum(share >= band for band in (0.0025, 0.005, 0.01, 0.02))
        return scores | humans

    def matrix(self, task: str) -> tuple[float | None, float | None, str]:
        """Impact, ease and quadrant."""
        scores = self._scores(task)
        impact = ease = None
        if all(c in scores for c in _IMPACT):
            weights = _WEIGHTS[self.raw.config["priority"]]
            values = [scores[c] for c in _IMPACT]
            impact = 0.6 * max(values) + 0.4 * float(np.dot(weights, values))
        if all(c in scores for c in _EASE):
            hard = scores["risk"] < 2 or scores["data"] < 2
            awkward = any(scores[c] < 2 for c in ("solution", "integration", "horizon"))
            cap = 2 if hard else 3 if scores["risk"] < 3 or awkward else 5
            ease = min(float(np.mean([scores[c] for c in _EASE])), cap)
        quadrants = {
            ("high", "high"): "quick_win", ("high", "low"): "strategic_bet",
            ("low", "high"): "nice_to_have", ("low", "low"): "ignore",
        }  # fmt: skip
        return impact, ease, quadrants.get((_band(impact), _band(ease)), "to_investigate")

    def _horizons(self) -> dict[str, str]:
        """tasks.csv first, then the roadmap rule."""
        quadrant = {task: self.matrix(task)[2] for task in self.tasks}
        wins = [t for t in self.tasks if quadrant[t] == "quick_win" and self._potential(t) > 0]
        selected = self._selected(wins)
        horizons = {}
        for task in self.tasks:
            rule = "later"
            if task in selected:
                rule = "now" if self._is_immediate(task) else "30_days"
            elif task in wins:
                rule = "90_days"
            elif quadrant[task] == "strategic_bet":
                rule = "180_days"
            horizons[task] = self.raw.tasks[task]["horizon"] or rule
        return horizons

    def _potential(self, task: str) -> float:
        return self._steady_year(task, "bankable_hours")

    def _selected(self, wins: list[str]) -> list[str]:
        def order(task: str) -> tuple[float, float, str]:
            return -self._potential(task), -(self.matrix(task)[1] or 0), task

        selected: list[str] = []
        places: dict[str, int] = defaultdict(int)
        for task in sorted(wins, key=order):
            hours = {team: h for (team, t), h in self.baseline.hours.items() if t == task}
            main_team = min(hours, key=lambda team: (-hours[team], team))
            owner = self.raw.tasks[task]["owner"]
            holders = [f"team {main_team}"] + ([f"owner {owner}"] if owner else [])
            is_open = self.raw.tags[task]["nature"] != "undetermined"
            if is_open and len(selected) < 5 and all(places[h] < 2 for h in holders):
                selected.append(task)
                for holder in holders:
                    places[holder] += 1
        return selected

    def _is_immediate(self, task: str) -> bool:
        scores, training = self._scores(task), self.raw.tasks[task]["training_hours"]
        at_hand = scores["solution"] == 5 and scores["integration"] == 5 and scores["risk"] >= 4
        return at_hand and training != "" and float(training) == 0

    # --- section 3 ---

    def productivity(self) -> Result:
        """Recruitment and freelance days that are no longer needed."""
        year = self.weeks * float(self.raw.config["calendar"]["weekly_hours"])
        planned, days = self.by_team("planned_hires"), self.by_team("freelance_days")
        rate = self.a("freelance_day_rate")

        def of_team(team: str, t: int) -> tuple[float, float]:
            usable, best = self.usable[team, t], (-1.0, 0.0)
            for hires in range(int(min(floor(usable * 12 / year + 1e-9), planned[team])) + 1):
                left = max(0.0, usable - hires * year / 12)
                bought = min(left, days[team] * _HOURS_A_DAY / 12)
                money = hires * year / 12 * self.teams[team]["hourly_cost"]
                money += bought / _HOURS_A_DAY * rate
                best = max(best, (money, hires * year / 12 + bought))
            return best

        results = [[of_team(team, t) for team in self.teams] for t in self.months]
        benefits = {t: sum(b for b, _ in results[t - 1]) for t in self.months}
        return self._finance(benefits, [sum(h for _, h in month) for month in results])

    def growth(self) -> Result:
        """Pitches and upsells that the hours allow; wins come after the sales lag."""
        wins_a_pitch, to_upsell = self.a("conversion_rate"), self.by_team("hours_per_upsell")
        pitch, project = self.by_team("hours_per_pitch"), self.by_team("hours_per_project")
        need = {team: pitch[team] + wins_a_pitch * project[team] for team in self.teams}
        kept = 1 - self.a("external_cost_share")
        lag = floor(self.a("sales_lag_months") + 0.5)
        benefits: dict[int, float] = defaultdict(float)
        used = []
        for t in self.months:
            usable = {team: self.usable[team, t] for team in self.teams}
            most = min(usable[j] / need[j] for j in need if need[j] > 0)
            pitches = min(most, self.a("extra_pitches_per_year") / 12)
            left = {team: usable[team] - pitches * need[team] for team in self.teams}
            most = min(left[j] / to_upsell[j] for j in to_upsell if to_upsell[j] > 0)
            upsells = min(max(0.0, most), self.a("upsell_deals_per_year") / 12)
            wins = pitches * wins_a_pitch
            benefits[t + lag] += wins * self.a("average_project_value") * kept
            benefits[t] += upsells * self.a("upsell_value") * kept
            benefits[t] -= pitches * self.a("pitch_cash_cost")
            used.append(sum(pitches * need[j] + upsells * to_upsell[j] for j in self.teams))
        return self._finance(benefits, used)

    def margin(self) -> Result:
        """Production hours that leave the projects; only a share of them leaves the cost base."""
        types = self.raw.config["project_types"].values()
        fees = sum(p["annual_volume"] * (p["price"] - p["external_cost"]) for p in types) / 12
        all_hours: dict[str, float] = defaultdict(float)
        for (team, _), hours in self.baseline.hours.items():
            all_hours[team] += hours
        sold = {
            j: sum(p["annual_volume"] * p["hours"].get(j, 0) for p in types) for j in self.teams
        }
        benefits, used = {}, []
        for t in self.months:
            at_work: dict[str, float] = {}
            for team in self.teams:
                share = self.usable[team, t] / (all_hours[team] * self.weeks / 12)
                is_sold = min(1.0, all_hours[team] * self.weeks / sold[team])
                at_work[team] = sold[team] / 12 * share * is_sold
            saved = sum(at_work[team] * self.teams[team]["hourly_cost"] for team in self.teams)
            given_up = self.adoption(t) / self.a("adoption_max") * fees
            benefits[t] = self.a("cash_share") * saved - self.a("price_concession") * given_up
            used.append(sum(at_work.values()))
        return self._finance(benefits, used)

    def _finance(self, benefits: Mapping[int, float], hours_used: list[float]) -> Result:
        headcount = sum(team["headcount"] for team in self.teams.values())
        mean_cost = sum(t["headcount"] * t["hourly_cost"] for t in self.teams.values()) / headcount
        at_start = self.a("implementation_days") * self.a("implementation_day_rate")
        at_start += self.a("training_hours_per_seat") * self.a("seats") * mean_cost
        monthly = self.a("seats") * self.a("seat_price") + self.a("run_cost_per_month")
        rate = (1 + self.a("discount_rate")) ** (1 / 12) - 1

        def present(amount: Callable[[int], float], months: Any) -> float:
            return float(sum(amount(t) / (1 + rate) ** t for t in months))

        income = present(lambda t: benefits[t], sorted(benefits))
        costs = at_start + present(lambda t: monthly, self.months)
        running, payback = -at_start, None
        for t in self.months:
            running += benefits.get(t, 0.0) - monthly
            if running >= 0 and payback is None:
                payback = t
        return Result(income - costs, payback, (income - costs) / costs, hours_used)


def _base(given: Any) -> Any:
    """A number is its own base; a map without `base` goes by team."""
    return given["base"] if isinstance(given, dict) and "base" in given else given


def _band(value: float | None) -> str:
    if value is None:
        return "missing"
    rounded = round(value, 9)
    return "high" if rounded >= 3.5 else "low" if rounded < 2.5 else "middle"


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-x))
