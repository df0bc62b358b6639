-- Impact and ease; null as soon as one of their criteria has no score.
with weighted as (
    select
        scores.engagement_id,
        scores.task_id,
        max(scores.score) as best_score,
        {{ exact_sum('weights.weight * scores.score') }} as mean_score,
        count(*) = count(scores.score * weights.weight) as is_complete
    from {{ ref('int_criteria_scored') }} as scores
    inner join {{ ref('stg_raw__engagements') }} as engagements
        on scores.engagement_id = engagements.engagement_id
    left join {{ ref('matrix_impact_weights') }} as weights
        on
            scores.criterion = weights.criterion
            and engagements.priority = weights.priority
    where scores.axis = 'impact'
    group by scores.engagement_id, scores.task_id
),

caps as (
    select
        scores.engagement_id,
        scores.task_id,
        min(rules.cap) as cap
    from {{ ref('int_criteria_scored') }} as scores
    inner join {{ ref('matrix_ease_caps') }} as rules
        on
            scores.criterion = rules.criterion
            and {{ band_value('scores.score') }} < rules.below
    group by scores.engagement_id, scores.task_id
),

eased as (
    select
        engagement_id,
        task_id,
        {{ exact_sum('score') }} / count(*) as mean_score,
        count(*) = count(score) as is_complete
    from {{ ref('int_criteria_scored') }}
    where axis = 'ease'
    group by engagement_id, task_id
)

select
    weighted.engagement_id,
    weighted.task_id,
    case
        when weighted.is_complete
            then
                {{ var('impact_best_weight') }} * weighted.best_score
                + {{ var('impact_mean_weight') }} * weighted.mean_score
    end as impact,
    -- least() passes over a null cap.
    case when eased.is_complete then least(eased.mean_score, caps.cap) end as ease
from weighted
inner join eased using (engagement_id, task_id)
left join caps using (engagement_id, task_id)
