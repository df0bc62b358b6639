"""Word lists of the offline tagger: what rules, judgement and mixtures sound like at work.

Weak signals that the classifier weighs, never labels by themselves. Entries are folded word
beginnings, French and English. Does not belong here: the classifier (model.py).
"""

import re
from functools import cache

from llm_enrichment.normalise import fold

LEXICON: dict[str, str] = {
    "execute": """
        archiv classe classer classement rang renomm nommage nam export import upload download
        telecharg saisi saisie enregistr compil copi recopi coll duplic conver compress
        encod numeris scann index list extract extrai extraction mettre|a|jour
        mise|a|jour maj updat refresh actualis rempl fill complet coch tick check verif
        control pointe pointage rapproche reconcil log track suivi suivre tenir program
        schedul planifier publi post posting upload envoi envoy send transf forward
        diffus reserv book command order edit emettre issue rais gener generat resiz
        redimension recadr crop decli detour clip sous-titr subtitl transcri retranscri
        integrat integr deploy deploi install param setup set|up tag utm mail invoic
        factur devis bon|de|commande purchase payroll paie tva note|de|frais expense
        timesheet feuille saisie|des|temps releve relever compter count calcul comput
        collect recuper recup supprim delet hid masqu nettoy clean dedup purg renouvel
        renew sign docusign template modele gabarit trame canned checklist""",
    "judge": """imagin inven concep conce concev idee idea trouver come|up find|the creat creatif
        brainstorm choisir choix choos pick decid arbitr negoci negotiat conseil advis
        convainc convinc persuad persua defend sell|the vendre pitch rassur calm
        desamorc mediat coach mentor accompagn manag encadr motiv ecoute soutenir recrut
        relation relationship confiance trust reputation crise crisis strateg position
        vision insight angle emotion humour ton|de tone direction directing diriger jug
        challeng animer facilit present soutenance entretien interview rendez meeting
        reseau network politique sentir explain expliquer face arbitrage priorit naming
        accroche headline manifeste manifesto""",
    "blend": """synthes summar resum analys audit benchmark veille monitor bilan report|and rediger
        redaction writ draft ecrire brief adapt localis rework reecri rewrit relecture
        proofread edition coordin gestion|de|projet project|manag planif plan|de
        plan|media prepar estim cost chiffrage forecast prevision budget optimis moder
        persona parcours journey compte|rendu cr notes wireframe storyboard story
        montage editing retouch grading recherche research sourcing screening tri|de
        qualif segment bug debug code dev spec design|from from a|partir recommandation
        organis organiz calendar calendrier community response reponse""",
    "wait": """
        attent attend wait relanc chas courir|apres feu|vert sign-off approval validation bloqu
        pending""",
    "fixed": """meme toujours same|every|always template type standard automat chaque semaine lundi
        mensuel hebdo weekly monthly daily quotidien liste grille bareme procedure norme
        specs""",
    "tool": """excel powerpoint slides indesign drive serveur crm hubspot cms wordpress adserver
        dashboard tableau spreadsheet fichier file pdf jpg html base|de database outil
        logiciel plateforme""",
}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(
            r"\b(?:"
            + "|".join(r"\W+".join(map(re.escape, entry.split("|"))) for entry in words.split())
            + r")\w*"
        )
        for words in LEXICON.values()
    )


def signals(text: str) -> list[float]:
    """Return how often each list speaks in `text`, at most twice, and which one speaks first."""
    folded = fold(text)
    first = [match.start() if (match := p.search(folded)) else len(folded) for p in _patterns()]
    counts = [min(2, len(p.findall(folded))) / 2 for p in _patterns()]
    earliest = min(first)
    return counts + [float(f == earliest and f < len(folded)) for f in first]
