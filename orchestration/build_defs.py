"""All definitions, put together; overrides let tests swap a resource."""

from collections.abc import Mapping
from typing import Any

from dagster import (
    AssetKey,
    AssetsDefinition,
    AssetSelection,
    Definitions,
    define_asset_job,
    in_process_executor,
)
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from orchestration.assets.gate import expectation_checks
from orchestration.assets.inputs import enrichment_tables, raw_tables
from orchestration.assets.outputs import PUBLICATION_KEY, REPORT_KEY, publication_of, report
from orchestration.assets.portfolio import portfolio_models, portfolio_of
from orchestration.assets.warehouse import build_parameters, dbt_models, is_mart
from orchestration.dbt_manifest import manifest_json
from orchestration.paths import Home
from orchestration.resources import jalon_of_a_run
from orchestration.schedules import daily_portfolio, monthly_refresh
from orchestration.sensors import (
    build_sensor,
    failure_notified,
    inbox_sensor,
    publication_notified,
)

REFRESH_INPUTS = "refresh_inputs"
BUILD_MONTH = "build_month"
BUILD_MONTH_WITHOUT_REPORT = "build_month_without_report"
REPUBLISH = "republish"
REFRESH_PORTFOLIO = "refresh_portfolio"


def build_defs(overrides: Mapping[str, Any] | None = None) -> Definitions:
    """Assets, checks, jobs, schedules and sensors.

    Args:
        overrides: resources by name, in place of the usual ones.
    """
    manifest = manifest_json(Home.from_environment())
    models, benchmarks = dbt_models(manifest), portfolio_models(manifest)
    marts = _marts_of(models)
    portfolio = portfolio_of(sorted(_marts_of(benchmarks).values()))
    of_all_engagements = AssetSelection.assets(benchmarks, portfolio)
    inputs = AssetSelection.assets(raw_tables, enrichment_tables)
    everything = AssetSelection.all()
    build = everything - inputs - of_all_engagements
    refresh_inputs = _job(REFRESH_INPUTS, inputs)
    build_month = _job(BUILD_MONTH, build)
    refresh_portfolio = _job(REFRESH_PORTFOLIO, of_all_engagements)
    return Definitions(
        assets=[
            raw_tables,
            enrichment_tables,
            build_parameters,
            models,
            publication_of(sorted(marts.values())),
            report,
            benchmarks,
            portfolio,
        ],
        asset_checks=[expectation_checks(marts)],
        jobs=[
            refresh_inputs,
            build_month,
            refresh_portfolio,
            _job(BUILD_MONTH_WITHOUT_REPORT, build - AssetSelection.assets(REPORT_KEY)),
            _job(REPUBLISH, AssetSelection.assets(PUBLICATION_KEY, REPORT_KEY)),
        ],
        schedules=[monthly_refresh(refresh_inputs), daily_portfolio(refresh_portfolio)],
        sensors=[
            inbox_sensor(refresh_inputs),
            build_sensor(refresh_inputs, build_month),
            failure_notified,
            publication_notified,
        ],
        resources={"jalon": jalon_of_a_run, **(overrides or {})},
        executor=in_process_executor,
    )


def _job(name: str, selection: AssetSelection) -> UnresolvedAssetJobDefinition:
    # Dagster's own way, from the step that failed, finds nothing to do where a run was killed
    # after its last step, and gives up. Every step is safe to repeat, and knows what is done.
    return define_asset_job(name, selection, tags={"dagster/retry_strategy": "ALL_STEPS"})


def _marts_of(models: AssetsDefinition) -> dict[str, AssetKey]:
    return {key.path[-1]: key for key in models.keys if is_mart(key)}
