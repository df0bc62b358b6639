"""Section 3 of model.md: the three scenarios and their finance, all cases at once.

Arrays: first axis the case, second the month from t = 1. Does not belong here: the hours
themselves (model_funnel), how marts name or round them.
"""

from dataclasses import dataclass, field

import numpy as np

from tests.reference.model_cases import Array
from tests.reference.model_funnel import Funnel, ramp

DAY = 7
CLIENT_COSTS = (
    "seats", "seat_price", "implementation_days", "implementation_day_rate",
    "training_hours_per_seat", "run_cost_per_month",
)  # fmt: skip
FUNNEL_KEYS = (
    "gain", "eligible", "adoption_max", "adoption_half_time", "review_share", "bankable_share",
)  # fmt: skip
FINANCE = ("working_weeks", "horizon_months", "discount_rate")
USED = {
    "productivity": ("planned_hires", "freelance_days", "freelance_day_rate"),
    "growth": (
        "hours_per_pitch", "hours_per_project", "hours_per_upsell", "conversion_rate",
        "average_project_value", "external_cost_share", "extra_pitches_per_year",
        "pitch_cash_cost", "upsell_deals_per_year", "upsell_value", "sales_lag_months",
    ),
    "margin": ("cash_share", "price_concession"),
}  # fmt: skip


@dataclass
class Flows:
    """One scenario's monthly flows in every case."""

    benefit: Array
    hours_used: Array
    analytic: Array | None = None
    revenue: Array | None = None
    capacity_hours: Array | None = None
    capacity_value: Array | None = None
    hires: Array | None = None
    late: list[tuple[int, Array]] = field(default_factory=list)  # (month, benefit) beyond T
    extra: dict[str, Array] = field(default_factory=dict)


@dataclass
class Outcome:
    """One scenario's flows with costs and finance."""

    flows: Flows
    initial_cost: Array
    cost: Array  # monthly, by case
    npv: Array
    npv_analytic: Array | None
    payback: int | None
    roi: float | None
    cumulative: Array  # from month 0


