"""Reports: publication of a gated build and the Evidence site made from it."""
