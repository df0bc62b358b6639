with heard_people as (
    select engagement_id, person_id from {{ ref('int_form_responses_as_of') }}
    where coalesce(wave, 'baseline') = 'baseline'
    union
    select turns.engagement_id, turns.person_id
    from {{ ref('stg_raw__turns') }} as turns
    inner join {{ ref('int_transcripts_as_of') }} as transcripts
        on
            turns.engagement_id = transcripts.engagement_id
            and turns.document_id = transcripts.document_id
    inner join {{ ref('interview_phases') }} as phases
        on transcripts.phase = phases.phase
    where phases.is_everyone and not turns.is_interviewer
),

logging_people as (
    -- Distinct: a person has one row per task.
    select distinct engagement_id, person_id from {{ ref('int_task_hours_observed') }}
),

people as (
    select
        placed.engagement_id,
        placed.team_id,
        count(heard_people.person_id) as heard_count,
        {{ exact_sum('placed.contract_hours') }} / count(*) as mean_contract_hours,
        {{ exact_sum('case when logging_people.person_id is null then 0
            else placed.contract_hours end') }}
            as logged_contract_hours
    from {{ ref('int_people_placed') }} as placed
    left join heard_people using (engagement_id, person_id)
    left join logging_people using (engagement_id, person_id)
    group by placed.engagement_id, placed.team_id
),

interviews as (
    select
        engagement_id,
        phase,
        team_id,
        count(*) as interviews_count
    from {{ ref('int_transcripts_as_of') }}
    group by engagement_id, phase, team_id
)

select
    teams.engagement_id,
    phases.phase,
    teams.team_id,
    case when phases.is_everyone then teams.headcount else 1 end as invited_count,
    case
        when phases.is_everyone then coalesce(people.heard_count, 0)
        else coalesce(interviews.interviews_count, 0)
    end as heard_count,
    case when phases.is_everyone then coalesce(people.logged_contract_hours, 0) end
        as logged_contract_hours,
    case
        when phases.is_everyone
            then
                teams.headcount
                * coalesce(people.mean_contract_hours, engagements.weekly_hours)
    end as contract_hours
from {{ ref('stg_raw__teams') }} as teams
inner join {{ ref('stg_raw__engagements') }} as engagements using (engagement_id)
cross join {{ ref('interview_phases') }} as phases
left join people
    on
        teams.engagement_id = people.engagement_id
        and teams.team_id = people.team_id
left join interviews
    on
        teams.engagement_id = interviews.engagement_id
        and teams.team_id = interviews.team_id
        and phases.phase = interviews.phase
where phases.is_by_team
