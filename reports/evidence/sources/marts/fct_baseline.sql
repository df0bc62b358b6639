select
    team_id,
    task_id,
    folded_count,
    people_count,
    declared_weekly_hours,
    observed_weekly_hours,
    calibration_ratio,
    calibrated_weekly_hours,
    calibrated_weekly_hours_low,
    calibrated_weekly_hours_high,
    hours_source,
    units_per_month,
    hours_per_unit,
    versions_per_unit
from fct_baseline
