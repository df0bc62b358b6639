"""Documents that exist, are out of date, live in a head, or are missing.

Belongs here: document facts. Does not belong here: tools.
"""

import re
from collections.abc import Iterator

from llm_enrichment.extraction.papers import is_to_do, status_answered
from llm_enrichment.extraction.questions import Topic, asks
from llm_enrichment.extraction.scope import CONFIDENCE, Scope
from llm_enrichment.facts import Fact
from llm_enrichment.normalise import content_tokens

_KINDS = {
    "process": r"(?<!dans le )(?<!into the )process(?:us)?|procedures?|modes? operatoires?|"
    r"regles? (?:de|du|des) [\w']+|"
    r"regles? ecrites?|check-?lists?|workflows? (?:ecrit|documente)\w*|playbooks?|runbooks?|"
    r"modes? d'emploi|(?:\w+ )?rules?|guidelines?|nomenclatures?|conventions? (?:de|du) \w+",
    "template": r"retroplannings? types?|grilles? tarifaires?|(?:tableaux?|grilles?) des tarifs|"
    r"rate cards?|templates?|"
    r"modeles?(?: types?)?|gabarits?|trames?|briefs? types?",
    "history": r"historiques?(?: (?:des?|du|projets?) ?\w*)?|archives?|"
    r"anciens? projets?|anciennes? campagnes|"
    r"retours? d'experience|post-?mortems?|project histor\w+|past (?:projects|campaigns)|"
    r"case studies",
    "knowledge": r"bases? de connaissances?|wikis?|documentations?|guides?|"
    r"chartes?(?: graphiques?)?|specifications?|specs|"
    r"manuels?|manuals?|handbooks?|faq|bases? de reponses|petites? fiches?|"
    r"fiches? (?:memo|pratiques?|methodes?|recap\w*)|cheat ?sheets?|pense-?betes?|"
    r"knowledge bases?|style guides?|tutos?|tutoriels?|"
    r"brand books?|bibles?",
}
# Documents to somebody who asked for documents, in other talk too many other things.
_ASKED_FOR = re.compile(
    r"\b(?:plannings?(?: \w+)?|listes?|comptes? ?rendus?(?: types?)?|grilles?|glossaires?|"
    r"lexiques?|supports?|calendriers?|lists?|calendars?|glossar(?:y|ies)|decks?|matri(?:x|"
    r"ces?)|trackers?|sheets?|fiches?|classeurs?|cahiers?|annuaires?|repertoires?|registres?|"
    r"catalogues?|protocoles?|protocols?|pdfs?|carnets?|one-?pagers?|primers?|memos?|notices?|"
    r"dossiers?|documents?|tableurs?|spreadsheets?|tableaux?|videos?|tuto\w*|crib ?sheets?|"
    r"house styles?|recaps?|consignes?|intranet|folders?|drawings?|schemas?|diagram\w*|"
    r"reglements?|notes?|lettres? types?|formulaires?|forms?|"
    r"bibliotheques?|librar(?:y|ies)|binders?|minutes|contrats?[- ](?:cadres?|types?)|"
    r"profils? \w+|plans? de \w+)\b"
)
# Knowledge that has no document, by what it is about.
_KNOW_HOW = re.compile(
    r"\b(?:tout ce qui (?:est|touche a(?:ux?)?|concerne)|comment (?:on|je|nous)|"
    r"la (?:facon|maniere) (?:de|dont on)|how (?:we|i|to)|everything about|"
    r"the way (?:we|i)) (?P<name>(?:[\w'-]+ ?){1,5})"
)
# "La charte du client, oui, mais elle traîne": what a sentence begins with is what it is about.
_OPENING = r"\W*(?:(?:et|alors|oui|and|well|yes),? )*"
_BEGINS = re.compile(
    rf"{_OPENING}(?:le |la |les |l'|une? |mes |mon |ma |nos |notre |the |our |my |an? |"
    rf"there's (?:an? )?)(?:\w+ ){{0,2}}"
)
_SAYS_MORE = re.compile(r",| (?:is|are|ils?|elles?)\b")
# "Pour le ton, c'est Olive qui sait": work without a document.
_TOPIC = re.compile(
    rf"{_OPENING}(?:(?:il n'y a |on n'a |y a |there's |there is |we have )?(?:rien|nothing) )?"
    r"(?:pour|for|as for|how|une?|an?|le|la|les|l'|mes|mon|ma|nos|notre|the|our|my)\b ?"
    r"(?P<name>[^,.]{3,40}?)(?=,|\W*$| (?:est|sont|is|are)\b)"
)
_IN_A_HEAD = re.compile(
    r"\b(?:c'est (?:moi|\w+ qui sait)|(?:that's|it's) (?:just |only )?me|\w+ (?:sait|knows)|"
    r"by heart|par coeur|sur le tas|on the job|(?:faut|have to) (?:demander|ask))\b"
)
_NOWHERE = re.compile(
    r"\b(?:rien (?:du tout|nulle part|d'ecrit|pour)|nulle part(?! ailleurs)|nothing (?:for|"
    r"at all)|nowhere|"
    r"anywhere)\b"
)
_Place = tuple[str, int, int]
_NAMED = {kind: re.compile(rf"\b(?:{words})\b") for kind, words in _KINDS.items()}
_COMPLEMENT = re.compile(
    r"^(?: (?:de|du|des|d'|pour|for|of) ?(?:la |le |les |l'|the )?[\w'-]+(?: [\w'-]+)?)"
)
# What the sentence goes on with is no part of the name: "le guide de nommage date de 2019".
_TAIL = re.compile(
    r"(?: (?:de|du|des|d'|pour|par|qui|que|et|a|est|sont|date|datent|existe|existent|"
    r"for|of|by|and|is|are|exists?))+$"
)
# Said of the document right after it: "aucun modèle", "we have no template".
_NONE_OF = re.compile(
    r"\b(?:pas (?:eu )?(?:de |d'|un |une |encore (?:de |d'))|aucune? |jamais (?:eu )?(?:de |d')|"
    r"sans (?:aucune? )?|"
    r"(?:no|any|a missing) )(?:\w+ )?$"
)
_MISSING = re.compile(
    r"\b(?:n'existe(?:nt)? pas|existe(?:nt)? pas|(?:n'y )?en a (?:pas|aucune?)|manque\w*|"
    r"inexistant\w*|"
    r"jamais vu (?:la couleur|passer)|never seen (?:one|any|it)|"
    r"rien (?:n'est |d')?ecrit|il faudrait|faudrait|a creer|a ecrire|missing|lacking|doesn't exist|"
    r"don't exist|nothing (?:is )?written)\b"
)
_ORAL = re.compile(
    r"\b(?:a l'oral|(?:est|sont) orale?s?|de tete|dans (?:la|ma|sa|leur|les|nos) tetes?|"
    r"par coeur|(?:pas|jamais|rien|"
    r"nulle part)"
    r" (?:d'|n'est |ete )?(?:ecrit|formalise|documente|note)\w*|non (?:ecrit|formalise|"
    r"documente)\w*|"
    r"(?:pas|jamais|rien) (?:ete )?(?:\w+ )?(?:couche|mis|pose)\w* (?:sur (?:le )?papier|"
    r"par ecrit)|"
    r"de bouche a oreille|culture de l'oral|transmet\w* oralement|oralement|"
    r"il n'y a que \w+(?: et \w+)? qui|only \w+ and (?:i|me)\b|seule? \w+ (?:le |la |les |"
    r"l')(?:connai|sai|maitris)\w*|"
    r"only \w+ (?:knows|understands)|"
    r"in (?:\w+(?:'s)? ){1,3}heads?|(?:in my|dans mes|dans ses) (?:hands|fingers|stomach|gut|"
    r"doigts|mains)|word of mouth|verbally|orally|(?:never|not|isn't|"
    r"nothing) (?:\w+ )?"
    r"(?:written|documented)(?: down)?|(?:never|nobody) wrote|unwritten)\b"
)
_OBSOLETE = re.compile(
    r"\b(?:obsolete\w*|anterieure?s? a|(?:qu'on n'a|qui n'existe\w*) plus|no longer exists?|"
    r"(?:qui a|qui ont|has|have) (?:ete |depuis |since |been )*(?:vendu|disparu|change|sold|"
    r"gone|left)\w*|quelqu'un qui n'est plus la|"
    r"(?:partis?|parties?|gone|left) (?:depuis|since|ages ago)|plus personne ne s'en sert|"
    r"(?:est|sont) (?:faux|fausses?)|depasse\w*|"
    r"perime\w*|(?:pas|plus|jamais)(?: ete)? (?:a jour|mis\w* a jour|"
    r"actualise\w*|"
    r"maintenu\w*)|date (?:de |d')(?:20\d\d|deux mille|\w+ ans|avant|l'an)|vieux|vieille|"
    r"ancienne? version|out of date|outdated|"
    r"(?:it's|is|are|dates?) from (?:before|the)|versions differentes|different versions|"
    r"date(?:nt)? de l'epoque|(?:pas|plus|jamais) (?:ete )?(?:touche|rouvert|relu)\w*|"
    r"(?:not|never|hasn't been|isn't) (?:been )?(?:up to date|updated|maintained)|old version|"
    r"(?:from|since|(?:touched|updated|edited|revised) in) 20[01]\d|plus personne ne (?:l'|le |"
    r"la )?ouvre|"
    r"\w+ years old|not (?:been )?updated)\b"
)
_EXISTS = re.compile(
    r"\b(?:(?:on|l'equipe) (?:a|dispose|utilise|suit)|nous (?:avons|disposons|utilisons|suivons)|"
    r"j'(?:ai|utilise)|"
    r"il y a|existe\w*|il existe|on (?:l'|les )a|est (?:ecrit|a jour|documente|formalise|range|"
    r"dans|sur)\w*|"
    r"sont (?:ecrit|a jour|"
    r"dans|sur|ranges)\w*|a jour|bien (?:fait|tenu|range)\w*|there is|there's|there are|we have|"
    r"we use|we've got|i've got|colle\w* (?:au|sur)|i keep|i have|lives? in|on (?:le|la|les) suit|"
    r"nickel|impeccables?|(?:le|la|les) tien(?:t|nent)|chacune? (?:a|fait|garde) l[ea]s? sien\w*|"
    r"(?:keeps?|updates?|rewrites?|maintains?|looks after) (?:it|them)|qui (?:le|la|"
    r"les) (?:tient|tiennent|met a jour)|"
    r"(?:is|are|it's) (?:\w+ )?kept|we follow|exists?|"
    r"is (?:written|documented|up to date|in|on)|up to date|well kept)\b"
)
_OWNER = re.compile(
    r"\b(?:(?:tenu|maintenu|mis a jour|ecrit|gere|redige|connu)\w* par|dans la tete (?:de|du|d')|"
    r"il n'y a que|"
    r"seule?|c'est|kept by|maintained by|written by|owned by|only) ?"
    r"((?:la |le |les |l'|notre |un |une |the |our )?(?:direct\w+|chef\w*|responsable\w*|"
    r"assistant\w*|"
    r"manager\w*|planneu\w+|charge\w*|coordinat\w+|head|lead|producer|office|studio|designer)\b"
    r"(?:(?: (?:de|du|des|d'|of))? [\w'-]+){0,3})"
)


