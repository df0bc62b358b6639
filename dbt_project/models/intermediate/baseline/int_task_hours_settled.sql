-- Hours as the funnel uses them: the frozen baseline where one is approved, else the present one.
select
    calibrated.engagement_id,
    calibrated.team_id,
    calibrated.task_id,
    calibrated.calibrated_weekly_hours,
    calibrated.calibrated_weekly_hours_low,
    calibrated.calibrated_weekly_hours_high,
    calibrated.hours_source
from {{ ref('int_task_hours_calibrated') }} as calibrated
left join {{ ref('int_freezes_as_of') }} as freezes
    on calibrated.engagement_id = freezes.engagement_id
where freezes.engagement_id is null
union all
select
    frozen.engagement_id,
    frozen.team_id,
    frozen.task_id,
    frozen.calibrated_weekly_hours,
    frozen.calibrated_weekly_hours_low,
    frozen.calibrated_weekly_hours_high,
    frozen.hours_source
from {{ ref('stg_raw__frozen_baselines') }} as frozen
inner join {{ ref('int_freezes_as_of') }} as freezes
    on
        frozen.engagement_id = freezes.engagement_id
        and frozen.frozen_on = freezes.frozen_on
