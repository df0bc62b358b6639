"""`jalon explain`, `jalon diff` and `jalon freeze`: what stands behind published figures."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from ingestion.errors import InputError
from orchestration.commands.console import plain_errors, show, show_json
from orchestration.commands.publications import published_builds
from orchestration.engagements import require_engagement
from orchestration.paths import Home
from reports.publication import published_months

Engagement = Annotated[str, typer.Argument(help="Name of the engagement.")]
AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable.")]
_MOST_CHANGES = 40


def explain(
    engagement: Engagement,
    metric_id: Annotated[str, typer.Argument(help="table.column[key=value,…]")],
    month: Annotated[str | None, typer.Option("--month", help="Default: the latest.")] = None,
    json: AsJson = False,
) -> None:
    """Lead a published figure back to its formula, inputs, rows and quotes."""
    with plain_errors():
        from orchestration.dbt_manifest import manifest_json
        from orchestration.explain import explain as explain_figure

        home = Home.from_environment()
        build_id = build_of(home, engagement, month)
        published = home.published(engagement) / ".builds" / build_id
        explanation = explain_figure(
            metric_id, published, warehouse_of(home, engagement, build_id), manifest_json(home)
        )
        if json:
            show_json(asdict(explanation))
            return
        show(f"{explanation.metric} = {explanation.value}")
        show(f"  {explanation.formula or explanation.grain}")
        for step in explanation.inputs:
            show(f"  from {step.model}: {step.description}")
            show(
                "    " + ", ".join(f"{name} {_short(value)}" for name, value in step.values.items())
            )
        if explanation.rows_count:
            rows = f"{explanation.rows_count} rows of timesheets and forms"
            show(f"  {rows}, {explanation.rows_hours:,.2f} hours; the first:")
        places = _places(home, engagement)
        for row in explanation.rows:
            file = places.get(row.file_hash, row.source_file)
            show(f"    {file}, line {row.row_number}: {row.dated_on}, {row.label}, {row.hours} h")
        for quote in explanation.quotes:
            show(f"  {quote}")


def diff(
    engagement: Engagement,
    a: Annotated[str, typer.Argument(help="YYYY-MM or a build id.")],
    b: Annotated[str, typer.Argument(help="YYYY-MM or a build id.")],
    json: AsJson = False,
) -> None:
    """Say which published figures differ between two publications, and because of what."""
    with plain_errors():
        from orchestration.diff import causes, changed_figures
        from reports.publication import read_manifest

        home = Home.from_environment()
        require_engagement(home, engagement)
        published = home.published(engagement)
        ids = [_resolve(home, engagement, name) for name in (a, b)]
        manifests = [read_manifest(published, name) for name in ids]
        folders = [published / ".builds" / name for name in ids]
        reasons, changes = causes(*manifests), changed_figures(*folders)
        if json:
            show_json({"causes": reasons, "changes": [vars(change) for change in changes]})
            return
        show(f"{len(changes)} figures differ; " + "; ".join(reasons))
        for change in changes[:_MOST_CHANGES]:
            show(f"  {change.metric}: {_short(change.before)} → {_short(change.after)}")
        if len(changes) > _MOST_CHANGES:
            show(f"  … and {len(changes) - _MOST_CHANGES} more; --json lists all")


def freeze(
    engagement: Engagement,
    approver: Annotated[
        str, typer.Option("--approver", help="Role that approves, not a name.")
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Freeze; without it, only show.")] = False,
) -> None:
    """Freeze the baseline of the latest publication, after showing what it freezes."""
    with plain_errors():
        from orchestration.freeze import freeze as write_freeze
        from orchestration.freeze import frozen_files

        home = Home.from_environment()
        warehouse = warehouse_of(home, engagement, build_of(home, engagement, None))
        for name, content in frozen_files(warehouse).items():
            show(f"  {name}: {len(content.splitlines()) - 1} rows")
        if not yes:
            show("nothing is written yet; add --yes --approver ROLE to freeze this")
            return
        if not approver:
            raise InputError("name the role that approves the freeze with --approver")
        subject = write_freeze(home.engagement(engagement), warehouse, approver, date.today())
        show(f"frozen on {date.today()} as {subject[:16]}…; the next run measures against it")


def build_of(home: Home, engagement: str, month: str | None) -> str:
    """The current build of a month, by default of the latest published one.

    Raises:
        InputError: where the engagement or the month is not published.
    """
    require_engagement(home, engagement)
    months = published_months(home.published(engagement))
    if not months:
        raise InputError(f"{engagement} is not published yet; run `jalon run {engagement}`")
    if month is not None and month not in months:
        raise InputError(
            f"{engagement} has no publication of {month}; there are {', '.join(months)}"
        )
    return months[month or max(months)]


def _resolve(home: Home, engagement: str, name: str) -> str:
    months = published_months(home.published(engagement))
    known = {str(m["build_id"]) for m in published_builds(home, engagement)}
    if name in months:
        return months[name]
    if name not in known:
        raise InputError(f"{name!r} is neither a published month nor a build of {engagement}")
    return name


def warehouse_of(home: Home, engagement: str, build_id: str) -> Path:
    """The DuckDB file of a build, with its intermediate models.

    Raises:
        InputError: where the working files are gone.
    """
    warehouse = home.build(engagement, build_id) / "warehouse.duckdb"
    if not warehouse.is_file():
        raise InputError(
            f"the working files of build {build_id} are gone; `jalon run {engagement}` makes them"
        )
    return warehouse


def _places(home: Home, engagement: str) -> dict[str, str]:
    """Path of each inbox file by its hash: for the consultant's machine only."""
    from reports.marts import file_hash

    inbox = home.engagement(engagement) / "inbox"
    return {file_hash(p): str(p.relative_to(inbox)) for p in inbox.rglob("*") if p.is_file()}


def _short(value: Any) -> str:
    return f"{value:,.4g}" if isinstance(value, float) else str(value)
