"""What a run in Dagster tells of the model that it asked: how often, and for how much."""

from pathlib import Path

import pytest
from dagster import DagsterEventType

from orchestration.build_defs import REFRESH_INPUTS
from orchestration.launch import Launcher
from orchestration.paths import Home
from orchestration.progress import Progress
from tests.chaos.engagement import NAME, write_engagement
from tests.enrichment_llm.fake_endpoint import Model, serving

# The model of the tests counts 100 tokens in and 50 out for each call.
PRICES = "{input: 10.0, output: 20.0, on: 2026-11-01}"
OF_A_CALL = 100 * 10.0 / 1e6 + 50 * 20.0 / 1e6


def test_calls_and_cost_stand_in_the_metadata_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JALON_HOME", str(tmp_path))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    home, model = Home(tmp_path), Model()
    write_engagement(home.engagement(NAME))
    with serving(model) as settings:
        with (home.engagement(NAME) / "engagement.yaml").open("a", encoding="utf-8") as config:
            config.write(f"llm: {{model: m, base_url: '{settings.base_url}', prices: {PRICES}}}\n")
        launcher = Launcher(home, Progress())
        launcher.run(REFRESH_INPUTS, NAME)
    (run,) = launcher.instance.get_runs()
    made = launcher.instance.all_logs(run.run_id, of_type=DagsterEventType.ASSET_MATERIALIZATION)
    told = [entry.asset_materialization for entry in made]
    (metadata,) = [m.metadata for m in told if m and m.asset_key.path[-1] == "task_tags"]
    assert metadata["model"].value == "m"
    assert metadata["calls_count"].value == len(model.calls) > 2
    assert metadata["cost"].value == pytest.approx(len(model.calls) * OF_A_CALL)
