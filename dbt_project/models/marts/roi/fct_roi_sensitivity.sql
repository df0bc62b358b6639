with swings as (
    select
        engagement_id,
        scenario,
        moved_assumption as assumption,
        max(npv) filter (where case_kind = 'low') as npv_low,
        max(npv) filter (where case_kind = 'high') as npv_high,
        abs(npv_high - npv_low) as swing
    from {{ ref('int_scenario_cases_valued') }}
    where case_kind in ('low', 'high')
    group by engagement_id, scenario, moved_assumption
)

select
    engagement_id,
    scenario,
    assumption,
    npv_low,
    npv_high,
    swing,
    cast(row_number() over (
        partition by engagement_id, scenario
        order by {{ band_value('swing') }} desc nulls last, assumption asc
    ) as integer) as rank
from swings
order by engagement_id, scenario, rank
