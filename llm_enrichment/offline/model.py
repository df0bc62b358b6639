"""The offline classifier: two linear heads, their mean, a temperature; fitted, stored, applied.

One pair of heads tells tasks from non-tasks, one from orders to the labeller, one tells the three
natures apart. Applying needs
numpy and the shipped arrays only. Does not belong here: which texts to fit (train.py), hard rules
of abstention (tagger.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import LogisticRegression

from llm_enrichment.offline.features import Matrix, embed, ngrams, surface, weighted

NATURES = ("human_value", "mixed", "rule_based")
# The idf of each n-gram bucket; mean and spread of the embeddings.
Frame = tuple[Matrix, Matrix, float]
# Strengths chosen by grouped cross-validation on the seed; figures vary little around them.
_NGRAM_C, _DENSE_C, _SURFACE_SCALE = 10.0, 0.02, 3.0


@dataclass(frozen=True)
class Inputs:
    """Features of some texts."""

    counts: csr_matrix
    embeddings: Matrix
    surface: Matrix

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Inputs":
        """Compute the features of `texts`."""
        return cls(ngrams(texts), embed(texts), surface(texts))

    def take(self, rows: npt.NDArray[np.intp]) -> "Inputs":
        """Return the features of some of the texts."""
        return Inputs(self.counts[rows], self.embeddings[rows], self.surface[rows])


@dataclass(frozen=True)
class TwoHeads:
    """Weights of one question: n-gram head and dense head over the same classes."""

    ngram_weights: Matrix
    ngram_bias: Matrix
    dense_weights: Matrix
    dense_bias: Matrix
    temperature: float

    def probabilities(self, sparse: csr_matrix, dense: Matrix) -> Matrix:
        """Return calibrated class probabilities, one row per text."""
        mean = (self.by_ngrams(sparse) + _softmax(dense @ self.dense_weights + self.dense_bias)) / 2
        return sharpen(mean, self.temperature)

    def by_ngrams(self, sparse: csr_matrix) -> Matrix:
        """Return what the n-gram head alone says."""
        return _softmax(np.asarray(sparse @ self.ngram_weights) + self.ngram_bias)


@dataclass(frozen=True)
class Model:
    """Everything that the offline tagger learnt.

    Attributes:
        idf: inverse document frequency of each n-gram bucket.
        centre: mean embedding of the seed.
        scale: spread of the embeddings of the seed.
        task: heads over (non-task, task).
        work: heads over (order, task).
        nature: heads over `NATURES`.
        shares: mean rule share of each nature in the seed.
        task_threshold: probability of being a task below which the tagger abstains.
        work_threshold: probability of being work, not an order, below which it abstains.
    """

    idf: Matrix
    centre: Matrix
    scale: float
    task: TwoHeads
    work: TwoHeads
    nature: TwoHeads
    shares: Matrix
    task_threshold: float
    work_threshold: float

    def predict(self, inputs: Inputs) -> tuple[Matrix, Matrix, Matrix]:
        """Return the probabilities of being a task, of being work, and of `NATURES`."""
        sparse, dense = self.transformed(inputs)
        return (
            self.task.probabilities(sparse, dense)[:, 1],
            self.work.probabilities(sparse, dense)[:, 1],
            self.nature.probabilities(sparse, dense),
        )

    def predict_quickly(self, texts: Sequence[str]) -> Matrix:
        """Return the probabilities of `NATURES` by the n-gram head alone, without embeddings."""
        return self.nature.by_ngrams(weighted(ngrams(texts), self.idf))

    def transformed(self, inputs: Inputs) -> tuple[csr_matrix, Matrix]:
        """Return n-grams weighted and normalised, and dense features centred."""
        return seen_through((self.idf, self.centre, self.scale), inputs)

    def save(self, path: Path) -> None:
        """Write the weights as plain arrays."""
        arrays: dict[str, Any] = {
            "idf": self.idf,
            "centre": self.centre,
            "scale": self.scale,
            "shares": self.shares,
            "task_threshold": self.task_threshold,
            "work_threshold": self.work_threshold,
        }
        for name, heads in (("task", self.task), ("work", self.work), ("nature", self.nature)):
            arrays |= {f"{name}_{key}": value for key, value in vars(heads).items()}
        arrays = {name: np.asarray(value, np.float32) for name, value in arrays.items()}
        np.savez_compressed(path, **arrays)

    @classmethod
    def load(cls, path: Path) -> "Model":
        """Read weights that `save` wrote."""
        with np.load(path, allow_pickle=False) as stored:
            arrays = {key: stored[key].astype(np.float64) for key in stored.files}
        heads = {
            name: TwoHeads(
                arrays[f"{name}_ngram_weights"],
                arrays[f"{name}_ngram_bias"],
                arrays[f"{name}_dense_weights"],
                arrays[f"{name}_dense_bias"],
                float(arrays[f"{name}_temperature"]),
            )
            for name in ("task", "work", "nature")
        }
        return cls(
            arrays["idf"],
            arrays["centre"],
            float(arrays["scale"]),
            heads["task"],
            heads["work"],
            heads["nature"],
            arrays["shares"],
            float(arrays["task_threshold"]),
            float(arrays["work_threshold"]),
        )


def fit_heads(
    inputs: Inputs, classes: npt.NDArray[np.int64], idf: Matrix, centre: Matrix, scale: float
) -> TwoHeads:
    """Fit both heads on labelled texts; the temperature is left at 1."""
    sparse, dense = seen_through((idf, centre, scale), inputs)
    heads: list[Matrix] = []
    for strength, features in ((_NGRAM_C, sparse), (_DENSE_C, dense)):
        fitted = LogisticRegression(C=strength, max_iter=5000).fit(features, classes)
        weights, bias = fitted.coef_.T, fitted.intercept_
        if weights.shape[1] == 1:  # two classes: scikit-learn keeps the second one's logit only
            weights = np.hstack([np.zeros_like(weights), weights])
            bias = np.array([0.0, bias[0]])
        heads += [weights, bias]
    return TwoHeads(heads[0], heads[1], heads[2], heads[3], temperature=1.0)


def fit_frame(inputs: Inputs) -> Frame:
    """Return what texts are seen through."""
    idf = TfidfTransformer(sublinear_tf=True).fit(inputs.counts).idf_
    return idf, inputs.embeddings.mean(axis=0), float(inputs.embeddings.std())


def seen_through(frame: Frame, inputs: Inputs) -> tuple[csr_matrix, Matrix]:
    """Return n-grams weighted and normalised, and dense features centred."""
    idf, centre, scale = frame
    return weighted(inputs.counts, idf), _dense(inputs, centre, scale)


def sharpen(probabilities: Matrix, temperature: float) -> Matrix:
    """Return probabilities at another temperature (below 1 is more certain)."""
    powered = np.power(np.clip(probabilities, 1e-6, 1.0), 1 / temperature)
    result: Matrix = powered / powered.sum(axis=1, keepdims=True)
    return result


def _dense(inputs: Inputs, centre: Matrix, scale: float) -> Matrix:
    return np.hstack([(inputs.embeddings - centre) / scale, inputs.surface * _SURFACE_SCALE])


def _softmax(logits: Matrix) -> Matrix:
    powered = np.exp(logits - logits.max(axis=1, keepdims=True))
    result: Matrix = powered / powered.sum(axis=1, keepdims=True)
    return result
