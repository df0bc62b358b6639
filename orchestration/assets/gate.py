"""The quality gate as asset checks of the marts; its verdict is stored for publication to read."""

from collections.abc import Iterator, Mapping
from typing import Any

from dagster import (
    AssetCheckExecutionContext,
    AssetCheckResult,
    AssetChecksDefinition,
    AssetCheckSeverity,
    AssetCheckSpec,
    AssetKey,
    MultiPartitionKey,
    ResourceParam,
    multi_asset_check,
)

from orchestration.assets.checks import aimed, newest_materializations
from orchestration.partitions import engagement_months
from orchestration.resources import Jalon
from quality.expectations import all_expectations


def expectation_checks(marts: Mapping[str, AssetKey]) -> AssetChecksDefinition:
    """One blocking check per mart that expectations speak of.

    Args:
        marts: asset key by table name.
    """
    by_table: dict[str, list[str]] = {}
    for expectation in all_expectations():
        by_table.setdefault(expectation.table, []).append(expectation.name)
    specs = [
        AssetCheckSpec(
            name="expectations",
            asset=marts[table],
            blocking=True,
            description="; ".join(names),
            partitions_def=engagement_months,
        )
        for table, names in by_table.items()
        if table in marts
    ]

    @multi_asset_check(name="quality_gate", specs=specs)
    def quality_gate(
        context: AssetCheckExecutionContext, jalon: ResourceParam[Jalon]
    ) -> Iterator[AssetCheckResult]:
        key = context.op_execution_context.partition_key
        assert isinstance(key, MultiPartitionKey)
        with jalon.stages(key.keys_by_dimension["engagement"]) as flow:
            verdict = flow.judge(flow.pinned_plan(key.keys_by_dimension["month"]))
        judged = [spec.asset_key for spec in specs]
        targets = newest_materializations(context.instance, judged, key)
        yield from aimed([_check_result(verdict, mart) for mart in judged], targets)

    return quality_gate


def _check_result(verdict: Mapping[str, Any], key: AssetKey) -> AssetCheckResult:
    table = key.path[-1]
    errors = [f for f in verdict["errors"] if f["table"] == table]
    warned = [f for f in verdict["warnings"] if f["table"] == table]
    told = [f"{f['expectation']}: {f['observed']}. {f['mend']}" for f in errors + warned]
    return AssetCheckResult(
        asset_key=key,
        check_name="expectations",
        passed=not told,
        severity=AssetCheckSeverity.ERROR if errors else AssetCheckSeverity.WARN,
        metadata={"failures": "\n".join(told) or "none"},
    )
