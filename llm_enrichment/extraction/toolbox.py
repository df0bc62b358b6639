"""Tools and how content people are with them; what AI does and does not do for them.

Belongs here: tool_use, ai_usage. Does not belong here: documents and figures.
"""

import re
from collections.abc import Iterator

from llm_enrichment.extraction.interviews import Sentence
from llm_enrichment.extraction.mentions import Mention
from llm_enrichment.extraction.questions import Topic, asks
from llm_enrichment.extraction.scope import CONFIDENCE, Scope
from llm_enrichment.facts import Fact
from llm_enrichment.numbers import value_of

_USES = re.compile(
    r"\b(?:utilis\w+|(?:on|je|nous) (?:fait|fais|faisons|travaille|travaillons|passe|passons|bosse|"
    r"saisit|saisis)|tout (?:est|passe)|sert|servons|servent|outils?|logiciel\w*|sur|dans|avec|via|"
    r"sous|ouvr\w+|connect\w+|export\w+|import\w+|toute la journee|all day|into|through|open\w*|"
    r"log(?:s|ged)? in|use[sd]?|using|work(?:s|ing)? (?:in|with|on)|in|with|on|tools?|software)\b"
)
_SATISFACTION = (
    (
        1,
        r"l'enfer|horrible|deteste\w*|insupportable|catastroph\w+|nul|nulle|une horreur|"
        r"un calvaire|"
        r"hate|terrible|awful|nightmare|useless",
    ),
    (
        2,
        r"lent|lente|lourd|lourde|penible|complique\w*|pas (?:pratique|adapte|intuitif|ergonomique|"
        r"terrible|fiable|top|satisf\w+)|date|vieillot|limite|rame|ramer|plante|bugu?e|usine a gaz|"
        r"frustrant\w*|agacant\w*|slow|clunky|painful|frustrating|clumsy|outdated|crashes|"
        r"not (?:great|"
        r"good|reliable|practical|happy|convenient)|don'?t like|n'aime pas|on subit",
    ),
    (
        3,
        r"moyen|moyenne|correct|correcte|passable|ca va|sans plus|ok\b|okay|so-so|average|fine|"
        r"decent|"
        r"fait le job|does the job",
    ),
    (
        4,
        r"bien|pratique|satisfait\w*|contents?|contentes?|aime|efficace|rapide|bon outil|fiable|"
        r"good|"
        r"handy|happy|like|works well|reliable|useful|convenient",
    ),
    (
        5,
        r"adore\w*|genial\w*|excellent\w*|indispensable|super|top|parfait\w*|magique|love|great|"
        r"perfect|"
        r"brilliant|essential",
    ),
)
_LEVELS = tuple((level, re.compile(rf"\b(?:{words})\b")) for level, words in _SATISFACTION)
_NEGATED = re.compile(r"\b(?:pas|plus|jamais|guere|peu|not|n't|never|hardly)\b(?: \w+){0,2} ?$")
_IMPOSED = re.compile(
    r"\b(?:impos\w+|oblig\w+|contraint\w*|pas (?:eu )?(?:le )?choix|sans (?:nous )?demander|"
    r"exig\w+|forced|mandatory|had no choice|no choice|made to use|have to use|required|mandated)\b"
)
_CHOSEN = re.compile(
    r"\b(?:(?:on|nous|je|equipe) (?:l')?(?:a|ai|avons|avions) (?:nous-memes )?(?:choisi|amene|pris|"
    r"propose|installe)\w*|"
    r"choisi (?:par|nous-memes|ensemble)|c'est (?:nous|moi) qui|de notre propre initiative|"
    r"we chose|we picked|our own choice|i chose|chosen by)\b"
)
_GRADE = re.compile(
    r"\b(un|une|deux|trois|quatre|cinq|one|two|three|four|five|[1-5]) ?(?:sur|/|out of) ?(?:cinq|"
    r"five|5)\b"
)
# A tool that nobody listed: the first word of a sentence that goes on to judge it.
_JUDGED = re.compile(
    r"^(?:et |alors |pour )?([\w.-]{3,20}), (?=(?:c'est |on l'|je l'|nous l')?(?:impose|choisi|"
    r"a choisi|ai choisi|obligatoire)"
    r"|(?:un|deux|trois|quatre|cinq|[1-5]) sur (?:cinq|5))"
)
_NOT_CONNECTED = re.compile(
    r"\b(?:ne )?(?:(?:se )?(?:parle|parlent|connecte|connectent|communique|communiquent|"
    r"synchronise|"
    r"synchronisent)(?: pas| jamais)|(?:s'y |se )?(?:branche|branchent|connectent) pas|"
    r"peut pas (?:deposer|"
    r"exporter|importer|envoyer)|manque un lien|pas (?:\w+ )?(?:connecte|relie|branche|integre|"
    r"synchronise)\w*|"
    r"(?:pas|aucune|manque (?:une |d')?|sans) (?:d'|de )?(?:integration|connexion|connecteur|"
    r"passerelle|"
    r"lien|export|api)\w*|(?:il )?manque (?:une |un |l')(?:integration|connexion|connecteur|"
    r"passerelle|"
    r"lien)|(?:re)?(?:saisir|saisit|saisis|saisissons|copie|copier|recopie|recopier|recopions|"
    r"ressaisir|"
    r"ressaisit)\w*(?:[- ]coll\w+)?(?: \w+){0,4} (?:de|d'|depuis|vers|dans)|(?:not|n't|isn't|"
    r"aren't|never) "
    r"(?:\w+ )?(?:connected|integrated|linked|synced|talk|sync)\w*|no (?:integration|connection|"
    r"sync|link)|"
    r"missing (?:integration|link)|re-?(?:type|enter|key)\w*|copy(?:ing)?[- ](?:and[- ])?past\w+)\b"
)
_REDUNDANT = re.compile(
    r"\b(?:doublons?|double emploi|en double|redondan\w+|meme chose|la meme fonction|font pareil|"
    r"fait pareil|duplicat\w+|redundant|same thing|same job|overlap\w*)\b"
)

