{# The assumptions that a case gives one number each. Those that vary by team are not varied;
   gain, eligible and baseline_hours act on each task by its own range (case_value). #}
{% macro case_keys() %}
    {{ return([
        'adoption_half_time', 'adoption_max', 'average_project_value', 'bankable_share',
        'cash_share', 'conversion_rate', 'eligible', 'external_cost_share',
        'extra_pitches_per_year', 'freelance_day_rate', 'implementation_day_rate',
        'implementation_days', 'pitch_cash_cost', 'review_share', 'run_cost_per_month',
        'sales_lag_months', 'seat_price', 'seats', 'training_hours_per_seat',
        'upsell_deals_per_year', 'upsell_value', 'price_concession', 'working_weeks',
        'horizon_months', 'discount_rate',
    ]) }}
{% endmacro %}

{# The value that a case gives to low <= base <= high. `point` is base, low, high or draw; a draw
   is the inverse of the triangular distribution at `u` (model.md, section 4). #}
{% macro case_value(point, u, low, base, high) -%}
    case
        when {{ point }} = 'low' then {{ low }}
        when {{ point }} = 'high' then {{ high }}
        when {{ point }} = 'base' or {{ low }} = {{ high }} then {{ base }}
        when {{ u }} < ({{ base }} - {{ low }}) / ({{ high }} - {{ low }})
            then {{ low }} + sqrt({{ u }} * ({{ high }} - {{ low }}) * ({{ base }} - {{ low }}))
        else
            {{ high }}
            - sqrt((1 - {{ u }}) * ({{ high }} - {{ low }}) * ({{ high }} - {{ base }}))
    end
{%- endmacro %}

{# The assumptions that the client gives by team. #}
{% macro team_keys() %}
    {{ return([
        'hours_per_pitch', 'hours_per_project', 'hours_per_upsell', 'planned_hires',
        'freelance_days',
    ]) }}
{% endmacro %}
