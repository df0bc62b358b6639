{# A whole step: floor, with the tolerance that keeps 2.9999999999 from being 2. #}
{% macro whole_step(expression) -%}
    floor(({{ expression }}) + {{ var('step_epsilon') }})
{%- endmacro %}

{# A value as bands compare it. #}
{% macro band_value(expression) -%}
    round({{ expression }}, {{ var('band_digits') }})
{%- endmacro %}
