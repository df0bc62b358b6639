"""Whether the design of the model finds the planted effects in the written files.

The estimator below is model.md, section 6, by hand and apart from the pipeline.
"""

from dataclasses import dataclass
from datetime import date
from math import exp, log

import numpy as np
import polars as pl
import pytest
from scipy.stats import t as student

from demo.generate import true_weekly_hours
from demo.hours import true_effects
from demo.people import load
from ingestion.parsed import FileKind
from tests.demo.conftest import Demo

_END = {8: date(2026, 8, 31), 9: date(2026, 9, 30)}


@dataclass(frozen=True)
class Found:
    saving: float
    low: float
    high: float
    mde: float


def _windows(frame: pl.DataFrame, day: str, end: date) -> tuple[pl.DataFrame, pl.DataFrame]:
    before = frame.filter(pl.col(day).is_between(date(2025, 10, 1), date(2025, 12, 31)))
    return before, frame.filter(pl.col(day).is_between(date(2026, 2, 1), end))


def _sum(frame: pl.DataFrame, team: str, column: str) -> float:
    return float(frame.filter(pl.col("team") == team)[column].sum())


def _effect(demo: Demo, task: str, treated: frozenset[str], end: date) -> Found:
    hours = _windows(demo.entries().filter(pl.col("task") == task), "worked_on", end)
    units = _windows(demo.deliveries().filter(pl.col("task") == task), "delivered_on", end)
    change = {
        team: log(_sum(hours[1], team, "hours") / _sum(units[1], team, "units"))
        - log(_sum(hours[0], team, "hours") / _sum(units[0], team, "units"))
        for team in demo.config.settings.teams
    }
    sides = [[v for k, v in change.items() if (k in treated) is side] for side in (True, False)]
    free = len(change) - 2
    variance = sum(np.var(s, ddof=1) * (len(s) - 1) for s in sides) / free
    error = float(np.sqrt(variance * sum(1 / len(s) for s in sides)))
    delta, width = float(np.mean(sides[0]) - np.mean(sides[1])), student.ppf(0.95, free) * error
    mde = float(student.ppf(0.95, free) + student.ppf(0.80, free)) * error
    return Found(1 - exp(delta), 1 - exp(delta + width), 1 - exp(delta - width), 1 - exp(-mde))


def _versions(demo: Demo, task: str, treated: frozenset[str]) -> tuple[float, float]:
    """Interval of the ratio of versions per unit after and before, in the treated teams."""
    rows = demo.deliveries().filter((pl.col("task") == task) & pl.col("team").is_in(treated))
    before, after = _windows(rows, "delivered_on", _END[9])
    ratio, spread = [], 0.0
    for window in (before, after):
        ratio.append(window["versions"].sum() / window["units"].sum())
        each = (window["versions"] / window["units"]).to_numpy()
        spread += (float(each.std(ddof=1)) / float(each.mean())) ** 2 / len(each)
    middle, half = log(ratio[1] / ratio[0]), 1.645 * spread**0.5
    return exp(middle - half), exp(middle + half)


@pytest.mark.parametrize("task", true_effects())
def test_interval_holds_the_true_saving(demo: Demo, task: str) -> None:
    effect = true_effects()[task]
    found = _effect(demo, task, effect.treated, _END[9])
    assert found.low <= effect.saving <= found.high


@pytest.mark.parametrize("month", _END)
def test_clear_saving_is_demonstrated_in_both_months(demo: Demo, month: int) -> None:
    treated = true_effects()["compte_rendu_reunion"].treated
    found = _effect(demo, "compte_rendu_reunion", treated, _END[month])
    assert found.low > 0.3
    assert found.mde < 0.85 * 0.50 * 0.7 * 0.9, "expected saving at least what can be shown"


def test_nothing_is_not_demonstrated(demo: Demo) -> None:
    effect = true_effects()["veille_concurrentielle"]
    found = _effect(demo, "veille_concurrentielle", effect.treated, _END[9])
    assert effect.saving == 0
    assert found.low < 0 < found.high