_AI_WORD = re.compile(
    r"\b(?:ia|l'ia|d'ia|intelligence artificielle|artificial intelligence|generative|generatif|"
    r"llm|prompts?|chatbots?|gpt)\b"
)
# Companies and events of AI are not the work here, nor is what clients do with it.
_AI_TRADE = re.compile(
    r"\b(?:(?:boites?|start-?ups?|agences?|entreprises?|societes?|salons?) (?:d'|de l')ia|"
    r"ai (?:compan\w+|start-?ups?|firms?|agenc\w+|teams?|research|conferences?))\b"
)
_SUBJECT = re.compile(
    r"(?P<own>\b(?:on|nous|je|moi|we|i|me)\b|\bj')|"
    r"(?<!pour )(?<!des )(?<!du )(?<!de )(?<!for )(?<!au )(?<!with )(?<!from )"
    r"\b(?:(?:le|la|les|nos|notre|un|une|des|the|our|a|some|one) )(?:\w+ )?"
    r"(?:clients?|annonceurs?|concurrents?|competitors?)\b"
)
# "L'IA me sort n'importe quoi": what AI does, to whoever asked for it.
_AI_ACTS = re.compile(
    r"\b(?:(?:l'|une )ia|(?<!')ai)\b (?:nous |me |m'|se |s'|just |only |still |always )?"
    r"(?!(?:va|vont|est|a|ait|et|ou|sera\w*|peut|pourrait|remplace\w*|arrive|is|was|will|would|can|"
    r"could|might|may|has|and|or|in|for|to|at|on|of)\b)[a-z]{3,}"
)
# "Je lui fais résumer mes réunions", "on a essayé": to whoever asked for AI, that is what is used.
_AI_USED = re.compile(
    r"\b(?:je|on|nous) (?:(?:lui|la|l'|le|m'en|nous en) ?)(?:fai\w+|demand\w+|ser[ts]|servons|"
    r"utilis\w+|donn\w+|confi\w+|pass\w+)\b|\b(?:j'ai|on a|nous avons) (?:\w+ )?(?:essaye|teste|"
    r"tente)\b|"
    r"\b(?:i|we) (?:let|have|get|ask|use|feed|give|make) it\b|\b(?:i|we)(?:'ve| have)? "
    r"(?:tried|tested) (?:it|with)\b"
)
_OURS = re.compile(r"\b(?:me|nous|on|mes|mon|ma|nos|notre|je|my|our|us|we|i)\b|\b[jm]'")
_AI_WORKS = re.compile(
    r"\b(?:marche bien|ce qui marche|correcte?s?|excellente?s?|s'en servent|fonctionne bien|"
    r"ca marche|fonctionne|tres bien|bien pour|pratique|utile|"
    r"aide|"
    r"aident|gagne\w*|gain|efficace|bluffant\w*|genial\w*|rapide|bons? resultats?|super|bon|"
    r"bonne|bons|"
    r"works? (?:well|great|fine)|works for|helps?|useful|saves?|good (?:for|at|results?)|"
    r"great (?:for|at)|"
    r"handy|fast|impressive|reliable)\b"
)
_AI_MISSING = re.compile(
    r"\b(?:manque\w*|mauvais\w*|rate[es]*|ne (?:sait|fait|connait|comprend|respecte|marche|"
    r"fonctionne) (?:pas|rien)|"
    r"pas (?:assez|"
    r"fiable|bon|bonne|encore|precis\w*|utilisable|exploitable|le droit|acces|de licence|"
    r"forme\w*|au niveau)|"
    r"il faut tout (?:relire|verifier|refaire|corriger|reprendre)|halluc\w+|invent\w+|"
    r"generique\w*|plat|plate|"
    r"n'importe quoi|se plante\w*|hopeless|moches?|fades?|a cote|decevant\w*|decu\w*|"
    r"inutilisable|interdit\w*|bloque\w*|erreurs?|faux|"
    r"fausse\w*|aucune?|"
    r"missing|lacks?|lacking|does not|doesn't|don't (?:have|trust)|can'?t|cannot|not (?:allowed|"
    r"good|"
    r"reliable|accurate|usable|trained|enough)|hallucinat\w*|makes? (?:things|stuff) up|generic|"
    r"bland|"
    r"wrong|errors?|mistakes|disappoint\w*|no (?:licen[cs]e|access|training))\b"
)
_AI_UNUSED = re.compile(
    r"\b(?:personne|aucun|aucune|pas|jamais|nobody|no one|never|don't|"
    r"not)\b.{0,25}\b(?:utilis\w+|ia|use|ai)\b"
)
# A tool that is named to say that it is not, or no longer, in use.
_NOT_IN_USE = re.compile(
    r"\b(?:(?:n'|ne )?(?:(?:l'|la |le |les )?(?:utilis\w+|a|ai|avons)|nous en servons|s'en sert) "
    r"(?:pas|plus|jamais) (?!que\b|encore de\b)|(?:don't|do not|never|no longer) use|stopped using|"
    r"(?:a|ont|avons) (?:abandonne|arrete|resilie)|sans suite|pas pour (?:moi|nous)|"
    r"not for (?:me|us)|"
    r"(?:on a|nous avons|j'ai) (?:regarde|envisage)|(?:we|i) (?:looked at|considered))\b"
)


