-- Each case with its value of each assumption, side by side.
with valued as (
    select
        points.engagement_id,
        points.case_id,
        points.case_kind,
        points.moved_assumption,
        points.assumption,
        points.point,
        points.u,
        coalesce(
            {{ case_value('points.point', 'points.u', 'settled.low', 'settled.base', 'settled.high') }},
            case when waived.assumption is not null then 0 end
        ) as value
    from {{ ref('int_case_points_drawn') }} as points
    inner join {{ ref('int_assumptions_settled') }} as settled using (engagement_id, assumption)
    left join {{ ref('int_assumptions_waived') }} as waived using (engagement_id, assumption)
    union all
    select
        cases.engagement_id,
        cases.case_id,
        cases.case_kind,
        cases.moved_assumption,
        settled.assumption,
        'base' as point,
        null as u,
        settled.base as value
    from {{ ref('int_case_points_drawn') }} as cases
    inner join {{ ref('int_assumptions_settled') }} as settled
        on cases.engagement_id = settled.engagement_id and not settled.is_varied
    where cases.assumption = 'gain'
)

select
    engagement_id,
    case_id,
    case_kind,
    moved_assumption,
    {% for key in case_keys() -%}
    max(value) filter (where assumption = '{{ key }}') as {{ key }},
    {% endfor -%}
    max(point) filter (where assumption = 'gain') as gain_point,
    max(u) filter (where assumption = 'gain') as gain_u,
    max(point) filter (where assumption = 'baseline_hours') as hours_point,
    max(u) filter (where assumption = 'baseline_hours') as hours_u
from valued
group by engagement_id, case_id, case_kind, moved_assumption
