"""What people wish for, suffer from, would do with more time, and who would take part.

Belongs here: wish, champion_signal, pain_point, bandwidth_answer.
Does not belong here: priorities and targets of the committee (direction.py).
"""

import re
from collections.abc import Iterator

from llm_enrichment.extraction.hearsay import states_nothing
from llm_enrichment.extraction.interviews import Sentence, Turn, sentences
from llm_enrichment.extraction.mentions import TeamNames
from llm_enrichment.extraction.scope import CONFIDENCE, Scope
from llm_enrichment.facts import Fact
from llm_enrichment.normalise import fold

_WISH = re.compile(
    r"\b(?:baguette magique|(?:je|on) (?:le |la |les )?(?:fais|ferais?t?|ferait) disparaitre|"
    r"je supprimerais|on supprimerait|(?:il|elle|ils|elles) disparai\w+ en premier|"
    r"je (?:n'aurais|ne ferais) plus|ce que j'enleverais|j'enleverais|je me debarrasserais|"
    r"(?:premiere|en premier)\b.{0,40}\b(?:disparaitre|supprim\w+|automatis\w+)|automatiserai[st]|"
    r"que .{3,50} sort(?:e|ent) tout\w* seul\w*|si je pouvais\b.{0,20}\b(?:supprim|enlev|arret|"
    r"automatis)\w+|si on (?:pouvait|arrivait a) (?:m'|me |nous )?(?:supprim|enlev|epargn|"
    r"automatis)\w+|changerait (?:ma|la|notre) vie|i'd kill|"
    r"(?:^|, )(?:ne plus (?:jamais )?(?:faire|avoir a)|give me an?)|"
    r"what (?:i|we) (?:really )?need is|"
    r"if (?:i|we) could (?:get rid|drop|stop|remove|automate)|magic wand|(?:i|we)'?d (?:get rid|"
    r"drop|remove|automate)|(?:i|we) would (?:get rid|drop|"
    r"remove|"
    r"automate))\b"
)
# "Je voudrais savoir" wishes for nothing at work: what would change must be said as well.
_SOFT_WISH = re.compile(
    r"\b(?:j'aimerais|je voudrais|on aimerait|nous aimerions|on voudrait|j'adorerais|je reve|"
    r"on reve|"
    r"ce serait (?:bien|genial|super|top)|l'ideal|dans l'ideal|idealement|qu'on (?=automatise|"
    r"arrete)|"
    r"(?:il )?faudrait (?=qu)|il (?:me|nous) faudrait|(?:i|we) wish|(?:i|we)'?d (?:love|like)|(?:i|"
    r"we) would (?:love|like)|ideally|"
    r"in an ideal world|dream of)\b"
)
_CHANGE = re.compile(
    r"\b(?:un seul|une seule|se fasse\w*|a single|just one|itself|off (?:my|our) (?:hands|plates?)|"
    r"take \w+ off|ne plus|plus jamais|plus (?:a|avoir a)|arret\w+|supprim\w+|automatis\w+|"
    r"ne pas avoir a|"
    r"se passer de|un (?:outil|script|modele|gabarit|assistant|agent)|une (?:ia|base|trame|"
    r"check-?list)|"
    r"que (?:ca|cela|tout|le|la|les) .{0,40}\b(?:tout seuls?|toute seule|automatiquement)|"
    r"quelqu'un (?:pour|qui)|somebody (?:to|who)|someone (?:to|who)|"
    r"stop|automat\w+|no longer|not have to|never (?:have to|again)|get rid|drop|a (?:tool|"
    r"script|template)|"
    r"an? (?:assistant|agent)|by itself|themselves)\b"
)
_WISH_QUESTION = re.compile(
    r"baguette magique|magic wand|disparaitre|get rid of|would go first|disappear|"
    r"quelle tache tu ferais|(?:aimeri|voudri)ez.{0,20} (?:enleve|supprime|automatise|arrete)|"
    r"one wish|"
    r"would you (?:automate|drop|remove|stop)|(?:could|would you) change (?:one|a single) thing|"
    r"changer une (?:seule )?chose|qu'est-ce que (?:vous|tu) (?:aimerie?[zs]|voudrie?[zs])|"
    r"automatiser en premier|automate first"
)
_WISHED = re.compile(
    r"(?:disparaitre|supprimerais|supprimerait|enleverais|debarrasserais de|automatiserais|"
    r"automatise|"
    r"arrete|plus (?:a |avoir a )?(?:faire)?|ne plus|get rid of|drop|remove|automate|stop)"
    r" (?:en premier |first |d'abord |de |d'|du |des |la |le |les |l'|the |our |nos |mes |my |"
    r"toutes? |tous )*"
    r"(.{4,70}?)(?:$|[,.;:!?]| parce | car | et | pour que | because | and | so )"
)
# "Et un vrai point avec le studio": a further wish, where it names a team.
_ONE_MORE = re.compile(
    r"^\W*(?:et|puis|ou|and|also|plus)\b(?: (?:puis|aussi|alors|maybe|also))* "
    r"(?:qu[e'] ?|un|une|an?)\b"
)
# "Je ne veux pas qu'on automatise": the contrary of a wish.
_NO_WISH = re.compile(
    r"\b(?:(?:veux|veut|voulons|voudrais|souhaite\w*|aimerais) (?:surtout )?pas|"
    r"(?:wouldn't|don't|would not|do not) (?:want|like))\b"
)
_CHAMPION = re.compile(
    r"\b(?:volontaires?|partante?s?|je (?:veux|voudrais|serais) bien (?:tester|essayer|piloter)|"
    r"(?:prete?s?|contente?s?|ravie?s?) (?:a|de|d') ?(?:tester|essayer|aider|former|participer|"
    r"piloter|"
    r"montrer)|je (?:forme|montre|aide|depanne) (?:\w+ )?(?:mes collegues|les autres|l'equipe|"
    r"tout le monde|"
    r"mes equipes)|j'ai (?:deja )?(?:cree|construit|ecrit|monte|bricole|fabrique|"
    r"developpe) (?:\w+ ){0,3}"
    r"(?:prompts?|gpts?|assistants?|agents?|scripts?|macros?|automatis\w+|modeles? de prompts?)|"
    r"(?:(?:il|elle|qui|deja) |l'|\] )?(?:a|ont) (?:deja |toute? seule? |meme )*(?:cree|"
    r"construit|ecrit|monte|bricole|"
    r"fabrique|developpe|fait) [^.;:]{0,30}\b(?:prompts?|gpts?|assistants?|agents?|scripts?|"
    r"macros?|"
    r"formation)\b|has (?:already |even )?(?:built|written|made|"
    r"created) [^.;:]{0,30}\b(?:prompts?|gpts?|"
    r"assistants?|agents?|scripts?|macros?)\b|"
    r"bricole\w* (?:\w+ ){0,2}(?:scripts?|prompts?|macros?|automatis\w+)|championnes?|"
    r"passionnee? (?:par|d')|je bidouille|je me forme|champions?|referente?s? (?:ia|ai)|"
    r"pour tester|"
    r"(?:est|sont|serait) (?:tres )?(?:a l'aise|moteurs?|curieux|curieuses?) (?:avec|sur|de)|"
    r"(?:a forme|forme|montre a) (?:toute? )?(?:le monde|l'equipe|les autres|ses collegues)|"
    r"qui teste tou\w+|qu'on va voir (?:des|quand|pour)|tout le monde (?:lui|la|le) demande|"
    r"toute l'equipe (?:le|la|les|l') ?(?:prend|utilise|a repris)\w*|"
    r"every(?:one|body) (?:asks|goes to|comes to) (?:him|her|them|me)|go-to (?:person|guy|one)|"
    r"(?:pushing|gets?|getting) every(?:one|body) to (?:try|use)|tests? every new|"
    r"(?:built|wrote) an? (?:\w+ ){0,2}(?:bots?|prompts?|gpts?|assistants?|agents?|scripts?|"
    r"macros?)|"
    r"tire (?:tout le monde|"
    r"l'equipe)|happy to (?:test|try|help|lead|pilot|train)|volunteer\w*|i(?:'d|"
    r" would) (?:gladly|happily)(?! (?:never|not|stop|drop))|"
    r"i (?:train|teach|show|help) (?:my )?(?:colleagues|others|the team)|i(?:'ve|"
    r" have)? (?:already )?(?:built|"
    r"wrote|written|made|created) (?:\w+ ){0,3}(?:prompts?|gpts?|assistants?|agents?|scripts?|"
    r"macros?)|"
    r"keen (?:to|on)|count me in)\b"
)
_NOT_A_CHAMPION = re.compile(
    r"\b(?:pas|jamais|not|never|n't|(?:personne|aucun\w*) n'(?:est|a)|nobody(?:'s)?|no one(?:'s)?)"
    r"(?: \w+)? ?$"
)
_PAIN = re.compile(
    r"\b(?:empech\w+ de dormir|m'inquiete\w*|inquiet\w*|inquietude\w*|preoccup\w+|angoiss\w+|"
    r"ce qui (?:coince|freine|ralentit|bloque|fait mal|pese|m'agace|nous plombe)|freine\w*|"
    r"ralenti\w*|plomb\w+|"
    r"douleurs?|difficultes?|probleme\w*|gros souci|soucis|on souffre|souffre\w*|etouff\w+|"
    r"debord\w+|sature\w*|"
    r"epuis\w+|frustr\w+|on perd (?:des|trop de|nos) \w+|tires? vers le bas|peser|pesent?|"
    r"demotiv\w+|"
    r"(?:nous|m'|me) (?:(?:coute\w*|a coute) (?:tres )?(?:cher|trop|beaucoup|de l'|du|des|nos)|"
    r"le pire|rend(?:ent)? (?:dingue|folle?|fou)|cauchemars?|bouffe\w*|galer\w+|on se trompe|"
    r"nightmare|drives? (?:me|us) (?:mad|crazy|nuts|up the wall)|eats? up|ate up|fait perdre|"
    r"font perdre)|perdre de l'argent|"
    r"plus d'energie|"
    r"pas bons?|a l'envers|rate[es]*|baisse de (?:tarif|prix|budget)|deux fois les heures|"
    r"keeps? (?:me|us) (?:up|awake)|worr(?:y|ies|ied)|concern(?:s|ed)?|pain(?:s| points?)?|"
    r"struggl\w+|"
    r"frustrat\w+|slows? us|slowing|hurts?|overload\w*|burn\w* out|problem\w*|biggest issue|"
    r"drowning)\b"
)
_NO_PAIN = re.compile(
    r"\b(?:pas de|aucun|no|not an?|n'est pas un|see a|see any) (?:\w+ )?"
    r"(?:probleme|souci|problem|issue|worry|complaint)|"
    r"\bnothing (?:slows?|hurts?|worries)|rien ne (?:freine|ralentit|pese|m'inquiete)|"
    r"(?<!jamais )(?<!pas )a l'heure|(?<!never )(?<!not )on time|rien a (?:dire|redire)|(?:pas|"
    r"plus) a me plaindre|"
    r"\b(?:ne|n'|ca) ?(?:coince|bloque|freine|ralentit|pese|pose)\w* (?:pas|plus|jamais)|"
    r"(?:repond\w*|se passe|marche\w*|va|vont) (?:tres |plutot )?(?:vite|bien)\b"
)
_PAIN_QUESTION = re.compile(
    r"empech\w+ de dormir|inquiet\w*|douleur|freine|ralentit|coince|difficult\w+|keeps you|worr\w+|"
    r"pain point|slows|struggl\w+|probleme"
)
_TOPICS = (
    (
        "new_business",
        r"new ?biz|new business|appels? d'offres?|competitions?|prospect\w*|pitch\w*|"
        r"nouveaux clients|conversion|tenders?|leads?",
    ),
    (
        "client_retention",
        r"retention|fidel\w+|perdre (?:un |des |nos )?clients?|perd\w* (?:un |des |nos )?clients?|"
        r"churn|clients? (?:qui )?(?:part|partent|s'en vont|leave)|losing clients|renouvel\w+",
    ),
    (
        "budget_pressure",
        r"budgets?|prix|tarifs?|honoraires|marges?|negoci\w+|rentabilite|price\w*|fees|margins?|"
        r"profitab\w+|tires? vers le bas",
    ),
    (
        "difficult_clients",
        r"clients? (?:pas chers?|difficiles?|exigeants?|petits?)|petits clients|energie|"
        r"difficult clients|small clients|demanding",
    ),
    (
        "delivery_speed",
        r"delais?|vitesse|delivery|livr\w+|retards?|vite|lent\w*|ralent\w*|deadlines?|speed|late|"
        r"slow\w*|allers?-retours?|validations?|versions|approvals?|attendre|waiting|rend\w*|"
        r"un temps|weekends?|evenings?",
    ),
    (
        "workload",
        r"charge|surcharg\w+|debord\w+|etouff\w+|epuis\w+|heures sup\w*|sature\w*|turn ?over|"
        r"workload|overload\w*|overtime|burn\w* ?out|drowning",
    ),
    (
        "people",
        r"losing people|perd\w* (?:des|nos) gens|recrut\w+|talents?|demission\w*|departs?|"
        r"juniors?|motivation|hiring|talent|staff|"
        r"resign\w*",
    ),
    (
        "quality",
        r"qualite|erreurs?|coquilles?|fautes?|incoheren\w+|quality|errors?|mistakes?|typos?",
    ),
    (
        "manual_work",
        r"a la main|recopi\w+|ressaisi\w+|copier[- ]coller|refaire|manuel\w*|"
        r"compt\w+ (?:\w+ )?a la main|"
        r"rebuild\w*|re-?(?:typ|do|key)\w*|copy\w*|manual\w*|by hand",
    ),
    (
        "information",
        r"informations?|infos?|process|documentation|oral|dispers\w+|eparpill\w+|circul\w+|"
        r"nommage|naming|conventions?|knowledge|scattered|undocumented",
    ),
)
_TOPIC_WORDS = tuple((topic, re.compile(rf"\b(?:{words})\b")) for topic, words in _TOPICS)
_BANDWIDTH = re.compile(
    r"bande passante|bandwidth|\b(?:avec|with) (?:un|une|deux|trois|an?|one|two|\d+) (?:extra )?"
    r"(?:jours?|journees?|heures?|days?|hours?) (?:de plus|en plus|more|extra)|"
    r"\bwith an extra (?:day|hour)|(?:20|vingt|twenty) ?(?:%|pour ?cent|percent|"
    r"per cent)[^.?!]{0,40}"
    r"\b(?:temps|plus|time|more|capacite|capacity)|20 ?% (?:de|d'|of|more)"
)
_ANSWERS = (
    (
        "freelancers",
        r"free-?lances?|prestataires?|intermittents?|sous-trait\w+|extras?|outsourc\w+|"
        r"contractors?",
    ),
    (
        "projects",
        r"projets?|briefs?|clients?|appels? d'offres?|competitions?|pitch\w*|new ?biz|business|"
        r"comptes?|"
        r"vend\w+|projects?|accounts?|tenders?|sell\w*|more work|campagnes?",
    ),
    (
        "quality",
        r"qualite|mieux|meilleur\w*|soign\w+|creativ\w+|creatif\w*|strateg\w+|innov\w+|"
        r"cas d'usages?|form\w+|"
        r"reflech\w+|quality|better|craft|think\w*|innovat\w+|train\w*|relecture|tests?",
    ),
)
_ANSWER_WORDS = tuple((topic, re.compile(rf"\b(?:{words})\b")) for topic, words in _ANSWERS)
_WOULD = re.compile(r"\b(?:[a-z]+(?:r(?:ais|ait|ions|aient))|(?:i|we)'d|(?:i|we) would)\b")
_ENOUGH_WORDS = 5


