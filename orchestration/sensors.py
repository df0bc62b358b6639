"""Sensors: an inbox that changed and went quiet starts a run; fresh inputs start a build."""

import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
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

from orchestration.engagements import active_engagements, latest_month, published_plan
from orchestration.notifications import failure_message, notify, notify_publication
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
        names = active_engagements(home)
        seen = _seen(context.cursor)
        watched = {
            name: watch(home.engagement(name), seen.get(name), time.time()) for name in names
        }
        # The time is part of the key: a folder may come back to a state that was read before.
        requests = [
            RunRequest(run_key=f"{name}-{folder.state}-{folder.since:.0f}", partition_key=name)
            for name, folder in watched.items()
            if folder.is_due
        ]
        known = set(context.instance.get_dynamic_partitions("engagement"))
        added = [name for name in names if name not in known]
        return SensorResult(
            run_requests=requests,
            dynamic_partitions_requests=[engagements.build_add_request(added)] if added else [],
            cursor=json.dumps({name: asdict(folder) for name, folder in watched.items()}),
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
        home, engagement = Home.from_environment(), context.dagster_run.tags["dagster/partition"]
        month = latest_month(home, engagement)
        if published_plan(home, engagement, month, with_report=True):
            yield SkipReason(f"{engagement} as of {month} is published as it is")
            return
        yield RunRequest(
            run_key=f"{context.dagster_run.run_id}-{month}",
            partition_key=build_key(engagement, month),
        )

    return inputs_refreshed


@dataclass(frozen=True)
class Watched:
    """A folder at one look.

    Attributes:
        state: hash of what lies in it.
        since: when this state was seen first, in seconds.
        was_read: whether a run was started for it.
        is_due: whether this look starts one.
    """

    state: str
    since: float
    was_read: bool = False
    is_due: bool = False


def watch(folder: Path, before: Watched | None, now: float) -> Watched:
    """Look at a folder: a run is due once it has stayed the same for `QUIET_SECONDS`.

    How long is measured between looks, as times of files say nothing: copies may keep old ones.
    """
    state = folder_state(folder)
    if before is None or before.state != state or now < before.since:  # or the clock was set back
        return Watched(state, now)
    if before.was_read or now - before.since < QUIET_SECONDS:
        return Watched(state, before.since, before.was_read)
    return Watched(state, before.since, was_read=True, is_due=True)


def folder_state(folder: Path) -> str:
    """A hash of the names, sizes and times of all files below `folder`."""
    files = [(path, path.lstat()) for path in sorted(folder.rglob("*")) if path.is_file()]
    told = "\n".join(f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in files)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _seen(cursor: str | None) -> dict[str, Watched]:
    """What the last look saw; nothing where an older version of this sensor wrote the cursor."""
    try:
        return {name: Watched(**fields) for name, fields in json.loads(cursor or "{}").items()}
    except TypeError:
        return {}


@run_status_sensor(run_status=DagsterRunStatus.FAILURE, default_status=DefaultSensorStatus.RUNNING)
def failure_notified(context: RunStatusSensorContext) -> None:
    """Tell of a run that Dagster started, from the UI or by itself, and that failed for good."""
    tags = context.dagster_run.tags
    engagement = tags.get("dagster/partition/engagement") or tags.get("dagster/partition")
    will_retry = tags.get("dagster/will_retry") == "true"
    if engagement and not will_retry and tags.get(STARTED_BY) != COMMAND_LINE:
        home = Home.from_environment()
        message = failure_message(home, engagement, tags.get("dagster/partition/month"))
        notify(home, message, context.log.info)


@run_status_sensor(run_status=DagsterRunStatus.SUCCESS, default_status=DefaultSensorStatus.RUNNING)
def publication_notified(context: RunStatusSensorContext) -> None:
    """Tell of what a run that Dagster started has published."""
    tags = context.dagster_run.tags
    engagement = tags.get("dagster/partition/engagement")
    month = tags.get("dagster/partition/month")
    if engagement and month and tags.get(STARTED_BY) != COMMAND_LINE:
        notify_publication(Home.from_environment(), engagement, month, context.log.info)
