"""Roster, decision files and frozen baseline, as spreadsheets and people leave them."""

from datetime import date

import pytest

from ingestion.errors import InputError
from ingestion.freeze import FROZEN_FILES, freeze_hash, frozen_columns
from ingestion.pipeline import Inputs, load_inputs
from tests.ingestion_core.conftest import ROSTER, Engagement

TASKS = "task_id,task_name,gain_low,gain_base,gain_high,horizon\nretouche,Retouche,.1,.2,.3,\n"


def load(engagement: Engagement) -> Inputs:
    return load_inputs(engagement.folder)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_files_saved_by_a_french_spreadsheet(engagement: Engagement, encoding: str) -> None:
    tasks = (
        "task_id;task_name;category;training_hours;gain_low;gain_base;gain_high;deadline\r\n"
        "retouche;Retouche détourage numérisée;exécution;1,5;0,1;0,25;0,4;03/04/2026\r\n"
        ";;;;;;;\r\n"
    )
    engagement.write("decisions/tasks.csv", tasks.encode(encoding))
    (row,) = load(engagement).decisions.tables["decision_tasks"]
    assert row["task_name"] == "Retouche détourage numérisée"
    assert (row["training_hours"], row["gain_base"]) == (1.5, 0.25)
    assert row["deadline"] == date(2026, 4, 3)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("tasks", TASKS.replace(".2", ""), ["row 2", "all three or none"]),
        ("tasks", TASKS.replace(".1", ".9"), ["row 2", "gain_low <= gain_base"]),
        ("tasks", TASKS + "Retouche 2,x,,,,\n", ["row 3", "a-z"]),
        ("tasks", TASKS + "retouche,x,,,,\n", ["row 3", "row 2"]),
        ("tasks", TASKS + "absence,x,,,,\n", ["row 3", "reserved"]),
        ("tasks", TASKS + "x,x,,,,soon\n", ["row 3", "30_days"]),
        ("tasks", TASKS.replace("horizon", "horizn"), ["row 1", "nearest is horizon"]),
        ("tasks", TASKS + 'x,"y,,,,\n', ["row 3", "quotes"]),
        ("task_map", "source,label,task_id\nform,Retouches,retuche\n", ["row 2", "mean retouche"]),
        ("task_map", "source,label,task_id\nfrom,a,retouche\n", ["row 2", "did you mean form"]),
        ("tags", "task_id,nature,rule_share\nretouche,mixed,30\n", ["row 2", "between 0 and 1"]),
        ("scores", "rater,task_id,criterion,score\nDG,retouche,better,6\n", ["row 2", "1 and 5"]),
        (
            "scores",
            "rater,task_id,criterion,score\nDG,retouche,risk,3\n\ndg,retouche,risk,4\n",
            ["row 4", "row 2"],
        ),
        ("scores", "rater,task_id,criterion,score\nMica Paul,retouche,risk,3\n", ["role"]),
        (
            "interventions",
            "intervention_id,task_id,team,started_on\na,retouche,creaton,2026-04-01\n",
            ["row 2", "did you mean creation"],
        ),
        (
            "interventions",
            "intervention_id,task_id,team,started_on\na,retouche,creation,2026-02-30\n",
            ["row 2", "YYYY-MM-DD"],
        ),
        (
            "interventions",
            "intervention_id,task_id,team,started_on\nall,retouche,creation,2026-04-01\n",
            ["row 2", "choose another"],
        ),
        ("approvals", "what,subject,approver,approved_on\npublication,mai,DG,2026-06-01\n",
         ["row 2", "YYYY-MM"]),
    ],
)  # fmt: skip
def test_each_wrong_row_names_file_row_and_mend(
    engagement: Engagement, name: str, text: str, words: list[str]
) -> None:
    engagement.write("decisions/tasks.csv", TASKS)
    engagement.write(f"decisions/{name}.csv", text)
    with pytest.raises(InputError) as error:
        load(engagement)
    for word in [f"decisions/{name}.csv", *words]:
        assert word in str(error.value)


def test_a_nickname_names_a_person_too(engagement: Engagement) -> None:
    people = "Robert (Bobby) Hématite,rh@atelier.example,creation,Graphiste,,,,\n"
    engagement.write("roster.csv", ROSTER + people)
    engagement.write("decisions/tasks.csv", TASKS)
    tags = "task_id,nature,reviewer\nretouche,mixed,Bobby Hématite\n"
    engagement.write("decisions/tags.csv", tags)
    with pytest.raises(InputError, match="reviewer names a person"):
        load(engagement)


