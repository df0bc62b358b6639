"""What an import takes for a decision, what it refuses, and that it writes all or nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ingestion.config import load_engagement
from ingestion.decisions import load_decisions
from ingestion.errors import InputError
from ingestion.roster import load_roster
from orchestration.review.decide import import_review
from tests.review.conftest import Cells, decisions, edited


def loaded(folder: Path) -> dict[str, list[dict[str, Any]]]:
    config = load_engagement(folder)
    return load_decisions(folder, config, load_roster(folder, config)).tables


def test_rows_left_as_they_are_decide_nothing(folder: Path, workbook: Path) -> None:
    assert import_review(folder, workbook).changes == []
    assert decisions(folder) == {}


def test_the_first_decision_makes_the_proposed_tasks_the_decided_ones(
    folder: Path, workbook: Path
) -> None:
    edited(workbook, workbook, "tags", lambda tags: tags.set(2, nature="mixed", reviewer="Lead"))
    report = import_review(folder, workbook)
    assert report.adopted_count == 3 and len(report.changes) == 1
    change = report.changes[0]
    assert (change.file, change.key, change.by) == ("tags", ("retouche",), "Lead")
    assert change.after == {"nature": "mixed", "rule_share": "0.5", "reviewer": "Lead"}
    tables = loaded(folder)
    assert [t["task_id"] for t in tables["decision_tasks"]] == ["retouche", "idees", "devis"]
    assert [(t["task_id"], t["nature"]) for t in tables["decision_tags"]] == [("retouche", "mixed")]
    assert import_review(folder, workbook).changes == []  # once more changes nothing


def test_accept_decides_what_is_proposed(folder: Path, workbook: Path) -> None:
    for sheet in ("tags", "task_map"):
        edited(workbook, workbook, sheet, lambda cells: cells.set(2, accept="yes"))
    import_review(folder, workbook)
    tables = loaded(folder)
    assert [t["nature"] for t in tables["decision_tags"]] == ["rule_based"]
    # The label begins like a formula: harmless in the file, unchanged when read.
    assert tables["decision_task_map"][0]["label"] == "=Retouche"
    assert "'=Retouche" in (folder / "decisions" / "task_map.csv").read_text("utf-8")


def test_a_sheet_sorted_anew_with_a_column_and_blank_rows_of_ones_own(
    folder: Path, workbook: Path
) -> None:
    book = openpyxl.load_workbook(workbook)
    page = book["tags"]
    header, *rows = [list(cells) for cells in page.iter_rows(values_only=True)]
    header = ["Mes notes", *header[::-1]]
    rows = [["à revoir", *cells[::-1]] for cells in rows[::-1]]
    page.delete_rows(1, page.max_row)
    for cells in (header, rows[0], [], *rows[1:], []):
        page.append(cells or [None])
    page.cell(2, header.index("nature") + 1).value = " Rule_Based "
    page.cell(2, header.index("reviewer") + 1).value = "Lead"
    book.save(workbook)
    report = import_review(folder, workbook)
    assert [(c.file, c.key, c.by) for c in report.changes] == [("tags", ("devis",), "Lead")]
    assert [(t["task_id"], t["nature"]) for t in loaded(folder)["decision_tags"]] == [
        ("devis", "rule_based")
    ]


def test_two_raters_of_one_export_and_agreement_with_the_proposal(
    folder: Path, workbook: Path, tmp_path: Path
) -> None:
    for rater, shift in (("Directrice", 0), ("Chef", 1)):

        def score(cells: Cells, rater: str = rater, shift: int = shift) -> None:
            for number, value in ((2, 4), (3, 1)):
                cells.set(number, rater=rater, score=value + shift)
            cells.set(4, rater=rater, score=None)  # a name without a score is none

        report = import_review(
            folder, edited(workbook, tmp_path / f"{rater}.xlsx", "scores", score)
        )
        assert {change.by for change in report.changes} == {rater}
    scores = loaded(folder)["decision_scores"]
    assert [(s["rater"], s["score"]) for s in scores] == [
        ("Directrice", 4), ("Directrice", 1), ("Chef", 5), ("Chef", 2),
    ]  # fmt: skip
    # Proposal 4 4, Directrice 4 1, Chef 5 2: six scores, worked out by hand.
    # Counts 1:1 2:1 4:3 5:1. d(1,2)=1, d(1,4)=9, d(1,5)=25, d(2,4)=4, d(2,5)=16, d(4,5)=4.
    # Observed ((0+4+4)·2 + (9+4+1)·2)/2 = 22; expected 2·(1+3·9+25+3·4+16+3·4) = 186.
    assert report.alpha == pytest.approx(1 - 5 * 22 / 186)
    assert report.scores_count == 6


def test_kappa_of_tags_leaves_out_what_nobody_reviewed(folder: Path, workbook: Path) -> None:
    def review(cells: Cells) -> None:
        cells.set(2, reviewer="Lead")  # agrees
        cells.set(3, nature="mixed", reviewer="Lead")  # does not

    report = import_review(folder, edited(workbook, workbook, "tags", review))
    # rule_based–rule_based, human_value–mixed: observed 1/2, by chance 1/4.
    kappa, count = report.kappas["tags"]
    assert count == 2 and kappa == pytest.approx((0.5 - 0.25) / 0.75)
    assert report.kappas["task_map"] == (None, 0)


def test_agreement_reads_spellings_as_the_files_do_and_counts_a_row_once(
    folder: Path, workbook: Path
) -> None:
    def review(cells: Cells) -> None:
        cells.set(2, nature=" RULE_BASED ", reviewer="Lead")  # agrees
        cells.set(3, nature="Mixed", reviewer="Lead")  # does not
        cells.add(  # the same row again, as it was
            task_id="idees", nature="human_value", rule_share=0.5, proposed_nature="human_value"
        )

    report = import_review(folder, edited(workbook, workbook, "tags", review))
    kappa, count = report.kappas["tags"]
    assert count == 2 and kappa == pytest.approx((0.5 - 0.25) / 0.75)


def test_a_label_that_is_no_task_s_is_unmapped(folder: Path, workbook: Path) -> None:
    clear = edited(workbook, workbook, "task_map", lambda cells: cells.set(2, task_id=None))
    report = import_review(folder, clear)
    assert report.changes == [] and "task_map, row 2, timesheet · =retouche" in report.notes[0]
    assert "is unmapped" in report.notes[0]
    edited(workbook, workbook, "task_map", lambda cells: cells.set(2, task_id="unmapped"))
    assert import_review(folder, workbook).notes == []
    assert loaded(folder)["decision_task_map"][0]["task_id"] == "unmapped"


def test_what_may_be_an_oversight_is_taken_and_said(folder: Path, workbook: Path) -> None:
    edited(workbook, workbook, "task_map", lambda cells: cells.add(
        source="form", label="Retouchee", task_id="retouche"
    ))  # fmt: skip

    def review(cells: Cells) -> None:
        cells.set(2, nature="human_value")
        cells.set(3, nature="mixed", rule_share=0.6)
        cells.set(4, nature="rule_based", rule_share=None)

    report = import_review(folder, edited(workbook, workbook, "tags", review))
    assert len(report.changes) == 4
    kept, blank, label = report.notes
    assert "tags, row 2, retouche: rule_share 0.5 stood for rule_based and stays" in kept
    assert "tags, row 4, devis: rule_share 0.5 stood for mixed" in blank
    assert "task_map, row 3, form · retouchee: no file held this label" in label


def test_a_dry_run_says_the_same_and_writes_nothing(folder: Path, workbook: Path) -> None:
    edited(workbook, workbook, "tags", lambda tags: tags.set(2, accept="yes"))
    dry = import_review(folder, workbook, is_dry=True)
    assert len(dry.changes) == 1 and decisions(folder) == {}
    assert import_review(folder, workbook) == dry and decisions(folder) != {}


def test_clearing_a_row_withdraws_its_decision(folder: Path, workbook: Path) -> None:
    write(folder, "tasks", "task_id,task_name\nretouche,Retouche\n")
    write(folder, "tags", "task_id,nature\nretouche,mixed\n")

    def clear(cells: Cells) -> None:
        cells.set(2, nature=None, rule_share=None)

    edited(workbook, workbook, "tags", clear)
    with pytest.raises(InputError, match=r"tags, row 2: .* changed after this workbook"):
        import_review(folder, workbook)  # the export knew of no decision to withdraw
    mark_as_decided(workbook, nature="mixed")
    change = import_review(folder, workbook).changes[0]
    assert (change.before, change.after) == ({"nature": "mixed"}, {})
    assert loaded(folder)["decision_tags"] == []


def test_what_was_decided_meanwhile_is_not_undone(folder: Path, workbook: Path) -> None:
    write(folder, "tasks", "task_id,task_name\nretouche,Retouche\nidees,Idées\n")
    write(folder, "tags", "task_id,nature,reviewer\nretouche,mixed,Autre\n")
    edited(workbook, workbook, "tags", lambda tags: tags.set(3, reviewer="Lead"))
    import_review(folder, workbook)
    assert [t["reviewer"] for t in loaded(folder)["decision_tags"]] == ["Autre", "Lead"]
    edited(workbook, workbook, "tags", lambda tags: tags.set(2, reviewer="Lead"))
    with pytest.raises(InputError, match=r"row 2: mixed, Autre.*export again"):
        import_review(folder, workbook)


@pytest.mark.parametrize(
    ("sheet", "cells", "said"),
    [
        ("tags", {"nature": "regle"}, "tags, row 3: nature is 'regle'"),
        ("tags", {"reviewer": "Paul Mica"}, "tags, row 3: reviewer names a person"),
        ("tags", {"rule_share": 80}, "tags, row 3: rule_share is '80'; it must be between 0 and 1"),
        ("tags", {"accept": "maybe"}, "tags, row 3: accept is 'maybe'"),
        ("tags", {"accept": "no"}, "tags, row 3: accept is no; say in the yellow cells"),
        (
            "approvals",
            {"what": "publication", "subject": "2026-03", "accept": "yes"},
            "approvals, row 3: accept is yes, but the yellow cells are blank",
        ),
        ("tags", {"task_id": "nothing"}, "tags, row 3: task_id is 'nothing'"),
        ("tags", {"task_id": "retouche", "reviewer": "x"}, "row 3: retouche stands on row 2"),
        ("tags", {"reason": "=1+1"}, "row 3: a formula has no stored value"),
        ("scores", {"score": 7, "rater": "Lead"}, "scores, row 3: score is '7'"),
        ("scores", {"score": 2}, "scores, row 3: rater is blank"),
        ("tasks", {"gain_base": 0.5}, "tasks, row 3: gain_low, gain_base and gain_high"),
    ],
)
def test_one_wrong_row_and_nothing_is_written(
    folder: Path, workbook: Path, sheet: str, cells: dict[str, Any], said: str
) -> None:
    edited(workbook, workbook, "tags", lambda tags: tags.set(2, reviewer="Lead"))
    edited(workbook, workbook, sheet, lambda page: page.set(3, **cells))
    with pytest.raises(InputError) as refused:
        import_review(folder, workbook)
    assert said in str(refused.value) and "review.xlsx" in str(refused.value)
    assert decisions(folder) == {}


def no_sheet(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    del book["scores"]
    book.save(path)


def no_column(path: Path) -> None:
    edited(path, path, "scores", lambda cells: cells.set(1, score="points"))


def other_engagement(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["exported"]["A1"] = "les-galets"
    book.save(path)


def no_record(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["exported"]["B2"] = "{"
    book.save(path)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (no_sheet, "the sheet scores is missing"),
        (no_column, "sheet scores, row 1: the column score is not there"),
        (other_engagement, "exported for les-galets, not for les-cailloux"),
        (no_record, "hidden sheet exported was changed"),
        (lambda path: path.write_text("task_id,nature\n"), "no .xlsx workbook"),
        (lambda path: path.write_bytes(path.read_bytes()[:2000]), "broken or cut short"),
    ],
)
def test_what_is_no_workbook_of_ours_is_said_so(
    folder: Path, workbook: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(workbook)
    with pytest.raises(InputError) as refused:
        import_review(folder, workbook)
    assert said in str(refused.value) and "review.xlsx" in str(refused.value)


def write(folder: Path, stem: str, text: str) -> None:
    (folder / "decisions" / f"{stem}.csv").write_text(text, encoding="utf-8")


def mark_as_decided(path: Path, **cells: str) -> None:
    """As if the first tag had been a decision when the workbook was exported."""
    import json

    book = openpyxl.load_workbook(path)
    page = book["exported"]
    for row in page.iter_rows(min_row=2):
        if row[0].value == "tags":
            row[1].value = json.dumps({"task_id": "retouche", **cells})
            row[2].value = True
            break
    book.save(path)
