select
    deliverables.engagement_id,
    deliverables.team_id,
    coalesce(matches.task_id, 'unmapped') as task_id,
    {{ exact_sum('deliverables.units') }} as units,
    {{ exact_sum('deliverables.versions') }} as versions,
    any_value(
        {{ dbt.datediff('engagements.baseline_start', 'engagements.baseline_end', 'month') }} + 1
    ) as months_count
from {{ ref('int_deliverables_as_of') }} as deliverables
inner join {{ ref('stg_raw__engagements') }} as engagements
    on deliverables.engagement_id = engagements.engagement_id
left join {{ ref('stg_enrichment__task_matches') }} as matches
    on
        deliverables.engagement_id = matches.engagement_id
        and deliverables.label = matches.label
        and matches.source = 'deliverable'
where
    deliverables.delivered_on between engagements.baseline_start and engagements.baseline_end
    and matches.task_id is distinct from 'absence'
group by all
