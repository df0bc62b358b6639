"""Sentences as people say them in interviews, and corruptions that must never pass."""

import re
from collections.abc import Iterator

SENTENCES = (
    "On attend deux jours la validation du client avant de lancer la production.",
    "La création envoie les fichiers au studio trois jours trop tard.",
    "Je ne fais jamais de reporting sans le tableau de Nadia.",
    "Le média nous livre les formats, mais le studio n'a pas les gabarits.",
    "Il faut 12 versions avant la validation de Carrefour, pas cinq.",
    "We wait 3 days for the client's approval, never less.",
    "Marc prépare les devis dans Excel et Lila les envoie au client.",
    "Chez nous, le compte rendu prend 2,5 heures par semaine.",
    "On n'utilise plus Trello, on a choisi Notion avec la production.",
    "La marge doit passer de 11 à 16 % d'ici 18 mois.",
    "The studio never sends the files to the media team before Friday.",
    "Personne ne sait où sont les modèles de Paris, sauf Théo.",
)

# word -> what a careless or lying model would put in its place
_SWAPS = (
    ("deux", "trois"),
    ("trois", "treize"),
    ("12", "2"),
    ("cinq", "quinze"),
    ("3", "4"),
    ("2,5", "25"),
    ("11", "1"),
    ("16", "61"),
    ("18", "24"),
    ("Nadia", "Nadine"),
    ("Carrefour", "Casino"),
    ("Marc", "Max"),
    ("Lila", "Lina"),
    ("Trello", "Asana"),
    ("Notion", "Jira"),
    ("Excel", "Word"),
    ("Paris", "Lyon"),
    ("Théo", "Léo"),
    ("Friday", "Monday"),
    ("client", "studio"),
    ("production", "création"),
    ("studio", "média"),
    ("jours", "heures"),
    ("days", "weeks"),
    ("heures", "minutes"),
    ("semaine", "mois"),
    ("avant", "après"),
    ("before", "after"),
    ("sans", "avec"),
    ("tard", "tôt"),
    ("envoie", "reçoit"),
    ("marge", "croissance"),
    ("devis", "factures"),
    ("jamais", "toujours"),
    ("never", "always"),
    ("plus", "que"),
    ("choisi", "subi"),
    ("validation", "livraison"),
    ("Personne", "Chacun"),
    ("sauf", "comme"),
)
_NEGATIONS = (
    (" ne ", " "),
    (" n'", " "),
    (" pas ", " "),
    (" jamais ", " "),
    (" never ", " "),
    (", pas cinq", ""),
    (", never less", ""),
    ("Personne ne sait", "On sait"),
)
_PARTIES = (
    ("La création envoie les fichiers au studio", "Le studio envoie les fichiers à la création"),
    (
        "Le média nous livre les formats, mais le studio",
        "Le studio nous livre les formats, mais le média",
    ),
    ("Marc prépare les devis dans Excel et Lila", "Lila prépare les devis dans Excel et Marc"),
    ("de 11 à 16 %", "de 16 à 11 %"),
    (
        "The studio never sends the files to the media team",
        "The media team never sends the files to the studio",
    ),
    ("On attend deux jours la validation du client", "Le client attend deux jours la validation"),
)


def corruptions() -> Iterator[tuple[str, str]]:
    """Yield (source, corrupted quote)."""
    for sentence in SENTENCES:
        for word, other in _SWAPS:
            corrupted = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", other, sentence, count=1)
            if corrupted != sentence:
                yield sentence, corrupted
        for before, after in (*_NEGATIONS, *_PARTIES):
            if before in sentence:
                yield sentence, sentence.replace(before, after, 1)
        yield sentence, sentence.replace(".", " vraiment essentiel pour tous.", 1)
