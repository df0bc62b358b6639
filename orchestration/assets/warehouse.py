"""Assets of one engagement and month: the pinned inputs and every dbt model as its own asset."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dagster import (
    AssetCheckEvaluation,
    AssetCheckKey,
    AssetCheckResult,
    AssetDep,
    AssetExecutionContext,
    AssetKey,
    AssetMaterialization,
    AssetsDefinition,
    MaterializeResult,
    MultiPartitionKey,
    MultiToSingleDimensionPartitionMapping,
    PartitionMapping,
    ResourceParam,
    asset,
)
from dagster._core.definitions.partitions.utils import get_tags_from_multi_partition_key
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets
from dagster_dbt.asset_utils import get_asset_check_key_for_test

from orchestration.assets.checks import aimed, newest_materializations
from orchestration.assets.inputs import ENRICHMENT_KEYS
from orchestration.event_log import stored_together
from orchestration.partitions import engagement_months
from orchestration.resources import Jalon
from orchestration.warehouse import PORTFOLIO, NodeResult

PARAMETERS_KEY = AssetKey(["build", "parameters"])
# Dagster ends a step with the names of all checks that were logged, as if they were missing.
_TAKEN_FOR_MISSING = "did not yield or return expected outputs"
OF_ITS_ENGAGEMENT = MultiToSingleDimensionPartitionMapping("engagement")


def engagement_and_month(context: AssetExecutionContext) -> tuple[str, str]:
    """The two names in the partition key of a run."""
    key = context.partition_key
    assert isinstance(key, MultiPartitionKey)
    return key.keys_by_dimension["engagement"], key.keys_by_dimension["month"]


@asset(
    key=PARAMETERS_KEY,
    group_name="dbt_project",
    partitions_def=engagement_months,
    deps=[AssetDep(k, partition_mapping=OF_ITS_ENGAGEMENT) for k in ENRICHMENT_KEYS],
)
def build_parameters(
    context: AssetExecutionContext, jalon: ResourceParam[Jalon]
) -> MaterializeResult[None]:
    """Pin what this build reads: the inputs as they are now, refreshed where files changed."""
    engagement, month = engagement_and_month(context)
    with jalon.stages(engagement) as flow:
        plan = flow.plan(month)
    return MaterializeResult(metadata={"build": plan.build_id, "snapshot": plan.snapshot_id})


class _Translator(DagsterDbtTranslator):
    """Groups by layer; inputs are partitioned by engagement only."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        return "dbt_" + (
            dbt_resource_props["fqn"][1] if dbt_resource_props["fqn"][1:] else "project"
        )

    def get_partition_mapping(
        self, dbt_resource_props: Mapping[str, Any], dbt_parent_resource_props: Mapping[str, Any]
    ) -> PartitionMapping | None:
        parent = dbt_parent_resource_props
        if parent["resource_type"] == "source" and parent["source_name"] != "build":
            return OF_ITS_ENGAGEMENT
        return None


def dbt_models(manifest: Mapping[str, Any]) -> AssetsDefinition:
    """Every seed, model and data test of the dbt project, as assets and asset checks."""
    translator = _Translator(DagsterDbtTranslatorSettings(enable_asset_checks=True))

    @dbt_assets(
        manifest=manifest,
        name="dbt_project",
        exclude=f"resource_type:unit_test tag:{PORTFOLIO}",
        partitions_def=engagement_months,
        dagster_dbt_translator=translator,
    )
    def models(
        context: AssetExecutionContext, jalon: ResourceParam[Jalon]
    ) -> Iterator[MaterializeResult[None] | AssetCheckResult]:
        engagement, month = engagement_and_month(context)
        with jalon.stages(engagement) as flow:
            results = flow.transform(flow.pinned_plan(month))
        yield from events_of(results, context, manifest, translator)

    return models


def is_mart(key: AssetKey) -> bool:
    """Whether an asset is a table that is published, by its name."""
    return key.path[-1].startswith(("dim_", "fct_"))


