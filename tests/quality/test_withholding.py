"""What else is withheld, on figures small enough to be solved by hand."""

from quality.disclosure import Term, known_shares
from quality.withholding import inevitably_known, more_to_withhold

TOO_NARROW = 0.01
HIDDEN = {"a/x": 3.0, "a/y": 4.0, "b/x": 5.0, "b/y": 6.0}
SHOWN = {"a/z": 9.0, "b/z": 8.0, "b/w": 20.0}
Weights = dict[str, float]


def terms(sums: dict[str, Weights] | None = None, **totals: Weights) -> list[Term]:
    """Each team's other tasks, sums of tasks, and totals."""
    cells = HIDDEN | SHOWN
    teams = {f"team {team}": {c: 1.0 for c in cells if c[0] == team} for team in "ab"}
    return [
        Term(figure, cell, cells[cell], weight, kind, cell in HIDDEN)
        for kind, figures in (("hours", teams | (sums or {})), ("steps", totals))
        for figure, weights in figures.items()
        for cell, weight in weights.items()
    ]


def test_nothing_more_is_withheld_where_nothing_is_known() -> None:
    """x and y may take three hours from one another in both teams, whatever they gain together."""
    tasks = {"task x": {"a/x": 1.0, "b/x": 1.0}, "task y": {"a/y": 1.0, "b/y": 1.0}}
    attacked = terms(tasks, gained={"a/x": 0.2, "b/x": 0.2, "a/y": 0.1, "b/y": 0.1})
    assert more_to_withhold(attacked, TOO_NARROW) == []
    assert max(known_shares(attacked).values()) < 0.99


def test_the_cell_of_fewest_hours_that_helps_is_folded_too() -> None:
    """Alone a/x gains in month 2, which gives a/y away. b/z gains then too, and so does b/w, of
    more hours; a/z does not.
    """
    attacked = terms(month_2={"a/x": 0.5, "b/z": 0.3, "b/w": 0.3})
    assert more_to_withhold(attacked, TOO_NARROW) == ["b/z"]


def test_a_sum_that_a_total_completes_is_not_shown() -> None:
    """What y's sum leaves of the gain is a/x, then team a's y, and so on; no other cell gains."""
    attacked = terms(
        {"task y": {"a/y": 1.0, "b/y": 1.0}}, gained={"a/x": 0.5, "a/y": 0.3, "b/y": 0.3}
    )
    assert more_to_withhold(attacked, TOO_NARROW) == ["task y"]


def test_two_cells_are_folded_where_one_does_not_help() -> None:
    """Two totals are solved for a/x and one cell more, but not for a/x and two."""
    low, high = {"a/x": 0.5, "b/z": 0.3, "b/w": 0.2}, {"a/x": 0.1, "b/z": 0.2, "b/w": 0.4}
    assert more_to_withhold(terms(low=low, high=high), TOO_NARROW) == ["b/w", "b/z"]


def test_what_a_total_holds_alone_is_known_whatever_is_withheld() -> None:
    """a/y, which follows from it, is hidden by one cell more."""
    attacked = terms(month_2={"a/x": 0.5})
    assert inevitably_known(attacked, TOO_NARROW) == {"a/x"}
    assert more_to_withhold(attacked, TOO_NARROW) == ["a/z"]