def voice_facts(scope: Scope) -> Iterator[Fact]:
    """Yield wishes, signs of champions, pains and answers on bandwidth."""
    asks_pain = scope.interview.phase in {"alignment", "deep_dive", None}
    for turn in scope.interview.turns:
        said = list(sentences(turn))
        yield from _wishes(turn, said, scope.teams)
        yield from _bandwidth(turn, said)
        stated = [s for s in said if not states_nothing(s.text)]
        for sentence in stated:
            champion = _CHAMPION.search(sentence.text)
            if champion and not _NOT_A_CHAMPION.search(sentence.text[: champion.start()]):
                yield _detail("champion_signal", sentence)
        if asks_pain:
            yield from _pains(turn, stated)


def _wishes(turn: Turn, said: list[Sentence], teams: TeamNames) -> Iterator[Fact]:
    said = [s for s in said if not _NO_WISH.search(s.text)]
    hits = [s for s in said if _WISH.search(s.text) or _would_change(s.text)]
    if _WISH_QUESTION.search(fold(turn.question)):
        # The first words after the question are its answer, whatever their form.
        first = [s for s in said if len(s.text.split()) >= _ENOUGH_WORDS][:1]
        more = [s for s in said if _ONE_MORE.search(s.text) and teams.find(s.text)]
        hits = [s for s in said if s in hits or s in first or s in more]
    for sentence in hits:
        wished = _WISHED.search(sentence.text)
        thing = sentence.folded.slice(*wished.span(1)).strip() if wished else None
        yield Fact(
            "wish",
            sentence.evidence(),
            CONFIDENCE,
            detail=sentence.evidence().quote,
            task_phrase=thing or sentence.evidence().quote.rstrip(" .!…"),
            object=thing,
        )


