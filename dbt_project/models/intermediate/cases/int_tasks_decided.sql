-- What people decided, laid over what the provider proposed.
with global_gain as (
    select
        engagement_id,
        low,
        base,
        high
    from {{ ref('int_assumptions_settled') }}
    where assumption = 'gain'
),

tagged as (
    select
        engagement_id,
        task_id,
        coalesce(decided.nature, proposed.nature, 'undetermined') as nature,
        case
            when coalesce(decided.nature, proposed.nature, 'undetermined') <> 'undetermined'
                then coalesce(decided.rule_share, proposed.rule_share)
        end as rule_share,
        coalesce(decided.is_waiting, proposed.is_waiting, false) as is_waiting,
        case when decided.nature is null then proposed.confidence end as confidence,
        case when decided.nature is null then proposed.tagged_by else 'consultant' end as tagged_by,
        case when decided.nature is null then proposed.model end as model,
        case when decided.nature is null then proposed.prompt_version end as prompt_version,
        case when decided.nature is null then proposed.reason else decided.reason end as reason
    from {{ ref('stg_enrichment__task_tags') }} as proposed
    full outer join {{ ref('stg_raw__decision_tags') }} as decided
        using (engagement_id, task_id)
)

select
    engagement_id,
    task_id,
    coalesce(decided.task_name, proposed.task_name, task_id) as task_name,
    coalesce(decided.category, proposed.category) as category,
    coalesce(tagged.nature, 'undetermined') as nature,
    tagged.rule_share,
    coalesce(tagged.is_waiting, false) as is_waiting,
    tagged.confidence,
    tagged.tagged_by,
    tagged.model,
    tagged.prompt_version,
    tagged.reason,
    case
        when
            coalesce(tagged.nature, 'undetermined') = 'undetermined'
            or tagged.is_waiting
            then 0
        else coalesce(decided.eligible_share, tagged.rule_share, 0)
    end as eligible_share,
    coalesce(decided.gain_low, global_gain.low) as gain_low,
    coalesce(decided.gain_base, global_gain.base) as gain_base,
    coalesce(decided.gain_high, global_gain.high) as gain_high,
    decided.gain_base is not null as has_own_gain,
    decided.horizon as decided_horizon,
    decided.owner,
    decided.deadline,
    decided.training_hours
from {{ ref('stg_enrichment__tasks') }} as proposed
full outer join {{ ref('stg_raw__decision_tasks') }} as decided
    using (engagement_id, task_id)
left join tagged using (engagement_id, task_id)
left join global_gain using (engagement_id)
