"""`jalon erase`: one person, on request, from everything that is stored."""

import sys
import time
from typing import Annotated

import typer

from orchestration.commands.console import Exit, plain_errors, say, show, stop
from orchestration.commands.run import build
from orchestration.engagements import require_engagement
from orchestration.erase import Plan, Report, erase, find_person, keep_report, plan_erasure
from orchestration.launch import Launcher
from orchestration.paths import Home
from orchestration.progress import Progress


def erase_person(
    engagement: Annotated[str, typer.Argument(help="Name of the engagement.")],
    person: Annotated[str, typer.Option("--person", help="E-mail address, as on the roster.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be touched, change nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    no_rebuild: Annotated[
        bool, typer.Option("--no-rebuild", help="Leave withdrawn months to the next run.")
    ] = False,
) -> None:
    """Erase one person on request: their rows, turns and name, and what quotes them."""
    with plain_errors():
        home = Home.from_environment()
        require_engagement(home, engagement)
        started = time.monotonic()
        found = find_person(home, engagement, person)
        if found is None:
            show(f"{engagement}: this person was erased before; nothing is left to do")
            return
        is_asked = sys.stdin.isatty() and not yes
        if dry_run or is_asked:
            _show_plan(plan_erasure(home, engagement, found))
        if dry_run:
            show("nothing was changed; without --dry-run this is done, and cannot be undone")
            return
        if is_asked:
            typer.confirm("This cannot be undone. Erase?", abort=True)
        report = erase(home, engagement, found)
        path = keep_report(home, report)
        _show_report(report, time.monotonic() - started)
        show(f"  report   {path}")
    if report.residue:
        places = "\n".join(f"  - {place}" for place in report.residue)
        stop(
            Exit.UNFINISHED, f"jalon: the person is still named in\n{places}\nmend or delete these"
        )
    if not no_rebuild:
        with plain_errors():
            _rebuild(home, report)


def _show_plan(plan: Plan) -> None:
    for step in plan.folder.steps:
        show(f"  {step.path.name}: {step.what}")
    for label in plan.folder.not_searched:
        show(f"  {label}: cannot be read; look into it yourself")
    show("  snapshots, parsed files, enrichment and builds of the engagement: deleted, made again")
    for month in plan.months:
        show(f"  publication of {month}: withdrawn, built again")
    if hidden := len(plan.builds) - len(plan.months):
        show(f"  {hidden} earlier builds: withdrawn")


def _show_report(report: Report, seconds: float) -> None:
    show(f"{report.engagement}: one person erased in {seconds:.1f} s")
    show(f"  files    {len(report.files)} edited, renamed or removed")
    months = ", ".join(report.withdrawn_months) or "none"
    show(f"  withdrawn {len(report.withdrawn_builds)} builds; months to build again: {months}")
    if report.llm_answers_deleted:
        show(f"  {report.llm_answers_deleted} answers of the LLM deleted; they are asked again")
    for label in report.not_searched:
        show(f"  not searched: {label}; look into it yourself")
    show("  backups are yours to clean: restore none from before today without erasing again")


def _rebuild(home: Home, report: Report) -> None:
    launcher = Launcher(home, Progress(say))
    for month in report.withdrawn_months:
        build(launcher, report.engagement, month, with_report=True)
        show(f"{report.engagement} as of {month}: published again")