_KEPT = re.compile(
    r"\b(?:a jour|up to date|current|documente\w*|documented|(?:bien )?tenue?s? par|well kept|"
    r"kept by|maintained)\b|(?:elles?|ils?|they|it) (?:(?:est|sont|is|are) (?:tous |toutes |all )?"
    r"(?:range|stocke|archive|dans|sur|in|on|kept|stored)|lives? (?:in|on))"
)
_OF_TOPIC = (
    ("oral", _IN_A_HEAD),
    ("missing", _NOWHERE),
    ("obsolete", _OBSOLETE),
    ("exists", _KEPT),
)


def document_facts(scope: Scope) -> Iterator[Fact]:
    """Yield documents with their kind, status and owner where said."""
    for sentence in scope.sentences():
        text = sentence.text
        found = _stated(text)
        if found is None and asks(sentence.turn, Topic.DOCUMENTS):
            found = _answered(text)
        if found is None:
            continue
        (kind, start, end), status = found
        name = sentence.folded.slice(start, end).strip(" ,;:.!?")
        owner = _OWNER.search(text)
        yield Fact(
            "document",
            sentence.evidence(),
            CONFIDENCE,
            document_name=name,
            document_kind=kind,
            document_status=status,
            owner_role=sentence.folded.slice(*owner.span(1)).strip() if owner else None,
            task_phrase=name,
            detail=sentence.evidence().quote,
        )


