"""How a piece of work goes, step by step, where somebody tells it in order.

A workflow opens with the question that asks for it, goes on while the interviewer asks "and then?",
and ends with another question. Without such a question, a turn with several connectors is one.
Belongs here: workflow_step. Does not belong here: who waits for whom.
"""

import re
from collections.abc import Iterator

from llm_enrichment.extraction.complaints import negates
from llm_enrichment.extraction.hearsay import states_nothing
from llm_enrichment.extraction.interviews import Sentence, Turn, sentences
from llm_enrichment.extraction.questions import Topic, asks
from llm_enrichment.extraction.scope import CONFIDENCE, Scope
from llm_enrichment.facts import Fact
from llm_enrichment.normalise import fold
from llm_enrichment.offline.tagger import tag_texts

_CONTINUED = re.compile(
    r"(?:^|[.!?,] )\W*(?:d'accord |ok |oui |bien )?(?:et )?(?:ensuite|apres|puis|alors|la suite|"
    r"then|next|after that|and then|what next|what then)\b[^.!?]{0,40}[.!?]?$"
)
_FIRST = (
    r"d'abord|tout d'abord|premierement|pour commencer|la premiere chose|au depart|first(?:ly)?|"
    r"to start|(?:je|on|nous|i|we) (?:\w+ ){0,2}(?:commence|commencons|start|begin)"
)
_NEXT = (
    r"ensuite|puis|et apres|apres|deuxiemement|troisiemement|une fois (?:que|qu')|"
    r"de la,? (?=je|j'|on)|"
    r"then|next|after that|afterwards|from there|second(?:ly)?|third(?:ly)?|once"
)
_LAST = (
    r"enfin|pour finir|a la fin|finalement|derniere etape|finally|lastly|(?:at|in) the end|"
    r"the (?:very )?last thing"
)
# What people say before they begin.
_FILLER = (
    r"(?:(?:alors|donc|bon|ok|euh|bah|ben|oui|et|moi|right|so|well|um|er|yeah|okay|and|"
    r"actually),? )*"
)
_CONNECTOR = re.compile(
    rf"(?:^{_FILLER}|(?<=[,;:] )|(?<=\bet )|(?<=\band ))(?:{_FIRST}|{_NEXT}|{_LAST}|etape \w+|"
    r"step \w+|\d\))"
    r"(?=[\s,:'])"
)
_OPENS = re.compile(rf"^{_FILLER}(?:{_FIRST}|etape (?:1|une?)|step (?:1|one)|1\))\b")
# "J'ouvre", "on exporte", "we copy": what somebody does, not what they think.
_DOES = re.compile(
    rf"(?:^{_FILLER}|[,;:] |\bet |\band |\b(?:lundi|matin|soir|jour|morning|day) )(?:je|j'|on|"
    r"nous|i|we|c'est (?:moi|nous) qui) ?(?:me |l'|les |la |le |lui |leur |y |en )?"
    r"(?!(?:ai|a|avons|suis|est|sommes|pense|crois|sais|trouve|dirais|dirait|aime|peux|peut|"
    r"veux|veut|"
    r"dois|doit|don't|didn't|never|vais|va|vois|etais|avais|aurais|voudrais|ferais|n'|ne|me|m'|"
    r"nous|se|s'|think|know|"
    r"believe|like|want|need|should|would|could|can|am|are|was|have|had|feel|guess|"
    r"wish)\b)[a-z]{3,}"
)
# What should or would be done is not done, unless it is said last: "I could do it asleep".
_NOT_DONE = re.compile(
    rf"^{_FILLER}[^,;:]*\b(?:devrai\w+|faudrai\w+|pourrai\w+|should|would|could|ought to|"
    rf"you'd think)\b"
)
# What is thought or felt among the steps.
_ASIDE = re.compile(
    r"\b(?:aimen?t|adoren?t|loves|likes|proud|fiere?s?)\b|"
    rf"^{_FILLER}(?:(?:ca,? )?c'est(?! (?:moi|nous) qui)|d'ailleurs|by the way|c'etait|ca (?:me|"
    rf"m'|nous|reste|va)|j'aime|j'adore|"
    r"i (?:love|like|hate|enjoy)|"
    r"it's|that's|it was|il y a|there(?:'s| is| are)|on est|we(?:'re| are)|je suis|i(?:'m| am))\b"
)
_DOCUMENTS = re.compile(
    r"\b(?:briefs?|devis|gabarits?|templates?|modeles?|chartes?|maquettes?|retroplannings?|"
    r"plannings?|comptes? rendus?|recos?|recommandations?|check-?lists?|tableaux?|"
    r"feuilles? de style|bons? de commande|factures?|storyboards?|scripts?|grilles?|rapports?|"
    r"decks?|spreadsheets?|quotes?|invoices?|reports?|style guides?)\b"
)
_SHORTEST = 4
_Clause = tuple[Sentence, int, int]


