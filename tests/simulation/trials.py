"""What the design of model.md section 6 reaches, setting by setting, and the page that says so.

Belongs here: the trials, their bounds, the table in docs/before-after.md.
"""

from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np

from tests.simulation.panels import POST, UNITS, Array, Setting, draw, with_effect
from tests.simulation.verdicts import (
    MIN_POST,
    demonstrated,
    detectable,
    deviation_before,
    look,
)

ENGAGEMENTS = 5_000
SEED = 20_261
TEAMS = (4, 6, 8, 12)
PAGE = Path(__file__).parents[2] / "docs" / "before-after.md"
BEGIN, END = "<!-- simulated -->\n", "<!-- /simulated -->\n"


@dataclass(frozen=True)
class Reached:
    """Shares of simulated engagements, and the median MDE as a saving."""

    teams: int
    units: str
    coverage: float  # 90 % intervals that hold the truth, at the first month a claim is possible
    coverage_late: float  # the same after nine months
    false_once: float  # true nulls called demonstrated at that first month
    false_ever: float  # ... in any of the six months from then on
    unconfirmed_ever: float  # ... had one look been enough
    power: float  # savings of the size of the MDE whose interval excludes zero
    power_planned: float  # the same for the MDE told before roll-out
    found_late: float  # savings of that size called demonstrated after nine months
    mde: float  # median, from the spread of the teams' changes
    mde_planned: float  # median, told before roll-out


def trial(setting: Setting, units: str, count: int = ENGAGEMENTS, seed: int = SEED) -> Reached:
    """Simulate `count` engagements of one setting."""
    rng = np.random.default_rng([seed, setting.teams, round(setting.units)])
    hours, amounts = draw(setting, count, rng)
    late = range(MIN_POST, POST + 1)
    first, last = (look(setting, hours, amounts, post) for post in (MIN_POST, POST))
    own = detectable(setting, first.deviation)
    planned = detectable(setting, deviation_before(hours, amounts, MIN_POST))

    def finds(effect: Array) -> float:
        changed = with_effect(setting, hours, effect)
        return share(look(setting, changed, amounts, MIN_POST).high < 0)

    return Reached(
        teams=setting.teams,
        units=units,
        coverage=share((first.low <= 0) & (first.high >= 0)),
        coverage_late=share((last.low <= 0) & (last.high >= 0)),
        false_once=share(demonstrated(setting, hours, amounts, MIN_POST)),
        false_ever=share(
            np.any([demonstrated(setting, hours, amounts, post) for post in late], axis=0)
        ),
        unconfirmed_ever=share(
            np.any([look(setting, hours, amounts, post).high < 0 for post in late], axis=0)
        ),
        power=finds(own),
        power_planned=finds(planned),
        found_late=share(
            demonstrated(setting, with_effect(setting, hours, planned), amounts, POST)
        ),
        mde=float(1 - np.exp(np.median(own))),
        mde_planned=float(1 - np.exp(np.median(planned))),
    )


def share(is_so: object) -> float:
    """The share of engagements of which something is true."""
    return float(np.mean(np.asarray(is_so, dtype=bool)))


def trials() -> list[Reached]:
    """All settings."""
    return [
        trial(Setting(teams, mean_units), units)
        for teams in TEAMS
        for units, mean_units in UNITS.items()
    ]


def table(reached: list[Reached]) -> str:
    """The rows as Markdown, percentages with one decimal."""
    heads = (
        "Teams", "Units", "Interval holds the truth, 4 months", "9 months",
        "Null called demonstrated, one look", "six looks", "six looks, unconfirmed",
        "Power at the MDE", "at the planned MDE", "demonstrated after 9 months",
        "Median MDE", "planned",
    )  # fmt: skip
    assert len(heads) == len(fields(Reached))
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    for row in reached:
        teams, units, *shares = astuple(row)
        cells = [str(teams), units, *(f"{100 * value:.1f} %" for value in shares)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def written() -> str:
    """The table as the page has it."""
    return PAGE.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]


def write() -> None:
    """Put the table of a new run on the page."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    made = table(trials())
    PAGE.write_text(before + BEGIN + made + END + rest.split(END)[1], encoding="utf-8")
    print(made, end="")


if __name__ == "__main__":
    write()
