-- Teams are what is compared: pooled t test between treated and control teams, else one sample of
-- differences within treated teams. Cells are not independent, so they are averaged first.
with centred as (
    select
        *,
        count(*) over sides as teams_count,
        {{ exact_sum_over('log_change', 'partition by engagement_id, look, effect_id, side') }}
        / count(*) over sides as mean_change
    from {{ ref('int_effect_teams_compared') }}
    window sides as (partition by engagement_id, look, effect_id, side)
),

sides as (
    select
        engagement_id,
        look,
        effect_id,
        side,
        any_value(teams_count) as teams_count,
        any_value(mean_change) as mean_change,
        {{ exact_sum('pow(log_change - mean_change, 2)') }} as squares
    from centred
    group by engagement_id, look, effect_id, side
),

paired as (
    select
        engagement_id,
        look,
        effect_id,
        {% for side in ['treated', 'control', 'difference'] -%}
        coalesce(max(teams_count) filter (where side = '{{ side }}'), 0) as {{ side }}_count,
        max(mean_change) filter (where side = '{{ side }}') as {{ side }}_mean,
        max(squares) filter (where side = '{{ side }}') as {{ side }}_squares,
        {% endfor -%}
        control_count >= {{ var('min_design_teams') }} as has_controls
    from sides
    group by engagement_id, look, effect_id
),

tested as (
    select
        *,
        case
            when has_controls and treated_count >= {{ var('min_design_teams') }} then 'between_teams'
            when not has_controls and difference_count >= {{ var('min_design_teams') }}
                then 'within_teams'
            else 'none'
        end as design,
        case when has_controls then treated_mean - control_mean else difference_mean end
            as effect_log,
        case design
            when 'between_teams' then treated_count + control_count - 2
            when 'within_teams' then difference_count - 1
        end as degrees_of_freedom,
        case design
            when 'between_teams'
                then sqrt(
                    (treated_squares + control_squares) / (treated_count + control_count - 2)
                )
            when 'within_teams' then sqrt(difference_squares / (difference_count - 1))
        end as teams_deviation,
        case design
            when 'between_teams'
                then
                    teams_deviation
                    * sqrt(1.0::double / treated_count + 1.0::double / control_count)
            when 'within_teams' then teams_deviation / sqrt(difference_count)
        end as standard_error
    from paired
)

select
    tested.engagement_id,
    tested.look,
    tested.effect_id,
    tested.design,
    case when tested.has_controls then tested.treated_count else tested.difference_count end
        as treated_teams_count,
    case when tested.has_controls then tested.control_count else 0 end as control_teams_count,
    tested.effect_log,
    tested.degrees_of_freedom,
    tested.teams_deviation,
    tested.standard_error,
    tested.effect_log - quantiles.t_95 * tested.standard_error as effect_log_low,
    tested.effect_log + quantiles.t_95 * tested.standard_error as effect_log_high
from tested
left join {{ ref('t_quantiles') }} as quantiles
    on tested.degrees_of_freedom = quantiles.degrees_of_freedom