class Roi:
    """The scenarios over the hours that a funnel leaves."""

    def __init__(self, funnel: Funnel, usable: dict[str, Array]) -> None:
        self.funnel, self.usable, self.view = funnel, usable, funnel.view
        self.teams = sorted(self.view.teams)
        self.cost_of = {j: self.view.teams[j]["hourly_cost"] for j in self.teams}
        self.swap = bool(self.view.config["teams_can_swap"])
        self.total = sum(usable.values())

    def col(self, key: str) -> Array:
        return self.funnel.value(key)[:, None]

    def missing(self, scenario: str) -> list[str]:
        """Required keys without a value; what is multiplied by a given 0 is not required."""
        known = self.funnel.ranges.keys() | self.funnel.by_team.keys()
        ranges, maps = self.funnel.ranges, self.funnel.by_team
        waived: set[str] = set()
        if ranges["upsell_deals_per_year"] == (0, 0, 0):
            waived |= {"upsell_value", "hours_per_upsell"}
        if ranges.get("implementation_days") == (0, 0, 0):
            waived.add("implementation_day_rate")
        if "freelance_days" in maps and not any(maps["freelance_days"].values()):
            waived.add("freelance_day_rate")
        keys = (*USED[scenario], *CLIENT_COSTS)
        missing = {key for key in keys if key not in known} - waived
        if scenario == "margin" and not self.view.rows("project_types"):
            missing.add("project_types")
        covered = {team for team, _ in self.funnel.hours}
        # A least over teams needs each of them: an uncovered team has null hours, never zero.
        needed = {
            j
            for key in ("hours_per_pitch", "hours_per_project")
            for j, hours in maps.get(key, {}).items()
            if scenario == "growth" and hours > 0 and not self.swap
        }
        if not covered or needed - covered:
            missing.add("baseline_hours")
        return sorted(missing)

    def productivity(self) -> Flows:
        weeks, hours_week = self.funnel.weeks, self.view.config["weekly_hours"]
        hire_hours = weeks * hours_week / 12
        maps = self.funnel.by_team
        has_rate = "freelance_day_rate" in self.funnel.ranges
        rate = self.col("freelance_day_rate") if has_rate else np.zeros((1, 1))
        zero = np.zeros_like(self.total)
        flows = Flows(zero.copy(), zero.copy(), None, None, zero.copy(), zero.copy(), zero.copy())
        assert flows.capacity_hours is not None and flows.capacity_value is not None
        for j in self.teams:
            u, cost = self.usable[j], self.cost_of[j]
            most = np.minimum(np.floor(u / hire_hours + 1e-9), np.floor(maps["planned_hires"][j]))
            day_hours = maps["freelance_days"][j] * DAY / 12
            best = np.full_like(u, -np.inf)
            hires, freelance = np.zeros_like(u), np.zeros_like(u)
            for h in range(int(most.max(initial=0)) + 1):
                lance = np.minimum(np.maximum(u - h * hire_hours, 0), day_hours)
                value = h * hire_hours * cost + lance / DAY * rate
                take = (h <= most) & (np.round(value, 9) >= np.round(best, 9))
                best = np.where(take, value, best)
                hires = np.where(take, h, hires)
                freelance = np.where(take, lance, freelance)
            left = np.maximum(u - hires * hire_hours - freelance, 0)
            flows.benefit += best
            flows.hours_used += hires * hire_hours + freelance
            flows.capacity_hours += left
            flows.capacity_value += left * cost
            flows.hires = flows.hires + hires
        flows.extra["fte"] = self.total * 12 / (weeks * hours_week)
        return flows

    def growth(self) -> Flows | None:
        maps, horizon = self.funnel.by_team, self.funnel.horizon
        win_share, external = self.col("conversion_rate"), self.col("external_cost_share")
        need = {
            j: maps["hours_per_pitch"][j] + win_share * maps["hours_per_project"][j]
            for j in self.teams
        }
        if not any(np.any(n > 0) for n in need.values()):
            return None
        infinite = np.full_like(self.total, np.inf)

        def ratio(top: Array, bottom: Array) -> Array:
            with np.errstate(divide="ignore", invalid="ignore"):
                return np.where(bottom > 0, top / bottom, infinite)

        by_team = {j: ratio(self.usable[j], need[j]) for j in self.teams}
        # The ledger's pool: "with teams_can_swap, ΣU over the teams with a need".
        if self.swap:
            pool = sum(np.where(need[j] > 0, self.usable[j], 0.0) for j in self.teams)
            limit = ratio(pool, sum(need.values()))
        else:
            limit = np.minimum.reduce(list(by_team.values()))
        pitches = np.minimum(limit, self.col("extra_pitches_per_year") / 12)
        per_upsell = maps.get("hours_per_upsell", dict.fromkeys(self.teams, 0.0))
        wanted = self.col("upsell_deals_per_year") / 12
        if self.swap:
            left = np.maximum(pool - pitches * sum(need.values()), 0)
            room = ratio(left, np.asarray(sum(per_upsell.values())))
        else:
            room = np.minimum.reduce(
                [
                    ratio(
                        np.maximum(self.usable[j] - pitches * need[j], 0), np.asarray(per_upsell[j])
                    )
                    for j in self.teams
                ]
            )
        upsells = np.minimum(room, wanted)
        wins = pitches * win_share
        lag = np.floor(self.funnel.value("sales_lag_months") + 0.5 + 1e-9).astype(int)
        value = self.funnel.value("average_project_value")
        won = np.zeros((len(lag), horizon + int(lag.max()) + 1))  # position t, from t = 0
        for case, delay in enumerate(lag):
            won[case, 1 + delay : 1 + delay + horizon] = wins[case]
        revenue = won * value[:, None]
        upsold = upsells * (
            self.col("upsell_value") if "upsell_value" in self.funnel.ranges else 0.0
        )
        keep = 1 - external
        flows = Flows(
            (revenue[:, 1 : horizon + 1] + upsold) * keep - pitches * self.col("pitch_cash_cost"),
            pitches * sum(need.values()) + upsells * sum(per_upsell.values()),
            revenue=revenue[:, 1 : horizon + 1] + upsold,
            late=[(t, revenue[:, t] * keep[:, 0]) for t in range(horizon + 1, revenue.shape[1])],
        )
        flows.extra |= {"pitches": pitches, "wins": wins, "upsells": upsells}
        flows.extra |= {f"room:{j}": by_team[j] for j in self.teams}
        return flows

    def project_sums(self) -> tuple[dict[str, float], float]:
        """Σ_p V·h by team and Σ_p V·(P − X)."""
        types = {r["project_type"]: r for r in self.view.rows("project_types")}
        load = dict.fromkeys(self.teams, 0.0)
        for row in self.view.rows("project_type_hours"):
            load[row["team_id"]] += types[row["project_type"]]["annual_volume"] * row["hours"]
        fees = sum(r["annual_volume"] * (r["price"] - r["external_cost"]) for r in types.values())
        return load, fees

    def saved_share(self, j: str) -> Array:
        """s[j,t]·share_j in every case and month."""
        of_team = [h for (k, _), h in self.funnel.hours.items() if k == j]
        load, _ = self.project_sums()
        if not of_team or load[j] == 0:
            return np.zeros_like(self.total)
        yearly = (sum(of_team) * self.funnel.weeks)[:, None]
        return self.usable[j] / (yearly / 12) * np.minimum(1, yearly / load[j])

    def margin(self, concession_share: float | None = None) -> Flows:
        load, fees = self.project_sums()
        if concession_share is None:
            concession_share = self.funnel.ranges["price_concession"][1]
        saved, used = np.zeros_like(self.total), np.zeros_like(self.total)
        for j in self.teams:
            hours = load[j] / 12 * self.saved_share(j)
            used += hours
            saved += hours * self.cost_of[j]
        shape = ramp(self.funnel.months, self.funnel.value("adoption_half_time"))
        concession = concession_share * shape * fees / 12
        flows = Flows(self.col("cash_share") * saved - concession, used)
        flows.analytic = saved - concession
        flows.extra |= {"saved": saved, "concession": concession}
        return flows

    def scenario(self, name: str) -> Outcome | None:
        if self.missing(name):
            return None
        flows = {"productivity": self.productivity, "growth": self.growth, "margin": self.margin}[
            name
        ]()
        return None if flows is None else self.finance(flows)

    def finance(self, flows: Flows) -> Outcome:
        value, horizon = self.funnel.value, self.funnel.horizon
        heads = {j: self.view.teams[j]["headcount"] for j in self.teams}
        mean_cost = sum(heads[j] * self.cost_of[j] for j in self.teams) / sum(heads.values())
        has_rate = "implementation_day_rate" in self.funnel.ranges
        day_rate = value("implementation_day_rate") if has_rate else 0.0
        initial = (
            value("implementation_days") * day_rate
            + value("training_hours_per_seat") * value("seats") * mean_cost
        )
        cost = value("seats") * value("seat_price") + value("run_cost_per_month")
        rate = (1 + self.funnel.ranges["discount_rate"][1]) ** (1 / 12)
        factors = rate ** -np.arange(1, horizon + 1)
        late = sum((b * rate**-t for t, b in flows.late), np.zeros_like(initial))
        npv = -initial + (flows.benefit - cost[:, None]) @ factors + late
        analytic = None
        if flows.analytic is not None:
            analytic = -initial + (flows.analytic - cost[:, None]) @ factors
        cumulative = np.cumsum(
            np.concatenate([-initial[:, None], flows.benefit - cost[:, None]], axis=1), axis=1
        )
        paid = np.nonzero(np.round(cumulative[0], 9) >= 0)[0]
        costs = initial[0] + cost[0] * factors.sum()
        benefits = flows.benefit[0] @ factors + late[0]
        return Outcome(
            flows, initial, cost, npv, analytic,
            int(paid[0]) if len(paid) else None,
            float((benefits - costs) / costs) if costs > 0 else None,
            cumulative,
        )  # fmt: skip
