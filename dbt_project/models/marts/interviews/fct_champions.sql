-- Candidates come forward in the form; names only of those who agreed to be named.
with candidates as (
    select
        people.engagement_id,
        people.person_id,
        teams.published_team_id,
        max(case when people.champion_consent then people.consented_name end) as consented_name
    from {{ ref('int_form_responses_as_of') }} as responses
    inner join {{ ref('stg_raw__people') }} as people
        on
            responses.engagement_id = people.engagement_id
            and responses.person_id = people.person_id
    inner join {{ ref('int_teams_published') }} as teams
        on
            people.engagement_id = teams.engagement_id
            and people.team_id = teams.team_id
    where responses.is_champion_candidate
    group by people.engagement_id, people.person_id, teams.published_team_id
),

counted as (
    select
        engagement_id,
        published_team_id,
        count(*) as candidates_count,
        string_agg(consented_name, ', ' order by consented_name) as names
    from candidates
    group by engagement_id, published_team_id
),

answered as (
    select
        teams.engagement_id,
        teams.published_team_id,
        count(responses.response_id) as responses_count
    from {{ ref('int_teams_published') }} as teams
    left join {{ ref('stg_raw__people') }} as people
        on
            teams.engagement_id = people.engagement_id
            and teams.team_id = people.team_id
    left join {{ ref('int_form_responses_as_of') }} as responses
        on
            people.engagement_id = responses.engagement_id
            and people.person_id = responses.person_id
    group by teams.engagement_id, teams.published_team_id
),

signals as (
    select
        engagement_id,
        published_team_id,
        count(*) as signals_count
    from {{ ref('int_facts_attributed') }}
    where fact_type = 'champion_signal' and published_team_id is not null
    group by engagement_id, published_team_id
)

select
    answered.engagement_id,
    answered.published_team_id as team_id,
    -- Nobody asked is not nobody willing.
    case when answered.responses_count > 0 then coalesce(counted.candidates_count, 0) end
        as candidates_count,
    coalesce(signals.signals_count, 0) as interview_signals_count,
    counted.names
from answered
left join counted using (engagement_id, published_team_id)
left join signals using (engagement_id, published_team_id)
order by answered.engagement_id, answered.published_team_id
