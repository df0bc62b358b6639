"""How a piece of work goes, step by step, where somebody tells it in order.

Belongs here: workflow_step. Does not belong here: who waits for whom.
"""

import re
from collections.abc import Iterator

from llm_enrichment.extraction.interviews import Sentence, Turn, sentences
from llm_enrichment.extraction.scope import CONFIDENCE, Scope
from llm_enrichment.facts import Fact
from llm_enrichment.normalise import fold
from llm_enrichment.offline.tagger import tag_texts

_ASKED = re.compile(
    r"etape par etape|pas a pas|de bout en bout|decri\w+|racont\w+|deroul\w+|comment (?:tu|"
    r"vous) (?:fais|faites|"
    r"procede\w*|travaille\w*)|comment (?:ca|cela) se passe|workflow|step by step|walk (?:me|"
    r"us) through|"
    r"describe (?:how|your)|de l'input|du brief (?:a|au)"
)
_FIRST = (
    r"d'abord|tout d'abord|premierement|pour commencer|je commence|on commence|au depart|"
    r"first(?:ly)?|i start|we start|to start"
)
_NEXT = (
    r"ensuite|puis|apres(?: ca| cela)?,|apres (?:je|on|nous)|deuxiemement|troisiemement|une fois|"
    r"et la,|"
    r"then|next|after that|afterwards|second(?:ly)?|third(?:ly)?|once"
)
_LAST = r"enfin|pour finir|a la fin|finalement|derniere etape|finally|lastly|at the end"
_NUMBERED = r"etape \w+|step \w+|\d\)|\d -|point \d"
_CONNECTOR = re.compile(rf"(?:^|(?<=[\s,;:]))(?:{_FIRST}|{_NEXT}|{_LAST}|{_NUMBERED})(?=[\s,:'])")
_STARTS = re.compile(rf"\b(?:{_FIRST}|etape (?:1|une?)|step (?:1|one)|1\))")
_DOCUMENTS = re.compile(
    r"\b(?:briefs?|devis|gabarits?|templates?|modeles?|chartes?|maquettes?|retroplannings?|"
    r"plannings?|"
    r"comptes? rendus?|recos?|recommandations?|check-?lists?|tableaux?|tableau de suivi|"
    r"feuilles? de style|"
    r"bons? de commande|factures?|storyboards?|scripts?|grilles?|rapports?|decks?|spreadsheets?|"
    r"quotes?|"
    r"invoices?|reports?|style guides?)\b"
)
_SHORTEST = 3


def workflow_facts(scope: Scope) -> Iterator[Fact]:
    """Yield the steps of each workflow that a turn tells, in order from 1."""
    number = 0
    for turn in scope.interview.turns:
        steps = _steps(turn)
        if len(steps) < 2:
            continue
        number += 1
        workflow = (
            _name(scope, turn) or f"{scope.interview.role or turn.team_id or ''} {number}".strip()
        )
        phrases = [
            sentence.folded.slice(start, end).strip(" ,;:.") for sentence, start, end in steps
        ]
        tags = tag_texts(phrases)
        for order, ((sentence, start, end), phrase, tag) in enumerate(
            zip(steps, phrases, tags, strict=True), start=1
        ):
            part = sentence.text[start:end]
            tools = [tool.name for tool in scope.tools_of(sentence) if start <= tool.start < end]
            documents = list(dict.fromkeys(m.group() for m in _DOCUMENTS.finditer(part)))
            yield Fact(
                "workflow_step",
                sentence.evidence(start, end),
                CONFIDENCE,
                workflow=workflow,
                step_order=order,
                detail=phrase,
                nature=tag.nature.value,
                tool=tools[0] if tools else None,
                documents=", ".join(documents) or None,
                task_phrase=workflow,
            )


def _steps(turn: Turn) -> list[tuple[Sentence, int, int]]:
    """Return the clauses that connectors set in order."""
    said = list(sentences(turn))
    connectors = [(s, m) for s in said for m in _CONNECTOR.finditer(s.text)]
    is_asked = bool(_ASKED.search(fold(turn.question)))
    is_told = any(_STARTS.search(s.text) for s in said) and len(connectors) >= 3
    if len(connectors) < 2 or not (is_asked or is_told):
        return []
    steps: list[tuple[Sentence, int, int]] = []
    for sentence in said:
        starts = [m.start() for m in _CONNECTOR.finditer(sentence.text)]
        if not starts:
            continue
        if steps or starts[0] == 0 or is_asked:
            # What stands before the first connector of a sentence is the step before it.
            lead = sentence.text[: starts[0]].strip(" ,;:")
            if len(lead.split()) >= _SHORTEST:
                starts.insert(0, 0)
        for start, end in zip(starts, [*starts[1:], len(sentence.text)], strict=True):
            clause = sentence.text[start:end]
            bare = clause.rstrip(" ,;:")
            bare = re.sub(r"[ ,;:]+(?:et|and|puis)$", "", bare)
            if len(bare.split()) >= _SHORTEST:
                steps.append((sentence, start, start + len(bare)))
    return steps


def _name(scope: Scope, turn: Turn) -> str | None:
    """Return the canonical task that the question or the answer's opening names in full."""
    heard = f"{fold(turn.question)} {fold(turn.text)[:200]}"
    named = [task.task_name for task in scope.tasks if fold(task.task_name) in heard]
    return max(named, key=lambda name: (len(name), name)) if named else None
