"""Label one task text offline: sanitise, abstain on non-tasks, classify, explain.

Belongs here: the hard rules of abstention, waiting, the wording of reasons.
Does not belong here: weights (model.py), the CSV and table forms of tags (tagging.py).
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from llm_enrichment.normalise import STOP_WORDS, content_tokens, fold, tokens
from llm_enrichment.offline.features import Matrix, embed
from llm_enrichment.offline.model import NATURES, Inputs, Model
from llm_enrichment.sanitise import sanitise
from llm_enrichment.settings import Nature
from llm_enrichment.tags import Tag

MODEL_NAME = "offline-tagger-2"
PROMPT_VERSION = "rubric-1"
_WEIGHTS = Path(__file__).with_name("weights.npz")

_EMPTY_ANSWERS = re.compile(
    r"(?:ras|rien\b.*|neant|aucune?|n/?a|nc|idem|pareil|same|nothing\b.*|none|tbd|tbc|divers\w*|"
    r"misc\w*|autres?(?: taches?)?|others?|test(?: test)*|lorem ipsum.*|je ne sais pas.*|"
    r"i (?:do not|don'?t) know.*|ca depend.*|(?:it )?depends.*|voir (?:avec|ci)\b.*|see above|"
    r"(?:a|to) (?:completer|remplir|definir|be \w+).*|pas concerne.*|non concerne.*|"
    r"not applicable)[\s.!]*"
)
# So few words left of a cut text have to be rather work than an order.
_FEW_WORDS, _RATHER_WORK = 3, 0.5
# Longest texts are pasted documents, not tasks of a form.
_LONGEST = 400
_VOWEL = re.compile(r"[aeiouy]")

_WAITING = re.compile(
    r"\b(?:attente|attendre|attends|attend|attendons|patienter|waiting|awaiting|wait)\b"
    r"|\b(?:relanc\w+|chas(?:e|ing)|courir apres|chasser|courser|run(?:ning)? after|nudg\w+)\b"
    r".{0,40}\b(?:valid\w*|approv\w*|approb\w*|retours?|feedback|sign\w*|bat|bon a tirer|accord|"
    r"feu vert|go|reponses?|repl\w+|answers?|elements?|contenus?|assets?|inputs?|infos?|"
    r"informations?|contents?|bons? de commande|factures?|brief|briefs|documents?|fichiers?|"
    r"files?|materials?|personne|clients?|equipes?|teams?)\b"
    r"|\b(?:validations?|approvals?|feedback)\b.{0,20}\b(?:relanc\w+|chas\w+|pending|en attente)\b"
    r"|\brelances? (?:de )?(?:validations?|clients?|interne)\b"
)
# Chasing money or a journalist is work of its own, not waiting for an input.
_NOT_WAITING = re.compile(
    r"\b(?:impaye\w*|unpaid|overdue|prospect\w*|journalist\w*|redaction|presse|press|media|"
    r"newsletter|panier\w*|cart|leads?)\b"
)


def tag_texts(texts: Sequence[str], model: Model | None = None) -> list[Tag]:
    """Return one tag per text; the same text always gets the same tag.

    Args:
        texts: task texts as people wrote them.
        model: what was learnt; the shipped weights by default.
    """
    sanitised = sanitise(texts)
    sentences = {text for clean in sanitised for text in (clean.text, *clean.further)}
    distinct = sorted(text for text in sentences if not _reason_to_abstain(text))
    labelled = dict(zip(distinct, _classify(distinct, model or _model()), strict=True))
    tags: list[Tag] = []
    for clean in sanitised:
        tag = _tag_of(clean.text, labelled, is_cut=clean.is_cut)
        if tag.nature == Nature.UNDETERMINED:
            further = (_tag_of(text, labelled, is_cut=clean.is_cut) for text in clean.further)
            tag = next((t for t in further if t.nature != Nature.UNDETERMINED), tag)
        tags.append(tag.of_a_part() if clean.is_cut else tag)
    return tags


def _tag_of(text: str, labelled: Mapping[str, tuple[Tag, float]], *, is_cut: bool) -> Tag:
    reason = _reason_to_abstain(text)
    if reason:
        return _abstained(reason, 1.0)
    tag, work_chance = labelled[text]
    is_short = len(content_tokens(text)) <= _FEW_WORDS
    if is_cut and is_short and work_chance < _RATHER_WORK and not is_waiting(text):
        return _abstained("may be what is left of an order to the labeller", 1 - work_chance)
    return tag


def quick_votes(texts: Sequence[str]) -> list[tuple[Nature, float]]:
    """Return label and probability of each text by its n-grams alone, a hundred times faster.

    Weaker than `tag_texts` and never abstaining: a second opinion, not a tag.
    """
    if not texts:
        return []
    chances = _model().predict_quickly(texts)
    return [(Nature(NATURES[int(row.argmax())]), float(row.max())) for row in chances]


def is_empty_answer(text: str) -> bool:
    """Whether `text` names nothing at all: no word, a question, or "nothing to report"."""
    return not tokens(text) or "?" in text or bool(_EMPTY_ANSWERS.fullmatch(fold(text).strip()))


def is_waiting(text: str) -> bool:
    """Whether `text` is time spent waiting for, or chasing, somebody's input or approval."""
    folded = fold(text)
    return bool(_WAITING.search(folded)) and not _NOT_WAITING.search(folded)


