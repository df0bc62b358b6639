-- How far adoption has come by each month after a start, as a share of adoption_max.
with months as (
    select
        cases.engagement_id,
        cases.case_id,
        cases.adoption_max,
        cases.adoption_half_time,
        series.month_index
    from {{ ref('int_cases_valued') }} as cases
    cross join lateral (
        select unnest(generate_series(1, cast({{ whole_step('cases.horizon_months') }} as bigint)))
            as month_index
    ) as series
)

select
    engagement_id,
    case_id,
    month_index,
    ({{ logistic('month_index - adoption_half_time') }} - {{ logistic('-adoption_half_time') }})
    / (1 - {{ logistic('-adoption_half_time') }}) as ramp_share,
    adoption_max * ramp_share as adoption_share
from months
