"""The keys of `assumptions` in engagement.yaml: those of model.md, with the bounds of each.

Belongs here: names and bounds. Does not belong here: default values (a dbt seed) and formulas.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class AssumptionKey:
    """One assumption.

    Attributes:
        meaning: unit and sense, shown in the JSON Schema.
        highest: the greatest possible value, None where there is none.
        lowest: the least possible value.
        is_varied: whether low and high may differ from base.
    """

    meaning: str
    highest: float | None = None
    lowest: float = 0.0
    is_varied: bool = True


SCALAR_KEYS: dict[str, AssumptionKey] = {
    "gain": AssumptionKey("share of the eligible time that AI saves", 1),
    "eligible": AssumptionKey("factor on the eligible share of each task"),
    "adoption_max": AssumptionKey("share of people who use it in the end", 1),
    "adoption_half_time": AssumptionKey("months to half of the adoption"),
    "review_share": AssumptionKey("share of the saved time that checking takes", 1),
    "bankable_share": AssumptionKey("share of the saved time that comes together", 1),
    "conversion_rate": AssumptionKey("share of pitches won", 1),
    "average_project_value": AssumptionKey("currency"),
    "external_cost_share": AssumptionKey("share of a project's value bought outside", 1),
    "extra_pitches_per_year": AssumptionKey("count of briefs declined today"),
    "pitch_cash_cost": AssumptionKey("currency per pitch"),
    "upsell_deals_per_year": AssumptionKey("count"),
    "upsell_value": AssumptionKey("currency"),
    "sales_lag_months": AssumptionKey("months from pitch to revenue"),
    "freelance_day_rate": AssumptionKey("currency per day"),
    "price_concession": AssumptionKey("share of fees given away, a decision", 1, is_varied=False),
    "cash_share": AssumptionKey("share of saved cost that leaves the cost base", 1),
    "seats": AssumptionKey("count of licences"),
    "seat_price": AssumptionKey("currency per month"),
    "implementation_days": AssumptionKey("days"),
    "implementation_day_rate": AssumptionKey("currency per day"),
    "training_hours_per_seat": AssumptionKey("hours"),
    "run_cost_per_month": AssumptionKey("currency per month"),
    "working_weeks": AssumptionKey("weeks a year", 53, 1, is_varied=False),
    "horizon_months": AssumptionKey("months, at least 12", 120, 12, is_varied=False),
    "discount_rate": AssumptionKey("share a year", 1, is_varied=False),
}
TEAM_KEYS: dict[str, str] = {
    "hours_per_pitch": "hours of each team per pitch",
    "hours_per_project": "hours of each team per project won",
    "hours_per_upsell": "hours of each team per upsell",
    "planned_hires": "hires planned a year by team",
    "freelance_days": "freelance days bought a year by team",
}
# In model.md, yet a result of section 1 and never an input.
COMPUTED_KEYS = {"baseline_hours": "its range is computed from forms and timesheets"}
