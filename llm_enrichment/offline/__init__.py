"""The offline provider: a tagger trained on the labelled seed, its weights and its figures.

Belongs here: the seed, the features, the training script, the evaluation script.
Does not belong here: anything that calls a network.
"""
