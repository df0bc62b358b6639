"""What a person can mend reaches Dagster's UI as a message with file, place and mend."""

from pathlib import Path

import pytest
from dagster import DagsterEventType, DagsterRunStatus

from ingestion.errors import InputError
from ingestion.scaffold import new_engagement
from orchestration.build_defs import REFRESH_INPUTS
from orchestration.launch import Launcher
from orchestration.paths import Home
from orchestration.progress import Progress


def test_a_refused_file_fails_the_run_in_the_words_of_the_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JALON_HOME", str(tmp_path))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    home = Home(tmp_path)
    new_engagement(home.engagement("granit"), "granit")
    (home.engagement("granit") / "roster.csv").write_text("name,team\n", encoding="utf-8")
    launcher = Launcher(home, Progress())
    with pytest.raises(InputError, match=r"roster\.csv") as refused:
        launcher.run(REFRESH_INPUTS, "granit")
    (run,) = launcher.instance.get_runs()
    assert run.status == DagsterRunStatus.FAILURE
    failures = launcher.instance.all_logs(run.run_id, of_type=DagsterEventType.STEP_FAILURE)
    (told,) = [event.get_dagster_event().step_failure_data.user_failure_data for event in failures]
    assert told is not None
    assert told.description == f"granit: {refused.value}"
