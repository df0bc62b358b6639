"""Whether a sentence, whatever it is about, tells of trouble or says that all is well.

Belongs here: what is said of trouble in general words. Does not belong here: trouble of one kind.
"""

import re

_WELL = re.compile(
    r"\b(?:jamais (?:ete )?(?:aussi|mieux)|never (?:been |had )?(?:an? )?(?:so|as|better))\b|"
    r"\b(?:pas de|aucun|no|not an?|n'est pas un|see a|see any) (?:\w+ )?"
    r"(?:probleme|souci|problem|issue|worry|complaint|drama)|"
    r"\bnothing (?:slows?|hurts?|worries|comes)|rien ne (?:freine|ralentit|pese|m'inquiete)|"
    r"rien a (?:dire|redire)|(?:pas|plus) a (?:me )?plaindre|(?:can't|cannot) complain|"
    r"\b(?:ne|n'|ca) ?(?:coince|bloque|freine|ralentit|pese|pose)\w* (?:pas|plus|jamais)|"
    r"\bne manque (?:de )?rien|\b(?:never|not|rien ne|n't) (?:\w+ )?(?:late|blocks?|holds?)\b|"
    r"(?:repond\w*|se passe|marche\w*|va|vont|entend\w*) (?:tres |plutot |super )?(?:vite|bien)\b"
)
_PRAISE = re.compile(
    r"\b(?:adorables?|agreables?|reactifs?|carres?|rapides?|au top|nickel|impeccables?|genia\w+|"
    r"a l'heure|on time|lovely|brilliant|great|fine|fast|quick|reliable|sweetheart)\b"
)
_NEGATION = re.compile(
    r"\b(?:ne|pas|jamais|rien|personne|aucune?|sans|ni|no|not|never|nobody|nothing|neither|"
    r"without|cannot|hardly)\b|n't\b|\bn'"
)
_TROUBLE = re.compile(
    r"\b(?:tant que|until|nulle part|plus rien|rien ne (?:part|sort|bouge|avance)\w*|"
    r"nothing (?:moves|happens|gets)|personne ne (?:sait|repond|decide|s'en)\w*|"
    r"nobody (?:knows|answers|decides)|(?:on|je) (?:redemande|refai[ts]|ressaisi[ts]|recopie|"
    r"reprends?|rouvre|recommence)\b|"
    r"(?:tout|a) (?:re(?:demander|faire|saisir|copier|prendre|commencer)|ressaisir)|"
    r"(?:i|we) (?:have to )?re-?(?:build|do|type|enter|start|write|copy)\b|start (?:all )?over|"
    r"(?:have|has|had) to (?!say|admit)|(?:on|je) doi[ts]|by hand|a la main|"
    r"come (?:back|through)|revien(?:t|nent)|en panne|plante\w*|echou\w+|ram(?:e|ent)|"
    r"(?:ne|n't|not) (?:marche|fonctionne|work)\w*|every (?:single )?time|retape|deconnect\w*|"
    r"incomplet\w*|manqu\w+|missing|broken|crash\w*|fails?|failing|breaks?|"
    r"(?:log|lock|kick|throw)\w* (?:us|me) out|(?:perd(?:s|re|ons)?|los(?:e|es|ing)) "
    r"(?!la tete|le fil)|queues?|le pire|the worst|late|tard|en retard|a chaque fois|"
    r"rest\w* (?:\w+ ){0,3}(?:jours|semaines|mois)|sits? (?:there|for)|"
    r"(?:pas|sans|jamais|no|without|n't have) (?:\w+ ){0,2}(?:acces|droits?|licen[cs]es?|access)|"
    r"on our hands|bras croises|compte-gouttes)\b"
)


def negates(text: str) -> bool:
    """Whether a folded sentence holds a negation."""
    return _NEGATION.search(text) is not None


def is_well(text: str) -> bool:
    """Whether a folded sentence says that there is no trouble."""
    praise = _PRAISE.search(text)
    return _WELL.search(text) is not None or (
        praise is not None and not negates(re.split(r"[,;:]", text[: praise.start()])[-1])
    )


def complains(text: str) -> bool:
    """Whether a folded sentence says that work stands still, fails or is done again."""
    return _TROUBLE.search(text) is not None and not is_well(text)
