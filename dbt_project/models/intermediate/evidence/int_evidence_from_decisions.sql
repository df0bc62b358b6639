-- What people decided, and what the client gave or left to the suggested ranges.
select
    engagement_id,
    'task' as subject_type,
    task_id as subject_id,
    'tags' as origin,
    'decision' as source_kind,
    'nature' as detail,
    reason as quote
from {{ ref('stg_raw__decision_tags') }}
union all
-- Raters are told apart by what they said, not by who they are.
select
    engagement_id,
    'task' as subject_type,
    task_id as subject_id,
    'scores/' || criterion || '/' || row_number() over (
        partition by engagement_id, task_id, criterion order by score, reason, rater
    ) as origin,
    'decision' as source_kind,
    criterion as detail,
    reason as quote
from {{ ref('stg_raw__decision_scores') }}
union all
select
    engagement_id,
    'target' as subject_type,
    metric as subject_id,
    'targets' as origin,
    'decision' as source_kind,
    metric as detail,
    null as quote
from {{ ref('stg_raw__targets') }}
union all
select
    engagement_id,
    'intervention' as subject_type,
    intervention_id as subject_id,
    'interventions/' || task_id || '/' || team_id as origin,
    'decision' as source_kind,
    task_id as detail,
    null as quote
from {{ ref('int_interventions_as_of') }}
union all
select
    engagement_id,
    'priority' as subject_type,
    priority as subject_id,
    'priority' as origin,
    'decision' as source_kind,
    'priority' as detail,
    null as quote
from {{ ref('stg_raw__engagements') }}
where priority is not null
union all
select
    engagement_id,
    'assumption' as subject_type,
    assumption as subject_id,
    'assumptions' as origin,
    'assumption' as source_kind,
    set_by as detail,
    source as quote
from {{ ref('int_assumptions_settled') }}
where base is not null
union all
select
    settled.engagement_id,
    'scenario' as subject_type,
    uses.scenario as subject_id,
    'assumptions/' || settled.assumption as origin,
    'assumption' as source_kind,
    settled.assumption as detail,
    settled.source as quote
from {{ ref('int_assumptions_settled') }} as settled
cross join lateral (
    values
    ('productivity', settled.is_for_productivity),
    ('growth', settled.is_for_growth),
    ('margin', settled.is_for_margin)
) as uses (scenario, is_used)
where settled.base is not null and uses.is_used
