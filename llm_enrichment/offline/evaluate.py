"""Measure the offline tagger on tasks that it never saw and write the figures; run by hand.

    python -m llm_enrichment.offline.evaluate docs/enrichment.md

The whole tagger, hard rules included, is fitted anew for each fold of groups (near-duplicates share
a group), temperatures and threshold too, and labels the fold left out.
Does not belong here: fitting the shipped weights (train.py).
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.metrics import cohen_kappa_score, confusion_matrix
from sklearn.model_selection import StratifiedGroupKFold

from llm_enrichment.offline.model import NATURES
from llm_enrichment.offline.tagger import tag_texts
from llm_enrichment.offline.train import Seed, fit, read_seed, subset
from llm_enrichment.tags import Tag

_FOLDS, _BINS, _RESAMPLES = 5, 10, 1000
_BEGIN, _END = "<!-- figures: begin -->", "<!-- figures: end -->"
Flags = npt.NDArray[np.bool_]


def held_out_tags(seed: Seed) -> list[Tag]:
    """Return the tag of each row of `seed`, by a tagger that saw nothing of its group."""
    tags: dict[int, Tag] = {}
    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=1)
    for train, test in folds.split(seed.texts, seed.natures, seed.groups):
        model = fit(subset(seed, train))
        labelled = tag_texts([seed.texts[row] for row in test], model)
        tags |= dict(zip(test.tolist(), labelled, strict=True))
    return [tags[row] for row in range(len(seed.texts))]


def figures(seed: Seed, tags: Sequence[Tag]) -> list[str]:
    """Return the figures as lines of Markdown."""
    given = np.array([tag.nature.value for tag in tags])
    confidence = np.array([tag.confidence for tag in tags])
    is_task, abstained = seed.is_task, given == "undetermined"
    labelled = is_task & ~abstained
    two = labelled & (seed.natures != "mixed") & (given != "mixed")
    twice = is_task & (seed.second != "")
    waiting = np.array([tag.is_waiting for tag in tags])
    shares = np.array([np.nan if tag.rule_share is None else tag.rule_share for tag in tags])
    lines = [
        "| figure | value | floor |",
        "|---|---|---|",
        _row(
            "tasks, non-tasks, groups",
            f"{is_task.sum()}, {(~is_task).sum()}, {len(set(seed.groups))}",
        ),
        _row(
            "agreement of the two labelling passes, κ",
            f"{cohen_kappa_score(seed.natures[twice], seed.second[twice]):.3f} (n = {twice.sum()})",
        ),
        _row("κ, three classes", _kappa(seed.natures, given, labelled), "≥ .55"),
        _row(
            "κ, three classes, French",
            _kappa(seed.natures, given, labelled & (seed.languages == "fr")),
        ),
        _row(
            "κ, three classes, English",
            _kappa(seed.natures, given, labelled & (seed.languages == "en")),
        ),
        _row(
            "κ, two classes, mixed left out on both sides",
            _kappa(seed.natures, given, two),
            "≥ .75",
        ),
        _row(
            "κ, two classes, mixed left out of the labels only",
            _kappa(seed.natures, given, labelled & (seed.natures != "mixed")),
        ),
        _row(
            "expected calibration error",
            f"{calibration_error(confidence[labelled], (given == seed.natures)[labelled]):.3f}",
            "≤ .10",
        ),
        _row("abstention on non-tasks", f"{abstained[~is_task].mean():.1%}", "≥ 90 %"),
        _row("false abstention on tasks", f"{abstained[is_task].mean():.1%}", "< 3 %"),
        _row(
            "rule share, mean absolute error",
            f"{np.nanmean(np.abs(shares - seed.shares)[labelled]):.3f}",
        ),
        _row(
            "waiting: precision, recall",
            f"{(waiting & seed.is_waiting).sum() / max(1, waiting.sum()):.2f}, "
            f"{(waiting & seed.is_waiting).sum() / max(1, seed.is_waiting.sum()):.2f}",
        ),
        "",
        "| labelled ↓, tagged → | " + " | ".join(NATURES) + " | abstained |",
        "|---|---|---|---|---|",
    ]
    names = [*NATURES, "undetermined"]
    for name, row in zip(names, confusion_matrix(seed.natures, given, labels=names), strict=True):
        lines.append(f"| {name} | " + " | ".join(map(str, row)) + " |")
    return lines


def calibration_error(confidence: npt.NDArray[np.float64], is_right: Flags) -> float:
    """Return the expected calibration error over ten equal bins."""
    error = 0.0
    for low in np.arange(_BINS) / _BINS:
        within = (confidence > low) & (confidence <= low + 1 / _BINS)
        if within.any():
            error += within.mean() * abs(is_right[within].mean() - confidence[within].mean())
    return float(error)


def _kappa(labels: npt.NDArray[np.str_], given: npt.NDArray[np.str_], rows: Flags) -> str:
    a, b = labels[rows], given[rows]
    generator = np.random.default_rng(0)
    draws = [
        cohen_kappa_score(a[sample], b[sample])
        for sample in (generator.integers(0, len(a), len(a)) for _ in range(_RESAMPLES))
    ]
    low, high = np.quantile(draws, [0.05, 0.95])
    return f"{cohen_kappa_score(a, b):.2f} (90 % {low:.2f}–{high:.2f}, n = {len(a)})"


def _row(name: str, value: str, floor: str = "") -> str:
    return f"| {name} | {value} | {floor} |"


def main() -> None:
    """Write the figures between the marks of the document named on the command line."""
    document = Path(sys.argv[1])
    seed = read_seed()
    lines = figures(seed, held_out_tags(seed))
    text = document.read_text(encoding="utf-8")
    before, after = text.split(_BEGIN)[0], text.split(_END)[1]
    document.write_text("\n".join([f"{before}{_BEGIN}", *lines, f"{_END}{after}"]), "utf-8")


if __name__ == "__main__":
    main()
