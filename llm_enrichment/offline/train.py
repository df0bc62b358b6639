"""Fit the offline tagger on the labelled seeds and write its weights; run by hand.

    python -m llm_enrichment.offline.train

Temperatures and the abstention threshold come from predictions on held-out groups, so that
near-duplicates never vouch for one another. Does not belong here: published figures (evaluate.py).
"""

import csv
import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from sklearn.model_selection import StratifiedGroupKFold

from llm_enrichment.normalise import content_tokens
from llm_enrichment.offline.features import Matrix
from llm_enrichment.offline.model import (
    NATURES,
    Inputs,
    Model,
    TwoHeads,
    fit_frame,
    fit_heads,
    seen_through,
    sharpen,
)
from llm_enrichment.offline.order_words import CONTEXTS, ORDERS, fit_order_words
from llm_enrichment.order_patterns import holds_orders
from llm_enrichment.sanitise import sanitise

SEED = Path(__file__).with_name("seed_tasks.csv")
WEIGHTS = Path(__file__).with_name("weights.npz")
# Shares of true tasks on which the learnt part may abstain: as no tasks, as orders. The floor for
# the whole is 3 %.
_FALSE_ABSTENTIONS, _TAKEN_FOR_ORDERS = 0.012, 0.004
_FOLDS = 3
_SIGNS = re.compile(r"\s*[,;:.!?()\[\]{}<>—=|]+\s*")


@dataclass(frozen=True)
class Seed:
    """The labelled seed, one entry per row of the file."""

    texts: list[str]
    natures: npt.NDArray[np.str_]
    second: npt.NDArray[np.str_]
    shares: Matrix
    is_waiting: npt.NDArray[np.bool_]
    groups: npt.NDArray[np.str_]
    languages: npt.NDArray[np.str_]

    @property
    def is_task(self) -> npt.NDArray[np.bool_]:
        """Which rows are tasks."""
        return np.asarray(self.natures != "undetermined")


def read_seed(path: Path = SEED) -> Seed:
    """Read the labelled seed."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Seed(
        [clean.text for clean in sanitise([row["task_text"] for row in rows])],
        np.array([row["nature"] for row in rows]),
        np.array([row["nature_second"] for row in rows]),
        np.array([float(row["rule_share"] or "nan") for row in rows]),
        np.array([row["is_waiting"] == "true" for row in rows]),
        np.array([row["group"] for row in rows]),
        np.array([row["language"] for row in rows]),
    )


def subset(seed: Seed, rows: npt.NDArray[np.intp]) -> Seed:
    """Return some rows of the seed."""
    return Seed(
        [seed.texts[row] for row in rows],
        seed.natures[rows],
        seed.second[rows],
        seed.shares[rows],
        seed.is_waiting[rows],
        seed.groups[rows],
        seed.languages[rows],
    )


def fit(seed: Seed) -> Model:
    """Fit everything on `seed`; what is work and what an order, on orders and contexts as well."""
    # What may be left of an order once the rest of it is cut out is one too.
    orders = {
        part: order
        for order in ORDERS.read_text(encoding="utf-8").splitlines()
        for part in (*_SIGNS.split(order), order)
        if part == order or len(content_tokens(part)) > 1
    }
    contexts = CONTEXTS.read_text(encoding="utf-8").splitlines()
    inputs = Inputs.of([*seed.texts, *orders, *contexts])
    seeds, tasks = np.arange(len(seed.texts)), np.flatnonzero(seed.is_task)
    idf, centre, scale = fit_frame(inputs.take(seeds))
    is_work = np.repeat([False, True], [len(orders), len(contexts)])
    is_task = np.append(seed.is_task, is_work).astype(np.int64)
    groups = np.concatenate([seed.groups, list(orders.values()), contexts])
    natures = np.array([NATURES.index(n) if n in NATURES else -1 for n in seed.natures])
    work_or_orders = np.append(tasks, len(seeds) + np.arange(len(is_work)))
    heads: dict[str, TwoHeads] = {}
    held_out: dict[str, Matrix] = {}
    for name, rows, classes in (
        ("task", seeds, is_task),
        ("work", work_or_orders, is_task),
        ("nature", tasks, natures),
    ):
        guesses = np.zeros((len(rows), len(set(classes[rows]))))
        folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=0)
        for train, test in folds.split(rows, classes[rows], groups[rows]):
            frame = fit_frame(inputs.take(rows[train]))
            fitted = fit_heads(inputs.take(rows[train]), classes[rows[train]], *frame)
            guesses[test] = fitted.probabilities(*seen_through(frame, inputs.take(rows[test])))
        temperature = _temperature(guesses, classes[rows])
        fitted = fit_heads(inputs.take(rows), classes[rows], idf, centre, scale)
        heads[name] = replace(fitted, temperature=temperature)
        held_out[name] = sharpen(guesses, temperature)
    task_threshold = np.quantile(held_out["task"][tasks, 1], _FALSE_ABSTENTIONS)
    work_threshold = np.quantile(held_out["work"][: len(tasks), 1], _TAKEN_FOR_ORDERS)
    return Model(
        idf,
        centre,
        scale,
        **heads,
        shares=np.array([seed.shares[natures == n].mean() for n in range(len(NATURES))]),
        task_threshold=float(task_threshold),
        work_threshold=float(work_threshold),
    )


def _temperature(guesses: Matrix, classes: npt.NDArray[np.int64]) -> float:
    def loss(temperature: float) -> float:
        chosen = sharpen(guesses, temperature)[np.arange(len(classes)), classes]
        return float(-np.log(np.clip(chosen, 1e-9, 1)).mean())

    return float(minimize_scalar(loss, bounds=(0.2, 3.0), method="bounded").x)


def main() -> None:
    """Fit on the shipped seed and write the shipped weights."""
    with SEED.open(encoding="utf-8", newline="") as file:
        texts = [row["task_text"] for row in csv.DictReader(file)]
    harmless = [text for text in texts if not holds_orders(text)]
    fit_order_words(harmless)
    fit(read_seed()).save(WEIGHTS)


if __name__ == "__main__":
    main()
