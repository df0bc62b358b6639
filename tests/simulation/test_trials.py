"""What before and after can show, on 5,000 simulated engagements per setting, and its page."""

import pytest

from tests.simulation.trials import Reached, table, trials, written


@pytest.fixture(scope="module")
def reached() -> list[Reached]:
    return trials()


def test_the_page_shows_what_a_run_gives(reached: list[Reached]) -> None:
    assert written() == table(reached)


def test_intervals_hold_the_truth_as_often_as_they_say(reached: list[Reached]) -> None:
    assert len(reached) == 8
    for row in reached:
        assert 0.88 <= row.coverage <= 0.92, row
        assert 0.88 <= row.coverage_late <= 0.92, row


def test_a_null_is_rarely_called_demonstrated_and_the_second_look_is_why(
    reached: list[Reached],
) -> None:
    for row in reached:
        assert row.false_once <= 0.07, row
        assert row.false_ever <= 0.08, row
        assert row.false_ever < row.unconfirmed_ever, row


def test_the_detectable_saving_is_found_four_times_out_of_five(reached: list[Reached]) -> None:
    for row in reached:
        assert 0.75 <= row.power <= 0.85, row
        # Told before roll-out: with few units on the cautious side, never far on the other.
        assert 0.75 <= row.power_planned <= (0.85 if row.units == "many" else 0.90), row
