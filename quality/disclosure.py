"""The disclosure audit: what an attacker can compute about hidden cells from published figures.

He knows each figure as a weighted sum of cells of hours, none of them negative, and which cells
are in it. For each cell two linear programmes give the least and the most that it can be.
Belongs here: the arithmetic. Does not belong here: which figures are published (dbt's
int_cells_summed), how narrow is too narrow (suites), what to do about it (withholding).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

# What the audit reads beside the marts.
AUDITED_TABLE = "int_cells_summed"
# Below this share of the strongest one, an equation is rounding.
_WEAKEST = 1e-9

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Term:
    """One cell in one published figure.

    Attributes:
        figure: name of the figure.
        cell: name of the cell.
        hours: of the cell.
        weight: of the cell in the figure.
        kind: `hours` of cells summed, or `steps` of the funnel, which are published in any case.
        is_hidden: whether the attacker does not know the cell; where he does, the term says what
            would be if it was hidden too.
    """

    figure: str
    cell: str
    hours: float
    weight: float
    kind: str = "hours"
    is_hidden: bool = True


def read_terms(folder: Path) -> list[Term]:
    """The terms of the audited table in `folder`, in the order of figures and cells.

    Raises:
        FileNotFoundError: without the audited table nothing may be published.
    """
    table = folder / f"{AUDITED_TABLE}.parquet"
    if not table.is_file():
        raise FileNotFoundError(f"{table} is missing; run the month again")
    rows = duckdb.execute(
        "select figure, cell, hours, weight, kind, is_hidden from read_parquet(?)"
        " order by figure, cell",
        [str(table)],
    ).fetchall()
    return [Term(*row) for row in rows]


@dataclass(frozen=True)
class System:
    """Published figures as equations, in units of each cell's own hours: the truth is 1 everywhere.

    Cells without hours hide nothing and are left out.

    Attributes:
        figures: their names, one per row of `weights`.
        cells: their names, one per column.
        weights: of each cell in each figure.
        hours: of each cell.
    """

    figures: list[str]
    cells: list[str]
    weights: Numbers
    hours: Numbers

    @classmethod
    def of(cls, terms: Iterable[Term]) -> "System":
        """The equations that some terms make."""
        terms = [term for term in terms if term.hours > 0]
        figures = sorted({term.figure for term in terms})
        cells = sorted({term.cell for term in terms})
        figure_at = {figure: index for index, figure in enumerate(figures)}
        cell_at = {cell: index for index, cell in enumerate(cells)}
        weights, hours = np.zeros((len(figures), len(cells))), np.zeros(len(cells))
        for term in terms:
            hours[cell_at[term.cell]] = term.hours
            weights[figure_at[term.figure], cell_at[term.cell]] = term.weight * term.hours
        return cls(figures, cells, weights, hours)


def known_shares(terms: Iterable[Term]) -> dict[str, float]:
    """How well each hidden cell is known, by its name.

    Returns:
        1 where a cell can be computed exactly; 0 where its possible range is at least as wide as
        the cell itself is large; in between `1 − width / hours`.
    """
    system = System.of(term for term in terms if term.is_hidden)
    equations = independent(system.weights)
    return {cell: max(0.0, 1 - width(equations, index)) for index, cell in enumerate(system.cells)}


def independent(equations: Numbers) -> Numbers:
    """The same equations, orthonormal and without those that follow from others."""
    sizes = np.linalg.norm(equations, axis=1, keepdims=True)
    if not sizes.any():
        return equations[:0]
    _, strengths, directions = np.linalg.svd(equations[sizes[:, 0] > 0] / sizes[sizes > 0, None])
    return directions[: int((strengths > _WEAKEST * strengths[0]).sum())]


def width(equations: Numbers, index: int) -> float:
    """Between the least and the most that one cell can be, as a share of what it is.

    Args:
        equations: orthonormal, in units of each cell's own hours.
        index: of the cell.
    """
    from scipy.optimize import linprog  # a tenth of a second, and most builds hide nothing

    goal = np.zeros(equations.shape[1])
    goal[index] = 1
    ends = []
    for sign in (1, -1):
        known = equations.sum(axis=1)
        found = linprog(sign * goal, A_eq=equations, b_eq=known, bounds=(0, None))
        if found.status == 3:  # no end to what it may be
            return float("inf")
        if found.status != 0:
            raise ArithmeticError(f"the disclosure audit found no answer: {found.message}")
        ends.append(sign * float(found.fun))
    return ends[1] - ends[0]
