-- The roster as it stood on the last day of the baseline.
select
    people.engagement_id,
    people.person_id,
    people.team_id,
    coalesce(people.weekly_hours, engagements.weekly_hours) as contract_hours
from {{ ref('stg_raw__people') }} as people
inner join {{ ref('stg_raw__engagements') }} as engagements
    on people.engagement_id = engagements.engagement_id
inner join {{ ref('stg_raw__teams') }} as teams
    on
        people.engagement_id = teams.engagement_id
        and people.team_id = teams.team_id
where
    coalesce(people.left_on >= engagements.baseline_end, true)
    and coalesce(people.started_on <= engagements.baseline_end, true)
