"""What Dagster's documentation gives for dbt, timed by `bench_fleet`: nothing of Jalon runs on it.

dbt's command line through `DbtCliResource`, every step in a process of its own.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dagster import (
    AssetExecutionContext,
    AssetKey,
    AssetSelection,
    Definitions,
    ResourceParam,
    asset,
    define_asset_job,
    multiprocess_executor,
)
from dagster_dbt import DbtCliResource, dbt_assets

from orchestration.dbt_manifest import parsed_project
from orchestration.flow import Flow, export_audited
from orchestration.months import month_end
from orchestration.paths import DBT_PROJECT, Home
from orchestration.warehouse import PORTFOLIO, BuildInputs, open_inputs
from quality.gate import judge
from reports.marts import export_marts, marts_fingerprint

_HOME = Home.from_environment()
_WAREHOUSE = Path(os.environ["JALON_WAREHOUSE"])
_DBT = DbtCliResource(
    project_dir=str(DBT_PROJECT),
    profiles_dir=str(DBT_PROJECT),
    dbt_executable=str(Path(sys.executable).with_name("dbt")),
)
_PARAMETERS = AssetKey(["build", "parameters"])


@asset(key=_PARAMETERS)
def inputs() -> None:
    """Open the inputs that the engagement's last build read."""
    flow = Flow(_HOME, os.environ["JALON_BENCH_ENGAGEMENT"])
    plan = flow.known_plan(None)
    if plan is None:
        raise RuntimeError("run the engagement first")
    enrichment = _HOME.enrichment(plan.engagement, plan.enrichment_id)
    day = month_end(plan.month)
    raw = flow.raw(plan.snapshot_id)
    open_inputs(_WAREHOUSE, BuildInputs(raw, enrichment, plan.engagement, day, plan.build_id))


@dbt_assets(
    manifest=parsed_project(_HOME) / "manifest.json",
    exclude=f"resource_type:unit_test tag:{PORTFOLIO}",
)
def models(context: AssetExecutionContext, dbt: ResourceParam[DbtCliResource]) -> Iterator[Any]:
    """Every model and test, by dbt's command line."""
    build = ["build", "--exclude-resource-type=unit_test"]
    yield from dbt.cli(build, context=context).stream()


@asset(deps=[AssetKey(["fct_roi_scenarios"])])
def gate() -> None:
    """Export and judge the marts."""
    export_audited(_WAREHOUSE, _WAREHOUSE.parent)
    export_marts(_WAREHOUSE, _WAREHOUSE.parent / "marts")
    judge(_WAREHOUSE.parent, "plain", marts_fingerprint)


defs = Definitions(
    assets=[inputs, models, gate],
    jobs=[define_asset_job("plain", AssetSelection.all())],
    resources={"dbt": _DBT},
    executor=multiprocess_executor,
)
