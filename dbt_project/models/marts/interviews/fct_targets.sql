select
    targets.engagement_id,
    targets.metric,
    targets.baseline,
    targets.target,
    targets.horizon_months,
    projected.projected,
    targets.target - projected.projected as gap
from {{ ref('stg_raw__targets') }} as targets
left join {{ ref('int_targets_projected') }} as projected
    on
        targets.engagement_id = projected.engagement_id
        and targets.metric = projected.metric
order by targets.engagement_id, targets.metric
