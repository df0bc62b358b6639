-- Where in its range each case takes each varied assumption.
with varied_keys as (
    select
        assumptions.engagement_id,
        assumptions.assumption,
        assumptions.prime,
        assumptions.low is distinct from assumptions.high as has_range
    from {{ ref('int_assumptions_settled') }} as assumptions
    where assumptions.is_varied
),

-- gain and baseline_hours have ranges by task, whatever the range of the key itself.
ranged_keys as (
    select engagement_id, assumption from varied_keys where has_range
    union
    select engagement_id, 'gain' as assumption
    from {{ ref('int_tasks_decided') }}
    where gain_low <> gain_high
    union
    select engagement_id, 'baseline_hours' as assumption
    from {{ ref('int_task_hours_settled') }}
    where calibrated_weekly_hours_low <> calibrated_weekly_hours_high
),

cases as (
    select engagement_id, 'base' as case_id, 'base' as case_kind, null as moved, null as draw
    from {{ ref('stg_raw__engagements') }}
    union all
    select engagement_id, points.point || ':' || assumption, points.point, assumption, null
    from ranged_keys
    cross join (values ('low'), ('high')) as points (point)
    union all
    select
        engagement_id, 'draw:' || lpad(cast(draws.draw as varchar), 5, '0'), 'draw', null, draws.draw
    from {{ ref('stg_raw__engagements') }}
    cross join generate_series(1, {{ var('draws_count') }}) as draws (draw)
)

select
    cases.engagement_id,
    cases.case_id,
    cases.case_kind,
    cases.moved as moved_assumption,
    varied_keys.assumption,
    case
        when cases.case_kind = 'draw' then 'draw'
        when cases.moved = varied_keys.assumption then cases.case_kind
        else 'base'
    end as point,
    (0.5::double + cases.draw * sqrt(varied_keys.prime))
    - floor(0.5::double + cases.draw * sqrt(varied_keys.prime)) as u
from cases
inner join varied_keys on cases.engagement_id = varied_keys.engagement_id
