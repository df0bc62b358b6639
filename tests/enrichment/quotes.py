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


# (what was said, what must not pass for it), one by one
SINGLE_CORRUPTIONS = (
    ("Il n'est pas vrai qu'on attend deux jours la création.", "on attend deux jours la création"),
    ("Je ne pense pas que le studio attende la création.", "le studio attende la création"),
    ("I don't think that we wait for the client.", "we wait for the client"),
    ("Personne ne dit que Notion est imposé.", "Notion est imposé"),
    ("On ne peut plus dire que le guide est à jour.", "le guide est à jour"),
    ("La marge est à -5 % cette année.", "La marge est à 5 % cette année"),
    ("The margin was -3.5 % last year.", "The margin was 3.5 % last year"),
    ("Sandra prépare les devis le lundi.", "Sandro prépare les devis le lundi"),
    ("Martine relit les textes.", "Martins relit les textes"),
    (
        "On attend deux jours le client. On livre le vendredi.",
        "On attend deux jours … on livre le vendredi",
    ),
    (
        "On attend deux jours le client. On livre le vendredi.",
        "On attend deux jours ... le vendredi",
    ),
    ("On attend deux jours le client. On livre le vendredi.", "On attend le client deux jours"),
    ("Le budget est de 150 k€.", "Le budget est de 150 €"),
    ("Le budget est de 150 k€.", "Le budget est de 150 M€"),
    ("On fait sept millions d'euros.", "On fait sept milliards d'euros"),
    ("Une quinzaine de devis par mois.", "Une vingtaine de devis par mois"),
    ("Soixante-dix posts par mois.", "Soixante posts par mois"),
    ("Soixante-douze posts par mois.", "Soixante-deux posts par mois"),
    ("On livre en mars.", "On livre en mai"),
    ("On livre en juin 2026.", "On livre en juin 2025"),
    ("On livre en juin 2026.", "On livre en juillet 2026"),
    ("Ça prend 1h30 par rapport.", "Ça prend 1h45 par rapport"),
    ("Ça prend 1h30 par rapport.", "Ça prend 1 h par rapport"),
    ("Ça prend 2 heures par rapport.", "Ça prend 2 jours par rapport"),
    ("Ça prend 2 minutes par rapport.", "Ça prend 2 heures par rapport"),
    ("On a trois fois plus de retours.", "On a trois fois moins de retours"),
    ("It takes a dozen rounds.", "It takes a hundred rounds"),
    ("It takes about twelve rounds.", "It takes about twenty rounds"),
    ("We can't export from Notion.", "We can export from Notion"),
    ("We cannot export from Notion.", "We can export from Notion"),
    ("We don't use Jira.", "We use Jira"),
    ("We hardly use Jira.", "We use Jira"),
    ("On n'a aucun gabarit.", "On a un gabarit"),
    ("On a les gabarits sans la charte.", "On a les gabarits avec la charte"),
    ("Ni le média ni le studio ne valident.", "Le média et le studio valident"),
    ("Le studio attend le média.", "Le média attend le studio"),
    ("The studio waits for the media team.", "The media team waits for the studio"),
    ("Le client valide, le studio livre.", "Le studio valide, le client livre"),
    ("On est passé de douze à six versions.", "On est passé de six à douze versions"),
    ("On est passé de 12 à 6 versions.", "On est passé de 6 à 12 versions"),
    ("La moitié du temps.", "Le tiers du temps"),
    ("Un projet sur deux déborde.", "Un projet sur dix déborde"),
    ("C'était 40 % l'an dernier.", "C'était 14 % l'an dernier"),
    ("C'était 4,0 % l'an dernier.", "C'était 40 % l'an dernier"),
    ("C'était 1 200 euros.", "C'était 1 020 euros"),
    ("C'était 1 200 euros.", "C'était 1,2 euros"),
    ("On attend toujours la validation.", "On attend rarement la validation"),
    ("ChatGPT marche bien pour les titres.", "Copilot marche bien pour les titres"),
    ("On relance trois fois par semaine.", "On relance trois fois par mois"),
    ("Le guide date de 2019.", "Le guide date de 2021"),
    ("On a besoin de deux personnes de plus.", "On a besoin de deux personnes de moins"),
    ("Avant la validation on fait six versions.", "Après la validation on fait six versions"),
    ("Si on avait du temps, on gagnerait dix pitchs.", "On gagne dix pitchs"),
    ("Le premier jet prend une heure.", "Le second jet prend une heure"),
    ("Nobody waits for the media team.", "Everybody waits for the media team"),
    ("It's less than five hours.", "It's more than five hours"),
    ("It's less than five hours.", "It's five hours"),
    ("Ils ont dit que Trello était nul.", "Nous avons dit que Trello était nul"),
    ("Théo attend Inès.", "Inès attend Théo"),
    ("Le DA attend le CP.", "Le CP attend le DA"),
    ("The quote takes two days.", "The quote takes too days to"),
    ("We send it on Monday.", "We send it on Tuesday"),
    ("Les quatre directeurs votent la marge.", "Les trois directeurs votent la marge"),
    ("Quatre-vingts pour cent.", "Quatre-vingt-dix pour cent"),
    ("Deux cent quarante heures.", "Deux cents heures"),
    ("On facture 12 versions.", "On facture 1 2 versions"),
)

# (what was said, the same in other spelling, or a part of it that says the same)
SAME_WORDS = (
    ("On n’attend pas : c’est « l’enfer » !", "on n'attend pas : c'est \"l'enfer\""),
    ("Ça prend 2,5 heures.", "ça prend 2,5 heures"),
    ("Ça prend 2,5 heures.", "Ca prend 2.5 heures"),
    ("On livre 1 200 visuels.", "On livre 1 200 visuels"),
    ("On livre 1 200 visuels.", "On livre 1200 visuels"),
    ("L’œuvre est prête — presque.", "L'oeuvre est prête - presque"),
    ("We don’t use it…", "We don't use it..."),
    ("Non, on attend deux jours le client.", "on attend deux jours le client"),
    ("Je ne sais pas, mais on attend le média.", "on attend le média"),
    ("Ce n'est pas simple. On attend le média.", "On attend le média."),
    ("Le budget est de 150 k€.", "le budget est de 150k€"),
    ("C'est 10 % de mieux.", "C'est 10% de mieux"),
    ("De 10-12 jours.", "De 10-12 jours"),
    ("La période 2024-2025 fut dure.", "la période 2024-2025 fut dure"),
    ("Nous  livrons\u00a0: le lundi.", "Nous livrons : le lundi"),
    ("On fait soixante‑dix posts.", "On fait soixante-dix posts"),
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
