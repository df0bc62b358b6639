-- What has nothing to hide among in its team is shown with its like of the other teams; alone, or
-- with too few people behind it, it is not shown at all.
with published as (
    select
        engagement_id,
        team_id,
        task_id,
        case when is_withheld then 'agency' else published_team_id end as row_team_id,
        published_task_id as row_task_id,
        published_team_id || '/' || task_id as cell,
        is_folded,
        is_withheld
    from {{ ref('int_cells_published') }}
),

counted as (
    select
        published.engagement_id,
        published.row_team_id,
        published.row_task_id,
        -- Distinct: merged teams have the same task several times, one person several cells.
        count(distinct case when published.is_folded then published.cell end) as folded_count,
        count(distinct case when published.is_withheld then published.cell end) as withheld_count,
        nullif(count(distinct placed.person_id), 0) as people_count
    from published
    left join {{ ref('int_people_placed_in_cells') }} as placed
        using (engagement_id, team_id, task_id)
    group by 1, 2, 3
)

select
    published.engagement_id,
    published.team_id,
    published.task_id,
    published.row_team_id,
    published.row_task_id,
    counted.folded_count,
    counted.people_count,
    counted.withheld_count = 0
    or (
        counted.withheld_count > 1
        and coalesce(counted.people_count, 0) >= {{ var('min_cell_people') }}
    ) as is_shown
from published
inner join counted using (engagement_id, row_team_id, row_task_id)
