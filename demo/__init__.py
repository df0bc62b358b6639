"""The demo engagement: an invented agency, its exports as the tools write them, its known truth."""
