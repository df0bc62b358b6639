with statements as (
    select engagement_id, published_team_id, 'works' as polarity, ai_works as statement
    from {{ ref('int_responses_settled') }}
    union all
    select engagement_id, published_team_id, 'missing', ai_missing
    from {{ ref('int_responses_settled') }}
    union all
    select engagement_id, published_team_id, polarity, detail
    from {{ ref('int_facts_attributed') }}
    where fact_type = 'ai_usage' and published_team_id is not null and is_speaker_shown
),

texts as (
    select
        engagement_id,
        published_team_id,
        {{ joined_texts("case when polarity = 'works' then statement end") }} as works,
        {{ joined_texts("case when polarity = 'missing' then statement end") }} as missing
    from statements
    group by engagement_id, published_team_id
),

answers as (
    select
        engagement_id,
        published_team_id,
        count(*) as respondents_count,
        cast(count(*) filter (where is_user) as double) / nullif(count(is_user), 0) as users_share,
        cast(sum(ai_familiarity) as double) / nullif(count(ai_familiarity), 0) as familiarity
    from {{ ref('int_responses_settled') }}
    group by engagement_id, published_team_id
),

teams as (
    -- Distinct: merged teams have a row each.
    select distinct engagement_id, published_team_id
    from {{ ref('int_teams_published') }}
)

select
    teams.engagement_id,
    teams.published_team_id as team_id,
    coalesce(answers.respondents_count, 0) as respondents_count,
    answers.users_share,
    answers.familiarity,
    texts.works,
    texts.missing
from teams
left join answers using (engagement_id, published_team_id)
left join texts using (engagement_id, published_team_id)
order by teams.engagement_id, teams.published_team_id
