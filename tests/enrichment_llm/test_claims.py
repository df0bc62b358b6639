"""What a model claims beside a quote stands only where somebody said it."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from llm_enrichment.enrich import enrich
from llm_enrichment.settings import ProviderSettings
from llm_enrichment.tables import ENRICHMENT_TABLES
from tests.enrichment.snapshots import interview, write_snapshot
from tests.enrichment_llm.fake_endpoint import Model

WORK = interview(
    "deep_dive",
    "studio",
    (True, "Comment se passe la validation des maquettes ?"),
    (False, "On attend deux jours la réponse du client. Le gabarit des bannières est obsolète."),
    (False, "On n'utilise jamais ChatGPT pour les devis. Je voudrais des relances automatiques."),
    (False, "On vise 15 % de marge dans dix-huit mois. On dépense 12 000 euros par an."),
    (False, "Le site coûte 12 k€ et trois jours."),
    (False, "Une heure et demie par jour, facile."),
)
VOTES = interview(
    "alignment", None,
    (True, "Votre priorité ?"), (False, "La priorité, c'est la marge, pas la croissance."),
)  # fmt: skip


def found(
    said: dict[str, Any] | list[dict[str, Any]],
    snapshot: Any,
    model: Model,
    settings: ProviderSettings,
    folder: Path,
) -> tuple[list[dict[str, Any]], list[str]]:
    """The facts kept, and why others were refused."""
    model.facts = lambda item: said if isinstance(said, list) else [said]
    enrich(write_snapshot(folder / "raw", **snapshot), folder / "out", folder / "cache", settings)
    tables = {t: pl.read_parquet(folder / "out" / f"{t}.parquet") for t in ENRICHMENT_TABLES}
    kept = [row for row in tables["facts"].iter_rows(named=True) if row["tagged_by"] == "llm"]
    return kept, tables["rejected_facts"]["reason"].to_list()


WAIT = {"type": "blockage", "turn": 2, "quote": "On attend deux jours la réponse du client"}
WISH = {"type": "wish", "turn": 3, "quote": "Je voudrais des relances automatiques"}
GABARIT = {
    "type": "document", "turn": 2, "quote": "Le gabarit des bannières est obsolète",
    "document_name": "gabarit des bannières", "document_status": "obsolete",
}  # fmt: skip
SPENT = {"type": "baseline_number", "turn": 4, "quote": "On dépense 12 000 euros par an"}
SHORT = {"type": "baseline_number", "turn": 5, "quote": "Le site coûte 12 k€ et trois jours"}
HALF = {"type": "baseline_number", "turn": 6, "quote": "Une heure et demie par jour, facile"}
STEP = {"type": "workflow_step", "turn": 2, "quote": "On attend deux jours la réponse du client"}


@pytest.mark.parametrize(
    ("fact", "column", "claim", "kept"),
    [
        (WAIT, "object", "réponse du client", True),
        (WAIT, "object", "réponses des clients", True),
        (WAIT, "object", "validation des maquettes", True),  # as the question calls it
        (WAIT, "object", "réponse de Zoé Schiste", False),
        (WAIT, "object", "pas de réponse", False),
        (WAIT, "object", "3 jours de réponse", False),
        (WAIT, "cause", "parce que Zoé Schiste est partie", False),
        (WISH, "detail", "relances automatiques", True),
        (WISH, "detail", "licencier le studio", False),
        (GABARIT, "owner_role", "directrice artistique", False),
        (GABARIT, "document_name", "gabarit", True),
        (STEP, "workflow", "devis", True),  # said elsewhere in the interview
        (STEP, "documents", "gabarit des bannières", True),
        (STEP, "documents", "la bible de Zoé", False),
    ],
)
def test_a_field_in_words_is_left_empty_where_nobody_said_them(
    fact: dict[str, Any],
    column: str,
    claim: str,
    kept: bool,
    model: Model,
    settings: ProviderSettings,
    tmp_path: Path,
) -> None:
    (row,), _ = found(fact | {column: claim}, WORK, model, settings, tmp_path)
    assert row[column] == (claim if kept else None)


TARGET = {
    "type": "target", "turn": 4, "quote": "On vise 15 % de marge dans dix-huit mois",
    "topic": "margin_rate", "number_value": 15, "unit": "%", "horizon_months": 18,
}  # fmt: skip
VOTE = {
    "type": "priority_vote",
    "turn": 2,
    "quote": "La priorité, c'est la marge, pas la croissance",
}


@pytest.mark.parametrize(
    ("fact", "topic", "read"),
    [
        (TARGET, "margin_rate", "margin_rate"),
        (TARGET, "marge", "margin_rate"),
        (TARGET, "headcount", None),
        (TARGET, "effectif", None),
        (TARGET, None, None),
        (VOTE, "margin", "margin"),
        (VOTE, "growth", None),
        (VOTE, "productivity", None),
        (VOTE, None, None),
    ],
)
def test_a_topic_is_the_one_that_was_said(
    fact: dict[str, Any],
    topic: str | None,
    read: str | None,
    model: Model,
    settings: ProviderSettings,
    tmp_path: Path,
) -> None:
    snapshot = VOTES if fact is VOTE else WORK
    kept, refused = found(fact | {"topic": topic}, snapshot, model, settings, tmp_path)
    assert [row["topic"] for row in kept] == ([read] if read else [])
    assert refused == ([] if read else ["topic_not_said"])


def test_a_document_is_in_the_state_that_was_said(
    model: Model, settings: ProviderSettings, tmp_path: Path
) -> None:
    kept, refused = found(GABARIT, WORK, model, settings, tmp_path / "right")
    assert [row["document_status"] for row in kept] == ["obsolete"] and not refused
    lie = GABARIT | {"document_status": "exists", "document_kind": "template"}
    assert found(lie, WORK, model, settings, tmp_path / "wrong") == ([], ["status_not_said"])


def test_what_is_not_in_use_does_not_work(
    model: Model, settings: ProviderSettings, tmp_path: Path
) -> None:
    lie = {
        "type": "ai_usage", "turn": 3, "quote": "On n'utilise jamais ChatGPT pour les devis",
        "tool": "ChatGPT", "polarity": "works",
    }  # fmt: skip
    (row,), _ = found(lie, WORK, model, settings, tmp_path)
    assert row["polarity"] is None


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        (TARGET | {"horizon_months": 216}, "number_not_in_quote"),
        (TARGET | {"number_value": 0.015, "unit": "k€"}, "unit"),
        (TARGET | {"number_value": None}, "incomplete"),
        ({"type": "tool_use", "turn": 3, "quote": "On n'utilise jamais ChatGPT"}, "incomplete"),
        (
            WAIT | {"waiting_team": "client", "providing_team": "client", "type": "dependency"},
            "one_party",
        ),
        (SPENT | {"number_value": 12, "unit": "euros"}, "number_not_in_quote"),
        (SPENT | {"number_value": 12000, "unit": "k€"}, "number_not_in_quote"),
        (SHORT | {"number_value": 12, "unit": "euros"}, "number_not_in_quote"),
    ],
)
def test_a_figure_stands_in_the_unit_in_which_it_was_said(
    fact: dict[str, Any], reason: str, model: Model, settings: ProviderSettings, tmp_path: Path
) -> None:
    assert found(fact, WORK, model, settings, tmp_path) == ([], [reason])


@pytest.mark.parametrize(
    ("fact", "value", "unit"),
    [
        (SPENT, 12000, "euros"), (SPENT, 12, "k€"), (SHORT, 12, "k€"), (SHORT, 12000, "euros"),
        (SHORT, 3, "jours"), (HALF, 1.5, "heures"),
    ],
)  # fmt: skip
def test_a_figure_may_be_said_in_full_or_short(
    fact: dict[str, Any],
    value: float,
    unit: str,
    model: Model,
    settings: ProviderSettings,
    tmp_path: Path,
) -> None:
    (row,), _ = found(fact | {"number_value": value, "unit": unit}, WORK, model, settings, tmp_path)
    assert row["number_value"] == value


@pytest.mark.parametrize(
    ("fact", "column"),
    [
        (STEP | {"nature": "règle"}, "nature"),
        (STEP | {"nature": ["mixed"]}, "nature"),
        (STEP | {"polarity": "works"}, "polarity"),  # of another type
        (STEP | {"step_order": -3}, "step_order"),
        (GABARIT | {"document_kind": "charte"}, "document_kind"),
        (WAIT | {"severity": 99}, "severity"),
        (WAIT | {"wait_value": 2, "wait_unit": "lustres"}, "wait_hours"),
        (WAIT | {"wait_value": 2, "wait_unit": None}, "wait_hours"),
    ],
)
def test_what_no_closed_list_holds_is_left_empty(
    fact: dict[str, Any],
    column: str,
    model: Model,
    settings: ProviderSettings,
    tmp_path: Path,
) -> None:
    (row,), _ = found(fact, WORK, model, settings, tmp_path)
    assert row[column] is None


@pytest.mark.parametrize("order", [float("inf"), 10**400, 1e30, True, "two"])
def test_a_figure_that_nobody_says_is_no_figure(
    order: Any, model: Model, settings: ProviderSettings, tmp_path: Path
) -> None:
    (row,), _ = found(STEP | {"step_order": order}, WORK, model, settings, tmp_path)
    assert row["step_order"] is None


def test_a_workflow_that_nobody_named_is_that_of_a_role(
    model: Model, settings: ProviderSettings, tmp_path: Path
) -> None:
    """A step in no workflow would stand on no page."""
    quotes = ["On attend deux jours la réponse du client", "Le gabarit des bannières est obsolète"]
    for label, named in (("jardinage", "Directrice 1"), (None, "Directrice 1"), ("devis", "devis")):
        said = [STEP | {"quote": quote, "workflow": label} for quote in quotes]
        kept, _ = found(said, WORK, model, settings, tmp_path / str(label))
        assert [row["workflow"] for row in kept] == [named] * 2
