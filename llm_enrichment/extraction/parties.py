"""Who waits for whom: the engagement's teams, its clients, and people who are neither.

Belongs here: whom a sentence names, and what a flow between two of them becomes.
Does not belong here: what is said of them (flows.py, gaps.py).
"""

import re
from dataclasses import dataclass

from llm_enrichment.extraction.interviews import Sentence
from llm_enrichment.extraction.mentions import CLIENT, Mention
from llm_enrichment.extraction.scope import CONFIDENCE, Scope
from llm_enrichment.facts import Fact
from llm_enrichment.numbers import hours_in

OWN = re.compile(
    r"\b(?:on|nous|je|j'|moi|notre equipe|mon equipe|we|i|us|my team|our team)(?:\b|(?<='))"
)
OUTSIDER, COLLEAGUES, SOMEBODY = "outsider", "colleagues", "somebody"
NO_TEAMS = frozenset({OUTSIDER, COLLEAGUES, SOMEBODY})
# Trades, houses and bodies that work waits for.
_OUTSIDERS = (
    r"imprimeu(?:r|se)s?|imprimerie|printers?|fournisseurs?|suppliers?|vendors?|prestataires?|"
    r"sous-traitants?|(?:sub)?contractors?|free-?lance(?:r|ur|use)?s?|photographes?|"
    r"photographers?|traduct(?:eur|rice)s?|translators?|illustrat(?:eur|rice|or)s?|"
    r"comedien(?:ne)?s?|voix off|voice-?overs?|ayants droit|rights holders?|broadcasters?|"
    r"diffuseurs?|sales house|studio (?:de son|son)|graveurs?|papetiers?|relieurs?|"
    r"faconniers?|labos?|hebergeurs?|hosting company|regies?|editeurs?|publishers?|"
    r"maison de disques|labels?|transporteurs?|coursiers?|couriers?|loueurs?|plateformes?|"
    r"avocate?s?|lawyers?|solicitors?|notaires?|commissaire aux comptes|banque|bank|"
    r"assureurs?|insurers?|mairie|prefecture|regulateur|council|town hall|"
    r"direction(?! artistique)|management|siege|groupe|maison mere|head office|headquarters|"
    r"parent company|comite|board|marque|brand|holding|filiale|actionnaires|shareholders|"
    r"acheteurs|buyers|procurement|purchasing|juridique|legal(?: team| department)?|"
    r"(?:service|departement|bureau) \w+|\w+ (?:department|office)|informatique|dsi|helpdesk|"
    r"it (?:department|team|people)|support technique"
)
# One person, maybe of the house: agent nouns, but not machines and what only ends like them.
_SOMEBODY = (
    r"patron(?:ne)?|boss|(?:big )?chef(?:fe)?s?(?! de projet)|pdg|dg|ceo|cfo|coo|daf|dpo|"
    r"(?:managing|general|line) (?:director|manager)|associee?s?|acheteu(?:r|se)|buyer|"
    r"webmaste?rs?|monteu(?:r|se)|juristes?|(?:expert-)?comptables?|accountants?|proofreaders?|"
    r"banquier|commerciale?|creatif|developpeu(?:r|se)|"
    r"(?:dame|monsieur|gens|interlocut(?:eur|rice)|contact|people|person|lady|guy) "
    r"(?:de |d'|du |des |chez |at |from )+\w+|"
    r"(?!(?:ordina|mo|lec|adapta|sec|fac|connec|comp|naviga|projec|ma|calcula|edi)t(?:eur|"
    r"rice)s?\b)\w{3,}(?:teurs?|trices?)|"
    r"(?!(?:anc|quotid|entret|maint|sout|comb)ien)\w{3,}(?:istes?|iens?|iennes?)|"
    r"\w{3,}(?:ists?|icians?|lators?|posers?)"
)
# Functions of an agency that are no team of this engagement.
_COLLEAGUES = (
    r"redaction|fabrication|logistique|editorial|commerciaux|commerciales|"
    r"clientele|creatifs|creatives|crea|compta(?:bilite)?|"
    r"facturation|dev(?:eloppeu(?:r|se))?s|developers|redact(?:eur|rice)s|copywriters|"
    r"account (?:people|team|managers?|handlers?)|sales(?: team| people)?|salespeople|"
    r"planneurs?|strategists?|planning strategique|acheteurs media|finance(?: team)?|rh|hr|"
    r"chef(?:fe)?s de projet|project managers?|community managers?|social media|"
    r"directeurs artistiques|graphistes|designers|maquettistes|monteurs"
)
_DETERMINER = (
    r"(?:le |la |les |l'|du |des |au |aux |mon |ma |mes |notre |nos |son |sa |ses |leurs? |"
    r"an? |une? |the |our |my |their |his |her |^\W*)"
)
_PEOPLE = re.compile(
    rf"\b{_DETERMINER}(?:(?P<outsider>{_OUTSIDERS})|(?P<colleagues>{_COLLEAGUES})|"
    rf"(?P<somebody>{_SOMEBODY}))\b"
)
_OF = re.compile(r" (?:du|de la|des|de l'|de notre|de nos|chez le|of the|of our|at the) ?")


