"""The invented agency of the demo: its engagement folder, written from a seed as real tools would.

Belongs here: who the people are, what they really do, and the exports that show it, with their
dirt. Does not belong here: reading any of it.
"""
