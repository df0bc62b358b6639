-- From the first start on; before the first month after washout there is nothing to compare.
with months as (
    select
        starts.engagement_id,
        cast(unnest(generate_series(
            date_trunc('month', cast(starts.first_on as timestamp)),
            cast(parameters.as_of_on as timestamp),
            interval 1 month
        )) as date) as month_on
    from (
        select engagement_id, min(started_on) as first_on
        from {{ ref('int_interventions_as_of') }}
        group by engagement_id
    ) as starts
    inner join {{ ref('stg_build__parameters') }} as parameters
        on starts.engagement_id = parameters.engagement_id
)

select
    months.engagement_id,
    months.month_on,
    realised.forecast_hours,
    realised.realised_hours,
    realised.realised_hours_low,
    realised.realised_hours_high,
    realised.proven_hours,
    realised.realised_share,
    realised.is_provisional
from months
left join {{ ref('int_realised_months_summed') }} as realised
    on
        months.engagement_id = realised.engagement_id
        and months.month_on = realised.month_on
order by months.engagement_id, months.month_on
