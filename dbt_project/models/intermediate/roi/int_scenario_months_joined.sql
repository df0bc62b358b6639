-- The three alternatives in one shape.
with productivity as (
    select
        engagement_id,
        'productivity' as scenario,
        case_id,
        month_index,
        benefit,
        null::double as benefit_analytic,
        null::double as revenue,
        null::double as exposed_fees,
        hires_avoided,
        null::double as pitches,
        hours_used,
        bankable_hours,
        capacity_hours,
        capacity_value
    from {{ ref('int_productivity_months') }}
),

margin as (
    select
        engagement_id,
        'margin' as scenario,
        case_id,
        month_index,
        benefit,
        benefit_analytic,
        null::double as revenue,
        exposed_fees,
        null::double as hires_avoided,
        null::double as pitches,
        hours_used,
        bankable_hours,
        capacity_hours,
        capacity_value
    from {{ ref('int_margin_months') }}
)

select * from productivity
union all
select * from margin
union all
select
    engagement_id,
    'growth' as scenario,
    case_id,
    month_index,
    benefit,
    null as benefit_analytic,
    revenue,
    null as exposed_fees,
    null as hires_avoided,
    pitches,
    hours_used,
    bankable_hours,
    capacity_hours,
    capacity_value
from {{ ref('int_growth_benefits_dated') }}
