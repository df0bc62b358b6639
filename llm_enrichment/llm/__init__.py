"""The LLM provider: any OpenAI-compatible endpoint, paid for once per item.

`endpoint` speaks to it, `spending` stops it, `cache` remembers, `preflight` finds out what it can
do, `asking` gets valid answers for items, `tagger` and `extractor` say what is asked.
"""