@dataclass(frozen=True)
class Parties:
    """Who waits and who provides, and what; a trade or a function stands as what is waited for."""

    waiting: str | None
    providing: str | None
    thing: str | None


def people(sentence: Sentence, scope: Scope) -> list[Mention]:
    """Return the teams, clients and other people that a sentence names, in order."""
    text, tools = sentence.text, scope.tools_of(sentence)
    # The studio of "Looker Studio" is no team.
    found = [m for m in scope.teams.find(text) if not _overlaps(m.start, m.end, tools)]
    for match in _PEOPLE.finditer(text):
        kind = next(kind for kind, words in match.groupdict().items() if words)
        start, end = match.span(kind)
        if not _overlaps(start, end, found):
            found.append(Mention(kind, start, end))
    found.sort(key=lambda mention: (mention.start, mention.name))
    followed = zip(found, [*found[1:], None], strict=False)
    return [mention for mention, after in followed if not _is_of(text, mention, after)]


def _overlaps(start: int, end: int, mentions: list[Mention]) -> bool:
    return any(mention.start < end and start < mention.end for mention in mentions)


def _is_of(text: str, mention: Mention, after: Mention | None) -> bool:
    """Whether somebody is the client's own: "le webmaster du client" is the client."""
    return (
        mention.name in {OUTSIDER, SOMEBODY}
        and after is not None
        and after.name == CLIENT
        and _OF.fullmatch(text[mention.end : after.start]) is not None
    )


def is_team(mention: Mention) -> bool:
    """Whether somebody named is a team of the engagement or its client."""
    return mention.name not in NO_TEAMS


def between(
    sentence: Sentence, waiting: str | None, provider: Mention | None, thing: str | None = None
) -> Parties:
    """Return who waits for `provider`, and what for where that was said."""
    if provider is None or is_team(provider):
        return Parties(waiting, provider.name if provider else None, thing)
    if thing is None and provider.name != SOMEBODY:  # nobody is scored
        thing = sentence.folded.slice(provider.start, provider.end)
    return Parties(waiting, None, thing)


def flow(fact_type: str, sentence: Sentence, parties: Parties) -> Fact:
    """Return a fact about two parties, with the wait that is said."""
    duration = hours_in(sentence.text)
    return Fact(
        fact_type,
        sentence.evidence(),
        CONFIDENCE,
        waiting_team_id=parties.waiting,
        providing_team_id=parties.providing,
        object=parties.thing,
        wait_hours=round(duration[0], 2) if duration else None,
        figures=tuple(duration[1]) if duration else (),
        task_phrase=parties.thing,
        speaker_team_id=sentence.turn.team_id,
    )
