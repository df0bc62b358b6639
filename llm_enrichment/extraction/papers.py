"""What somebody says of a document who was asked for documents: missing, out of date, there.

Belongs here: the status in an answer, folded. Does not belong here: which document (documents.py).
"""

import re

# "J'ai un document à finir": work, no document to go by.
_TO_DO = re.compile(
    r"\ba (?:finir|faire|monter|livrer|rendre|terminer|envoyer|relire)\b|\bto (?:finish|deliver|"
    r"edit|"
    r"send|make)\b"
)
# What somebody who was asked for documents says of one.
_ASKED_STATUS = (
    (
        "missing",
        re.compile(
            r"\b(?:aucune? \w+ (?:n'a|n'est|ecrit|redige|pour)\w*|(?:personne|nul) (?:ne |"
            r"n')?(?:(?:l'|"
            r"les |la |le )?(?:a|ai) )?(?:jamais )?(?:ete )?(?:ecri|redig|couch|pos|mi[ts]|not|fai|"
            r"consign|formalis|pris)\w*|(?:no one|nobody)(?:'s| has| ever)* (?:written|wrote|put|"
            r"drawn|"
            r"bothered|made|set)|(?:won't|can't|don't|never) find|chacun sa \w+|introuvables?|"
            r"(?:cherch\w+|looked|searched) (?:en vain|partout|everywhere|in vain)|on n'a rien|"
            r"we've nothing|there's nothing|il n'y a rien)\b"
        ),
    ),
    (
        "obsolete",
        re.compile(
            r"\b(?:(?:montr|parl|cit|mentionn|list|annonc|affich|renvoi|donn|indiqu)\w* (?:encore|"
            r"toujours)|(?:a|porte) (?:encore|toujours) (?:l'|le |la |les )|still (?:has|have|"
            r"shows?|"
            r"lists?|says?|talks?|mentions?|names?|describes?|refers?|tells?|lives? in)|"
            r"date d'avant|"
            r"d'avant (?:l'|la |le |les )|remonte\w* a|(?:written|made|drawn up|built|"
            r"meant) for (?:the |"
            r"our )?(?:previous|old|former|last)|predates?|from before|anciens?|ancienne|(?:qui|"
            r"who) "
            r"(?:sont partis|n'existe\w* plus|have left|left)|l'ouvre (?:meme )?plus|(?:two|three|"
            r"four|"
            r"five|deux|trois|quatre|cinq) (?:logos?|versions?|chartes?|rebrands?|"
            r"patrons?) (?:ago|en "
            r"arriere|plus tard))\b"
        ),
    ),
    (
        "exists",
        re.compile(
            r"\b(?:(?:nous avons|on a|j'ai|i've|we've|we have|i have|there's|there is|il y a|y a|"
            r"je "
            r"tiens|on tient|i keep|we keep|il existe) (?:\w+ ){0,3}|(?:sits?|lives?|hangs?|"
            r"stands?|is "
            r"pinned|est punaise\w*|est range\w*|est accroche\w*|trone|traine|dort) (?:on|in|by|"
            r"sur|"
            r"dans|au)|(?:c'est|it's|est|is) (?:sur|dans|on|in) (?:le|la|l'|the) ?(?:reseau|"
            r"serveur|"
            r"intranet|mur|wiki|drive|server|network|wall|shelf|armoire|placard)|(?:a|ai|has|have|"
            r"had)? "
            r"?(?:filme|redige|tape|ecrit|monte|compile|drew up|drawn up|put together|wrote|"
            r"written|"
            r"typed|compiled|built|recorded|made) (?:\w+ ){0,4}|(?:follow|suit|suivent|suivons|"
            r"hand) (?:\w+ ){0,4})\b"
        ),
    ),
)


def is_to_do(text: str) -> bool:
    """Whether a document is work to be done, not one to go by."""
    return _TO_DO.search(text) is not None


def status_answered(text: str) -> str | None:
    """Return the status that an answer gives its document."""
    return next((status for status, words in _ASKED_STATUS if words.search(text)), None)
