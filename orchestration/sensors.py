"""Sensors: an inbox that changed and went quiet starts a run; fresh inputs start a build."""

import hashlib
import json
import time
from collections.abc import Iterator
from pathlib import Path

from dagster import (
    DagsterRunStatus,
    DefaultSensorStatus,
    RunRequest,
    RunStatusSensorContext,
    RunStatusSensorDefinition,
    SensorDefinition,
    SensorEvaluationContext,
    SensorResult,
    SkipReason,
    run_status_sensor,
    sensor,
)
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from orchestration.engagements import active_engagements, latest_month
from orchestration.partitions import build_key, engagements
from orchestration.paths import Home

# Nothing may have been written for this long: a file that is still being copied is not read.
QUIET_SECONDS = 60
# Runs that the command line started go on to the build by themselves.
STARTED_BY = "jalon/started_by"
COMMAND_LINE = "command_line"


def inbox_sensor(refresh_inputs: UnresolvedAssetJobDefinition) -> SensorDefinition:
    """Starts `refresh_inputs` for each active engagement whose folder changed and is quiet."""

    @sensor(
        name="inbox_changed",
        job=refresh_inputs,
        minimum_interval_seconds=30,
        default_status=DefaultSensorStatus.RUNNING,
    )
    def inbox_changed(context: SensorEvaluationContext) -> SensorResult:
        home = Home.from_environment()
        seen: dict[str, str] = json.loads(context.cursor or "{}")
        names = active_engagements(home)
        requests: list[RunRequest] = []
        for name in names:
            state, latest = folder_state(home.engagement(name))
            if seen.get(name) != state and time.time() - latest > QUIET_SECONDS:
                requests.append(RunRequest(run_key=f"{name}-{state}", partition_key=name))
                seen[name] = state
        known = set(context.instance.get_dynamic_partitions("engagement"))
        added = [name for name in names if name not in known]
        return SensorResult(
            run_requests=requests,
            dynamic_partitions_requests=[engagements.build_add_request(added)] if added else [],
            cursor=json.dumps({name: seen[name] for name in names if name in seen}),
        )

    return inbox_changed


def build_sensor(
    refresh_inputs: UnresolvedAssetJobDefinition, build_month: UnresolvedAssetJobDefinition
) -> RunStatusSensorDefinition:
    """Starts `build_month` for the month that freshly read inputs reach."""

    @run_status_sensor(
        name="inputs_refreshed",
        run_status=DagsterRunStatus.SUCCESS,
        monitored_jobs=[refresh_inputs],
        request_job=build_month,
        default_status=DefaultSensorStatus.RUNNING,
    )
    def inputs_refreshed(context: RunStatusSensorContext) -> Iterator[RunRequest | SkipReason]:
        if context.dagster_run.tags.get(STARTED_BY) == COMMAND_LINE:
            yield SkipReason("the command line builds what it refreshed itself")
            return
        engagement = context.dagster_run.tags["dagster/partition"]
        month = latest_month(Home.from_environment(), engagement)
        yield RunRequest(
            run_key=f"{context.dagster_run.run_id}-{month}",
            partition_key=build_key(engagement, month),
        )

    return inputs_refreshed


def folder_state(folder: Path) -> tuple[str, float]:
    """A hash of the names, sizes and times of all files below `folder`, and the latest time."""
    files = [(path, path.lstat()) for path in sorted(folder.rglob("*")) if path.is_file()]
    told = "\n".join(f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in files)
    latest = max((stat.st_mtime for _, stat in files), default=0.0)
    return hashlib.sha256(told.encode()).hexdigest()[:16], latest
