"""`jalon status` and `jalon rollback`: what is published, and which build of a month counts."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import pyarrow.parquet as pq
import typer

from ingestion.errors import InputError
from orchestration.commands.console import Exit, hint, plain_errors, show, show_json
from orchestration.engagements import require_engagement
from orchestration.invariants import verify as check_invariants
from orchestration.locks import exclusive
from orchestration.months import month_end
from orchestration.paths import Home
from orchestration.report import is_site_current, render_site
from orchestration.status import Status, all_statuses
from reports.publication import point_month, published_months, read_manifest

_WARN_DAYS = 30


def status(json: Annotated[bool, typer.Option("--json", help="Machine-readable.")] = False) -> None:
    """Engagements, last publication and its age, rows kept out, decisions waiting."""
    with plain_errors():
        home = Home.from_environment()
        statuses = all_statuses(home)
        if json:
            counts = [{"decisions_waiting_count": one.decisions_waiting_count} for one in statuses]
            show_json([asdict(one) | count for one, count in zip(statuses, counts, strict=True)])
            return
        if not statuses:
            show(f"no engagement in {home.root}; `jalon new NAME` makes one")
        for one in statuses:
            show(_told(one))
            if one.retention_days_left is not None and one.retention_days_left < _WARN_DAYS:
                show(f"  {_retention_told(one.retention_days_left)}")


def _told(one: Status) -> str:
    name = one.engagement if one.is_active else f"{one.engagement} (closed)"
    if one.problem:
        return f"{name}: {one.month}: {one.problem}"
    if one.month is None:
        return f"{name}: never published"
    waiting = ", ".join(f"{what}: {count}" for what, count in one.decisions_waiting.items())
    days = f"{one.age_days} day{'' if one.age_days == 1 else 's'} old"
    return (
        f"{name}: {one.month}, build {one.build_id}, {days}, "
        f"{one.rows_quarantined} rows kept out\n  waiting for a decision: {waiting or 'nothing'}"
    )


def rollback(
    engagement: Annotated[str, typer.Argument(help="Name of the engagement.")],
    month: Annotated[str, typer.Argument(help="YYYY-MM.")],
    build: Annotated[str | None, typer.Argument(help="Build id; default: the one before.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say it, change nothing.")] = False,
) -> None:
    """Make an earlier build of a month its current one."""
    with plain_errors():
        home = Home.from_environment()
        require_engagement(home, engagement)
        month_end(month)
        published = home.published(engagement)
        with exclusive(home.locks / f"{engagement}.publish"):
            current = published_months(published).get(month)
            if current is None:
                raise InputError(f"{engagement} has no publication of {month} to roll back")
            candidates = [b for b in _builds_of(published_builds(home, engagement), month)]
            target = build or _before(candidates, current)
            if target not in candidates:
                known = ", ".join(candidates)
                raise InputError(f"{target!r} is no build of {month}; there are: {known}")
            if not dry_run:
                point_month(published, month, target)
        state = "draft" if _is_draft(published / ".builds" / target) else "final"
        verb = "would be" if dry_run else "is"
        show(f"{engagement} {month} {verb} build {target} now, a {state} (was {current})")
        has_report = (home.sites(engagement) / month).is_dir()
        if has_report and not dry_run and not is_site_current(home, engagement, month, target):
            with exclusive(home.locks / f"{engagement}.render"):
                show(f"  report   {render_site(home, engagement, month, hint)}")


def verify(
    engagement: Annotated[str, typer.Argument(help="Name of the engagement.")],
    json: Annotated[bool, typer.Option("--json", help="Machine-readable.")] = False,
) -> None:
    """Check that publications are whole, rows accounted for, nobody of the roster named."""
    with plain_errors():
        home = Home.from_environment()
        require_engagement(home, engagement)
        findings = check_invariants(home, engagement)
        if json:
            show_json([vars(finding) for finding in findings])
        for finding in [] if json else findings:
            show(f"{finding.invariant}  {finding.where}: {finding.message}")
        if not findings and not json:
            whole = "publications whole, every row accounted for, nobody of the roster named"
            show(f"{engagement}: {whole}")
    if findings:
        raise typer.Exit(int(Exit.REFUSED))


def published_builds(home: Home, engagement: str) -> list[dict[str, Any]]:
    """Manifests of all builds kept, oldest first."""
    published = home.published(engagement)
    folder = published / ".builds"
    names = [p.name for p in folder.iterdir() if (p / "manifest.json").is_file()]
    manifests = [read_manifest(published, name) for name in names if not name.startswith(".")]
    return sorted(manifests, key=lambda manifest: str(manifest["published_at"]))


def _builds_of(manifests: list[dict[str, Any]], month: str) -> list[str]:
    return [str(m["build_id"]) for m in manifests if m["month"] == month]


def _is_draft(build: Path) -> bool:
    rows = pq.read_table(build / "marts" / "dim_engagements.parquet", columns=["is_draft"])
    return bool(rows.column(0)[0].as_py())


def _retention_told(days_left: int) -> str:
    if days_left < 0:
        return (
            f"kept {-days_left} days longer than privacy.retain_until allows: delete the "
            "engagement's folders, or agree on a later date"
        )
    return f"privacy.retain_until ends in {days_left} days"


def _before(candidates: list[str], current: str) -> str:
    position = candidates.index(current)
    if position == 0:
        raise InputError(f"{current} is the oldest build kept of this month; there is none before")
    return candidates[position - 1]
