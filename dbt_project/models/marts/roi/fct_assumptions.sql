with listed as (
    select
        engagement_id, assumption, null as team_id, null as task_id,
        low, base, high, unit, source, set_by
    from {{ ref('int_assumptions_settled') }}
    where assumption <> 'baseline_hours'
    union all
    select
        engagement_id, assumption, team_id, null, base, base, base, unit, source, set_by
    from {{ ref('int_team_assumptions_settled') }}
    union all
    select
        tasks.engagement_id, 'gain', null, tasks.task_id,
        tasks.gain_low, tasks.gain_base, tasks.gain_high, settled.unit,
        'decisions/tasks.csv' as source, 'consultant' as set_by
    from {{ ref('int_tasks_decided') }} as tasks
    inner join {{ ref('int_assumptions_settled') }} as settled
        on
            tasks.engagement_id = settled.engagement_id
            and settled.assumption = 'gain'
    where tasks.has_own_gain
)

select
    listed.engagement_id,
    listed.assumption,
    listed.team_id,
    teams.team_name,
    listed.task_id,
    listed.low,
    listed.base,
    listed.high,
    listed.unit,
    listed.source,
    listed.set_by,
    -- Whatever is said, not measured, is declared.
    case when listed.base is not null then 'E' end as grade,
    defaults.is_varied,
    listed.base is null and waived.assumption is null as is_missing
from listed
left join {{ ref('stg_raw__teams') }} as teams
    on
        listed.engagement_id = teams.engagement_id
        and listed.team_id = teams.team_id
inner join {{ ref('default_assumptions') }} as defaults
    on listed.assumption = defaults.assumption
left join {{ ref('int_assumptions_waived') }} as waived
    on
        listed.engagement_id = waived.engagement_id
        and listed.assumption = waived.assumption
order by
    listed.engagement_id,
    listed.assumption,
    listed.team_id nulls first,
    listed.task_id nulls first
