"""`jalon tag`: tag a CSV of task texts with the configured provider."""

import csv
import sys
from pathlib import Path
from typing import Annotated, TextIO

import typer

from orchestration.commands.console import hint, plain_errors
from orchestration.engagements import require_engagement
from orchestration.paths import Home


def tag(
    file: Annotated[
        Path, typer.Argument(help="CSV with task_text, optional department, language.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to write; default: here.")
    ] = None,
    engagement: Annotated[
        str | None,
        typer.Option("--engagement", help="Whose `llm` to use; default: the offline provider."),
    ] = None,
) -> None:
    """Add nature, rule_share, confidence, tagged_by and reason to each row of a CSV of tasks."""
    with plain_errors():
        from llm_enrichment.settings import OFFLINE, EnrichmentError
        from llm_enrichment.tagging import tag_csv
        from orchestration.flow import provider_settings

        home, settings = Home.from_environment(), OFFLINE
        if engagement is not None:
            require_engagement(home, engagement)
            settings = provider_settings(home, engagement)
        cache = home.llm_cache / (engagement or "tag")
        if out is not None and not out.parent.is_dir():
            raise EnrichmentError(f"--out {out}: there is no folder {out.parent}; make it first")
        columns, rows = tag_csv(file, settings, cache, hint)
        if out is None:
            _write(sys.stdout, columns, rows)
        else:
            with out.open("w", encoding="utf-8", newline="") as target:
                _write(target, columns, rows)


def _write(target: TextIO, columns: list[str], rows: list[dict[str, str]]) -> None:
    writer = csv.DictWriter(target, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
