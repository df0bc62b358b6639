"""Which materialization a check says that it judged: looked up at once for all checks of a step."""

import pytest
from dagster import (
    AssetCheckResult,
    AssetKey,
    AssetMaterialization,
    DagsterInstance,
    asset,
    asset_check,
    materialize,
)

from orchestration.assets.checks import Target, aimed, newest_materializations

_GRANIT, _ONYX = AssetKey("granit"), AssetKey("onyx")


def _made(instance: DagsterInstance, key: AssetKey, partition: str | None) -> None:
    instance.report_runless_asset_event(AssetMaterialization(key, partition=partition))


@pytest.mark.parametrize("partition", ["a", None])
def test_the_newest_of_the_partition_is_the_target(partition: str | None) -> None:
    with DagsterInstance.ephemeral() as instance:
        for key in (_GRANIT, _ONYX):
            for made in (partition, partition, "another"):
                _made(instance, key, made)
        targets = newest_materializations(
            instance, [_GRANIT, _ONYX, AssetKey("never made")], partition
        )
        assert set(targets) == {_GRANIT, _ONYX}
        for key, target in targets.items():
            records = instance.fetch_materializations(key, limit=9).records
            (newest, _) = (r for r in records if r.partition_key == partition)
            assert (target.storage_id, target.run_id) == (newest.storage_id, newest.run_id)
            assert target.timestamp == pytest.approx(newest.timestamp, abs=1e-5)


def test_dagster_takes_the_target_that_a_result_knows() -> None:
    target = Target(storage_id=2026, run_id="basalte", timestamp=1.0)

    @asset
    def granit() -> None: ...

    @asset_check(asset=granit)
    def is_hard() -> AssetCheckResult:
        result = AssetCheckResult(asset_key=_GRANIT, check_name="is_hard", passed=True)
        (knowing,) = aimed([result], {_GRANIT: target})
        return knowing

    (evaluation,) = materialize([granit, is_hard]).get_asset_check_evaluations()
    assert evaluation.target_materialization_data == target
