-- d of every cell over every window, treated or not: controls are measured on the same months.
with summed as (
    select
        windows.engagement_id,
        windows.look,
        windows.started_on,
        work.team_id,
        work.task_id,
        {% for column in ['hours', 'units'] -%}
        {{ exact_sum('case when work.dated_on between windows.pre_start_on and windows.pre_end_on
            then work.' ~ column ~ ' end') }} as {{ column }}_pre,
        {{ exact_sum('case when work.dated_on between windows.post_start_on and windows.post_end_on
            then work.' ~ column ~ ' end') }} as {{ column }}_post{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_windows_opened') }} as windows
    inner join {{ ref('int_work_dated') }} as work
        on windows.engagement_id = work.engagement_id
    group by
        windows.engagement_id, windows.look, windows.started_on, work.team_id, work.task_id
)

select
    *,
    case
        when hours_pre > 0 and units_pre > 0 and hours_post > 0 and units_post > 0
            then ln(hours_post / units_post) - ln(hours_pre / units_pre)
    end as log_change
from summed
