select
    deliverables.engagement_id,
    deliverables.deliverable_id,
    deliverables.team_id,
    matches.task_id,
    deliverables.delivered_on,
    deliverables.units,
    deliverables.versions
from {{ ref('int_deliverables_as_of') }} as deliverables
inner join {{ ref('stg_enrichment__task_matches') }} as matches
    on
        deliverables.engagement_id = matches.engagement_id
        and deliverables.label = matches.label
        and matches.source = 'deliverable'
where matches.task_id not in ('unmapped', 'absence')
