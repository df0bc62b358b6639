select
    engagements.engagement_id,
    criteria.criterion,
    agreement.alpha,
    coalesce(agreement.items_count, 0) as items_count,
    coalesce(agreement.raters_count, 0) as raters_count,
    agreement.mean_abs_difference
from {{ ref('stg_raw__engagements') }} as engagements
cross join {{ ref('matrix_criteria') }} as criteria
left join {{ ref('int_raters_compared') }} as agreement
    on
        engagements.engagement_id = agreement.engagement_id
        and criteria.criterion = agreement.criterion
order by engagements.engagement_id, criteria.position
