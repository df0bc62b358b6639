"""`jalon freeze` from a build to its folder and back into the builds that measure against it."""

import copy
from datetime import date
from pathlib import Path

import pytest

from ingestion.decisions import DECISION_COLUMNS
from ingestion.errors import InputError
from ingestion.freeze import load_frozen
from ingestion.people_csv import read_rows
from orchestration.freeze import Freeze, freeze_of, write_freeze
from tests.model.engagement_rows import Tables
from tests.model.invented_agency import invented_agency
from tests.model_matrix_impact.conftest import Marts, Project

APRIL, JUNE = date(2026, 4, 30), date(2026, 6, 30)
TODAY = date(2026, 7, 3)
NEEDED = [
    "dim_engagements", "dim_teams", "fct_baseline", "fct_baseline_drift", "fct_assumptions",
    "fct_roi_scenarios", "int_task_hours_potential", "stg_build__parameters",
]  # fmt: skip


@pytest.fixture(scope="module")
def tables() -> Tables:
    return invented_agency(1)


@pytest.fixture(scope="module")
def frozen(project: Project, tables: Tables) -> Freeze:
    return freeze_of(project.run(tables, APRIL, NEEDED).connection)


def written(frozen: Freeze, folder: Path, tables: Tables) -> Tables:
    """The engagement's tables once the freeze is written, approved and read again."""
    write_freeze(folder, frozen, "Direction", TODAY)
    approvals = read_rows(
        folder / "decisions" / "approvals.csv", "approvals.csv", DECISION_COLUMNS["approvals"]
    )
    read, warnings = load_frozen(folder, [row.cells for row in approvals])
    assert warnings == []
    return copy.deepcopy(tables) | read


def baseline(marts: Marts) -> list[dict[str, object]]:
    return marts.rows("select team_id, task_id, calibrated_weekly_hours from marts.fct_baseline")


def test_a_frozen_build_says_the_same_and_is_no_longer_provisional(
    project: Project, tables: Tables, frozen: Freeze, tmp_path: Path
) -> None:
    assert frozen.frozen_on == APRIL and frozen.measures_against is None
    before = project.run(tables, APRIL, NEEDED)
    after = project.run(written(frozen, tmp_path, tables), APRIL, NEEDED)
    assert before.row("select is_provisional from marts.dim_engagements")["is_provisional"]
    assert not after.row("select is_provisional from marts.dim_engagements")["is_provisional"]
    assert after.rows("select * from marts.fct_baseline_drift") == []
    assert baseline(after) == baseline(before)
    npv = "select scenario, npv_base, npv_p50 from marts.fct_roi_scenarios"
    assert after.rows(npv) == before.rows(npv)


def test_inputs_that_come_later_are_drift_and_move_no_frozen_hour(
    project: Project, tables: Tables, frozen: Freeze, tmp_path: Path
) -> None:
    changed = written(frozen, tmp_path, tables)
    for row in changed["form_tasks"]:
        row["weekly_hours"] *= 0.5
    as_of_june = project.run(changed, JUNE, NEEDED)
    assert baseline(as_of_june) == baseline(project.run(tables, APRIL, NEEDED))
    drift = as_of_june.rows("select * from marts.fct_baseline_drift")
    assert drift and {row["reason"] for row in drift} == {"inputs_changed"}
    # March does not know the freeze of April.
    in_march = project.run(changed, date(2026, 3, 31), NEEDED)
    assert in_march.row("select is_provisional from marts.dim_engagements")["is_provisional"]
    assert in_march.rows("select * from marts.fct_baseline_drift") == []


def test_freezing_again_changes_nothing_and_overwrites_nothing(
    project: Project, tables: Tables, frozen: Freeze, tmp_path: Path
) -> None:
    approvals = tmp_path / "decisions" / "approvals.csv"
    approvals.parent.mkdir()
    approvals.write_text(
        "what;subject;approver;approved_on\nstaff_council;avis;Élue;2026-01-09\n", "cp1252"
    )
    measured = project.run(written(frozen, tmp_path, tables), APRIL, NEEDED)
    first = approvals.read_bytes()
    assert first.decode().count("\n") == 3 and "Élue" in first.decode()
    write_freeze(tmp_path, frozen, "Direction", TODAY)
    assert approvals.read_bytes() == first
    with pytest.raises(InputError, match="2026-04-30 is frozen already"):
        write_freeze(tmp_path, freeze_of(measured.connection), "Direction", TODAY)
    (tmp_path / "decisions/frozen/2026-04-30/tags.csv").write_text("changed", "utf-8")
    with pytest.raises(InputError, match="never overwritten"):
        write_freeze(tmp_path, frozen, "Direction", TODAY)


def test_a_freeze_cut_short_is_completed(frozen: Freeze, tmp_path: Path) -> None:
    """Killed between the folder and its approval."""
    subject, _ = write_freeze(tmp_path, frozen, "Direction", TODAY)
    (tmp_path / "decisions" / "approvals.csv").unlink()
    assert write_freeze(tmp_path, frozen, "Finances", TODAY) == (subject, "Finances")
    # Who approved it first stands.
    assert write_freeze(tmp_path, frozen, "Direction", TODAY) == (subject, "Finances")
    assert subject in (tmp_path / "decisions" / "approvals.csv").read_text("utf-8")