def _would_change(text: str) -> bool:
    """Whether a wish in general words is one about the work: something to stop, drop or get."""
    wish = _SOFT_WISH.search(text)
    return wish is not None and _CHANGE.search(text, wish.end()) is not None


def _bandwidth(turn: Turn, said: list[Sentence]) -> Iterator[Fact]:
    is_asked = bool(_BANDWIDTH.search(fold(turn.question)))
    for sentence in said:
        if not is_asked and not _BANDWIDTH.search(sentence.text):
            continue
        if len(sentence.text.split()) < _ENOUGH_WORDS:
            continue
        topic = next((name for name, words in _ANSWER_WORDS if words.search(sentence.text)), None)
        if topic is None and sentence is not said[-1] and not _WOULD.search(sentence.text):
            continue
        yield Fact(
            "bandwidth_answer",
            sentence.evidence(),
            CONFIDENCE,
            topic=topic or "other",
            detail=sentence.evidence().quote,
        )
        return


def _pains(turn: Turn, said: list[Sentence]) -> Iterator[Fact]:
    is_asked = bool(_PAIN_QUESTION.search(fold(turn.question)))
    found = False
    for sentence in said:
        if _NO_PAIN.search(sentence.text):
            continue
        if _PAIN.search(sentence.text) and (topic := _topic(sentence.text)):
            found = True
            yield _detail("pain_point", sentence, topic)
    if is_asked and not found:
        for sentence in said:
            if _NO_PAIN.search(sentence.text):
                continue
            long_enough = len(sentence.text.split()) >= _ENOUGH_WORDS
            if long_enough and (topic := _topic(sentence.text)):
                yield _detail("pain_point", sentence, topic)
                return


def _topic(text: str) -> str | None:
    return next((topic for topic, words in _TOPIC_WORDS if words.search(text)), None)


def _detail(fact_type: str, sentence: Sentence, topic: str | None = None) -> Fact:
    quote = sentence.evidence().quote
    return Fact(fact_type, sentence.evidence(), CONFIDENCE, topic=topic, detail=quote)
