-- The smallest group of teams joins the next smallest until each has enough respondents.
with recursive rounds as (
    select
        engagement_id,
        list_sort(list({
            'respondents': respondents_count, 'first_team': team_id, 'team_ids': [team_id]
        })) as parts
    from {{ ref('int_teams_measured') }}
    group by engagement_id
    union all
    select
        rounds.engagement_id,
        list_sort(list_append(rounds.parts[3:], {
            'respondents': rounds.parts[1].respondents + rounds.parts[2].respondents,
            'first_team': least(rounds.parts[1].first_team, rounds.parts[2].first_team),
            'team_ids': list_sort(
                list_concat(rounds.parts[1].team_ids, rounds.parts[2].team_ids)
            )
        })) as parts
    from rounds
    inner join {{ ref('stg_raw__engagements') }} as engagements using (engagement_id)
    where
        rounds.parts[1].respondents < engagements.min_group
        and len(rounds.parts) > 1
),

merged as (
    select
        engagement_id,
        unnest(parts) as part
    from rounds
    qualify
        rank() over (partition by engagement_id order by len(parts) asc) = 1
),

computed as (
    select
        merged.engagement_id,
        unnest(merged.part.team_ids) as team_id,
        case
            -- All teams together are still too few: figures of the whole agency only.
            when merged.part.respondents < engagements.min_group then 'agency'
            when len(merged.part.team_ids) = 1 then merged.part.first_team
            else 'merged_' || array_to_string(merged.part.team_ids, '_')
        end as published_team_id
    from merged
    inner join {{ ref('stg_raw__engagements') }} as engagements using (engagement_id)
),

frozen as (
    select
        frozen_teams.engagement_id,
        frozen_teams.team_id,
        frozen_teams.published_team_id
    from {{ ref('stg_raw__frozen_teams') }} as frozen_teams
    inner join {{ ref('int_freezes_as_of') }} as freezes using (engagement_id, frozen_on)
),

settled as (
    select
        teams.engagement_id,
        teams.team_id,
        teams.team_name,
        engagements.client,
        coalesce(frozen.published_team_id, computed.published_team_id) as published_team_id
    from {{ ref('stg_raw__teams') }} as teams
    inner join {{ ref('stg_raw__engagements') }} as engagements using (engagement_id)
    left join computed using (engagement_id, team_id)
    left join frozen using (engagement_id, team_id)
)

select
    engagement_id,
    team_id,
    published_team_id,
    published_team_id <> team_id as is_merged,
    case
        when published_team_id = 'agency' then client
        else string_agg(team_name, ' + ') over (
            partition by engagement_id, published_team_id
            order by team_id
            rows between unbounded preceding and unbounded following
        )
    end as published_team_name
from settled