def events_of(
    results: Iterable[NodeResult],
    context: AssetExecutionContext,
    manifest: Mapping[str, Any],
    translator: DagsterDbtTranslator,
) -> Iterator[MaterializeResult[None] | AssetCheckResult]:
    """What dbt did, as Dagster's events of the selected assets and checks.

    Marts and their checks are yielded, for the steps after this one wait for them, and checks that
    failed, for they end the step. The rest is logged, all at once: that takes Dagster a third of
    the time, as it neither hands an output on nor traces what it was made from.
    """
    assets, checks = context.selected_asset_keys, context.selected_asset_check_keys
    made: dict[AssetKey, NodeResult] = {}
    judged: dict[AssetCheckKey, NodeResult] = {}
    for result in results:
        node = manifest["nodes"].get(result.unique_id)
        if node is None:
            continue
        if node["resource_type"] == "test":
            check = get_asset_check_key_for_test(manifest, translator, result.unique_id, None)
            if check is not None and check in checks:
                judged[check] = result
        elif (key := translator.get_asset_key(node)) in assets:
            made[key] = result
    _remember_outputs(context)
    context.log.addFilter(lambda record: _TAKEN_FOR_MISSING not in record.getMessage())
    with stored_together(context.instance.event_log_storage):
        yield from _materializations(made, context)
        yield from _check_results(judged, context)


def _materializations(
    made: Mapping[AssetKey, NodeResult], context: AssetExecutionContext
) -> Iterator[MaterializeResult[None]]:
    marts = [key for key in made if is_mart(key)]
    logged = [key for key in made if not is_mart(key)]
    for key in logged:
        context.log_event(_made(key, made[key], context))
    parents = {parent for mart in marts for parent in context.assets_def.asset_deps[mart]}
    _look_up_at_once(parents.intersection(logged), context)
    for key in marts:
        yield MaterializeResult(asset_key=key, metadata={"seconds": made[key].seconds})


def _check_results(
    judged: Mapping[AssetCheckKey, NodeResult], context: AssetExecutionContext
) -> Iterator[AssetCheckResult]:
    partition = context.partition_key if context.has_partition_key else None
    assets = {check.asset_key for check in judged}
    targets = newest_materializations(context.instance, assets, partition)
    yielded: list[AssetCheckResult] = []
    for check, result in judged.items():
        told = {"message": result.message}
        if is_mart(check.asset_key) or result.has_failed:
            yielded.append(
                AssetCheckResult(
                    passed=not result.has_failed,
                    asset_key=check.asset_key,
                    check_name=check.name,
                    metadata=told,
                )
            )
        else:
            target = targets.get(check.asset_key)
            context.log_event(AssetCheckEvaluation(check.asset_key, check.name, True, told, target))
    yield from aimed(yielded, targets)


def _made(
    key: AssetKey, result: NodeResult, context: AssetExecutionContext
) -> AssetMaterialization:
    partition = context.partition_key if context.has_partition_key else None
    tags: Mapping[str, str] = {}
    if isinstance(partition, MultiPartitionKey):
        tags = get_tags_from_multi_partition_key(partition)
    metadata = {"seconds": result.seconds}
    return AssetMaterialization(key, partition=partition, metadata=metadata, tags=tags)


def _remember_outputs(context: AssetExecutionContext) -> None:
    """Have Dagster find the assets of a step once; by itself it does so for each of them."""
    step = context.op_execution_context.get_step_execution_context()
    keys = step.get_output_asset_keys()
    # A method of this one object is replaced: Dagster has no setting for it.
    step.get_output_asset_keys = lambda: keys  # type: ignore[method-assign]


def _look_up_at_once(keys: Iterable[AssetKey], context: AssetExecutionContext) -> None:
    """Have Dagster look up what marts were made from; by itself it asks for one after the other."""
    cache = context.op_execution_context.get_step_execution_context()._data_version_cache
    cache._fetch_input_asset_version_info(sorted(keys))
