"""What the direction wants: its priority and its targets in figures.

Belongs here: priority_vote, target. Does not belong here: pains and wishes (voices.py).
"""

import re
from collections.abc import Iterator

from llm_enrichment.extraction.interviews import Sentence, sentences
from llm_enrichment.extraction.scope import CONFIDENCE, Scope
from llm_enrichment.facts import Fact
from llm_enrichment.normalise import fold
from llm_enrichment.numbers import NUMBER, find_numbers, value_of

_PRIORITIES = (
    ("margin", r"marges?|rentabilite|profitabilite|profits?|margins?|profitability"),
    (
        "growth",
        r"croissance|grandir|developpement commercial|nouveaux clients|growth|grow|grossir|"
        r"gagner des (?:clients|budgets)|chiffre d'affaires",
    ),
    (
        "productivity",
        r"productivite|efficacite|gagner du temps|gain de temps|liberer du temps|productivity|"
        r"efficiency|save time|faire plus avec|absorber la charge",
    ),
)
_PRIORITY = tuple((topic, re.compile(rf"\b(?:{words})\b")) for topic, words in _PRIORITIES)
_VOTE = re.compile(
    r"\b(?:priorit\w+|je (?:vote|choisis|mets|dirais|place|prends|defends)|pour moi|mon choix|"
    r"sans hesiter|"
    r"avant tout|d'abord|en premier|numero un|number one|the main thing|first|priority|i(?:'d|"
    r" would)? (?:vote|"
    r"choose|pick|say|put|go)|above all|ce qui compte|l'objectif|objectif|what matters|"
    r"le sujet,? c'est)\b"
)
_OUTRIGHT = re.compile(
    r"\b(?:je (?:vote|choisis|mets|place|prends|defends)|mon choix|sans hesiter|(?:la|ma|notre|"
    r"seule|une) "
    r"priorite|i(?:'d| would)? (?:vote|choose|pick)|(?:my|our|the) priority)\b"
)
_VOTE_QUESTION = re.compile(
    r"\b(?:priorit\w+|productivite|croissance|priority|growth|productivity)\b"
)
# The vote of somebody else, or one for later.
_NOT_THEIRS = re.compile(
    r"\b(?:(?:my|our|mon|ma|notre) (?:co-?founder|partner|colleague|boss|cfo|associee?|collegue|"
    r"direct\w+|patronn?e?|daf)\b|(?:lui|elle|eux|elles|il|ils|he|she|they)\b,? (?:\w+ )?"
    r"(?:vous )?(?:dira\w+|"
    r"choisira\w*|voterait|"
    r"prefer\w+|would|says?|votes?|wants?|vote|veut|veulent)|vous (?:dira|diront|dirait|diraient|"
    r"repondr\w+)|would (?:say|tell|answer)|"
    r"l'an(?:nee)? prochaine?|plus tard|"
    r"next year|"
    r"later on)\b"
)
_SECOND = re.compile(
    r"\b(?:pas|ni|plutot que|avant|plus que|et non|non|rather than|not|before|over|instead of|"
    r"ensuite|"
    r"puis|apres|then|more than|au detriment de|at the expense of)(?: \w+'?){0,3} ?$"
)
_GOAL = re.compile(
    r"\b(?:objectifs?|vis\w+|cibl\w+|attein\w+|passer|remonter|monter|arriver|revenir|doubler|"
    r"reste(?:ra|rons|r)|stay(?:ing)? at|keep (?:to|at)|vouloir|veux|voulons|veut|voudrais|"
    r"i(?:'d| would) like|we(?:'d| would) like|"
    r"faut (?:qu'on )?(?:soit|etre|passer|atteindre|arriver)|"
    r"d'ici|dans (?:les )?"
    r"\w+ (?:mois|ans)|targets?|aim\w*|reach|get to|grow to|goal|want|within|by (?:the end|"
    r"20\d\d)|hit)\b"
)
_METRICS = (
    ("margin_rate", r"marges?(?: brute| nette| operationnelle)?|rentabilite|margins?"),
    ("revenue", r"chiffres? d'affaires?|ca|marge brute annuelle|revenues?|turnover|sales"),
    (
        "headcount",
        r"effectifs?|personnes|collaborateurs|salaries|"
        r"recrut\w+|headcount|people|staff|fte|etp",
    ),
    ("freelance_cost", r"free-?lances?"),
    ("delivery_days", r"delais?|livraisons?|jours ouvres|working days|lead times?"),
    ("conversion_rate", r"taux de (?:conversion|transformation)|conversion rate|win rate"),
    ("client_retention", r"retention|fidelisation|renouvellement"),
)
_METRIC = tuple((name, re.compile(rf"\b(?:{words})\b")) for name, words in _METRICS)
_UNIT_AFTER = re.compile(
    r"^ ?(%|pour ?cents?|percent|per cent|points?|millions?(?: d'euros| euros)?|m€|k€|€|"
    r"(?:d')?euros?|"
    r"jours(?: ouvres)?|working days|days|personnes|collaborateurs|salaries|people|etp|fte|clients)"
)
# "sept millions" is one figure, "7 millions" a figure and a scale.
_SCALE_WORD = re.compile(r"millions?|mille")
_RATES = {"margin_rate", "conversion_rate", "client_retention"}
_SCALES = {"M€": 1e6, "k€": 1e3, "€": 1.0}
_HORIZON = re.compile(
    rf"\b(?:d'ici|dans|en|a|sous|sur|within|in|over|horizon(?: de| a)?) (?:les |the |next |a |la |"
    rf"prochains )*({NUMBER})"
    r" ?(mois|ans?|annees?|months?|years?)"
)


