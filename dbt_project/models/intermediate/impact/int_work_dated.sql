-- Hours come from timesheets, units from deliverables; both by the true team.
with worked as (
    select
        people.engagement_id,
        people.team_id,
        matches.task_id,
        entries.worked_on as dated_on,
        entries.hours,
        null as units
    from {{ ref('int_timesheet_entries_as_of') }} as entries
    inner join {{ ref('int_people_placed') }} as people
        on
            entries.engagement_id = people.engagement_id
            and entries.person_id = people.person_id
    inner join {{ ref('stg_enrichment__task_matches') }} as matches
        on
            entries.engagement_id = matches.engagement_id
            and entries.label = matches.label
            and matches.source = 'timesheet'
    where entries.hours > 0
),

delivered as (
    select
        engagement_id,
        team_id,
        task_id,
        delivered_on as dated_on,
        null as hours,
        units
    from {{ ref('int_deliverables_matched') }}
)

select
    engagement_id,
    team_id,
    task_id,
    dated_on,
    {{ exact_sum('hours') }} as hours,
    {{ exact_sum('units') }} as units
from (
    select * from worked
    where task_id not in ('unmapped', 'absence')
    union all
    select * from delivered
) as work
group by engagement_id, team_id, task_id, dated_on
