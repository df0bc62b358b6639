"""How far reviewers agree with what was proposed to them, for the report of an import.

The published figures (fct_tag_quality, fct_score_agreement) are computed in dbt; these are the
same measures over the rows of one workbook. Does not belong here: reading or writing anything.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of (proposed, decided); None under two pairs, or where chance explains all."""
    if len(pairs) < 2:
        return None
    count = len(pairs)
    lefts, rights = (Counter(side) for side in zip(*pairs, strict=True))
    observed = sum(left == right for left, right in pairs) / count
    by_chance = sum(lefts[label] * rights[label] for label in lefts) / count**2
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)


def krippendorff_alpha(units: Iterable[Mapping[str, float]]) -> float | None:
    """Krippendorff's ordinal alpha.

    Args:
        units: for each thing scored, the score of each rater; one rater alone compares nothing.

    Returns:
        None where there is nothing to compare, or all scores are the same.
    """
    pairable = [list(unit.values()) for unit in units if len(unit) > 1]
    counts = Counter(score for scores in pairable for score in scores)
    total = sum(counts.values())
    levels = sorted(counts)

    def difference(left: float, right: float) -> float:
        low, high = min(left, right), max(left, right)
        between = sum(counts[level] for level in levels if low <= level <= high)
        return (between - (counts[left] + counts[right]) / 2) ** 2

    observed = sum(
        sum(difference(*pair) for pair in permutations(scores, 2)) / (len(scores) - 1)
        for scores in pairable
    )
    expected = sum(
        counts[left] * counts[right] * difference(left, right)
        for left, right in permutations(levels, 2)
    )
    return None if not expected else 1 - (total - 1) * observed / expected
