"""`jalon run`: the whole flow for one engagement or for each active one."""

import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial
from typing import Annotated

import typer

from ingestion.errors import InputError
from orchestration.build_plan import BuildPlan
from orchestration.commands.console import Exit, hint, plain_errors, say, show
from orchestration.engagements import (
    active_engagements,
    latest_month,
    published_plan,
    require_engagement,
)
from orchestration.fleet import run_each
from orchestration.flow import Flow
from orchestration.launch import Launcher, ignore_notes_for_developers
from orchestration.logs import about, relay
from orchestration.months import require_begun
from orchestration.notifications import failure_message, notify, notify_publication
from orchestration.paths import Home
from orchestration.progress import Progress
from reports.errors import PublicationError

_BECAME = {
    Exit.DONE: "done",
    Exit.REFUSED: "refused by the quality gate",
    Exit.WRONG_INPUT: "with something to mend",
    Exit.UNFINISHED: "not finished, safe to run again",
}
Engagement = Annotated[str | None, typer.Argument(help="Name of the engagement's folder.")]
Month = Annotated[str | None, typer.Option("--month", help="As of the end of this month, YYYY-MM.")]
NoReport = Annotated[bool, typer.Option("--no-report", help="Publish the marts only.")]
All = Annotated[bool, typer.Option("--all", help="Each active engagement.")]


def run(
    engagement: Engagement = None,
    month: Month = None,
    no_report: NoReport = False,
    all_: All = False,
) -> None:
    """Carry an engagement from its inbox to the published marts and the report."""
    with plain_errors():
        home = Home.from_environment()
        if month is not None:
            require_begun(month, date.today())
        if (engagement is None) != all_:
            raise InputError("name one engagement, or write --all for each active one")
        if engagement is not None:
            require_engagement(home, engagement)
        _launcher(home).recover()
        work = partial(_run_one, home, month, not no_report)
        if engagement is not None:
            code = work(engagement)
        else:
            code = _run_all(active_engagements(home), work)
    if code:
        raise typer.Exit(int(code))


def _run_all(names: Sequence[str], work: Callable[[str], Exit]) -> Exit:
    """Run each engagement; one that fails does not stop the others.

    Returns:
        The worst exit code.
    """
    started = time.monotonic()
    codes: dict[Exit, int] = {}
    for outcome in run_each(names, work):
        relay(outcome.told)
        if outcome.result:
            show(outcome.result.rstrip())
        code = Exit.UNFINISHED if outcome.code is None else Exit(outcome.code)
        codes[code] = codes.get(code, 0) + 1
        hint(f"{sum(codes.values())} of {len(names)} engagements")
    told = ", ".join(f"{count} {_BECAME[code]}" for code, count in sorted(codes.items()))
    say(f"{len(names)} engagements in {time.monotonic() - started:.1f} s: {told or 'none active'}")
    return max(codes, default=Exit.DONE)


@cache
def _launcher(home: Home) -> Launcher:
    """Dagster in this process: its start is paid once, for however many engagements."""
    ignore_notes_for_developers()
    return Launcher(home, Progress(say, hint))


def _run_one(home: Home, month: str | None, with_report: bool, engagement: str) -> Exit:
    with about(engagement=engagement):
        return _carry(home, month, with_report, engagement)


def _carry(home: Home, month: str | None, with_report: bool, engagement: str) -> Exit:
    started = time.monotonic()
    launcher = _launcher(home)
    say(engagement)
    try:
        with plain_errors():
            plan = published_plan(home, engagement, month, with_report, say)
            if plan is not None:
                say(f"  nothing changed since build {plan.build_id} of {plan.month}")
            else:
                plan = build(launcher, engagement, month, with_report)
            notify_publication(home, engagement, plan.month, say)
            _tell_where(home, plan, with_report, time.monotonic() - started)
    except typer.Exit as end:
        notify(home, failure_message(home, engagement, month), say)
        return Exit(end.exit_code)
    return Exit.DONE


def build(launcher: Launcher, engagement: str, month: str | None, with_report: bool) -> BuildPlan:
    """Build and publish one month of one engagement, through Dagster.

    Raises:
        PublicationError: the quality gate refused; the message says why and what to do.
    """
    from orchestration.build_defs import BUILD_MONTH, BUILD_MONTH_WITHOUT_REPORT, REFRESH_INPUTS

    if "start-up" not in launcher.progress.seconds:
        launcher.start()
    launcher.run(REFRESH_INPUTS, engagement)
    month = month or latest_month(launcher.home, engagement)
    say(f"  as of {month}")
    job = BUILD_MONTH if with_report else BUILD_MONTH_WITHOUT_REPORT
    flow = Flow(launcher.home, engagement)
    try:
        launcher.run(job, engagement, month)
    except Exception as error:
        verdict = flow.verdict(flow.pinned_plan(month))
        if verdict is None or verdict["is_passed"]:
            raise
        lines = [f"  - {e['expectation']}: {e['observed']}. {e['mend']}" for e in verdict["errors"]]
        raise PublicationError(
            f"the quality gate refused {engagement} as of {month}; what was published before "
            "stays as it is\n" + "\n".join(lines)
        ) from error
    return flow.pinned_plan(month)


def _tell_where(home: Home, plan: BuildPlan, with_report: bool, seconds: float) -> None:
    published = home.published(plan.engagement) / plan.month
    show(f"{plan.engagement} as of {plan.month}: published in {seconds:.1f} s")
    show(f"  marts    {published / 'marts.duckdb'}")
    show(f"  manifest {published / 'manifest.json'}")
    if with_report:
        show(f"  report   {home.sites(plan.engagement) / plan.month}")
        show("  to look at it: make ui")
