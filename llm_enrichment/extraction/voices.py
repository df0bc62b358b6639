"""What people wish for, would do with more time, and who would take part.

Belongs here: wish, champion_signal, bandwidth_answer.
Does not belong here: what they suffer from (pains.py), priorities and targets (direction.py).
"""

import re
from collections.abc import Iterator

from llm_enrichment.extraction.hearsay import states_nothing
from llm_enrichment.extraction.interviews import Sentence, Turn, sentences
from llm_enrichment.extraction.mentions import DELIVERABLES, WORK, TeamNames
from llm_enrichment.extraction.questions import BANDWIDTH, Topic, asks
from llm_enrichment.extraction.scope import CONFIDENCE, Scope
from llm_enrichment.facts import Fact

_WISH = re.compile(
    r"\b(?:baguette magique|(?:je|on) (?:le |la |les )?(?:ferais?t?|ferait) disparaitre|"
    r"(?:supprim|automatis|enlev|arret)\w* (?:\w+ ){0,2}en premier|je supprimerais|"
    r"on supprimerait|(?:il|elle|ils|elles) disparai\w+ en premier|"
    r"je (?:n'aurais|ne ferais) plus|ce que j'enleverais|j'enleverais|je me debarrasserais|"
    r"(?:premiere|en premier)\b.{0,40}\b(?:disparaitre|supprim\w+|automatis\w+)|automatiserai[st]|"
    r"que .{3,50} sort(?:e|ent) tout\w* seul\w*|si je pouvais\b.{0,20}\b(?:supprim|enlev|arret|"
    r"automatis)\w+|si on (?:pouvait|arrivait a) (?:m'|me |nous )?(?:supprim|enlev|epargn|"
    r"automatis)\w+|changerait (?:ma|la|notre) vie|i'd kill|"
    r"(?:^|, )(?:ne plus (?:jamais )?(?:\w+(?:er|ir|re)|avoir a)|give me an?)|"
    r"would (?:n)?ever .{3,40} again|what (?:i|we) (?:really )?need is|"
    r"if (?:i|we) could (?:get rid|drop|stop|remove|automate)|magic wand|(?:i|we)'?d (?:get rid|"
    r"drop|remove|automate)|(?:i|we) would (?:get rid|drop|"
    r"remove|"
    r"automate))\b"
)
# "Je voudrais savoir" wishes for nothing at work: what would change must be said as well.
_SOFT_WISH = re.compile(
    r"\b(?:j'aimerais|je voudrais|on aimerait|nous aimerions|on voudrait|j'adorerais|je reve|"
    r"on reve|"
    r"(?:ce|ca) serait (?:bien|genial|super|top|le reve)|(?:it|that)'?d be (?:great|nice|good)|"
    r"l'ideal|"
    r"dans l'ideal|idealement|qu'on (?=automatise|"
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
    r"an? (?:assistant|agent|place|alert|tool|button)|(?:un endroit|une alerte|un bouton)|"
    r"toute?s? seule?s?|by itself|themselves)\b"
)
_WISHED = re.compile(
    r"(?:disparaitre|supprimerais|supprimerait|enleverais|debarrasserais de|automatiserais|"
    r"automatise|"
    r"arrete|plus (?:a |avoir a )?(?:faire)?|ne plus|get rid of|drop|remove|automate|stop)"
    r" (?:en premier |first |d'abord |de |d'|du |des |la |le |les |l'|the |our |nos |mes |my |"
    r"toutes? |tous )*"
    r"(.{4,70}?)(?:$|[,.;:!?]| parce | car | et | pour que | because | and | so )"
)
# "Et un vrai point avec le studio": a further wish, where it names a team or a deliverable.
_ONE_MORE = re.compile(
    r"^\W*(?:(?:et|puis|ou|and|also|plus|aussi|alors|maybe) )*(?:un|une|an?|que|qu')\b"
)
# "Un endroit où je vois tout" is one about the work as well.
_THING = re.compile(
    rf"\b(?:{DELIVERABLES})\b|\b(?:ou|qui|dont|where|that|which) (?:je|on|nous|me|m'|i|we|us)\b"
)
# What a wish looks like to whoever asked for one, where it is about work: "que les images arrivent
# à la bonne taille", "somebody to take the reporting off me", "je virerais le rapport".
_FORM = re.compile(
    r"^\W*(?:(?:et|puis|ou|aussi|alors|bon|euh|and|also|plus|oh|well|maybe|peut-etre|"
    r"first(?: off)?|"
    r"second(?:ly)?|third(?:ly)?|d'abord|ensuite|deuxiemement|enfin|the other|another),? )*"
    r"(?:qu(?:e |')|un |une |an? |des |du |de la |some(?:body|one|"
    r"thing)?\b|"
    r"quelqu'un|to (?!be)|ne plus|pouvoir|avoir|\w+er (?:le|la|les|un|une|ce)\b)|"
    r"\b(?:je|j'|on|nous) ?(?:\w{1,3} |l'|m')?\w+(?:rais|rait|rions)\b|\b(?:i|we)(?:'d| would)\b|"
    r"\bit(?:'d| would) be\b|\bil (?:me|nous) \w+(?:rait)\b|\bplease\b|\bif only\b"
)
_FOR_FUN = re.compile(
    r"\b(?:retraite|retirement|pension|maison|chiens?|chats?|dogs?|cats?|poneys?|pony|fauteuils?|"
    r"vacances|holidays?|salaire|salary|pay|lottery|loto|biscuits?|cafe|coffee|kettle|joking|"
    r"deconne|rire|rirait|"
    r"world peace|paix|plage|beach|siestes?|naps?|piscine|yacht)\b"
)
# "Je ne veux pas qu'on automatise": the contrary of a wish.
_NO_WISH = re.compile(
    r"\b(?:(?:veux|veut|voulons|voudrais|souhaite\w*|aimerais) (?:surtout )?pas|"
    r"(?:wouldn't|don't|would not|do not) (?:want|like)|(?:chang|touch)\w* (?:a )?rien|"
    r"(?:pas|rien) besoin|(?:don't|do not) need|pas grand-chose|augmentation|(?:pay )?raise|"
    r"vacances|holidays?|retraite|loto|lottery)\b|"
    r"^\W*(?:rien|nothing|not much)\b"
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
# What somebody does for the others, or made, to whoever asked who could lead.
_LEADS = re.compile(
    r"\b(?:show\w*|teach\w*|taught|trains?|helps?|wrote|built|made|montr\w+|form\w+|"
    r"(?:ai|a) (?:monte|fabrique|construit|ecrit|cree|fait|automatise))\b"
)
_NOT_A_CHAMPION = re.compile(
    r"\b(?:pas|jamais|not|never|n't|(?:personne|aucun\w*) n'(?:est|a)|nobody(?:'s)?|no one(?:'s)?)"
    r"(?: \w+)? ?$"
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
    """Yield wishes, signs of champions and answers on bandwidth."""
    for turn in scope.interview.turns:
        said = list(sentences(turn))
        yield from _wishes(turn, said, scope.teams)
        yield from _bandwidth(turn, said)
        yield from _champions(turn, [s for s in said if not states_nothing(s.text)])


def _wishes(turn: Turn, said: list[Sentence], teams: TeamNames) -> Iterator[Fact]:
    said = [s for s in said if not _NO_WISH.search(s.text)]
    hits = [s for s in said if _WISH.search(s.text) or _would_change(s.text)]
    if asks(turn, Topic.WISHES):
        # The first words after the question are its answer, whatever their form.
        first = [s for s in said if len(s.text.split()) >= _ENOUGH_WORDS][:1]
        more = [
            s
            for s in said
            if (_ONE_MORE.search(s.text) or _SOFT_WISH.search(s.text) or _FORM.search(s.text))
            and (teams.find(s.text) or _THING.search(s.text) or WORK.search(s.text))
            and not BANDWIDTH.search(s.text)
            and not states_nothing(s.text)
        ]
        answers = [s for s in (*first, *more) if not _FOR_FUN.search(s.text)]
        hits = [s for s in said if s in hits or s in answers]
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


def _champions(turn: Turn, said: list[Sentence]) -> Iterator[Fact]:
    is_asked = asks(turn, Topic.CHAMPIONS)
    first = [s for s in said if _LEADS.search(s.text)][:1]
    for sentence in said:
        champion = _CHAMPION.search(sentence.text)
        if champion is None and is_asked and sentence in first:
            champion = _LEADS.search(sentence.text)
        if champion and not _NOT_A_CHAMPION.search(sentence.text[: champion.start()]):
            yield Fact(
                "champion_signal",
                sentence.evidence(),
                CONFIDENCE,
                detail=sentence.evidence().quote,
            )


def _bandwidth(turn: Turn, said: list[Sentence]) -> Iterator[Fact]:
    is_asked = asks(turn, Topic.BANDWIDTH)
    is_answered = False
    for sentence in said:
        if not is_asked and not BANDWIDTH.search(sentence.text):
            continue
        if len(sentence.text.split()) < _ENOUGH_WORDS:
            continue
        if is_answered and not _WOULD.search(sentence.text):
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
        is_answered = True
