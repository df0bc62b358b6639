-- Team and role of a speaker are shown where enough people share them, or where he agreed.
with groups as (
    select
        engagement_id,
        team_id,
        role,
        count(*) as people_count
    from {{ ref('stg_raw__people') }}
    where team_id is not null and role is not null
    group by engagement_id, team_id, role
)

select
    facts.*,
    phases.voice,
    transcripts.interviewed_on,
    teams.published_team_id,
    waiting_teams.published_team_id as waiting_published_team_id,
    providing_teams.published_team_id as providing_published_team_id,
    coalesce(transcripts.has_quote_consent, false)
    or coalesce(groups.people_count >= engagements.min_group, false) as is_speaker_shown
from {{ ref('int_facts_as_of') }} as facts
inner join {{ ref('stg_raw__engagements') }} as engagements
    on facts.engagement_id = engagements.engagement_id
inner join {{ ref('int_transcripts_as_of') }} as transcripts
    on
        facts.engagement_id = transcripts.engagement_id
        and facts.document_id = transcripts.document_id
left join {{ ref('interview_phases') }} as phases
    on facts.phase = phases.phase
left join groups
    on
        facts.engagement_id = groups.engagement_id
        and facts.team_id = groups.team_id
        and facts.role = groups.role
left join {{ ref('int_teams_published') }} as teams
    on
        facts.engagement_id = teams.engagement_id
        and facts.team_id = teams.team_id
left join {{ ref('int_teams_published') }} as waiting_teams
    on
        facts.engagement_id = waiting_teams.engagement_id
        and facts.waiting_team_id = waiting_teams.team_id
left join {{ ref('int_teams_published') }} as providing_teams
    on
        facts.engagement_id = providing_teams.engagement_id
        and facts.providing_team_id = providing_teams.team_id
