-- Rows that are counted, never quoted: who logged or declared them is nobody's business.
with rows_found as (
    select
        observed.engagement_id,
        'timesheet' as source_kind,
        observed.team_id,
        observed.task_id,
        count(*) as rows_count
    from {{ ref('int_timesheet_entries_as_of') }} as entries
    inner join {{ ref('stg_raw__engagements') }} as engagements
        on entries.engagement_id = engagements.engagement_id
    inner join {{ ref('stg_enrichment__task_matches') }} as matches
        on
            entries.engagement_id = matches.engagement_id
            and entries.label = matches.label
            and matches.source = 'timesheet'
    inner join {{ ref('int_task_hours_observed') }} as observed
        on
            entries.engagement_id = observed.engagement_id
            and entries.person_id = observed.person_id
            and matches.task_id = observed.task_id
    where
        entries.worked_on between engagements.baseline_start and engagements.baseline_end
        and entries.hours > 0
    group by observed.engagement_id, observed.team_id, observed.task_id
    union all
    select
        engagement_id,
        'form' as source_kind,
        team_id,
        task_id,
        count(*) as rows_count
    from {{ ref('int_task_hours_capped') }}
    group by engagement_id, team_id, task_id
    union all
    select
        deliverables.engagement_id,
        'deliverable' as source_kind,
        deliverables.team_id,
        matches.task_id,
        count(*) as rows_count
    from {{ ref('int_deliverables_as_of') }} as deliverables
    inner join {{ ref('stg_enrichment__task_matches') }} as matches
        on
            deliverables.engagement_id = matches.engagement_id
            and deliverables.label = matches.label
            and matches.source = 'deliverable'
    group by deliverables.engagement_id, deliverables.team_id, matches.task_id
),

subjects as (
    select
        engagement_id, source_kind, 'task' as subject_type, task_id as subject_id, rows_count
    from rows_found
    where task_id not in ('unmapped', 'absence')
    union all
    select
        rows_found.engagement_id,
        rows_found.source_kind,
        'team' as subject_type,
        teams.published_team_id as subject_id,
        rows_found.rows_count
    from rows_found
    inner join {{ ref('int_teams_published') }} as teams
        on
            rows_found.engagement_id = teams.engagement_id
            and rows_found.team_id = teams.team_id
    union all
    select
        rows_found.engagement_id,
        rows_found.source_kind,
        'intervention' as subject_type,
        treated.intervention_id as subject_id,
        rows_found.rows_count
    from rows_found
    inner join {{ ref('int_interventions_as_of') }} as treated
        on
            rows_found.engagement_id = treated.engagement_id
            and rows_found.team_id = treated.team_id
            and rows_found.task_id = treated.task_id
    where rows_found.source_kind <> 'form'
    union all
    select
        engagement_id,
        'form' as source_kind,
        'ai_usage' as subject_type,
        published_team_id as subject_id,
        1 as rows_count
    from {{ ref('int_responses_settled') }}
    union all
    select
        tools.engagement_id,
        'form' as source_kind,
        'tool' as subject_type,
        {{ name_key('tools.tool_name') }} as subject_id,
        1 as rows_count
    from {{ ref('stg_raw__form_tools') }} as tools
    inner join {{ ref('int_responses_settled') }} as responses
        on
            tools.engagement_id = responses.engagement_id
            and tools.response_id = responses.response_id
)

select
    engagement_id,
    subject_type,
    subject_id,
    'rows' as origin,
    source_kind,
    sum(rows_count) as rows_count
from subjects
where subject_id is not null
group by engagement_id, subject_type, subject_id, source_kind
