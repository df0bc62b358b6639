"""Who waits for whom, and where it blocks.

Belongs here: dependency, blockage. Does not belong here: where teams miss one another (gaps.py).
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from llm_enrichment.extraction.complaints import complains, is_well
from llm_enrichment.extraction.held_up import must_act, waits_for_speaker
from llm_enrichment.extraction.interviews import Sentence, Turn
from llm_enrichment.extraction.mentions import CLIENT, Mention
from llm_enrichment.extraction.parties import (
    NO_TEAMS,
    OWN,
    Parties,
    between,
    flow,
    people,
)
from llm_enrichment.extraction.questions import Topic, asks
from llm_enrichment.extraction.scope import Scope
from llm_enrichment.extraction.stoppages import is_hampered, stands_still
from llm_enrichment.facts import Fact
from llm_enrichment.numbers import NUMBER, hours_in

_WAITS = re.compile(
    r"\b(?:attend(?:s|ons|ez|ent|re)?|attendait|attente|depend(?:s|ons|ent)?|dependants?|"
    r"dependantes?|"
    r"besoin (?:de|d'|du|des)|suspendus? a(?:ux?)?|"
    r"sans (?:le feu vert|le retour|le ok|l'accord|l'aval|la validation|la reponse)|"
    r"(?:sans|without)(?= .{3,60}(?:\bne |\bn'|n't\b|\bcannot\b))|"
    r"tant que|(?:can'?t|cannot) \w+(?: \w+){0,3} (?:until|before|without)|waits?|waiting|"
    r"(?:nothing|rien ne) \w+(?: \w+){0,3} (?:before|until|without|avant|tant que|sans)|"
    r"await(?:ing)?|depends?|dependent|"
    r"(?:doi(?:t|vent)|faut) (?:\w+ )?etre (?:signe|valide|approuve|relu|tamponne|vu|"
    r"accepte)\w* par|"
    r"(?:must|ha(?:s|ve) to|needs? to) be (?:signed|approved|validated|checked|"
    r"cleared)(?: off)? by|"
    r"faut qu(?:e |')(?=.{3,40}\b(?:approuv|valid|sign|reli|tranch|repond|envoi|livr)\w*)|"
    r"relance[rsz]?|relanc(?:ons|ent)|courir apres|court apres|courons apres|chas(?:e|ing)|need)\b"
)
_LATE = re.compile(
    r"\b(?:arrivent?|arrive|livrent?|envoient?|envoie|transmet(?:tent)?|donnent?|rendent?|rend|"
    r"valident?|repond(?:ent)?|traitent?|passent?|comes?|delivers?|sends?|gives?|answers?|"
    r"approves?)\b.{0,60}\b(?:en retard|trop tard|tard|a la derniere minute|au compte-gouttes|"
    r"une? par une?|one at a time|par petits bouts|in pieces|"
    r"quand (?:ca |il |elle |ils |elles |la |le )\w*(?: lune)? ?(?:lui |leur |l'|les )?"
    r"(?:chante|veu(?:t|lent)|vien(?:t|nent)|arrange|convient)|in dribs and drabs|"
    r"when (?:it|he|she|they) (?:feels?|comes?|wants?|suits?)\b|"
    r"au dernier moment|"
    r"jamais a l'heure|late|too late|at the last minute|apres la bataille)\b"
)
_BLOCKS = re.compile(
    r"\b(?:bloqu\w+|blocages?|bloquants?|coinc\w+|goulots?|embouteillages?|goulets?|"
    r"ca traine|ca bouchonne|au point mort|a l'arret|ca patine|a l'aveugle|en retard|"
    r"bottlenecks?|stuck|blocked|blocks?|blocking|ne part(?:ent)? pas|part(?:ent)? en retard|"
    r"on hold|en attente d(?:e|'un|u)|sits? with|held up|hold[s]? (?:us|it) up|grinds? to a halt|"
    r"perd(?:ons|s)? (?:un temps fou|du temps|beaucoup de temps|des heures|des jours)|"
    r"los(?:e|ing|t) (?:a lot of |half an? |an? )?(?:time|hours?|days?|weeks?)|"
    rf"perdu? (?:{NUMBER} )?(?:heures?|jours?|semaines?)|tout s'arrete|everything stops|"
    r"ne peu\w+ (?:pas|plus|rien) (?:avancer|lancer|commencer|demarrer|faire partir)|drags? on|"
    r"(?:can'?t|cannot) (?:move|go on|start|launch|begin)|"
    r"manque (?:toujours|systematiquement|souvent|tout le temps|chaque fois)|"
    r"(?:always|often) (?:incomplete|missing)|(?:toujours|souvent) incomplete?s?)\b"
)
# Late is blocked only where somebody of the agency or its clients is.
_WEAKLY = re.compile(r"\b(?:en retard|perd\w*|los(?:e|ing))\b")
_TOO_LATE = re.compile(r"\b(?:trop tard|en retard|too late|always late)\b")
_COMPLAINT = re.compile(
    r"\b(?:parce qu|toujours|jamais|meme pour|c'est mort|la veille|minuit|en retard|trop tard|"
    r"manque|"
    r"rien n'avance|avant de pouvoir|reglee? comme|a chaque fois|pendant ce temps|pas le bon|"
    r"because|"
    r"always|never|even for|at midnight|nothing moves|before we can|every time|meanwhile)"
)
_NOT_BLOCKED = re.compile(
    r"\b(?:pas|jamais|rien|aucun|never|not|no|nothing(?:'s)?) (?:d')?(?:[\w']+ ){0,2}"
    r"(?:bloqu|blocage|coinc|stuck|block|bottleneck|held up|holds? (?:us|it|me) up)|"
    r"\b(?:ne|n'|ca|c'est) ?(?:\w+ )?(?:bloqu|coinc|train|patin)\w* (?:pas|plus|jamais|rien)\b|"
    # "We lost three weeks of data": how much, not how long.
    r"\b(?:perd\w*|lost|los(?:e|ing)) [^,;]{0,20}(?:heures?|jours?|semaines?|hours?|days?|weeks?) "
    r"(?:de |d'|of )(?:donnees|fichiers|photos|rushs?|historique|data|files|footage|history)\b"
)
_CAUSE = re.compile(
    r"\b(?:parce qu(?:e |')|car |a cause (?:de |du |des |d')|faute (?:de |d')|vu que |puisque |"
    r"comme quoi |because (?:of )?|due to |since |for lack of |"
    r"tant qu(?:e |')|quand |when |until )(.+)"
)
_SEVERITY = (
    (
        5,
        re.compile(
            r"\b(?:catastroph\w+|completement|totalement|dramatique|insupportable|disaster|"
            r"completely|unbearable)\b"
        ),
    ),
    (
        4,
        re.compile(
            r"\b(?:toujours|systematiquement|a chaque fois|chaque semaine|tout le temps|"
            r"chaque jour|tous les jours|always|every time|every week|constantly|each time)\b"
        ),
    ),
    (3, re.compile(r"\b(?:souvent|regulierement|frequemment|often|regularly|usually)\b")),
    (2, re.compile(r"\b(?:parfois|de temps en temps|il arrive que|sometimes|now and then)\b")),
    (1, re.compile(r"\b(?:rarement|rarely|seldom)\b")),
)
_ENOUGH_WORDS = 4
_OBJECT_BEFORE = re.compile(
    r"(?:attend\w*|attente|depend\w*|besoin|waiting|waits?|need|relanc\w+|apres)"
    r"(?: (?:for|on|toujours|souvent|encore|systematiquement|always|often))* "
    # "On attend deux jours la validation": how long is no part of what.
    rf"(?:{NUMBER} ?(?:h|heures?|jours?|semaines?|hours?|days?|weeks?) (?:for )?)?"
    r"(?:de |d'|du |des |la |le |les |l'|une? |the |a |an |their |its |leurs? |sa |son |ses )*"
    r"(.{3,60}?) (?:de la part )?(?:de la |du |des |de l'|d'|de |from |by |cote )"
)
_OBJECT_AFTER = re.compile(
    r"^.{0,25}?\b(?:pour|for|nous (?:envoie|envoient|livre|livrent|donne|donnent)|valide|"
    r"valident|to)"
    r" (?:avoir |recevoir |get |send |deliver |la |le |les |l'|une? |the |a |us |our |nos |notre )*"
    r"(.{3,60}?)(?:$|[,.;:!?]| et | and | avant | before | qui | parce | car | pendant | depuis )"
)


# "Le client met une semaine à valider": who provides stands before, the wait is measured.
_TAKES = re.compile(
    rf"\b(?:met|mettent|prend|prennent|takes?|need)s? (?:\w+ ){{0,2}}{NUMBER} ?"
    r"(?:h|heures?|jours?|semaines?|hours?|days?|weeks?) (?:a|pour|to) (?:nous |me |us )?"
    r"(?:valid\w+|repond\w+|rend\w+|envo\w+|livr\w+|sign\w+|approv\w+|answer|reply|send|deliver)\b"
)
# "Le patron veut tout relire avant": nothing leaves without who stands before.
_GATES = re.compile(
    r"\b(?:veu(?:t|lent)|tien(?:t|nent) a|aime(?:nt)?|likes? to|doi(?:t|vent)|exige\w*|"
    r"wants? to|insists? on|ha(?:s|"
    r"ve) to|"
    r"must|needs? to) (?:\w+ ){0,2}(?:reli\w+|valider|voir|verifier|signer|approuver|approv\w+|"
    r"contresign\w*|countersign\w*|montrer|clear|"
    r"sign\w*|check\w*|see|review\w*|read)\b.{0,40}\b(?:avant|before)\b"
)
_ALLOWS = re.compile(
    r"\b(?:doi(?:t|vent)|veu(?:t|lent)|ha(?:s|ve) to|must|needs? to|wants? to) (?:\w+ )?"
    r"(?:reli|valid|voir|verifi|sign|contresign|approuv|montr|donn|countersign|approv|check|see|"
    r"review|clear|agree)\w*\b"
)
# Who was asked for whom they wait names them first: "l'avocate, pour les mentions".
_FIRST_WORDS = 4
_NAMED_ONLY = re.compile(
    r"(?: (?:(?:de|du|des|d'|chez|of|at|from|in) ?[\w' -]{2,30}?|aussi|surtout|too))?(?:,|\W*$)|"
    r"(?:'s(?: \w+){1,2})?(?: aussi| too)?,? (?:pour|for|qui|que|who|quand|when)\b"
)
_PRONOUN = re.compile(
    r"\W*(?:(?:et|mais|parce qu'|and|but|because) ?)?(?:il(?! (?:y|faut)\b)|elle|ils|elles|he|"
    r"she|they)\b"
)
# Somebody who is rarely there, or alone for all.
_DAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|(?:mon|tues|wednes|thurs|fri)days?)"
_SCARCE = re.compile(
    rf"\b(?:passe|vien[ts]|est la|is (?:only )?in|comes?)\b.{{0,20}}\b{_DAY}\b|"
    r"\bn(?:e |')\w+(?: \w+)? (?:que |qu')|\b(?:only|seulement|uniquement|quand (?:il|elle|ils|"
    r"elles|ca)|"
    r"when (?:he|she|it|they)|patient\w+|pendant ce temps|en deplacement|tout seul|toute seule|"
    r"on (?:her|his|their) own|on (?:leave|holiday)|en (?:conges?|vacances|arret|reunion)|"
    r"injoignables?|deborde\w*|jamais la|never (?:there|in|around))\b"
)
# "Je les ai jamais avant le mercredi".
_LATELY = re.compile(
    r"\b(?:jamais|pas|never|not|only)\b.{0,50}\b(?:avant|before|on time|in time|a l'heure|"
    r"a temps)\b|"
    r"n't .{0,50}\b(?:before|on time|in time)\b|\b(?:la veille|in extremis|"
    r"the (?:day|night) before|promet\w*|promises?)\b"
)
_NO_WAIT = re.compile(
    r"\b(?:jamais|pas|rien|never|not|don't|doesn't|no) (?:\w+ ){0,3}(?:d'|a )?(?:l'|"
    r"les )?(?:attend|wait)|"
    r"\b(?:m'|nous )attend\w*|\bwaits? for (?:me|us)\b|,? (?:non|no|pas|nope)(?:\W*$|,)"
)
# "On envoie au client": whom something goes to.
_GOES_TO = re.compile(r"\b(?:aux?|a|to|for|pour|avec|with|sur|selon|comme)(?: \w+){0,2} (?:l')?$")


def flow_facts(scope: Scope) -> Iterator[Fact]:
    """Yield dependencies and blockages."""
    awaited: tuple[Turn, Parties] | None = None
    for sentence in scope.sentences():
        text = sentence.text
        named = people(sentence, scope)
        is_asked = asks(sentence.turn, Topic.WAITS)
        parties = waits_for_speaker(sentence, named) or _parties(sentence, named)
        if parties is None and not is_well(text):
            parties = must_act(sentence, named, is_asked)
        if parties is None and is_asked:
            before = awaited[1] if awaited and awaited[0] is sentence.turn else None
            parties = _awaited(sentence, named, before)
            awaited = (sentence.turn, parties) if parties else awaited
        blocked = _is_blocked(text, named) or (
            asks(sentence.turn, Topic.BLOCKAGES)
            and len(text.split()) >= _ENOUGH_WORDS
            and (complains(text) or (parties is None and is_hampered(text) and not is_well(text)))
        )
        if parties is not None and hours_in(text):
            # A wait that is measured and complained of is a place where work stands still.
            blocked = blocked or _COMPLAINT.search(text) is not None
        if parties is not None and _TOO_LATE.search(text):
            blocked = True
        if parties is not None:
            yield flow("dependency", sentence, parties)
        if blocked:
            yield _blockage(sentence, parties or _blocking_parties(sentence, named))


def _is_blocked(text: str, named: list[Mention]) -> bool:
    if stands_still(text) and not is_well(text):
        return True
    found = _BLOCKS.search(text)
    if found is None or _NOT_BLOCKED.search(text):
        return False
    return bool(named or OWN.search(text)) or not _WEAKLY.fullmatch(found.group())


def _blockage(sentence: Sentence, parties: Parties) -> Fact:
    cause = _CAUSE.search(sentence.text)
    return replace(
        flow("blockage", sentence, parties),
        cause=sentence.folded.slice(*cause.span(1)).strip(" .,;!?…") if cause else None,
        severity=next((level for level, words in _SEVERITY if words.search(sentence.text)), None),
    )


def _parties(sentence: Sentence, named: list[Mention]) -> Parties | None:
    """Return who waits for whom, where one sentence says both."""
    own_team, text = sentence.turn.team_id, sentence.text
    wait = _WAITS.search(text)
    after = [m for m in named if m.start >= wait.end()] if wait else []
    if wait and after and not _is_denied(text, wait):
        before = [m for m in named if m.end <= wait.start()]
        own = [m for m in OWN.finditer(text) if m.end() <= wait.start() + 1]
        waiting = own_team
        if before and (not own or own[-1].start() < before[-1].start):
            waiting = before[-1].name
        if waiting is None or waiting in {after[0].name, CLIENT, *NO_TEAMS}:
            return None
        thing = _OBJECT_BEFORE.search(text[wait.start() : after[0].start])
        place = (wait.start(), thing) if thing else None
        if thing is None and (thing := _OBJECT_AFTER.search(text[after[0].end :])):
            place = (after[0].end, thing)
        return between(sentence, waiting, after[0], _object(sentence, place))
    if not wait and (late := _LATE.search(text) or _TAKES.search(text) or _GATES.search(text)):
        before = [m for m in named if m.end <= late.start() + 3]
        if before and own_team and before[-1].name != own_team:
            return between(sentence, own_team, before[-1])
    return None


def _awaited(sentence: Sentence, named: list[Mention], before: Parties | None) -> Parties | None:
    """Return whom somebody waits for who was asked just that.

    Those are named first, or with a wait or a complaint; `before` are those of a sentence before,
    to whom "elle" may go back.
    """
    text, own_team = sentence.text, sentence.turn.team_id
    others = [mention for mention in named if mention.name != own_team]
    if own_team is None or is_well(text) or _NO_WAIT.search(text):
        return None
    is_told = hours_in(text) or complains(text) or _SCARCE.search(text) or _LATELY.search(text)
    is_told = is_told or _ALLOWS.search(text)
    if not others:
        return before if is_told and _PRONOUN.match(text) else None
    who = others[0]
    lead = text[: who.start]
    comes_first = len(lead.split()) <= _FIRST_WORDS and not _GOES_TO.search(lead)
    is_answer = comes_first and _NAMED_ONLY.match(text, who.end)
    return between(sentence, own_team, who) if is_told or is_answer else None


def _is_denied(text: str, wait: re.Match[str]) -> bool:
    """Whether "attend" stands between "n'" and "pas" or "jamais", or after "never"."""
    after = re.match(r" ?(?:pas|jamais|plus|rien)\b", text[wait.end() :])
    before = re.search(r"\b(?:never|not|n't|don't|doesn't)(?: \w+)? $", text[: wait.start()])
    return after is not None or before is not None


def _object(sentence: Sentence, place: tuple[int, re.Match[str]] | None) -> str | None:
    if place is None:
        return None
    offset, match = place
    words = sentence.folded.slice(offset + match.start(1), offset + match.end(1))
    words = words.strip(" .,;:!?…'’\"")
    return words if len(words) > 2 else None


def _blocking_parties(sentence: Sentence, named: list[Mention]) -> Parties:
    """Return whom a blockage concerns as far as the sentence says it."""
    own = sentence.turn.team_id
    others = [mention for mention in named if mention.name != own]
    provider = others[0] if len({mention.name for mention in others}) == 1 else None
    return between(sentence, own if OWN.search(sentence.text) else None, provider)
