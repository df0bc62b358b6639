"""`jalon status` and `jalon rollback`: what is published, and which build of a month counts."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from ingestion.errors import InputError
from orchestration.commands.console import Exit, plain_errors, show, show_json
from orchestration.engagements import require_engagement
from orchestration.invariants import verify as check_invariants
from orchestration.locks import exclusive
from orchestration.months import month_end
from orchestration.paths import Home
from reports.publication import point_month, published_months, read_manifest


def status(json: Annotated[bool, typer.Option("--json", help="Machine-readable.")] = False) -> None:
    """Engagements, their last publication and its age."""
    with plain_errors():
        home = Home.from_environment()
        lines = [_status_of(home, name) for name in home.engagements()]
        if json:
            show_json(lines)
            return
        if not lines:
            show(f"no engagement in {home.root}; `jalon new NAME` makes one")
        for line in lines:
            if line["month"] is None:
                show(f"{line['engagement']}: never published")
            else:
                show(
                    f"{line['engagement']}: {line['month']}, build {line['build_id']}, "
                    f"{line['age_days']} days old, {line['rows_quarantined']} rows kept out"
                )


def rollback(
    engagement: Annotated[str, typer.Argument(help="Name of the engagement.")],
    month: Annotated[str, typer.Argument(help="YYYY-MM.")],
    build: Annotated[str | None, typer.Argument(help="Build id; default: the one before.")] = None,
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
            point_month(published, month, target)
        show(f"{engagement} {month} is build {target} now (was {current})")


def verify(
    engagement: Annotated[str, typer.Argument(help="Name of the engagement.")],
    json: Annotated[bool, typer.Option("--json", help="Machine-readable.")] = False,
) -> None:
    """Check that publications are whole, rows accounted for and nobody named."""
    with plain_errors():
        home = Home.from_environment()
        require_engagement(home, engagement)
        findings = check_invariants(home, engagement)
        if json:
            show_json([vars(finding) for finding in findings])
        for finding in [] if json else findings:
            show(f"{finding.invariant}  {finding.where}: {finding.message}")
        if not findings and not json:
            show(f"{engagement}: publications whole, every row accounted for, nobody named")
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


def _before(candidates: list[str], current: str) -> str:
    position = candidates.index(current)
    if position == 0:
        raise InputError(f"{current} is the oldest build kept of this month; there is none before")
    return candidates[position - 1]


def _status_of(home: Home, engagement: str) -> dict[str, Any]:
    months = published_months(home.published(engagement))
    line: dict[str, Any] = {"engagement": engagement, "month": None}
    if months:
        month = max(months)
        manifest = read_manifest(home.published(engagement), months[month])
        age = datetime.now(UTC) - datetime.fromisoformat(manifest["published_at"])
        line |= {
            "month": month,
            "build_id": months[month],
            "published_at": manifest["published_at"],
            "age_days": age.days,
            "rows_quarantined": manifest["rows_quarantined"],
            "gate_warnings_count": len(manifest["gate"]["warnings"]),
        }
    return line
