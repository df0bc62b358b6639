"""Whether a sentence, whatever it is about, tells of trouble or says that all is well.

Belongs here: what is said of trouble in general words. Does not belong here: trouble of one kind.
"""

import re

from llm_enrichment.numbers import NUMBER

_WELL = re.compile(
    r"\b(?:jamais (?:ete )?(?:aussi|mieux)|never (?:been |had )?(?:an? )?(?:so|as|better))\b|"
    r"\b(?:pas de|jamais (?:eu )?(?:de|un)|aucun|no|not an?|n'est pas un|see a|see any) (?:\w+ )?"
    r"(?:probleme|souci|problem|issue|worry|complaint|drama)|"
    r"\bnothing (?:slows?|hurts?|worries|comes)|rien ne (?:freine|ralentit|pese|m'inquiete)|"
    r"(?:jamais|never|rien)\b.{0,40}\b(?:sans (?:nous|m'|me|en)|without) (?:parler|prevenir|"
    r"demander|"
    r"asking|telling)|rien a (?:dire|redire)|(?:(?:me|se|nous) plain\w* (?:pas|jamais)|"
    r"(?:plant|ram|bugg?|coup|gel|gen|derang|stress|decoi|reproch)\w* (?:\w+ )?(?:pas|plus|"
    r"jamais|rien)|"
    r"(?:pas|plus|jamais|rien|never|nobody|no one|n't|not|hardly) (?:\w+ ){0,2}(?:presse\w*|"
    r"stresse\w*|"
    r"debord\w*|decu\w*|reproch\w*|waits?|complain\w*|minds?|let (?:us|me|them) down|reproach\w*)|"
    r"(?:bien|well) (?:faits?|faites?|tenue?s?|ranges?|rangees?|made|kept)|tidy|me plai\w+|"
    r"on s'arrange|"
    r"(?:ferais|ferait|ferions|i'd|we'd) (?:\w+ )?(?:do )?(?:sans|without)|pas grand-chose|"
    r"not (?:very )?much|nothing really)\b|(?:pas|"
    r"plus) (?:a |vais )?(?:me |se |nous )?plaindre|"
    r"\b(?:(?:repond\w*|repl(?:y|ies)|answers?) (?:\w+ )?(?:le jour meme|the same day)|"
    r"le jour dit|dans les temps|within (?:the (?:hour|day)|minutes)|dans (?:l'heure|"
    r"la journee)|on the dot|chapeau|tout de suite|aussitot|(?:right|straight) away|immediately|"
    r"en avance|(?:in|well in) advance|ahead of time|c'est (?:parti|fait|regle)|"
    r"i have all i need)\b|"
    r"(?:can't|cannot) complain|"
    r"\b(?:ne|n'|ca) ?(?:coince|bloque|freine|ralentit|pese|pose)\w* (?:pas|plus|jamais)|"
    r"\bne manque (?:de )?rien|\b(?:never|not|rien ne|n't) (?:\w+ )?(?:late|blocks?|holds?)\b|"
    r"(?:repond\w*|se passe|marche\w*|va|vont|entend\w*) (?:tres |plutot |super )?(?:vite|bien)\b"
)
_PRAISE = re.compile(
    r"\b(?:adorables?|agreables?|reactifs?|carres?|rapides?|au top|nickel|impeccables?|genia\w+|"
    r"a l'heure|on time|parfaite?s?|merveill\w+|regal|(?<!petit )bonheur|delicieu\w+|"
    r"charmante?s?|perfect\w*|"
    r"a (?:gem|star)|une perle|un ange|en or|"
    r"delight\w*|gentils?|gentilles?|sympa\w*|contente?s?|happy|wonderful|lovely|brilliant|"
    r"great|fine|fast|quick|reliable|sweetheart)\b"
)
_NEGATION = re.compile(
    r"\b(?:ne|pas|jamais|rien|personne|aucune?|sans|ni|no|not|never|nobody|nothing|neither|"
    r"without|cannot|hardly)\b|n't\b|\bn'"
)
_TROUBLE = re.compile(
    r"\b(?:tant que|until|nulle part|plus rien|rien ne (?:part|sort|bouge|avance)\w*|"
    r"nothing (?:moves|happens|gets)|personne ne (?:sait|repond|decide|s'en|lit|regarde|veut)\w*|"
    r"nobody (?:knows|answers|decides|reads|wants|owns)|"
    r"la moitie (?:du temps|des|de la)|half (?:of |the )|every other (?:day|time|week)|"
    r"one in (?:two|three)|"
    r"un seul (?:fonctionne|marche)|only one works|loterie|lottery|hit and miss|"
    r"locks? (?:itself|up)|(?:on|je) (?:redemande|refai[ts](?! (?:\w+ )?le monde)|"
    r"ressaisi[ts]|recopie|"
    r"reprends?|rouvre|recommence)\b|"
    r"(?:tout|a) (?:re(?:demander|faire|saisir|copier|prendre|commencer)|ressaisir)|"
    r"(?:i|we) (?:have to )?re-?(?:build|do|type|enter|start|write|copy)\b|start (?:all )?over|"
    r"(?:have|has|had) to (?!say|admit)|(?:on|je) doi[ts]|by hand|a la main|"
    r"come (?:back|through)|revien(?:t|nent)|en panne|plante\w*|echou\w+|ram(?:e|ent)|"
    r"(?:ne|n't|not) (?:marche|fonctionne|work)\w*|every (?:single )?time|retape|deconnect\w*|"
    r"incomplet\w*|manqu\w+|(?:ne |n')?peu[xt] (?:rien|pas|plus)|can'?t|cannot|impossible\w*|"
    r"(?:pas|not) (?:toujours |tres |franchement |vraiment |si |tout a fait |always |very |"
    r"exactly )?"
    r"(?:evident|simple|clair|pratique|ideal|fluide|facile|clear|easy|obvious)\w*|"
    r"(?:un peu|assez|plutot|petit) (?:floue?|complique|lourd|penible)\w*|unclear|"
    rf"\b(?:on est|nous sommes|we are|we're) {NUMBER} (?:\w+ )?(?:pour|for|sharing|"
    rf"a se partager)\b|"
    r"nobody can|personne ne peut|square one|case depart|(?:de|a) zero\b|from scratch|"
    r"all over again|"
    rf"{NUMBER} (?:times over|fois (?:le|la|les) memes?)|\b(?:met|mettent|prend|prennent|takes?) "
    rf"(?:un quart d'heure|une demi-heure|une eternite|des (?:heures|jours|plombes)|ages|forever|"
    rf"half an hour|hours|{NUMBER} (?:minutes|heures|jours|hours|days))\b|"
    r"caprices?|n'(?:est|sont) (?:pas|plus|jamais) (?!bloque|coince|deborde|stresse|"
    r"derange)\w+(?:e|u)e?s?\b|"
    r"(?:demande|attend|reclame|wait\w*|asked|asking) .{0,20}(?:depuis|since|for (?:weeks|months))|"
    r"(?:est|sont|is|are) (?:partagee?s?|shared)|(?P<one>\b\w{4,}) par (?P=one)|"
    r"one by one|line by line|"
    rf"{NUMBER} (?!jours|heures|semaines|minutes|hours|days|weeks)\w+ (?:pour|for) {NUMBER} \w+|"
    rf"ses humeurs|mijot\w+|train(?:e|ent)\b|patin\w*|"
    rf"en rade|lente?s?\b|slow\b|"
    r"(?:au|a la|at the) (?:dernier moment|derniere minute|last minute)|interrupt\w*|interromp\w*|"
    r"tout est urgent|everything is urgent|au lieu de|instead of|expir\w+|"
    r"missing|broken|crash\w*|fails?|failing|(?<!i )breaks?|"
    r"(?:log|lock|kick|throw)\w* (?:us|me) out|(?:perd(?:s|re|ons)?|los(?:e|es|ing)) "
    r"(?!la tete|le fil)|queues?|le pire|the worst|late|tard|en retard|a chaque fois|"
    r"rest\w* (?:\w+ ){0,3}(?:jours|semaines|mois)|sits? (?:there|for)|"
    r"(?:pas|sans|jamais|no|without|n't have) (?:\w+ ){0,2}(?:acces|droits?|licen[cs]es?|access)|"
    r"on our hands|bras croises|compte-gouttes)\b"
)

_CLAUSE = re.compile(r"[,;:]")
# What is said before "but" is granted, what comes after is meant.
_BUT = re.compile(r"\b(?:mais|sauf|seulement|but|except|only)\b")
_ENOUGH_WORDS = 3


def negates(text: str) -> bool:
    """Whether a folded sentence holds a negation."""
    return _NEGATION.search(text) is not None


def is_well(text: str) -> bool:
    """Whether a folded sentence says that there is no trouble."""
    *_, last = _BUT.split(text)
    if len(last.split()) >= _ENOUGH_WORDS:
        text = last
    if _WELL.search(text):
        return True
    praise = _PRAISE.search(text)
    if praise is None or negates(_CLAUSE.split(text[: praise.start()])[-1]):
        return False
    # "Un régal, il plante tous les jours": praise that trouble follows is meant otherwise.
    trouble = _TROUBLE.search(text, praise.end())
    return trouble is None or negates(_CLAUSE.split(text[: trouble.start()])[-1])


def complains(text: str) -> bool:
    """Whether a folded sentence says that work stands still, fails or is done again."""
    return _TROUBLE.search(text) is not None and not is_well(text)
