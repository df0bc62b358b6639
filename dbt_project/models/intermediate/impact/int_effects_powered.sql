-- The smallest saving that the verdict's own test would show four times out of five: from the
-- teams' own spread once there are months after, before roll-out from monthly noise.
with noise as (
    select
        engagement_id,
        effect_id,
        -- Distinct: a team has a row per month.
        count(distinct team_id) filter (where side = 'treated') as treated_count,
        count(distinct team_id) filter (where side = 'control') as control_count,
        {{ exact_sum('pow(residual, 2)') }} as squares
    from {{ ref('int_pre_months_centred') }}
    group by engagement_id, effect_id
),

designs as (
    select
        plans.engagement_id,
        plans.effect_id,
        plans.pre_months_count,
        estimates.effect_log is not null as is_measured,
        case
            when estimates.effect_log is null then noise.treated_count
            when estimates.design = 'between_teams' then estimates.treated_teams_count
        end as treated_count,
        case
            when estimates.effect_log is null then noise.control_count
            when estimates.design = 'between_teams' then estimates.control_teams_count
        end as control_count,
        case
            when estimates.effect_log is not null then estimates.teams_deviation
            else
                sqrt(
                    noise.squares
                    / nullif(
                        (noise.treated_count + noise.control_count - 1)
                        * (plans.pre_months_count - 1), 0
                    )
                    * weights.kappa_squared
                )
        end as teams_deviation
    from {{ ref('int_effects_planned') }} as plans
    left join {{ ref('int_effects_estimated') }} as estimates
        on
            plans.engagement_id = estimates.engagement_id
            and plans.effect_id = estimates.effect_id
            and estimates.look = 'current'
    left join noise
        on
            plans.engagement_id = noise.engagement_id
            and plans.effect_id = noise.effect_id
    left join {{ ref('int_designs_weighted') }} as weights
        on
            plans.engagement_id = weights.engagement_id
            and plans.effect_id = weights.effect_id
)

select
    designs.engagement_id,
    designs.effect_id,
    case
        when
            designs.treated_count + designs.control_count >= {{ var('min_mde_teams') }}
            and designs.treated_count >= {{ var('min_design_teams') }}
            and designs.control_count >= {{ var('min_design_teams') }}
            and designs.pre_months_count >= {{ var('min_pre_months') }}
            then
                (quantiles.t_95 + quantiles.t_80) * designs.teams_deviation
                * sqrt(
                    1.0::double / designs.treated_count + 1.0::double / designs.control_count
                )
    end as mde_log
from designs
left join {{ ref('t_quantiles') }} as quantiles
    on designs.treated_count + designs.control_count - 2 = quantiles.degrees_of_freedom
