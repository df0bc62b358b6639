with looked as (
    select
        plans.*,
        current_look.design,
        current_look.treated_teams_count,
        current_look.control_teams_count,
        current_look.effect_log,
        current_look.effect_log_low,
        current_look.effect_log_high,
        current_look.standard_error,
        current_look.degrees_of_freedom,
        1 - exp(-powered.mde_log) as mde,
        quality.quality_ratio,
        quality.quality_ratio_low,
        quality.quality_ratio_high,
        coalesce(quality.quality_verdict, 'unproven') as quality_verdict,
        -- A claim needs the test between teams, enough months, and the same result a month before.
        current_look.design = 'between_teams'
        and plans.post_months_count >= {{ var('min_post_months') }}
        and current_look.effect_log_high < 0
        and previous_look.effect_log_high < 0 as is_saving,
        current_look.design = 'between_teams'
        and plans.post_months_count >= {{ var('min_post_months') }}
        and current_look.effect_log_low > 0
        and previous_look.effect_log_low > 0 as is_loss
    from {{ ref('int_effects_planned') }} as plans
    inner join {{ ref('int_effects_powered') }} as powered using (engagement_id, effect_id)
    left join {{ ref('int_effects_estimated') }} as current_look
        on
            plans.engagement_id = current_look.engagement_id
            and plans.effect_id = current_look.effect_id
            and current_look.look = 'current'
    left join {{ ref('int_effects_estimated') }} as previous_look
        on
            plans.engagement_id = previous_look.engagement_id
            and plans.effect_id = previous_look.effect_id
            and previous_look.look = 'previous'
            and previous_look.design = 'between_teams'
    left join {{ ref('int_effect_versions_compared') }} as quality
        on
            plans.engagement_id = quality.engagement_id
            and plans.effect_id = quality.effect_id
)

select
    * exclude (is_saving, is_loss),
    coalesce(is_saving and quality_verdict = 'worse', false) as is_time_claim_withdrawn,
    case
        when effect_log is null then 'E'
        when design <> 'between_teams' then 'D'
        when is_randomised then 'A'
        when pre_months_count < {{ var('min_pre_months') }} then 'D'
        when treated_teams_count + control_teams_count >= {{ var('min_grade_b_teams') }} then 'B'
        else 'C'
    end as grade,
    case
        when effect_log is null then 'no_data'
        when is_saving and quality_verdict <> 'worse' then 'demonstrated'
        when is_loss then 'harmful'
        -- Withdrawn because versions rose: neither shown nor too small to be seen.
        when is_saving then 'inconclusive'
        when expected_saving < mde then 'not_demonstrable'
        else 'inconclusive'
    end as verdict
from looked
