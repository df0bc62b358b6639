"""How a sentence says that two teams miss one another, put together from what happens.

Somebody is not told, does not know, learns it elsewhere, does again what others did, does otherwise
than they, or something is lost from one to the other. Belongs here: what is said to happen, folded.
Does not belong here: between whom (gaps.py).
"""

import re

from llm_enrichment.extraction.complaints import negates

# Verbs of telling: as they stand after "ne", and after "n'a jamais".
_TELL = (
    r"di(?:t|sent|sait|saient)|previen\w+|averti\w+|inform\w+|transme\w+|partag\w+|montr\w+|"
    r"communiqu\w+|signal\w+|consult\w+|annonc\w+|fai(?:t|sont) (?:passer|suivre|remonter|circuler|"
    r"descendre)|mentionn\w+|repercut\w+|expliqu\w+"
)
_TOLD = (
    r"dit|prevenue?s?|avertie?s?|informee?s?|transmis\w*|partagee?s?|montree?s?|communique\w*|"
    r"signale\w*|consultee?s?|annonce\w*|mentionne\w*|expliquee?|demande|passe|repercute\w*|"
    r"donne|envoye\w*|fait (?:passer|suivre|remonter|circuler)|mis\w* (?:au courant|en copie|"
    r"dans la boucle)|su\b|vu (?:passer|la couleur)|eue? (?:les?|la|l'|vent|connaissance|"
    r"le retour)|"
    r"recu|lu|compare\w*|prise? la peine"
)
_TELLS = (
    r"tells?|told|warn\w*|shar(?:e[sd]?|ing)|cop(?:y|ied) (?:us|me|them|in)|forward\w*|mention\w*|"
    r"loop\w* (?:us|me|them)|flagg?\w*|inform\w*|brief(?:s|ed)? (?:us|me|them)|let (?:us|me|them) "
    r"know|pass(?:es|ed)? (?:it|that|them|anything|on)|sa(?:y|ys|id) (?:a word|anything|so)|"
    r"br(?:ing|ought) (?:it|us)|consult\w*|ask(?:s|ed)? (?:us|me)|show(?:s|ed|n)? (?:us|me)|"
    r"thought to (?:tell|ask|mention|check)|compar\w+|cross-?check\w*"
)
_NOBODY = r"(?:personne|nul|pas une? \w+|aucun (?:d'entre )?\w+|nobody|no one|not one of \w+)"
_UNTOLD = re.compile(
    rf"\b(?:(?:{_TELL}) (?:\w+ )?(?:jamais|rien|pas|plus)\b|"
    rf"(?:a|ont|avai(?:t|ent)|avons|avez|ai|est|sont|etai(?:t|ent)|ayons|aie|ete|sommes|soyons) "
    rf"(?:jamais|rien|pas|meme pas|plus) (?:\w+ )?(?:{_TOLD})|"
    rf"{_NOBODY} (?:ne |n')?(?:leur |lui |nous |m'|me |les |l'|y |en )*(?:a |avait |ait )?"
    rf"(?:{_TELL}|{_TOLD}|{_TELLS})\b|"
    rf"(?:never|\w*n't|not|nor) (?:\w+ ){{0,2}}(?:{_TELLS})\b|"
    r"sans (?:rien |nous |me |leur |lui |le |en )*(?:dire|prevenir|consulter|demander|avertir|"
    r"montrer|passer par|en parler|signaler)\b|"
    r"without (?:so much as )?(?:a word|telling|asking|warning|checking|consulting|a heads-up)|"
    r"(?:oubli\w+|omet\w*|neglig\w+) (?:toujours |souvent |de |d')*(?:nous |me |m'|leur )?"
    r"(?:dire|prevenir|"
    r"inviter|mettre|copier|inform\w+|transmettre|repercuter)|"
    r"forg(?:et|ets|ot) to (?:tell|mention|copy|invite|warn|loop|ask|send|pass)|"
    r"(?:leaves?|left) (?:us|me) (?:out|off)|(?:pas|jamais|not|never) (?:ete )?(?:invite\w*|"
    r"convie\w*|"
    r"en copie|dans la boucle|mis\w* dans|asked|invited|copied|consulted|in on))\b"
)
_UNAWARE = re.compile(
    r"\b(?:sans (?:meme |jamais )?(?:savoir|se douter|imaginer|avoir (?:vu|lu)|regarder|ouvrir|"
    r"connaitre)|without (?:even |ever )?(?:knowing|reali[sz]ing|seeing|reading|looking|opening)|"
    r"unaware|kept in the dark|none the wiser|(?:n'en|en) (?:sai[ts]|savent|savai\w+|savons) rien|"
    r"(?:n'|ne )?(?:avai\w+|a|ont|avons) (?:aucune|pas la moindre|pas) idee|"
    r"(?:did|do|does)n't (?:even )?(?:know|reali[sz]e)|had no (?:idea|clue)|no clue|"
    r"(?:haven't|hasn't|has not|have not|not|never) (?:ever )?(?:seen|laid eyes|heard|met)|"
    r"ignor(?:e|ent|ait|aient|ais|ons) (?:tout|que|qu'|si|ce|quels?|quand|totalement)|"
    r"(?:sai[ts]|savent|savai\w+|saurais|saurait) (?:meme |absolument )?(?:pas|jamais|rien)\b"
    r"[^,.]{0,15} (?:ce|quels?|quelles?|quand|qui|si|ou|sur|de)\b|"
    r"(?:jamais|pas) (?:vu|lu|ouvert|rencontre|croise)\w*|(?:se|nous) (?:croise|parle|voi[ts]|"
    r"lit|lisent|connai[ts]\w*|frequent\w+|telephon\w+|invit\w+)\w* (?:\w+ )?(?:pas|jamais|peu|"
    r"plus)|ne (?:se|nous) l[ie]\w+ (?:pas|jamais))\b"
)
_SELF = r"(?:je|j'|on|nous|i|we)"
# "J'ai appris par un post que", "we found out from the client", "c'est la régie qui nous prévient".
_LEARNT = re.compile(
    rf"\b{_SELF} ?(?:ne |n')?(?:l'|le |la |les |en )?(?:ai |a |avons )?(?:toujours |souvent |"
    r"parfois |"
    r"encore |tout )?(?:appri[st]|appren\w+|decouv\w+) (?:par |en |dans |sur |au |a |via |que |"
    r"qu'|"
    r"le |la |les |l'|un |une |ca |tout |trop |apres|avec|quand|le jour|chez)|"
    r"\btomb\w+ des nues|\btomb\w+ (?:de haut|de ma chaise|dessus)|\bla surprise\b|"
    r"\bdevant le fait accompli|\bpar (?:hasard|la bande|ricochet|accident)\b|"
    rf"\b{_SELF}(?:'ve|'d)? (?:only |just |always |usually |first |had |have )?(?:f(?:ind|ound) "
    r"out|hear[ds]?|learn\w*|discover\w*|stumbl\w+|read|saw) (?:it |that |this |out |about |of |"
    r"upon |on |across )*[^.]{0,50}?\b(?:from|through|via|by accident|by chance|in the (?:press|"
    r"papers?|lift|corridor|news)|when|after|on (?:linkedin|instagram|the|twitter|facebook)|"
    r"too late)\b|"
    r"\b(?:c'est|ce sont|c'etait|it's|it was) [^,.]{2,40} (?:qui|who|that) (?:\w+ ){0,4}"
    r"(?:prevenir|previen\w*|prevenu\w*|appren\w*|appris|annonc\w*|averti\w*|told|tells|tipped|"
    r"warned|alert\w*)|"
    r"\b(?:appren\w*|appri[st]|decouv\w+|hear[ds]?|found out|find out) [^.]{0,40}\b(?:en meme "
    r"temps que|comme tout le monde|after everyone|last of all|same time as|apres tout le "
    r"monde|once it'?s|une fois (?:que|qu'|en ligne|sorti|parti))|"
    r"\b(?:reach\w*|got to|land\w* on|arriv\w*|parv\w*|tomb\w*) (?:\w+ ){0,3}(?:my|our|mon|notre|"
    r"nos|nous|moi|me|us) ?(?:desks?|bureaux?|inbox|ears|oreilles|boite)? (?:\w+ ){0,3}(?:lundi|"
    r"mardi|mercredi|jeudi|vendredi|monday|tuesday|wednesday|thursday|friday|later|apres|plus "
    r"tard|"
    r"trop tard|too late)|"
    rf"\b{_SELF} (?:(?:ne |only |just |n')?(?:l'|le |la |les )?(?:voi[ts]|voyons|see|saw|get|got|"
    r"receive|recoi[ts]|recevons|decouv\w+)) [^.,]{0,30}\b(?:quand (?:c'est|il est|elle est|tout "
    r"est|ils sont|"
    r"elles sont)|une fois|after|once|when (?:it's|it is|they're|everything))\b|"
    r"\bby the time (?:it|we|i|they)\b|\ble temps que (?:ca|l'info\w*|la nouvelle)\b|"
    r"\b(?:pris\w*|prend\w*|caught|takes?|took) (?:me |us |nous |m')?(?:de court|off guard|by "
    r"surprise|unawares)|\bout of the blue\b|\bfirst (?:i|we) (?:hear|heard|knew|know)|"
    r"\bdu jour au "
    r"lendemain\b"
)
# The same thing is made by both.
_TWICE = re.compile(
    r"\b(?:(?<!on )(?:l'|les |en |le |la |nous )?(?<!on )(?:a|ont|avai(?:t|ent)|existai\w+) deja|"
    r"(?:deux|"
    r"trois) fois (?:le|la|les|pour)|(?:une|un|la|le) (?:seconde?|"
    r"deuxieme|autre)(?= ?(?:[,.;:!?]|$|de son|de leur|a cote|en parallele|exactement))|"
    r"(?:they|he|she|had|'d) already|a second one|another one|twice|"
    r"(?:two|both) (?:of us|teams|lots|sides)|from each side|chacune? de (?:son|leur|notre) cote|"
    r"(?:de|on) (?:son|leur|their|its|her|his) (?:cote|side|own)\b|(?:chacun|each|everyone) "
    r"(?:\w+ )?(?:"
    r"(?:has|have|keeps?|made|makes?) (?:their|its|his|her) own|our own)|(?:j'ai|nous avons|on a|"
    r"i've|i have|we've|we have) (?:le mien|la mienne|les miens|les notres|le notre|la notre|"
    r"mine|ours)|(?:les memes?|la meme|le meme|the same) .{2,60}(?:le meme (?:jour|mois|matin)|"
    r"la meme (?:semaine|heure)|en meme temps|the same (?:day|week|morning)|que nous|as us|as we)|"
    r"(?:redo|redid|redone|repeat\w*|refai\w*|recommenc\w*|double) (?:ce que|what|le travail|"
    r"the work|tout ce que))\b"
)
# "Elle promettait du discret alors que nous", "they booked it while I was promising it".
_MEANWHILE = re.compile(
    rf"\b(?:while|whereas|whilst|alors que?|pendant que?|tandis que?|just as) ?{_SELF}\b|"
    rf"\b(?:alors qu'|pendant qu'|tandis qu')(?:on|ils|elles)\b|"
    r"\bque (?:je|j'|nous|on) ?(?:\w+ )?\w+(?:ais|ait|ions)\b|"
    r"\b(?:i|we) (?:was|were) still\b|\bwe're still\b|"
    rf"\b(?:while|whereas|whilst|just as) they\b|\b(?:et|and) {_SELF} ?(?:\w+ )?(?:toujours|"
    r"encore|still)\b"
)
# What does not survive from one to the next.
_LOST = re.compile(
    r"\b(?:s'(?:est |etait |etaient |sont )?(?:evapor|perd|envol|volatilis|egar)\w*|se (?:perd\w*|"
    r"sont perdu\w*|dilu\w*|deform\w*)|(?:drops?|falls?|fell|dropped|fall|gets? dropped) "
    r"(?:off|out|by the wayside|through)|(?:gets?|got|is|was|are|were) (?:\w+ )?(?:lost|garbled|"
    r"mangled|"
    r"left (?:out|behind))|(?:never|\w*n't|jamais|pas|not) (?:\w+ )?(?:got to|gets? to|reach\w*|"
    r"ma[dk]e it|"
    r"arrive|arrivent|arrivee?s?|parven\w*|travels?|follow\w*|suit|suivent|suivi\w*|"
    r"surviv\w*)|go(?:es)? missing|went missing|disparai\w*|disparu\w*|vanish\w*|evaporat\w*|"
    r"rest(?:e|ent|ait|aient) (?:dans|sur|chez|coince\w*) (?:mon|ma|mes|leurs?|nos|notre|l'|la|"
    r"le|ta|son|sa)|stays? (?:in|on|with) (?:my|their|our|his|her|the)|"
    r"(?:arriv\w+|atterri\w+|debarqu\w+|arrives?|comes?|turns? up|lands?|shows? up) (?:\w+ )?"
    r"(?:sans|without|minus|stripped)|"
    r"somewhere (?:along|between|on)|quelque part entre|en (?:chemin|cours de "
    r"route)|along the way|in transit|in translation|deux (?:versions|chiffres) differente?s?)\b"
)
# Two figures, names, versions or worlds for one thing, and pictures of it.
_UNLIKE = re.compile(
    r"\b(?:(?:ne|\w*n't|not|never|jamais|pas) (?:se |s')?(?:match|agree|tally|line up|add up|"
    r"coll(?:e|ent)|"
    r"concord\w+|correspond\w*|recoup\w+|tomb\w+ juste|raccord\w*)(?: (?:pas|jamais))?|"
    r"(?:pas|jamais|ni) (?:d'accord sur |de |dans |sur |avec |en )?(?:les|la|le) memes? \w+|"
    r"not the same (?!thing as saying)\w+|(?:two|three|deux|trois) (?:different|competing|"
    r"rival) \w+|"
    r"(?:deux|trois) \w+ (?:differente?s?|concurrente?s?|contradictoires?)|two versions of|"
    r"contradi\w+|contredi\w+|se marche\w* (?:dessus|sur les pieds)|(?:on|each other's) toes|"
    r"(?:dans|behind) (?:notre|mon|our|my) (?:dos|backs?)|telephone arabe|chinese whispers|"
    r"(?:main (?:gauche|droite)|left hand|right hand)|dialogue de sourds|ping-?pong|"
    r"(?:deux|two|different|separate) (?:mondes|planetes|worlds|planets|islands)|cloisonn\w*|"
    r"(?:personne|nobody|no one) (?:ne )?(?:fait (?:le|la) (?:lien|pont|passerelle|synthese)|"
    r"joins|connects|bridges|recolle)|crossed wires|at cross purposes|quiproquos?|malentendus?|"
    r"(?:sans|without) (?:nous|moi|us|me)(?= ?(?:[,.;:!?]|$|et|and|being))|"
    r"(?:l'ancienne?|the old|an old|la vieille|the previous|the wrong|la mauvaise|le mauvais) "
    r"(?:version|date|logo|planning|brief|one|fichier|file|draft|script|visuel|chiffre|number|"
    r"deck|plan|list|liste|copy|price|prix|budget)|(?:re-?expliqu|re-?expl[ai]in|repose|"
    r"re-?ask)\w*|the same question|la meme question)\b"
)
_OTHERS = r"(?:ils|elles|eux|they|they've|they're|they'd|their|leurs?)"
_OURS = r"(?:nous|on|je|j'|moi|i|i'm|i'd|i've|we|we're|we've|our|ours|notre|nos|mon|ma|mes|my)"
_TURN = r"(?:[,;:] |[,;:]? ?\b(?:et|mais|and|but|while|whereas|alors que|quand|puis) )"
# "Elles promettent du discret, nous on vend du matraquage": each does something else.
_CONTRAST = re.compile(
    rf"^(?:\w+,? ){{0,2}}{_OTHERS}\b.{{6,}}{_TURN}(?:\w+,? ){{0,2}}{_OURS}(?:\b|(?<='))(?! "
    r"(?:love|like|can't (?:fault|complain)|trust|aime|adore))|"
    rf"^(?:\w+,? ){{0,2}}{_OURS}(?:\b|(?<=')).{{6,}}{_TURN}(?:\w+,? ){{0,2}}{_OTHERS}\b"
)
# "They draw, we build" shares the work; what one alone decides goes against the other.
_AGAINST = re.compile(
    r"\b(?:mais|alors que?|tandis que?|but|while|whereas|whilst|still|toujours|already|"
    r"(?:promet|promi|affirm|rever|repart|chang|modifi|annul|decal|repouss|deplac)\w*|"
    r"(?:says?|told|sells|selling|sold|claim\w*|pull\w*|moved?|moves|cancel\w*|chang\w*|rewr\w*|"
    r"reshoot\w*|reshot|dropped|scrap\w*|push\w*))\b"
)
# What is done to them or with them is no contrast: "on passe les voir".
_WITH_THEM = re.compile(
    r"\b(?:avec eux|avec elles|with them|chez eux|sans eux|sans elles|without them|ne les \w+ pas|"
    r"(?:nous|m'|me) (?:appel|aid|prevenn|ecout|invit)\w+|(?:les|leur) (?:voir|appel\w+|parl\w+|"
    r"demand\w+|"
    r"donn\w+|envo\w+|pass\w+|dis\b|montr\w+)|(?:see|call|ask|tell|show|give|send|phone) them)\b"
)
# People who work well together say so in these words.
_TOGETHER = re.compile(
    r"\b(?:(?:jamais|never|rien|\w*n't|not)\b.{0,40}\b(?:sans|without)\b|ensemble|together|"
    r"on se (?:cale|parle|voit|appelle|dit tout)|rings? me|calls? me|"
    r"every (?:single )?morning|tous les (?:jours|matins|lundis)|keeps? (?:me|us) posted|"
    r"scrupuleusement|never in the dark|(?<!not )(?<!n't )in the loop|"
    r"can't fault|hand in glove|main dans la main|sourire|bless (?:her|him|them)|"
    r"(?:dit|disent|tells?|previen\w+|shows?|montr\w+) (?:\w+ )?(?:tout|everything|toujours|always|"
    r"d'avance|in advance))\b"
)


def is_untold(text: str) -> bool:
    """Whether somebody was not told or learns by the way, whatever was asked."""
    return not _TOGETHER.search(text) and _any(text, _UNTOLD, _LEARNT)


def tells_of_gap(text: str, is_asked: bool) -> bool:
    """Whether a sentence on other teams says that they miss one another.

    Args:
        text: the sentence, folded, the other teams in it called "they".
        is_asked: whether the question was how it goes with them.
    """
    if _TOGETHER.search(text):
        return False
    is_contrast = _CONTRAST.search(text) and _AGAINST.search(text) and not negates(text)
    if is_asked and is_contrast and not _WITH_THEM.search(text):
        return True
    said = (_UNTOLD, _LEARNT, _TWICE, _LOST, _UNLIKE)
    return (is_asked and _any(text, _UNAWARE, _MEANWHILE)) or _any(text, *said)


def _any(text: str, *said: re.Pattern[str]) -> bool:
    return any(words.search(text) for words in said)
