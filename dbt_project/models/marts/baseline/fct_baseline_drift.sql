with compared as (
    select
        engagement_id,
        team_id,
        task_id,
        frozen.calibrated_weekly_hours as frozen_hours,
        present.calibrated_weekly_hours as current_hours
    from (
        select baselines.*
        from {{ ref('stg_raw__frozen_baselines') }} as baselines
        inner join {{ ref('int_freezes_as_of') }} as freezes using (engagement_id, frozen_on)
    ) as frozen
    full outer join (
        select calibrated.*
        from {{ ref('int_task_hours_calibrated') }} as calibrated
        inner join {{ ref('int_freezes_as_of') }} as freezes using (engagement_id)
    ) as present
        using (engagement_id, team_id, task_id)
),

published as (
    select
        compared.engagement_id,
        teams.published_team_id as team_id,
        -- A cell that the freeze does not know is shown with the small ones.
        coalesce(cells.published_task_id, 'other_tasks') as task_id,
        {{ exact_sum('compared.frozen_hours') }} as frozen_hours,
        {{ exact_sum('compared.current_hours') }} as current_hours
    from compared
    inner join {{ ref('int_teams_published') }} as teams using (engagement_id, team_id)
    left join {{ ref('int_cells_published') }} as cells using (engagement_id, team_id, task_id)
    where not coalesce(cells.is_withheld, false)
    group by 1, 2, 3
)

select
    engagement_id,
    team_id,
    task_id,
    frozen_hours,
    current_hours,
    case
        when frozen_hours is null then 'not_in_frozen_baseline'
        when current_hours is null then 'no_longer_observed'
        else 'inputs_changed'
    end as reason
from published
where
    {{ band_value('frozen_hours') }} is distinct from {{ band_value('current_hours') }}
order by engagement_id, team_id, task_id
