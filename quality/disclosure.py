"""The disclosure audit: what an attacker can compute about hidden cells from published figures.

He knows each figure as a weighted sum of cells of hours, none of them negative, and which cells
are in it. For each cell two linear programmes give the least and the most that it can be.
Belongs here: the arithmetic. Does not belong here: which figures are published (dbt's
int_hidden_cells_summed), how narrow is too narrow (suites).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Below this share of the strongest one, an equation is rounding.
_WEAKEST = 1e-9


@dataclass(frozen=True)
class Term:
    """One hidden cell in one published figure.

    Attributes:
        figure: name of the figure.
        cell: name of the cell.
        hours: of the cell.
        weight: of the cell in the figure.
    """

    figure: str
    cell: str
    hours: float
    weight: float


def known_shares(terms: Iterable[Term]) -> list[float]:
    """How well each hidden cell is known, one number per cell, in the order of their names.

    Returns:
        1 where a cell can be computed exactly; 0 where its possible range is at least as wide as
        the cell itself is large; in between `1 − width / hours`. Cells without hours hide
        nothing and are left out.
    """
    terms = list(terms)
    cells = sorted({term.cell for term in terms})
    figures = sorted({term.figure for term in terms})
    hours = np.zeros(len(cells))
    weights = np.zeros((len(figures), len(cells)))
    cell_at = {cell: index for index, cell in enumerate(cells)}
    figure_at = {figure: index for index, figure in enumerate(figures)}
    for term in terms:
        hours[cell_at[term.cell]] = term.hours
        weights[figure_at[term.figure], cell_at[term.cell]] = term.weight
    hides = hours > 0
    # In units of each cell's own size the truth is 1 everywhere, and every range a share of it.
    equations = _independent(weights[:, hides] * hours[hides])
    return [max(0.0, 1 - _width(equations, index)) for index in range(int(hides.sum()))]


def _independent(equations: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same equations, orthonormal and without those that follow from others."""
    sizes = np.linalg.norm(equations, axis=1, keepdims=True)
    if not sizes.any():
        return equations[:0]
    _, strengths, directions = np.linalg.svd(equations[sizes[:, 0] > 0] / sizes[sizes > 0, None])
    return directions[: int((strengths > _WEAKEST * strengths[0]).sum())]


def _width(equations: NDArray[np.float64], index: int) -> float:
    """Between the least and the most that one cell can be, as a share of what it is."""
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
