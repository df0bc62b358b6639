with described as (
    select
        engagement_id,
        intervention_id as effect_id,
        -- Distinct: an intervention has a row per task and team.
        string_agg(distinct task_id, ', ' order by task_id) as task_ids,
        string_agg(distinct tool, ', ' order by tool) as tool,
        string_agg(distinct owner, ', ' order by owner) as owner,
        max(deadline) as deadline,
        {{ exact_sum('planned_gain') }} / count(planned_gain) as planned_gain
    from {{ ref('int_interventions_as_of') }}
    group by engagement_id, intervention_id
)

select
    effects.engagement_id,
    effects.effect_id as intervention_id,
    described.task_ids,
    effects.started_on,
    effects.is_randomised,
    effects.design,
    effects.effect_log,
    effects.effect_log_low,
    effects.effect_log_high,
    1 - exp(effects.effect_log) as saving,
    1 - exp(effects.effect_log_high) as saving_low,
    1 - exp(effects.effect_log_low) as saving_high,
    coalesce(effects.treated_teams_count + effects.control_teams_count, 0) as teams_count,
    coalesce(effects.treated_teams_count, 0) as treated_teams_count,
    coalesce(effects.control_teams_count, 0) as control_teams_count,
    effects.cells_count,
    effects.pre_months_count,
    effects.post_months_count,
    effects.mde,
    effects.expected_saving,
    described.planned_gain,
    effects.grade,
    effects.verdict,
    effects.quality_ratio,
    effects.quality_ratio_low,
    effects.quality_ratio_high,
    effects.quality_verdict,
    effects.is_time_claim_withdrawn,
    described.tool,
    described.owner,
    described.deadline
from {{ ref('int_effects_judged') }} as effects
left join described using (engagement_id, effect_id)
order by effects.engagement_id, effects.effect_id
