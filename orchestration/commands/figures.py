"""`jalon explain`, `jalon diff` and `jalon freeze`: what stands behind published figures."""

import sys
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
from reports.publication import published_months, read_manifest

Engagement = Annotated[str, typer.Argument(help="Name of the engagement.")]
AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable.")]
_MOST_CHANGES = 40
_MOST_VALUES = 10


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
        show(f"{explanation.metric} = {_short(explanation.value)}")
        if explanation.figures_count > 1:
            show(f"  the sum of {explanation.figures_count} published figures")
        show(f"  {explanation.formula or explanation.grain}")
        for step in explanation.inputs:
            values = [f"{name} {_short(value)}" for name, value in step.values.items()]
            show(f"  from {step.model}: {', '.join(values[:_MOST_VALUES])}")
        places = _places(home, engagement)
        for group in explanation.rows:
            counted = f"{group.rows_count} {group.source} rows, {group.amount:,.2f} {group.unit}"
            show(f"  {counted}; the first:")
            for row in group.first:
                file = places.get(row.file_hash, row.source_file)
                dated = f"{row.dated_on}, " if row.dated_on else ""
                show(f"    {file}, line {row.row_number}: {dated}{row.label}, {row.amount:g}")
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

        home = Home.from_environment()
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
    month: Annotated[str | None, typer.Option("--month", help="Default: the latest.")] = None,
    approver: Annotated[
        str, typer.Option("--approver", help="Role that approves, not a name.")
    ] = "Consultant",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask on a terminal.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show it.")] = False,
) -> None:
    """Freeze the baseline of a publication, after showing what it freezes."""
    with plain_errors():
        import duckdb

        from ingestion.config import load_engagement
        from ingestion.decisions import names_a_person, names_of
        from ingestion.roster import load_roster
        from orchestration.freeze import freeze_of, write_freeze

        home = Home.from_environment()
        require_engagement(home, engagement)
        folder = home.engagement(engagement)
        roster = load_roster(folder, load_engagement(folder))
        if names_a_person(approver, names_of(roster)):
            raise InputError("--approver names a person; write the role instead")
        warehouse = warehouse_of(home, engagement, build_of(home, engagement, month))
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            frozen = freeze_of(connection)
        show(
            f"the baseline of {frozen.baseline_start} to {frozen.baseline_end}, as known on "
            f"{frozen.frozen_on}: {_hours(frozen.weekly_hours)} a week; forecast of "
            f"{_hours(frozen.net_hours_year)} a year saved, after checking, at full adoption"
        )
        show(f"  {frozen.default_assumptions_count} assumptions that nobody has confirmed yet")
        for name, content in frozen.files.items():
            show(f"  {name}: {len(content.splitlines()) - 1} rows")
        if dry_run:
            show("nothing is written")
            return
        if not yes and sys.stdin.isatty():
            typer.confirm("Freeze it?", abort=True)
        subject, approved_by = write_freeze(folder, frozen, approver, date.today())
        show(
            f"frozen as decisions/frozen/{frozen.frozen_on} ({subject}), approved "
            f"by {approved_by}; builds of {frozen.frozen_on:%Y-%m} and later measure against it"
        )


def _hours(hours: float | None) -> str:
    return "no hours" if hours is None else f"{hours:,.0f} hours"


def build_of(home: Home, engagement: str, month: str | None) -> str:
    """The current build of a month, by default of the latest published one.

    Raises:
        InputError: where the engagement or the month is not published.
    """
    months = _months_of(home, engagement)
    if month is not None and month not in months:
        raise InputError(
            f"{engagement} has no publication of {month}; there are {', '.join(months)}"
        )
    return months[month or max(months)]


def _months_of(home: Home, engagement: str) -> dict[str, str]:
    """The current build of each published month; at least one."""
    require_engagement(home, engagement)
    months = published_months(home.published(engagement))
    if not months:
        raise InputError(f"{engagement} is not published yet; run `jalon run {engagement}`")
    return months


def _resolve(home: Home, engagement: str, name: str) -> str:
    months = _months_of(home, engagement)
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
        month = read_manifest(home.published(engagement), build_id)["month"]
        raise InputError(
            f"the working files of build {build_id} are gone; "
            f"`jalon run {engagement} --month {month}` makes them"
        )
    return warehouse


def _places(home: Home, engagement: str) -> dict[str, str]:
    """Path of each inbox file by its hash: for the consultant's machine only."""
    from reports.marts import file_hash

    inbox = home.engagement(engagement) / "inbox"
    return {file_hash(p): str(p.relative_to(inbox)) for p in inbox.rglob("*") if p.is_file()}


def _short(value: Any) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:,.4g}"
