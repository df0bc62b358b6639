"""Forms of no known tool: read by a mapping, or held with a guess of it."""

from pathlib import Path

from ingestion.parsed import FileStatus
from ingestion.source_rule import SourceRule
from tests.readers.form_samples import LONG, LONG_RULE
from tests.readers.reading import column, extras, read_form, reasons, tasks


def test_a_generic_form_with_a_row_per_task(tmp_path: Path) -> None:
    parsed = read_form(tmp_path, LONG, LONG_RULE)
    assert parsed.tool == "generic"
    assert column(parsed, "person_email") == ["a@a.example", None]
    assert column(parsed, "person_name") == [None, "Zoé Gneiss"]
    assert tasks(parsed) == [
        (2, 1, "Retouche", "production", 2.0), (2, 2, "Relances", None, 1.5),
        (4, 1, "Retouche", None, 3.5),
    ]  # fmt: skip
    assert parsed.non_data == {"header": 1, "same_response": 1}
    assert reasons(parsed) == {5: "bad_weekly_hours"}


def test_a_generic_form_with_numbered_blocks(tmp_path: Path) -> None:
    text = (
        "Adresse;Quand;Tâche 1;Heures 1;Tâche 2;Heures 2;Remarque\n"
        "a@a.example;2026-03-02;Retouche;2;Relances;1;bien\n"
    )
    columns = {"email": "Adresse", "submitted_at": "Quand", "task": "Tâche {n}",
               "weekly_hours": "Heures {n}"}  # fmt: skip
    parsed = read_form(tmp_path, text, SourceRule("generic", layout="wide", columns=columns))
    assert [task[1:3] for task in tasks(parsed)] == [(1, "Retouche"), (2, "Relances")]
    assert extras(parsed) == {"Remarque": "bien"}


def test_an_unknown_form_is_held_with_its_guess(tmp_path: Path) -> None:
    held = read_form(tmp_path, LONG)
    assert held.status is FileStatus.HELD
    assert held.guess == {"email": "email", "submitted_at": "date", "task": "tache",
                          "weekly_hours": "heures", "category": "categorie"}  # fmt: skip


def test_a_mapping_to_no_header_names_the_nearest(tmp_path: Path) -> None:
    columns = dict(LONG_RULE.columns or {}) | {"task": "taches"}
    refused = read_form(tmp_path, LONG, SourceRule("generic", layout="long", columns=columns))
    assert refused.status is FileStatus.REFUSED
    assert "tache" in refused.reason


def test_numbered_columns_are_guessed_as_blocks(tmp_path: Path) -> None:
    held = read_form(tmp_path, "Nom;Tâche 1;Heures 1;Tâche 2;Heures 2\nPaul;Retouche;7,5;Brief;2\n")
    assert held.guess == {"person": "Nom", "task": "Tâche {n}", "weekly_hours": "Heures {n}"}
    assert "layout: wide" in held.reason
