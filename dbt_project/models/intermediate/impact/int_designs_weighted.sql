-- kappa squared: how much wider a difference of means over neighbouring months is than the monthly
-- noise, when months resemble their neighbours. After roll-out stand the months that a verdict
-- needs.
with months as (
    select
        plans.engagement_id,
        plans.effect_id,
        plans.pre_months_count,
        series.position,
        series.is_pre,
        case
            when series.is_pre then -1.0::double / plans.pre_months_count
            else 1.0::double / {{ var('min_post_months') }}
        end as weight
    from {{ ref('int_effects_planned') }} as plans
    cross join lateral (
        select
            unnest(generate_series(0, plans.pre_months_count - 1)) as position,
            true as is_pre
        union all
        select
            datediff('month', plans.pre_start_on, plans.post_start_on)
            + unnest(generate_series(0, {{ var('min_post_months') }} - 1)) as position,
            false as is_pre
    ) as series
),

products as (
    select
        lefts.engagement_id,
        lefts.effect_id,
        lefts.pre_months_count,
        {{ exact_sum('lefts.weight * rights.weight
            * pow(' ~ var('month_autocorrelation') ~ ', abs(lefts.position - rights.position))') }}
            as weighted_covariance,
        {{ exact_sum('case when lefts.is_pre and rights.is_pre
            then pow(' ~ var('month_autocorrelation') ~ ', abs(lefts.position - rights.position))
            else 0 end') }} as pre_covariance
    from months as lefts
    inner join months as rights using (engagement_id, effect_id)
    group by lefts.engagement_id, lefts.effect_id, lefts.pre_months_count
)

select
    engagement_id,
    effect_id,
    -- The trace of (I - 1/P)·C over the pre-months is P - (sum of C)/P.
    weighted_covariance
    / nullif(
        (pre_months_count - pre_covariance / pre_months_count) / (pre_months_count - 1), 0
    ) as kappa_squared
from products
where pre_months_count > 1
