"""Marts of an invented engagement, in the types of dbt's contracts, for tests of the report.

Belongs here: rows that make every page say something, or (sparse) next to nothing. The agency,
its teams and figures are invented; figures need not agree with one another.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import yaml

MODELS = Path(__file__).resolve().parents[2] / "dbt_project" / "models" / "marts"
# Written by the gate, not by dbt.
GATE = {
    "fct_quality_results": {
        "engagement_id": "varchar", "expectation": "varchar", "table": "varchar",
        "page": "varchar", "severity": "varchar", "is_passed": "boolean", "observed": "varchar",
        "threshold": "varchar", "reason": "varchar", "mend": "varchar", "build_id": "varchar",
    }
}  # fmt: skip
HORIZONS = ("now", "30_days", "90_days", "later")
ALWAYS = ("dim_engagements", "dim_teams", "dim_tasks", "fct_baseline", "fct_data_quality")
TEAMS = {"creation": "Création", "production": "Production et studio", "social": "Social"}
TASKS = {
    "declinaison": ("Déclinaison de formats", "production", "rule_based", 0.8),
    "conception": ("Conception créative", "creation", "human_value", 0.1),
    "redaction": ("Rédaction de contenus", "creation", "mixed", 0.4),
    "attente": ("Attente de validations", "coordination", "undetermined", None),
}
SCENARIOS = {
    "productivity": (-12e3, 61e3, 148e3),
    "growth": (-4e4, 9e4, 3e5),
    "margin": (None,) * 3,
}


def write_marts(
    folder: Path,
    language: str = "fr",
    is_sparse: bool = False,
    engagement: Mapping[str, Any] | None = None,
    left_out: Sequence[str] = (),
) -> Path:
    """Write `folder/marts.duckdb`.

    Args:
        folder: becomes the published build's folder.
        language: of the engagement.
        is_sparse: only the tables without which there is no report have rows.
        engagement: values of dim_engagements to set otherwise.
        left_out: tables not to create.
    """
    folder.mkdir(parents=True)
    rows = _rows(language)
    rows["dim_engagements"][0].update(engagement or {})
    with duckdb.connect() as connection:
        connection.execute(
            f"attach '{folder / 'marts.duckdb'}' as marts (storage_version 'v1.4.0')"
        )
        connection.execute("use marts")
        for table, columns in (_contracts() | GATE).items():
            if table in left_out:
                continue
            types = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
            connection.execute(f"create table {table} ({types})")
            for row in rows.get(table, []) if table in ALWAYS or not is_sparse else []:
                names = ", ".join(f'"{name}"' for name in ("engagement_id", *row))
                marks = ", ".join("?" for _ in range(len(row) + 1))
                connection.execute(
                    f"insert into {table} ({names}) values ({marks})", ["atelier", *row.values()]
                )
    return folder


def _contracts() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for path in sorted(MODELS.rglob("*.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models") or []:
            found[model["name"]] = {c["name"]: c["data_type"] for c in model["columns"]}
    return found


def _rows(language: str) -> dict[str, list[dict[str, Any]]]:
    cells = [(team, task) for team in TEAMS for task in TASKS]
    months = range(37)
    return {
        "dim_engagements": [{
            "client": "Atelier <Ardoise> & fils", "priority": "productivity",
            "language": language, "currency": "EUR", "baseline_start": date(2026, 1, 1),
            "baseline_end": date(2026, 3, 31), "programme_start": date(2026, 4, 1),
            "as_of_month": date(2026, 9, 1), "horizon_months": 36,
            "default_assumptions_count": 2, "is_provisional": True, "is_draft": True,
            "is_above_published_evidence": True, "year_1_net_hours_share": 0.07,
        }],
        "dim_teams": [
            {"team_id": key, "team_name": name, "headcount": 8.0, "respondents_count": 6,
             "response_rate": 0.75, "hourly_cost": 40.0, "is_merged": False, "teams_count": 1}
            for key, name in TEAMS.items()
        ],
        "dim_tasks": [
            {"task_id": key, "task_name": name, "category": category, "nature": nature,
             "rule_share": part, "eligible_share": part or 0.0, "is_waiting": part is None,
             "confidence": 0.7, "tagged_by": "offline", "is_hours_shown": True}
            for key, (name, category, nature, part) in TASKS.items()
        ],
        "fct_baseline": [
            {"team_id": team, "task_id": task, "folded_count": 0, "people_count": 5,
             "declared_weekly_hours": 20.0 + 3 * i, "observed_weekly_hours": 26.0 + 2 * i,
             "calibration_ratio": 1.1, "calibrated_weekly_hours": 24.0 + 3 * i,
             "calibrated_weekly_hours_low": 18.0 + 2 * i if i % 4 else None,
             "calibrated_weekly_hours_high": 31.0 + 4 * i if i % 4 else None,
             "hours_source": "calibrated", "units_per_month": 40.0, "hours_per_unit": 2.5,
             "versions_per_unit": 2.1}
            for i, (team, task) in enumerate(cells)
        ] + [{"team_id": "social", "task_id": "other_tasks", "folded_count": 2,
              "calibrated_weekly_hours": 7.0, "hours_source": "calibrated"}],
        "fct_targets": [{"metric": "margin_rate", "baseline": 0.11, "target": 0.16,
                         "horizon_months": 18, "projected": 0.13, "gap": -0.03}],
        "fct_voices": [
            {"phase": "immersion", "team_id": team, "invited_count": 8, "heard_count": 6,
             "hours_covered_share": 0.9, "is_missing": team == "social"} for team in TEAMS
        ],
        "fct_alignment": [
            {"priority": "productivity", "votes_count": 2, "share": 0.67,
             "is_agreed_priority": True, "agreement": 0.67},
            {"priority": "margin", "votes_count": 1, "share": 0.33,
             "is_agreed_priority": False, "agreement": 0.67},
        ],
        "fct_contradictions": [{"topic": "document:charte", "committee_says": "exists",
                                "teams_say": "missing", "statements_count": 2}],
        "fct_hours_funnel": [
            {"team_id": team, "task_id": task, "month_index": month, "is_in_scope": True,
             "potential_hours": 12.0, "baseline_hours": 90.0, "eligible_hours": 70.0,
             "gained_hours": 21.0, "adopted_hours": 12.0, "net_hours": 10.0,
             "bankable_hours": 5.0} for team, task in cells for month in (24, 36)
        ],
        "fct_roi_monthly": [
            {"scenario": name, "month_index": month,
             "month_on": date(2026 + (month + 2) // 12, (month + 2) % 12 + 1, 1),
             "is_after_horizon": False, "benefit": 3e3 * (month > 0), "cost": 1e3 if month else 3e4,
             "net": 2e3 if month else -3e4, "cumulative_net": -3e4 + 2e3 * month,
             "cumulative_net_p10": -3e4 + 1e3 * month, "cumulative_net_p50": -3e4 + 2.1e3 * month,
             "cumulative_net_p90": -3e4 + 4e3 * month, "hours_used": 60.0,
             "capacity_hours": 20.0, "capacity_value": 800.0}
            for name in SCENARIOS for month in months
        ],
        "fct_roi_scenarios": [
            {"scenario": name, "is_priority": name == "productivity", "npv_p10": low,
             "npv_p50": middle, "npv_p90": high, "npv_base": middle,
             "probability_positive": middle and 0.8, "hours_steady_year": middle and 900.0,
             "payback_months": 14 if middle else None, "default_assumptions_count": 2,
             "missing_inputs": None if middle else "hours_per_project"}
            for name, (low, middle, high) in SCENARIOS.items()
        ],
        "fct_concession_curve": [{"price_concession": 0.01 * i, "npv_base": 9e3 - 4e3 * i,
                                  "npv_p50": 8e3 - 4e3 * i} for i in range(6)],
        "fct_assumptions": [
            {"assumption": "gain", "low": 0.1, "base": 0.3, "high": 0.4, "unit": "share",
             "set_by": "default", "grade": "E"},
            {"assumption": "seat_price", "low": 20.0, "base": 30.0, "high": 60.0,
             "unit": "currency/month", "source": "Devis", "set_by": "client", "grade": "E"},
        ],
        "fct_roi_sensitivity": [
            {"scenario": "productivity", "assumption": "gain", "npv_low": -5e3, "npv_high": 9e4,
             "swing": 9.5e4, "rank": 1},
            {"scenario": "productivity", "assumption": "seat_price", "npv_low": 6.5e4,
             "npv_high": 4e4, "swing": 2.5e4, "rank": 2},
        ],
        "fct_matrix": [
            {"task_id": task, "impact": 4.2 - i, "ease": 4.4 - 0.8 * i,
             "quadrant": ("quick_win", "to_investigate", "strategic_bet", "ignore")[i],
             "needs_adjudication": i == 2, "scored_by": "consultant",
             "bankable_hours_year": 320.0 - 60 * i, "is_selected": i == 0,
             "is_immediate": i == 0, "rank": 1 if i == 0 else None, "main_team_id": "production"}
            for i, task in enumerate(TASKS)
        ],
        "fct_scores": [{"task_id": "declinaison", "criterion": "risk", "axis": "ease",
                        "score": 4.0, "scored_by": "consultant", "raters_count": 2}],
        "fct_roadmap": [
            {"position": i + 1, "task_id": task, "horizon": horizon, "action": "implement",
             "bankable_hours_year": 100.0}
            for i, (task, horizon) in enumerate(zip(TASKS, HORIZONS, strict=True))
        ],
        "fct_workflow_steps": [{"workflow": "Campagne", "task_id": "declinaison",
                                "team_id": "production", "step_order": 1, "step": "Recevoir",
                                "nature": "rule_based", "tool": "Figma"}],
        "fct_flows": [
            {"flow_id": "a", "waiting_team_id": "production", "providing_team_id": "creation",
             "object": "maquettes", "mentions_count": 3, "wait_hours": 6.0},
            {"flow_id": "b", "waiting_team_id": "creation", "mentions_count": 1},
        ],
        "fct_tools": [{"tool_id": tool, "tool": tool, "users_count": n, "satisfaction": mark}
                      for tool, n, mark in (("Figma", 12, 4.4), ("Trello", 9, 2.6))],
        "fct_ai_usage": [{"team_id": team, "users_share": 0.5, "familiarity": 2.5 + i}
                         for i, team in enumerate(TEAMS)],
        "fct_documents": [{"document_id": "charte", "document": "Charte", "kind": "template",
                           "status": "missing"}],
        "fct_evidence": [{"subject_type": "task", "subject_id": "declinaison", "grade": "E",
                          "evidence_id": "e1", "source_kind": "interview", "phase": "immersion",
                          "quote": "On refait <tout> à la main."}],
        "fct_impact_monthly": [
            {"team_id": team, "task_id": "declinaison", "month_on": date(2026, month, 1),
             "is_treated": team == "creation", "hours": 80.0 - 3 * month, "units": 40.0,
             "hours_per_unit": 2.0} for team in TEAMS for month in range(1, 10)
        ],
        "fct_impact_effects": [
            {"intervention_id": "all", "saving": 0.17, "saving_low": 0.05, "saving_high": 0.27,
             "teams_count": 6, "grade": "B", "verdict": "demonstrated",
             "quality_verdict": "held", "quality_ratio": 1.0, "quality_ratio_low": 0.9,
             "quality_ratio_high": 1.1},
            {"intervention_id": "one", "task_ids": "declinaison", "saving": 0.2,
             "saving_low": -0.02, "saving_high": 0.37, "teams_count": 4, "mde": 0.58,
             "expected_saving": 0.12, "grade": "C", "verdict": "not_demonstrable",
             "quality_verdict": "unproven"},
            {"intervention_id": "two", "task_ids": "redaction", "teams_count": 0,
             "grade": "D", "verdict": "no_data"},
        ],
        "fct_forecast_vs_realised": [
            {"month_on": date(2026, month, 1), "forecast_hours": 20.0, "realised_hours": 17.0,
             "realised_hours_low": 4.0, "realised_hours_high": 30.0, "proven_hours": 17.0,
             "realised_share": 0.85} for month in range(5, 10)
        ],
        "fct_baseline_drift": [{"team_id": "creation", "task_id": "redaction",
                                "frozen_hours": 30.0, "current_hours": None,
                                "reason": "no_longer_observed"}],
        "fct_tag_quality": [{"provider": "offline", "kappa": 0.6, "kappa_low": 0.4,
                             "kappa_high": 0.8, "reviewed_count": 20, "abstained_share": 0.1}],
        "fct_coverage": [{"measure": "rows_loaded_share", "value": 0.98}],
        "fct_data_quality": [{"source_file": "timesheets/00000000.csv", "kind": "timesheets",
                              "tool": "toggl", "status": "loadable", "rows_in": 400,
                              "rows_loaded": 396, "rows_quarantined": 3,
                              "rows_declared_non_data": 1, "first_reason": "unknown_person"}],
        "fct_quality_results": [{"expectation": "people_answered", "table": "dim_teams",
                                 "page": "listening", "severity": "warning",
                                 "is_passed": False, "build_id": "b1"}],
        "dim_notes": [{"page": "answer", "text": "Commencer par la **production**."}],
    }  # fmt: skip
