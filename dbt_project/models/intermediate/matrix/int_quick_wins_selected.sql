-- The first quick wins, taken one by one in their order: a team or an owner that already has its
-- number passes, and the next in line moves up.
with recursive ranked as (
    select
        placed.engagement_id,
        placed.task_id,
        placed.main_team_id,
        lower(trim(tasks.owner)) as owner,
        row_number() over (
            partition by placed.engagement_id
            order by
                {{ band_value('placed.bankable_hours_year') }} desc,
                {{ band_value('placed.ease') }} desc,
                placed.task_id asc
        ) as turn
    from {{ ref('int_matrix_placed') }} as placed
    inner join {{ ref('int_tasks_decided') }} as tasks
        on
            placed.engagement_id = tasks.engagement_id
            and placed.task_id = tasks.task_id
    where
        placed.quadrant = 'quick_win'
        and coalesce(tasks.nature, 'undetermined') <> 'undetermined'
),

walked as (
    select
        engagement_id,
        cast(0 as bigint) as turn,
        cast(null as varchar) as task_id,
        false as is_selected,
        cast([] as varchar[]) as teams,
        cast([] as varchar[]) as owners
    from ranked
    where turn = 1
    union all
    select
        checked.engagement_id,
        checked.turn,
        checked.task_id,
        checked.is_selected,
        case
            when checked.is_selected then list_append(checked.teams, checked.main_team_id)
            else checked.teams
        end as teams,
        case
            when checked.is_selected and checked.owner is not null
                then list_append(checked.owners, checked.owner)
            else checked.owners
        end as owners
    from (
        select
            ranked.*,
            walked.teams,
            walked.owners,
            len(walked.teams) < {{ var('quick_wins_count') }}
            and {{ occurrences('walked.teams', 'ranked.main_team_id') }}
            < {{ var('quick_wins_per_team') }}
            and {{ occurrences('walked.owners', 'ranked.owner') }}
            < {{ var('quick_wins_per_owner') }} as is_selected
        from walked
        inner join ranked
            on
                walked.engagement_id = ranked.engagement_id
                and walked.turn + 1 = ranked.turn
    ) as checked
)

select
    engagement_id,
    task_id,
    turn,
    is_selected,
    case when is_selected then len(teams) end as rank
from walked
where turn > 0
