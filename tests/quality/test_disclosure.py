"""The audit's arithmetic, on cells whose ranges can be worked out by hand."""

import pytest

from quality.disclosure import Term, known_shares


def figures(hours: dict[str, float], **sums: dict[str, float]) -> list[Term]:
    return [
        Term(figure, cell, hours[cell], weight)
        for figure, weights in sums.items()
        for cell, weight in weights.items()
    ]


def test_two_cells_under_one_sum_hide_one_another() -> None:
    terms = figures({"a": 3, "b": 4}, team={"a": 1, "b": 1})
    assert known_shares(terms) == {"a": 0, "b": 0}


def test_a_second_sum_with_other_weights_gives_both_away() -> None:
    terms = figures({"a": 3, "b": 4}, team={"a": 1, "b": 1}, eligible={"a": 0.5, "b": 0.2})
    assert known_shares(terms) == pytest.approx({"a": 1, "b": 1})


def test_a_square_moves_by_its_smallest_cells_only() -> None:
    """a and d can lose, b and c gain at most what the least of them has: 0.1 either way."""
    hours = {"a": 10, "b": 0.1, "c": 0.1, "d": 20}
    terms = figures(
        hours,
        team_1={"a": 1, "b": 1},
        team_2={"c": 1, "d": 1},
        task_1={"a": 1, "c": 1},
        task_2={"b": 1, "d": 1},
    )
    a, b, c, d = known_shares(terms).values()
    # b and c may be anything between 0 and 10.1.
    assert (a, d) == pytest.approx((0, 1 - 10.1 / 20))
    assert (b, c) == (0, 0)


def test_cells_that_are_no_hours_hide_nothing() -> None:
    assert known_shares(figures({"a": 0}, team={"a": 1})) == {}
    assert known_shares([]) == {}
