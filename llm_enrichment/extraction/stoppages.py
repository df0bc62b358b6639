"""How a sentence says that work stands still or is slowed, put together from its causes.

Work lies there; somebody may not in, a tool fails, a request cannot be read, too many must agree,
what is needed comes too late; and so it is done again, guessed or waited for. Belongs here: what is
said to happen, folded. Does not belong here: whom it concerns (flows.py).
"""

import re

from llm_enrichment.extraction.mentions import WORK
from llm_enrichment.numbers import NUMBER

_STANDS = re.compile(
    r"\b(?:dorment|dort (?:dans|sur|chez|depuis|au)|gel(?:e|ent)|(?:est|sont|reste\w*) (?:gele|"
    r"fige|immobilise|paralyse|"
    r"suspendu|bloque|coince|plante)\w*|stagn\w+|moisi\w*|pourri(?:t|ssent)|croupi\w+|"
    r"en (?:plan|carafe|suspens|souffrance|rade|stand-?by|sommeil|pause)|au (?:placard|frigo|"
    r"congelateur|point mort)|dans les limbes|sur (?:la pile|pause)|a l'arret|tourn\w+ (?:en rond|"
    r"a vide)|parked|on ice|frozen|stalled?|in limbo|(?:sit|sat|sits|stand|stands|stood) idle|"
    r"gather\w* dust|(?:sitting|sat) on (?:the|our|my|it|that|\w+ing)|at a (?:stand)?still|"
    r"(?:come|comes|came|grind|ground) to a (?:halt|stop)|won't (?:move|budge)|dead in the water|"
    r"(?:is|are|'s|'re) hold(?:s|ing) (?:the|our|my|us|up|everything)|(?:down|tools) tools|"
    r"in the air|in a queue|dans la file|pas (?:avance|bouge)\w* d'un (?:pouce|millimetre))\b"
)
_KEYS = (
    r"(?:acces|droits|habilitations?|licen[cs]es?|identifiants?|mots? de passe|access|"
    r"permissions?|logins?|passwords?|seats?|abonnements?|subscriptions?|badges?)"
)
_ACCESS = re.compile(
    rf"\b(?:refus\w+ (?:\w+ )?(?:l'|les? |un )?{_KEYS}|(?:pas|plus|jamais|aucun|sans|no|without|"
    rf"\w*n't (?:have|got)|never (?:had|got)|not (?:have|got)) (?:\w+ ){{0,3}}(?:l'|d'|les |des )?"
    rf"{_KEYS}|lecture seule|read[- ]only|view[- ]only|verrouille\w*|lock(?:s|ed) (?:out|me|us)|"
    r"(?:kick|boot|throw|log|shut|lock)(?:s|ed)? (?:you|us|me|everyone|people|everybody) out|"
    rf"{_KEYS} (?:\w+ ){{0,6}}(?:shared|partage\w*|expir\w+|lapsed?|run out|ran out|suspend\w*|"
    rf"coupe\w*|desactiv\w+|a tour de role|perime\w*|renouvel\w+|renewed|sur le (?:telephone|"
    rf"portable) de|pour {NUMBER}|for {NUMBER}|between|entre nous|reset)|"
    r"acces (?:refuse|bloque|coupe)|access denied|firewall|pare-feu|captcha|"
    r"(?:wait|attend\w*) (?:\w+ )?(?:mon|my|our|notre|nos) tour)\b"
)
_FAILS = re.compile(
    r"\b(?:plant(?:e|ent)|ram(?:e|ent)|crash\w*|freez\w+|hangs?|tim(?:es?|ed) out|se (?:ferm|fig|"
    r"bloqu|coup|deconnect|vid|corromp)\w*|saute(?:nt)?|bug\w*|beug\w*|rejet\w+|rejects?|bounc\w+|"
    r"chok\w+|cho(?:kes|king) on|ecras\w*|corromp\w*|corrupt\w*|won't (?:open|load|export|"
    r"save|"
    r"print|sync|play|send|upload|read|let)|(?:does|do)n't (?:open|load|export|save|print|"
    r"sync|send|upload|read|let|talk)|s'(?:ouvr|affich|imprim|enregistr|export|eteint|ouvrent)\w* "
    r"(?:pas|plus|jamais)|(?:petite )?roue|spinn\w+|hourglass|sablier|souffl\w+|"
    r"depass\w+ [^.,]{0,40}(?:accept|limit|taille|autoris|quota)\w*|trop (?:gros|lourd|grand|petit|"
    r"lente?)\w*|too (?:big|heavy|large|small|slow)|(?:keels?|falls?|conks?) (?:over|out)|"
    r"(?:slow|creep|grind|crawl)\w* (?:to|like|along)|gives? up|packs? (?:up|in)|tomb\w* en panne|"
    r"(?:memoire|memory|disk|disque|boite|serveur|server|stockage|storage|inbox|"
    r"quota) (?:\w+ ){0,2}"
    r"(?:plein|sature|full)\w*|(?:takes?|met|mettent|prend|prennent) (?:\w+ )?(?:ages|forever|"
    r"une eternite|trois plombes|des plombes|"
    rf"{NUMBER} (?:minutes|heures|hours|days|jours)) (?:a|pour|to) )\b"
)
_REQUEST = (
    r"(?:briefs?|consignes?|demandes?|requests?|instructions?|feedbacks?|retours?|objectifs?|"
    r"commandes?|corrections?|commentaires?|comments?|goals?|asks?|notes?|mails?|email|tickets?|"
    r"specs?|cahier des charges)"
)
_UNREADABLE = (
    r"(?:blank|vides?|contradict\w+|contredi\w*|contraires?|floue?s?|vagues?|unclear|ambigu\w*|"
    r"fumeu\w+|incomprehensible\w*|illisible\w*|garbled|deux lignes|one[- ]line\w*|two lines|half "
    r"(?:a page|empty|done|finished)|trois mots|a moitie|incomplet\w*|incomplete|missing|tient "
    r"(?:sur|en)|changes? (?:every|each|again|mid|halfway)|chang\w+ (?:tous|chaque|en cours|encore|"
    r"d'avis|sans arret|trois fois)|page (?:one|une?|1)|woolly|fuzzy|cryptic|sybillin\w*|makes? no "
    r"sense|aucun sens|pas de sens|ni (?:queue|date|budget|format)|no (?:budget|date|deadline|"
    r"format|"
    r"size|dimensions?)|sans (?:date|budget|format|dimensions?|contexte|precision|cible))"
)
_GUESSES = (
    r"(?:devin(?:e|er|ons|ent)|dechiffr\w+|decod\w+|decrypt\w+|interpret\w+|guess\w*|decipher\w*|"
    r"second-guess\w*|read\w* between the lines|lire entre les lignes|je fais quoi|on fait quoi|"
    r"what am i (?:meant|supposed) to|a l'aveugle|"
    r"(?:in the|flying) (?:dark|blind))"
)
_UNCLEAR = re.compile(rf"\b(?:{_REQUEST}\b[^.]{{0,70}}\b{_UNREADABLE}|{_GUESSES})\b")
_MANY = re.compile(
    rf"\b{NUMBER} (?:\w+ ){{0,2}}(?:people|personnes|signatures?|validations?|approvals?|niveaux|"
    r"levels|layers|rounds|tours|directeurs|directors|chefs|managers|mains|hands|sign-?offs?|"
    r"paires d'yeux|pairs of eyes|avis|opinions|allers[- ]retours|tampons|stamps|comites|"
    r"committees|"
    r"bosses|decideurs|valideurs|departments|services|paraphes)\b[^.]{0,50}\b(?:have to|has to|"
    r"must|"
    r"need\w*|doi(?:t|vent)|faut|avant|before|pour|for|say|sign\w*|approuv\w+|valid\w+|to get|"
    r"agree|d'accord|relisent|passe\w*|yes)\b"
)
_LATE = re.compile(
    r"\b(?:le soir meme|la veille|veille au soir|(?:at the )?eleventh hour|last[- ]minute|"
    r"(?:after|past|beyond) (?:the |our |my )?(?:deadline|cut-?off|closing)|apres (?:la|l'|le) ?"
    r"(?:date|echeance|bouclage|heure|delai|deadline|cloture)|le jour (?:meme|du|de la)|the (?:day|"
    r"night|evening|morning) (?:before|of|it)|trop tard|too late|(?:an hour|une heure|minutes|"
    r"hours|"
    r"heures|deux heures) (?:before|avant)|by then|by the time|d'ici la|entre-?temps|a minuit|at "
    r"midnight|(?:le )?vendredi soir|(?:on )?friday (?:night|evening|afternoon)|"
    r"(?:derniere|last) (?:minute|seconde|second)|(?:en|with|de) retard|(?:days|weeks|jours|"
    r"semaines) (?:late|de retard|behind|plus tard))\b"
)
_SPENDS = re.compile(
    r"\b(?:(?:je|j'|on|nous) ?(?:y )?(?:pass\w+|perd\w*|ai passe|a passe) (?:plus de temps|la|ma|"
    r"mes|"
    r"nos|notre|une|des|trois|deux|un|le|les|mon|tout\w*) [^.]{0,30}\b(?:a|dessus|la-dessus|pour) |"
    r"(?:i|we)(?:'ve)? (?:\w+ )?(?:spen[dt]|wast\w+|burn\w*|los[et]|blow) [^.]{2,40} (?:\w+ing|"
    r"on)\b|"
    r"(?:sit|sitting|sat) on (?:my|our) hands|round (?:and round|in circles)|les? (?:doigts|bras) "
    r"croises|(?:regard\w+|watch\w*) (?:la|le|les|the|it|its?) \w+ (?:tourn\w+|monter|load\w*|"
    r"turn\w*|"
    r"spin\w*|crawl\w*)|quemand\w*|supplier|begg?\w* |go cap in hand|mendi\w+|"
    r"(?:tout )?(?:a|est) (?:refaire|recommencer|reprendre|ressaisir)|(?:je|on|nous) (?:le |la |"
    r"les |"
    r"l'|tout )?(?:recommenc|refai(?!\w* (?:\w+ )?le monde)|refon|ressaisi|redecoup|redemand|"
    r"renvo|relanc|recopi|retap|"
    r"reconstru|"
    r"rescann|rappell|bricol|improvis|contourn|decoup)\w*|(?:i|we) (?:have to |end up |just |then |"
    r"usually )?(?:re-?(?:typ|do|key|build|enter|start|draw|cut|send|export|format|record|writ|"
    r"upload)|"
    r"bodg|fudg|improvis|retyp|work around|start again|copy|paste|chas|convert)\w*|by hand|"
    r"a la main|"
    r"(?:je|on|nous) (?:ne )?(?:touche|peu[xt]|pouvons|avance\w*|fai[ts]) (?:a )?(?:rien|pas|plus)|"
    r"(?:i|we) (?:can't|cannot|can hardly|can barely|couldn't) )"
)
_NOT = re.compile(
    r"\b(?:jamais|never|nothing's?|rien (?:n'est|ne)|aucun\w*|no longer|ne (?:\w+ )?plus|hardly "
    r"ever|rarely|rarement|isn't|aren't|pas (?:une|un)) (?:\w+ ){0,3}(?:retenu|bloqu|coinc|stuck|"
    r"held|block|gel|plant|late|lost|retard|stall|dort|rame|crash|down|en panne)\w*"
)


