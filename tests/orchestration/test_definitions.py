"""Dagster's view of the flow: keys, what waits for what, which checks block."""

import subprocess
import sys
from pathlib import Path

import pytest
from dagster import AssetKey, Definitions

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> Definitions:
    """All definitions, with a JALON_HOME of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JALON_HOME", str(tmp_path_factory.mktemp("home")))
        from orchestration.build_defs import build_defs

        return build_defs()


def test_every_dbt_model_is_an_asset_of_its_own(definitions: Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    names = {key.path[-1] for key in graph.get_all_asset_keys()}
    models = {path.stem for path in (REPOSITORY / "dbt_project" / "models").rglob("*.sql")}
    assert models <= names


def test_publication_waits_for_every_mart_and_report_for_publication(
    definitions: Definitions,
) -> None:
    graph = definitions.resolve_asset_graph()
    marts = {key for key in graph.get_all_asset_keys() if key.path[-1].startswith(("dim_", "fct_"))}
    benchmarks = {key for key in marts if graph.get(key).group_name == "portfolio"}
    assert marts and benchmarks
    assert graph.get(AssetKey("publication")).parent_keys == marts - benchmarks
    assert graph.get(AssetKey("report")).parent_keys == {AssetKey("publication")}
    assert graph.get(AssetKey("portfolio")).parent_keys == benchmarks


def test_expectations_and_dbt_tests_are_checks_and_expectations_block(
    definitions: Definitions,
) -> None:
    graph = definitions.resolve_asset_graph()
    checks = [graph.get(key) for key in graph.asset_check_keys]
    expectations = [check for check in checks if check.key.name == "expectations"]
    assert len(expectations) >= 8
    assert all(check.blocking for check in expectations)
    assert len(checks) > len(expectations) + 50


def test_a_month_reads_the_inputs_of_its_engagement_only(definitions: Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    parameters = graph.get(AssetKey(["build", "parameters"]))
    assert parameters.partitions_def is not None
    enrichment = AssetKey(["enrichment", "tasks"])
    assert enrichment in parameters.parent_keys
    assert AssetKey(["raw", "timesheet_entries"]) in graph.get(enrichment).parent_keys


def test_jobs_sensors_and_schedules_are_there(definitions: Definitions) -> None:
    repository = definitions.get_repository_def()
    assert {"refresh_inputs", "build_month", "republish"} <= set(repository.job_names)
    assert {s.name for s in repository.sensor_defs} >= {"inbox_changed", "inputs_refreshed"}
    assert {s.name for s in repository.schedule_defs} >= {"monthly_refresh"}


def test_a_run_that_was_killed_after_its_last_step_is_done_again(definitions: Definitions) -> None:
    """From the step that failed, Dagster's own way, nothing would be left to do."""
    jobs = [job for job in definitions.get_repository_def().get_all_jobs() if job.name[:2] != "__"]
    assert {"refresh_inputs", "build_month", "republish"} <= {job.name for job in jobs}
    assert {job.tags["dagster/retry_strategy"] for job in jobs} == {"ALL_STEPS"}


def test_dagster_loads_the_definitions(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "dagster", "definitions", "validate", "-m",
         "orchestration.definitions"],
        cwd=REPOSITORY,
        env={"JALON_HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