def toolbox_facts(scope: Scope) -> Iterator[Fact]:
    """Yield uses of tools and of AI."""
    for sentence in scope.sentences():
        tools = scope.tools_of(sentence)
        ai_tools = [tool for tool in tools if scope.tools.is_ai(tool.name)]
        plain = [tool for tool in tools if not scope.tools.is_ai(tool.name)]
        yield from _tool_uses(sentence, plain)
        is_about_ai = _AI_WORD.search(sentence.text) or re.search(
            r"\bAI\b",
            sentence.folded.original,  # folded, it is also French for "have"
        )
        subject = _SUBJECT.search(sentence.text)
        if _AI_TRADE.search(sentence.text) or (subject and not subject["own"]):
            continue
        if ai_tools or is_about_ai or _says_what_ai_does(sentence):
            yield from _ai_usage(sentence, ai_tools)


def _tool_uses(sentence: Sentence, tools: list[Mention]) -> Iterator[Fact]:
    text = sentence.text
    if (judged := _JUDGED.match(text)) and (not tools or tools[0].start > judged.end()):
        name = sentence.folded.slice(*judged.span(1))
        if name[0].isupper():
            tools = [Mention(name, *judged.span(1)), *tools]
    names = list(dict.fromkeys(tool.name for tool in tools))
    if not names:
        return
    missing = _NOT_CONNECTED.search(text)
    redundant = _REDUNDANT.search(text)
    satisfaction = _satisfaction(text)
    is_imposed = True if _IMPOSED.search(text) else False if _CHOSEN.search(text) else None
    says_more = missing or redundant or satisfaction is not None or is_imposed is not None
    if not says_more and says_unused(text):
        return
    is_asked = asks(sentence.turn, Topic.TOOLS)
    for rank, name in enumerate(names):
        if not says_more and not is_asked and not _USES.search(text):
            continue
        is_judged = rank == 0  # what is said of a tool is said of the one named first
        other = next((o for o in names if o != name), None)
        yield Fact(
            "tool_use",
            sentence.evidence(),
            CONFIDENCE,
            tool=name,
            satisfaction=satisfaction if is_judged else None,
            is_imposed=is_imposed if is_judged else None,
            missing_integration=(other or _clause(sentence, missing.start()))
            if missing and is_judged
            else None,
            redundant_with=other if redundant and is_judged else None,
            detail=sentence.evidence().quote,
        )


