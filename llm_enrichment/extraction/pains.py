"""What people suffer from.

Belongs here: pain_point. Does not belong here: work that stands still (flows.py).
"""

import re
from collections.abc import Iterator

from llm_enrichment.extraction.complaints import is_well
from llm_enrichment.extraction.hearsay import states_nothing
from llm_enrichment.extraction.interviews import Sentence, Turn, sentences
from llm_enrichment.extraction.questions import Topic, asks
from llm_enrichment.extraction.scope import CONFIDENCE, Scope
from llm_enrichment.facts import Fact
from llm_enrichment.normalise import fold

_PAIN = re.compile(
    r"\b(?:empech\w+ de dormir|m'inquiete\w*|inquiet\w*|inquietude\w*|preoccup\w+|angoiss\w+|"
    r"ce qui (?:coince|freine|ralentit|bloque|fait mal|pese|m'agace|nous plombe)|freine\w*|"
    r"ralenti\w*|plomb\w+|"
    r"douleurs?|difficultes?|probleme\w*|gros souci|soucis|on souffre|souffre\w*|etouff\w+|"
    r"debord\w+|sature\w*|"
    r"epuis\w+|frustr\w+|on perd (?:des|trop de|nos) \w+|tires? vers le bas|peser|pesent?|"
    r"demotiv\w+|"
    r"(?:nous|m'|me) (?:(?:coute\w*|a coute) (?:tres )?(?:cher|trop|beaucoup|de l'|du|des|nos)|"
    r"rend(?:ent)? (?:dingue|folle?|fou)|bouffe\w*|fait perdre|font perdre)|"
    r"le pire|the worst|cauchemars?|galer\w+|on se trompe|nightmare|eats? up|ate up|"
    r"drives? (?:me|us) (?:mad|crazy|nuts|up the wall)|perdre de l'argent|"
    r"plus d'energie|"
    r"pas bons?|a l'envers|rate[es]*|baisse de (?:tarif|prix|budget)|deux fois les heures|"
    r"keeps? (?:me|us) (?:up|awake)|worr(?:y|ies|ied)|concern(?:s|ed)?|pain(?:s| points?)?|"
    r"struggl\w+|"
    r"frustrat\w+|slows? us|slowing|hurts?|overload\w*|burn\w* out|problem\w*|biggest issue|"
    r"drowning)\b"
)
_TOPICS = (
    (
        "new_business",
        r"new ?biz|new business|appels? d'offres?|competitions?|prospect\w*|pitch\w*|"
        r"nouveaux clients|conversion|tenders?|leads?",
    ),
    (
        "client_retention",
        r"retention|fidel\w+|perdre (?:un |des |nos )?clients?|perd\w* (?:un |des |nos )?clients?|"
        r"churn|clients? (?:qui )?(?:part|partent|s'en vont|leave)|losing clients|renouvel\w+",
    ),
    (
        "budget_pressure",
        r"budgets?|prix|tarifs?|honoraires|marges?|negoci\w+|rentabilite|price\w*|fees|margins?|"
        r"profitab\w+|tires? vers le bas|(?:coute\w*|costs?) (?:us|nous|plus|more|de plus)",
    ),
    (
        "difficult_clients",
        r"clients? (?:pas chers?|difficiles?|exigeants?|petits?)|petits clients|energie|"
        r"difficult clients|small clients|demanding",
    ),
    (
        "delivery_speed",
        r"delais?|vitesse|delivery|livr\w+|retards?|vite|lent\w*|ralent\w*|deadlines?|speed|late|"
        r"slow\w*|allers?-retours?|validations?|versions|approvals?|attendre|waiting|rend\w*|"
        r"un temps|weekends?|evenings?",
    ),
    (
        "workload",
        r"charge|surcharg\w+|debord\w+|etouff\w+|epuis\w+|heures sup\w*|sature\w*|turn ?over|"
        r"workload|overload\w*|overtime|burn\w* ?out|drowning",
    ),
    (
        "people",
        r"losing people|perd\w* (?:des|nos) gens|recrut\w+|talents?|demission\w*|departs?|"
        r"juniors?|motivation|hiring|talent|staff|"
        r"resign\w*",
    ),
    (
        "quality",
        r"qualite|erreurs?|coquilles?|fautes?|incoheren\w+|quality|errors?|mistakes?|typos?",
    ),
    (
        "manual_work",
        r"a la main|recopi\w+|ressaisi\w+|copier[- ]coller|refaire|manuel\w*|"
        r"compt\w+ (?:\w+ )?a la main|"
        r"rebuild\w*|re-?(?:typ|do|key)\w*|copy\w*|manual\w*|by hand",
    ),
    (
        "information",
        r"informations?|infos?|process|documentation|oral|dispers\w+|eparpill\w+|circul\w+|"
        r"nommage|naming|conventions?|knowledge|scattered|undocumented",
    ),
)
_TOPIC_WORDS = tuple((topic, re.compile(rf"\b(?:{words})\b")) for topic, words in _TOPICS)
_ENOUGH_WORDS = 5


def pain_facts(scope: Scope) -> Iterator[Fact]:
    """Yield the pains of the committee and of directors."""
    if scope.interview.phase not in {"alignment", "deep_dive", None}:
        return
    for turn in scope.interview.turns:
        yield from _pains(turn, [s for s in sentences(turn) if _may_hurt(s.text)])


def _pains(turn: Turn, said: list[Sentence]) -> Iterator[Fact]:
    about = [(sentence, topic) for sentence in said if (topic := _topic(sentence.text))]
    pains = [(sentence, topic) for sentence, topic in about if _PAIN.search(sentence.text)]
    if not pains and asks(turn, Topic.PAINS):
        pains = [(s, topic) for s, topic in about if len(s.text.split()) >= _ENOUGH_WORDS][:1]
    for sentence, topic in pains:
        yield _pain(sentence, topic)


def _may_hurt(text: str) -> bool:
    return not states_nothing(text) and not is_well(text)


def pains_named(text: str) -> set[str]:
    """Return the topics of pain that `text` names."""
    return {topic for topic, words in _TOPIC_WORDS if words.search(fold(text))}


def _topic(text: str) -> str | None:
    return next((topic for topic, words in _TOPIC_WORDS if words.search(text)), None)


def _pain(sentence: Sentence, topic: str) -> Fact:
    quote = sentence.evidence().quote
    return Fact("pain_point", sentence.evidence(), CONFIDENCE, topic=topic, detail=quote)
