-- Before: the baseline, never a day of the programme itself. After: from the end of washout.
with starts as (
    -- Distinct: many cells start on one day.
    select distinct engagement_id, look, look_on, started_on
    from {{ ref('int_effect_cells_treated') }}
),

bounded as (
    select
        starts.engagement_id,
        starts.look,
        starts.started_on,
        engagements.baseline_start as pre_start_on,
        least(engagements.baseline_end, starts.started_on - 1) as pre_end_on,
        -- Washout is the month of the start and the next; from the first of a month, that month.
        cast(
            date_trunc('month', starts.started_on)
            + case when day(starts.started_on) = 1 then interval 1 month else interval 2 month end
            as date
        ) as post_start_on,
        starts.look_on as post_end_on
    from starts
    inner join {{ ref('stg_raw__engagements') }} as engagements
        on starts.engagement_id = engagements.engagement_id
)

select
    *,
    greatest(0, datediff('month', pre_start_on, pre_end_on) + 1) as pre_months_count,
    greatest(0, datediff('month', post_start_on, post_end_on) + 1) as post_months_count
from bounded
