"""Where teams miss one another.

Belongs here: collaboration_gap. Does not belong here: who waits for whom (flows.py).
"""

import re
from collections.abc import Iterator

from llm_enrichment.extraction.apart import is_untold, tells_of_gap
from llm_enrichment.extraction.complaints import is_well, negates
from llm_enrichment.extraction.interviews import Sentence, Turn
from llm_enrichment.extraction.mentions import CLIENT, Mention
from llm_enrichment.extraction.parties import (
    OUTSIDER,
    OWN,
    SOMEBODY,
    Parties,
    between,
    flow,
    is_team,
    people,
)
from llm_enrichment.extraction.questions import Topic, asks, asks_nothing_but
from llm_enrichment.extraction.scope import Scope
from llm_enrichment.facts import Fact
from llm_enrichment.normalise import Folded

_GAP = re.compile(
    r"\b(?:(?:ne )?(?:se |nous )?(?:parle|parlent|parlons|coordonne|coordonnent) (?:pas|jamais|"
    r"peu|plus)\b|"
    r"trous? dans la raquette|(?:chacune?|chaque equipe) (?:dans|de) (?:son|leur) (?:coin|cote)|"
    r"chacune? (?:notre|son|sa|leur)|(?:me|m'|nous) (?:l'|le |la |les )?(?:ont|a) (?:pas|jamais|"
    r"rien) "
    r"(?:dit|prevenu|demande|montre)\w*|(?:didn't|never) (?:tell|told|ask|asked|warn|"
    r"warned) (?:me|us)|"
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
    r"(?:the same|le meme|la meme|les memes) .{2,40}\b(?:en parallele|in parallel|"
    r"(?:deux|two|different\w*) (?:\w+ )?(?:fichiers?|versions?|outils?|tableaux|documents?|"
    r"endroits|"
    r"files?|tools|sheets|places|documents))|twice the same|duplicat\w+|same work twice|"
    r"not in the loop|out of the loop|"
    r"nobody tells us|"
    r"falls? between)\b"
)
# Asked how it goes with others, people tell of gaps in words that say little by themselves.
_APART = re.compile(
    r"\b(?:sans (?!probleme|souci|difficulte)|without|ne sa(?:it|vent)|"
    r"(?:does|do)n'?t (?:know|even)|meme pas|(?<!never )forgets?|oublie\w*|appren\w+|finds? out|"
    r"pas de (?:reunion|point|rituel)|no (?:meeting|call|ritual)|avant meme|once (?:they|it)|"
    r"une fois que|never (?:sat|met|worked)|jamais (?:vus?|rencontre\w*|travaille))\b"
)
# Each sees the same thing in another way: "pour eux c'est fini, pour nous ça commence".
_VIEWS = re.compile(
    r"\bpour (?:eux|elles|lui|elle|le|la|les|l')\b.{3,90}[,;:] (?:et |mais |alors que )?"
    r"pour (?:moi|nous)\b|"
    r"\b(?:to|for) (?:them|the)\b.{3,90}[,;:] (?:and |but |while )?(?:to|for) (?:me|us)\b"
)
# "La création croit que ça prend une heure": what others take for true of one's work.
_BELIEVES = re.compile(
    r"(?: \w+)?,? (?:(?:ils|elles|il|elle|eux|they|he|she),? )?"
    r"(?:s'imagin\w+|se figur\w+|trouv(?:e|ent)|cro(?:it|ient)|pens(?:e|ent)|thinks?|believes?|"
    r"assumes?|"
    r"imagines?|reckons?) (?:toujours |always )?(?:que |qu'|that |an? |the |we |i |it)"
)
_THEY_BELIEVE = re.compile(
    rf"\b(?:eux|ils|elles|they)\b(?:{_BELIEVES.pattern}|(?: (?:all|still|really))? "
    r"(?:think|believe|assume|imagine|reckon) (?!so\b|highly|of\b))"
)
_THEY = re.compile(r"\b(?:ils|elles|eux|they|them)\b")
# What another team does to what both work on, and what it never looks at.
_ALONE = re.compile(
    r"(?: \w+)?,? (?:(?:ne |n')?(?:nous |me |m')?(?:lit|lisent|regard\w+|ecout\w+|demand\w+|"
    r"previen\w+|"
    r"consult\w+|respect\w+|ouvr\w+|invit\w+|relis\w*|connai\w+) (?:\w+ )?(?:jamais|pas|rien|"
    r"plus)\b|"
    r"(?:never|doesn't|don't|does not|do not) (?:even )?(?:reads?|looks?|listens?|asks?|warns?|"
    r"checks?|"
    r"opens?|invites?|copy|copies|shares?)\b|"
    r"(?:nous |me |m'|se )?(?:chang(?!\w* (?:de|d') ?(?:bureaux?|etage|locaux|place|tete|chef))|"
    r"modifi|deplac|redessin|refai|ecras|renomm|vend|promet|achet|"
    r"reserv|"
    r"command|coup)\w*\b(?! (?:pas|jamais))|"
    r"(?:chang(?!\w* d)|mov(?!\w* (?:to|in|out|office|floor))|cut|rewrit|redraw|redo|renam|sell|"
    r"promis|"
    r"book|overwrit|order|buy)\w*\b)"
)
# How one learns what one should have been told, or that one was not told.
_LEARNS = re.compile(
    r"\b(?:on|je|nous) (?:(?:l'|le |la |les )(?:appren|decouvr)\w+|(?:appren|decouvr)\w+ "
    r"(?:que |qu'|tout |ca |par |trop ))|\b(?:avant d'arriver|arriv\w+ en dernier) (?:chez|a|"
    r"jusqu'a) "
    r"(?:moi|nous)\b|\b(?:derni(?:er|ere|ers)|last) (?:a (?:le )?(?:savoir|l'apprendre)|"
    r"(?:informe|prevenu)e?s?|to (?:know|hear|find out))\b|"
    r"\b(?:trop tard|apres coup|too late|after the fact|au dernier moment|"
    r"(?:at the )?last minute)\b|"
    r"\b(?:personne|nobody|no one) (?:ne )?(?:me |m'|nous )?(?:di[ts]|previent|tells?|warns?|"
    r"asks?)\b|"
    r"\bc'est (?:le |la |les |l'|un |une )\w+ qui (?:m'|nous |me )(?:appren|annonc|di[ts]|previen)|"
    r"\b(?:we|i) (?:only |always )?(?:find|found|learn\w*|hear\w*) (?:it |that |this )?(?:out|"
    r"about|of|from)|"
    r"\bnous,? (?:on|je) (?:ne |n')?(?:l'|le |la |les )?(?:a|ai|sait|sais|voi[ts]|"
    r"recoi[ts]) (?:pas|rien|jamais)\b"
)

