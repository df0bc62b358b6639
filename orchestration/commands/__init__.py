"""The `jalon` command: one module per group of commands; `orchestration.cli` puts them together."""
