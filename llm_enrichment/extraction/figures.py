"""Numbers that describe the work today: time, volume, versions before validation.

Evidence only: no number said in an interview enters the hours.
Belongs here: baseline_number. Does not belong here: targets (direction.py).
"""

import re
from collections.abc import Iterator

from llm_enrichment.extraction.interviews import Sentence
from llm_enrichment.extraction.mentions import DELIVERABLES
from llm_enrichment.extraction.questions import Topic, asks
from llm_enrichment.extraction.scope import CONFIDENCE, Scope
from llm_enrichment.facts import Fact
from llm_enrichment.numbers import NUMBER, value_of

_PERIOD = (
    r"(?: ?(?:par|chaque|a la|a|an?|per|every|each|/) ?(jour|semaine|mois|an|annee|trimestre|day|"
    r"week|month|year|"
    r"quarter|projet|campagne|client|dossier|project|campaign|personne|person))?"
)
_UNITS = {
    "hours": r"h|heures?|hours?|hrs?",
    "minutes": r"min|minutes?|mn",
    "days": r"jours?|journees?|days?",
    "versions": r"versions?|allers?-retours?|allers? et retours?|rounds?|"
    r"tours? de corrections?|iterations?|epreuves?|proofs?|"
    r"revisions?|relectures?",
    "units": DELIVERABLES,
    "euros": r"euros?|€",
    "times": r"fois|times",
    "%": r"%|pour ?cents?|percent|per cent",
}
_FIGURE = re.compile(
    rf"({NUMBER})(?:(?<=half) an?)?(?:(?<=aine) (?:de |d'))?(?: (?:a|ou|to|or|et|"
    rf"-) ({NUMBER}))?(?: (?:bonnes?|petites?|"
    rf"grosses?|full|"
    rf"different\w*|good|"
    rf"nouveaux|nouvelles|new))?[ -]?({'|'.join(_UNITS.values())})\b( et demie?|"
    rf" and a half)?{_PERIOD}|({NUMBER}) ?%"
)
# "j'en fais soixante-dix par mois", "fifteen sets a month": what no list of units knows.
_ABOUT = r"(?:,? (?:quoi|euh|disons|environ|bien|roughly|about|around|maybe|like|some),?)?"
_PER = (
    r"(?:par|a|per|every|each|chaque) "
    r"(?P<period>jour|semaine|mois|an|trimestre|day|week|month|year|quarter)\b"
)
_COUNTS = (
    re.compile(
        rf"(?:\b(?:en \w+|do|make|handle){_ABOUT} |^(?:about |around |environ )?)"
        rf"(?P<value>{NUMBER}) (?:of (?:them|those) )?{_PER}"
    ),
    re.compile(rf"(?P<value>{NUMBER}) (?P<thing>[a-z]{{4,}}) {_PER}"),
)
_KIND = tuple((kind, re.compile(rf"(?:{words})")) for kind, words in _UNITS.items())
_MEASURES = re.compile(
    r"\b(?:prend|prennent|passe|passons|passent|faut|compte\w*|environ|a peu pres|en moyenne|"
    r"represente\w*|"
    r"fait|faisons|font|produi\w+|sort\w*|livr\w+|gere\w*|recoit|recevons|recoi\w+|depense\w*|"
    r"traite\w*|mont\w+|"
    r"avant (?:la )?validation|par (?:jour|semaine|mois|an|projet|campagne|client)|de retouches|"
    r"a (?:la|chaque)|"
    r"takes?|spend\w*|spent|about|around|on average|roughly|produc\w+|deliver\w*|handle\w*|"
    r"receiv\w+|before "
    r"(?:approval|sign-off|validation)|per (?:day|week|month|year|project|campaign|client)|"
    r"a (?:day|week|month)|"
    r"hours? (?:a|per)|need|c'est|ca fait|j'en ai pour|entre|coute\w*|mange\w*)\b"
)
_HAVE = re.compile(
    rf"\b(?:on a|nous avons|j'ai|(?:i|we)(?:'ve| have)(?: got)?) {NUMBER} "
    r"(?:clients?|comptes?|campagnes?|accounts?|campaigns?|projets?|projects?)\b"
)
_OPENS = re.compile(
    r"(?:(?:oh|ah|bah|ben|enfin|et|alors|disons|plutot|well|um|er|about|maybe|le \w+|c'est|jusqu'a|"
    r"like|more like),? )+"
)
# "à sept heures", "before nine": an hour of the day, not how long.
_CLOCK_BEFORE = re.compile(
    r"(?<!peu pres )\b(?:des|vers|avant|apres|jusqu'a|a|at|before|after|until|il est|a partir de) $"
)
_ON_AVERAGE = re.compile(r"\b(?:en moyenne|on average)\b")
# Figures that are no measure of the work: seniority, ages, horizons, targets, headcounts.
_ELSEWHERE = re.compile(
    r"\b(?:depuis|il y a (?:\w+ ){1,2}(?:ans?|mois|jours|semaines)|ago|wants?|veut|veulent|"
    r"attend\w*|wait\w*|enleve\w*|economise\w*|saves?|"
    r"(?:dernier|derniere|last|premier|premiere|first) \w+ (?:\w+ )?(?:a|avait|took|lasted|was)|"
    r"(?:is|are) in|(?:festival|match|concert|conference|seminaire|"
    r"seminar)s? (?:\w+ )?(?:dur\w+|last\w*|took)|"
    r"(?:ils|elles|eux|elle|il|clients?|they|he|she|people|les gens) (?:\w+ )?(?:cro(?:it|ient)|"
    r"pens(?:e|ent)|s'imagin\w+|thinks?|believes?|assumes?|imagines?)|cense\w*|en theorie|"
    r"theoriquement|sur le papier|supposed to|in theory|on paper|"
    r"years old|d'ici|objectif\w*|vis\w+ (?:les|a)|bande passante|"
    r"bandwidth|for the last|"
    r"(?:jours?|heures?|days?|hours?) (?:de plus|en plus|more)|hier|yesterday|"
    r"longer than|plus long(?:temps)? que|"
    r"anciennete|dans (?:[\w-]+|\d+) (?:ans|mois)|target|si (?:on|j')|if (?:we|i) had)\b"
)
_OBJECT = re.compile(
    r"^ ?(?:par (?:jour|semaine|mois|an|personne) |a (?:day|week|month) |per \w+ |"
    r"chaque \w+ )?(?:de |d'|du |des |"
    r"pour |sur |a |en |dans |of |for |on |to |in )(?:la |le |les |l'|un |une |the |a |faire |"
    r"do |preparer |refaire )*"
    r"([^,.;:!?]{4,60}?)(?:$|[,.;:!?]| et | parce | car | mais | avant | and | but | because |"
    r" before | par | per "
    r"| chaque | quand | when )"
)
_SUBJECT = re.compile(
    r"(?:^|, )(?:pour |for |alors |donc |oui |et |and )*(?:la |le |les |l'|un |une |chaque |nos |"
    r"mes |the |each |our |"
    r"a )([a-z' -]{4,50}?),? (?:ca |cela |c'est |it )?(?:me |nous |us )?(?:prend|prennent|"
    r"represente\w*|demande\w*|"
    r"fait|font|takes?|is|are|passe|part|necessite\w*|exige\w*|needs?)\b"
)


