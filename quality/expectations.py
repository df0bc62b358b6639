"""What is expected of the marts, read from data: `expectations.yaml` says what, how strict and why.

Two kinds: an expectation on a column of one mart, and a cross-check, a query over several marts
whose single number must lie within bounds. Does not belong here: running them (gate).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent
_WITHSTAND = "hidden_cells_withstand_the_totals"


class Severity(StrEnum):
    """An error blocks publication; a warning is shown on the page that it concerns."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Expectation:
    """One expectation.

    Attributes:
        name: unique, what a person reads.
        table: the mart that it is about (the first one, for a cross-check).
        page: report page on which a warning shows.
        severity: error or warning.
        reason: why the threshold is what it is.
        mend: what to do when it fails.
        kind: Great Expectations' class name for a column, `query` for a cross-check.
        arguments: of that class; for a cross-check `sql`, `min_value`, `max_value`.
    """

    name: str
    table: str
    page: str
    severity: Severity
    reason: str
    mend: str
    kind: str
    arguments: dict[str, Any] = field(default_factory=dict)

    @property
    def is_query(self) -> bool:
        """Whether it is a cross-check."""
        return self.kind == "query"

    @property
    def threshold(self) -> str:
        """The bounds, in words for the results table."""
        shown = {k: v for k, v in self.arguments.items() if k not in {"sql", "column"}}
        return ", ".join(f"{key} {value}" for key, value in sorted(shown.items())) or "always"


def all_expectations() -> Sequence[Expectation]:
    """Every expectation of an engagement's marts, sorted by table and name.

    Raises:
        ValueError: where a name is used twice.
    """
    return _read(*sorted((_FOLDER / "suites").glob("*.yaml")))


def too_narrow() -> float:
    """Which share of a hidden cell its range must be, as the suite says."""
    (expectation,) = (e for e in all_expectations() if e.name == _WITHSTAND)
    return 1 - float(expectation.arguments["max_value"])


def portfolio_expectations() -> Sequence[Expectation]:
    """Every expectation of the portfolio's marts, sorted by table and name."""
    return _read(_FOLDER / "portfolio.yaml")


@cache
def _read(*paths: Path) -> Sequence[Expectation]:
    found: list[Expectation] = []
    for path in paths:
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            found.append(Expectation(**{**entry, "severity": Severity(entry["severity"])}))
    names = [expectation.name for expectation in found]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"expectations named twice: {sorted(twice)}")
    return tuple(sorted(found, key=lambda expectation: (expectation.table, expectation.name)))
