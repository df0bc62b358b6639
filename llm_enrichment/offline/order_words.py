"""Which words of a sentence sound like somebody who tells the labeller what to answer.

Each word is judged by itself and its neighbours: whether it is in an order, begins one, ends one.
Learnt from orders put before, behind and into tasks of the seed and `seed_contexts.txt` (what
people add to a task, also about labels, rules and AI). The orders are those of `seed_orders.txt`
and those made of `seed_order_frames.txt` (a frame a line; words in braces are drawn from the lists
at its end). No embedding, so that it costs little beside a call of a model.
Does not belong here: what is cut off (sanitise.py).
"""

import random
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import exp
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.utils import murmurhash3_32

from llm_enrichment.normalise import fold
from llm_enrichment.offline.features import Matrix

Span = tuple[int, int]

ORDERS = Path(__file__).with_name("seed_orders.txt")
CONTEXTS = Path(__file__).with_name("seed_contexts.txt")
FRAMES = Path(__file__).with_name("seed_order_frames.txt")
_WEIGHTS = Path(__file__).with_name("order_words.npz")
# Folded beginnings of what labels are called: a sentence that holds one is suspected sooner.
_LABEL = re.compile(
    r"human|humain|rule|regle|automat|mixed|mixte|judge?ment|jugement|creati|mecani|mechani|"
    r"repetiti|label|etiquet|categor|class|tag|undetermin|indetermin"
)
_WORD = re.compile(r"[\w.+-]+@[\w.-]+|[^\W_]+|[%=]")
_SLOT = re.compile(r"\{(\w+)\}")
_BUCKETS = 2**15
_REACH = 3  # words to each side that have a say
_WINDOW = 2 * _REACH + 1
_CAPITAL = "^^"  # marks a word that begins with one inside the sentence
_EDGE = "."  # stands for what is beyond the sentence
_STRENGTH, _OF_EACH_FRAME, _OF_EACH_ORDER = 1.0, 20, 6
# What weights are rounded to, so that they take a byte each.
_STEP = 1 / 32
# Share of the orders made of frames that are varied in each way; of what begins with a capital.
_VARIED, _CAPITALISED = 0.25, 0.4
# How much it counts how well an order begins and ends where it does.
_WEIGHT_OF_PLACE = 1.0


@dataclass(frozen=True)
class Reading:
    """How much of a sentence sounds like an order.

    Attributes:
        words: bounds of its words.
        odds: log-odds of each word of being in an order.
        orders: bounds of the runs of words that are one.
    """

    words: list[Span]
    odds: Matrix
    orders: list[Span]

    def chance(self, start: int, end: int) -> float:
        """Return how likely the words between two places are an order; 0 without words."""
        first, last = (bisect_left(self.words, (place,)) for place in (start, end))
        return 1 / (1 + exp(-self.odds[first:last].mean())) if first < last else 0.0


def read_orders(sentences: Sequence[str]) -> list[Reading]:
    """Return of each sentence how much of it sounds like an order."""
    found = [list(_WORD.finditer(sentence)) for sentence in sentences]
    scores = _scores([_as_read([word.group() for word in words]) for words in found])
    return [
        Reading(
            [word.span() for word in words],
            score[:, 0],
            [(words[first].start(), words[last - 1].end()) for first, last in _runs(score)],
        )
        for words, score in zip(found, scores, strict=True)
    ]


def _as_read(words: Sequence[str]) -> list[str]:
    """Return words folded; those after the first that begin with a capital letter are marked."""
    return [_CAPITAL * (n > 0 and word[0].isupper()) + fold(word) for n, word in enumerate(words)]


