"""Match the labels that people write to canonical tasks; a wrong match is worse than none.

In this order: what task_map.csv decided, absences, the same name or id, likeness of words and
meaning. A likeness that is too weak, or not clearly ahead of the next task, stays `unmapped` with
the best guess beside it for review. Does not belong here: the canonical tasks (canonical.py), what
in a label is no work (codes.py).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from llm_enrichment.absences import is_absence
from llm_enrichment.canonical import CanonicalTask
from llm_enrichment.codes import Codes
from llm_enrichment.normalise import STOP_WORDS, label_key, stem, tokens
from llm_enrichment.offline.tagger import centred_embeddings, is_empty_answer

# Measured on tests/enrichment/matching_pairs.csv (docs/enrichment.md): chosen for precision.
_ACCEPT, _MARGIN, _PROPOSE = 0.65, 0.10, 0.30

# Abbreviations of agency work, folded.
_LONG_FORMS = {
    "cr": "compte rendu",
    "crs": "compte rendu",
    "ao": "appel offre",
    "maj": "mise jour",
    "ndf": "note frais",
    "bdc": "bon commande",
    "bc": "bon commande",
    "rs": "reseaux sociaux",
    "cm": "community management",
    "rp": "relation presse",
    "cp": "communique presse",
    "reu": "reunion",
    "reus": "reunion",
    "rdv": "rendez vous",
    "decli": "declinaison",
    "declis": "declinaison",
    "exe": "execution",
    "reco": "recommandation",
    "recos": "recommandation",
    "strat": "strategie",
    "compet": "competition",
    "compete": "competition",
    "propal": "proposition",
    "validation": "validation",
    "admin": "administratif",
    "presta": "prestataire",
    "prestas": "prestataire",
    "st": "sous titrage",
    "edito": "editorial",
    "veille": "veille",
    "conf": "conference",
    "conceptu": "conception",
    "crea": "creation",
    "creas": "creation",
    "perf": "performance",
    "perfs": "performance",
    "visu": "visuel",
    "visus": "visuel",
    "pres": "presentation",
    "prez": "presentation",
    "orga": "organisation",
    "planif": "planification",
    "compta": "comptabilite",
    "valid": "validation",
    "valids": "validation",
    "tps": "temps",
}


@dataclass(frozen=True)
class Match:
    """Where one label goes; the columns of `task_matches`."""

    task_id: str
    confidence: float
    matched_by: str
    proposed_task_id: str | None = None


class TaskMatcher:
    """Matches labels to `tasks`, obeying what people decided for a source's label."""

    def __init__(
        self,
        tasks: Sequence[CanonicalTask],
        decisions: Iterable[Mapping[str, str]],
        clients: Iterable[str] = (),
    ) -> None:
        """Index the tasks by id, name and words.

        Args:
            tasks: where labels may go.
            decisions: rows of task_map.csv.
            clients: names that stand in labels without being work.
        """
        self._tasks = list(tasks)
        self._spelt: dict[tuple[str, str], str] = {}
        self._decided: dict[tuple[str, str], set[str]] = {}
        for row in decisions:
            source, label, task_id = row["source"], row["label"], row["task_id"]
            self._spelt[source, _spelling(label)] = task_id
            self._decided.setdefault((source, label_key(label)), set()).add(task_id)
        self._exact: dict[str, str] = {}
        for task in self._tasks:
            self._exact.setdefault(label_key(task.task_id), task.task_id)
        for task in self._tasks:
            self._exact.setdefault(label_key(task.task_name), task.task_id)
        self._words = [_words(task.task_name) for task in self._tasks]
        work = {word for task in self._tasks for word in tokens(task.task_name)}
        self._codes = Codes(clients, work | _LONG_FORMS.keys())
        spread = Counter(word for words in self._words for word in set(words))
        self._weight = {word: math.log(1 + len(tasks) / n) for word, n in spread.items()}
        self._rarest = math.log(1 + len(tasks))
        self._meaning = centred_embeddings([task.task_name for task in self._tasks])

    def match(self, source: str, labels: Sequence[str]) -> dict[str, Match]:
        """Return the match of each label of one source."""
        found: dict[str, Match] = {}
        unsure: list[str] = []
        for label in labels:
            key = label_key(label)
            if task_id := self._decision(source, label):
                found[label] = Match(task_id, 1.0, "decision")
            elif is_absence(label):
                found[label] = (
                    Match("unmapped", 0.5, "offline", "absence")
                    if self._may_be_work(label)
                    else Match("absence", 1.0, "exact")
                )
            elif task_id := self._exact.get(key):
                found[label] = Match(task_id, 1.0, "exact")
            elif is_empty_answer(label) or not self._tasks:
                found[label] = Match("unmapped", 1.0, "offline")
            else:
                unsure.append(label)
        bare = [self._codes.without(label) for label in unsure]
        for label, text, meaning in zip(unsure, bare, centred_embeddings(bare), strict=True):
            found[label] = self._liken(_words(text), meaning @ self._meaning.T)
        return found

    def _decision(self, source: str, label: str) -> str | None:
        """What people decided for this spelling, else for all spellings of these words."""
        if task_id := self._spelt.get((source, _spelling(label))):
            return task_id
        key = label_key(label)
        decided = self._decided.get((source, key), set()) if key else set()
        return next(iter(decided)) if len(decided) == 1 else None

    def _may_be_work(self, label: str) -> bool:
        """Whether an absence may as well be short for a task, such as CP for communiqués."""
        is_short = label_key(label) in _LONG_FORMS
        return is_short and any(_words(label)[0] in words for words in self._words)

    def _liken(self, words: Sequence[str], nearness: npt.NDArray[np.float64]) -> Match:
        scores = np.array(
            [
                likeness(self._overlap(words, others), float(near))
                for others, near in zip(self._words, nearness, strict=True)
            ]
        )
        order = np.lexsort((np.arange(len(scores)), -scores))
        best = scores[order[0]]
        margin = best - (scores[order[1]] if len(scores) > 1 else 0.0)
        task_id = self._tasks[int(order[0])].task_id
        confidence = round(float(min(1.0, best)), 3)
        if best >= _ACCEPT and margin >= _MARGIN:
            return Match(task_id, confidence, "offline")
        proposed = task_id if best >= _PROPOSE else None
        return Match("unmapped", round(1 - confidence, 3), "offline", proposed)

    def _overlap(self, words: Sequence[str], others: Sequence[str]) -> float:
        """Return how much of both sides' weight is shared, 0–1."""
        if not words or not others:
            return 0.0
        shared = self._share(words, others), self._share(others, words)
        return 2 * shared[0] * shared[1] / sum(shared) if sum(shared) else 0.0

    def _share(self, words: Sequence[str], others: Sequence[str]) -> float:
        total = covered = 0.0
        for word in set(words):
            near = max((_alike(word, other) for other in others), default=0.0)
            weight = self._weight.get(word, self._rarest)
            total += weight
            covered += near * weight
        return covered / total


def likeness(overlap: float, nearness: float) -> float:
    """Join shared words and nearness of meaning into one score."""
    return 0.55 * overlap + 0.55 * max(0.0, nearness)


def _spelling(label: str) -> str:
    """A label as task_map.csv tells it from others: case and spaces aside."""
    return " ".join(label.casefold().split())


def _words(text: str) -> list[str]:
    expanded = [w for token in tokens(text) for w in _LONG_FORMS.get(token, token).split()]
    content = [stem(word) for word in expanded if word not in STOP_WORDS]
    return content or expanded


@lru_cache(maxsize=2**16)
def _alike(a: str, b: str) -> float:
    if a == b:
        return 1.0
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) >= 4 and longer.startswith(shorter):
        return 0.9
    if len(shorter) >= 6 and Levenshtein.distance(a, b, score_cutoff=1) <= 1:
        return 0.9
    return 0.0
