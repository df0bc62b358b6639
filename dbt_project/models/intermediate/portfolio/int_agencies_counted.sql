-- An agency counts once: of several engagements of one client the newest publication speaks.
with ranked as (
    select
        engagement_id,
        lower(trim(client)) as agency,
        currency,
        row_number() over (
            partition by lower(trim(client))
            order by as_of_month desc, engagement_id asc
        ) as position
    from {{ ref('stg_published__engagements') }}
)

select
    engagement_id,
    agency,
    currency
from ranked
where position = 1
