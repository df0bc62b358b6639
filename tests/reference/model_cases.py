"""Section 4 of model.md: assumptions settled, and the value of each in every case at once.

Does not belong here: what the values do to hours and money.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tests.reference.model_inputs import View

Array = npt.NDArray[np.float64]
DRAWS = 2000
POSITIONS = (
    "adoption_half_time", "adoption_max", "average_project_value", "bankable_share",
    "baseline_hours", "cash_share", "conversion_rate", "eligible", "external_cost_share",
    "extra_pitches_per_year", "freelance_day_rate", "gain", "implementation_day_rate",
    "implementation_days", "pitch_cash_cost", "review_share", "run_cost_per_month",
    "sales_lag_months", "seat_price", "seats", "training_hours_per_seat",
    "upsell_deals_per_year", "upsell_value",
)  # fmt: skip
PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83)
TEAM_KEYS = (
    "hours_per_pitch", "hours_per_project", "hours_per_upsell", "planned_hires", "freelance_days",
)  # fmt: skip
DEFAULTS: dict[str, tuple[float, float, float]] = {
    "gain": (0.10, 0.30, 0.40),
    "eligible": (0.75, 1, 1.25),
    "adoption_max": (0.30, 0.60, 0.80),
    "adoption_half_time": (2, 4, 9),
    "review_share": (0.0, 0.15, 0.37),
    "bankable_share": (0.30, 0.50, 0.80),
    "conversion_rate": (0.15, 0.33, 0.45),
    "upsell_deals_per_year": (0, 0, 0),
    "sales_lag_months": (2, 4, 9),
    "price_concession": (0, 0, 0),
    "cash_share": (0.10, 0.50, 0.80),
    "seat_price": (20, 30, 60),
    "working_weeks": (44, 44, 44),
    "horizon_months": (36, 36, 36),
    "discount_rate": (0.10, 0.10, 0.10),
}


def triangular(u: Array, low: float, base: float, high: float) -> Array:
    """The inverse of the triangular distribution, as the section writes it."""
    if high <= low:
        return np.full_like(u, base)
    share = (base - low) / (high - low)
    rising = low + np.sqrt(u * (high - low) * (base - low))
    falling = high - np.sqrt((1 - u) * (high - low) * (high - base))
    return np.where(u < share, rising, falling)


@dataclass
class Cases:
    """Names of the cases in order: base, low and high of each varied key, then the draws."""

    names: list[str]
    uniforms: dict[str, Array]  # of each key, over the draws

    @property
    def first_draw(self) -> int:
        return len(self.names) - DRAWS

    def values(self, key: str, low: float, base: float, high: float) -> Array:
        """The value of a quantity that moves with `key`, case by case."""
        fixed = np.full(self.first_draw, float(base))
        for index, name in enumerate(self.names[: self.first_draw]):
            if name == f"low:{key}":
                fixed[index] = low
            elif name == f"high:{key}":
                fixed[index] = high
        return np.concatenate([fixed, triangular(self.uniforms[key], low, base, high)])


def settle(view: View) -> dict[str, tuple[float, float, float]]:
    """low, base, high of each assumption that is not by team; missing ones are absent."""
    settled = dict(DEFAULTS)
    for row in view.rows("assumptions"):
        if row["team_id"] is None and row["base"] is not None:
            base = row["base"]
            low = base if row["low"] is None else row["low"]
            high = base if row["high"] is None else row["high"]
            settled[row["assumption"]] = (low, base, high)
    return settled


def settle_by_team(view: View) -> dict[str, dict[str, float]]:
    """The team maps that are given; teams that are not listed are 0."""
    maps: dict[str, dict[str, float]] = {}
    for row in view.rows("assumptions"):
        if row["team_id"] is not None:
            maps.setdefault(row["assumption"], dict.fromkeys(view.teams, 0.0))
            maps[row["assumption"]][row["team_id"]] = row["base"]
    return maps


def make_cases(varied: set[str]) -> Cases:
    """The table of cases; `varied` are the keys whose low differs from high."""
    names = ["base"]
    for key in POSITIONS:
        if key in varied:
            names += [f"low:{key}", f"high:{key}"]
    n = np.arange(1, DRAWS + 1, dtype=np.float64)
    uniforms = {
        key: np.mod(0.5 + n * np.sqrt(prime), 1.0)
        for key, prime in zip(POSITIONS, PRIMES, strict=True)
    }
    return Cases(names + [f"draw:{i:05d}" for i in range(1, DRAWS + 1)], uniforms)
