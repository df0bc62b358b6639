"""Which words of a sentence are an order to the labeller, where no punctuation parts it from work.

Each word is judged by itself and its neighbours, and runs of words are taken together. Learnt from
orders put before, behind and into tasks of the seed: those of `seed_orders.txt` and those made of
`seed_order_frames.txt` (a frame a line; words in braces are drawn from the lists at the end).
Does not belong here: whole pieces (orders.py), what is cut off (sanitise.py).
"""

import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import FeatureHasher
from sklearn.linear_model import LogisticRegression

from llm_enrichment.normalise import fold
from llm_enrichment.offline.features import Matrix
from llm_enrichment.offline.orders import CONTEXTS, ORDERS

FRAMES = Path(__file__).with_name("seed_order_frames.txt")
_WEIGHTS = Path(__file__).with_name("order_words.npz")
_WORD = re.compile(r"[^\W_]+|[%=]")
_SLOT = re.compile(r"\{(\w+)\}")
_BUCKETS = 2**15
_REACH = 3  # words to each side that have a say
_EDGE = "."  # stands for what is beyond the sentence
_STRENGTH, _OF_EACH_FRAME, _OF_EACH_ORDER = 1.0, 20, 3
# What weights are rounded to, so that they take a byte each.
_STEP = 1 / 32
# Share of the orders made of frames that are varied in each way.
_VARIED = 0.25
# Log-odds that it costs to begin an order within a sentence, or to end it there.
_TURN = 4.0


