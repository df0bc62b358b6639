"""What else a build must withhold, where its published figures give a hidden cell away.

The totals of the funnel and the scenarios are published whatever they tell. Where few cells are
folded, whoever solves them with the shares of dim_tasks knows some; then further cells are folded,
or sums of tasks not shown.
Belongs here: the choice. Does not belong here: how cells are folded (dbt), the arithmetic of the
attack (disclosure), how narrow a range is too narrow (suites).
"""

from collections.abc import Iterable

import numpy as np

from quality.disclosure import System, Term, independent, width

# A sum of one task over all teams, which a build can do without.
_SUM = "task "
# As far from an equation as rounding goes.
_ROUNDING = 1e-6


def more_to_withhold(terms: Iterable[Term], too_narrow: float) -> list[str]:
    """Cells to fold and sums not to show, so that no hidden cell is known that can be helped.

    One at a time, as long as each leaves fewer cells known; else all. What turns out not to be
    needed is given back.

    Args:
        terms: of all figures that may be published, with the cells that are shown today.
        too_narrow: a cell is known when its possible range is narrower than this share of it.

    Returns:
        Names of cells and of figures; none where nothing is known, or nothing helps.
    """
    attack = _Attack(terms, too_narrow)
    withheld, known = attack.hidden, attack.known(attack.hidden)
    inevitable = attack.known(attack.everything) if known else known
    while not known <= inevitable:
        # Of those that leave the fewest cells known, the one of the fewest hours.
        further = sorted(attack.everything - withheld, key=attack.cost)
        best = min(further, key=lambda item: len(attack.known(withheld | {item})))
        helped = attack.known(withheld | {best})
        withheld = withheld | {best} if len(helped) < len(known) else attack.everything
        known = attack.known(withheld)
    more = sorted(withheld - attack.hidden, key=attack.cost, reverse=True)
    for item in more:
        if attack.known(withheld - {item}) <= inevitable:
            withheld -= {item}
    return sorted(withheld - attack.hidden)


def inevitably_known(terms: Iterable[Term], too_narrow: float) -> frozenset[str]:
    """Cells that stay known whatever is withheld; arguments as above."""
    attack = _Attack(terms, too_narrow)
    return attack.known(attack.everything)


class _Attack:
    """What is known of each cell, whatever is withheld.

    Attributes:
        hidden: names of the cells that are hidden today.
        everything: names of all cells, and of the sums of tasks.
    """

    def __init__(self, terms: Iterable[Term], too_narrow: float) -> None:
        terms = list(terms)
        self._system = System.of(terms)
        self._too_narrow = too_narrow
        cells, figures = self._system.cells, self._system.figures
        self._is_sum = np.array([figure.startswith(_SUM) for figure in figures], bool)
        self.hidden = frozenset(cells) & {term.cell for term in terms if term.is_hidden}
        self.everything = frozenset(cells) | {f for f in figures if f.startswith(_SUM)}

    def cost(self, item: str) -> tuple[bool, float, str]:
        """What is lost where it is withheld: many hours, a cell rather than a sum."""
        if item in self._system.cells:
            return True, float(self._system.hours[self._system.cells.index(item)]), item
        return False, float(self._system.weights[self._system.figures.index(item)].sum()), item

    def known(self, withheld: frozenset[str]) -> frozenset[str]:
        """The cells among `withheld` whose range is too narrow."""
        columns = [i for i, cell in enumerate(self._system.cells) if cell in withheld]
        weights = self._system.weights[:, columns]
        # The sum of a task that holds one hidden cell is never shown.
        is_unshown = self._is_sum & ((weights != 0).sum(axis=1) == 1)
        is_unshown |= np.array([figure in withheld for figure in self._system.figures], bool)
        equations = independent(weights[~is_unshown])
        # A cell that can move at all moves by twice this, when no other moves by more than itself.
        free = np.sqrt(np.maximum(0, 1 - (equations**2).sum(axis=0)))
        return frozenset(
            self._system.cells[column]
            for index, column in enumerate(columns)
            if free[index] < _ROUNDING
            or (2 * free[index] < self._too_narrow and width(equations, index) < self._too_narrow)
        )
