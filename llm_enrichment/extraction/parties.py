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
OUTSIDER, COLLEAGUES = "outsider", "colleagues"
# Suppliers, those who sign and those above, people of the client's house.
_OUTSIDERS = (
    r"imprimeu(?:r|se)s?|imprimerie|printers?|fournisseurs?|suppliers?|vendors?|prestataires?|"
    r"sous-traitants?|(?:sub)?contractors?|free-?lance(?:r|ur|use)?s?|photographes?|"
    r"photographers?|traduct(?:eur|rice)s?|translators?|illustrat(?:eur|rice|or)s?|"
    r"realisat(?:eur|rice)s?|monteu(?:r|se)s?|comedien(?:ne)?s?|voix off|voice-?overs?|"
    r"ayants droit|rights holders?|broadcasters?|diffuseurs?|sales house|studio (?:de son|son)|"
    r"correct(?:eur|rice)s?|"
    r"proofreaders?|graveurs?|papetiers?|relieurs?|faconniers?|labos?|hebergeurs?|"
    r"hosting company|regies?|editeurs?|publishers?|maison de disques|labels?|transporteurs?|"
    r"coursiers?|couriers?|loueurs?|plateformes?|"
    r"avocate?s?|lawyers?|solicitors?|juristes?|juridique|legal(?: team| department)?|notaires?|"
    r"dpo|commissaire aux comptes|(?:expert-)?comptables?|accountants?|banque|banquier|bank|"
    r"assureurs?|insurers?|mairie|prefecture|regulateur|council|town hall|"
    r"patron(?:ne)?|boss|(?:big )?chef(?:fe)?s?(?! de projet)|pdg|dg|ceo|cfo|coo|daf|"
    r"directeur(?: general)?|directrice(?: generale)?|direction(?! artistique)|management|"
    r"managing director|general manager|line manager|siege|groupe|maison mere|head office|"
    r"headquarters|parent company|associee?s?|comite|board|"
    r"acheteu(?:r|se)s?|buyers?|procurement|purchasing|service achats|webmaste?rs?|"
    r"(?:dame|monsieur|gens|interlocut(?:eur|rice)|contact|people|person|lady|guy) "
    r"(?:de |d'|du |des |chez |at |from )+\w+|"
    r"marque|brand|holding|filiale|actionnaires?|shareholders?|"
    r"(?:service|departement|bureau) \w+|\w+ (?:department|office)|"
    # Agent nouns, but not machines and what only ends like them.
    r"(?!(?:ordina|mo|lec|adapta|sec|fac|connec|comp|naviga|projec|ma|calcula|edi)t(?:eur|"
    r"rice)s?\b)"
    r"\w{3,}(?:teurs?|trices?)|(?!(?:anc|quotid|entret|maint|sout|comb)ien)\w{3,}(?:istes?|"
    r"iens?|iennes?)|"
    r"\w{3,}(?:ists?|icians?|lators?|posers?)|"
    r"informaticiens?|informatique|dsi|helpdesk|it (?:department|team|guy|people)|support technique"
)
# Functions of an agency that are no team of this engagement.
_COLLEAGUES = (
    r"redaction|fabrication|logistique|editorial|commerciaux|commerciale?s?|commercial|"
    r"clientele|creatifs?|creatives|crea|compta(?:bilite)?|"
    r"facturation|dev(?:eloppeu(?:r|se))?s?|developers?|redact(?:eur|rice)s?|copywriters?|"
    r"account (?:people|team|managers?|handlers?)|sales(?: team| people)?|salespeople|"
    r"planneurs?|strategists?|planning strategique|acheteurs media|finance(?: team)?|rh|hr|"
    r"chef(?:fe)?s de projet|project managers?|community managers?|social media|"
    r"directeurs artistiques|graphistes|designers|maquettistes|monteurs"
)
_DETERMINER = (
    r"(?:le |la |les |l'|du |des |au |aux |mon |ma |mes |notre |nos |son |sa |ses |leurs? |"
    r"the |our |my |their |his |her |^\W*)"
)
_PEOPLE = re.compile(
    rf"\b{_DETERMINER}(?:(?P<outsider>{_OUTSIDERS})|(?P<colleagues>{_COLLEAGUES}))\b"
)
_OF = re.compile(r" (?:du|de la|des|de l'|de notre|de nos|chez le|of the|of our|at the) ?")


@dataclass(frozen=True)
class Parties:
    """Who waits and who provides, and what; who is no team stands as what is waited for."""

    waiting: str | None
    providing: str | None
    thing: str | None


def people(sentence: Sentence, scope: Scope) -> list[Mention]:
    """Return the teams, clients and other people that a sentence names, in order."""
    text, tools = sentence.text, scope.tools_of(sentence)
    # The studio of "Looker Studio" is no team.
    found = [m for m in scope.teams.find(text) if not _overlaps(m.start, m.end, tools)]
    for match in _PEOPLE.finditer(text):
        kind = OUTSIDER if match["outsider"] else COLLEAGUES
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
        mention.name == OUTSIDER
        and after is not None
        and after.name == CLIENT
        and _OF.fullmatch(text[mention.end : after.start]) is not None
    )


def is_team(mention: Mention) -> bool:
    """Whether somebody named is a team of the engagement or its client."""
    return mention.name not in {OUTSIDER, COLLEAGUES}


def between(
    sentence: Sentence, waiting: str | None, provider: Mention | None, thing: str | None = None
) -> Parties:
    """Return who waits for `provider`, and what for where that was said."""
    if provider is None or is_team(provider):
        return Parties(waiting, provider.name if provider else None, thing)
    return Parties(waiting, None, thing or sentence.folded.slice(provider.start, provider.end))


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
