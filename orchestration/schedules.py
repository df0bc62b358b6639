"""The monthly refresh of every active engagement."""

from collections.abc import Iterator

from dagster import (
    DefaultScheduleStatus,
    RunRequest,
    ScheduleDefinition,
    ScheduleEvaluationContext,
    schedule,
)
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from orchestration.engagements import active_engagements
from orchestration.paths import Home

# The second day: the timesheets of the month before are in by then.
MONTHLY = "0 5 2 * *"


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
