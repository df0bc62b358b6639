-- How much of each file, in its own unit (hours, units), the task labels account for.
with labelled as (
    select engagement_id, file_hash, 'timesheet' as source, label, hours as amount
    from {{ ref('int_timesheet_entries_as_of') }}
    union all
    select
        responses.engagement_id, responses.file_hash, 'form' as source, form_tasks.label,
        form_tasks.weekly_hours as amount
    from {{ ref('int_form_responses_as_of') }} as responses
    inner join {{ ref('stg_raw__form_tasks') }} as form_tasks
        on
            responses.engagement_id = form_tasks.engagement_id
            and responses.response_id = form_tasks.response_id
    union all
    select engagement_id, file_hash, 'deliverable' as source, label, units as amount
    from {{ ref('int_deliverables_as_of') }}
)

select
    labelled.engagement_id,
    labelled.file_hash,
    labelled.source,
    {{ exact_sum('labelled.amount') }} as labelled_amount,
    {{ exact_sum("case when coalesce(matches.task_id, 'unmapped') = 'unmapped' then 0
        else labelled.amount end") }} as mapped_amount
from labelled
left join {{ ref('stg_enrichment__task_matches') }} as matches
    on
        labelled.engagement_id = matches.engagement_id
        and labelled.source = matches.source
        and labelled.label = matches.label
where matches.task_id is distinct from 'absence'
group by labelled.engagement_id, labelled.file_hash, labelled.source
