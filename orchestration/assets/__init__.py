"""One module of assets per stage, each a thin wrapper of a stage in `orchestration.flow`."""