def figure_facts(scope: Scope) -> Iterator[Fact]:
    """Yield baseline figures with unit and object."""
    for sentence in scope.sentences():
        opening = _OPENS.match(sentence.text)
        is_measure = (
            _MEASURES.search(sentence.text)
            or _HAVE.search(sentence.text)
            or _FIGURE.match(sentence.text, opening.end() if opening else 0)
            or asks(sentence.turn, Topic.FIGURES)
        )
        if _ELSEWHERE.search(sentence.text) or not is_measure:
            continue
        yield from _figures(sentence)


def _figures(sentence: Sentence) -> Iterator[Fact]:
    text = sentence.text
    for count in (found for words in _COUNTS for found in words.finditer(text)):
        thing = count.groupdict().get("thing")
        if thing and _kind(thing):
            continue
        yield Fact(
            "baseline_number",
            sentence.evidence(),
            CONFIDENCE,
            number_value=value_of(count["value"]),
            unit=f"{thing or 'units'}/{count['period']}",
            object=thing,
            figures=(value_of(count["value"]),),
            detail=sentence.evidence().quote,
        )
    for match in _FIGURE.finditer(text):
        said = match.group(2) or match.group(1) or match.group(6)
        is_share = match.group(6) is not None
        kind = "%" if is_share else _kind(match.group(3))
        is_vague = re.fullmatch(r"(?:une?|one|an?)", said) is not None
        if kind == "times" and not match.group(5) and not _ON_AVERAGE.search(text):
            continue  # "dix fois plus vite" measures nothing
        if kind == "hours" and _CLOCK_BEFORE.search(text[: match.start()]) and not match.group(5):
            continue
        if kind is None or (is_vague and kind in {"units", "versions"}):
            continue
        period = match.group(5)
        value = value_of(said) + (0.5 if match.group(4) else 0)
        unit = match.group(3) if kind == "units" else kind
        measured = _OBJECT.search(text[match.end() :]) if kind != "units" else None
        place = (match.end(), measured) if measured else None
        if place is None and (subject := _SUBJECT.search(text[: match.start() + 1])):
            place = (0, subject)
        phrase = (
            sentence.folded.slice(place[0] + place[1].start(1), place[0] + place[1].end(1)).strip(
                " '’"
            )
            if place
            else None
        )
        yield Fact(
            "baseline_number",
            sentence.evidence(),
            CONFIDENCE,
            number_value=value,
            unit=f"{unit}/{period}" if period else unit,
            object=phrase or (match.group(3) if kind == "units" else None),
            task_phrase=phrase,
            figures=(value_of(said),),
            detail=sentence.evidence().quote,
        )


def _kind(unit: str) -> str | None:
    return next((kind for kind, words in _KIND if words.fullmatch(unit)), None)