def test_versions_get_worse_only_where_planted(demo: Demo) -> None:
    effects = true_effects()
    worse = _versions(demo, "redaction_contenus", effects["redaction_contenus"].treated)
    assert worse[0] > 1 and worse[0] < effects["redaction_contenus"].versions_ratio < worse[1]
    held = _versions(demo, "compte_rendu_reunion", effects["compte_rendu_reunion"].treated)
    assert held[1] < 1.20


def test_all_six_teams_do_every_treated_task_before_and_after(demo: Demo) -> None:
    rows = demo.decisions.tables["decision_interventions"]
    for task, effect in true_effects().items():
        assert {r["team_id"] for r in rows if r["task_id"] == task} == effect.treated
        assert len(effect.treated) == 3
        for frame, day in ((demo.entries(), "worked_on"), (demo.deliveries(), "delivered_on")):
            for window in _windows(frame.filter(pl.col("task") == task), day, _END[9]):
                teams = set(window["team"]) - {None}
                assert teams == set(demo.config.settings.teams), task


def test_timesheets_show_the_true_weekly_hours(demo: Demo) -> None:
    entries = demo.entries().filter(
        pl.col("worked_on") <= date(2025, 12, 31),
        pl.col("task").is_null() | (pl.col("task") != "absence"),
        pl.col("team").is_not_null(),
    )
    weeks = {
        person: days / min(5, (hours or 35) / 7)
        for p in demo.roster
        for person, hours, days in [
            (key, p.weekly_hours, entries.filter(pl.col("person") == key)["worked_on"].n_unique())
            for key in (p.email, p.name)
        ]
        if days and p.left_on is None
    }
    staying = entries.filter(pl.col("person").is_in(list(weeks))).with_columns(
        weekly=pl.col("hours") / pl.col("person").replace_strict(weeks)
    )
    workload = load("workload.yaml")
    reviewed = {
        task
        for task, spec in workload["tasks"].items()
        if not set(spec["labels"]) & set(workload["unreviewed_labels"])
    }
    for (team, task), hours in true_weekly_hours().items():
        if hours < 15 or task not in reviewed:
            continue
        seen = staying.filter((pl.col("team") == team) & (pl.col("task") == task))["weekly"].sum()
        assert seen == pytest.approx(hours, rel=0.2), (team, task)


def test_at_least_one_hire_can_be_avoided_in_production(demo: Demo) -> None:
    """The funnel of the studio's four quick wins, by hand, at steady state."""
    settings = demo.config.settings
    known = settings.assumptions.model_dump()
    share = (
        known["adoption_max"]["base"]
        * (1 - known["review_share"]["base"])
        * known["bankable_share"]["base"]
    )
    tasks = {row["task_id"]: row for row in demo.decisions.tables["decision_tasks"]}
    truth = true_weekly_hours()
    usable = sum(
        truth["production", task] * tasks[task]["eligible_share"] * tasks[task]["gain_base"] * share
        for task in ("declinaison_formats", "sous_titrage", "nommage_archivage", "retouche_photo")
    )
    assert usable > 1.05 * settings.calendar.weekly_hours
    assert known["planned_hires"]["production"]["base"] >= 1
    yearly = usable * 44
    hired = 35 * 44 * settings.teams["production"].hourly_cost
    rate = known["freelance_day_rate"]["base"] / 7
    freelance = known["freelance_days"]["production"]["base"] * 7
    without = min(yearly, freelance) * rate
    assert hired + min(yearly - 35 * 44, freelance) * rate > without, "the hire must be worth more"


def test_deliverables_name_known_project_types(demo: Demo) -> None:
    known = set(demo.config.settings.project_types)
    for file in demo.files[FileKind.DELIVERABLE].values():
        assert file.rows is not None and not file.quarantined
        assert set(file.rows["project_type"]) <= known
