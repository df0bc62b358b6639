-- Measured gains of one agency, failures and unproven ones too: successes alone would promise too
-- much. Months without a measured effect are left out on both sides.
with months as (
    select
        engagement_id,
        sum(cast(forecast_hours as decimal(38, 12))) as forecast_hours,
        sum(cast(realised_hours as decimal(38, 12))) as realised_hours,
        sum(cast(coalesce(proven_hours, 0) as decimal(38, 12))) as proven_hours
    from {{ ref('stg_published__realised_months') }}
    where forecast_hours is not null and realised_hours is not null
    group by engagement_id
),

planned as (
    select
        engagement_id,
        base as gain
    from {{ ref('stg_published__assumptions') }}
    where assumption = 'gain' and team_id is null and task_id is null
),

compared as (
    select
        counted.engagement_id,
        cast(months.realised_hours as double) / nullif(cast(months.forecast_hours as double), 0)
            as realised_share,
        cast(months.proven_hours as double) / nullif(cast(months.forecast_hours as double), 0)
            as proven_share,
        effects.saving,
        effects.expected_saving,
        planned.gain as planned_gain
    from {{ ref('int_agencies_counted') }} as counted
    left join months on counted.engagement_id = months.engagement_id
    left join planned on counted.engagement_id = planned.engagement_id
    left join {{ ref('stg_published__effects') }} as effects
        on
            counted.engagement_id = effects.engagement_id
            and effects.intervention_id = 'all'
)

select
    engagement_id,
    realised_share,
    proven_share,
    saving,
    expected_saving,
    planned_gain,
    -- A gain is a share of the time: what was planned, times the part of it that came.
    case
        when planned_gain * realised_share < 0 then 0
        when planned_gain * realised_share > 1 then 1
        else planned_gain * realised_share
    end as realised_gain
from compared
