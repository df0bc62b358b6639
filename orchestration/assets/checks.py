"""Results of checks that say which materialization of their asset they judged.

Dagster by itself looks that up for each result, one after the other; here it is asked once.
Does not belong here: what is checked (gate, warehouse).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC

from dagster import AssetCheckKey, AssetCheckResult, AssetKey, DagsterEventType, DagsterInstance
from dagster._core.definitions.asset_checks.asset_check_evaluation import (
    AssetCheckEvaluationTargetMaterializationData,
)
from dagster._core.execution.context.system import StepExecutionContext
from dagster._core.storage.event_log.schema import SqlEventLogStorageTable
from dagster._core.storage.event_log.sql_event_log import SqlEventLogStorage
from sqlalchemy import func, select

Target = AssetCheckEvaluationTargetMaterializationData

_EVENTS = SqlEventLogStorageTable.c


def newest_materializations(
    instance: DagsterInstance, assets: Collection[AssetKey], partition: str | None
) -> Mapping[AssetKey, Target]:
    """The newest materialization of each asset in one partition, or of unpartitioned assets."""
    storage = instance.event_log_storage
    assert isinstance(storage, SqlEventLogStorage)
    by_name = {asset.to_string(): asset for asset in assets}
    newest = (
        select(func.max(_EVENTS.id))
        .where(
            _EVENTS.asset_key.in_(by_name),
            _EVENTS.dagster_event_type == DagsterEventType.ASSET_MATERIALIZATION.value,
            _EVENTS.partition == partition,
        )
        .group_by(_EVENTS.asset_key)
    )
    columns = _EVENTS.asset_key, _EVENTS.id, _EVENTS.run_id, _EVENTS.timestamp
    with storage.index_connection() as index:
        found = index.execute(select(*columns).where(_EVENTS.id.in_(newest))).all()
    return {
        by_name[name]: Target(
            storage_id=id_, run_id=run_id, timestamp=at.replace(tzinfo=UTC).timestamp()
        )
        for name, id_, run_id, at in found
    }


def aimed(
    results: Sequence[AssetCheckResult], targets: Mapping[AssetKey, Target]
) -> Iterator[AssetCheckResult]:
    """The results, each of which knows its target."""
    for result in results:
        knowing = _Aimed(**result._asdict())
        knowing.target = targets.get(result.asset_key) if result.asset_key else None
        yield knowing


class _Aimed(AssetCheckResult):
    target: Target | None = None

    def _get_target_materialization_data(
        self, step_context: StepExecutionContext, check_key: AssetCheckKey
    ) -> Target | None:
        return self.target