def order_spans(sentences: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Return the bounds of the runs of words in each sentence that read as orders."""
    found = [list(_WORD.finditer(sentence)) for sentence in sentences]
    scores = _scores([[fold(word.group()) for word in words] for words in found])
    return [
        [(words[first].start(), words[last - 1].end()) for first, last in _runs(score)]
        for words, score in zip(found, scores, strict=True)
    ]


def _scores(sentences: Sequence[Sequence[str]]) -> list[Matrix]:
    """Return the log-odds of each word of being in an order."""
    if not sentences:
        return []
    weights, bias = _learnt()
    features, numbers = _pairs(sentences)
    votes = np.asarray(features @ weights)[[row for rows in numbers for row in rows]]
    window = 2 * _REACH + 1
    most = len(votes) - window + 1
    totals = sum((votes[n : n + most, n] for n in range(window)), np.full(most, bias))
    starts = np.cumsum([0, *map(len, numbers)]).tolist()
    return [totals[start : start + len(s)] for start, s in zip(starts, sentences, strict=False)]


def _pairs(sentences: Sequence[Sequence[str]]) -> tuple[csr_matrix, list[list[int]]]:
    """Return the features of each distinct word with the one after it, and their rows.

    The rows of a sentence begin and end beyond it, as far as words have a say.
    """
    padded = [[_EDGE] * _REACH + list(words) + [_EDGE] * (_REACH + 1) for words in sentences]
    distinct = sorted({pair for words in padded for pair in pairwise(words)})
    row_of = {pair: row for row, pair in enumerate(distinct)}
    return _features(distinct), [[row_of[pair] for pair in pairwise(words)] for words in padded]


def _features(pairs: Sequence[tuple[str, str]]) -> csr_matrix:
    """Return one row for each word with the one after it: both, and the word's letters."""
    distinct = sorted({word for word, _ in pairs})
    row_of = {word: row for row, word in enumerate(distinct)}
    hashed = _hasher().transform
    alone = hashed(list(map(_traits, distinct)))[[row_of[word] for word, _ in pairs]]
    rows = alone + hashed([[" ".join(pair)] for pair in pairs])
    return csr_matrix(rows.multiply(1 / np.sqrt(rows.sum(axis=1))))


def _traits(word: str) -> list[str]:
    marked = f"^{word}$"
    sizes = (3, 4)
    grams = [marked[n : n + s] for s in sizes for n in range(max(1, len(marked) - s + 1))]
    return [word, *grams]


def _runs(scores: Matrix) -> Iterator[tuple[int, int]]:
    """Yield first and past-last word of each run that is an order, by the likeliest path."""
    outside, inside = 0.0, 0.0
    came: list[tuple[bool, bool]] = []  # whether the best way here was inside: if outside, inside
    for score in scores:
        came.append((inside - _TURN > outside, inside > outside - _TURN))
        outside, inside = (
            max(outside, inside - _TURN),
            max(inside, outside - _TURN) + float(score),
        )
    is_in, last = inside > outside, len(came)
    found: list[tuple[int, int]] = []
    for position in range(len(came), 0, -1):
        was_in = came[position - 1][is_in]
        if is_in and not was_in:
            found.append((position - 1, last))
        if was_in and not is_in:
            last = position - 1
        is_in = was_in
    if is_in:
        found.append((0, last))
    yield from reversed(found)


def fit_order_words(tasks: Sequence[str], path: Path = _WEIGHTS) -> None:
    """Fit on orders put to `tasks`, and write plain arrays."""
    sentences = list(_examples(tasks, random.Random(0)))
    words = [[fold(w) for text, _ in parts for w in _WORD.findall(text)] for parts in sentences]
    is_order = [o for parts in sentences for text, o in parts for _ in _WORD.findall(text)]
    features, numbers = _pairs(words)
    columns: list[list[int]] = [[] for _ in range(2 * _REACH + 1)]
    for inner, rows in zip(words, numbers, strict=True):
        for offset, column in enumerate(columns):
            column += rows[offset : offset + len(inner)]
    inputs = csr_matrix(hstack([features[column] for column in columns]))
    fitted = LogisticRegression(C=_STRENGTH, solver="liblinear").fit(inputs, is_order)
    weights = fitted.coef_[0].reshape(len(columns), _BUCKETS).T
    steps = np.clip(np.round(weights / _STEP), -127, 127).astype(np.int8)
    np.savez_compressed(path, steps=steps, bias=fitted.intercept_.astype(np.float32))


def _examples(tasks: Sequence[str], draw: random.Random) -> Iterator[list[tuple[str, bool]]]:
    """Yield sentences as their pieces, each with whether it is an order."""
    orders = ORDERS.read_text(encoding="utf-8").splitlines()
    contexts = CONTEXTS.read_text(encoding="utf-8").splitlines()
    given = orders * _OF_EACH_ORDER + list(_from_frames(draw))
    for text in [*tasks, *contexts]:
        work = (text, False)
        yield [work]
        for _ in range(5):
            yield [work, (draw.choice(given), True)]
        for _ in range(3):
            yield [(draw.choice(given), True), work]
        context = (draw.choice(contexts), False)
        yield [work, context]
        yield [context, work]
        yield [work, context, (draw.choice(given), True)]
        words = text.split()
        if len(words) > 3 and draw.random() < 0.5:
            cut = draw.randrange(1, len(words) - 1)
            halves = [(" ".join(half), False) for half in (words[:cut], words[cut:])]
            yield [halves[0], (draw.choice(given), True), halves[1]]
    yield from ([(order, True)] for order in orders)


def _from_frames(draw: random.Random) -> Iterator[str]:
    """Yield orders of each frame: some led in, some drawn out, some mistyped."""
    lines = [line for line in FRAMES.read_text(encoding="utf-8").splitlines() if line]
    lists = dict(line[1:].split("] ", 1) for line in lines if line.startswith("["))
    words = {name: entries.split("|") for name, entries in lists.items()}
    for frame in (line for line in lines if not line.startswith("[")):
        for _ in range(_OF_EACH_FRAME):
            led_in = "{start} " if draw.random() < _VARIED else ""
            drawn_out = " {end}" if draw.random() < _VARIED else ""
            varied = f"{led_in}{frame}{drawn_out}"
            order = _SLOT.sub(lambda slot: draw.choice(words[slot.group(1)]), varied)
            if draw.random() < _VARIED:
                typo = draw.randrange(len(order))
                order = order[:typo] + order[typo + 1 :]
            yield order


@cache
def _hasher() -> FeatureHasher:
    return FeatureHasher(_BUCKETS, input_type="string", alternate_sign=False)


@cache
def _learnt() -> tuple[Matrix, float]:
    with np.load(_WEIGHTS, allow_pickle=False) as stored:
        return stored["steps"] * _STEP, float(stored["bias"][0])