def direction_facts(scope: Scope) -> Iterator[Fact]:
    """Yield votes for a priority (phase 1 only) and targets."""
    said = scope.sentences()
    if scope.interview.phase in {"alignment", None}:
        yield from _votes(scope)
    if scope.interview.phase != "immersion":
        for sentence in said:
            yield from _targets(sentence)


def _votes(scope: Scope) -> Iterator[Fact]:
    """Yield what is voted for in so many words, else what is answered to the question."""
    outright: dict[str, Fact] = {}
    answered: dict[str, Fact] = {}
    for turn in scope.interview.turns:
        is_asked = bool(_VOTE_QUESTION.search(fold(turn.question)))
        for sentence in sentences(turn):
            topic = preferred(sentence.text)
            if topic is None or _NOT_THEIRS.search(sentence.text):
                continue
            vote = Fact(
                "priority_vote",
                sentence.evidence(),
                CONFIDENCE,
                topic=topic,
                detail=sentence.evidence().quote,
            )
            if _OUTRIGHT.search(sentence.text):
                outright.setdefault(topic, vote)
            elif is_asked or _VOTE.search(sentence.text):
                answered.setdefault(topic, vote)
    yield from (outright or answered).values()


def preferred(text: str) -> str | None:
    """Return the priority that a folded sentence puts first, None where it puts none."""
    named = sorted(
        (match.start(), topic)
        for topic, words in _PRIORITY
        for match in words.finditer(text)
        if not _SECOND.search(text[: match.start()])
    )
    topics = list(dict.fromkeys(topic for _, topic in named))
    if len(topics) > 1 and re.search(r"\b(?:ou|or|les deux|les trois|both|all)\b", text):
        return None
    return topics[0] if topics else None


def metrics_named(text: str) -> set[str]:
    """Return what a target may be about of all that `text` names."""
    return {name for name, words in _METRIC if words.search(fold(text))}


def _targets(sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    horizon = _HORIZON.search(text)
    if not horizon and not _GOAL.search(text):
        return
    metrics = [
        (match.start(), match.end(), name)
        for name, words in _METRIC
        for match in words.finditer(text)
    ]
    if not metrics:
        return
    taken = horizon.span(1) if horizon else (-1, -1)
    candidates = []
    for said in find_numbers(text):
        if taken[0] <= said.start < taken[1] or 1990 <= said.value <= 2100:
            continue
        unit = _UNIT_AFTER.match(text[said.end :])
        if unit is None and said.value >= 1e4 and _SCALE_WORD.search(text[said.start : said.end]):
            candidates.append((said, "EUR"))
        elif unit:
            candidates.append((said, _unit(unit.group(1))))
    if not candidates:
        return
    # "de 11 à 16 %": the figure to reach is the last one.
    said, unit_name = candidates[-1]
    metric = _fitting(metrics, unit_name)
    if metric is None:
        return
    months = None
    figures = [said.value]
    value = said.value
    if unit_name in _SCALES:
        value, unit_name = value * _SCALES[unit_name], "EUR"
    if horizon:
        figures.append(value_of(horizon.group(1)))
        months = figures[1] * (1 if horizon.group(2).startswith("m") else 12)
    yield Fact(
        "target",
        sentence.evidence(),
        CONFIDENCE,
        topic=metric,
        number_value=value,
        unit=unit_name,
        horizon_months=months,
        figures=tuple(figures),
        detail=sentence.evidence().quote,
    )


def _unit(said: str) -> str:
    if said[0] == "%" or said.startswith(("pour", "per")):
        return "%"
    if said.startswith("million") or said == "m€":
        return "M€"
    if said.startswith(("jours", "working", "days")):
        return "days"
    if said == "k€":
        return "k€"
    if said[0] == "€" or said.endswith(("euro", "euros")):
        return "€"
    return "points" if said.startswith("point") else "clients" if said == "clients" else "people"


def _fitting(metrics: list[tuple[int, int, str]], unit: str) -> str | None:
    names = [name for _, _, name in sorted(metrics)]
    if unit == "people":
        return "headcount" if "headcount" in names else None
    if unit in {"M€", "k€", "€", "EUR"}:
        return next((name for name in names if name in {"revenue", "freelance_cost"}), None)
    if unit == "days":
        return "delivery_days"
    rates = [name for name in names if name in _RATES]
    return rates[0] if rates else None
