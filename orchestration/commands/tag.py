"""`jalon tag`: tag a CSV of task texts with the configured provider."""

import contextlib
import csv
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TextIO

import typer

from ingestion.errors import InputError
from orchestration.commands.console import hint, plain_errors
from orchestration.engagements import active_engagements, require_engagement
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
        typer.Option(
            "--engagement",
            help="Whose `llm` to use; default: the engagement that the file lies in, else the only "
            "active one that configures a model, else the offline provider.",
        ),
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="The offline provider, whatever is configured.")
    ] = False,
) -> None:
    """Add nature, rule_share, confidence, tagged_by and reason to each row of a CSV of tasks."""
    with plain_errors():
        from llm_enrichment.settings import OFFLINE, EnrichmentError
        from llm_enrichment.tagging import tag_csv
        from orchestration.provider import provider_settings

        home, settings = Home.from_environment(), OFFLINE
        if offline:
            engagement = None
        elif engagement is not None:
            require_engagement(home, engagement)
        else:
            engagement = _configured(home, file)
        redact: Callable[[list[str]], list[str]] = list
        if engagement is not None:
            settings = provider_settings(home, engagement)
            redact = list if settings.is_offline else _redactor(home, engagement)
        cache = home.llm_cache / (engagement or "tag")
        if out is not None and not out.parent.is_dir():
            raise EnrichmentError(f"--out {out}: there is no folder {out.parent}; make it first")
        columns, rows = tag_csv(file, settings, cache, hint, redact)
        if out is None:
            _write(sys.stdout, columns, rows)
        else:
            with out.open("w", encoding="utf-8", newline="") as target:
                _write(target, columns, rows)
        fallen = sum(row["tagged_by"] == "offline" for row in rows)
        if fallen and not settings.is_offline:
            typer.echo(
                f"{fallen} of {len(rows)} rows were tagged offline; their `reason` says why",
                err=True,
            )


def _configured(home: Home, file: Path) -> str | None:
    """The engagement whose provider is meant where none is named, None for the offline one."""
    from ingestion.config import load_engagement

    for name in home.engagements():
        if file.resolve().is_relative_to(home.engagement(name).resolve()):
            return name
    configured: list[str] = []
    for name in active_engagements(home):
        with contextlib.suppress(InputError):  # `jalon check` says what is wrong with it
            if load_engagement(home.engagement(name)).settings.llm.model is not None:
                configured.append(name)
    if len(configured) == 1:
        typer.echo(f"the provider is that of {configured[0]}; --offline asks none", err=True)
        return configured[0]
    if configured:
        typer.echo(
            f"offline, as {' and '.join(configured)} configure providers; --engagement names one",
            err=True,
        )
    return None


def _redactor(home: Home, engagement: str) -> Callable[[list[str]], list[str]]:
    """What takes names and identifiers out of texts before they leave, as ingestion does."""
    import polars as pl

    from ingestion.config import load_engagement
    from ingestion.redaction import Redactor
    from ingestion.roster import load_roster
    from ingestion.vault import load_vault, new_vault

    config = load_engagement(home.engagement(engagement))
    roster = load_roster(home.engagement(engagement), config)
    vault = load_vault(home.vault, home.lake, engagement) or new_vault()
    redactor = Redactor(config, roster, vault)
    return lambda texts: redactor.redact_series(pl.Series(texts, dtype=pl.String)).to_list()


def _write(target: TextIO, columns: list[str], rows: list[dict[str, str]]) -> None:
    writer = csv.DictWriter(target, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
