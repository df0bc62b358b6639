"""`jalon export`: the hand-over files of a published report, PDF and XLSX."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from ingestion.errors import InputError
from orchestration.commands.console import plain_errors, say, show
from orchestration.engagements import require_engagement
from orchestration.months import month_end
from orchestration.paths import Home
from reports.publication import published_months, read_manifest


def export(
    engagement: Annotated[str, typer.Argument(help="Name of the engagement.")],
    pdf: Annotated[bool, typer.Option("--pdf", help="The whole report, on A4.")] = False,
    xlsx: Annotated[bool, typer.Option("--xlsx", help="The key tables.")] = False,
    month: Annotated[
        str | None, typer.Option(help="YYYY-MM; default: the latest published.")
    ] = None,
) -> None:
    """Write the published report as PDF and its key tables as XLSX; both unless one is named."""
    with plain_errors():
        from orchestration.report import render_site
        from reports.pdf import find_chromium, print_pdf
        from reports.workbook import write_workbook

        home = Home.from_environment()
        require_engagement(home, engagement)
        month, build_id = _published(home, engagement, month)
        wants_pdf = pdf or not xlsx
        chromium = find_chromium() if wants_pdf else None
        folder = home.exports(engagement) / month
        if xlsx or not pdf:
            marts = home.published(engagement) / ".builds" / build_id
            manifest = read_manifest(home.published(engagement), build_id)
            target = folder / f"{engagement}-{month}.xlsx"
            _write_whole(target, lambda file: write_workbook(marts, manifest, file))
            show(str(target))
        if chromium is not None:
            site = render_site(home, engagement, month, say)
            say("printing the report (half a minute)")
            target = folder / f"{engagement}-{month}.pdf"
            _write_whole(target, lambda file: print_pdf(site, file, home.report_shells, chromium))
            show(str(target))


def _published(home: Home, engagement: str, month: str | None) -> tuple[str, str]:
    """The month asked for, or the latest, and its current build."""
    months = published_months(home.published(engagement))
    if not months:
        raise InputError(
            f"{engagement} has no publication yet; `jalon run {engagement}` makes one to export"
        )
    if month is None:
        month = max(months)
    month_end(month)
    if month not in months:
        known = ", ".join(months)
        raise InputError(f"{engagement} has no publication of {month}; there are: {known}")
    return month, months[month]


def _write_whole(target: Path, write: Callable[[Path], None]) -> None:
    """Have `write` fill a file beside `target`, then swap it in: nobody opens half a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".staged-", dir=target.parent) as folder:
        staged = Path(folder) / target.name
        write(staged)
        with staged.open("rb") as file:
            os.fsync(file.fileno())
        staged.replace(target)
