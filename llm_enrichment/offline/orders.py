"""How much a piece of a task text sounds like somebody who tells the labeller what to answer.

Learnt from `seed_orders.txt`, against the labelled seed and `seed_contexts.txt` (what people add to
a task, also about labels, rules and AI). N-grams alone, so that it costs nothing beside a call.
Does not belong here: what is cut off (sanitise.py).
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression

from llm_enrichment.offline.features import Matrix, ngrams, weighted

ORDERS = Path(__file__).with_name("seed_orders.txt")
CONTEXTS = Path(__file__).with_name("seed_contexts.txt")
_WEIGHTS = Path(__file__).with_name("orders.npz")
_STRENGTH = 10.0
_PART = re.compile(r"[,.;:!?()]\s*")


def order_chances(pieces: Sequence[str]) -> Matrix:
    """Return for each piece the probability that it is an order."""
    if not pieces:
        return np.zeros(0)
    idf, weights, bias = _learnt()
    logits = np.asarray(weighted(ngrams(pieces), idf) @ weights) + bias
    chances: Matrix = 1 / (1 + np.exp(-logits))
    return chances


def fit_orders(tasks: Sequence[str], path: Path = _WEIGHTS) -> None:
    """Fit on the orders against `tasks` and the contexts, and write plain arrays."""
    orders = ORDERS.read_text(encoding="utf-8").splitlines()
    contexts = CONTEXTS.read_text(encoding="utf-8").splitlines()
    parts = [part for task in tasks for part in _PART.split(task) if part]
    work = list(dict.fromkeys([*tasks, *parts, *contexts]))
    counts = ngrams([*orders, *work])
    idf = TfidfTransformer(sublinear_tf=True).fit(counts).idf_
    is_order = np.array([1] * len(orders) + [0] * len(work))
    fitted = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=5000)
    fitted.fit(weighted(counts, idf), is_order)
    learnt = {"idf": idf, "weights": fitted.coef_[0], "bias": fitted.intercept_[0]}
    arrays: dict[str, Any] = {name: np.asarray(v, np.float32) for name, v in learnt.items()}
    np.savez_compressed(path, **arrays)


@cache
def _learnt() -> tuple[Matrix, Matrix, float]:
    with np.load(_WEIGHTS, allow_pickle=False) as stored:
        idf, weights, bias = (stored[k].astype(np.float64) for k in ("idf", "weights", "bias"))
    return idf, weights, float(bias)
