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
        r"ressemble a quoi|(?:concretement|techniquement|en pratique|in practice),? "
        r"(?:c'est quoi|ca donne quoi|what)|what happens (?:when|after|once|to|next)|"
        r"que se passe-t-il|look like|come about|(?:la )?vie d'une? \w+|"
        r"(?:where|how) (?:do you|does it) (?:start|begin)"
    ),
    Topic.WAITS: re.compile(
        r"\b(?:attend\w*|attente|wait\w*|depend\w*|relanc\w*|chas(?:e|ing)|retard\w*|"
        r"holds? you (?:up|back)|rel(?:y|ies) on|patient\w+|courez apres|cours apres|"
        r"besoin (?:des autres|de quelqu'un|de qui)|(?:qui|who) .{0,25}(?:il (?:vous|te) faut|"
        r"(?:vous|te|t') ?(?:donn|fourni|livr|envo|valid|transm)\w*|you need|"
        r"(?:sign|approv|provid|send|deliver|giv)\w*)|need from (?:others|other|somebody|people))\b"
    ),
    Topic.BLOCKAGES: re.compile(
        r"\b(?:bloqu\w*|coinc\w*|freine\w*|ralenti\w*|goulot\w*|stuck|holds? \w+ (?:up|back)|"
        r"slows?|bottlenecks?|block\w*|gets? in (?:the|your) way|"
        r"retard\w*|friction\w*|galer\w*|penible\w*|agac\w*|enerv\w*|embet\w*|irrit\w*|"
        r"(?:vous|te) complique\w*|probleme\w*|soucis?|difficult\w*|obstacles?|dysfonctionn\w*|"
        r"(?:marche|fonctionne|va) (?:mal|pas|moins)|annoy\w*|frustrat\w*|go(?:es)? wrong|trouble|"
        r"hard(?:est)?|struggl\w*|grip\w*|"
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
        r"circul\w* .{0,15}info\w*|en interne|(?:prevenue?s?|informee?s?|au courant|"
        r"in the loop|told)|sa(?:vez|is) quand|know when|find out|handovers?|passations?|"
        r"d'(?:un service|une equipe) a l'autre|les uns (?:et|avec) les autres|each other|"
        r"tout ce qu'il (?:vous|te) faut|ce qu'il (?:vous |te )?faut,? dans|everything you need)\b"
    ),
    Topic.TOOLS: re.compile(
        r"\b(?:outils?|logiciels?|tools?|software|work with|(?:te|vous) ser(?:s|vez) de quoi)\b"
    ),
    Topic.AI: re.compile(r"\b(?:ia|ai|intelligence artificielle|artificial intelligence)\b"),
    Topic.FIGURES: re.compile(
        r"\b(?:combien|how (?:long|much|many|often)|chiffres?(?! d'affaires)|ordres? de grandeur|"
        r"figures|numbers)\b"
    ),
    Topic.DOCUMENTS: re.compile(
        r"\b(?:documents?|documentation|documente\w*|ecrit\w*|procedures?|guides?|guidelines?|"
        r"modeles?|templates?|written|notes|docs?|(?:quels|des|vos|les) supports|papiers?|on paper|"
        r"noir sur blanc|archiv\w*|formalis\w*|wikis?|base de connaissances?|knowledge base|"
        r"(?:les|des|vos) regles|chartes?|consignes?|reference\w*|modes? d'emploi|manuels?|"
        r"manuals?)\b"
    ),
    Topic.WISHES: re.compile(
        r"baguette magique|magic wand|disparaitre|get rid of|would go first|disappear|"
        r"quelle tache tu ferais|"
        r"(?:aimeri|voudri)ez.{0,20} (?:enleve|supprime|automatise|arrete)|one wish|"
        r"would you (?:automate|drop|remove|stop)|"
        r"(?:could|would you|you'd) change (?:one|a single) thing|one thing you'd change|"
        r"changer une (?:seule )?chose|qu'est-ce que (?:vous|tu) (?:aimerie?[zs]|voudrie?[zs])|"
        r"automatiser en premier|automate first|\bvoeux?\b|carte blanche|"
        r"(?:demande|souhait|priorite|envie) numero un|"
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


def asks(turn: Turn, topic: Topic) -> bool:
    """Whether `turn` answers a question for `topic`."""
    return topic in _topics(turn.question)


@lru_cache(maxsize=2**12)
def _topics(question: str) -> frozenset[Topic]:
    folded = fold(question)
    topics = {topic for topic, words in _QUESTIONS.items() if words.search(folded)}
    if _FOR_YOU.search(folded):
        topics.discard(Topic.WAITS)
    if Topic.BANDWIDTH in topics:
        topics.discard(Topic.WISHES)
    return frozenset(topics)
