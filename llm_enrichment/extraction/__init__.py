"""Facts from transcripts by patterns in French and English: fewer than a model finds, but quoted.

Belongs here: reading interviews, one module per family of facts, conflicts between facts.
Does not belong here: whether a quote stands in its source (grounding.py).
"""
