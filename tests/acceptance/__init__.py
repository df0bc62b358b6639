"""The pipeline as a whole, judged from outside: what it publishes against what went in."""
