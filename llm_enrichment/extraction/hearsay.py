"""Sentences that state nothing of the work as it is: hearsay, other places and times, suppositions.

Belongs here: what makes a sentence no statement, whatever it is about.
Does not belong here: wishes and plans, which are no statements by nature (voices.py, direction.py).
"""

import re
from functools import lru_cache

_HEARSAY = re.compile(
    r"\b(?:il parait|parait-il|a ce qu'il parait|on raconte|on m'a (?:dit|raconte)|"
    r"j'ai entendu dire|"
    r"(?:ce|c'est ce) qu'on raconte|pretend(?:ent)?|soi-disant|disait que|said that|un article|"
    r"une conference|"
    r"allegedly|supposedly|i(?:'ve)? heard|i'm told|rumou?r|told me|an article|a conference|"
    r"claims? "
    r"(?:that|to)|used to say|they say|on dit que|(?:les gens|certains|people|some) (?:disent|"
    r"say|claim)|i wouldn't know|apparently|"
    r"(?:collegues?|colleagues?)\b.{0,20}\b(?:dit|disent|says?) (?:que?|that|they|it))\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:a l'epoque|dans le temps|il y a (?:\w+ ){1,2}ans|(?:mon|ma|mes|notre|nos) "
    r"(?:anciens?|anciennes?|precedente?s?|derniere?) (?:agences?|boites?|poste|employeurs?|"
    r"maisons?|directeur|directrice|chef\w*)|(?:agence|boite|maison|poste) (?:d'avant|precedente?)|"
    r"l'ancien (?:directeur|patron|chef)|(?:un|d'autres|nos|les) concurrents?|d'autres agences|"
    r"(?:agence|boite) d'en face|another agency|chez les concurrents|"
    r"la-bas|over there|chez (?:mon|notre) precedent employeur|"
    r"(?:my|our) (?:last|former|old|previous) (?:agency|job|company|boss|director|shops?|place|"
    r"firm|team|employer)|predecessor|"
    r"autrefois|jadis|a (?:mes|nos) debuts|a l'ecole|a la fac|pendant mes etudes|"
    r"at (?:school|college|university)|when i (?:first )?started|"
    r"(?:years|months|ages|decades) (?:ago|back)|growing up|back then|in the old days|"
    r"other agencies|a competitor|competitors)\b"
)
# People whom one speaks of for company, not for their work here.
_KIN = re.compile(
    r"\b(?:(?:mon|ma|mes) (?:\w+[ -])?(?:freres?|soeurs?|mari|femme|compagn(?:on|e)|fils|filles?|"
    r"cousine?s?|neveux?|niece|oncle|tante|pere|mere|copa?in\w*|amie?s?|potes?|voisine?s?|"
    r"coloc\w*|ex)|my (?:\w+[ -])?(?:brothers?|sisters?|husband|wife|sons?|daughters?|cousins?|"
    r"nephew|niece|uncle|aunt|father|mother|mum|dad|boyfriend|girlfriend|friends?|neighbou?rs?|"
    r"flatmates?|kids?)|(?:une?|an?|some) (?:\w+ )?(?:copa?in\w*|amie?|pote|voisine?|friend|"
    r"neighbou?r))\b"
)
# One's way to work, home, health and animals.
_PRIVATE = re.compile(
    r"\b(?:(?:j'ai|je|on a|i) (?:mange\w*|dine|eat|ate|cook\w*)|(?:mon|ma|mes|my) (?:trajets?|"
    r"train|bus|velo|scooter|moto|voiture|dos|genou|sante|"
    r"chats?|chiens?|jardin|appart\w*|maison|loyer|coiffeu(?:r|se)|dentiste|medecin|salaire|"
    r"record|enfance|commute|bike|car|back|cats?|dogs?|garden|flat|house(?! style)|rent|mortgage|"
    r"hairdresser|dentist|doctor|salary|way (?:in|home|to work)|drive (?:in|home))|j'habite|"
    r"(?:le|un|the|a) (?:tram|metro|rer|periph\w*|ascenseur|parking|lift|elevator|tube|car park)|"
    r"il (?:pleut|neige|fait (?:chaud|froid|beau))|it's (?:raining|snowing)|the weather|la meteo|"
    r"(?:minutes|min|heures?|h|hours?) (?:de |d'|of |by |a )?(?:route|trajet|marche|transports?|"
    r"metro|"
    r"train|velo|pied|bouchons?|traffic|away|drive|walk|bike)|marathon|yoga|jogging|"
    r"je (?:cours (?!apres)|nage|dors|jardine|cuisine)|i (?:jog|swim|sleep|(?:drive|cycle|walk|"
    r"commute) "
    r"(?:to|home|in|for|an?|two|three|\d+))|(?:le|the) train (?!de |of )|pour (?:venir|"
    r"rentrer)(?! (?:chez|"
    r"voir))|"
    r"to get (?:here|home|to work)|i walk (?!you|them|through|the))\b"
)
# "But that's another story": what is taken back from the talk about work.
_DISMISSED = re.compile(
    r"\b(?:(?:mais|but) (?:ca,? )?(?:(?:c'est|ce sont) (?:moi|pour moi|prive|autre chose|"
    r"une autre histoire|leurs? probleme\w*)|that's (?:just )?(?:me|private|another story|"
    r"their (?:problem|business)))|by the way)\W*$"
)
# What was so and is no longer: settled since, or told as a habit given up.
_OVER = re.compile(
    r"\b(?:c'est (?:maintenant )?(?:regle|resolu|reparti|fini|du passe|de l'histoire ancienne)|"
    r"(?:on l'a|ils l'ont|nous l'avons) (?:changee?|remplacee?|reparee?)|(?:that's|it's) (?:all )?"
    r"(?:history|behind us)|pulled the plug|back before|(?:depuis|maintenant) "
    r"(?:\w+,? )?c'est (?:bon|regle)|n'est plus le cas|que (?:j'avais|on avait|"
    r"nous avions) avant|we (?:fixed|solved)|(?:that's|it's|been) (?:now )?"
    r"(?:sorted|fixed|solved|resolved)|not the case any ?more|"
    r"(?<!are )(?<!'re )(?<!is )(?<!'s )(?<!am )(?<!'m )(?<!get )(?<!got )used to (?!it\b|th))"
)
_SUPPOSED = re.compile(
    r"^(?:et |mais |alors |and |but )?(?:si (?:on|j'|nous|le|la|les|l'|un|une|elle|il|ils|elles|"
    r"je)\b"
    r"[^,]{0,60}(?:ait|aient|ions)\b|if (?:we|i|they|the|he|she|it|our) [^,]{0,40}\b(?:had|"
    r"could|were|"
    r"was|did|knew|got|\w+ed)\b|(?:imagine|imaginons|supposons|admettons|suppose|say (?:we|they|"
    r"you|i))\b)"
)
_DENIED = re.compile(
    # "Pas parce que j'aime l'IA": a reason that is none.
    r"^\W*(?:(?:et|mais|and|but) )?(?:(?:c'est |non )?pas parce qu|(?:it's )?not because )|"
    r"\b(?:i(?:'m| am) not saying|i don't (?:say|claim)|je (?:ne )?dis pas|je ne pretends pas|"
    r"je (?:ne )?dirais pas|i wouldn't (?:say|put it)|ne s'est (?:jamais|pas) fait|never happened|"
    r"on devait\b.{0,40}\b(?:jamais|pas)|"
    r"finalement non|(?:we|i) nearly (?:went|took|bought|chose)|"
    r"j'ai failli|on a failli|i disagree|je ne suis pas d'accord|aucune idee|no idea|jamais ouvert|"
    r"never (?:opened|tried)|jamais essaye)\b"
)
_KINDS = (_HEARSAY, _ELSEWHERE, _KIN, _PRIVATE, _DISMISSED, _OVER, _SUPPOSED, _DENIED)


# Every family of facts asks this of every sentence.
@lru_cache(maxsize=2**14)
def states_nothing(folded: str) -> bool:
    """Whether a folded sentence is hearsay, of elsewhere or once, supposed or denied."""
    return any(kind.search(folded) for kind in _KINDS)
