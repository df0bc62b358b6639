"""The workbook of the demo, through the command line, there and back."""

import json
import shutil
from pathlib import Path

import duckdb
import openpyxl
import pytest
from typer.testing import CliRunner

from ingestion.decisions import DECISION_COLUMNS
from orchestration.cli import app
from orchestration.review.proposals import review_rows
from orchestration.review.sheets import SHEETS
from tests.review.conftest import Cells, decisions, edited

DEMO = "belle-ardoise"


@pytest.fixture
def home(demo_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's publication with decisions of its own to write."""
    home = tmp_path / "home"
    shutil.copytree(demo_home / "engagements", home / "engagements")
    for shared in ("builds", "published"):
        (home / shared).symlink_to(demo_home / shared)
    monkeypatch.setenv("JALON_HOME", str(home))
    return home


def jalon(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, list(map(str, arguments)))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_demo_there_and_back(home: Path, tmp_path: Path) -> None:
    folder, path = home / "engagements" / DEMO, tmp_path / "review.xlsx"
    before = decisions(folder)
    said = jalon("review", "export", DEMO, path)
    assert "tags: 29 rows" in said
    report = json.loads(jalon("review", "import", DEMO, path, "--json"))
    assert report["changes"] == [] and decisions(folder) == before

    book = openpyxl.load_workbook(path)
    for stem, columns in DECISION_COLUMNS.items():
        page = book[stem]
        header = [cell.value for cell in page[1]]
        assert header[: len(columns) + 1] == [*columns, "accept"]
        assert len(page.data_validations.dataValidation) >= 1
    tags = Cells(book["tags"])
    rows = range(2, tags.page.max_row + 1)
    is_open = [tags.get(row, "reviewer") is None for row in rows]
    assert is_open == sorted(is_open, reverse=True)  # what is decided comes last
    doubts = [tags.get(row, "hours_in_doubt") for row in rows if tags.get(row, "reviewer") is None]
    assert doubts == sorted(doubts, reverse=True) and doubts[0] > 10
    assert sum(tags.get(row, "quote") is not None for row in rows) >= 10
    natures = tags.page.data_validations.dataValidation[1]
    assert natures.type == "list" and natures.formula1 == "=lists!$B$1:$B$4"
    assert [book["lists"].cell(n, 2).value for n in range(1, 5)] == [
        "human_value", "rule_based", "mixed", "undetermined",
    ]  # fmt: skip

    task = str(tags.get(2, "task_id"))
    edited(path, path, "tags", lambda cells: cells.set(2, nature="mixed", reviewer="Associée"))
    edited(path, path, "approvals", lambda cells: cells.set(
        cells.row(what="publication", subject="2026-09"), approver="Directeur général",
        approved_on="2026-10-12",
    ))  # fmt: skip
    said = jalon("review", "import", DEMO, path)
    assert f"tags: {task}" in said and "by Associée" in said and "kappa" in said
    after = decisions(folder)
    assert {name for name in before if before[name] != after[name]} == {
        "tags.csv", "approvals.csv",
    }  # fmt: skip
    assert (
        after["approvals.csv"]
        .decode()
        .endswith("publication,2026-09,Directeur général,2026-10-12\n")
    )
    assert len(after["tags.csv"].splitlines()) == len(before["tags.csv"].splitlines()) + 1

    jalon("review", "export", DEMO, path)  # decisions are remembered
    tags = Cells(openpyxl.load_workbook(path)["tags"])
    remembered = tags.row(task_id=task)
    assert tags.get(remembered, "reviewer") == "Associée"
    assert tags.get(remembered, "nature") == "mixed"


def test_an_export_does_not_overwrite_what_was_not_imported(home: Path, tmp_path: Path) -> None:
    path, aside = tmp_path / "review.xlsx", tmp_path / "review-1.xlsx"
    jalon("review", "export", DEMO, path)
    jalon("review", "export", DEMO, path)
    assert not aside.exists()
    edited(path, path, "tags", lambda cells: cells.set(2, nature="mixed", reviewer="Associée"))
    held = path.read_bytes()
    assert f"it is {aside} now" in jalon("review", "export", DEMO, path)
    assert aside.read_bytes() == held
    jalon("review", "import", DEMO, aside)
    jalon("review", "export", DEMO, aside)
    assert sorted(tmp_path.glob("*.xlsx")) == [aside, path]


def test_messages_of_the_commands(home: Path, tmp_path: Path) -> None:
    for arguments, said in (
        (("export", DEMO, tmp_path / "review.csv"), "ends in .xlsx"),
        (("import", DEMO, tmp_path / "none.xlsx"), "there is no file"),
        (("export", "les-galets", tmp_path / "review.xlsx"), "les-galets"),
    ):
        result = CliRunner().invoke(app, ["review", *map(str, arguments)])
        assert result.exit_code == 2 and said in result.output


def test_voices_that_differ_are_in_the_queue(home: Path, tmp_path: Path) -> None:
    (build,) = (home / "builds" / DEMO).glob("*/warehouse.duckdb")
    warehouse = tmp_path / "warehouse.duckdb"
    shutil.copy(build, warehouse)
    voices = {"agreed": 1.0, "outvoted": 0.8, "differ": 0.5}
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            """
            create table tags as
                select * replace ('llm' as tagged_by, 'mixed' as nature)
                from staging.stg_enrichment__task_tags
            """
        )
        tasks = [row[0] for row in connection.execute("select task_id from tags").fetchall()]
        names = dict(zip(voices, tasks, strict=False))
        connection.execute("update tags set confidence = 1")
        for name, confidence in voices.items():
            connection.execute(
                "update tags set confidence = ? where task_id = ?", [confidence, names[name]]
            )
        connection.execute("drop view staging.stg_enrichment__task_tags")
        connection.execute("create view staging.stg_enrichment__task_tags as from main.tags")
    rows = review_rows(warehouse, "2026-09", {name: [] for name in SHEETS})["tags"]
    queue = {row.cells["task_id"]: row.beside["in_queue_as"] for row in rows}
    assert queue[names["outvoted"]] == queue[names["differ"]] == "disagreement"
    assert queue[names["agreed"]] in (None, "random sample")
