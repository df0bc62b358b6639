-- Small cells are folded into other_tasks, with more cells where a published sum of the team or
-- of the task would give a single one away, and those without which the totals would.
with recursive cells as (
    select
        settled.engagement_id,
        teams.published_team_id,
        settled.task_id,
        coalesce(sum(present.people_count), 0) < {{ var('min_cell_people') }} as is_small,
        {{ exact_sum('settled.calibrated_weekly_hours') }} as hours
    from {{ ref('int_task_hours_settled') }} as settled
    inner join {{ ref('int_teams_published') }} as teams using (engagement_id, team_id)
    left join {{ ref('int_task_hours_calibrated') }} as present
        using (engagement_id, team_id, task_id)
    group by settled.engagement_id, teams.published_team_id, settled.task_id
),

-- People behind the small cells of a team together: two tasks of one person stay one person.
small_people as (
    select
        people.engagement_id,
        teams.published_team_id,
        count(distinct people.person_id) as people_count
    from {{ ref('int_people_placed_in_cells') }} as people
    inner join {{ ref('int_teams_published') }} as teams using (engagement_id, team_id)
    inner join cells using (engagement_id, published_team_id, task_id)
    where cells.is_small and people.task_id <> 'unmapped'
    group by people.engagement_id, teams.published_team_id
),

rounds as (
    select
        cells.*,
        coalesce(small_people.people_count, 0) < {{ var('min_cell_people') }} as is_team_exposed,
        cells.is_small as is_folded,
        0 as round
    from cells
    left join small_people using (engagement_id, published_team_id)
    where cells.task_id <> 'unmapped'
    union all
    select
        engagement_id,
        published_team_id,
        task_id,
        is_small,
        hours,
        is_team_exposed,
        is_folded or is_next as is_folded,
        round + 1 as round
    from (
        select
            *,
            not is_folded and (
                (
                    team_rank = 1
                    and (
                        team_folded_count = 1
                        or (is_team_exposed and team_folded_count > 0 and team_added_count = 0)
                    )
                )
                or (task_rank = 1 and task_folded_count = 1)
            ) as is_next
        from (
            select
                *,
                count(*) filter (where is_folded) over team as team_folded_count,
                count(*) filter (where is_folded and not is_small) over team as team_added_count,
                count(*) filter (where is_folded) over task as task_folded_count,
                row_number() over (
                    partition by engagement_id, published_team_id, is_folded
                    order by hours asc, task_id asc
                ) as team_rank,
                row_number() over (
                    partition by engagement_id, task_id, is_folded
                    order by hours asc, published_team_id asc
                ) as task_rank
            from rounds
            window
                team as (partition by engagement_id, published_team_id),
                task as (partition by engagement_id, task_id)
        )
    )
    qualify bool_or(is_next) over (partition by engagement_id)
),

folded as (
    select
        rounds.engagement_id,
        rounds.published_team_id,
        rounds.task_id,
        bool_or(rounds.is_folded or withheld.withheld is not null) as is_folded
    from rounds
    left join {{ ref('stg_build__withheld') }} as withheld
        on
            rounds.engagement_id = withheld.engagement_id
            and rounds.published_team_id || '/' || rounds.task_id = withheld.withheld
    group by rounds.engagement_id, rounds.published_team_id, rounds.task_id
),

folded_counts as (
    select
        engagement_id,
        published_team_id,
        count(*) as folded_count
    from folded
    where is_folded
    group by engagement_id, published_team_id
)

select
    settled.engagement_id,
    settled.team_id,
    settled.task_id,
    teams.published_team_id,
    coalesce(folded.is_folded, false) as is_folded,
    -- What has nothing to hide among in its team: it counts for the agency only.
    case
        when settled.task_id = 'unmapped' then cells.is_small
        else folded.is_folded and folded_counts.folded_count = 1
    end as is_withheld,
    case when folded.is_folded then 'other_tasks' else settled.task_id end as published_task_id
from {{ ref('int_task_hours_settled') }} as settled
inner join {{ ref('int_teams_published') }} as teams using (engagement_id, team_id)
inner join cells using (engagement_id, published_team_id, task_id)
left join folded using (engagement_id, published_team_id, task_id)
left join folded_counts using (engagement_id, published_team_id)
