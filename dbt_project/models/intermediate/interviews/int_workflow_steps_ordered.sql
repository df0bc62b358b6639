-- A workflow told by several people is one workflow; a step that two of them name is one step.
with steps as (
    select
        engagement_id,
        {{ name_key('workflow') }} as workflow_key,
        {{ name_key('coalesce(detail, quote)') }} as step_key,
        min(trim(workflow)) as workflow,
        min(trim(coalesce(detail, quote))) as step,
        min(step_order) as told_order,
        min(document_id) as first_document_id,
        min(turn_index) as first_turn_index,
        arg_min(task_id, (document_id, turn_index)) filter (where task_id is not null) as task_id,
        arg_min(published_team_id, (document_id, turn_index))
            filter (where published_team_id is not null) as team_id,
        arg_min(nature, (document_id, turn_index)) filter (where nature is not null) as nature,
        {{ joined_texts('tool') }} as tool,
        {{ joined_texts('documents') }} as documents
    from {{ ref('int_facts_attributed') }}
    where fact_type = 'workflow_step' and {{ name_key('workflow') }} is not null
    group by engagement_id, {{ name_key('workflow') }}, {{ name_key('coalesce(detail, quote)') }}
)

select
    engagement_id,
    workflow_key,
    min(workflow) over (partition by engagement_id, workflow_key) as workflow,
    step,
    task_id,
    team_id,
    nature,
    tool,
    documents,
    row_number() over (
        partition by engagement_id, workflow_key
        order by
            told_order asc nulls last,
            first_document_id asc,
            first_turn_index asc,
            step_key asc
    ) as step_order
from steps
