"""Figures of the demo lead back to rows and quotes; drafts can be verified and compared."""

import os
import subprocess
import sys
from pathlib import Path


def jalon(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("jalon")), *arguments]
    environment = {**os.environ, "JALON_HOME": str(home)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_figure_leads_back_to_formula_inputs_rows_and_quotes(demo_home: Path) -> None:
    metric = "fct_baseline.calibrated_weekly_hours[team_id=production,task_id=declinaison_formats]"
    told = jalon(demo_home, "explain", "belle-ardoise", metric)
    assert told.returncode == 0, told.stderr
    assert "int_task_hours_calibrated" in told.stdout
    assert "rows of timesheets and forms" in told.stdout
    assert "line " in told.stdout and "«" in told.stdout


def test_a_part_of_a_key_is_a_sum_and_a_wrong_id_names_the_nearest(demo_home: Path) -> None:
    whole = jalon(demo_home, "explain", "belle-ardoise", "fct_baseline.calibrated_weekly_hours")
    assert whole.returncode == 0, whole.stderr
    wrong = jalon(demo_home, "explain", "belle-ardoise", "fct_baselin.calibrated_weekly_hours")
    assert wrong.returncode == 2 and "fct_baseline" in wrong.stderr


def test_what_is_stored_and_published_holds_the_invariants(demo_home: Path) -> None:
    told = jalon(demo_home, "verify", "belle-ardoise")
    assert told.returncode == 0, told.stdout


def test_a_second_run_recognises_that_nothing_changed(demo_home: Path) -> None:
    told = jalon(demo_home, "run", "belle-ardoise", "--no-report")
    assert told.returncode == 0 and "nothing changed" in told.stderr