def workflow_facts(scope: Scope) -> Iterator[Fact]:
    """Yield the steps of each workflow, in order from 1."""
    number = 0
    name = ""
    steps: list[_Clause] = []
    for turn in scope.interview.turns:
        question = fold(turn.question)
        is_continued = bool(steps) and bool(_CONTINUED.search(question))
        if not is_continued:
            yield from _facts(scope, name, steps)
            number += bool(steps)
            default = f"{scope.interview.role or turn.team_id or ''} {number + 1}".strip()
            name, steps = _name(scope, turn) or default, []
        if is_continued or asks(turn, Topic.STEPS):
            steps = steps + _steps(turn, is_told=True)
        else:
            steps = steps + _steps(turn, is_told=False)
    yield from _facts(scope, name, steps)


def _facts(scope: Scope, name: str, steps: list[_Clause]) -> Iterator[Fact]:
    if len(steps) < 2:
        return
    phrases = [s.folded.slice(start, end).strip(" ,;:.!?…") for s, start, end in steps]
    tags = tag_texts(phrases)
    for order, (clause, phrase, tag) in enumerate(zip(steps, phrases, tags, strict=True), 1):
        sentence, start, end = clause
        tools = [tool.name for tool in scope.tools_of(sentence) if start <= tool.start < end]
        documents = dict.fromkeys(m.group() for m in _DOCUMENTS.finditer(sentence.text[start:end]))
        yield Fact(
            "workflow_step",
            sentence.evidence(start, end),
            CONFIDENCE,
            workflow=name,
            step_order=order,
            detail=phrase,
            nature=tag.nature.value,
            tool=tools[0] if tools else None,
            documents=", ".join(documents) or None,
            task_phrase=name,
        )


def _steps(turn: Turn, is_told: bool) -> list[_Clause]:
    """Return the clauses that say what is done, in order.

    Args:
        turn: the answer.
        is_told: whether the question asked for the steps; else connectors must show them.
    """
    said = [
        sentence
        for sentence in sentences(turn)
        if not states_nothing(sentence.text) and not _NOT_DONE.match(sentence.text)
    ]
    connectors = [m for s in said for m in _CONNECTOR.finditer(s.text)]
    opens = any(
        _OPENS.search(s.text[m.start() :]) for s in said for m in _CONNECTOR.finditer(s.text)
    )
    if not is_told and (len(connectors) < 3 or not opens):
        return []
    steps: list[_Clause] = []
    for sentence in _told(said):
        starts = [m.start() for m in _CONNECTOR.finditer(sentence.text)]
        lead = sentence.text[: starts[0]] if starts else sentence.text
        if not starts or len(lead.split()) >= _SHORTEST:
            starts.insert(0, 0)
        else:
            starts[0] = 0
        for start, end in zip(starts, [*starts[1:], len(sentence.text)], strict=True):
            bare = re.sub(r"[ ,;:]+(?:et|and)?$", "", sentence.text[start:end].rstrip(" ,;:"))
            if len(bare.split()) >= _SHORTEST:
                steps.append((sentence, start, start + len(bare)))
    return steps


def _told(said: list[Sentence]) -> list[Sentence]:
    """Return the sentences that tell of an action, and what stands between them."""
    acts = [
        rank
        for rank, sentence in enumerate(said)
        if _DOES.search(sentence.text) or _CONNECTOR.search(sentence.text)
    ]
    between = range(acts[0], acts[-1] + 1) if acts else ()
    return [
        said[rank]
        for rank in between
        if not _ASIDE.search(said[rank].text) and (rank in acts or not negates(said[rank].text))
    ]


def _name(scope: Scope, turn: Turn) -> str | None:
    """Return the canonical task that the question or the answer's opening names in full."""
    heard = f"{fold(turn.question)} {fold(turn.text)[:200]}"
    named = [task.task_name for task in scope.tasks if fold(task.task_name) in heard]
    return max(named, key=lambda name: (len(name), name)) if named else None
