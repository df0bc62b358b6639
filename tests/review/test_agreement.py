"""The measures of agreement against published and hand-worked examples."""

import math

import pytest

from orchestration.review.agreement import cohen_kappa, krippendorff_alpha

# Krippendorff (2011), "Computing Krippendorff's alpha-reliability": 4 raters, 12 units, gaps.
UNITS = [
    "111-", "2223", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "-555", "--11", "--3-",
]  # fmt: skip


def test_alpha_of_the_published_example() -> None:
    units = [
        {str(rater): float(score) for rater, score in enumerate(unit) if score != "-"}
        for unit in UNITS
    ]
    assert krippendorff_alpha(units) == pytest.approx(0.815, abs=0.0005)


def test_alpha_needs_two_raters_and_two_scores() -> None:
    assert krippendorff_alpha([{"a": 1.0}, {"b": 5.0}]) is None
    assert krippendorff_alpha([{"a": 3.0, "b": 3.0}, {"a": 3.0, "b": 3.0}]) is None
    assert krippendorff_alpha([{"a": 1.0, "b": 1.0}, {"a": 5.0, "b": 5.0}]) == 1


def test_kappa_by_hand() -> None:
    # 12 and 12 agree, 4 and 4 do not: observed .75, by chance .5.
    pairs = [("m", "m")] * 12 + [("m", "r")] * 4 + [("r", "m")] * 4 + [("r", "r")] * 12
    kappa = cohen_kappa(pairs)
    assert kappa is not None and math.isclose(kappa, 0.5)
    assert cohen_kappa(pairs[:1]) is None
    assert cohen_kappa([("m", "m")] * 5) is None
