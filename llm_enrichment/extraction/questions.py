"""What the interviewer asked for: an answer to a plain question may be said in weaker words.

Belongs here: questions, by what they ask for. Does not belong here: answers.
"""

import re
from enum import StrEnum, auto
from functools import lru_cache

from llm_enrichment.extraction.interviews import Turn
from llm_enrichment.normalise import fold


class Topic(StrEnum):
    """What a question may ask for."""

    STEPS = auto()
    WAITS = auto()
    BLOCKAGES = auto()
    GAPS = auto()
    TOOLS = auto()
    AI = auto()
    FIGURES = auto()
    DOCUMENTS = auto()
    WISHES = auto()
    CHAMPIONS = auto()
    PAINS = auto()
    BANDWIDTH = auto()


# How "twenty percent more time" is said, in a question or by whoever answers it unasked.
BANDWIDTH = re.compile(
    r"bande passante|bandwidth|\b(?:avec|with) (?:un|une|deux|trois|an?|one|two|\d+) (?:extra )?"
    r"(?:jours?|journees?|heures?|days?|hours?) (?:de plus|en plus|more|extra)|"
    r"\bwith an extra (?:day|hour)|(?:20|vingt|twenty) ?(?:%|pour ?cent|percent|"
    r"per cent)[^.?!]{0,40}"
    r"\b(?:temps|plus|time|more|capacite|capacity)|20 ?% (?:de|d'|of|more)"
)
_QUESTIONS = {
    Topic.STEPS: re.compile(
        r"etape par etape|pas a pas|de bout en bout|decri(?:s|vez)|racont\w+|deroul\w+|"
        r"comment (?:est-ce que )?(?:tu|vous) (?:fais|faites|procede\w*|travaille\w*)|"
        r"(?:comment|concretement)\b.{0,25} (?:se passe|se fait|marche)|(?:ca|cela) se passe "
        r"comment|(?:semaine|journee) type|typical (?:week|day)|"
        r"how (?:does|do|is|are) .{3,40} (?:get |being )?"
        r"(?:made|done|built|work|produced|put together|go)\b|workflow|step by step|"
        r"walk (?:me|us) through|par (?:ou|quoi) (?:tu|vous) commence\w*|"
        r"(?:tu|vous) commence\w* par|qu'est-ce que (?:tu|vous) (?:fais|faites)|"
        r"describe (?:how|your)|what do you do (?:first|exactly)|"
        r"how do you (?:do|make|build|prepare)|de l'input|prenons un|"
        r"comment (?:est-ce que )?(?:tu|vous|on) (?!trouv|voi|voy|sent|ger|ressent|viv|pens|jug|"
        r"appel)"
        r"\w+ (?:une?|le|la|les|l'|tes|vos)\b|is produced|"
        r"how do you (?!get|feel|see|find|like)\w+ (?:an?|the|your)\b|de a a z|"
        r"(?:from )?(?:start|beginning) to (?:finish|end)|du debut a la fin|"
        r"(?:vous|tu) en (?:fais|faites) quoi|(?:quel|what) (?:chemin|parcours|circuit|path|route)|"
        r"ressemble a quoi|(?:ca|elle|il) commence\w* comment|qu'est-ce qui se passe (?:quand|"
        r"apres)|(?:vos|les|quelles sont les|the) (?:etapes|stages|steps)|(?:votre|"
        r"ton) (?:semaine|journee|quotidien)|dans l'ordre|(?:jour|journee|semaine|day|"
        r"week) (?:normale?|ordinaire)|day in (?:your|the) life|(?:your|a) (?:routine|typical)|"
        r"par quelles mains|how does it start|and then\W*$|(?:il|ca) se passe quoi|"
        r"vous recevez quoi|(?:concretement|"
        r"techniquement|en pratique|in practice),? "
        r"(?:c'est quoi|ca donne quoi|what)|what happens (?:when|after|once|to|next)|"
        r"que se passe-t-il|look like|(?:vous|tu) (?:procede\w*|pars|partez de)|decompos\w+|"
        r"comment nai(?:t|ssent)|talk (?:me|us) through|first thing you do|what's the process|"
        r"par ou (?:elle|il|ca) passe|(?:lundi|jour|matin|monday|morning)\b.{0,15} c'est quoi|"
        r"come about|(?:la )?vie d'une? \w+|"
        r"(?:where|how) (?:do you|does it) (?:start|begin)"
    ),
    Topic.WAITS: re.compile(
        r"\b(?:attend\w*|attente|wait\w*|depend\w*|relanc\w*|chas(?:e|ing)|retard\w*|"
        r"holds? you (?:up|back)|rel(?:y|ies) on|patient\w+|poireaut\w*|cour(?:ez|s) apres|"
        r"apres qui|(?:chez|de|a) qui\b.{0,25}(?:besoin|suspendu\w*|jou\w+)|tributaires?|"
        r"lean on|count on|compt\w+ sur|signatures?|whose (?:\w+ )?(?:desk|yes|ok)|le oui|"
        r"before you (?:can|start|begin)|avant de (?:commencer|demarrer|pouvoir|lancer|partir)|"
        r"(?:pour|de quoi) .{0,15}(?:demarrer|commencer|lancer|avancer|publier|livrer|sortir|"
        r"partir)|"
        r"(?:to|you) (?:start|get going|get moving|ship|publish|launch|finish|deliver)|rendu\w* a|"
        r"(?:vous|te) manque\w*|main tendue|mercy|bon vouloir|(?:comes?|coming) from|"
        r"(?:whom|who) (?:are|do) you|at the end of|(?:besoin|need) (?:d'abord|first)|"
        r"passer par|feu vert|feux verts|green light|go-ahead|(?<!d')accords?|sign-?offs?|(?:sur|"
        r"de) qui (?:vous|tu)|(?:quelqu'un|"
        r"somebody|someone|anyone) (?:doit|must|has to|needs)|(?<!ce )qui (?:vous|"
        r"te) (?:ralenti|bloqu|frein|retard)\w*|par quelqu'un|d'ou vien(?:t|nent)|maillon|"
        r"(?:slowest|weak) link|fournisseurs?|suppliers?|who (?:slows|feeds|has|holds)|hanging|"
        r"(?:client|customer)s? (?:\w+ )?(?:repond\w*|answers?|repl\w+)|tout le monde repond|"
        r"held up|need .{0,12}from|"
        r"suspendu\w* a|besoin\b.{0,12} de qui|de qui .{0,15}besoin|qui (?:doit|vous doit|"
        r"valide|signe|"
        r"decide|tranche|a la main|intervient)|(?:quelles?|de|des) validations?|(?:quoi|"
        r"que faut-il) (?:des autres|"
        r"d'eux)|who (?:do you (?:have|need)|signs?|approves?|decides?|has to)|whose|"
        r"(?:gens|people) (?:de l'exterieur|outside)|a l'exterieur|en dehors de|outside the agency|"
        r"besoin (?:des autres|de quelqu'un|de qui)|(?:qui|who) .{0,25}(?:il (?:vous|te) faut|"
        r"(?:vous|te|t') ?(?:donn|fourni|livr|envo|valid|transm)\w*|you need|"
        r"(?:sign|approv|provid|send|deliver|giv)\w*)|need from (?:others|other|somebody|people))\b"
    ),
    Topic.BLOCKAGES: re.compile(
        r"\b(?:bloqu\w*|coinc\w*|freine\w*|ralenti\w*|goulot\w*|stuck|holds? \w+ (?:up|back)|"
        r"slows?|bottlenecks?|block\w*|gets? in (?:the|your) way|"
        r"bouchonn\w*|s'arrete|cloche\w*|gene(?:nt|s)?\b|(?:vous|t') ?use\b|"
        r"empech\w*(?! de dormir)|grain de sable|nerfs|irritants?|complications?|mauvais jours?|"
        r"bad day|(?:mieux|better)\b(?= ?\W*$)|tourne\w* (?:pas )?rond|pese\w*|ral(?:ez|es)\b|"
        r"casse\w*|broken|swear|pain points?|in your way|perd\w* (?:le plus |"
        r"beaucoup )?d'energie|plomb\w*|harder|held up|points noirs|"
        r"prend(?:re)? la tete|plus longue?s?|"
        r"(?:se )?passe\w* (?:mal|pas)|stops?|worst|nerves|(?:drives?|driving) you (?:mad|crazy|"
        r"nuts|up)|"
        r"perdre (?:votre|ton) temps|(?:le )?plus (?:dur|penible|difficile|lourd)|pire|"
        r"retard\w*|friction\w*|galer\w*|penible\w*|agac\w*|enerv\w*|embet\w*|irrit\w*|"
        r"(?:vous|te) complique\w*|probleme\w*|soucis?|difficult\w*|obstacles?|dysfonctionn\w*|"
        r"(?:marche|fonctionne|va) (?:mal|pas|moins)|annoy\w*|frustrat\w*|go(?:es)? wrong|trouble|"
        r"hard(?:est)?|struggl\w*|gripp?\w*|trai?ne\w*|unstuck|sideways|on time|a l'heure|"
        r"(?:si|so|trop|too) (?:tard|late|long|longtemps)|en (?:pause|attente|rade|panne)|on hold|"
        r"lever les yeux|soupir\w*|sigh|rager|raler|grinc\w*|bras croises|twiddl\w*|down tools|"
        r"(?:outils|machines|logiciels|tools|software) .{0,20}(?:suiv|obeis|tien|behav|hold|keep|"
        r"marche|"
        r"work)\w*|gears|rouages|grains? de sable|patience|(?:hold|pull|drag)\w* (?:\w+ ){0,2}back|"
        r"(?:usable|exploitable)s?|propres?\b|galere|standstill|still\b(?= ?\W*$)|"
        r"(?:mauvaise|sale) (?:semaine|journee)|(?:last|bad) (?:week|headache)|headaches?|"
        r"mal de tete|(?:brief|consigne)\w* .{0,25}(?:bon|good|enough|suffi|dit|tell|say)\w*|"
        r"snags?|drags?|hiccups?|(?:clair|flou|precis)\w*|clear(?:ly)?|"
        r"vague|unclear|accroch\w*|achopp\w*|patin\w*|rat(?:e|es|ez|ages?)\b|derap\w*|"
        r"eats? (?:up )?"
        r"(?:your|the)|(?:ca|cela) (?:stagne|rame|coince)|calvaire|corvees?|chores?|bane|"
        r"(?:lost|lose) (?:\w+ )?(?:day|hours?|morning)|bumps?|delay\w*|"
        r"(?:perdre|perdez|perds) (?:du|de|le) "
        r"(?:plus de )?temps|(?:los|wast)\w* (?:\w+ ){0,2}time)\b"
    ),
    Topic.GAPS: re.compile(
        r"\b(?:(?:autres?|other) (?:equipes?|metiers?|services?|poles?|teams?|departments?)|"
        r"entre (?:les )?(?:equipes|services|poles)|between (?:the )?teams|"
        r"(?:avec|with) (?:l'equipe |le |la |les |l'|the |vos |tes |your )(?:\w+ ?){1,3},? "
        r"(?:(?:ca|cela) (?:se passe|va|marche|roule)|how is)|"
        r"(?:ca|cela) (?:se passe|va|marche|roule) (?:comment |bien )?avec|"
        r"(?:get|getting|work|working) (?:on |along )?(?:with|together)|s'entend\w*|"
        r"travaill\w+ (?:ensemble|avec)|collabor\w*|coordin\w*|se parle\w*|"
        r"(?:l')?infos?(?:rmations?)?\b.{0,20}\b(?:circul|pass|remont|arriv|flow|travel|reach)\w*|"
        r"circul\w* .{0,15}info\w*|en interne|entente|dans la boucle|(?:vous|te|on) consult\w+|"
        r"(?:les|des) autres (?:savent|voient|comprennent)|entre (?:vous|metiers|collegues)|"
        r"(?:vos|tes) (?:rapports|relations|echanges|liens) avec|relation\w* (?:avec|with)|"
        r"(?:parle[zr]?|speak) (?:\w+ )?(?:la meme langue|the same language)|parlez-vous|"
        r"main droite|"
        r"same page|(?:hear|know) (?:about|of) changes|(?:know|understand)s? what you|"
        r"collegues d'a cote|voyez (?:souvent )?les (?:gens|autres)|(?:prevenue?s?|informee?s?|"
        r"au courant|"
        r"in the loop|previen\w*|malentendus?|misunderst\w+|(?:memes?|same) (?:fichiers?|"
        r"versions?|files?)|(?:les|vos) (?:autres|collegues) (?:ne )?(?:comprenn|voi|sa)\w*|"
        r"ecoutee?s?|equipes se|se perd|gets? lost|upstream|downstream|en amont|en aval|"
        r"surprised|kept informed|links? with|vous disent|(?:les|le|la|"
        r"l')[\w' ]{3,20},? vous l(?:es|e|a) voyez|together|(?<!l')ensemble|compren\w+ (?:votre|"
        r"ton|ce que)|"
        r"understand (?:your|what)|told|main dans la main|hand in hand|(?:au|du) courant|"
        r"crossed wires|right hand|left hand|wires|(?:de|by) (?:court|surprise)|surprises?\b|"
        r"ignorent|"
        r"(?:se|s'est|s'etre) (?:perd|egar|dilu)\w*|(?:en|along the|on the) (?:route|chemin|way)\b|"
        r"(?:vous|te|t') (?:tient|tiennent|prevenir|informe|associe)\w*|keep you|tell you|"
        r"(?:everyone|everybody|tout le monde) (?:know|sai|see|voi)\w*|double emploi|"
        r"(?:les|the) (?:voisins|neighbou?rs|autres etages|other floors?)|deux fois|both do|"
        r"(?:vous|you) (?:croise|voy|parl|meet|talk|speak|see)\w* (?:\w+ )?(?:souvent|often|"
        r"beaucoup|"
        r"much|regularly)|(?:talk|speak|listen)s? to (?:you|one another)|"
        r"(?:vous|te) parle\w*\b|invit\w*|(?:chez|du cote (?:de|du|des)) (?:le|la|les) \w+|"
        r"compare notes|passe\w* (?:la main|"
        r"le relais)|(?:qui|who) (?:savait|knew)|(?:comment|how) (?:l'|en |le |do you |did you |"
        r"apprenez|apprends|savez|sais|etes-vous (?:prevenu|informe|au courant)\w*)\b.{0,8}"
        r"(?:appren\w*|su\b|know|learn|hear|find|qu'|que|when|that|about)|"
        r"(?:faire|font|fait|laisse\w*) (?:pas )?(?:circuler|passer|remonter|redescendre)|"
        r"survive the trip|(?:vous|te|t') (?:donn|dis|racont|transm|partag)\w* (?:\w+ )?tout|"
        r"from you to|(?:descend|part|arrive|va|passe)\w* .{0,30}(?:jusqu'a|a|chez|vers) (?:vous|"
        r"toi)|"
        r"arriv\w+ (?:\w+ )?(?:entiere?s?|complete?s?|intacte?s?|intact|complete|whole)|"
        r"hand(?:s|ed|ing)? (?:\w+ ){0,3}(?:over|on|off)|pass(?:es|ed|ing)? (?:\w+ ){0,3}on to|"
        r"next (?:desk|team|person)|tout suit|se marche\w* sur|step on|toes|"
        r"on the same|share\w* (?:with|enough|much)|doublons?|duplicat\w*|twice)|between you and|"
        r"sa(?:vez|is) quand|know when|find out|"
        r"handovers?|"
        r"passations?|"
        r"d'(?:un service|une equipe) a l'autre|les uns (?:et|avec) les autres|each other|"
        r"tout ce qu'il (?:vous|te) faut|ce qu'il (?:vous |te )?faut,? dans|everything you need)\b"
    ),
    Topic.TOOLS: re.compile(
        r"\b(?:outils?|logiciels?|tools?|software|work with|(?:te|vous) ser(?:s|vez) de quoi|"
        r"avec quoi|(?:votre|ton|your) (?:ecran|screen))\b"
    ),
    Topic.AI: re.compile(
        r"\b(?:ia|ai|intelligence artificielle|artificial intelligence|(?:les|des|"
        r"the) (?:machines|assistants)|automat(?:ion|isation)s?|"
        r"chatgpt|copilot|midjourney|chatbots?|generati(?:fs?|ves?)|robots?|llm)\b"
    ),
    Topic.FIGURES: re.compile(
        r"\b(?:combien|how (?:long|much|many|often)|chiffres?(?! d'affaires)|ordres? de grandeur|"
        r"longtemps|en temps|en nombre|fai(?:tes|s) beaucoup|how big|volumes?|duree|"
        r"quel temps|chiffrer|figures|numbers|roughly)\b"
    ),
    Topic.DOCUMENTS: re.compile(
        r"\b(?:documents?|documentation|documente\w*|ecrit\w*|procedures?|guides?|guidelines?|"
        r"modeles?|templates?|written|notes|docs?|(?:quels|des|vos|les) supports|papiers?|on paper|"
        r"noir sur blanc|archiv\w*|formalis\w*|wikis?|s'apprend\w*|quel fichier|memoire|(?:le|"
        r"the|that|ce) (?:savoir|knowledge)|referentiels?|retrouv\w*|transme(?:t|tt)\w*|(?:qui|"
        r"who)(?: else)? (?:sait|knows)|(?:appuy\w+|refer\w*) (?:sur|to)|the rules|recettes?|"
        r"not(?:e|es|ee)s?|"
        r"consigne\w*|"
        r"check-?lists?|trames?|"
        r"modes? operatoires?|handbooks?|look (?:things|it|that) up|refer(?:er|ez)|"
        r"(?:nouve(?:au|lle)s?|newcomers?|new (?:people|starters?|joiners?)|stagiaires?|"
        r"interns?)\b.{0,30}"
        r"(?:appren\w*|learn\w*|sait|know\w*|form\w*)|(?:si|quand|if|when) (?:vous|tu|"
        r"you)(?:'re| are)? "
        r"(?:part\w*|etes (?:malade|absente?)|es (?:malade|absente?)|off|away|sick|leave|left)|"
        r"base de connaissances?|knowledge base|couche\w* sur|primers?|trace ecrite|(?:mis|met\w*|"
        r"put) "
        r"(?:par ecrit|in writing)|cahiers?|classeurs?|pense-betes?|lire quelque part|to read|"
        r"(?:les|des|vos) regles|chartes?|consignes?|reference\w*|modes? d'emploi|manuels?|"
        r"manuals?)\b"
    ),
    Topic.WISHES: re.compile(
        r"baguette magique|magic wand|grant you|genie|pere noel|father christmas|santa|"
        r"(?:tenait|tenir) qu'a (?:vous|toi)|up to you|no object|dernier mot|last word|parting|"
        r"(?:dire|tell|say to) (?:au|a la|the|your) (?:patron\w*|direction|chef\w*|boss|"
        r"management)|"
        r"(?:what|one thing) (?:would|could) (?:make|improve|help)|joker|"
        r"(?:serait|ferait) (?:bien|mieux|plaisir|la difference)|vous ferait|"
        r"(?:si|imagine\w* que) (?:tu|vous) (?:etais|etiez|dirig\w+|"
        r"command\w+)|if you (?:were|had|ran|got)|(?:vos|tes|your) (?:wish|souhait|envie|voeu)\w*|"
        r"souhaits?\b|on vous ecout|reste a (?:souhait|demand)|want(?:ed)? to (?:fix|ask for|"
        r"change)|"
        r"what (?:would|should) (?:we|they|i) (?:change|fix)|wish (?:for|you)|"
        r"disparaitre|get rid of|would go first|disappear|"
        r"quelle tache tu ferais|"
        r"(?:aimeri|voudri)ez.{0,20} (?:enleve|supprime|automatise|arrete)|one wish|"
        r"would you (?:automate|drop|remove|stop)|"
        r"(?:could|would you|you'd) change (?:one|a single) thing|one thing you'd change|"
        r"changer une (?:seule )?chose|qu'est-ce que (?:vous|tu) (?:aimerie?[zs]|voudrie?[zs])|"
        r"automatiser en premier|automate first|\bvoeux?\b|carte blanche|"
        r"(?:demande|souhait|priorite|envie) numero un|un (?:seul )?(?:souhait|truc a changer)|"
        r"\b(?:rendrait|offre|offrirait)\b.{0,20}(?:facile|simple|amelioration)|si (?:on|l'on) "
        r"(?:devait|pouvait) (?:\w+ )?(?:change|amelior)\w*|a la place du|"
        r"rev(?:ez|es?)(?:-vous|-tu)|si c'est (?:vous|toi) qui decid\w*|wish list|soulager\w*|"
        r"(?:votre|ton|your|the) (?:reve|dream)|(?:on )?change\w* quoi|supprimeri\w*|"
        r"demanderi\w*|aider(?:ait|aient)|avez-vous envie|monde ideal|ideal world|(?:fix|"
        r"change) first|do you wish|budget pour (?:vous|toi)|auri(?:ez|"
        r"ais)-(?:vous|tu) besoin|(?:one|a single) thing to (?:fix|change|improve)|love to have|"
        r"if you ran|qu'est-ce qui (?:vous|te) manque|"
        r"\b(?:vous|tu) (?:aimeri|voudri|souhaiteri|changeri|reveri|demanderi|amelioreri)\w*|"
        r"\b(?:simplifi|facilit)(?:er|erait)\b|(?:make|would make) .{0,25}(?:easier|better)|"
        r"\bsi (?:vous|tu) (?:pouvie[zs] (?!n)|avie[zs]\b)|\bif you could\b|"
        r"what would (?:you (?:like|"
        r"want|ask|"
        r"wish)|help)|si on vous (?:donnait|offrait)"
    ),
    Topic.CHAMPIONS: re.compile(
        r"\b(?:champions?|motrices?|moteurs?|referente?s?|partante?s?|volontaires?|"
        r"(?:montr\w+|show|accompagn\w+|train|help) (?:\w+ ){0,3}"
        r"(?:autres|collegues|equipe|others|colleagues|team)|people (?:go|turn|come) to|"
        r"driv(?:es|ing) new)\b"
    ),
    Topic.PAINS: re.compile(
        r"empech\w+ de dormir|inquiet\w*|douleur|freine|ralentit|coince|difficult\w+|keeps you|"
        r"worr\w+|pain point|slows|struggl\w+|probleme"
    ),
    Topic.BANDWIDTH: BANDWIDTH,
}