def _scores(sentences: Sequence[Sequence[str]]) -> list[Matrix]:
    """Return the log-odds of each word of being in an order, of beginning and of ending one."""
    if not sentences:
        return []
    padded = [word for words in sentences for word in _padded(words)]
    votes = _votes(list(pairwise([*padded, _EDGE])))
    most = len(padded) - _WINDOW + 1
    totals = sum((votes[n : n + most, n] for n in range(_WINDOW)), np.tile(_learnt()[1], (most, 1)))
    starts = np.cumsum([0, *(len(words) + 2 * _REACH for words in sentences)]).tolist()
    suspected = [_learnt()[2] * _names_a_label(words) for words in sentences]
    return [
        totals[start : start + len(words)] + more
        for start, words, more in zip(starts, sentences, suspected, strict=False)
    ]


def _names_a_label(words: Sequence[str]) -> bool:
    return any(_LABEL.match(word.removeprefix(_CAPITAL)) for word in words)


def _padded(words: Sequence[str]) -> list[str]:
    beyond = [_EDGE] * _REACH
    return [*beyond, *words, *beyond]


def _votes(pairs: Sequence[tuple[str, str]]) -> Matrix:
    """Return what each word with the one after it says of itself and of its neighbours."""
    weights = _learnt()[0]
    alone = [_votes_alone(word) for word, _ in pairs]
    sums = np.array([votes for votes, _ in alone]) + weights[[_bucket(*pair) for pair in pairs]]
    sizes = np.sqrt(np.array([count for _, count in alone]) + 1)
    result: Matrix = sums / sizes[:, None, None]
    return result


@lru_cache(maxsize=2**16)
def _votes_alone(word: str) -> tuple[Matrix, int]:
    """Return the sum of the votes of a word and its letters, and how many they are."""
    buckets = _buckets(word)
    return _learnt()[0][buckets].sum(axis=0), len(buckets)


def _buckets(word: str) -> list[int]:
    """Return where the weights of a word and of its letters stand."""
    bare = word.removeprefix(_CAPITAL)
    marked = f"^{bare}$"
    sizes = (3, 4)
    grams = [marked[n : n + s] for s in sizes for n in range(max(1, len(marked) - s + 1))]
    return [_bucket(trait) for trait in (bare, *grams, *[_CAPITAL] * (bare != word))]


def _bucket(*words: str) -> int:
    place: int = murmurhash3_32(" ".join(words), positive=True) % _BUCKETS
    return place


def _runs(scores: Matrix) -> Iterator[Span]:
    """Yield first and past-last word of each run that is an order, by the likeliest path."""
    within, begins, ends = (scores * [1.0, _WEIGHT_OF_PLACE, _WEIGHT_OF_PLACE]).T.tolist()
    if sum(max(odds, 0) for odds in within) + max(begins, default=0) + max(ends, default=0) <= 0:
        return  # no run can be worth it, as in most tasks
    outside, inside = 0.0, -np.inf
    came: list[tuple[bool, bool]] = []  # whether the best way here was inside: if outside, inside
    for n in range(len(scores)):
        left = inside + (ends[n - 1] if n else 0.0)
        entered, stayed = outside + begins[n], inside
        came.append((left > outside, stayed > entered))
        outside, inside = max(outside, left), max(stayed, entered) + within[n]
    is_in, last = inside + ends[-1] > outside if len(scores) else False, len(came)
    found: list[Span] = []
    for position in range(len(came), 0, -1):
        was_in = came[position - 1][is_in]
        if is_in and not was_in:
            found.append((position - 1, last))
        if was_in and not is_in:
            last = position - 1
        is_in = was_in
    yield from reversed(found)


