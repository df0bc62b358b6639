"""Who waits for the speaker, and who has to act before the speaker can.

Belongs here: waits said from the other side ("the studio can't start before my list") or by who has
to do what. Does not belong here: waits said as such (flows.py).
"""

import re

from llm_enrichment.extraction.interviews import Sentence
from llm_enrichment.extraction.mentions import CLIENT, Mention
from llm_enrichment.extraction.parties import NO_TEAMS, OWN, Parties, between

_MINE = (
    r"(?:mes|mon|ma|nos|notre|moi|nous|que (?:je|j'|on|nous)|my|our|me|us|mine|i|i've|i'm|we|we've|"
    r"we're)\b"
)
# "La fabrication poireaute après mes fichiers", "sales need my costs", "they can't post till I've".
_ON_ME = re.compile(
    r"\b(?:(?:attend\w*|poireaut\w*|patient\w*|camp(?:e|ent)\b|depend\w*|tributaires?|"
    r"suspendue?s?|"
    r"pendue?s?|accrochee?s?|bloque\w*|besoin|waits?|waiting|hang\w*|hold on|rel(?:y|ies|"
    r"ying)|"
    r"depends?|stuck|needs?|requires?|chase\w*) (?:\w+ ){0,4}?(?:apres |sur |a |"
    r"de |"
    r"d'|for |on |upon |until |till )?|(?:can't|cannot|can hardly|won't|don't|doesn't|couldn't) "
    r"(?:\w+ ){1,5}?(?:before|until|till|unless|without) |(?:ne |n')?peu\w+ (?:rien|"
    r"pas) (?:\w+ ){0,5}?"
    rf"(?:avant|sans|tant que) ?(?:d'avoir )?){_MINE}"
)
_DENIED = re.compile(r"\b(?:never|jamais|not|without|sans|\w*n't|no|aucun\w*|rien|nothing|pas)\b")
# "The samples come from the lab".
_COMES_FROM = re.compile(
    r"\b(?:comes? (?:straight |only )?from|(?:is|are) (?:sent|given|supplied|provided|held|signed|"
    r"released|written) by|vien(?:t|nent) (?:de |du |des |d')|(?:est|sont) (?:fourni|donne|envoye|"
    r"valide|signe|livre|pose|tenu)\w* par|on s'en remet a|in the hands of|entre les mains d\w+|"
    r"rel(?:y|ies|ying) on|lean on|counts? on|compt\w+ sur|remont\w+ (?:de|du)) ?"
    r"(?:la |le |les |l'|the |our |notre |nos )?$"
)
# "C'est le dev du client qui le pose", "the chief executive has to bless it".
_GIVES = re.compile(
    r"\bc'est (?!moi\b|nous\b)[^,.]{2,40} qui (?:(?:me|m'|nous|l'|le|la|les|en|y) ?)+\w+|"
    r"\bit's (?!me\b|us\b)[^,.]{2,40} who \w+"
)
_HAS_TO = re.compile(
    r"^\W*(?:(?:et|puis|ensuite|and|then),? )?(?:the|le|la|l'|les|une?|an?|our|notre|nos) ?"
    r"(?:[\w'-]+ ){1,4}(?:doi(?:t|vent)|(?:first |still |always )?ha(?:s|ve) to|must|"
    r"needs? to) (?:\w+ )?(?:valid|sign|paraph|approuv|reli|vo|confirm|donn|envo|"
    r"fourni|livr|rempl|choisi|tranch|decid|repond|ouvr|debloqu|pos|rend|transm|precis|complet|"
    r"bless|"
    r"approv|send|giv|releas|provid|fill|rais|choos|pick|answer|upload|clear|agree|say|unlock|"
    r"hand|deliver|return|check|ok|let|nod|stamp|tampon|autoris|authori)\w*"
)


def waits_for_speaker(sentence: Sentence, named: list[Mention]) -> Parties | None:
    """Return who cannot go on without the speaker's team: a team, or people who are none."""
    own, text = sentence.turn.team_id, sentence.text
    wait = _ON_ME.search(text)
    if own is None or wait is None or OWN.search(text[: wait.start()]):
        return None
    lead = text[: wait.start()]
    if not lead.split() or _DENIED.search(lead) or text.endswith("?"):
        return None
    before = [m.name for m in named if m.end <= wait.start() + 1 and m.name != own]
    who = before[-1] if before else None
    if who == CLIENT:
        return None
    return Parties(None if who in NO_TEAMS else who, own, None)


def must_act(sentence: Sentence, named: list[Mention], is_asked: bool) -> Parties | None:
    """Return who gives what the speaker needs, where that is said without a wait."""
    own, text = sentence.turn.team_id, sentence.text
    others = [mention for mention in named if mention.name != own]
    if own is None or _DENIED.search(text):
        return None
    for mention in others:
        if _COMES_FROM.search(text[: mention.start]):
            return between(sentence, own, mention)
    if is_asked and (_GIVES.search(text) or _HAS_TO.match(text)):
        return between(sentence, own, others[0] if others else None)
    return None
