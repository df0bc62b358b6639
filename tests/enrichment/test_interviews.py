"""What the patterns find in interviews that no pattern was written from.

Floors stand well below what was measured (docs/enrichment.md). The errors of the `second_`,
`third_` and `fourth_` ones were not mended on: whoever mends the patterns shall read those of the
others only. The `fourth_` ones hold nothing but the five kinds that are hard to hear.
"""

import pytest

from tests.enrichment.interview_scoring import FOLDER, score

NAMES = sorted(path.name for path in FOLDER.glob("*.txt"))
SECOND = [name for name in NAMES if name.startswith("second_")]
THIRD = [name for name in NAMES if name.startswith("third_")]
FOURTH = [name for name in NAMES if name.startswith("fourth_")]
FIRST = [name for name in NAMES if name not in SECOND + THIRD + FOURTH]


@pytest.mark.parametrize(
    ("names", "recall", "precision"),
    [(FIRST, 0.75, 0.9), (SECOND, 0.75, 0.75), (THIRD, 0.5, 0.85), (FOURTH, 0.3, 0.8)],
    ids=["first", "second", "third", "fourth"],
)
def test_facts_are_found_and_those_found_are_facts(tmp_path, names, recall, precision):
    result = score(tmp_path, names)
    assert len(names) >= 2 and result.planted.total() >= 50
    assert result.recall() >= recall
    assert result.precision() >= precision


def test_every_kind_of_fact_is_planted_and_found(tmp_path):
    result = score(tmp_path, NAMES)
    assert len(result.planted) == 14
    assert all(result.found[kind] / planted >= 0.5 for kind, planted in result.planted.items())
