"""Documents that exist, are out of date, live in a head, or are missing.

Belongs here: document facts. Does not belong here: tools.
"""

import re
from collections.abc import Iterator

from llm_enrichment.extraction.scope import CONFIDENCE, Scope
from llm_enrichment.facts import Fact
from llm_enrichment.normalise import fold

_KINDS = {
    "process": r"process(?:us)?|procedures?|modes? operatoires?|regles? (?:de|du|des) [\w']+|"
    r"regles? ecrites?|check-?lists?|workflows? (?:ecrit|documente)\w*|playbooks?|runbooks?|"
    r"(?:\w+ )?rules?|guidelines?|nomenclatures?|conventions? (?:de|du) \w+",
    "template": r"retroplannings? types?|grilles? tarifaires?|(?:tableaux?|grilles?) des tarifs|"
    r"rate cards?|templates?|"
    r"modeles?(?: types?)?|gabarits?|trames?|briefs? types?",
    "history": r"historiques?(?: (?:des?|du|projets?) ?\w*)?|archives?|anciens? projets?|"
    r"retours? d'experience|post-?mortems?|project histor\w+|past projects|case studies",
    "knowledge": r"bases? de connaissances?|wikis?|documentations?|guides?|"
    r"chartes?(?: graphiques?)?|specifications?|specs|"
    r"manuels?|faq|bases? de reponses|petites? fiches?|"
    r"fiches? (?:memo|pratiques?|methodes?|recap\w*)|cheat ?sheets?|pense-?betes?|"
    r"knowledge bases?|style guides?|tutos?|tutoriels?|"
    r"brand books?|bibles?",
}
# Documents to somebody who asked for documents, in other talk too many other things.
_ASKED_FOR = re.compile(
    r"\b(?:plannings?(?: \w+)?|listes?|comptes? ?rendus?(?: types?)?|grilles?|glossaires?|"
    r"lexiques?|supports?|calendriers?|lists?|calendars?|glossar(?:y|ies)|decks?|matri(?:x|ces?)|trackers?)\b"
)
_QUESTION = re.compile(
    r"\b(?:documents?|documentation|documente\w*|ecrit\w*|procedures?|guides?|guidelines?|modeles?|"
    r"templates?|written|notes)\b"
)
# Knowledge that has no document, by what it is about.
_KNOW_HOW = re.compile(
    r"\b(?:tout ce qui (?:est|touche a(?:ux?)?|concerne)|comment (?:on|je|nous)|"
    r"la (?:facon|maniere) (?:de|dont on)|how (?:we|i|to)|everything about|"
    r"the way (?:we|i)) (?P<name>(?:[\w'-]+ ?){1,5})"
)
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
    r"in (?:\w+(?:'s)? ){1,3}heads?|word of mouth|verbally|orally|(?:never|not|isn't|"
    r"nothing) (?:\w+ )?"
    r"(?:written|documented)(?: down)?|(?:never|nobody) wrote|unwritten)\b"
)
_OBSOLETE = re.compile(
    r"\b(?:obsolete\w*|plus personne ne s'en sert|(?:est|sont) (?:faux|fausses?)|depasse\w*|"
    r"perime\w*|(?:pas|plus|jamais)(?: ete)? (?:a jour|mis\w* a jour|"
    r"actualise\w*|"
    r"maintenu\w*)|date (?:de |d')(?:20\d\d|deux mille|\w+ ans|avant|l'an)|vieux|vieille|"
    r"ancienne? version|out of date|outdated|"
    r"date(?:nt)? de l'epoque|(?:pas|plus|jamais) (?:ete )?(?:touche|rouvert|relu)\w*|"
    r"(?:not|never|hasn't been|isn't) (?:been )?(?:up to date|updated|maintained)|old version|"
    r"(?:from|since|touched in|updated in) 20[01]\d|plus personne ne (?:l'|le |la )?ouvre|"
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
    r"nickel|impeccables?|qui (?:le|la|les) (?:tient|tiennent|met a jour)|"
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


def document_facts(scope: Scope) -> Iterator[Fact]:
    """Yield documents with their kind, status and owner where said."""
    for sentence in scope.sentences():
        text = sentence.text
        found = _named(text)
        if found is None and _QUESTION.search(fold(sentence.turn.question)):
            found = _place("knowledge", text, _ASKED_FOR.search(text))
        status = _status(text, found[1]) if found else None
        if status is None and _ORAL.search(text) and (know_how := _KNOW_HOW.search(text)):
            found, status = ("knowledge", *know_how.span("name")), "oral"
        if found is None or status is None:
            continue
        kind, start, end = found
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


def _named(text: str) -> tuple[str, int, int] | None:
    """Return the kind of the first document that is named with a status, and the name's bounds."""
    places = (_place(kind, text, words.search(text)) for kind, words in _NAMED.items())
    return next((place for place in places if place and _status(text, place[1])), None)


def _place(kind: str, text: str, match: re.Match[str] | None) -> tuple[str, int, int] | None:
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