# "The sheet freezes the moment you add a row, so I start again": trouble has a cause and an effect.
_CAUSES = re.compile(
    r"(?<!^)\b(?:donc|du coup|alors(?! que)|resultat|si bien qu\w*|parce qu\w*|car|"
    r"puisqu\w*|faute de|a cause|sinon|avant de pouvoir|le temps (?:de|qu\w*)|so|which means|"
    r"because|since|otherwise|by then|then)\b|"
    r"\b(?:des qu\w*|chaque fois qu\w*|tant qu\w*|depuis qu\w*|a force de|quand|lorsqu\w*|until|"
    r"till|unless|whenever|every time|each time|the moment|as soon as|when|if)\b"
)


# What makes an effect a burden: something cannot be, has to be, or has to be again.
_BURDEN = re.compile(
    r"\b(?:(?:can't|cannot)(?! think)|faut(?! (?:avouer|dire|reconnaitre))|doi[ts](?! (?:avouer|"
    r"dire|"
    r"reconnaitre))|peu[xt] (?:pas|plus|rien)|oblige\w*|force\w*|(?<!one )(?:have|has|"
    r"had) to(?! (?:say|"
    r"admit))|must(?! (?:say|admit))|stuck|un seul|une seule|only one|just one|deux fois|"
    r"trois fois|"
    r"encore une fois|again|finit par|finis par|end up|someone else|somebody else|"
    r"quelqu'un d'autre|"
    r"moitie|disappear\w*|dispar\w*|perd\w*|lose|loses|refus\w*|later|attend\w*|waiting)\b"
)


def has_cause(text: str) -> bool:
    """Whether a folded sentence says of work what comes of what."""
    return all(words.search(text) for words in (_CAUSES, _BURDEN, WORK))


def stands_still(text: str) -> bool:
    """Whether a folded sentence says that work lies there or cannot be got at."""
    if _NOT.search(text):
        return False
    fails = _FAILS.search(text) or _UNCLEAR.search(text) or _MANY.search(text)
    return bool(_STANDS.search(text) or _ACCESS.search(text) or (fails and _SPENDS.search(text)))


def is_hampered(text: str) -> bool:
    """Whether a folded sentence tells somebody who asked for it what slows work."""
    hampers = (_STANDS, _ACCESS, _FAILS, _UNCLEAR, _MANY, _LATE, _SPENDS)
    return not _NOT.search(text) and (
        has_cause(text) or any(words.search(text) for words in hampers)
    )
