-- The set D: people who both declared and logged, and logged most of their contract.
with calibrating_people as (
    select
        engagement_id,
        person_id
    from {{ ref('int_task_hours_observed') }}
    where
        {{ band_value('observed_to_contract_ratio') }}
        >= {{ var('min_observed_to_contract') }}
    intersect
    select
        engagement_id,
        person_id
    from {{ ref('int_task_hours_capped') }}
)

select
    engagement_id,
    person_id,
    task_id,
    coalesce(capped.capped_weekly_hours, 0) as capped_weekly_hours,
    coalesce(observed.observed_weekly_hours, 0) as observed_weekly_hours
from {{ ref('int_task_hours_capped') }} as capped
full outer join {{ ref('int_task_hours_observed') }} as observed
    using (engagement_id, person_id, task_id)
inner join calibrating_people
    using (engagement_id, person_id)
