-- The margin scenario at other price concessions: what is given away moves with the same ramp.
with steps as (
    select cast(step * {{ var('concession_step') }} as double) as price_concession
    from generate_series(0, {{ var('concession_steps_count') }}) as series (step)
),

conceded as (
    select
        valued.engagement_id,
        valued.case_kind,
        steps.price_concession,
        valued.npv
        + (valued.price_concession - steps.price_concession) * valued.pv_exposed_fees as npv
    from {{ ref('int_scenario_cases_valued') }} as valued
    cross join steps
    where valued.scenario = 'margin' and valued.case_kind in ('base', 'draw')
)

select
    engagement_id,
    price_concession,
    max(npv) filter (where case_kind = 'base') as npv_base,
    quantile_cont(npv, 0.5) filter (where case_kind = 'draw') as npv_p50
from conceded
group by engagement_id, price_concession
order by engagement_id, price_concession
