"""Section 6 of model.md in NumPy and scipy, written from its text, for one task and one start.

Belongs here: the test between teams, its power before roll-out. Does not belong here: dbt, files.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

Panel = NDArray[np.float64]


@dataclass
class Estimate:
    """A pooled t test between teams."""

    effect: float
    low: float
    high: float
    error: float
    deviation: float


def log_change(hours: Panel, units: Panel, pre: list[int], post: list[int]) -> Panel:
    """d by team; the panels hold a row per team and a column per month."""
    after = np.log(hours[:, post].sum(axis=1) / units[:, post].sum(axis=1))
    before = np.log(hours[:, pre].sum(axis=1) / units[:, pre].sum(axis=1))
    change: Panel = after - before
    return change


def between_teams(treated: Panel, control: Panel) -> Estimate:
    """Pooled variance, 90 % interval."""
    n_t, n_c = len(treated), len(control)
    squares = ((treated - treated.mean()) ** 2).sum() + ((control - control.mean()) ** 2).sum()
    deviation = float(np.sqrt(squares / (n_t + n_c - 2)))
    error = deviation * float(np.sqrt(1 / n_t + 1 / n_c))
    effect = float(treated.mean() - control.mean())
    half = float(t.ppf(0.95, n_t + n_c - 2)) * error
    return Estimate(effect, effect - half, effect + half, error, deviation)


def smallest_saving(deviation: float, n_t: int, n_c: int) -> float:
    """The saving that the test shows four times out of five."""
    df = n_t + n_c - 2
    effect = (t.ppf(0.95, df) + t.ppf(0.80, df)) * deviation * np.sqrt(1 / n_t + 1 / n_c)
    return float(1 - np.exp(-effect))


def deviation_before(y: Panel, washout: int, post: int, rho: float = 0.3) -> float:
    """sigma_m times kappa from the baseline's panel (teams × months)."""
    teams, pre = y.shape
    residual = y - y.mean(axis=1, keepdims=True) - y.mean(axis=0, keepdims=True) + y.mean()
    sigma = np.sqrt((residual**2).sum() / ((teams - 1) * (pre - 1)))
    months = np.arange(pre + washout + post)
    covariance = rho ** np.abs(months[:, None] - months[None, :])
    weights = np.concatenate([np.full(pre, -1 / pre), np.zeros(washout), np.full(post, 1 / post)])
    centring = np.eye(pre) - 1 / pre
    scale = np.trace(centring @ covariance[:pre, :pre]) / (pre - 1)
    return float(sigma * np.sqrt(weights @ covariance @ weights / scale))
