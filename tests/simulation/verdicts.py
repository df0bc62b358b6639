"""Section 6 of model.md in NumPy over many engagements at once: one task, one start, one test.

Belongs here: the test between teams, its repeated looks, its power. Does not belong here: noise.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

from tests.simulation.panels import AUTOCORRELATION, PRE, WASHOUT, Array, Setting

MIN_POST = 4  # months after that a claim needs
POST_FROM = PRE + WASHOUT


@dataclass(frozen=True)
class Looks:
    """Estimates at one number of months after, an entry per engagement (log scale)."""

    effect: Array
    low: Array
    high: Array
    deviation: Array


def look(setting: Setting, hours: Array, units: Array, post: int) -> Looks:
    """The pooled t test between teams, 90 % interval, on `post` months after washout."""
    after = slice(POST_FROM, POST_FROM + post)
    change = np.log(hours[..., after].sum(-1) / units[..., after].sum(-1))
    change -= np.log(hours[..., :PRE].sum(-1) / units[..., :PRE].sum(-1))
    treated, control = change[:, : setting.treated], change[:, setting.treated :]
    freedom = setting.teams - 2
    squares = sum(((d - d.mean(1, keepdims=True)) ** 2).sum(1) for d in (treated, control))
    deviation = np.sqrt(squares / freedom)
    effect = treated.mean(1) - control.mean(1)
    half = student.ppf(0.95, freedom) * deviation * _size(setting)
    return Looks(effect, effect - half, effect + half, deviation)


def demonstrated(setting: Setting, hours: Array, units: Array, post: int) -> NDArray[np.bool_]:
    """A saving at `post` months that the data up to the month before showed too."""
    if post < MIN_POST:
        return np.zeros(len(hours), dtype=bool)
    now, before = (look(setting, hours, units, months) for months in (post, post - 1))
    return (now.high < 0) & (before.high < 0)


def detectable(setting: Setting, deviation: Array) -> Array:
    """MDE as a (negative) log effect, from the spread of the teams' changes."""
    freedom = setting.teams - 2
    quantiles = student.ppf(0.95, freedom) + student.ppf(0.80, freedom)
    return -quantiles * deviation * _size(setting)


def deviation_before(hours: Array, units: Array, post: int) -> Array:
    """The spread to expect of the teams' changes, from the months before alone."""
    y = np.log(hours[..., :PRE] / units[..., :PRE])
    residual = y - y.mean(-1, keepdims=True) - y.mean(-2, keepdims=True)
    residual += y.mean((-2, -1), keepdims=True)
    monthly = (residual**2).sum((-2, -1)) / ((hours.shape[1] - 1) * (PRE - 1))
    months = np.arange(POST_FROM + post)
    covariance = AUTOCORRELATION ** np.abs(months[:, None] - months[None, :])
    weights = np.concatenate([np.full(PRE, -1 / PRE), np.zeros(WASHOUT), np.full(post, 1 / post)])
    centring = np.eye(PRE) - 1 / PRE
    scale = np.trace(centring @ covariance[:PRE, :PRE]) / (PRE - 1)
    return np.asarray(np.sqrt(monthly * (weights @ covariance @ weights) / scale))


def _size(setting: Setting) -> float:
    controls = setting.teams - setting.treated
    return float(np.sqrt(1 / setting.treated + 1 / controls))