def _stated(text: str) -> tuple[_Place, str] | None:
    """Return the first document that is named with a status, or know-how kept in a head."""
    for place in _named(text):
        if status := _status(text, place[1]):
            return place, status
    if _ORAL.search(text) and (know_how := _KNOW_HOW.search(text)):
        return ("knowledge", *know_how.span("name")), "oral"
    return None


def status_said(text: str, name: str) -> str | None:
    """Return the status that a folded sentence gives the document `name`, None for none."""
    stated = _stated(text)
    if stated is None:
        return None
    (_, start, end), status = stated
    return status if set(content_tokens(name)) & set(content_tokens(text[start:end])) else None


def _answered(text: str) -> tuple[_Place, str] | None:
    """Return what somebody says who was asked for documents, in words that say less."""
    if is_to_do(text):
        return None
    listed = _place("knowledge", text, _ASKED_FOR.search(text))
    if listed and (status := _status(text, listed[1])):
        return listed, status
    said = status_answered(text)
    if said and (place := next(_named(text), listed)):
        return place, said
    if said in {"missing", "obsolete"} and (topic := _TOPIC.match(text)):
        return ("knowledge", *topic.span("name")), said
    for place in _named(text):
        if status := _status_of_topic(text):
            return place, status
        if _BEGINS.fullmatch(text[: place[1]]) and _SAYS_MORE.match(text[place[2] :]):
            return place, "exists"
    if (topic := _TOPIC.match(text)) and (status := _status_of_topic(text)):
        return ("knowledge", *topic.span("name")), status
    return None


def _status_of_topic(text: str) -> str | None:
    return next((status for status, words in _OF_TOPIC if words.search(text)), None)


def _named(text: str) -> Iterator[_Place]:
    for kind, words in _NAMED.items():
        if place := _place(kind, text, words.search(text)):
            yield place


def _place(kind: str, text: str, match: re.Match[str] | None) -> _Place | None:
    if match is None:
        return None
    rest = _COMPLEMENT.match(text[match.end() :])
    end = match.end() + (rest.end() if rest else 0)
    return kind, match.start(), len(_TAIL.sub("", text[:end]))


def _status(text: str, start: int) -> str | None:
    if _NONE_OF.search(text[:start]) and not _ORAL.search(text):
        return "missing"
    for status, words in (
        ("oral", _ORAL),
        ("obsolete", _OBSOLETE),
        ("missing", _MISSING),
        ("exists", _EXISTS),
    ):
        if words.search(text):
            return status
    return None
