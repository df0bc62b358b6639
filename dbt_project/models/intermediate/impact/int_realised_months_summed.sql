with cells as (
    select
        months.*,
        effects.verdict = 'demonstrated' as is_proven,
        -- Hours that the same work would have taken, less those it took; the mean of a log-normal.
        months.hours * (exp(-effects.effect_log - pow(effects.standard_error, 2) / 2) - 1)
            as realised_hours,
        months.hours * (exp(-effects.effect_log_high) - 1) as realised_hours_low,
        months.hours * (exp(-effects.effect_log_low) - 1) as realised_hours_high
    from {{ ref('int_treated_months_forecast') }} as months
    inner join {{ ref('int_effects_judged') }} as effects using (engagement_id, effect_id)
)

select
    engagement_id,
    month_on,
    bool_or(is_provisional) as is_provisional,
    {{ exact_sum('forecast_hours') }} as forecast_hours,
    {{ exact_sum('realised_hours') }} as realised_hours,
    {{ exact_sum('realised_hours_low') }} as realised_hours_low,
    {{ exact_sum('realised_hours_high') }} as realised_hours_high,
    {{ exact_sum('case when is_proven then realised_hours
        when realised_hours is not null then 0 end') }}
        as proven_hours,
    -- Like with like: only the forecast of cells whose effect is measured.
    {{ exact_sum('realised_hours') }}
    / nullif({{ exact_sum('case when realised_hours is not null then forecast_hours end') }}, 0)
        as realised_share
from cells
group by engagement_id, month_on