def _clause(sentence: Sentence, start: int) -> str:
    """Return the words from `start` to the end of their clause."""
    end = re.compile(r"[,;:.]|$").search(sentence.text, start)
    return sentence.folded.slice(start, end.start() if end else len(sentence.text)).strip()


def _satisfaction(text: str) -> int | None:
    """Return the grade said out of five, else the level that the words agree on, else None."""
    if grade := _GRADE.search(text):
        return int(value_of(grade.group(1)))
    levels: set[int] = set()
    for level, words in _LEVELS:
        for match in words.finditer(text):
            if _NEGATED.search(text[: match.start()]) and level >= 4:
                levels.add(2)
            elif level == 4 and 2 in levels:
                continue
            else:
                levels.add(level)
    low, high = {1, 2} & levels, {4, 5} & levels
    if low and high:
        return None
    extreme = min(low) if low else max(high) if high else None
    return extreme if extreme is not None else (3 if levels else None)


def polarity_of(text: str) -> str | None:
    """Return whether a folded sentence says that AI works or that it is missing; None for none."""
    works, missing = _AI_WORKS.search(text), _AI_MISSING.search(text)
    if missing or _AI_UNUSED.search(text):
        return None if works and not _contrast(text) else "missing"
    return "works" if works else None


def says_unused(text: str) -> bool:
    """Return whether a folded sentence names a tool to say that it is not, or no longer, in use."""
    return _NOT_IN_USE.search(text) is not None


def _ai_usage(sentence: Sentence, tools: list[Mention]) -> Iterator[Fact]:
    polarity = polarity_of(sentence.text)
    if polarity is None and not tools and not _says_what_ai_does(sentence):
        return
    for name in list(dict.fromkeys(tool.name for tool in tools)) or [""]:
        yield Fact(
            "ai_usage",
            sentence.evidence(),
            CONFIDENCE,
            tool=name or None,
            polarity=polarity,
            detail=sentence.evidence().quote,
        )


def _says_what_ai_does(sentence: Sentence) -> bool:
    """Whether somebody who was asked for AI says what it does for them, or what they tried."""
    if not asks(sentence.turn, Topic.AI):
        return False
    acts = _AI_ACTS.search(sentence.text)
    is_ours = acts is not None and _OURS.search(sentence.text, acts.start()) is not None
    return is_ours or _AI_USED.search(sentence.text) is not None


def _contrast(text: str) -> bool:
    """Whether what fails is said last, after "but"."""
    parts = re.split(r"\b(?:mais|sauf|par contre|en revanche|but|except|however)\b", text)
    return len(parts) > 1 and _AI_MISSING.search(parts[-1]) is not None
