"""Labels that say that somebody was away; such time is left out everywhere."""

from llm_enrichment.normalise import tokens, word_set

_AWAY = word_set(
    """absence absences absent absente conge conges cp rtt maladie malade ferie feries vacances
    vacation holiday holidays leave pto sick sickness maternite paternite maternity
    paternity parental recuperation recup arret accident off"""
)
# Words that qualify an absence without being one.
_QUALIFIERS = word_set(
    """jour jours journee demi day days half public bank legal paye payes payee paid unpaid
    annual annuel annuels anciennete sans solde enfant enfants child travail work du de des
    le la les l d et a au en pour compensateur compensatoire exceptionnel exceptionnels
    mariage deces noel paques pentecote ascension toussaint armistice assomption lundi mardi
    mercredi jeudi vendredi mai juillet novembre matin apres midi am pm time medical
    medicale formation leave 1 2 8 11 14 15 25"""
)
# Words of `_AWAY` that are also ordinary words: alone they say too little.
_WEAK = word_set("arret accident off recuperation leave")


def is_absence(label: str) -> bool:
    """Whether every word of `label` speaks of being away, so that no task hides in it."""
    words = set(tokens(label))
    away = words & _AWAY
    if not away or words - _AWAY - _QUALIFIERS:
        return False
    return bool(away - _WEAK) or len(words) > 1
