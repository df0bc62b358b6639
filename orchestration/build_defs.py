"""All definitions, put together; overrides let tests swap a resource."""

from collections.abc import Mapping
from typing import Any

from dagster import AssetSelection, Definitions, define_asset_job, in_process_executor

from orchestration.assets.gate import expectation_checks
from orchestration.assets.inputs import enrichment_tables, raw_tables
from orchestration.assets.outputs import PUBLICATION_KEY, REPORT_KEY, publication_of, report
from orchestration.assets.warehouse import build_parameters, dbt_models
from orchestration.dbt_manifest import manifest_json
from orchestration.paths import Home
from orchestration.resources import Jalon
from orchestration.schedules import monthly_refresh
from orchestration.sensors import build_sensor, inbox_sensor

REFRESH_INPUTS = "refresh_inputs"
BUILD_MONTH = "build_month"
BUILD_MONTH_WITHOUT_REPORT = "build_month_without_report"
REPUBLISH = "republish"


def build_defs(overrides: Mapping[str, Any] | None = None) -> Definitions:
    """Assets, checks, jobs, schedules and sensors.

    Args:
        overrides: resources by name, in place of the usual ones.
    """
    models = dbt_models(manifest_json(Home.from_environment()))
    marts = {key.path[-1]: key for key in models.keys if key.path[-1].startswith(("dim_", "fct_"))}
    inputs = AssetSelection.assets(raw_tables, enrichment_tables)
    everything = AssetSelection.all()
    build = everything - inputs
    refresh_inputs = define_asset_job(REFRESH_INPUTS, inputs)
    build_month = define_asset_job(BUILD_MONTH, build)
    return Definitions(
        assets=[
            raw_tables,
            enrichment_tables,
            build_parameters,
            models,
            publication_of(sorted(marts.values())),
            report,
        ],
        asset_checks=[expectation_checks(marts)],
        jobs=[
            refresh_inputs,
            build_month,
            define_asset_job(
                BUILD_MONTH_WITHOUT_REPORT,
                build - AssetSelection.assets(REPORT_KEY),
            ),
            define_asset_job(
                REPUBLISH,
                AssetSelection.assets(PUBLICATION_KEY, REPORT_KEY),
            ),
        ],
        schedules=[monthly_refresh(refresh_inputs)],
        sensors=[inbox_sensor(refresh_inputs), build_sensor(refresh_inputs, build_month)],
        resources={"jalon": Jalon(), **(overrides or {})},
        executor=in_process_executor,
    )
