"""Invented engagements with one intervention each: hours and units by team and month.

Belongs here: the noise that real teams have. Does not belong here: what is concluded from it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

PRE, WASHOUT, POST = 3, 1, 9
MONTHS = PRE + WASHOUT + POST

SEASON = 0.10  # half the swing of a year, log of hours per unit, common to all teams
TEAM_LEVEL = 0.30  # spread of teams' levels, log
MONTH_NOISE = 0.15  # spread of a team's month around its level, log
AUTOCORRELATION = 0.3  # of that noise between neighbouring months
UNIT_NOISE = 0.6  # spread of the hours of one unit around the month's mean, log
HOURS_PER_UNIT = 4.0
UNITS = {"few": 15.0, "many": 60.0}  # units of a team in a month


@dataclass(frozen=True)
class Setting:
    """One size of engagement: half of the teams are treated, the rest are controls."""

    teams: int
    units: float  # mean units of a team in a month

    @property
    def treated(self) -> int:
        return self.teams // 2


def draw(setting: Setting, count: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Hours and units without any effect, each `count` × teams × months.

    Hours are sums over single units, so that few units make noisy months.
    """
    shape = (count, setting.teams, MONTHS)
    shocks = rng.normal(0, 1, shape)
    noise = np.empty(shape)
    noise[..., 0] = shocks[..., 0]
    for month in range(1, MONTHS):
        noise[..., month] = (
            AUTOCORRELATION * noise[..., month - 1]
            + np.sqrt(1 - AUTOCORRELATION**2) * shocks[..., month]
        )
    phase = rng.uniform(0, 2 * np.pi, (count, 1, 1))
    season = SEASON * np.sin(2 * np.pi * np.arange(MONTHS) / 12 + phase)
    level = rng.normal(np.log(HOURS_PER_UNIT), TEAM_LEVEL, (count, setting.teams, 1))
    units = np.maximum(rng.poisson(setting.units, shape), 1)
    singles = rng.lognormal(-(UNIT_NOISE**2) / 2, UNIT_NOISE, int(units.sum()))
    ends = np.cumsum(units.ravel())
    sums = np.add.reduceat(singles, np.concatenate([[0], ends[:-1]])).reshape(shape)
    return sums * np.exp(level + season + MONTH_NOISE * noise), units.astype(float)


def with_effect(setting: Setting, hours: Array, effect: Array) -> Array:
    """Hours with `effect` (log, one per engagement) on treated teams from the start on."""
    changed = hours.copy()
    changed[:, : setting.treated, PRE:] *= np.exp(effect)[:, None, None]
    return changed