def fit_order_words(tasks: Sequence[str], path: Path = _WEIGHTS) -> None:
    """Fit on orders put to `tasks`, and write plain arrays."""
    words: list[str] = []
    places: list[int] = []
    is_suspected: list[bool] = []
    answers: list[tuple[bool, bool, bool]] = []
    for parts in _examples(tasks, random.Random(0)):
        pieces = [(_WORD.findall(text), is_order) for text, is_order in parts]
        padded = _padded(_as_read([word for inner, _ in pieces for word in inner]))
        places += range(len(words), len(words) + len(padded) - 2 * _REACH)
        words += padded
        is_suspected += [_names_a_label(padded)] * (len(padded) - 2 * _REACH)
        for inner, is_order in pieces:
            last = len(inner) - 1
            answers += [
                (is_order, is_order and n == 0, is_order and n == last) for n in range(len(inner))
            ]
    features = _features(list(pairwise([*words, _EDGE])))
    windows = [features[np.array(places) + n] for n in range(_WINDOW)]
    inputs = csr_matrix(hstack([*windows, np.array(is_suspected, np.float64)[:, None]]))
    fitted = [
        LogisticRegression(C=_STRENGTH, solver="liblinear").fit(inputs, answer)
        for answer in zip(*answers, strict=True)
    ]
    learnt = np.stack([one.coef_[0] for one in fitted], axis=-1)
    weights = learnt[:-1].reshape(_WINDOW, _BUCKETS, -1).swapaxes(0, 1)
    steps = np.clip(np.round(weights / _STEP), -127, 127).astype(np.int8)
    bias = np.array([one.intercept_[0] for one in fitted], np.float32)
    np.savez_compressed(path, steps=steps, bias=bias, suspicion=learnt[-1].astype(np.float32))


def _features(pairs: Sequence[tuple[str, str]]) -> csr_matrix:
    """Return one row for each word with the one after it: both, and the word's letters."""
    of_word = {word: _buckets(word) for word, _ in pairs}
    distinct = sorted(set(pairs))
    row_of = {pair: row for row, pair in enumerate(distinct)}
    rows = [[*of_word[pair[0]], _bucket(*pair)] for pair in distinct]
    sizes = [len(row) for row in rows]
    values = np.repeat(1 / np.sqrt(sizes), sizes)
    bounds = np.cumsum([0, *sizes])
    found = csr_matrix((values, np.concatenate(rows), bounds), shape=(len(rows), _BUCKETS))
    found.sum_duplicates()
    return csr_matrix(found[[row_of[pair] for pair in pairs]])


def _examples(tasks: Sequence[str], draw: random.Random) -> Iterator[list[tuple[str, bool]]]:
    """Yield sentences as their pieces, each with whether it is an order."""
    orders = ORDERS.read_text(encoding="utf-8").splitlines()
    contexts = CONTEXTS.read_text(encoding="utf-8").splitlines()
    given = orders * _OF_EACH_ORDER + list(_from_frames(draw))

    def an_order() -> tuple[str, bool]:
        return _begun(draw.choice(given), draw), True

    for text in [*tasks, *contexts]:
        work = (_begun(text, draw), False)
        yield [work]
        for _ in range(5):
            yield [work, an_order()]
        for _ in range(3):
            yield [an_order(), work]
        context = (_begun(draw.choice(contexts), draw), False)
        yield [work, context]
        yield [context, work]
        yield [work, context, an_order()]
        words = text.split()
        if len(words) > 3 and draw.random() < 0.5:
            cut = draw.randrange(1, len(words) - 1)
            halves = [(" ".join(half), False) for half in (words[:cut], words[cut:])]
            yield [halves[0], an_order(), halves[1]]
    yield from ([(order, True)] for order in orders)


def _begun(text: str, draw: random.Random) -> str:
    """Return `text` with a capital letter at its beginning, or without one."""
    first = text[:1]
    return (first.upper() if draw.random() < _CAPITALISED else first.lower()) + text[1:]


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
def _learnt() -> tuple[Matrix, Matrix, Matrix]:
    """Return the votes of each bucket; what is added to all words, and to suspected sentences."""
    with np.load(_WEIGHTS, allow_pickle=False) as stored:
        bias, suspicion = (stored[key].astype(np.float64) for key in ("bias", "suspicion"))
        return stored["steps"] * _STEP, bias, suspicion
