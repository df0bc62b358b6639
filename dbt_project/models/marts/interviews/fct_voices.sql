-- Nobody writes down how many of the committee were invited: its row has no such count.
with committee as (
    select
        engagements.engagement_id,
        phases.phase,
        phases.voice as team_id,
        phases.position,
        count(transcripts.document_id) as heard_count
    from {{ ref('stg_raw__engagements') }} as engagements
    cross join {{ ref('interview_phases') }} as phases
    left join {{ ref('int_transcripts_as_of') }} as transcripts
        on
            engagements.engagement_id = transcripts.engagement_id
            and phases.phase = transcripts.phase
    where not phases.is_by_team
    group by engagements.engagement_id, phases.phase, phases.voice, phases.position
),

teams as (
    select
        heard.engagement_id,
        heard.phase,
        published.published_team_id as team_id,
        phases.position,
        {{ exact_sum('heard.invited_count') }} as invited_count,
        sum(heard.heard_count) as heard_count,
        least(
            1,
            {{ exact_sum('heard.logged_contract_hours') }}
            / nullif({{ exact_sum('heard.contract_hours') }}, 0)
        ) as hours_covered_share
    from {{ ref('int_teams_heard') }} as heard
    inner join {{ ref('interview_phases') }} as phases
        on heard.phase = phases.phase
    inner join {{ ref('int_teams_published') }} as published
        on
            heard.engagement_id = published.engagement_id
            and heard.team_id = published.team_id
    group by heard.engagement_id, heard.phase, published.published_team_id, phases.position
),

voices as (
    select *, null as invited_count, null as hours_covered_share from committee
    union all by name
    select * from teams
)

select
    engagement_id,
    phase,
    team_id,
    cast(invited_count as double) as invited_count,
    cast(heard_count as bigint) as heard_count,
    cast(hours_covered_share as double) as hours_covered_share,
    heard_count = 0 as is_missing
from voices
order by engagement_id, position, team_id