def test_a_share_may_be_written_as_a_spreadsheet_shows_it(engagement: Engagement) -> None:
    engagement.write("decisions/tasks.csv", TASKS)
    engagement.write("decisions/tags.csv", "task_id;nature;rule_share\nretouche;mixed;62,5 %\n")
    assert load(engagement).decisions.tables["decision_tags"][0]["rule_share"] == 0.625


def test_a_label_may_be_work_of_no_task(engagement: Engagement) -> None:
    engagement.write("decisions/tasks.csv", TASKS)
    engagement.write(
        "decisions/task_map.csv",
        "source,label,task_id\nform,Bilan,unmapped\nform,RTT,Absence\nform,a,retouche\n",
    )
    rows = load(engagement).decisions.tables["decision_task_map"]
    assert [row["task_id"] for row in rows] == ["unmapped", "absence", "retouche"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("X Quartz,paul.mica@ATELIER.example,creation,,,,,", "row 2"),
        ("X Quartz,x@a.example,creatif,,,,,", "nearest is"),
        ("X Quartz,nobody,creation,,,,,", "no e-mail address"),
        (",x@a.example,creation,,,,,", "name is blank"),
        ("X Quartz,x@a.example,creation,,35h,,,", "weekly_hours"),
        ("X Quartz,x@a.example,creation,,,2026-05-01,2026-04-01,", "left_on"),
        ("X Quartz,x@a.example,creation,,,,,maybe", "champion_consent"),
    ],
)
def test_wrong_roster_rows(engagement: Engagement, row: str, words: str) -> None:
    engagement.write("roster.csv", ROSTER + row + "\n")
    with pytest.raises(InputError, match=r"roster\.csv, row 8") as error:
        load(engagement)
    assert words in str(error.value)


def test_headcount_differs_from_roster(engagement: Engagement) -> None:
    assert load(engagement).warnings == []
    left = ROSTER.replace(
        "Marc Kaolin,marc.kaolin@atelier.example,strategy,Planneur,,,,",
        "Marc Kaolin,marc.kaolin@atelier.example,strategy,Planneur,,,2026-02-01,",
    )
    engagement.write("roster.csv", left)  # fmt: skip
    (warning,) = load(engagement).warnings
    assert "team strategy" in warning and "1 on the roster" in warning


def freeze(engagement: Engagement, day: str, hours: str = "12.5") -> str:
    for name in FROZEN_FILES:
        header = ",".join(frozen_columns(name)) + "\n"
        row = f"creation,retouche,{hours},,,declared\n" if name == "baseline" else ""
        engagement.write(f"decisions/frozen/{day}/{name}.csv", header + row)
    return freeze_hash(engagement.folder / "decisions" / "frozen" / day)


def approve(engagement: Engagement, *hashes: str) -> None:
    rows = "".join(f"baseline_freeze,{value},DG,2026-04-02\n" for value in hashes)
    engagement.write("decisions/approvals.csv", "what,subject,approver,approved_on\n" + rows)


def test_every_approved_freeze_is_read(engagement: Engagement) -> None:
    first, second = freeze(engagement, "2026-04-01"), freeze(engagement, "2026-05-01", "13")
    freeze(engagement, "2026-06-01", "14")
    approve(engagement, second, first)
    inputs = load(engagement)
    assert inputs.frozen["frozen_freezes"] == [
        {"frozen_on": date(2026, 4, 1), "freeze_hash": first},
        {"frozen_on": date(2026, 5, 1), "freeze_hash": second},
    ]
    hours = {
        r["frozen_on"].month: r["calibrated_weekly_hours"] for r in inputs.frozen["frozen_baseline"]
    }
    assert hours == {4: 12.5, 5: 13}
    assert "2026-06-01 is not approved" in inputs.warnings[0]


def test_a_changed_freeze_is_refused(engagement: Engagement) -> None:
    approve(engagement, freeze(engagement, "2026-04-01"))
    load(engagement)
    freeze(engagement, "2026-04-01", "99")
    with pytest.raises(InputError, match="changed since"):
        load(engagement)


def test_without_approval_nothing_is_frozen(engagement: Engagement) -> None:
    freeze(engagement, "2026-04-01")
    assert load(engagement).frozen == {}