_ARTICLE = re.compile(r"(?:\b(?:l'equipe|le|la|les|the|chez|le pole) (?:de |du |des )?|l')$")

_OF = re.compile(r" d(?:e |es |u |')")
# "How about media?": English needs no article.
_BARE = re.compile(r"(?<=about )(?=\w+\W*$)|(?<=and )(?=\w+\W*$)|(?<=with )(?=\w+\W*$)", re.I)


def gap_facts(scope: Scope) -> Iterator[Fact]:
    """Yield gaps between the speaker's team, or one that is named, and another."""
    for sentence in scope.sentences():
        parties = _missing_one_another(sentence, scope)
        if parties is not None:
            yield flow("collaboration_gap", sentence, parties)


def _missing_one_another(sentence: Sentence, scope: Scope) -> Parties | None:
    text, turn, own = sentence.text, sentence.turn, sentence.turn.team_id
    named = [m for m in people(sentence, scope) if m.name not in {CLIENT, OUTSIDER, SOMEBODY}]
    others = [m for m in named if m.name != own]
    is_asked = asks(turn, Topic.GAPS) or _asks_about_others(turn, scope)
    is_asked = is_asked and not is_well(text)
    is_apart = is_asked and _APART.search(text) is not None
    is_told = any(words.search(text) for words in (_GAP, _VIEWS, _THEY_BELIEVE))
    if is_asked and not is_told:
        is_told = bool(_LEARNS.search(text) or (is_apart and _THEY.search(text)))
    if not is_told and not is_well(text):
        is_about = bool(others) or (is_asked and not asks(turn, Topic.AI))
        is_told = is_untold(text) or (is_about and tells_of_gap(_with_they(text, others), is_asked))
    if is_told or is_apart or _goes_its_way(text, named, own, is_asked):
        parties = _parties(sentence, named)
        # Asked how it goes with others, people say "they".
        is_answer = is_asked and is_told and own and not text.endswith("?")
        return Parties(own, None, None) if parties is None and is_answer else parties
    return None


def _asks_about_others(turn: Turn, scope: Scope) -> bool:
    """Whether a question names another team and asks for nothing else: "et le média ?"."""
    if not asks_nothing_but(turn, Topic.GAPS):
        return False
    question = Sentence(turn, 0, Folded(_BARE.sub("the ", turn.question)))
    named = people(question, scope)
    nobody = {CLIENT, OUTSIDER, SOMEBODY, turn.team_id}
    # "La stratégie d'enchères" is no team.
    return any(m.name not in nobody and not _OF.match(question.text, m.end) for m in named)


def _with_they(text: str, others: list[Mention]) -> str:
    """Return the sentence with "they" for the other teams that it names."""
    for mention in reversed(others):
        before = _ARTICLE.sub("", text[: mention.start])
        text = f"{before}they{text[mention.end :]}"
    return text


def _goes_its_way(text: str, named: list[Mention], own: str | None, is_asked: bool) -> bool:
    """Whether a team that is named takes something wrong for true, or acts without the other."""
    for mention in named:
        if believes := _BELIEVES.match(text, mention.end):
            return is_asked or OWN.search(text, believes.end() - 4) is not None
        if is_asked and mention.name != own and _ALONE.match(text, mention.end):
            return True
    # "Le média demande des formats que la création n'a pas prévus."
    return is_asked and negates(text) and len({m.name for m in named} - {own}) > 1


def _parties(sentence: Sentence, named: list[Mention]) -> Parties | None:
    own = sentence.turn.team_id
    others = [mention for mention in named if mention.name != own]
    if own and others:
        return between(sentence, own, next(filter(is_team, others), others[0]))
    teams = list(dict.fromkeys(m.name for m in named if is_team(m)))
    return Parties(teams[0], teams[1], None) if len(teams) >= 2 else None
