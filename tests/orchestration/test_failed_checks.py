"""A data test of dbt that fails ends the run: neither the gate nor the publication is reached."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from dagster import DagsterInstance

from orchestration.build_defs import BUILD_MONTH_WITHOUT_REPORT, build_defs
from orchestration.dbt_manifest import manifest_json
from orchestration.partitions import build_key
from orchestration.paths import Home
from orchestration.warehouse import NodeResult


class _Stages:
    """What the stages of a flow are to Dagster; dbt has one test that failed."""

    def __init__(self, manifest: Mapping[str, Any]) -> None:
        self._manifest = manifest
        self.failed = ""
        self.reached: list[str] = []

    @contextmanager
    def stages(self, engagement: str) -> Iterator["_Stages"]:
        yield self

    def plan(self, month: str) -> SimpleNamespace:
        return SimpleNamespace(build_id="granit", snapshot_id="granit")

    pinned_plan = plan

    def transform(self, plan: SimpleNamespace) -> list[NodeResult]:
        return [
            NodeResult(id_, node["name"], "fail" if self.failed in id_ else "pass", 1.0, "told")
            for id_, node in self._manifest["nodes"].items()
        ]

    def judge(self, plan: SimpleNamespace) -> None:
        self.reached.append("gate")

    def publish(self, plan: SimpleNamespace) -> None:
        self.reached.append("publication")


def test_a_failed_data_test_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JALON_HOME", str(tmp_path))
    stages = _Stages(manifest_json(Home(tmp_path)))
    job = build_defs({"jalon": stages}).resolve_job_def(BUILD_MONTH_WITHOUT_REPORT)
    month = build_key("granit", "2026-08")
    for failed in ("unique_by_fct_baseline_engagement", "unique_by_int_tasks_decided_engagement"):
        stages.failed = failed
        with DagsterInstance.ephemeral() as instance:
            instance.add_dynamic_partitions("engagement", ["granit"])
            result = job.execute_in_process(
                instance=instance, partition_key=month, raise_on_error=False
            )
        judged = result.get_asset_check_evaluations()
        (name,) = {one.check_name for one in judged if not one.passed}
        assert name.startswith(failed)
        assert len(judged) > 100
        assert not result.success
        assert stages.reached == []
