"""Comparing two tables of figures: what differs, said with table, key, column and both values.

Does not belong here: what either table should hold.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.reference.warehouses import Table

RELATIVE, ABSOLUTE, QUANTILE = 1e-9, 1e-7, 1e-6


@dataclass(frozen=True)
class Difference:
    """One figure on which the two implementations disagree."""

    seed: int
    table: str
    key: tuple[Any, ...]
    column: str
    expected: Any
    got: Any

    def __str__(self) -> str:
        return (
            f"seed {self.seed}: {self.table}{list(self.key)}.{self.column}: "
            f"reference {self.expected!r}, dbt {self.got!r}"
        )


def is_same(expected: Any, got: Any, column: str) -> bool:
    if expected is None or got is None or isinstance(expected, str | bool | date):
        return bool(expected == got)
    if isinstance(got, str | date):
        return False
    relative = QUANTILE if column.endswith(("_p10", "_p50", "_p90")) else RELATIVE
    return bool(abs(expected - got) <= max(ABSOLUTE, relative * max(abs(expected), abs(got))))


def differences(seed: int, table: str, expected: Table, got: Table) -> Iterator[Difference]:
    """Every column that the reference has, in every row that either has."""
    for key in sorted(expected.keys() | got.keys(), key=str):
        if key not in got or key not in expected:
            yield Difference(
                seed,
                table,
                key,
                "(row)",
                *("there" if key in t else "absent" for t in (expected, got)),
            )
            continue
        for column, value in expected[key].items():
            if not is_same(value, got[key][column], column):
                yield Difference(seed, table, key, column, value, got[key][column])
