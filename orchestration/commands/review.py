"""`jalon review export` and `jalon review import`: the consultant's workbook."""

from contextlib import suppress
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import Annotated

import typer

from ingestion.errors import InputError
from orchestration.commands.console import plain_errors, show, show_json
from orchestration.commands.figures import build_of, warehouse_of
from orchestration.engagements import require_engagement
from orchestration.locks import exclusive
from orchestration.paths import Home

review = typer.Typer(no_args_is_help=True, help="The review workbook: proposals out, decisions in.")
Engagement = Annotated[str, typer.Argument(help="Name of the engagement.")]
File = Annotated[Path, typer.Argument(help="The workbook, .xlsx.")]
_MOST_CHANGES = 40


@review.command("export")
def export_(engagement: Engagement, file: File) -> None:
    """Write the current proposals and decisions into a workbook to decide in."""
    with plain_errors():
        from ingestion.atomic import write_bytes
        from ingestion.config import load_engagement
        from ingestion.decisions import read_decision_rows
        from orchestration.review.proposals import review_rows
        from orchestration.review.sheets import SHEETS
        from orchestration.review.workbook import write_review
        from reports.publication import read_manifest

        home = Home.from_environment()
        build_id = build_of(home, engagement, None)
        if file.suffix != ".xlsx":
            raise InputError(f"{file.name}: name a file that ends in .xlsx")
        folder = home.engagement(engagement)
        settings = load_engagement(folder).settings
        month = str(read_manifest(home.published(engagement), build_id)["month"])
        decided = {name: read_decision_rows(folder, name) for name in SHEETS}
        rows = review_rows(warehouse_of(home, engagement, build_id), month, decided)
        tasks = sorted(row.cells["task_id"] for row in rows["tasks"])
        content = write_review(engagement, settings.language, rows, tasks, list(settings.teams))
        if kept := _kept_aside(folder, file):
            show(f"{file} held what was not imported; it is {kept} now")
        write_bytes(file, content)
        show(f"{file}: proposals of build {build_id} as of {month}")
        for name, sheet_rows in rows.items():
            open_count = sum(not row.is_decided for row in sheet_rows)
            show(f"  {name}: {len(sheet_rows)} rows, {open_count} not decided yet")


def _kept_aside(folder: Path, file: Path) -> Path | None:
    """Where a file went that is in the way, unless all its decisions were imported."""
    from orchestration.review.decide import import_review

    if not file.is_file():
        return None
    with suppress(InputError):
        if not import_review(folder, file, is_dry=True).changes:
            return None
    aside = next(
        path
        for number in count(1)
        if not (path := file.with_name(f"{file.stem}-{number}{file.suffix}")).exists()
    )
    return file.rename(aside)


@review.command("import")
def import_(
    engagement: Engagement,
    file: File,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be written.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Machine-readable.")] = False,
) -> None:
    """Check a workbook that came back, then write its decisions, all or nothing."""
    with plain_errors():
        from orchestration.review.decide import import_review

        home = Home.from_environment()
        require_engagement(home, engagement)
        if not file.is_file():
            raise InputError(f"there is no file {file}")
        with exclusive(home.locks / f"{engagement}.review"):
            report = import_review(home.engagement(engagement), file, is_dry=dry_run)
        if json:
            show_json(asdict(report))
            return
        if report.adopted_count:
            show(f"{report.adopted_count} proposed tasks are decided tasks now")
        for change in report.changes[:_MOST_CHANGES]:
            what = " · ".join(filter(None, change.key))
            by = f", by {change.by}" if change.by else ""
            show(f"  {change.file}: {what}: {_cells(change.before)} → {_cells(change.after)}{by}")
        if len(report.changes) > _MOST_CHANGES:
            show(f"  … and {len(report.changes) - _MOST_CHANGES} more; --json lists all")
        if dry_run:
            show(f"{len(report.changes)} decisions would be written; nothing was")
        else:
            show(
                f"{len(report.changes)} decisions written; `jalon run {engagement}` computes with"
                " them"
            )
        for note in report.notes[:_MOST_CHANGES]:
            show(f"  look at {note}")
        if len(report.notes) > _MOST_CHANGES:
            show(f"  … and {len(report.notes) - _MOST_CHANGES} more; --json lists all")
        for name, (kappa, count) in report.kappas.items():
            if kappa is not None:
                show(f"agreement of {name} with the proposals: kappa {kappa:.2f}, {count} rows")
        if report.alpha is not None:
            show(
                f"agreement of scores, proposal and raters: alpha {report.alpha:.2f}, "
                f"{report.scores_count} scores"
            )


def _cells(cells: dict[str, str]) -> str:
    return ", ".join(f"{column} {value}" for column, value in cells.items()) or "none"
