with banded as (
    select
        *,
        {{ matrix_band('impact') }} as impact_band,
        {{ matrix_band('ease') }} as ease_band
    from {{ ref('int_matrix_axes_computed') }}
)

select
    banded.engagement_id,
    banded.task_id,
    banded.impact,
    banded.ease,
    hours.main_team_id,
    hours.calibrated_weekly_hours,
    hours.bankable_hours_year,
    -- A missing criterion, and hours that nobody could free, are facts to go and get.
    case
        when
            quadrants.quadrant = 'quick_win'
            and not coalesce({{ band_value('hours.bankable_hours_year') }} > 0, false)
            then 'to_investigate'
        else coalesce(quadrants.quadrant, 'to_investigate')
    end as quadrant
from banded
left join {{ ref('matrix_quadrants') }} as quadrants
    on
        banded.impact_band = quadrants.impact_band
        and banded.ease_band = quadrants.ease_band
left join {{ ref('int_task_hours_shared') }} as hours
    on
        banded.engagement_id = hours.engagement_id
        and banded.task_id = hours.task_id
