"""Fit the offline tagger on the labelled seeds and write its weights; run by hand.

    python -m llm_enrichment.offline.train

Temperatures and the abstention threshold come from predictions on held-out groups, so that
near-duplicates never vouch for one another. Does not belong here: published figures (evaluate.py).
"""

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from sklearn.model_selection import StratifiedGroupKFold

from llm_enrichment.offline.features import Matrix
from llm_enrichment.offline.model import (
    NATURES,
    Inputs,
    Model,
    TwoHeads,
    fit_frame,
    fit_heads,
    sharpen,
)
from llm_enrichment.offline.orders import fit_orders
from llm_enrichment.sanitise import holds_orders, sanitise

SEED = Path(__file__).with_name("seed_tasks.csv")
WEIGHTS = Path(__file__).with_name("weights.npz")
# Share of true tasks on which the learnt part may abstain; the floor for the whole is 3 %.
_FALSE_ABSTENTIONS = 0.012
_FOLDS = 3


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


def fit(seed: Seed, inputs: Inputs) -> Model:
    """Fit everything on `seed`, whose features are `inputs`."""
    idf, centre, scale = fit_frame(inputs)
    everything = np.arange(len(seed.texts))
    tasks = np.flatnonzero(seed.is_task)
    natures = np.array([NATURES.index(n) if n in NATURES else -1 for n in seed.natures])
    heads: dict[str, TwoHeads] = {}
    held_out: dict[str, Matrix] = {}
    for name, rows, classes in (
        ("task", everything, seed.is_task.astype(np.int64)),
        ("nature", tasks, natures),
    ):
        guesses = np.zeros((len(rows), len(set(classes[rows]))))
        folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=0)
        for train, test in folds.split(rows, classes[rows], seed.groups[rows]):
            fitted = fit_heads(
                inputs.take(rows[train]), classes[rows[train]], *fit_frame(inputs.take(rows[train]))
            )
            partial = Model(*fit_frame(inputs.take(rows[train])), fitted, fitted, np.zeros(3), 0.0)
            guesses[test] = fitted.probabilities(*partial.transformed(inputs.take(rows[test])))
        temperature = _temperature(guesses, classes[rows])
        fitted = fit_heads(inputs.take(rows), classes[rows], idf, centre, scale)
        heads[name] = replace(fitted, temperature=temperature)
        held_out[name] = sharpen(guesses, temperature)
    threshold = float(np.quantile(held_out["task"][tasks, 1], _FALSE_ABSTENTIONS))
    shares = np.array([seed.shares[natures == index].mean() for index in range(len(NATURES))])
    return Model(idf, centre, scale, heads["task"], heads["nature"], shares, threshold)


def _temperature(guesses: Matrix, classes: npt.NDArray[np.int64]) -> float:
    def loss(temperature: float) -> float:
        chosen = sharpen(guesses, temperature)[np.arange(len(classes)), classes]
        return float(-np.log(np.clip(chosen, 1e-9, 1)).mean())

    return float(minimize_scalar(loss, bounds=(0.2, 3.0), method="bounded").x)


def main() -> None:
    """Fit on the shipped seed and write the shipped weights."""
    with SEED.open(encoding="utf-8", newline="") as file:
        texts = [row["task_text"] for row in csv.DictReader(file)]
    fit_orders([text for text in texts if not holds_orders(text)])
    seed = read_seed()
    fit(seed, Inputs.of(seed.texts)).save(WEIGHTS)


if __name__ == "__main__":
    main()
