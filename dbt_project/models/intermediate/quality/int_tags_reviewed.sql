select
    proposed.engagement_id,
    proposed.tagged_by as provider,
    proposed.task_id,
    proposed.nature as proposed_nature,
    reviewed.nature as reviewed_nature
from {{ ref('stg_enrichment__task_tags') }} as proposed
left join {{ ref('stg_raw__decision_tags') }} as reviewed
    on
        proposed.engagement_id = reviewed.engagement_id
        and proposed.task_id = reviewed.task_id
