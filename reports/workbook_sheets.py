"""Which tables the workbook holds, and how each column reads.

Belongs here: queries over published marts, the kind of each column. Does not belong here: words
(labels.json, by the column's name), XLSX (workbook). No formula stands here: a sum over months is
the only arithmetic.
"""

import re
from dataclasses import dataclass

# Kinds of columns that are no number; any other names its number format (workbook).
TEXT, TERM, TASK, TEAM = "text", "term", "task", "team"


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    Attributes:
        name: of the mart's column, and of its label.
        kind: number format, or one of the kinds of text.
        family: of the labels that say a code in words, where `kind` is TERM.
    """

    name: str
    kind: str
    family: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet: `table` in `order`, or what `query` says.

    Attributes:
        id: of its name among the labels (`export.sheet.<id>`).
        source: table or query over the marts.
        order: columns of the order.
        columns: `name:kind` or `name:term:family`, in the order shown.
    """

    id: str
    source: str
    order: str
    columns: tuple[Column, ...]

    @property
    def mart(self) -> str:
        """The mart that its rows are of: where `jalon explain` starts."""
        return str(_MART.findall(self.source)[0])


_MART = re.compile(r"\b(?:fct|dim)_\w+")


def _columns(text: str) -> tuple[Column, ...]:
    return tuple(Column(*item.split(":")) for item in text.split())


_FUNNEL = """(
    select team_id, task_id, sum(baseline_hours) as baseline_hours,
        sum(eligible_hours) as eligible_hours, sum(gained_hours) as gained_hours,
        sum(adopted_hours) as adopted_hours, sum(net_hours) as net_hours,
        sum(bankable_hours) as bankable_hours
    from fct_hours_funnel
    where is_in_scope and month_index > (select max(month_index) - 12 from fct_hours_funnel)
    group by team_id, task_id
)"""
_STEPS = "baseline_hours eligible_hours gained_hours adopted_hours net_hours bankable_hours"
_PRIORITY = """(
    select * from fct_roi_monthly
    where scenario in (select scenario from fct_roi_scenarios where is_priority)
)"""
# The month in which a tool arrives is neither before nor after it.
_COMPARED = """(
    select * from fct_forecast_vs_realised
    where forecast_hours is not null or realised_hours is not null
)"""
# Why a whole file was put aside is said to the consultant, in one language.
_FILES = """(
    select * replace (case status when 'loadable' then first_reason else 'refused' end
        as first_reason)
    from fct_data_quality
)"""

SHEETS = tuple(
    Sheet(name, source, order, _columns(columns))
    for name, source, order, columns in (
        (
            "quick_wins", "(select * from fct_matrix where is_selected)", "rank",
            "task_id:task bankable_hours_year:hours impact:decimal ease:decimal "
            "is_immediate:term:yes_no owner:text deadline:day",
        ),
        (
            "roadmap", "fct_roadmap", "position",
            "position:whole task_id:task horizon:term:horizon action:term:action "
            "bankable_hours_year:hours owner:text deadline:day",
        ),
        (
            "scenarios", "fct_roi_scenarios", "is_priority desc, scenario",
            "scenario:term:scenario is_priority:term:yes_no npv_p10:money npv_p50:money "
            "npv_p90:money probability_positive:share npv_base:money payback_months:months "
            "roi:share hours_year_1:hours hours_steady_year:hours hours_used_share:share "
            "fte_steady:decimal hires_avoided_steady:decimal extra_pitches:decimal "
            "extra_projects:decimal break_even_concession:share default_assumptions_count:whole",
        ),
        (
            "months", _PRIORITY, "month_index",
            "month_on:month benefit:money cost:money net:money cumulative_net:money "
            "cumulative_net_p10:money cumulative_net_p50:money cumulative_net_p90:money "
            "hours_used:hours capacity_hours:hours capacity_value:money",
        ),
        (
            "sensitivity", "fct_roi_sensitivity", "scenario, rank",
            "scenario:term:scenario rank:whole assumption:term:assumption npv_low:money "
            "npv_high:money swing:money",
        ),
        (
            "assumptions", "fct_assumptions",
            "assumption, team_id nulls first, task_id nulls first",
            "assumption:term:assumption team_id:team task_id:task low:unit base:unit high:unit "
            "unit:term:measure source:term:source set_by:term:set_by grade:term:grade",
        ),
        (
            "projects", "fct_margin_by_project_type", "project_type",
            "project_type_name:text annual_volume:whole price:money hours_before:hours "
            "hours_after:hours cost_before:money cost_after:money margin_before:money "
            "margin_after:money",
        ),
        (
            "concession", "fct_concession_curve", "price_concession",
            "price_concession:share npv_p50:money npv_base:money",
        ),
        (
            "tasks", "dim_tasks left join fct_matrix using (engagement_id, task_id)",
            "bankable_hours_year desc nulls last, task_id",
            "task_id:task category:term:category nature:term:nature rule_share:share "
            "tagged_by:term:tagged_by calibrated_weekly_hours:hours impact:decimal ease:decimal "
            "quadrant:term:quadrant bankable_hours_year:hours",
        ),
        (
            "time", "fct_baseline", "calibrated_weekly_hours desc nulls last, team_id, task_id",
            "task_id:task team_id:team people_count:whole declared_weekly_hours:hours "
            "observed_weekly_hours:hours calibration_ratio:ratio calibrated_weekly_hours:hours "
            "calibrated_weekly_hours_low:hours calibrated_weekly_hours_high:hours "
            "hours_source:term:hours_source units_per_month:decimal hours_per_unit:hours "
            "versions_per_unit:decimal",
        ),
        (
            "hours", _FUNNEL, "team_id, task_id",
            "team_id:team task_id:task "
            + " ".join(f"{step}:hours" for step in _STEPS.split()),
        ),
        (
            "effects",
            "fct_impact_effects left join dim_tasks on task_ids = dim_tasks.task_id",
            "intervention_id <> 'all', intervention_id",
            "intervention_id:term:effect task_name:text started_on:day teams_count:whole "
            "saving:share saving_low:share saving_high:share mde:share verdict:term:verdict "
            "quality_ratio:ratio quality_verdict:term:quality grade:term:grade",
        ),
        (
            "realised", _COMPARED, "month_on",
            "month_on:month forecast_hours:hours realised_hours:hours realised_hours_low:hours "
            "realised_hours_high:hours proven_hours:hours realised_share:share",
        ),
        (
            "checks", "fct_quality_results", "is_passed, severity, expectation",
            "expectation:term:expectation severity:term:severity is_passed:term:yes_no",
        ),
        (
            "files", _FILES, "source_file",
            "source_file:text kind:term:kind tool:text rows_in:whole rows_loaded:whole "
            "rows_quarantined:whole rows_declared_non_data:whole first_reason:term:reason",
        ),
    )
)  # fmt: skip
