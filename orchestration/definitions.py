"""What Dagster loads."""

from orchestration.build_defs import build_defs

defs = build_defs()
