"""Who waits for whom, where it blocks, where teams miss one another.

Belongs here: dependency, blockage, collaboration_gap. Does not belong here: tools, wishes, figures.
"""

import re
from collections.abc import Iterator

from llm_enrichment.extraction.complaints import complains, is_well
from llm_enrichment.extraction.interviews import Sentence
from llm_enrichment.extraction.mentions import CLIENT, Mention
from llm_enrichment.extraction.questions import Topic, asks
from llm_enrichment.extraction.scope import CONFIDENCE, Scope
from llm_enrichment.facts import Fact
from llm_enrichment.numbers import NUMBER, hours_in

_WAITS = re.compile(
    r"\b(?:attend(?:s|ons|ez|ent|re)?|attendait|attente|depend(?:s|ons|ent)?|dependants?|"
    r"dependantes?|"
    r"besoin (?:de|d'|du|des)|suspendus? a(?:ux?)?|"
    r"sans (?:le feu vert|le retour|le ok|l'accord|l'aval|la validation|la reponse)|"
    r"(?:sans|without)(?= .{3,60}(?:\bne |\bn'|n't\b|\bcannot\b))|"
    r"tant que|(?:can'?t|cannot) \w+(?: \w+){0,3} (?:until|before|without)|waits?|waiting|"
    r"await(?:ing)?|depends?|dependent|"
    r"relance[rsz]?|relanc(?:ons|ent)|courir apres|court apres|courons apres|chas(?:e|ing)|need)\b"
)
_LATE = re.compile(
    r"\b(?:arrivent?|arrive|livrent?|envoient?|envoie|transmet(?:tent)?|donnent?|rendent?|rend|"
    r"valident?|repond(?:ent)?|come|comes|deliver|delivers|send|sends|give|gives|answer|answers|"
    r"approve|approves)\b.{0,60}\b(?:en retard|trop tard|tard|a la derniere minute|"
    r"au dernier moment|"
    r"jamais a l'heure|late|too late|at the last minute|apres la bataille)\b"
)
_OWN = re.compile(
    r"\b(?:on|nous|je|j'|moi|notre equipe|mon equipe|we|i|us|my team|our team)(?:\b|(?<='))"
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
    r"\b(?:pas|jamais|rien|aucun|never|not|no|nothing) (?:d')?(?:\w+ ){0,2}"
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
_GAP = re.compile(
    r"\b(?:(?:ne )?(?:se |nous )?(?:parle|parlent|parlons|coordonne|coordonnent) (?:pas|jamais|"
    r"peu|plus)\b|"
    r"trous? dans la raquette|(?:chacune?|chaque equipe) (?:dans|de) (?:son|leur) (?:coin|cote)|"
    r"chacune? (?:notre|son|sa|leur)|"
    r"silos?|"
    r"deux fois le meme|le meme travail|fait (?:le )?doublon|doublons?|en double|sans se concerter|"
    r"sans (?:nous|me|leur|lui) (?:prevenir|le dire|consulter|demander|en parler|avertir)|"
    r"travaill\w+ (?:jamais|pas|peu) ensemble|(?:aucun|pas de) point (?:commun|regulier)|"
    r"gard\w+ (?:ses|leurs) (?:infos?|informations?|notes|contacts)\b.{0,10} (?:coin|lui|eux|elle)|"
    r"(?:envoi\w*|previen\w*|inform\w*|transmet\w*|donn\w*) .{2,40} apres coup|"
    r"(?:tells?|sends?|informs?) .{2,40} (?:afterwards|after the fact)|"
    r"only (?:hear|learn|find out) about|nobody shares|never shares?|"
    r"personne ne (?:leur|lui|les|l') ?(?:dit|previent|a dit)|"
    r"(?:decouvr|appren)\w+ .{2,40} (?:au dernier moment|apres coup|"
    r"une fois que|trop tard|en reunion)|"
    r"(?:barely|hardly) (?:talk|speak)|separately|without (?:telling|"
    r"asking) us|(?:pas|jamais) au courant|personne ne nous|"
    r"don'?t (?:really )?(?:talk|speak)|doesn'?t (?:really )?(?:talk|speak)|never (?:talk|tell)\w*|"
    r"twice the same|duplicat\w+|same work twice|not in the loop|out of the loop|nobody tells us|"
    r"falls? between)\b"
)
# Asked how it goes with others, people tell of gaps in words that say little by themselves.
_APART = re.compile(
    r"\b(?:sans (?!probleme|souci|difficulte)|without|ne sa(?:it|vent)|"
    r"(?:does|do)n'?t (?:know|even)|meme pas|(?<!never )forgets?|oublie\w*|appren\w+|finds? out|"
    r"pas de (?:reunion|point|rituel)|no (?:meeting|call|ritual)|avant meme|once (?:they|it)|"
    r"une fois que|never (?:sat|met|worked)|jamais (?:vus?|rencontre\w*|travaille))\b"
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


def flow_facts(scope: Scope) -> Iterator[Fact]:
    """Yield dependencies, blockages and collaboration gaps."""
    for sentence in scope.sentences():
        text = sentence.text
        teams = scope.teams.find(text)
        parties = _parties(sentence, teams)
        if parties is None and asks(sentence.turn, Topic.WAITS):
            parties = _awaited(sentence, teams)
        blocked = _is_blocked(text, teams) or (
            asks(sentence.turn, Topic.BLOCKAGES)
            and len(text.split()) >= _ENOUGH_WORDS
            and complains(text)
        )
        if parties is not None and hours_in(text):
            # A wait that is measured and complained of is a place where work stands still.
            blocked = blocked or _COMPLAINT.search(text) is not None
        if parties is not None and _TOO_LATE.search(text):
            blocked = True
        if parties is not None:
            yield _flow("dependency", sentence, parties)
        if blocked:
            yield _flow("blockage", sentence, parties or _blocking_parties(sentence, teams))
        if _GAP.search(text) or (
            asks(sentence.turn, Topic.GAPS) and _APART.search(text) and not is_well(text)
        ):
            gap = _gap_parties(sentence, teams)
            if gap is not None:
                yield _flow("collaboration_gap", sentence, gap)


def _is_blocked(text: str, teams: list[Mention]) -> bool:
    found = _BLOCKS.search(text)
    if found is None or _NOT_BLOCKED.search(text):
        return False
    return bool(teams or _OWN.search(text)) or not _WEAKLY.fullmatch(found.group())


class _Parties:
    """Who waits and who provides, and what."""

    def __init__(self, waiting: str | None, providing: str | None, thing: str | None) -> None:
        self.waiting, self.providing, self.thing = waiting, providing, thing


def _flow(fact_type: str, sentence: Sentence, parties: _Parties) -> Fact:
    duration = hours_in(sentence.text)
    is_blockage = fact_type == "blockage"
    cause = _CAUSE.search(sentence.text) if is_blockage else None
    return Fact(
        fact_type,
        sentence.evidence(),
        CONFIDENCE,
        waiting_team_id=parties.waiting,
        providing_team_id=parties.providing,
        object=parties.thing,
        cause=sentence.folded.slice(*cause.span(1)).strip(" .,;!?…") if cause else None,
        severity=_severity(sentence.text) if is_blockage else None,
        wait_hours=round(duration[0], 2) if duration else None,
        figures=tuple(duration[1]) if duration else (),
        task_phrase=parties.thing,
        speaker_team_id=sentence.turn.team_id,
    )


def _parties(sentence: Sentence, teams: list[Mention]) -> _Parties | None:
    """Return who waits for whom, where one sentence says both."""
    own_team = sentence.turn.team_id
    text = sentence.text
    wait = _WAITS.search(text)
    if wait and not _is_denied(text, wait):
        before = [team for team in teams if team.end <= wait.start()]
        after = [team for team in teams if team.start >= wait.end()]
        own = [m for m in _OWN.finditer(text) if m.end() <= wait.start() + 1]
        if not after:
            return None
        if own and (not before or own[-1].start() > before[-1].start):
            waiting = own_team
        elif before:
            waiting = before[-1].name
        else:
            waiting = own_team
        providing = after[0].name
        if waiting is None or waiting in (providing, CLIENT):
            return None
        thing = _OBJECT_BEFORE.search(text[wait.start() : after[0].start])
        place = (wait.start(), thing) if thing else None
        if thing is None and (thing := _OBJECT_AFTER.search(text[after[0].end :])):
            place = (after[0].end, thing)
        return _Parties(waiting, providing, _object(sentence, place))
    if late := _LATE.search(text) or _TAKES.search(text):
        before = [team for team in teams if team.end <= late.start() + 3]
        if before and own_team and before[-1].name != own_team:
            return _Parties(own_team, before[-1].name, None)
    return None


def _awaited(sentence: Sentence, teams: list[Mention]) -> _Parties | None:
    """Return whom somebody names who was asked for whom they wait, with a wait or a complaint."""
    text, own_team = sentence.text, sentence.turn.team_id
    others = [team.name for team in teams if team.name != own_team]
    if not others or own_team is None or is_well(text):
        return None
    return _Parties(own_team, others[0], None) if hours_in(text) or complains(text) else None


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


def _blocking_parties(sentence: Sentence, teams: list[Mention]) -> _Parties:
    """Return whom a blockage concerns as far as the sentence says it."""
    own = sentence.turn.team_id
    others = [team.name for team in teams if team.name != own]
    providing = others[0] if len(set(others)) == 1 else None
    waiting = own if _OWN.search(sentence.text) else None
    return _Parties(waiting, providing, None)


def _gap_parties(sentence: Sentence, teams: list[Mention]) -> _Parties | None:
    names = list(dict.fromkeys(team.name for team in teams if team.name != CLIENT))
    own = sentence.turn.team_id
    if own and names and names != [own]:
        others = [name for name in names if name != own]
        return _Parties(own, others[0], None)
    if len(names) >= 2:
        return _Parties(names[0], names[1], None)
    return None


def _severity(text: str) -> int | None:
    return next((level for level, words in _SEVERITY if words.search(text)), None)