# "Qui attend après vous ?" asks for the contrary of "qui attendez-vous ?".
_FOR_YOU = re.compile(
    r"\b(?:attend\w*|wait\w*|depend\w*) (?:apres |de |sur |for |on )(?:vous|toi|you)\b|"
    r"\b(?:vous |t')attend(?:ent)?\b"
)


# "C'est-à-dire ?", "Et encore ?": so few words ask on, where an answer has to say something itself.
_MOST_WORDS_TO_GO_ON = 4
_GOES_ON = frozenset(Topic) - {
    Topic.STEPS,
    Topic.WISHES,
    Topic.BANDWIDTH,
    Topic.CHAMPIONS,
    Topic.PAINS,
}


def asks(turn: Turn, topic: Topic) -> bool:
    """Whether `turn` answers a question for `topic`, also one that a short one goes on with."""
    topics = _topics(turn.question)
    if topics or len(turn.question.split()) > _MOST_WORDS_TO_GO_ON:
        return topic in topics
    return topic in _GOES_ON and topic in _topics(turn.question_before)


def asks_nothing_but(turn: Turn, topic: Topic) -> bool:
    """Whether the question of `turn` is for `topic`, or for nothing that is known."""
    return _topics(turn.question) <= {topic}


@lru_cache(maxsize=2**12)
def _topics(question: str) -> frozenset[Topic]:
    folded = fold(question)
    topics = {topic for topic, words in _QUESTIONS.items() if words.search(folded)}
    if _FOR_YOU.search(folded):
        topics.discard(Topic.WAITS)
    if Topic.BANDWIDTH in topics:
        topics.discard(Topic.WISHES)
    return frozenset(topics)
