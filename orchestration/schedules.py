"""The monthly refresh of every active engagement, and the daily one of the portfolio."""

from collections.abc import Iterator

from dagster import (
    DefaultScheduleStatus,
    RunRequest,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    SkipReason,
    schedule,
)
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from orchestration import portfolio
from orchestration.engagements import active_engagements
from orchestration.paths import Home

# The second day: the timesheets of the month before are in by then.
MONTHLY = "0 5 2 * *"
DAILY = "0 6 * * *"


def monthly_refresh(refresh_inputs: UnresolvedAssetJobDefinition) -> ScheduleDefinition:
    """Starts `refresh_inputs` for each active engagement; the build follows by itself."""

    @schedule(
        name="monthly_refresh",
        job=refresh_inputs,
        cron_schedule=MONTHLY,
        default_status=DefaultScheduleStatus.RUNNING,
    )
    def refresh(context: ScheduleEvaluationContext) -> Iterator[RunRequest]:
        day = context.scheduled_execution_time.date().isoformat()
        for engagement in active_engagements(Home.from_environment()):
            yield RunRequest(run_key=f"{engagement}-{day}", partition_key=engagement)

    return refresh


def daily_portfolio(refresh_portfolio: UnresolvedAssetJobDefinition) -> ScheduleDefinition:
    """Computes the portfolio anew where a publication or a consent changed."""

    @schedule(
        name="daily_portfolio",
        job=refresh_portfolio,
        cron_schedule=DAILY,
        default_status=DefaultScheduleStatus.RUNNING,
    )
    def refresh() -> Iterator[RunRequest | SkipReason]:
        home = Home.from_environment()
        planned = portfolio.plan(home)
        if portfolio.is_published(home, planned):
            yield SkipReason("no shared publication changed")
        elif not planned.publications and not portfolio.figures(home):
            yield SkipReason("no published engagement shares its figures")
        else:
            yield RunRequest()

    return refresh
