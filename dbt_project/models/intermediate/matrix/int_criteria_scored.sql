with people_scores as (
    select
        engagement_id,
        task_id,
        criterion,
        median(score) as score,
        count(*) as raters_count,
        max(score) - min(score) as raters_difference
    from {{ ref('stg_raw__decision_scores') }}
    where score is not null
    group by engagement_id, task_id, criterion
),

computed as (
    select
        shared.engagement_id,
        shared.task_id,
        max(time_scores.score) as score
    from {{ ref('int_task_hours_shared') }} as shared
    inner join {{ ref('matrix_time_scores') }} as time_scores
        on {{ band_value('shared.net_hours_share') }} >= time_scores.from_share
    group by shared.engagement_id, shared.task_id
)

select
    tasks.engagement_id,
    tasks.task_id,
    criteria.criterion,
    criteria.axis,
    criteria.position,
    people_scores.raters_difference,
    coalesce(
        people_scores.score,
        case when criteria.is_computed then computed.score else proposals.score end
    ) as score,
    case
        when people_scores.score is not null then 'consultant'
        when criteria.is_computed and computed.score is not null then 'computed'
        when not criteria.is_computed and proposals.score is not null then proposals.tagged_by
    end as scored_by,
    coalesce(people_scores.raters_count, 0) as raters_count,
    case
        when people_scores.score is null and not criteria.is_computed then proposals.reason
    end as reason,
    coalesce(
        people_scores.raters_difference >= {{ var('adjudication_difference') }}, false
    ) as needs_adjudication
from {{ ref('int_tasks_decided') }} as tasks
cross join {{ ref('matrix_criteria') }} as criteria
left join people_scores
    on
        tasks.engagement_id = people_scores.engagement_id
        and tasks.task_id = people_scores.task_id
        and criteria.criterion = people_scores.criterion
left join computed
    on
        tasks.engagement_id = computed.engagement_id
        and tasks.task_id = computed.task_id
left join {{ ref('stg_enrichment__score_proposals') }} as proposals
    on
        tasks.engagement_id = proposals.engagement_id
        and tasks.task_id = proposals.task_id
        and criteria.criterion = proposals.criterion
