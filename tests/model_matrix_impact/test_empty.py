"""An engagement with nothing but config: every mart is there, and claims nothing."""

import duckdb
import pytest

from tests.model_matrix_impact.conftest import Project

# Marts of this half that say something of config alone, and how many rows.
ROWS_OF_CONFIG = {"fct_alignment": 3, "fct_voices": 1, "fct_score_agreement": 8}


def test_every_model_and_data_test_passes(project: Project) -> None:
    assert [result.name for result in project.results if result.has_failed] == []


@pytest.mark.parametrize(
    "mart",
    [
        "fct_matrix", "fct_scores", "fct_roadmap", "fct_score_agreement", "fct_targets",
        "fct_voices", "fct_alignment", "fct_workflow_steps", "fct_flows", "fct_tools",
        "fct_ai_usage", "fct_documents", "fct_wishes", "fct_champions", "fct_contradictions",
        "fct_tag_quality", "fct_tag_confusion", "fct_data_quality", "dim_notes",
        "fct_impact_monthly", "fct_impact_effects", "fct_forecast_vs_realised",
    ],
)  # fmt: skip
def test_marts_are_there_without_a_figure(project: Project, mart: str) -> None:
    with duckdb.connect(str(project.warehouse), read_only=True) as connection:
        rows = connection.execute(f"select * from marts.{mart}").fetchall()
    assert len(rows) == ROWS_OF_CONFIG.get(mart, 0)


def test_silence_is_null_and_not_zero(project: Project) -> None:
    with duckdb.connect(str(project.warehouse), read_only=True) as connection:
        votes = connection.execute("select share, agreement from marts.fct_alignment").fetchall()
        alpha = connection.execute("select alpha from marts.fct_score_agreement").fetchall()
    assert set(votes) == {(None, None)}
    assert set(alpha) == {(None,)}