def _classify(texts: Sequence[str], model: Model) -> list[tuple[Tag, float]]:
    """Return of each text its tag, and how likely it is work rather than an order."""
    if not texts:
        return []
    tags: list[Tag] = []
    works: list[float] = []
    for text, task_chance, work_chance, chances in zip(
        texts, *model.predict(Inputs.of(texts)), strict=True
    ):
        works.append(float(work_chance))
        if task_chance < model.task_threshold:
            tags.append(_abstained("does not read as a task", 1 - task_chance))
            continue
        # "Attente validation" has the words of an order, and is no less work for that.
        if work_chance < model.work_threshold and not is_waiting(text):
            tags.append(_abstained("reads as an order to the labeller", 1 - work_chance))
            continue
        best = int(chances.argmax())
        runner_up = NATURES[int(chances.argsort()[-2])]
        reason = f"closest to {NATURES[best]} tasks of the labelled seed, then {runner_up}"
        waits = is_waiting(text)
        tags.append(
            Tag(
                nature=Nature(NATURES[best]),
                rule_share=round(float(chances @ model.shares), 2),
                is_waiting=waits,
                confidence=round(float(chances[best]), 3),
                tagged_by="offline",
                model=MODEL_NAME,
                prompt_version=PROMPT_VERSION,
                reason=f"waiting: time to remove, not to automate; {reason}" if waits else reason,
            )
        )
    return list(zip(tags, works, strict=True))


def _abstained(reason: str, confidence: float) -> Tag:
    return Tag.abstained(MODEL_NAME, PROMPT_VERSION, reason, round(float(confidence), 3))


def _reason_to_abstain(text: str) -> str | None:
    words = tokens(text)
    if is_empty_answer(text):
        return "an empty answer or a question"
    content = [w for w in words if w not in STOP_WORDS and not w.isdigit() and len(w) > 1]
    if len(set(content)) < 2:
        return "one word is not enough to tell"
    if len(text) > _LONGEST:
        return "too long for a task"
    pronounceable = [w for w in content if _VOWEL.search(w) and len(set(w)) > 2]
    if len(pronounceable) < len(content) / 2 and not any(len(w) > 4 for w in pronounceable):
        return "not readable as words"
    return None


@cache
def _model() -> Model:
    return Model.load(_WEIGHTS)


def centred_embeddings(texts: Sequence[str]) -> Matrix:
    """Return unit embeddings around the mean of the seed, so that cosines spread out."""
    vectors = embed(list(texts)) - _model().centre
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: Matrix = vectors / np.where(lengths == 0, 1, lengths)
    return result
