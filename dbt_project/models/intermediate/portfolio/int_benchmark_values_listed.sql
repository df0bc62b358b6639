-- What each agency brings to a figure, one value a figure. Money is compared within a currency only.
{% for column in ['weekly_hours', 'weekly_hours_per_head', 'hours_share'] -%}
select
    engagement_id,
    'hours' as theme,
    '{{ column }}' as measure,
    category as subject,
    null as currency,
    {{ column }} as value
from {{ ref('int_agency_hours_shared') }}
where {{ column }} is not null
union all
{% endfor -%}
{% for column in ['realised_share', 'proven_share', 'saving', 'expected_saving'] -%}
select
    engagement_id,
    'gains' as theme,
    '{{ column }}' as measure,
    '{{ column }}' as subject,
    null as currency,
    {{ column }} as value
from {{ ref('int_agency_gains_realised') }}
where {{ column }} is not null
union all
{% endfor -%}
-- A gain is suggested from what was realised, never from what others only declared.
select
    engagement_id,
    'assumptions' as theme,
    'share' as measure,
    'gain' as subject,
    null as currency,
    realised_gain as value
from {{ ref('int_agency_gains_realised') }}
where realised_gain is not null
union all
select
    assumptions.engagement_id,
    'assumptions' as theme,
    assumptions.unit as measure,
    assumptions.assumption as subject,
    case when assumptions.unit like 'currency%' then counted.currency end as currency,
    assumptions.base as value
from {{ ref('stg_published__assumptions') }} as assumptions
inner join {{ ref('int_agencies_counted') }} as counted
    on assumptions.engagement_id = counted.engagement_id
where
    assumptions.is_varied
    and assumptions.assumption <> 'gain'
    and assumptions.team_id is null
    and assumptions.task_id is null
    and assumptions.base is not null
    -- Neither a default nor a portfolio may confirm itself.
    and assumptions.set_by not in ('default', 'portfolio')
